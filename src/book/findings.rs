//! Notes and refusals as findings.

use super::types::{Book, Refusal};
use crate::finding::{Finding, Lang, catalogue};

impl Book {
    /// What a person should know about this workbook, as findings.
    pub fn findings(&self, lang: Lang) -> Vec<Finding> {
        let mut out = Vec::with_capacity(self.notes.len());
        for note in &self.notes {
            let mut finding = Finding::new(note.rule.0);
            if let Some(sheet) = note.sheet.and_then(|i| self.sheets.get(usize::try_from(i).ok()?)) {
                finding = finding.at(&sheet.name, note.cells.iter().copied());
            }
            for (name, value) in &note.args {
                match (name.as_ref(), lang) {
                    ("zh", Lang::Zh) | ("en", Lang::En) => finding = finding.arg("detail", value),
                    ("zh" | "en", _) => {}
                    _ => finding.args.push((name.clone(), value.clone())),
                }
            }
            out.push(finding);
        }
        out
    }
}

impl Refusal {
    /// What exactly was met, in one language.
    pub fn detail(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.detail_zh,
            Lang::En => &self.detail_en,
        }
    }

    /// The refusal as a finding.
    pub fn finding(&self, lang: Lang) -> Finding {
        Finding::new(&catalogue::file::REJECTED)
            .arg("reason", self.reason.words().get(lang))
            .arg("detail", self.detail(lang))
    }
}
