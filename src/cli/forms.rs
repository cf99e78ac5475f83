//! `jixiao forms`: the form types known, one in full, or a test of definitions of one's own.
//!
//! Everything shown is derived from the definitions themselves.

use super::args::FormsArgs;
use super::{Exit, out};
use crate::app::catalog;
use crate::book::{self, Reader};
use crate::finding::Lang;
use crate::read::{Catalog, Definition, Reading, feature_words, read_book};
use crate::settings::{Mappings, Settings};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub(super) fn forms(args: &FormsArgs) -> Exit {
    let FormsArgs { id, check, sample, talk } = args;
    let lang = super::job::lang(talk.lang).unwrap_or(Lang::Zh);
    let catalog = match catalog(check.as_deref(), &Mappings::default()) {
        Ok(catalog) => catalog,
        Err(refused) => {
            out::refuse(refused);
            return Exit::Refused;
        }
    };
    let text = match (check, id) {
        (Some(dir), _) => tested(dir, sample.as_deref(), &catalog, lang),
        (None, None) => Ok(list(&catalog, lang)),
        (None, Some(id)) => catalog.get(id).map(|d| detail(d, &catalog, lang)).ok_or_else(|| unknown(id, &catalog)),
    };
    match text.map(|text| out::result(&text)) {
        Ok(Ok(())) => Exit::Done,
        Ok(Err(_)) => Exit::Refused,
        Err(why) => {
            out::refuse(why);
            Exit::Refused
        }
    }
}

fn unknown(id: &str, catalog: &Catalog) -> String {
    let near = catalog.definitions.iter().map(|d| d.id.as_str()).min_by_key(|known| strsim::levenshtein(known, id));
    format!("没有表种 {id}，是否指 {}？清单见 jixiao forms / no form {id}", near.unwrap_or("—"))
}

/// One line a definition, variants below what they extend.
fn list(catalog: &Catalog, lang: Lang) -> String {
    let mut text = String::new();
    for definition in &catalog.definitions {
        let name = match lang {
            Lang::En if definition.extends.is_none() => definition.kind.words().get(lang),
            _ => definition.name.as_str(),
        };
        let indent = if definition.extends.is_some() { "  " } else { "" };
        let _ = writeln!(text, "{:<32}{name}", format!("{indent}{}", definition.id));
    }
    text
}

/// A definition in full: titles, evidence with weights, what it takes for granted.
fn detail(definition: &Definition, catalog: &Catalog, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let say = |chinese: &'static str, english: &'static str| if zh { chinese } else { english };
    let mut text = format!("{}  {}\n", definition.id, definition.name);
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label}{}{value}", say("：", ": "));
    };
    line(say("表种", "kind"), &format!("{} {}", definition.kind.code(), definition.kind.words().get(lang)));
    if let Some(base) = &definition.extends {
        line(say("沿用", "extends"), base);
    }
    line(say("依据", "source"), &definition.source);
    line(say("标题（+3）", "titles (+3)"), &definition.titles.join("  "));
    line(say("标题反证（−2）", "titles against (-2)"), &definition.titles_against.join("  "));
    line(say("金额单位", "unit of money"), definition.unit.chinese());
    line(say("不注明的预算数作为", "a bare 预算数 is"), definition.bare_budget.code());
    let mut evidence: Vec<(&String, &f32)> = definition.evidence.iter().collect();
    evidence.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
    line(say("证据", "evidence"), "");
    for (key, weight) in evidence {
        let _ = writeln!(text, "  {weight:+5.1}  {key:<22}{}", feature_words(key));
    }
    let variants: Vec<&str> = catalog
        .definitions
        .iter()
        .filter(|d| d.extends.as_deref() == Some(definition.id.as_str()))
        .map(|d| d.id.as_str())
        .collect();
    if !variants.is_empty() {
        let _ = writeln!(text, "{}{}{}", say("变体", "variants"), say("：", ": "), variants.join("  "));
    }
    text
}

/// What became of definitions of one's own: which they are, and how a sample is read with them.
fn tested(dir: &Path, sample: Option<&Path>, catalog: &Catalog, lang: Lang) -> Result<String, String> {
    let zh = lang == Lang::Zh;
    let built_in = Catalog::embedded().map_err(|e| e.to_string())?;
    let own: Vec<&Definition> =
        catalog.definitions.iter().filter(|d| built_in.get(&d.id).is_none_or(|b| b.evidence != d.evidence)).collect();
    let mut text = String::new();
    for definition in &own {
        let _ = writeln!(text, "{}  {}  ✔", definition.id, definition.name);
    }
    if own.is_empty() {
        let none = if zh { "没有自备的表种定义" } else { "no definitions of one's own" };
        let _ = writeln!(text, "{}: {none}", dir.display());
    }
    if let Some(sample) = sample {
        let at = |e: &dyn std::fmt::Display| format!("{}: {e}", sample.display());
        let bytes = fs::read(sample).map_err(|e| at(&e))?;
        let name = sample.file_name().unwrap_or_default().to_string_lossy();
        let book = book::open(&bytes, &name, &Settings::default().limits, Reader::Auto)
            .map_err(|refusal| at(&if zh { refusal.detail_zh } else { refusal.detail_en }))?;
        report(&read_book(&book, catalog), lang, &mut text);
    }
    Ok(text)
}

/// How a sample was read: each form with its definition, confidence and number of fields.
fn report(reading: &Reading, lang: Lang, text: &mut String) {
    if reading.forms.is_empty() {
        text.push_str(if lang == Lang::Zh {
            "样表中没有识别出任何表\n"
        } else {
            "no form was recognised in the sample\n"
        });
    }
    for form in &reading.forms {
        let claims = form.claims();
        let read = claims.iter().filter(|c| c.value.is_some()).count();
        let _ = writeln!(text, "{}!{}  {}  {:.2}", form.sheet_name, form.range, form.definition, form.confidence);
        let words = if lang == Lang::Zh {
            ["栏目", "有值", "未识别的数字"]
        } else {
            ["fields", "with a value", "numbers unclaimed"]
        };
        let [fields, valued, unclaimed] = words;
        let _ = writeln!(text, "  {fields} {}, {valued} {read}, {unclaimed} {}", claims.len(), form.unclaimed.len());
    }
    for finding in &reading.findings {
        let _ = writeln!(text, "  {} {}", finding.rule.code, finding.message(lang));
    }
}
