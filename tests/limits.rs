//! Each limit: what meets it exactly is taken, one more is refused, by the name of the limit and with its value.

use crate::district::jixiao;
use crate::mutant::package::{Part, package, parts};
use jixiao::book::{Reader, open};
use jixiao::plan::{Content, Input, load};
use jixiao::settings::Limits;
use std::collections::BTreeSet;
use std::path::Path;
use zip::CompressionMethod;

/// A limit: its name and how it is set.
type Limit = (&'static str, fn(&mut Limits, u64));

const FILE: Limit = ("file_bytes", |limits, n| limits.file_bytes = n);
const PART: Limit = ("part_bytes", |limits, n| limits.part_bytes = n);
const PACKAGE: Limit = ("package_bytes", |limits, n| limits.package_bytes = n);
const PACKAGE_ENTRIES: Limit = ("package_entries", |limits, n| limits.package_entries = n.try_into().unwrap());
const SHEETS: Limit = ("sheets", |limits, n| limits.sheets = n.try_into().unwrap());
const CELLS: Limit = ("cells", |limits, n| limits.cells = n);
const BUNDLE: Limit = ("bundle_bytes", |limits, n| limits.bundle_bytes = n);
const BUNDLE_ENTRIES: Limit = ("bundle_entries", |limits, n| limits.bundle_entries = n.try_into().unwrap());
const BUNDLE_DEPTH: Limit = ("bundle_depth", |limits, n| limits.bundle_depth = n.try_into().unwrap());

/// Of the worker processes; not met to the byte or the second.
const OF_WORKERS: [&str; 2] = ["worker_bytes", "seconds"];

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(name)).unwrap()
}

/// Asserts that `met` passes as the limit and that one less is refused by its name.
fn exact((name, set): Limit, met: u64, about: &str, refusal: impl Fn(&Limits) -> Option<String>) {
    let mut limits = Limits::default();
    set(&mut limits, met);
    assert_eq!(refusal(&limits), None, "{about}: {name} = {met} is met and not passed");
    set(&mut limits, met - 1);
    let words = refusal(&limits).unwrap_or_else(|| panic!("{about}: {name} = {} is passed", met - 1));
    assert!(words.contains(&format!("limits.{name} = {}", met - 1)), "{about}: {words}");
}

fn len(bytes: &[u8]) -> u64 {
    bytes.len() as u64
}

/// What a workbook is refused for.
fn of_workbook(bytes: &[u8], limits: &Limits) -> Option<String> {
    open(bytes, "", limits, Reader::Own).err().map(|refusal| refusal.detail_en)
}

/// What a file, or the first member of a bundle that is not taken, is refused for.
fn of_bundle(file: &Path, limits: &Limits) -> Option<String> {
    let bytes = file.metadata().unwrap().len();
    let input = Input { path: "b.zip".into(), file: file.to_owned(), bytes, fate: None };
    let mut words = None;
    load(&input, limits, &mut |item| match item.content {
        Content::Settled(_, _, Some(refusal)) if words.is_none() => words = Some(refusal.detail_en),
        Content::Settled(..) | Content::File(_) | Content::Bundle => {}
    });
    words
}

#[test]
fn a_workbook_meets_its_limits() {
    for name in [
        "洪合镇/毛衫产业平台提升自评表.xlsx",
        "融媒体中心/新闻宣传平台运维自评表.xlsb",
        "高照街道/社区党群服务中心运行自评表.ods",
        "教育局/普惠性幼儿园生均补助自评表.xls",
    ] {
        let bytes = sample(name);
        let book = open(&bytes, "", &Limits::default(), Reader::Own).unwrap();
        let cells = book.sheets.iter().map(|sheet| sheet.cells.len() as u64).sum();
        let refusal = |limits: &Limits| of_workbook(&bytes, limits);
        exact(FILE, len(&bytes), name, refusal);
        exact(CELLS, cells, name, refusal);
        exact(SHEETS, book.sheets.len() as u64, name, refusal);
        let Some(parts) = parts(&bytes) else { continue };
        exact(PART, parts.iter().map(|part| len(&part.1)).max().unwrap(), name, refusal);
        exact(PACKAGE, parts.iter().map(|part| len(&part.1)).sum(), name, refusal);
        // Of a zip with more entries than either kind may have nobody asks what it is.
        exact(PACKAGE_ENTRIES, parts.len() as u64, name, refusal);
    }
}

