//! The form definitions of a run: the built-in ones, those of the bureau's own, and the labels that a person confirmed.

use super::Refused;
use crate::read::Catalog;
use crate::settings::Mappings;
use std::fs;
use std::path::Path;

/// What the definitions depend on beside the program: the bureau's own files and labels, as one text.
///
/// # Errors
/// The folder or a file of it cannot be read.
pub(super) fn fingerprint(folder: Option<&Path>, mappings: &Mappings) -> Result<String, Refused> {
    let files = folder.map(own).transpose()?.unwrap_or_default();
    Ok(format!("{files:?} {:?}", mappings.labels))
}

/// Name and content of the definitions in a folder, one a `.toml` file, in the order of their names.
fn own(folder: &Path) -> Result<Vec<(String, String)>, Refused> {
    let at = |path: &Path, e: &dyn std::fmt::Display| {
        Refused::Forms(format!(
            "{}：无法读取表种定义，请核对路径和权限 / the form definitions cannot be read, check path and rights: {e}",
            path.display()
        ))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| at(folder, &e))? {
        let path = entry.map_err(|e| at(folder, &e))?.path();
        if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("toml")) {
            let text = fs::read_to_string(&path).map_err(|e| at(&path, &e))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    Ok(files)
}

/// The definitions; `folder` holds definitions of one's own, one a `.toml` file.
///
/// # Errors
/// The folder or a file of it cannot be read, or a definition or confirmed label cannot be used.
pub fn catalog(folder: Option<&Path>, mappings: &Mappings) -> Result<Catalog, Refused> {
    let unusable = |e: &dyn std::fmt::Display| Refused::Forms(e.to_string());
    let mut catalog = Catalog::embedded().map_err(|e| unusable(&e))?;
    if let Some(folder) = folder {
        let files = own(folder)?;
        catalog.load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).map_err(|e| unusable(&e))?;
    }
    let labels = mappings.labels.iter().map(|(label, concept)| (label.as_str(), concept.as_str()));
    catalog.confirm(labels).map_err(|e| unusable(&e))?;
    Ok(catalog)
}
