//! Why settings could not be used: always with the file, and with the line where there is one.

use std::path::{Path, PathBuf};

/// A configuration file that cannot be used. Ends the run before any work, exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be opened or read.
    #[error("{}：无法读取，请核对路径和权限 / cannot be read, check path and rights: {what}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// Something in it is wrong.
    #[error("{}:{line}: {what}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Line from 1.
        line: u64,
        /// What is wrong, and what to do.
        what: String,
    },
}

impl SettingsError {
    /// The file at fault.
    pub fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. } | Self::Invalid { path, .. } => path,
        }
    }

    pub(super) fn at(path: &Path, line: u64, what: impl Into<String>) -> Self {
        Self::Invalid { path: path.to_owned(), line, what: what.into() }
    }
}

/// The bytes of a configuration file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, SettingsError> {
    std::fs::read(path).map_err(|e| SettingsError::Unreadable { path: path.to_owned(), what: e.to_string() })
}

/// The text of a configuration file: UTF-8 with or without byte order mark, else GB 18030.
pub(super) fn text(path: &Path) -> Result<String, SettingsError> {
    decode(path, bytes(path)?)
}

pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, SettingsError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(e) => {
            let valid_to = e.utf8_error().valid_up_to();
            let bytes = e.into_bytes();
            if let Some(text) = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes) {
                return Ok(text.into_owned());
            }
            let line = bytes.iter().take(valid_to).filter(|&&b| b == b'\n').count() as u64 + 1;
            Err(SettingsError::at(path, line, "既不是 UTF-8 也不是 GB 18030 编码 / neither UTF-8 nor GB 18030"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use std::path::Path;

    #[test]
    fn both_encodings_and_the_mark() {
        let read = |bytes: &[u8]| decode(Path::new("x.csv"), bytes.to_vec());
        assert_eq!(read("\u{feff}编码,名称".as_bytes()).unwrap(), "编码,名称");
        assert_eq!(read(&encoding_rs::GB18030.encode("编码,名称").0).unwrap(), "编码,名称");
        assert_eq!(read(b"a\nb\xff\xff").unwrap_err().to_string().split(':').nth(1), Some("2"));
    }
}