#[test]
fn a_bundle_meets_its_limits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.zip");
    let zip = |parts: &[Part]| package(parts, CompressionMethod::Deflated).unwrap();
    let members = [("a.xlsx", "洪合镇/毛衫产业平台提升自评表.xlsx"), ("b.xls", "民政局/2021年预算执行情况表.xls")]
        .map(|(name, of)| (name.to_owned(), sample(of)));
    let refusal = |limits: &Limits| of_bundle(&file, limits);

    let bundle = zip(&members);
    std::fs::write(&file, &bundle).unwrap();
    exact(FILE, len(&bundle), "bundle", refusal);
    exact(BUNDLE, members.iter().map(|member| len(&member.1)).sum(), "bundle", refusal);
    exact(BUNDLE_ENTRIES, 2, "bundle", |limits| {
        // A zip may have as many entries as a workbook before anybody asks what it is.
        refusal(&Limits { package_entries: 0, ..limits.clone() })
    });

    let inner = zip(&members);
    std::fs::write(&file, zip(&[("内.zip".to_owned(), inner.clone())])).unwrap();
    exact(BUNDLE_DEPTH, 2, "bundle in a bundle", refusal);
    exact(
        BUNDLE,
        members.iter().map(|member| len(&member.1)).sum::<u64>() + len(&inner),
        "bundle in a bundle",
        refusal,
    );
}

#[test]
fn every_limit_is_met_by_a_test() {
    let of_files = [FILE, PART, PACKAGE, PACKAGE_ENTRIES, SHEETS, CELLS, BUNDLE, BUNDLE_ENTRIES, BUNDLE_DEPTH];
    let tested: BTreeSet<&str> = of_files.iter().map(|limit| limit.0).chain(OF_WORKERS).collect();
    let limits = serde_json::to_value(Limits::default()).unwrap();
    let all: BTreeSet<&str> = limits.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(tested, all);
}

/// A spreadsheet whose content breaks off, over which the second reader never comes back.
pub(crate) fn endless() -> Vec<u8> {
    let mut parts = parts(&sample("高照街道/社区党群服务中心运行自评表.ods")).unwrap();
    let content = &mut parts.iter_mut().find(|part| part.0 == "content.xml").unwrap().1;
    let row = b"<table:table-row";
    let at = content.windows(row.len()).rposition(|window| window == row).unwrap();
    content.truncate(at);
    package(&parts, CompressionMethod::Deflated).unwrap()
}

/// A workbook that claims more shared strings than memory holds; the second reader believes it.
fn boastful() -> Vec<u8> {
    let mut parts = parts(&sample("洪合镇/毛衫产业平台提升自评表.xlsx")).unwrap();
    let table = &mut parts.iter_mut().find(|part| part.0 == "xl/sharedStrings.xml").unwrap().1;
    let text = String::from_utf8(std::mem::take(table)).unwrap();
    let (head, tail) = text.split_once("uniqueCount=\"").unwrap();
    *table = format!("{head}uniqueCount=\"2000000000{tail}").into_bytes();
    package(&parts, CompressionMethod::Deflated).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_is_held_to_its_memory_and_its_time() {
    for (limit, bytes) in [("worker_bytes = 300000000", boastful()), ("seconds = 1", endless())] {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("input");
        std::fs::create_dir(&input).unwrap();
        std::fs::write(input.join("jixiao.toml"), format!("[limits]\n{limit}\n")).unwrap();
        std::fs::write(input.join("a.xlsx"), bytes).unwrap();
        let done = jixiao(&["check", input.to_str().unwrap(), "--reader", "calamine", "--lang", "en"]);
        let words = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        assert_eq!(done.status.code(), Some(1), "{words}");
        assert!(words.contains(&format!("limits.{limit}")), "{words}");
    }
}
