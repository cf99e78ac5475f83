//! .xlsx and .xlsm by a strict reader of our own.
//!
//! Why: submissions come from strangers and decide money. A general reader stops at the end of the cells and never sees a
//! wrong checksum, takes a string index of `-1` for string 0, and drops what it does not know; and it costs four times as
//! much.
//!
//! Input → output: the directory of a package → [`Book`].
//!
//! Invariants: every entry of the package is inflated to its end and its checksum compared, whether it is needed or not;
//! parts are found by relationships, never by name alone; all work is bounded by counts (bytes, entries, sheets, cells,
//! depth), therefore this reader runs inside the program itself and needs no process of its own.

mod relations;
mod sheet;
mod strings;
mod styles;

use super::assemble::{Assembly, RawSheet};
use super::refusal::Outcome;
use super::types::{Book, Format, Refusal, Visibility};
use super::xml::{self, Fault, Scan, Scanner, Token};
use super::zip::{Archive, Entry, Inflater};
use crate::quantity::CellRef;
use crate::settings::Limits;
use relations::Relation;
use sheet::{Context, SheetFault};
use std::borrow::Cow;
use std::collections::HashMap;
use strings::Strings;
use styles::Styles;

/// Reads a package.
///
/// # Errors
/// Damage, contradictions, limits; each names the part and the cell.
pub(crate) fn read(archive: &Archive<'_>, limits: &Limits) -> Outcome<Book> {
    let mut package = Package::new(archive, limits)?;
    let mut assembly = Assembly::new(Format::Xlsx, limits);
    if archive.stray_bytes > 0 {
        assembly.repaired(None, Vec::new(), "压缩包前后有多余的字节", "stray bytes around the package");
    }
    let main = package.main_part(&mut assembly)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let workbook = package.workbook(&main)?;
    let relations = package.relations(&main, &folder)?;
    let target = |kind: &str| relations.iter().find(|relation| relation.kind == kind).and_then(|r| r.target.as_deref());

    let table = package.optional(target("sharedStrings"))?;
    let table_name = target("sharedStrings").unwrap_or("sharedStrings");
    let mut strings = match &table {
        Some(part) => Strings::read(part, limits.cells).map_err(|fault| about(table_name, fault))?,
        None => Strings::default(),
    };
    let styles = Styles::new(package.optional(target("styles"))?.unwrap_or_default(), limits.cells);

    let mut part = Vec::new();
    for declared in &workbook.sheets {
        let relation = relations.iter().find(|relation| relation.id == declared.relation);
        let Some(name) = place(declared, relation, &package, &mut assembly)? else { continue };
        package.inflate(&name, &mut part)?;
        let part = xml::decode(&part).map_err(|fault| about(&name, fault))?;
        let mut raw = RawSheet::new(declared.name.as_str(), declared.visibility(&mut assembly));
        let room = assembly.room();
        let mut context = Context { strings: &mut strings, styles: &styles, from_1904: workbook.from_1904, room };
        let odd =
            sheet::read(&part, &mut context, &mut raw).map_err(|fault| in_sheet(&declared.name, fault, limits))?;
        assembly.push(raw)?;
        let sheet = assembly.last_sheet();
        if !odd.not_finite.is_empty() {
            assembly.repaired(sheet, odd.not_finite, "不是有限的数", "not a finite number");
        }
        if !odd.no_index.is_empty() {
            assembly.repaired(
                sheet,
                odd.no_index,
                "文字单元格没有内容，按空白处理",
                "text cells without content, taken as blank",
            );
        }
    }
    package.check_the_rest()?;
    assembly.finish()
}

/// The part of a declared sheet; none where it is no worksheet, or is missing (which is noted).
fn place(
    declared: &Declared,
    relation: Option<&Relation>,
    package: &Package<'_, '_>,
    assembly: &mut Assembly<'_>,
) -> Outcome<Option<String>> {
    let name = &declared.name;
    match relation {
        Some(Relation { kind, .. }) if kind == "chartsheet" || kind == "dialogsheet" => Ok(None),
        Some(Relation { kind, .. }) if kind != "worksheet" => {
            assembly.repaired(
                None,
                Vec::new(),
                format!("“{name}”不是普通工作表（{kind}），未读取"),
                format!("`{name}` is no worksheet ({kind}) and was not read"),
            );
            Ok(None)
        }
        Some(Relation { target: Some(target), .. }) if package.has(target) => Ok(Some(target.clone())),
        Some(Relation { target: None, .. }) => Err(Refusal::corrupt(
            format!("工作表“{name}”在文件之外"),
            format!("sheet `{name}` lies outside of the file"),
        )),
        _ => {
            assembly.repaired(
                None,
                Vec::new(),
                format!("工作表“{name}”的内容缺失"),
                format!("the contents of sheet `{name}` are missing"),
            );
            Ok(None)
        }
    }
}

