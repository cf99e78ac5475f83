//! What is kept of a file.

use super::block::Builder;
use super::{Draft, Packed};
use crate::book::{Format, Refusal};
use crate::finding::{Answer, Finding};
use crate::form::Form;
use crate::quantity::Text;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What is kept of a file: a pure function of its bytes, the form definitions and the settings, without ids and without a
/// language, so that it can be used again as long as none of those change.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extract {
    /// How the bytes were read; `None` where nothing could be told.
    pub format: Option<Format>,
    /// Why nothing was taken.
    pub refusal: Option<Refusal>,
    /// Whether something odd was read all the same.
    pub repaired: bool,
    /// The forms.
    pub forms: Vec<Draft>,
    /// Findings about the file and its forms, in order.
    pub findings: Vec<Finding>,
    /// Bulk rows.
    pub rows: Packed,
    /// Labels that may be other names of known ones, for a person to confirm: as written, and what it may mean.
    pub proposals: Vec<(Text, Text)>,
    /// What a department answers, if this is a feedback workbook that came back; its copies of forms are no forms.
    pub answers: Option<Vec<Answer>>,
}

/// Takes the forms of a file apart.
pub fn extract(forms: &[Form], settings: &Settings) -> (Vec<Draft>, Packed) {
    let mut builder = Builder::default();
    let mut drafts = Vec::with_capacity(forms.len());
    for (index, form) in (0_u32..).zip(forms) {
        let (draft, recomputed) = Draft::of(form, settings);
        let execution_score = draft.evaluated.as_ref().and_then(|e| e.execution_score);
        builder.add(index, form, &recomputed, execution_score);
        drafts.push(draft);
    }
    (drafts, builder.finish().pack())
}
