//! Sheets → forms, by definitions that are data.
//!
//! Why: no two offices draw their forms alike, and every program that dictates a layout is left with the rest. This one reads
//! the forms people have: by the words on them, by how cells lie to each other, and by the numbers themselves.
//!
//! Input → output: a [`Book`] and the [`Catalog`] → [`Reading`]: forms with typed fields and their cells, findings about
//! how they were read, labels to confirm.
//!
//! | stage | module | input → output |
//! |---|---|---|
//! | 1 | `grid`, `word`, `memo`, `label` | cells and merges → boxes, each distinct text looked at once |
//! | 2 | `vocabulary`, `pattern`, `concept` | the core of a label → what it can mean |
//! | 3 | `evidence` | a row → what it shows by itself |
//! | 4 | `area` | rows → areas, one form or table each |
//! | 5 | `table`, `columns`, `role`, `indicator`; `head`; `funding`; `budget` | an area → its blocks |
//! | 6 | `feature`, `kind`, `catalog` | evidence → which form it is, and how sure |
//! | 7 | `ledger`, `assemble`, `share`, `hidden` | every number accounted for; the form; copies on hidden sheets left out |
//!
//! Invariants: a value is what a cell says; what no cell says stays absent; a merged cell is read once; the form is a
//! conclusion, never a key; cost grows with the number of cells. Knows no file formats and no tables of the output.

mod area;
mod assemble;
mod budget;
mod catalog;
mod columns;
mod concept;
mod evidence;
mod feature;
mod funding;
mod grid;
mod head;
mod hidden;
mod indicator;
mod kind;
mod label;
mod ledger;
mod memo;
mod pattern;
mod role;
mod section;
mod share;
mod subject;
mod table;
mod title;
mod value;
mod vocabulary;
mod word;

pub use assemble::Proposal;
pub use catalog::{Catalog, CatalogError, Definition};
pub use concept::Concept;
pub use feature::words as feature_words;
pub use vocabulary::Vocabulary;

use crate::book::Book;
use crate::finding::Finding;
use crate::form::Form;
use grid::{Grid, Page};
use section::Section;
use word::Lexicon;

/// What a workbook holds.
#[derive(Debug, Default)]
pub struct Reading {
    /// Forms in the order of sheets and rows, numbered from 1.
    pub forms: Vec<Form>,
    /// How they were read.
    pub findings: Vec<Finding>,
    /// Column heads that may be other names of known concepts.
    pub proposals: Vec<Proposal>,
}

/// Reads all forms of a workbook.
pub fn read_book(book: &Book, catalog: &Catalog) -> Reading {
    let mut out = Reading::default();
    let mut lexicon = Lexicon::default();
    for (n, sheet) in book.sheets.iter().enumerate() {
        if sheet.cells.is_empty() {
            continue;
        }
        let grid = Grid::new(sheet, &mut lexicon, &catalog.vocabulary);
        let page = Page { grid: &grid, lexicon: &lexicon, vocabulary: &catalog.vocabulary };
        let rows = evidence::evidence(page);
        let index = u32::try_from(n).unwrap_or(u32::MAX);
        for lines in area::areas(&rows) {
            let section = Section::new(page, &rows, lines);
            let outcome = assemble::read(section, (index, &sheet.name), catalog);
            let number = u32::try_from(out.forms.len() + 1).unwrap_or(u32::MAX);
            let known = outcome.form.is_some();
            out.findings.extend(outcome.findings.into_iter().map(|f| if known { f.in_form(number) } else { f }));
            for proposal in outcome.proposals {
                if !out.proposals.contains(&proposal) {
                    out.proposals.push(proposal);
                }
            }
            if let Some(mut form) = outcome.form {
                form.n = number;
                out.forms.push(form);
            }
        }
    }
    share::share(&mut out.forms);
    hidden::leave_out_copies(&mut out, book);
    out
}
