//! The sample district: `district.toml` → the files of `input/` and the truth about them.
//!
//! Why: a program is judged on files whose contents somebody else states. The model stands in `district.toml`, this code
//! draws the forms and computes the truth from it in whole numbers, and nothing of jixiao is used for either.
//!
//! Invariant: the same bytes every time; `cargo run --example make_input` writes them, a test compares them.

mod budget;
mod district;
mod evaluation;
mod ods;
mod ole;
mod package;
mod self_evaluation;
pub(crate) mod sheet;
mod truth;
mod xls;
mod xlsb;
mod xlsx;

use district::District;
pub(crate) use district::Made;
use sheet::Sheet;
use std::fmt::Write;

/// A file: its path below the project, and its bytes.
pub(crate) type File = (String, Vec<u8>);

/// Everything that is committed: the files of `input/` and those of `tests/truth/`, sorted by path.
pub(crate) fn files() -> Made<Vec<File>> {
    let district = district::district()?;
    let mut files = submissions(&district)?;
    files.extend(oddities(&files)?);
    files.push(("input/departments.csv".into(), register(&district)?.into_bytes()));
    files.push(("input/jixiao.toml".into(), CONFIGURATION.as_bytes().to_vec()));
    let submitted = files.clone();
    files.push(("tests/truth/departments.csv".into(), truth::departments(&district)?.into_bytes()));
    files.push(("tests/truth/evaluations.csv".into(), truth::evaluations(&district)?.into_bytes()));
    files.push(("tests/truth/submissions.csv".into(), statuses(&submitted, &district)?.into_bytes()));
    files.sort();
    Ok(files)
}

const CONFIGURATION: &str = "# 示例：嘉兴市秀洲区 2021 年度绩效评价
[district]
name = \"嘉兴市秀洲区\"
bureau = \"嘉兴市秀洲区财政局\"
year = 2021
";

/// The duplicate, the broken file, the lock file and the attachment.
const DUPLICATE: (&str, &str) = ("民政局/困难残疾人生活补贴自评表.ods", "补报/民政局-困难残疾人生活补贴自评表.ods");
const BROKEN: (&str, &str) = ("新城街道/网格化管理自评表.xlsx", "新城街道/平安创建经费自评表.xlsx");
const LOCK: &str = "教育局/~$校舍维修改造-绩效自评表.xlsx";
const ATTACHMENT: &str = "教育局/校舍维修验收证明.pdf";

/// A sheet with its place: file, member, and whether it goes below the sheet before.
struct Drawn {
    file: String,
    member: Option<String>,
    sheet: Sheet,
}

fn drawn(district: &District) -> Made<Vec<Drawn>> {
    let mut all: Vec<Drawn> = Vec::new();
    let mut add = |file: &str, member: Option<&String>, sheet: Sheet| {
        all.push(Drawn { file: file.to_owned(), member: member.cloned(), sheet });
    };
    let mut above: Option<(&str, Sheet)> = None;
    for project in &district.project {
        let mut sheet = Sheet::new("项目支出绩效自评表", &self_evaluation::WIDTHS);
        let stacked = above.take().filter(|_| project.stacked);
        let top = match stacked {
            Some((_, upper)) => {
                sheet = upper;
                sheet.next_row() + 1
            }
            None => 0,
        };
        self_evaluation::project(&mut sheet, top, project)?;
        above = Some((&project.file, sheet.clone()));
        add(&project.file, project.member.as_ref(), sheet);
    }
    for evaluation in &district.evaluation {
        let mut sheet = Sheet::new("评分表", &evaluation::WIDTHS);
        evaluation::evaluation(&mut sheet, evaluation)?;
        add(&evaluation.file, evaluation.member.as_ref(), sheet);
    }
    for whole in &district.whole {
        let mut sheet = Sheet::new("部门整体自评", &self_evaluation::WIDTHS);
        self_evaluation::whole(&mut sheet, whole)?;
        add(&whole.file, None, sheet);
    }
    for budget in &district.budget {
        let mut sheet = Sheet::new("预算执行情况", &budget::WIDTHS);
        budget::budget(&mut sheet, budget)?;
        add(&budget.file, budget.member.as_ref(), sheet);
    }
    for economic in &district.economic {
        let mut sheet = Sheet::new("经济分类明细", &budget::WIDTHS);
        budget::economic(&mut sheet, economic)?;
        add(&economic.file, None, sheet);
    }
    for listing in &district.listing {
        let mut sheet = Sheet::new("Sheet1", &budget::WIDTHS);
        budget::listing(&mut sheet, listing)?;
        add(&listing.file, None, sheet);
    }
    Ok(all)
}

