//! OUTPUT is replaced as a whole or not at all: every change to a file fails once, the disk fills up at every change, and
//! the program ends at every change.

use jixiao::app::{self, Job, Nobody, Outcome, Refused, Stop};
use jixiao::disk::{Change, Disk, Gate};
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What goes wrong from the n-th change on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Nothing.
    None,
    /// This change fails, and no other.
    Once(usize),
    /// From here on the disk is full: what needs room fails, names can still be changed and folders removed.
    Full(usize),
    /// Here the program ends, in the middle of a write if it is one: nothing reaches the disk any more.
    Dead(usize),
}

/// A change that was met.
#[derive(Debug, Clone)]
struct Seen {
    change: Change,
    path: PathBuf,
    refused: bool,
}

/// Counts changes and makes them fail.
struct Faulty {
    fault: Fault,
    seen: Mutex<Vec<Seen>>,
}

impl Gate for Faulty {
    fn pass(&self, change: Change, path: &Path) -> io::Result<()> {
        let mut seen = self.seen.lock().unwrap();
        let now = seen.len();
        let needs_room = !matches!(change, Change::Rename | Change::Exchange | Change::Remove | Change::Sync);
        let refused = match self.fault {
            Fault::None => false,
            Fault::Once(at) => now == at,
            Fault::Full(at) => now >= at && needs_room,
            Fault::Dead(at) => {
                if now == at && change == Change::Write {
                    let mut file = std::fs::OpenOptions::new().append(true).open(path)?;
                    file.write_all(b"half a wr")?;
                }
                now >= at
            }
        };
        seen.push(Seen { change, path: path.to_owned(), refused });
        if refused { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

/// A folder with an input and an OUTPUT of an earlier run over less, to which its user has added things.
struct Desk {
    folder: tempfile::TempDir,
}

type Tree = BTreeMap<String, Vec<u8>>;

/// All files below a folder; of the manifest what does not change from run to run.
fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        if entry.file_type().is_dir() {
            found.insert(format!("{name}/"), Vec::new());
            continue;
        }
        let mut bytes = std::fs::read(entry.path()).unwrap();
        if name == "run.json" {
            let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            for changing in ["started", "timings_ms"] {
                assert!(manifest.as_object_mut().unwrap().remove(changing).is_some(), "{changing}");
            }
            bytes = manifest.to_string().into_bytes();
        }
        found.insert(name, bytes);
    }
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else if entry.file_type().is_symlink() {
            std::os::unix::fs::symlink(std::fs::read_link(entry.path()).unwrap(), target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.take("洪合镇/毛衫产业平台提升自评表.xlsx");
        desk.run(Fault::None).0.unwrap();
        std::fs::write(desk.at("output/批注.txt"), "mine").unwrap();
        std::fs::write(desk.at("output/data/rankings.csv"), "edited").unwrap();
        std::fs::create_dir_all(desk.at("output/我的/空")).unwrap();
        std::os::unix::fs::symlink("批注.txt", desk.at("output/链接")).unwrap();
        desk.take("高照街道/老旧小区改造自评表.xlsx");
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file of the sample into the input.
    fn take(&self, name: &str) {
        let to = self.at("input").join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("input").join(name), to).unwrap();
    }

    /// Copies OUTPUT, to be restored.
    fn keep(&self) {
        copy(&self.at("output"), &self.at("kept"));
    }

    /// Puts OUTPUT back as it was kept.
    fn restore(&self) {
        std::fs::remove_dir_all(self.at("output")).unwrap();
        copy(&self.at("kept"), &self.at("output"));
    }

    fn run(&self, fault: Fault) -> (Result<Outcome, Refused>, Vec<Seen>) {
        // A cache that is there already is not written: each run makes its own.
        let _ = std::fs::remove_dir_all(self.at("output.cache"));
        let gate = Arc::new(Faulty { fault, seen: Mutex::default() });
        let job = Job {
            jobs: Some(1),
            disk: Disk::gated(gate.clone()),
            ..Job::new(vec![self.at("input")], self.at("output"))
        };
        let done = app::run(&job, &Nobody, &Stop::new());
        let seen = std::mem::take(&mut *gate.seen.lock().unwrap());
        (done, seen)
    }
}

/// The one change that makes the new OUTPUT the output, by its place among the changes.
fn swap(seen: &[Seen]) -> usize {
    seen.iter().position(|seen| seen.change == Change::Exchange).unwrap()
}

/// Runs with each fault over the same former OUTPUT, and says what must hold whatever fails.
fn each(faults: impl Fn(usize) -> Option<Fault>, check: impl Fn(&Desk, &Attempt)) {
    let desk = Desk::new();
    let former = tree(&desk.at("output"));
    // Whole, on a copy: what the new OUTPUT is, and which changes lead to it.
    desk.keep();
    let (done, changes) = desk.run(Fault::None);
    done.unwrap();
    let new = tree(&desk.at("output"));
    assert!(former != new && new["批注.txt"] == b"mine" && new["data/rankings.kept-1.csv"] == b"edited");
    for change in [Change::Folder, Change::Open, Change::Write, Change::Resize, Change::Sync, Change::Link] {
        assert!(changes.iter().any(|seen| seen.change == change), "{change:?} is met");
    }
    desk.restore();
    let mut tried = 0;
    for fault in (0..changes.len()).filter_map(faults) {
        tried += 1;
        let (done, seen) = desk.run(fault);
        let now = tree(&desk.at("output"));
        assert!(now == former || now == new, "{fault:?}: OUTPUT is neither the former nor the new one");
        assert_eq!(now == new, done.is_ok(), "{fault:?}: what is said is what is there");
        if let Err(refused) = &done {
            let words = refused.to_string();
            let refusals = || seen.iter().filter(|seen| seen.refused);
            assert!(matches!(refused, Refused::Output { .. }), "{fault:?}: {words}");
            let named = refusals().any(|seen| words.contains(seen.path.to_str().unwrap()));
            assert!(named, "{fault:?}: {words} names none of {:?}", refusals().collect::<Vec<_>>());
        }
        for beside in std::fs::read_dir(desk.folder.path()).unwrap() {
            let name = beside.unwrap().file_name().into_string().unwrap();
            let known = ["input", "output", "output.cache", "output.lock", "output.staging", "kept"];
            assert!(known.contains(&name.as_str()), "{fault:?} left {name}");
        }
        check(&desk, &Attempt { fault, done: done.is_ok(), swap: swap(&changes), changes: &changes });
        if now == new {
            desk.restore();
        }
    }
    assert!(tried >= 20, "{tried}");
    assert_eq!(desk.run(Fault::None).0.map(|_| ()).ok(), Some(()), "the next run is as if nothing had been");
    assert!(tree(&desk.at("output")) == new && !desk.at("output.staging").exists());
}

/// One run with a fault.
struct Attempt<'a> {
    fault: Fault,
    done: bool,
    /// The place of the exchange.
    swap: usize,
    /// The changes of a run without fault.
    changes: &'a [Seen],
}

#[test]
fn a_change_that_fails_leaves_the_former_output_and_names_its_path() {
    each(
        |n| Some(Fault::Once(n)),
        |desk, attempt| {
            let Fault::Once(n) = attempt.fault else { unreachable!() };
            let Seen { change, path, .. } = &attempt.changes[n];
            // What a run does without: who holds the lock is only told; the cache costs time; a file that cannot be linked is
            // copied; folders that cannot be exchanged are renamed; and after that the new OUTPUT is there.
            let told = path.ends_with("output.lock") && *change != Change::Open;
            let cache = path.components().any(|part| part.as_os_str() == "output.cache");
            let twice = matches!(change, Change::Link | Change::Exchange) && !path.ends_with("链接");
            assert_eq!(attempt.done, told || cache || twice || n > attempt.swap, "{change:?} {}", path.display());
            let removed = *change != Change::Remove || n < attempt.swap;
            assert_eq!(desk.at("output.staging").exists(), !removed, "{change:?}: nothing is left");
        },
    );
}

#[test]
fn a_disk_that_fills_up_leaves_the_former_output() {
    each(|n| (n % 4 == 0).then_some(Fault::Full(n)), |desk, _| assert!(!desk.at("output.staging").exists()));
}

#[test]
fn a_program_that_ends_leaves_the_former_or_the_new_output_and_one_folder() {
    each(
        |n| Some(Fault::Dead(n)),
        |desk, attempt| {
            assert_eq!(attempt.done, matches!(attempt.fault, Fault::Dead(n) if n > attempt.swap));
            // The next of these runs must clear it away, and this with it.
            let litter = desk.at("output.staging/new/litter");
            let was_cleared = matches!(attempt.fault, Fault::Dead(n) if n < CLEARED) || !litter.exists();
            assert!(was_cleared, "{:?}: the folder of the run before is still there", attempt.fault);
            std::fs::create_dir_all(litter.parent().unwrap()).unwrap();
            std::fs::write(litter, "").unwrap();
        },
    );
}

/// Changes before those that clear away what a run before has left.
const CLEARED: usize = 6;

/// Refuses whatever is to be synced, and counts.
#[derive(Default)]
struct Unsynced(Mutex<usize>);

impl Gate for Unsynced {
    fn pass(&self, change: Change, _: &Path) -> io::Result<()> {
        if change != Change::Sync {
            return Ok(());
        }
        *self.0.lock().unwrap() += 1;
        Err(io::ErrorKind::StorageFull.into())
    }
}

#[test]
fn a_table_that_cannot_be_synced_while_the_rest_is_made_ends_the_run() {
    let desk = Desk::new();
    let former = tree(&desk.at("output"));
    let gate = Arc::new(Unsynced::default());
    let job =
        Job { jobs: Some(2), disk: Disk::gated(gate.clone()), ..Job::new(vec![desk.at("input")], desk.at("output")) };
    let refused = app::run(&job, &Nobody, &Stop::new()).unwrap_err();
    assert!(refused.to_string().contains("output.staging/new/data/"), "{refused}");
    assert_eq!(*gate.0.lock().unwrap(), 1, "the run ends before it comes to the files again");
    assert!(tree(&desk.at("output")) == former && !desk.at("output.staging").exists());
}

/// A limit on the size of files stands for a full disk, seen from outside: exit code, message, OUTPUT.
#[cfg(target_os = "linux")]
#[test]
fn a_system_that_refuses_to_write_is_told_with_its_path() {
    let desk = Desk::new();
    let former = tree(&desk.at("output"));
    // A file beyond 8 KiB meets an error; without the trap the system would end the program.
    let limited = |trap: &str| {
        let script = format!("{trap} ulimit -f 8; exec \"$0\" run input -o output --no-cache --progress never");
        let program = assert_cmd::cargo::cargo_bin!("jixiao");
        let mut shell = std::process::Command::new("bash");
        shell.args(["-c", &script]).arg(program).current_dir(desk.folder.path()).output().unwrap()
    };
    let done = limited("trap '' XFSZ;");
    let words = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{words}");
    assert!(words.contains("output.staging/new/"), "{words}");
    assert!(tree(&desk.at("output")) == former && !desk.at("output.staging").exists());
    let done = limited("");
    assert_eq!(done.status.code(), None, "the system ends the program");
    assert!(tree(&desk.at("output")) == former && desk.at("output.staging").exists());
    desk.run(Fault::None).0.unwrap();
    assert!(!desk.at("output.staging").exists());
}

/// `kill -9` as soon as a file of the new OUTPUT appears, for each of them, and when OUTPUT has been replaced.
#[cfg(unix)]
#[test]
fn killed_at_any_file_the_program_leaves_the_former_or_the_new_output() {
    let desk = Desk::new();
    let former = tree(&desk.at("output"));
    desk.keep();
    desk.run(Fault::None).0.unwrap();
    let new = tree(&desk.at("output"));
    desk.restore();
    let mut files: Vec<&String> = new.keys().filter(|name| !name.ends_with('/')).collect();
    files.retain(|name| !name.contains("kept") && !name.starts_with(['我', '批', '链']));
    assert!(files.len() >= 20, "{files:?}");
    let mut killed = 0;
    for name in files {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("jixiao"))
            .args(["run", "input", "-o", "output", "-q"])
            .current_dir(desk.folder.path())
            .spawn()
            .unwrap();
        let file = desk.at("output.staging/new").join(name);
        while !file.exists() && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let now = tree(&desk.at("output"));
        assert!(now == former || now == new, "{name}: OUTPUT is neither the former nor the new one");
        if now == new {
            desk.restore();
        }
    }
    assert!(killed > 0, "no run was ended");
    desk.run(Fault::None).0.unwrap();
    assert!(tree(&desk.at("output")) == new && !desk.at("output.staging").exists());
}
