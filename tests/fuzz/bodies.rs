//! What a fuzzer does with bytes, one body for each target: it gives them to a reader or a grammar and asserts what must
//! hold of the result. `cargo fuzz` runs the bodies for as long as one likes; the tests run each over its seeds, damaged
//! seeds, random bytes, and what was ever found (`finds/TARGET/`).
//!
//! Readers get one part of a package at a time, put into a good package: a fuzzer does not find checksums.

use super::document::document;
use super::package::{Part, package, parts};
use jixiao::book::{Book, Reader, Refusal, open};
use jixiao::disk::Disk;
use jixiao::plan::{Content, Input, load};
use jixiao::quantity::{CellRef, Entry, MoneyUnit};
use jixiao::read::{Catalog, read_book};
use jixiao::settings::Limits;
use jixiao::tables::{Guard, Submission, looks_like_formula, write_table};
use jixiao::text::{self, Plain};
use std::path::Path;
use std::sync::LazyLock;
use zip::CompressionMethod;

/// A target: its name, what it does with bytes, and good bytes to begin with.
pub(crate) struct Target {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) body: fn(&[u8]),
    /// Where to begin.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

/// All targets.
pub(crate) const TARGETS: [Target; 12] = [
    Target { name: "xlsx", body: |data| reader(&XLSX, data), seeds: || XLSX.seeds() },
    Target { name: "xlsb", body: |data| reader(&XLSB, data), seeds: || XLSB.seeds() },
    Target { name: "ods", body: |data| reader(&ODS, data), seeds: || ODS.seeds() },
    Target { name: "docx", body: |data| reader(&DOCX, data), seeds: || DOCX.seeds() },
    Target { name: "xls", body: whole, seeds: streams },
    Target { name: "preflight", body: whole, seeds: files },
    Target { name: "members", body: members, seeds: || texts(&NAMES) },
    Target { name: "number", body: number, seeds: || texts(&NUMBERS) },
    Target { name: "goal", body: goal, seeds: || texts(&GOALS) },
    Target { name: "form", body: form, seeds: definitions },
    Target { name: "frame", body: frame, seeds: frames },
    Target { name: "escape", body: escape, seeds: || texts(&HOSTILE) },
];

/// Limits that a fuzzer meets soon.
static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    file_bytes: 1 << 22,
    part_bytes: 1 << 22,
    package_bytes: 1 << 23,
    bundle_bytes: 1 << 23,
    cells: 20_000,
    ..Limits::default()
});
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::embedded().unwrap());
static XLSX: LazyLock<Template> = LazyLock::new(|| Template::of("洪合镇/毛衫产业平台提升自评表.xlsx"));
static XLSB: LazyLock<Template> = LazyLock::new(|| Template::of("融媒体中心/新闻宣传平台运维自评表.xlsb"));
static ODS: LazyLock<Template> = LazyLock::new(|| Template::of("高照街道/社区党群服务中心运行自评表.ods"));

static DOCX: LazyLock<Template> = LazyLock::new(|| {
    let drawing = include_str!("../layouts/national.txt");
    Template(parts(&document(drawing).unwrap()).unwrap())
});

/// A good file of the sample.
fn sample(name: &str) -> Vec<u8> {
    // The fuzzer's workspace lies two folders below the project.
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let input = if top.join("input").is_dir() { top.join("input") } else { top.join("../../input") };
    std::fs::read(input.join(name)).unwrap()
}

/// A good package of which one part is replaced.
struct Template(Vec<Part>);

impl Template {
    fn of(name: &str) -> Self {
        Self(parts(&sample(name)).unwrap())
    }

    /// A seed for each part: its number, its content.
    fn seeds(&self) -> Vec<Vec<u8>> {
        (0_u8..).zip(&self.0).map(|(n, (_, content))| [&[n], content.as_slice()].concat()).collect()
    }

    /// The package with the part that the first byte names replaced by the rest.
    fn with(&self, data: &[u8]) -> Vec<u8> {
        let Some((&which, content)) = data.split_first() else { return Vec::new() };
        let mut parts = self.0.clone();
        let at = usize::from(which) % parts.len();
        content.clone_into(&mut parts[at].1);
        package(&parts, CompressionMethod::Stored).unwrap()
    }
}

