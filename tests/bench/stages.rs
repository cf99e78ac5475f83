//! What each stage of a run takes, over the sample in `input/`: `cargo bench`.
//!
//! Each bench does its stage alone, with what the stages before it give; so the figures of the stages up to `extract`, the
//! frames and the writers add up to about that of the whole.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run has nothing to say")]

use divan::{Bencher, black_box};
use jixiao::app::{self, Bureau, Job, Nobody, Stop};
use jixiao::book::{self, Book, Reader};
use jixiao::disk::Disk;
use jixiao::district::District;
use jixiao::form::Form;
use jixiao::normal::extract;
use jixiao::quantity::{Decimal, Text};
use jixiao::rank::{Entrant, Ties, rank};
use jixiao::read::{Catalog, read_book};
use jixiao::render::{self, Feedback, View};
use jixiao::rule::{check_file, check_form};
use jixiao::settings::Settings;
use jixiao::tables::Guard;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn main() {
    divan::main();
}

/// The sample, and what the stages make of it.
struct Sample {
    files: Vec<(String, Vec<u8>)>,
    settings: Settings,
    catalog: Catalog,
    books: Vec<Book>,
    forms: Vec<Vec<Form>>,
    district: District,
    _folder: tempfile::TempDir,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let job = job(&folder.path().join("output"));
    let Bureau { settings, mappings, .. } = Bureau::read(&job).unwrap();
    let catalog = app::catalog(None, &mappings).unwrap();
    let mut paths = Vec::new();
    workbooks(&job.inputs[0], &mut paths);
    let read = |path: PathBuf| (path.to_string_lossy().into_owned(), std::fs::read(path).unwrap());
    let files: Vec<(String, Vec<u8>)> = paths.into_iter().map(read).collect();
    let open = |(name, bytes): &(String, Vec<u8>)| book::open(bytes, name, &settings.limits, Reader::Auto).ok();
    let books: Vec<Book> = files.iter().filter_map(open).collect();
    let forms = books.iter().map(|book| read_book(book, &catalog).forms).collect();
    let district = app::check(&job, &Nobody, &Stop::new()).unwrap();
    Sample { files, settings, catalog, books, forms, district, _folder: folder }
});

/// A run over the sample on one thread, with nothing from a run before.
fn job(output: &Path) -> Job {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("input");
    Job { jobs: Some(1), cache: false, ..Job::new(vec![input], output.to_owned()) }
}

fn workbooks(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        if path.is_dir() {
            workbooks(&path, found);
        } else if ["xlsx", "xlsm", "xls", "xlsb", "ods", "et"].contains(&&*ending) {
            found.push(path);
        }
    }
}

/// Bytes → workbooks.
#[divan::bench]
fn read(bencher: Bencher) {
    let sample = &*SAMPLE;
    bencher.bench(|| {
        for (name, bytes) in &sample.files {
            let _ = black_box(book::open(bytes, name, &sample.settings.limits, Reader::Auto));
        }
    });
}

/// Workbooks → forms.
#[divan::bench]
fn recognise(bencher: Bencher) {
    let sample = &*SAMPLE;
    bencher.bench(|| {
        for book in &sample.books {
            black_box(read_book(book, &sample.catalog));
        }
    });
}

/// Forms → findings.
#[divan::bench]
fn rules(bencher: Bencher) {
    let sample = &*SAMPLE;
    bencher.bench(|| {
        for (book, forms) in sample.books.iter().zip(&sample.forms) {
            for form in forms {
                black_box(check_form(form, &book.sheets[form.sheet as usize], &sample.settings));
            }
            black_box(check_file(forms, book, &sample.settings));
        }
    });
}

/// Forms → what is kept of them: figures computed, rows packed.
#[divan::bench]
fn normalise(bencher: Bencher) {
    let sample = &*SAMPLE;
    bencher.bench(|| {
        for forms in &sample.forms {
            black_box(extract(forms, &sample.settings));
        }
    });
}

/// Ranking by frames: 10,000 projects.
#[divan::bench]
fn frames(bencher: Bencher) {
    let (scope, metric) = (Text::from("district"), Text::from("score"));
    let subjects: Vec<Text> = (0..10_000).map(|n: i64| n.to_string().into()).collect();
    let entrant = |(n, subject)| Entrant {
        scope: &scope,
        kind: "project",
        id: subject,
        subject,
        metric: &metric,
        value: Decimal::new(i128::from(n * 7_919 % 4_000 + 6_000), 2).unwrap(),
        ties: Ties::Score,
    };
    bencher
        .with_inputs(|| (0_i64..).zip(&subjects).map(entrant).collect::<Vec<_>>())
        .bench_local_values(|all| black_box(rank(all).unwrap()));
}

/// Packed rows → CSV and Parquet.
#[divan::bench]
fn write_tables(bencher: Bencher) {
    let district = &SAMPLE.district;
    bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        let (disk, stretches) = (Disk::default(), district.bulk.stretches(None));
        let place = (&disk, folder.path(), Guard::Apostrophe);
        black_box(district.bulk.write_lines(&stretches, None, place).unwrap());
        black_box(district.bulk.write_figures(&stretches, None, place).unwrap());
    });
}

/// Tables → the tables arranged for a reader.
#[divan::bench]
fn arrange(bencher: Bencher) {
    let district = &SAMPLE.district;
    bencher.bench(|| View::new(district, &district.bulk));
}

/// Tables arranged → the district's workbook.
#[divan::bench]
fn write_summary(bencher: Bencher) {
    let view = View::new(&SAMPLE.district, &SAMPLE.district.bulk);
    bencher.bench_local(|| render::summary(&view, None).unwrap());
}

/// Tables arranged → the page.
#[divan::bench]
fn write_page(bencher: Bencher) {
    let view = View::new(&SAMPLE.district, &SAMPLE.district.bulk);
    bencher.bench_local(|| render::page(&view).unwrap());
}

/// Tables arranged → the lists that go back to the departments, without the drawn forms.
#[divan::bench]
fn write_feedback(bencher: Bencher) {
    let view = View::new(&SAMPLE.district, &SAMPLE.district.bulk);
    let feedback = Feedback::new(&view);
    bencher.bench_local(|| {
        for recipient in feedback.recipients() {
            black_box(feedback.workbook(&recipient, |_| None).unwrap());
        }
    });
}

/// The whole run, on one thread.
#[divan::bench]
fn whole(bencher: Bencher) {
    bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_refs(|folder| {
        black_box(app::run(&job(&folder.path().join("output")), &Nobody, &Stop::new()).unwrap());
    });
}
