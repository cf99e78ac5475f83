//! Mutants: good files of every format, damaged, in one batch with files that nobody touched.
//!
//! Whatever a mutant holds, the run ends well, every mutant has its row in `submissions`, and of the files beside them every
//! row is as without them.

pub(crate) mod damage;
pub(crate) mod document;
pub(crate) mod package;

use crate::csv::{self, Row};
use damage::{Dice, damaged};
use document::document;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) type Made<T> = Result<T, Box<dyn std::error::Error>>;

/// A good file of each format: extension and the file of the sample; of documents there is none, one is drawn.
pub(crate) const FORMATS: [(&str, &str); 8] = [
    ("xlsx", "input/农业农村和水利局/河道清淤工程绩效自评表.xlsx"),
    ("xlsm", "input/综合行政执法局/违法建筑拆除自评表.xlsm"),
    ("xls", "input/人力资源和社会保障局/职业技能提升培训自评表.xls"),
    ("xlsb", "input/融媒体中心/新闻宣传平台运维自评表.xlsb"),
    ("ods", "input/高照街道/社区党群服务中心运行自评表.ods"),
    ("et", "input/疾病预防控制中心/适龄儿童免疫规划自评表.et"),
    ("zip", "input/王江泾镇/王江泾镇报送材料.zip"),
    ("docx", "tests/layouts/national.txt"),
];

/// Files that stand beside the mutants and must not suffer; of departments that none of the good files is from.
const CONTROLS: [&str; 4] = [
    "洪合镇/毛衫产业平台提升自评表.xlsx",
    "教育局/普惠性幼儿园生均补助自评表.xls",
    "新城街道/城市绿化养护自评表.xlsb",
    "民政局/困难残疾人生活补贴自评表.ods",
];

/// Tables whose rows of a control depend on nothing else.
const TABLES: [&str; 3] = ["evaluations", "indicators", "funding"];

/// The bytes of a good file of a format.
pub(crate) fn good(file: &str) -> Made<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if path.extension().is_some_and(|ending| ending == "txt") {
        return document(&fs::read_to_string(path)?).ok_or_else(|| "the document cannot be drawn".into());
    }
    Ok(fs::read(path)?)
}

/// What a batch has shown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) mutants: usize,
    /// Mutants that were read all the same.
    pub(crate) read: usize,
    /// What went wrong, in words.
    pub(crate) wrong: Vec<String>,
}

/// Runs one batch: `count` mutants of a good file from `seed` on, beside the controls.
pub(crate) fn batch(program: &Path, (ending, good): (&str, &[u8]), count: usize, seed: u64) -> Made<Verdict> {
    let folder = tempfile::tempdir()?;
    let input = folder.path().join("input");
    // Controls come first, so that they bear the same numbers with and without the others.
    for control in CONTROLS {
        let to = input.join("0").join(control);
        fs::create_dir_all(to.parent().unwrap_or(&input))?;
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(control), to)?;
    }
    let mut verdict = Verdict { mutants: count, ..Verdict::default() };
    let alone = run(program, folder.path(), &mut verdict)?;
    fs::create_dir_all(input.join("1"))?;
    let mut names = BTreeSet::new();
    for n in 0..count {
        let mut dice = Dice::new(seed + n as u64);
        let name = format!("1/{:06}.{ending}", seed + n as u64);
        fs::write(input.join(&name), damaged(good, &mut dice))?;
        names.insert(name);
    }
    let together = run(program, folder.path(), &mut verdict)?;
    let mut rows: BTreeMap<String, usize> = names.iter().map(|name| (name.clone(), 0)).collect();
    for row in together.get("submissions").into_iter().flatten() {
        let field = |column: &str| row.get(column).map(String::as_str).unwrap_or_default();
        if let Some(count) = rows.get_mut(field("path")).filter(|_| field("member").is_empty()) {
            *count += 1;
            verdict.read += usize::from(["imported", "superseded", "duplicate"].contains(&field("status")));
        }
    }
    let lost = rows.iter().filter(|(_, count)| **count != 1);
    verdict.wrong.extend(lost.map(|(name, count)| format!("{name} has {count} rows")));
    for table in TABLES {
        let of_controls = |tables: &Tables| -> Vec<Row> {
            let rows = tables.get(table).into_iter().flatten();
            rows.filter(|row| row.get("evaluation_id").is_some_and(|id| of_control(id))).cloned().collect()
        };
        let (before, after) = (of_controls(&alone), of_controls(&together));
        if before.is_empty() || before != after {
            verdict.wrong.push(format!("{table}: {} rows of the controls became {}", before.len(), after.len()));
        }
    }
    Ok(verdict)
}

/// Whether an evaluation is of one of the first files.
fn of_control(id: &str) -> bool {
    id.split('-').next().and_then(|file| file.parse::<usize>().ok()).is_some_and(|file| file <= CONTROLS.len())
}

type Tables = BTreeMap<String, Vec<Row>>;

/// Runs the program; what its tables say.
fn run(program: &Path, folder: &Path, verdict: &mut Verdict) -> Made<Tables> {
    /// Far more than a batch needs.
    const PATIENCE: Duration = Duration::from_mins(10);
    let mut child = Command::new(program)
        .args(["run", "input", "-o", "output", "-q", "--progress", "never"])
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .spawn()?;
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            child.kill()?;
            verdict.wrong.push("the run hangs".to_owned());
            break child.wait()?;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    if status.code() != Some(0) {
        verdict.wrong.push(format!("the run ended with {status}"));
        return Ok(Tables::new());
    }
    let mut tables = Tables::new();
    for table in TABLES.iter().chain(&["submissions"]) {
        let text = fs::read_to_string(folder.join(format!("output/data/{table}.csv")))?;
        tables.insert((*table).to_owned(), csv::rows(&text));
    }
    Ok(tables)
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, Verdict, batch, good};

    #[test]
    fn mutants_of_every_format_harm_nobody() {
        let program = assert_cmd::cargo::cargo_bin!("jixiao");
        for (ending, file) in FORMATS {
            let good = good(file).unwrap();
            let whole = batch(program, (ending, &good), 0, 0).unwrap();
            assert_eq!(whole, Verdict::default(), "{ending}");
            let Verdict { mutants, read, wrong } = batch(program, (ending, &good), 40, 1).unwrap();
            assert_eq!(wrong, Vec::<String>::new(), "{ending}");
            assert!(read > 0 && read < mutants, "{ending}: {read} of {mutants} were read: too much damage, or none");
        }
    }
}
