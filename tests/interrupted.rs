//! Ctrl-C: the run ends soon, whatever it is at, with its workers, and leaves nothing behind.

#![cfg(target_os = "linux")]

use crate::limits::endless;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a test waits at most for something that takes a fraction of a second.
const PATIENCE: Duration = Duration::from_secs(40);

fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !done() {
        assert!(begin.elapsed() < PATIENCE, "{what} takes too long");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Starts a run in a folder.
fn start(folder: &Path, more: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("jixiao"))
        .args(["run", "input", "-o", "output", "--no-cache", "--progress", "never"])
        .args(more)
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Processes of the program that run in this folder, by their arguments.
fn at_work(folder: &Path) -> Vec<String> {
    let folder = folder.canonicalize().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let here =
        processes.filter(|process| std::fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd == folder));
    here.filter_map(|process| std::fs::read_to_string(process.path().join("cmdline")).ok()).collect()
}

/// A run whose worker is at a file without end.
fn with_a_worker() -> (tempfile::TempDir, Child) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("input")).unwrap();
    std::fs::write(folder.path().join("input/a.ods"), endless()).unwrap();
    let child = start(folder.path(), &["--reader", "calamine"]);
    wait("a worker", || at_work(folder.path()).iter().any(|arguments| arguments.contains("worker")));
    (folder, child)
}

/// Sends Ctrl-C and asserts that the run ends as stopped.
fn interrupt(mut child: Child, folder: &Path) {
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    wait("the end", || child.try_wait().unwrap().is_some());
    let done = child.wait_with_output().unwrap();
    let words = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{words}");
    assert!(words.contains("已中止"), "{words}");
    wait("the end of the workers", || at_work(folder).is_empty());
    for left in ["output", "output.staging"] {
        assert!(!folder.join(left).exists(), "{left} is left");
    }
}

#[test]
fn while_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("input"), folder.path().join("input"))
        .unwrap();
    let child = start(folder.path(), &[]);
    wait("the beginning", || folder.path().join("output.staging/new").exists());
    interrupt(child, folder.path());
}

#[test]
fn while_a_worker_is_at_a_file_without_end() {
    let (folder, child) = with_a_worker();
    interrupt(child, folder.path());
}

#[test]
fn a_worker_ends_with_a_program_that_was_killed() {
    let (folder, mut child) = with_a_worker();
    child.kill().unwrap();
    child.wait().unwrap();
    wait("the end of the workers", || at_work(folder.path()).is_empty());
}
