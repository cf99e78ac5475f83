//! The walk: everything below the inputs, in the order of the bytes of its path.

use super::names;
use crate::finding::{Reason, Status};
use crate::quantity::Text;
use serde::Deserialize;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Where to look.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Folders and files, as given.
    pub inputs: Vec<PathBuf>,
    /// The folder that this run writes: it and what stands beside it is not walked.
    pub output: Option<PathBuf>,
    /// Files and folders named on the command line that have a meaning of their own.
    pub configuration: Vec<PathBuf>,
}

/// Something met on the way, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path in the tables: relative to the input, with `/`.
    pub path: Text,
    /// Where it lies.
    pub file: PathBuf,
    /// Its size when it was met.
    pub bytes: u64,
    /// What became of it, where that is known without opening it.
    pub fate: Option<(Status, Reason)>,
}

/// Why there is nothing to do.
#[derive(Debug, thiserror::Error)]
pub enum NoInput {
    /// An input is missing.
    #[error("找不到输入 {}；请核对路径 / the input does not exist; check the path", .0.display())]
    Missing(PathBuf),
    /// No input holds a file.
    #[error("输入目录中没有任何文件：{}；请放入各部门报送的表格 / the input holds no file; put the submissions there", .0.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "))]
    Empty(Vec<PathBuf>),
}

/// Files at the top of an input that have a meaning of their own.
const CONFIGURATION: [&str; 6] = [
    "jixiao.toml",
    "departments.csv",
    "explanations.csv",
    "mappings.toml",
    "mappings.proposed.toml",
    "organisations.csv",
];

/// What stands beside an OUTPUT and belongs to it.
const BESIDE: [&str; 3] = [".staging", ".lock", ".cache"];

/// Lists everything below the inputs, each path once, sorted by the bytes of the path.
///
/// # Errors
/// An input that does not exist; inputs without any file.
pub fn discover(scope: &Scope) -> Result<Vec<Input>, NoInput> {
    let skip = scope.output.as_deref().map(output_paths).unwrap_or_default();
    let configuration: HashSet<PathBuf> = scope.configuration.iter().map(|path| absolute(path)).collect();
    let several = scope.inputs.len() > 1;
    let mut found = Vec::new();
    for input in &scope.inputs {
        let Ok(meta) = fs::metadata(input) else { return Err(NoInput::Missing(input.clone())) };
        let prefix = several.then(|| label(input));
        let walk = Walk { root: input, real: absolute(input), prefix, skip: &skip, configuration: &configuration };
        if meta.is_dir() {
            walk.folder(&mut found);
        } else {
            walk.single(&meta, &mut found);
        }
    }
    if found.is_empty() {
        return Err(NoInput::Empty(scope.inputs.clone()));
    }
    found.sort_by(|a, b| a.path.as_bytes().cmp(b.path.as_bytes()));
    found.dedup_by(|b, a| a.path == b.path);
    Ok(found)
}

struct Walk<'a> {
    root: &'a Path,
    real: PathBuf,
    prefix: Option<String>,
    skip: &'a HashSet<PathBuf>,
    configuration: &'a HashSet<PathBuf>,
}

impl Walk<'_> {
    fn single(&self, meta: &fs::Metadata, found: &mut Vec<Input>) {
        let name = self.root.file_name().map(os_label).unwrap_or_default();
        let path = self.prefix.clone().unwrap_or(name);
        let fate = if meta.is_file() { None } else { Some((Status::Rejected, Reason::Unreadable)) };
        found.push(Input { path: path.into(), file: self.root.to_path_buf(), bytes: meta.len(), fate });
    }

    fn folder(&self, found: &mut Vec<Input>) {
        let mut own = OwnOutputs::default();
        own.look(&self.real);
        let mut walk = WalkDir::new(self.root).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    // A folder that cannot be listed is an entry too.
                    let file = error.path().unwrap_or(self.root).to_path_buf();
                    if let Ok(relative) = file.strip_prefix(self.root) {
                        let fate = Some((Status::Rejected, Reason::Unreadable));
                        found.push(Input { path: self.label(relative), file, bytes: 0, fate });
                    }
                    continue;
                }
            };
            let Ok(relative) = entry.path().strip_prefix(self.root) else { continue };
            let real = self.real.join(relative);
            let is_folder = entry.file_type().is_dir();
            if self.skip.contains(&real) {
                if is_folder {
                    walk.skip_current_dir();
                }
                continue;
            }
            if is_folder {
                own.look(&real);
                continue;
            }
            let name = self.label(relative);
            let fate = if names::litter(&names_of(relative)).is_some() {
                names::litter(&names_of(relative)).map(|reason| (Status::Ignored, reason))
            } else if self.is_configuration(relative, &real) {
                Some((Status::Ignored, Reason::Configuration))
            } else if own.holds(&real) {
                Some((Status::Ignored, Reason::OwnOutput))
            } else if entry.file_type().is_file() {
                None
            } else {
                Some((Status::Rejected, Reason::Unreadable))
            };
            let bytes = entry.metadata().map_or(0, |meta| meta.len());
            found.push(Input { path: name, file: entry.path().to_path_buf(), bytes, fate });
        }
    }

    fn label(&self, relative: &Path) -> Text {
        let name = names_of(relative);
        match &self.prefix {
            Some(prefix) => format!("{}/{name}", prefix.trim_end_matches('/')).into(),
            None => name.into(),
        }
    }

    fn is_configuration(&self, relative: &Path, real: &Path) -> bool {
        let top = relative.components().count() == 1;
        let named = relative.to_str().is_some_and(|name| CONFIGURATION.contains(&name));
        (top && named) || real.ancestors().any(|path| self.configuration.contains(path))
    }
}

