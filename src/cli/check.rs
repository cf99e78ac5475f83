//! `jixiao check`: findings to stdout, nothing written.

use super::args::{CheckArgs, CheckFormat};
use super::bar::{Bar, stop_on_signal};
use super::crop::crop;
use super::job::{Talk, Writing, job};
use super::rules::{BOLD, DIM, colour};
use super::{Exit, out};
use crate::app::{self, District, Job};
use crate::book::Book;
use crate::finding::{Lang, Level};
use crate::quantity::CellRef;
use crate::tables::{FindingRow, Guard, Submission};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

pub(super) fn check(args: CheckArgs) -> Exit {
    let CheckArgs { inputs, format, read } = args;
    let nowhere = Writing { output: PathBuf::from("output"), cache: false, guard: Guard::Raw, waterfall: false };
    let (job, talk) = job(inputs, read, nowhere);
    let bar = Bar::new(talk.bar);
    let result = app::check(&job, &bar, stop_on_signal());
    bar.clear();
    let district = match result {
        Ok(district) => district,
        Err(refused) => {
            out::refuse(refused);
            return Exit::Refused;
        }
    };
    let printed = match format {
        CheckFormat::Text => text(&district, &job, talk),
        CheckFormat::Json => json(&district),
        CheckFormat::Csv => csv(&district),
    };
    match out::result(&printed) {
        Ok(()) => super::run::verdict(&district),
        Err(why) => {
            out::refuse(why);
            Exit::Refused
        }
    }
}

fn submission<'a>(district: &'a District, finding: &FindingRow) -> Option<&'a Submission> {
    let at = usize::try_from(finding.file_id?).ok()?.checked_sub(1)?;
    district.submissions.get(at)
}