/// A workbook: its file, its path in a bundle if it is in one, its sheets.
type Workbook = (String, Option<String>, Vec<Sheet>);

/// Sheets of one workbook brought together; a sheet that a form was added to replaces the one before.
fn books(district: &District) -> Made<Vec<Workbook>> {
    let mut books: Vec<Workbook> = Vec::new();
    for one in drawn(district)? {
        match books.iter_mut().find(|(file, member, _)| *file == one.file && *member == one.member) {
            Some((_, _, sheets)) => {
                sheets.retain(|sheet| sheet.name != one.sheet.name);
                sheets.push(one.sheet);
            }
            None => books.push((one.file, one.member, vec![one.sheet])),
        }
    }
    Ok(books)
}

/// All workbooks by their own name, as they are drawn.
#[cfg(test)]
pub(crate) fn workbooks() -> Made<Vec<(String, Vec<Sheet>)>> {
    let books = books(&district::district()?)?;
    Ok(books.into_iter().map(|(file, member, sheets)| (member.unwrap_or(file), sheets)).collect())
}

/// All workbooks and bundles below `input/`.
fn submissions(district: &District) -> Made<Vec<File>> {
    let mut files: Vec<File> = Vec::new();
    let mut bundles: Vec<(String, Vec<File>)> = Vec::new();
    for (file, member, sheets) in books(district)? {
        let bytes = workbook(member.as_deref().unwrap_or(&file), &sheets)?;
        match member {
            None => files.push((format!("input/{file}"), bytes)),
            Some(member) => match bundles.iter_mut().find(|(name, _)| *name == file) {
                Some((_, members)) => members.push((member, bytes)),
                None => bundles.push((file, vec![(member, bytes)])),
            },
        }
    }
    for (file, members) in bundles {
        files.push((format!("input/{file}"), package::bundle(&members)?));
    }
    Ok(files)
}

/// A workbook in the format of its extension.
pub(crate) fn workbook(name: &str, sheets: &[Sheet]) -> Made<Vec<u8>> {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("xlsx") => xlsx::xlsx(sheets),
        Some("xlsm") => xlsx::xlsm(sheets),
        Some("xlsb") => xlsb::xlsb(sheets),
        Some("xls" | "et") => xls::xls(sheets),
        Some("ods") => ods::ods(sheets),
        _ => Err(format!("{name}: no format for this extension").into()),
    }
}

/// What else lies in a folder of submissions.
fn oddities(files: &[File]) -> Made<Vec<File>> {
    let find = |path: &str| {
        let path = format!("input/{path}");
        files.iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes.clone()).ok_or(path)
    };
    let mut broken = find(BROKEN.0)?;
    broken.truncate(broken.len() * 3 / 5);
    let user = b"\x05Admin";
    let mut lock = user.to_vec();
    lock.resize(165, b' ');
    let pdf = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
    Ok(vec![
        (format!("input/{}", DUPLICATE.1), find(DUPLICATE.0)?),
        (format!("input/{}", BROKEN.1), broken),
        (format!("input/{LOCK}"), lock),
        (format!("input/{ATTACHMENT}"), pdf.to_vec()),
    ])
}

/// The register.
fn register(district: &District) -> Made<String> {
    let mut out = String::from("code,name,aliases,category\n");
    for department in &district.department {
        writeln!(out, "{},{},{},{}", department.code, department.name, department.aliases, department.category)?;
    }
    Ok(out)
}

/// What must become of each file and member.
fn statuses(files: &[File], district: &District) -> Made<String> {
    let mut rows: Vec<(String, String, &str, &str)> = Vec::new();
    let older: Vec<&str> = district.project.iter().filter(|one| one.older).map(|one| one.file.as_str()).collect();
    for (path, _) in files {
        let path = path.trim_start_matches("input/");
        let (status, reason) = match path {
            "departments.csv" | "jixiao.toml" => ("ignored", "configuration"),
            path if path == DUPLICATE.1 => ("duplicate", "same-bytes"),
            path if path == BROKEN.1 => ("rejected", "corrupt"),
            LOCK => ("ignored", "lock-file"),
            ATTACHMENT => ("ignored", "attachment"),
            path if older.contains(&path) => ("superseded", "newer-version"),
            _ => ("imported", ""),
        };
        rows.push((path.to_owned(), String::new(), status, reason));
    }
    for one in drawn(district)? {
        if let Some(member) = one.member {
            rows.push((one.file, member, "imported", ""));
        }
    }
    rows.sort();
    let mut out = String::from("path,member,status,reason\n");
    for (path, member, status, reason) in rows {
        writeln!(out, "{path},{member},{status},{reason}")?;
    }
    Ok(out)
}