/// Outputs of earlier runs met on the way: the files that their `run.json` names, and what stands beside them.
#[derive(Default)]
struct OwnOutputs {
    files: HashSet<PathBuf>,
    beside: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Manifest {
    program: String,
    #[serde(default)]
    outputs: Vec<ManifestOutput>,
}

#[derive(Deserialize)]
struct ManifestOutput {
    path: String,
}

impl OwnOutputs {
    fn look(&mut self, folder: &Path) {
        let path = folder.join("run.json");
        let Ok(meta) = fs::symlink_metadata(&path) else { return };
        if !meta.is_file() || meta.len() > (256 << 20) {
            return;
        }
        let manifest = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        let Some(manifest) = manifest.filter(|manifest| manifest.program == "jixiao") else { return };
        self.files.insert(path);
        self.files.extend(manifest.outputs.iter().map(|output| folder.join(&output.path)));
        self.beside.extend(BESIDE.iter().map(|ending| with_ending(folder, ending)));
    }

    fn holds(&self, real: &Path) -> bool {
        self.files.contains(real)
            || (!self.beside.is_empty() && real.ancestors().any(|path| self.beside.iter().any(|own| own == path)))
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// OUTPUT and what stands beside it.
fn output_paths(output: &Path) -> HashSet<PathBuf> {
    let output = absolute(output);
    BESIDE.iter().map(|ending| with_ending(&output, ending)).chain([output.clone()]).collect()
}

/// The path without links and dots; of one that does not exist yet, as far as it does.
fn absolute(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            absolute(parent).join(name)
        }
        _ => path.to_path_buf(),
    }
}

/// A relative path with `/`.
fn names_of(relative: &Path) -> String {
    let parts: Vec<String> = relative.components().map(|part| os_label(part.as_os_str())).collect();
    parts.join("/")
}

/// An input as given, with `/`.
fn label(path: &Path) -> String {
    os_label(path.as_os_str())
}

/// A name as text; bytes that are no UTF-8 stand as `\xE9`, so that two names never become one.
fn os_label(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{NoInput, Scope, discover};
    use crate::finding::Reason;
    use std::fs;

    #[test]
    fn each_path_is_met_once_and_the_own_output_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for folder in ["b", "old/data", "out", "out.cache", "old.cache"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        for (name, text) in [
            ("b/得分.xlsx", "x"),
            ("b/~$得分.xlsx", "x"),
            ("b/departments.csv", "x"),
            ("departments.csv", "x"),
            ("old/run.json", r#"{"program": "jixiao", "outputs": [{"path": "data/a.csv"}]}"#),
            ("old/data/a.csv", "x"),
            ("old/own.xlsx", "x"),
            ("old.cache/c", "x"),
            ("out/summary.xlsx", "x"),
            ("out.cache/x", "x"),
        ] {
            fs::write(at(name), text).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("b"), at("link")).unwrap();
        let scope = Scope { inputs: vec![dir.path().to_path_buf()], output: Some(at("out")), configuration: vec![] };
        let found = discover(&scope).unwrap();
        let list: Vec<(&str, Option<Reason>)> =
            found.iter().map(|input| (&*input.path, input.fate.map(|fate| fate.1))).collect();
        let mut expected = vec![
            ("b/departments.csv", None),
            ("b/~$得分.xlsx", Some(Reason::LockFile)),
            ("b/得分.xlsx", None),
            ("departments.csv", Some(Reason::Configuration)),
            ("link", Some(Reason::Unreadable)),
            ("old.cache/c", Some(Reason::OwnOutput)),
            ("old/data/a.csv", Some(Reason::OwnOutput)),
            ("old/own.xlsx", None),
            ("old/run.json", Some(Reason::OwnOutput)),
        ];
        if cfg!(not(unix)) {
            expected.retain(|(name, _)| *name != "link");
        }
        assert_eq!(list, expected);
    }

    #[test]
    fn nothing_to_read_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let scope = |path| Scope { inputs: vec![path], ..Scope::default() };
        assert!(matches!(discover(&scope(dir.path().join("none"))), Err(NoInput::Missing(_))));
        assert!(matches!(discover(&scope(dir.path().to_path_buf())), Err(NoInput::Empty(_))));
        fs::write(dir.path().join("a.xlsx"), "x").unwrap();
        let single = discover(&scope(dir.path().join("a.xlsx"))).unwrap();
        assert_eq!(single.first().map(|input| input.path.to_string()).as_deref(), Some("a.xlsx"));
    }
}