/// The values of a finding in the order of its columns, with the file behind them; `None` is null.
fn columns(district: &District, f: &FindingRow) -> [(&'static str, Option<String>); 16] {
    let of = |text: &Option<crate::quantity::Text>| text.as_ref().map(ToString::to_string);
    let file = submission(district, f);
    [
        ("finding_id", Some(f.finding_id.to_string())),
        ("rule", Some(f.rule.to_string())),
        ("severity", Some(f.severity.to_string())),
        ("file_id", f.file_id.map(|id| id.to_string())),
        ("evaluation_id", of(&f.evaluation_id)),
        ("department", of(&f.department)),
        ("sheet", of(&f.sheet)),
        ("cell", of(&f.cell)),
        ("message", Some(f.message.to_string())),
        ("given", of(&f.given)),
        ("expected", of(&f.expected)),
        ("difference", of(&f.difference)),
        ("status", Some(f.status.to_string())),
        ("explanation", of(&f.explanation)),
        ("path", file.map(|s| s.path.to_string())),
        ("member", file.and_then(|s| of(&s.member))),
    ]
}

/// One object a line; ids are numbers, everything else text or null.
fn json(district: &District) -> String {
    let mut text = String::new();
    for finding in &district.findings {
        let mut object = serde_json::Map::new();
        for (name, value) in columns(district, finding) {
            let id = matches!(name, "finding_id" | "file_id").then(|| value.as_ref()?.parse::<u32>().ok()).flatten();
            object.insert(name.to_owned(), id.map_or_else(|| value.into(), Into::into));
        }
        let _ = writeln!(text, "{}", serde_json::Value::Object(object));
    }
    text
}

/// The same as a table; null is the empty field.
fn csv(district: &District) -> String {
    let mut text = String::new();
    let mut header = false;
    for finding in &district.findings {
        let columns = columns(district, finding);
        if !header {
            text.push_str(&columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(","));
            text.push_str("\r\n");
            header = true;
        }
        let fields: Vec<String> =
            columns.into_iter().map(|(_, value)| value.map_or_else(String::new, quoted)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(field: String) -> String {
    if field.is_empty() || field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

/// Findings by file, with what stands around the cell; notes of severity info only on demand.
fn text(district: &District, job: &Job, talk: Talk) -> String {
    let lang = district.settings.lang;
    let shown =
        |f: &&FindingRow| talk.verbose || (f.severity.as_ref() != Level::Info.code() && f.status.as_ref() == "open");
    let mut by_file: BTreeMap<Option<u32>, Vec<&FindingRow>> = BTreeMap::new();
    for finding in district.findings.iter().filter(shown) {
        by_file.entry(finding.file_id).or_default().push(finding);
    }
    let crops = if talk.quiet { BTreeMap::new() } else { crops(district, job, &by_file) };
    let mut text = String::new();
    // What belongs to no file comes last.
    let files = by_file.iter().filter(|(id, _)| id.is_some()).chain(by_file.iter().filter(|(id, _)| id.is_none()));
    for (_, findings) in files {
        let file = findings.first().and_then(|f| submission(district, f));
        let name = file.map_or_else(
            || (if lang == Lang::Zh { "全区" } else { "district" }).to_owned(),
            |s| s.member.as_ref().map_or_else(|| s.path.to_string(), |member| format!("{}!{member}", s.path)),
        );
        let _ = writeln!(text, "{BOLD}{name}{BOLD:#}");
        for finding in findings {
            one(&mut text, finding, lang);
            if let Some(crop) = crops.get(&finding.finding_id) {
                text.push_str(crop);
            }
        }
        text.push('\n');
    }
    summary(&mut text, district, lang);
    text
}

/// A finding: severity, place, rule, message.
fn one(text: &mut String, finding: &FindingRow, lang: Lang) {
    let level = [Level::Error, Level::Warning, Level::Info].into_iter().find(|l| l.code() == finding.severity.as_ref());
    let level = level.unwrap_or(Level::Info);
    let style = colour(level);
    let sign = match level {
        Level::Error => "✗",
        Level::Warning => "!",
        Level::Info => "·",
    };
    let _ = write!(text, "  {style}{sign} {}{style:#} ", level.words().get(lang));
    let place: Vec<&str> = [finding.sheet.as_deref(), finding.cell.as_deref()].into_iter().flatten().collect();
    if !place.is_empty() {
        let _ = write!(text, "{BOLD}{}{BOLD:#} ", place.join(" › "));
    }
    let _ = writeln!(text, "{DIM}{}{DIM:#}", finding.rule);
    let _ = writeln!(text, "    {}", finding.message.replace('\n', " "));
    if let Some(explanation) = finding.explanation.as_deref() {
        let _ = writeln!(text, "    {DIM}{explanation}{DIM:#}");
    }
}

/// The neighbourhood of every finding that names a cell.
fn crops(district: &District, job: &Job, by_file: &BTreeMap<Option<u32>, Vec<&FindingRow>>) -> BTreeMap<u32, String> {
    let mut of_file: BTreeMap<(&str, Option<&str>), &[&FindingRow]> = BTreeMap::new();
    for findings in by_file.values() {
        if let Some(s) = findings.first().and_then(|f| submission(district, f)) {
            of_file.insert((&s.path, s.member.as_deref()), findings);
        }
    }
    let mut crops = BTreeMap::new();
    let mut add = |path: &str, member: Option<&str>, book: &Book| {
        for finding in of_file.get(&(path, member)).copied().unwrap_or_default() {
            let cell = finding.cell.as_deref().and_then(CellRef::parse);
            let sheet = book.sheets.iter().find(|sheet| Some(&*sheet.name) == finding.sheet.as_deref());
            if let Some((cell, sheet)) = cell.zip(sheet) {
                crops.insert(finding.finding_id, crop(sheet, cell));
            }
        }
    };
    let wanted = |path: &str, member: Option<&str>| of_file.contains_key(&(path, member));
    // The inputs were listed a moment ago; where they no longer can be, findings go without their neighbourhood.
    let _ = app::peek(job, &district.settings.limits, &wanted, &mut add);
    crops
}

fn summary(text: &mut String, district: &District, lang: Lang) {
    let count = |level: Level| {
        district.findings.iter().filter(|f| f.severity.as_ref() == level.code() && f.status.as_ref() == "open").count()
    };
    let (errors, warnings, notes) = (count(Level::Error), count(Level::Warning), count(Level::Info));
    let files = district.submissions.len();
    let _ = match lang {
        Lang::Zh => writeln!(
            text,
            "{files} 个文件：须更正 {errors} 处，须核对 {warnings} 处，提示 {notes} 处（-v 列出提示；规则说明见 jixiao rules 编号）"
        ),
        Lang::En => writeln!(
            text,
            "{files} files: {errors} errors, {warnings} warnings, {notes} notes (-v lists them; `jixiao rules CODE` explains a rule)"
        ),
    };
}