fn sound(read: Result<Book, Refusal>) {
    match read {
        Ok(book) => assert!(book.is_sound(), "what is said of a sheet does not hold"),
        Err(refusal) => assert!(!refusal.reason.code().is_empty()),
    }
}

fn reader(template: &Template, data: &[u8]) {
    sound(open(&template.with(data), "a.xlsx", &LIMITS, Reader::Own));
}

fn whole(data: &[u8]) {
    sound(open(data, "a.xls", &LIMITS, Reader::Own));
}

/// BIFF streams without their container, and one in it.
fn streams() -> Vec<Vec<u8>> {
    let names = ["人力资源和社会保障局/职业技能提升培训自评表.xls", "民政局/2021年预算执行情况表.xls"];
    let stream = |name| {
        let bytes = sample(name);
        let begin = bytes.windows(4).position(|window| window == [0x09, 0x08, 0x10, 0x00]).unwrap();
        [bytes[begin..].to_vec(), bytes]
    };
    names.into_iter().flat_map(stream).collect()
}

fn files() -> Vec<Vec<u8>> {
    let names = [
        "洪合镇/毛衫产业平台提升自评表.xlsx",
        "融媒体中心/新闻宣传平台运维自评表.xlsb",
        "机关事务服务中心/2021年预算执行情况表.ods",
        "高照街道/2021年预算执行情况表.xls",
        "教育局/校舍维修验收证明.pdf",
    ];
    let words = [
        "<html><table>",
        "a,b\n1,2\n",
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
    ];
    names.into_iter().map(sample).chain(texts(&words)).collect()
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const NAMES: [&str; 6] = ["附件/得分.xlsx", "../up.xlsx", "C:\\a.xls", "__MACOSX/._a.xlsx", "a.zip\0b", "~$得分.xlsx"];

/// A bundle whose members bear these names, one a line: each member is handed on once, with a label of one meaning.
fn members(data: &[u8]) {
    let names: Vec<&[u8]> =
        data.split(|&b| b == b'\n').filter(|name| !name.is_empty() && name.len() < 300).take(20).collect();
    let bundle = bundle(&names);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.zip");
    std::fs::write(&file, &bundle).unwrap();
    let input = Input { path: "b.zip".into(), file, bytes: bundle.len() as u64, fate: None };
    let mut seen = Vec::new();
    load(&input, &LIMITS, &mut |item| {
        if let (Some(member), Content::File(_)) = (&item.member, &item.content) {
            let leads_out = member.split(['/', '\\']).any(|part| part == "..") || member.starts_with(['/', '\\']);
            assert!(!leads_out && !member.contains('\0'), "{member:?} was taken");
        }
        seen.push(item.member);
    });
    assert!(seen.first().is_some_and(Option::is_none));
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count, "a member twice");
}

/// A bundle of empty members, stored, with names in any bytes.
fn bundle(names: &[&[u8]]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let len = u16::try_from(name.len()).unwrap().to_le_bytes();
        let at = u32::try_from(out.len()).unwrap().to_le_bytes();
        let head = |version: &[u8]| [version, &[0; 22], &len, &[0; 2]].concat();
        out.extend([b"PK\x03\x04", head(&[20, 0]).as_slice(), name].concat());
        let head = head(&[20, 0, 20, 0]);
        directory.extend([b"PK\x01\x02", head.as_slice(), &[0; 12], &at, name].concat());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let [size, at] = [directory.len(), out.len()].map(|n| u32::try_from(n).unwrap().to_le_bytes());
    [out, directory, [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &at, &[0; 2]].concat()].concat()
}

const NUMBERS: [&str; 12] = [
    "1,234.50",
    "（１２．５）",
    "17万50元",
    "约3.5亿",
    "98.5%",
    "壹佰万元整",
    "2021年12月31日",
    "44561",
    "-0.00",
    "3万5",
    "1e5",
    "B12",
];

