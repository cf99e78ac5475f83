//! The program run once over the sample, and its tables, for all tests that look at them.

pub(crate) use crate::csv::{Row, rows};
use std::path::PathBuf;
use std::process::Output;
use std::sync::LazyLock;

/// A finished run.
pub(crate) struct Run {
    pub(crate) folder: tempfile::TempDir,
}

/// `jixiao run input`, once for the whole test binary.
pub(crate) static SAMPLE: LazyLock<Run> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let output = jixiao(&["run", "input", "--progress", "never", "-o", folder.path().join("output").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Run { folder }
});

/// Runs the program from the top of the project.
pub(crate) fn jixiao(arguments: &[&str]) -> Output {
    assert_cmd::Command::cargo_bin("jixiao")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .args(arguments)
        .output()
        .unwrap()
}

impl Run {
    /// A file of the output.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("output").join(name)
    }

    /// A table of the output.
    pub(crate) fn table(&self, name: &str) -> Vec<Row> {
        rows(&std::fs::read_to_string(self.path(&format!("data/{name}.csv"))).unwrap())
    }
}
