//! What the two Office Open XML workbooks, .xlsx and .xlsb, have in common: relationships and the list of sheets.

mod relations;

use super::assemble::Assembly;
use super::package::{Package, about};
use super::refusal::Outcome;
use super::types::{Refusal, Visibility};
use super::xml::Fault;
use crate::quantity::CellRef;
use crate::settings::Limits;
pub(crate) use relations::Relation;

/// The workbook part and where its relationships lead.
pub(crate) struct Outline {
    /// The workbook part.
    pub(crate) main: String,
    relations: Vec<Relation>,
}

impl Outline {
    /// Finds the workbook part by the relationships of the package, else under its usual name.
    ///
    /// # Errors
    /// No workbook part, or one without relationships.
    pub(crate) fn read(package: &mut Package<'_, '_>, usual: &str, assembly: &mut Assembly<'_>) -> Outcome<Self> {
        let main = main_part(package, usual, assembly)?;
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let name = relations::resolved(folder, &format!("_rels/{file}.rels"));
        let part = package.part(&name)?;
        let relations = relations::read(&part, folder).map_err(|fault| about(&name, fault))?;
        Ok(Self { main, relations })
    }

    /// The part that the first relationship of a kind leads to.
    pub(crate) fn target(&self, kind: &str) -> Option<&str> {
        self.relations.iter().find(|relation| relation.kind == kind)?.target.as_deref()
    }

    /// The relationship of a sheet.
    pub(crate) fn of(&self, sheet: &Declared) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.id == sheet.relation)
    }
}

/// Finds the main part by the relationships of the package, else under its usual name, which is noted.
///
/// # Errors
/// No main part.
pub(crate) fn main_part(package: &mut Package<'_, '_>, usual: &str, assembly: &mut Assembly<'_>) -> Outcome<String> {
    if package.has("_rels/.rels") {
        let part = package.part("_rels/.rels")?;
        let relations = relations::read(&part, "").map_err(|fault| about("_rels/.rels", fault))?;
        let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
        if let Some(target) = main.and_then(|relation| relation.target).filter(|target| package.has(target)) {
            return Ok(target);
        }
    }
    if !package.has(usual) {
        return Err(Refusal::part(usual, "缺失，文件不是完整的工作簿", "is missing, this is no whole workbook"));
    }
    assembly.repaired(
        None,
        Vec::new(),
        format!("缺少指向工作簿部件的关系，按惯例取 {usual}"),
        format!("no relationship leads to the workbook part, {usual} was taken"),
    );
    Ok(usual.to_owned())
}

/// Checks the list of sheets: not too many, and each name once.
///
/// # Errors
/// Too many sheets; two of one name, which nobody can tell apart.
pub(crate) fn check_sheets(sheets: &[Declared], limits: &Limits) -> Outcome<()> {
    if sheets.len() as u64 > u64::from(limits.sheets) {
        return Err(Refusal::limit("sheets", u64::from(limits.sheets), sheets.len() as u64));
    }
    for (i, sheet) in sheets.iter().enumerate() {
        if sheets.iter().take(i).any(|other| other.name == sheet.name) {
            return Err(Refusal::corrupt(
                format!("有两张同名工作表“{}”", sheet.name),
                format!("two sheets are called `{}`", sheet.name),
            ));
        }
    }
    Ok(())
}

/// The part of a declared sheet; none where it is no worksheet, or is missing (which is noted).
///
/// # Errors
/// A sheet outside of the package.
pub(crate) fn place(
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

/// A sheet as the workbook part declares it.
pub(crate) struct Declared {
    /// Its name.
    pub(crate) name: String,
    /// The id of the relationship to its part.
    pub(crate) relation: String,
    /// Whether it is shown, in the words of the XML format.
    pub(crate) state: Option<String>,
}

impl Declared {
    /// Whether it is shown; an unknown state is noted.
    pub(crate) fn visibility(&self, assembly: &mut Assembly<'_>) -> Visibility {
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

/// A fault in the cells of a sheet, with the cell where it is known.
#[derive(Debug)]
pub(crate) struct SheetFault {
    /// What is wrong.
    pub(crate) fault: Fault,
    /// Where.
    pub(crate) cell: Option<CellRef>,
}

impl SheetFault {
    /// The fault as a refusal.
    pub(crate) fn refusal(&self, sheet: &str, limits: &Limits) -> Refusal {
        if self.fault == TOO_MANY_CELLS {
            return Assembly::too_many_cells(limits);
        }
        let at = self.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
        Refusal::new(
            self.fault.reason(),
            format!("工作表“{sheet}”{at}：{}", self.fault.zh),
            format!("sheet `{sheet}`{at}: {}", self.fault.en),
        )
    }
}

/// The fault of a part as a refusal.
pub(crate) fn of_part(part: &str, fault: Fault, limits: &Limits) -> Refusal {
    if fault == TOO_MANY_CELLS { Assembly::too_many_cells(limits) } else { about(part, fault) }
}

/// The fault of a part that passes the limit of cells; shared strings and cells of a document's tables count as such.
pub(crate) const TOO_MANY_CELLS: Fault = super::xml::fault("单元格过多", "too many cells");
