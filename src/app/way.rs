//! How a workbook in OUTPUT reaches the inputs, so that its links work wherever the two are copied together.

use std::path::{Component, Path, PathBuf};

/// The prefix that makes a relative path, with `/`, of a path in the table `submissions`: `../input/`. Several inputs are
/// named as they were given, from the working directory. `None` where there is no relative way.
pub(super) fn input_from_output(output: &Path, inputs: &[PathBuf]) -> Option<String> {
    let from = plain(output)?;
    let to = match inputs {
        [one] if one.is_dir() => plain(one)?,
        [one] => plain(one)?.parent()?.to_owned(),
        several if several.iter().all(|input| input.is_relative()) => plain(Path::new("."))?,
        _ => return None,
    };
    between(&from, &to)
}

/// Absolute, without `.` and `..`; nothing needs to exist.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    Some(plain)
}

fn between(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    // another drive
    if from.first() != to.first() {
        return None;
    }
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut way = "../".repeat(from.len() - shared);
    for part in to.iter().skip(shared) {
        way.push_str(part.as_os_str().to_str()?);
        way.push('/');
    }
    Some(way)
}

#[cfg(test)]
mod tests {
    use super::{between, input_from_output};
    use std::path::{Path, PathBuf};

    #[test]
    fn the_way_leads_up_and_down_again() {
        let way = |from: &str, to: &str| between(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(way("/a/output", "/a/input"), "../input/");
        assert_eq!(way("/a/b/output", "/a/input/2021"), "../../input/2021/");
        assert_eq!(way("/a", "/a"), "");
    }

    #[test]
    fn several_inputs_are_named_from_the_working_directory() {
        let inputs = [PathBuf::from("one"), PathBuf::from("two")];
        assert_eq!(input_from_output(Path::new("output"), &inputs).unwrap(), "../");
        assert_eq!(input_from_output(Path::new("output"), &["/one".into(), "two".into()]), None);
    }
}
