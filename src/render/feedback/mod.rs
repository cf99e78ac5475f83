//! `feedback/<department>.xlsx`: what to correct, and in which cell.
//!
//! Input: the district, and the workbooks handed in, read again one at a time. Output: for each department with open
//! findings the bytes of a workbook: a letter with the fix list, then each sheet with something to correct or to
//! check, drawn with the same addresses.
//! A department sees its own data only. [`answers`] reads such a workbook when it comes back.

mod answers;
mod copy;
mod list;

pub use answers::answers;

use super::RenderError;
use super::text;
use super::view::{FindingLine, FindingWords, View, stability};
use super::words;
use super::workbook::{self, Book as Out};
use crate::book::Book;
use crate::finding::Level;
use crate::quantity::{CellRef, Points};
use crate::tables::FindingRow;

/// How hard these workbooks are compressed, of 9: there are hundreds, and each of them is small.
const COMPRESSION: u8 = 1;

/// A department that gets a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its name.
    pub department: String,
    /// Name of its workbook, safe on any system and unlike all others: `区民政局.xlsx`.
    pub file_name: String,
    /// The files in which a cell is to be corrected or checked, by `file_id`, in the order in which they are asked for.
    pub files: Vec<u32>,
}

/// Writes the workbooks of all departments.
pub struct Feedback<'a> {
    view: &'a View<'a>,
    /// Score, and score recomputed by the rules, of each department with a score.
    scores: Vec<(String, Points, Points)>,
}

/// A finding of the list: its number from 1, the finding, and where its cell is drawn.
struct Item<'l, 'a> {
    number: usize,
    line: &'l FindingLine<'a>,
    /// The same in words.
    said: FindingWords,
    target: Option<Target>,
}

/// A marked cell on a drawn sheet.
struct Target {
    /// Name of the sheet in this workbook.
    sheet: String,
    /// The cell.
    cell: CellRef,
}

impl<'a> Feedback<'a> {
    /// Prepares what all workbooks share.
    pub fn new(view: &'a View<'a>) -> Self {
        let scores =
            stability(view).iter().map(|s| (s.place.row.department.to_string(), s.score, s.recomputed)).collect();
        Self { view, scores }
    }

    fn lines_of(&self, department: &str) -> impl Iterator<Item = &FindingLine<'a>> {
        self.view.findings_of(department).filter(|line| line.is_open)
    }

    /// The departments with open findings that name a file, in the order of the departments table.
    pub fn recipients(&self) -> Vec<Recipient> {
        let mut taken = Vec::new();
        let mut recipients = Vec::new();
        for row in &self.view.district.departments {
            let mut files = Vec::new();
            // a mere note is said in the list and needs no drawing
            for line in self.lines_of(&row.department).filter(|line| line.level != Level::Info) {
                if let Some(id) = line.row.file_id.filter(|id| marked_cell(line).is_some() && !files.contains(id)) {
                    files.push(id);
                }
            }
            if self.lines_of(&row.department).all(|line| line.row.file_id.is_none()) {
                continue;
            }
            let stem = text::file_stem(&row.department, &taken);
            let file_name = format!("{stem}.xlsx");
            taken.push(stem);
            recipients.push(Recipient { department: row.department.to_string(), file_name, files });
        }
        recipients
    }

    /// All that decides the bytes of a workbook besides program, form definitions and settings, to be hashed: its
    /// findings, the files they are in (by their hashes), and what its letter says of the department. Numbers that the
    /// workbook does not show, and that other departments' findings move, are left out.
    pub fn source(&self, recipient: &Recipient) -> Vec<u8> {
        let view = self.view;
        let scored = view.departments.iter().filter(|place| place.score.is_some()).count();
        let own = view.departments.iter().find(|place| *place.row.department == *recipient.department);
        let own = own.map(|place| (place.rank, place.sum.projects, place.claims));
        let score = self.score_of(&recipient.department);
        let mut source = format!("{recipient:?} {:?} {score:?} {own:?} {scored}", view.district.year).into_bytes();
        for line in self.lines_of(&recipient.department) {
            let row = FindingRow { finding_id: 0, ..line.row.clone() };
            let file = row.file_id.and_then(|id| view.file(id));
            // Plain data always has bytes.
            source.extend(postcard::to_allocvec(&(row, line.project, file)).unwrap_or_default());
        }
        source
    }

    /// Score, and score recomputed, of a department that has one.
    fn score_of(&self, department: &str) -> Option<(Points, Points)> {
        self.scores.iter().find(|(name, ..)| name == department).map(|(_, score, recomputed)| (*score, *recomputed))
    }

    /// The workbook of one department. `book` reads a file again by its `file_id`; a file that it does not give is named in
    /// the list but not drawn.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn workbook(
        &self,
        recipient: &Recipient,
        mut book: impl FnMut(u32) -> Option<Book>,
    ) -> Result<Vec<u8>, RenderError> {
        let view = self.view;
        let lines: Vec<&FindingLine<'a>> = self.lines_of(&recipient.department).collect();
        let about = workbook::About {
            title: &list::title(view),
            subject: &recipient.department,
            author: &view.imprint.bureau,
            keywords: KEYWORD,
        };
        let mut out = Out::new(view.imprint.look, COMPRESSION, about)?;
        // the list comes first but links into the copies: names are settled before anything is written
        let item =
            |(number, line): (usize, _)| Item { number, line, said: FindingLine::words(line, view), target: None };
        let mut items: Vec<Item<'_, 'a>> = (1..).zip(lines).map(item).collect();
        let mut taken = vec![view.say(words::FIX_LIST).to_owned()];
        let mut copies: Vec<(u32, String, copy::Drawn)> = Vec::new();
        for id in &recipient.files {
            let Some(read) = book(*id) else { continue };
            for sheet in &read.sheets {
                let mine = |item: &Item<'_, '_>| {
                    item.line.row.file_id == Some(*id) && item.line.row.sheet.as_deref() == Some(&*sheet.name)
                };
                if !items.iter().any(|item| mine(item) && marked_cell(item.line).is_some()) {
                    continue;
                }
                let name = text::sheet_name(&copy_name(view, *id, &read, &sheet.name), &taken);
                taken.push(name.clone());
                for item in items.iter_mut().filter(|item| mine(item)) {
                    item.target = marked_cell(item.line).map(|cell| Target { sheet: name.clone(), cell });
                }
                copies.push((*id, name, copy::Drawn::of(sheet)));
            }
        }
        list::write(&mut out, view, &recipient.department, &items, self.score_of(&recipient.department))?;
        for (id, name, drawn) in &copies {
            copy::write(&mut out, view, *id, name, drawn, &items)?;
        }
        out.save()
    }
}

/// Keyword of the document's properties, for people who look for such workbooks.
const KEYWORD: &str = "jixiao feedback";

/// The first cell that a finding blames.
fn marked_cell(line: &FindingLine<'_>) -> Option<CellRef> {
    CellRef::parse(line.row.cell.as_deref()?)
}

/// Name of a copy: the file's name without extension, and the sheet's where the file has several.
fn copy_name(view: &View<'_>, file: u32, book: &Book, sheet: &str) -> String {
    let whole = view.file(file).map(|file| file.member.as_deref().unwrap_or(&file.path).to_owned()).unwrap_or_default();
    let name = whole.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if book.sheets.len() > 1 {
        format!("{}·{sheet}", stem.chars().take(18).collect::<String>())
    } else {
        stem.to_owned()
    }
}
