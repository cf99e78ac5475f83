//! How a file was read: the same stage as in a run, with nothing thrown away.

use super::file::{self, Stage};
use super::{Bureau, Job, Refused, forms};
use crate::book::{Book, Format};
use crate::finding::{Finding, Reason, Status};
use crate::form::Form;
use crate::plan::{self, Content, Input, Item};
use crate::quantity::Text;
use crate::read::Reading;
use crate::render;
use std::fs;
use std::path::Path;

/// A file, a bundle, or a member of a bundle, as read.
#[derive(Debug)]
pub struct Look {
    /// The path as given, with `/`.
    pub path: Text,
    /// The path inside a bundle.
    pub member: Option<Text>,
    /// How the bytes were read.
    pub format: Option<Format>,
    /// What a run would make of it.
    pub status: Status,
    /// Why.
    pub reason: Option<Reason>,
    /// The workbook, where it could be read.
    pub book: Option<Book>,
    /// The forms in it.
    pub forms: Vec<Form>,
    /// What was found in it, the rejection first.
    pub findings: Vec<Finding>,
}

/// Looks at the inputs of a job, each with the members of a bundle behind it, and hands on one after the other.
///
/// # Errors
/// A configuration that cannot be used, or an input that does not exist.
pub fn look(job: &Job, each: &mut dyn FnMut(Look)) -> Result<(), Refused> {
    let bureau = Bureau::read(job)?;
    let catalog = forms::catalog(job.forms.as_deref(), &bureau.mappings)?;
    let stage = Stage { settings: &bureau.settings, catalog: &catalog, reader: job.reader, cache: None };
    for path in &job.inputs {
        let bytes = fs::metadata(path).map_err(|_| plan::NoInput::Missing(path.clone()))?.len();
        let input = Input { path: label(path), file: path.clone(), bytes, fate: None };
        let mut looks = Vec::new();
        plan::load(&input, &stage.settings.limits, &mut |item| looks.push(look_at(&input, item, stage)));
        judge_bundles(&mut looks);
        looks.into_iter().for_each(&mut *each);
    }
    Ok(())
}

fn label(path: &Path) -> Text {
    path.to_string_lossy().replace('\\', "/").into()
}

fn look_at(input: &Input, item: Item<'_>, stage: Stage<'_>) -> Look {
    let mut look = Look {
        path: input.path.clone(),
        member: item.member,
        format: None,
        status: Status::Imported,
        reason: None,
        book: None,
        forms: Vec::new(),
        findings: Vec::new(),
    };
    let name = look.member.as_ref().unwrap_or(&look.path).clone();
    let refusal = match item.content {
        Content::Bundle => {
            look.format = Some(Format::Zip);
            None
        }
        Content::Settled(status, reason, refusal) => {
            (look.status, look.reason) = (status, Some(reason));
            refusal.map(|refusal| *refusal)
        }
        Content::File(bytes) => match file::open(bytes, &name, stage) {
            Err(refusal) => Some(refusal),
            Ok(book) if render::answers(&book).is_some() => {
                (look.status, look.reason) = (Status::Ignored, Some(Reason::Feedback));
                (look.format, look.book) = (Some(book.format), Some(book));
                None
            }
            Ok(book) => {
                let Reading { forms, findings, proposals: _ } = file::recognise(&book, stage);
                look.format = Some(book.format);
                look.reason = book.repaired.then_some(Reason::Repaired);
                let refusal = forms.is_empty().then(|| file::no_known_form(&book));
                (look.forms, look.findings, look.book) = (forms, findings, Some(book));
                refusal
            }
        },
    };
    if let Some(refusal) = refusal {
        look.format = look.format.or(refusal.format);
        if look.reason.is_none_or(|reason| reason == Reason::Repaired) {
            let (status, reason) = plan::settled(&name, refusal.reason);
            (look.status, look.reason) = (status, Some(reason));
        }
        if look.status == Status::Rejected {
            look.findings.insert(0, refusal.finding(stage.settings.lang));
        }
    }
    look
}

/// Gives each bundle the status that its members make. Inner bundles stand behind outer ones.
fn judge_bundles(looks: &mut [Look]) {
    for i in (0..looks.len()).rev() {
        let Some((bundle, behind)) = looks.get_mut(i..).and_then(<[Look]>::split_first_mut) else { continue };
        let is_bundle = bundle.format == Some(Format::Zip) && bundle.reason.is_none();
        if !is_bundle {
            continue;
        }
        let prefix = bundle.member.as_ref().map(|member| format!("{member}!")).unwrap_or_default();
        let members = behind.iter().filter(|look| look.member.as_ref().is_some_and(|m| m.starts_with(&prefix)));
        (bundle.status, bundle.reason) = plan::bundle_status(members.map(|member| member.status));
    }
}