/// A fault of a part as a refusal.
fn about(part: &str, fault: Fault) -> Refusal {
    Refusal::part(part, fault.zh, fault.en)
}

fn in_sheet(name: &str, fault: SheetFault, limits: &Limits) -> Refusal {
    if fault.too_many {
        return Assembly::too_many_cells(limits);
    }
    let at = fault.cell.map(|cell: CellRef| format!(" {cell}")).unwrap_or_default();
    Refusal::corrupt(
        format!("工作表“{name}”{at}：{}", fault.fault.zh),
        format!("sheet `{name}`{at}: {}", fault.fault.en),
    )
}

/// A sheet as the workbook part declares it.
struct Declared {
    name: String,
    relation: String,
    state: Option<String>,
}

impl Declared {
    fn visibility(&self, assembly: &mut Assembly<'_>) -> Visibility {
        match self.state.as_deref() {
            None | Some("visible") => Visibility::Visible,
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            Some(other) => {
                let name = &self.name;
                assembly.repaired(
                    None,
                    Vec::new(),
                    format!("工作表“{name}”的显示状态“{other}”无效，按可见处理"),
                    format!("sheet `{name}` has the invalid state `{other}`, taken as visible"),
                );
                Visibility::Visible
            }
        }
    }
}

/// The workbook part.
struct Workbook {
    sheets: Vec<Declared>,
    from_1904: bool,
}

/// A package whose parts are inflated when they are needed.
struct Package<'p, 'a> {
    archive: &'p Archive<'a>,
    limits: &'p Limits,
    /// Entries by their normalised name.
    by_name: HashMap<String, usize>,
    checked: Vec<bool>,
    inflater: Inflater,
    /// Bytes that may still be inflated.
    left: u64,
}

/// A part's name without regard to case, slashes and a leading slash.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

impl<'p, 'a> Package<'p, 'a> {
    fn new(archive: &'p Archive<'a>, limits: &'p Limits) -> Outcome<Self> {
        let mut by_name = HashMap::with_capacity(archive.entries.len());
        for (i, entry) in archive.entries.iter().enumerate() {
            if by_name.insert(normal(&entry.label()), i).is_some() {
                return Err(Refusal::part(
                    &entry.label(),
                    "出现两次，无法判断以哪个为准",
                    "is there twice, nobody can tell which one counts",
                ));
            }
        }
        let checked = vec![false; archive.entries.len()];
        Ok(Self { archive, limits, by_name, checked, inflater: Inflater::new(), left: limits.package_bytes })
    }

    fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&normal(name))
    }

    /// Inflates a part by name.
    fn inflate(&mut self, name: &str, out: &mut Vec<u8>) -> Outcome<()> {
        let found = self.by_name.get(&normal(name)).copied();
        let Some((i, entry)) = found.and_then(|i| Some((i, self.archive.entries.get(i)?))) else {
            return Err(Refusal::part(name, "缺失", "is missing"));
        };
        self.inflate_entry(i, entry, out)
    }

    fn inflate_entry(&mut self, i: usize, entry: &Entry<'_>, out: &mut Vec<u8>) -> Outcome<()> {
        if entry.size > self.left {
            let most = self.limits.package_bytes;
            return Err(Refusal::limit("package_bytes", most, most - self.left + entry.size));
        }
        self.archive.inflate(entry, "part_bytes", self.limits.part_bytes, &mut self.inflater, out)?;
        self.left -= entry.size;
        if let Some(checked) = self.checked.get_mut(i) {
            *checked = true;
        }
        Ok(())
    }

    /// A part as UTF-8.
    fn part(&mut self, name: &str) -> Outcome<Vec<u8>> {
        let mut out = Vec::new();
        self.inflate(name, &mut out)?;
        match xml::decode(&out).map_err(|fault| about(name, fault))? {
            Cow::Borrowed(same) if same.len() == out.len() => Ok(out),
            Cow::Borrowed(rest) => Ok(rest.to_vec()),
            Cow::Owned(decoded) => Ok(decoded),
        }
    }

    /// A part that may be missing.
    fn optional(&mut self, name: Option<&str>) -> Outcome<Option<Vec<u8>>> {
        match name {
            Some(name) if self.has(name) => self.part(name).map(Some),
            _ => Ok(None),
        }
    }

    /// The workbook part, by the relationships of the package.
    fn main_part(&mut self, assembly: &mut Assembly<'_>) -> Outcome<String> {
        const USUAL: &str = "xl/workbook.xml";
        if self.has("_rels/.rels") {
            let part = self.part("_rels/.rels")?;
            let relations = relations::read(&part, "").map_err(|fault| about("_rels/.rels", fault))?;
            let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
            if let Some(target) = main.and_then(|relation| relation.target).filter(|target| self.has(target)) {
                return Ok(target);
            }
        }
        if !self.has(USUAL) {
            return Err(Refusal::part(USUAL, "缺失，文件不是完整的工作簿", "is missing, this is no whole workbook"));
        }
        assembly.repaired(
            None,
            Vec::new(),
            "缺少指向工作簿部件的关系，按惯例取 xl/workbook.xml",
            "no relationship leads to the workbook part, xl/workbook.xml was taken",
        );
        Ok(USUAL.to_owned())
    }

    fn relations(&mut self, main: &str, folder: &str) -> Outcome<Vec<Relation>> {
        let file = main.rsplit('/').next().unwrap_or(main);
        let name = relations::resolved(folder, &format!("_rels/{file}.rels"));
        let part = self.part(&name)?;
        relations::read(&part, folder).map_err(|fault| about(&name, fault))
    }

    fn workbook(&mut self, main: &str) -> Outcome<Workbook> {
        let part = self.part(main)?;
        let workbook = workbook(&part).map_err(|fault| about(main, fault))?;
        let sheets = workbook.sheets.len() as u64;
        if sheets > u64::from(self.limits.sheets) {
            return Err(Refusal::limit("sheets", u64::from(self.limits.sheets), sheets));
        }
        for (i, sheet) in workbook.sheets.iter().enumerate() {
            if workbook.sheets.iter().take(i).any(|other| other.name == sheet.name) {
                return Err(Refusal::corrupt(
                    format!("有两张同名工作表“{}”", sheet.name),
                    format!("two sheets are called `{}`", sheet.name),
                ));
            }
        }
        Ok(workbook)
    }

    /// Inflates what was not needed, for its checksum alone.
    fn check_the_rest(&mut self) -> Outcome<()> {
        let mut scratch = Vec::new();
        let archive = self.archive;
        for (i, entry) in archive.entries.iter().enumerate() {
            if !self.checked.get(i).copied().unwrap_or(false) {
                self.inflate_entry(i, entry, &mut scratch)?;
            }
        }
        Ok(())
    }
}

fn workbook(part: &[u8]) -> Scan<Workbook> {
    let mut scanner = Scanner::new(part);
    let mut out = Workbook { sheets: Vec::new(), from_1904: false };
    let mut in_sheets = false;
    loop {
        match scanner.next()? {
            Token::Open(tag) if scanner.depth() == 2 && tag.name == b"workbookPr" => {
                out.from_1904 = tag.flag(b"date1904")?;
            }
            Token::Open(tag) if scanner.depth() == 2 && tag.name == b"sheets" => in_sheets = true,
            Token::Open(tag) if in_sheets && scanner.depth() == 3 && tag.name == b"sheet" => {
                out.sheets.push(Declared {
                    name: strings::decoded(&tag.get(b"name")?.unwrap_or_default()).to_string(),
                    relation: tag.get(b"id")?.unwrap_or_default().into_owned(),
                    state: tag.get(b"state")?.map(Cow::into_owned),
                });
            }
            Token::Close(b"sheets") => in_sheets = false,
            Token::End => return Ok(out),
            _ => {}
        }
    }
}