/// Numbers, money, rates, points, dates: read twice alike, and read again as they are shown.
fn number(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let number = text::number(&text);
    assert_eq!(number, text::number(&text));
    if let Entry::Given(value) = number {
        assert_eq!(text::number(&value.to_string()), Entry::Given(value), "{text:?}");
    }
    if let Entry::Given(points) = text::points(&text) {
        assert_eq!(text::points(&points.to_string()), Entry::Given(points), "{text:?}");
    }
    for unit in [MoneyUnit::Yuan, MoneyUnit::TenThousand] {
        text::money(&text, unit);
    }
    for plain in [Plain::Fraction, Plain::Points, Plain::Guess] {
        text::percent(&text, plain);
    }
    text::money_unit(&text);
    text::numeral(&text);
    text::date(&text);
    text::year(&text);
    text::leftover(&text);
    let name = text::split_code(&text);
    assert_eq!(name, text::split_code(&text));
    let key = text::key(&text);
    assert_eq!(text::key(&key), key, "{text:?}: folding a key again changes nothing");
    assert!((0.0..=1.0).contains(&text::similarity(&text::normal(&text), "人力资源和社会保障局")));
    if let Some(at) = CellRef::parse(&text) {
        assert_eq!(CellRef::parse(&at.to_string()), Some(at));
    }
}

const GOALS: [&str; 10] = [
    "≥95%",
    "不少于12个",
    "12月底前",
    "＝100\t%",
    "10-15天",
    "基本建成",
    "≤30分钟\t分钟\t响应时间",
    "逐年提高\t%",
    "2021年12月31日前完成",
    "±5%",
];

/// A target: text, unit and name, parted by tabs.
fn goal(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut fields = text.split('\t');
    let (goal, unit, name) = (fields.next().unwrap_or_default(), fields.next(), fields.next().unwrap_or_default());
    assert_eq!(text::goal(goal, None, unit, name), text::goal(goal, None, unit, name));
    text::goal(goal, unit, None, name);
    text::operator(goal);
}

fn definitions() -> Vec<Vec<u8>> {
    let national = include_str!("../../src/read/definitions/project_self_eval.toml");
    let variant = include_str!("../../src/read/definitions/project_self_eval.sichuan.toml");
    texts(&[national, variant, "id = \"x\"\nextends = \"project_self_eval\"\n"])
}

/// A bureau's own form definition: refused with its name, or usable.
fn form(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut catalog = CATALOG.clone();
    match catalog.load([("own.toml", text)]) {
        Ok(()) => drop(read_book(&BOOK, &catalog)),
        Err(error) => assert!(error.to_string().contains("own.toml"), "{error}"),
    }
}

static BOOK: LazyLock<Book> =
    LazyLock::new(|| open(&sample("洪合镇/毛衫产业平台提升自评表.xlsx"), "", &Limits::default(), Reader::Own).unwrap());

fn frames() -> Vec<Vec<u8>> {
    let refusal = open(b"x", "", &LIMITS, Reader::Own);
    let answers: [Result<Book, Refusal>; 2] = [Ok(BOOK.clone()), refusal];
    answers.iter().map(|answer| postcard::to_stdvec(answer).unwrap()).collect()
}

/// What a worker answers: not understood, unsound, or read like any other workbook.
fn frame(data: &[u8]) {
    if let Ok(Ok(book)) = postcard::from_bytes::<Result<Book, Refusal>>(data)
        && book.is_sound()
    {
        read_book(&book, &CATALOG);
    }
}

const HOSTILE: [&str; 9] = [
    "=1+1",
    "+1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "a\"b\r\nc,d",
    "</script><script>alert(1)</script>",
    "'=1",
    "\u{0}\u{1f}",
];

/// Text in a table: one field of one row whatever it holds, and never the start of a formula.
fn escape(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let folder = tempfile::tempdir().unwrap();
    let row = Submission {
        file_id: 1,
        path: text.as_str().into(),
        member: Some(text.as_str().into()),
        bytes: 0,
        blake3: None,
        format: None,
        status: "imported".into(),
        reason: None,
        department: None,
        forms: 0,
        findings_error: 0,
        findings_warning: 0,
    };
    for guard in [Guard::Apostrophe, Guard::Raw] {
        write_table(&Disk::default(), folder.path(), std::slice::from_ref(&row), guard).unwrap();
        let written = std::fs::read_to_string(folder.path().join("submissions.csv")).unwrap();
        let rows = super::csv::rows(&written);
        assert_eq!(rows.len(), 1, "{text:?}");
        let guarded = guard == Guard::Apostrophe && looks_like_formula(&text);
        for column in ["path", "member"] {
            let shown = rows[0][column].as_str();
            assert_eq!(shown.strip_prefix('\'').filter(|_| guarded).unwrap_or(shown), text);
            assert!(guard == Guard::Raw || !looks_like_formula(shown));
        }
    }
}
