//! What a name says about a file: litter, attachment, submission. It decides only what content does not.

use crate::finding::{Reason, Status};

/// The last part of a path or member name, whatever its separators.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\', '!']).next().unwrap_or(path)
}

/// The extension in lower case, without the dot.
fn extension(name: &str) -> Option<String> {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ext)| ext.to_ascii_lowercase())
}

/// Files that office programs, download programs and operating systems leave behind.
pub(crate) fn litter(path: &str) -> Option<Reason> {
    const FOLDERS: [&str; 9] = [
        "__macosx",
        "$recycle.bin",
        "system volume information",
        ".trashes",
        ".spotlight-v100",
        ".fseventsd",
        ".git",
        ".svn",
        ".temporaryitems",
    ];
    const FILES: [&str; 8] =
        ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".directory", ".localized", "icon\r", ".gitkeep"];
    let parts: Vec<String> = path.split(['/', '\\', '!']).map(str::to_lowercase).collect();
    if parts.iter().any(|part| FOLDERS.contains(&part.as_str())) {
        return Some(Reason::SystemFile);
    }
    let name = parts.last()?;
    if FILES.contains(&name.as_str()) || name.starts_with("._") || name == ".gitignore" {
        return Some(Reason::SystemFile);
    }
    let unfinished = matches!(
        extension(name).as_deref(),
        Some("part" | "crdownload" | "download" | "partial" | "tmp" | "temp" | "!ut" | "td" | "bak~" | "swp" | "lnk")
    );
    let lock = name.starts_with("~$") || name.starts_with(".~") || name.starts_with("~wrl") || name.ends_with('~');
    (lock || unfinished).then_some(Reason::LockFile)
}

/// Whether a file of this name is handed in to be read as a table, so that failing to read it must be told.
fn is_submission(name: &str) -> bool {
    const READ: [&str; 28] = [
        "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "xlw", "et", "ett", "ods", "ots", "fods", "csv", "tsv",
        "dbf", "wk1", "wk3", "wks", "wps", "zip", "rar", "7z", "gz", "tgz", "tar", "htm", "html",
    ];
    extension(name).is_some_and(|ext| READ.contains(&ext.as_str()))
}

/// What becomes of a file that could not be taken: a file that is no table and does not claim to be one is an
/// attachment, everything else is rejected with its reason.
pub fn settled(path: &str, reason: Reason) -> (Status, Reason) {
    let foreign = matches!(reason, Reason::NotAWorkbook | Reason::UnsupportedFormat | Reason::EmptyFile);
    let document = extension(file_name(path)).is_some_and(|ext| DOCUMENTS.contains(&ext.as_str()));
    let of_document = matches!(reason, Reason::Encrypted | Reason::Corrupt | Reason::NoKnownForm);
    if !is_submission(file_name(path)) && (foreign || (document && of_document)) {
        (Status::Ignored, Reason::Attachment)
    } else {
        (Status::Rejected, reason)
    }
}

/// Documents and pictures that accompany submissions.
const DOCUMENTS: [&str; 24] = [
    "pdf", "ofd", "doc", "docx", "docm", "dot", "dotx", "rtf", "odt", "ppt", "pptx", "txt", "md", "jpg", "jpeg", "png",
    "gif", "bmp", "tif", "tiff", "webp", "heic", "mp4", "eml",
];

#[cfg(test)]
mod tests {
    use super::{litter, settled};
    use crate::finding::{Reason, Status};

    #[test]
    fn litter_is_told_by_name() {
        for (name, reason) in [
            ("a/~$得分.xlsx", Some(Reason::LockFile)),
            (".~lock.得分.ods#", Some(Reason::LockFile)),
            ("得分.xlsx.part", Some(Reason::LockFile)),
            ("__MACOSX/._得分.xlsx", Some(Reason::SystemFile)),
            ("b/Thumbs.db", Some(Reason::SystemFile)),
            ("得分~1.xlsx", None),
            ("得分.xlsx", None),
        ] {
            assert_eq!(litter(name), reason, "{name}");
        }
    }

    #[test]
    fn an_attachment_is_ignored_and_a_submission_rejected() {
        let rejected = |reason| (Status::Rejected, reason);
        let ignored = (Status::Ignored, Reason::Attachment);
        assert_eq!(settled("说明.pdf", Reason::NotAWorkbook), ignored);
        assert_eq!(settled("说明.docx", Reason::NoKnownForm), ignored);
        assert_eq!(settled("readme", Reason::NotAWorkbook), ignored);
        assert_eq!(settled("得分.xlsx", Reason::NotAWorkbook), rejected(Reason::NotAWorkbook));
        assert_eq!(settled("plain.csv", Reason::NotAWorkbook), rejected(Reason::NotAWorkbook));
        assert_eq!(settled("data", Reason::Corrupt), rejected(Reason::Corrupt));
        assert_eq!(settled("b.zip!得分.xls", Reason::Corrupt), rejected(Reason::Corrupt));
    }
}
