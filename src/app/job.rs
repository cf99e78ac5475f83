//! What a run is asked to do, and what the bureau's own files say about it.

use super::Refused;
use crate::book::Reader;
use crate::disk::Disk;
use crate::settings::{self, Explanation, Mappings, OrganisationChange, Overrides, RegisterEntry, Settings};
use crate::tables::Guard;
use std::path::{Path, PathBuf};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Job {
    /// Folders, or files.
    pub inputs: Vec<PathBuf>,
    /// Where results go.
    pub output: PathBuf,
    /// The configuration, where it is not that of the input.
    pub config: Option<PathBuf>,
    /// The register, where it is not that of the input.
    pub departments: Option<PathBuf>,
    /// Form definitions of one's own.
    pub forms: Option<PathBuf>,
    /// What the command line says about settings.
    pub overrides: Overrides,
    /// Threads; `None`: all cores.
    pub jobs: Option<usize>,
    /// Who reads workbooks.
    pub reader: Reader,
    /// Whether results of the last run may be used again.
    pub cache: bool,
    /// Guard of CSV text against becoming a formula.
    pub guard: Guard,
    /// Whether the summary derives the score of each project on a sheet.
    pub waterfall: bool,
    /// What all changes to files go through.
    pub disk: Disk,
}

impl Job {
    /// A run with nothing asked for but the places: on all cores, with the cache.
    pub fn new(inputs: Vec<PathBuf>, output: PathBuf) -> Self {
        Self {
            inputs,
            output,
            config: None,
            departments: None,
            forms: None,
            overrides: Overrides::default(),
            jobs: None,
            reader: Reader::Auto,
            cache: true,
            guard: Guard::Apostrophe,
            waterfall: false,
            disk: Disk::default(),
        }
    }
}

/// What the bureau has decided: the settings, and its own files.
#[derive(Debug, Clone, Default)]
pub struct Bureau {
    /// The settings.
    pub settings: Settings,
    /// The register; empty without one.
    pub register: Vec<RegisterEntry>,
    /// Accepted findings.
    pub explanations: Vec<Explanation>,
    /// Confirmed names and labels.
    pub mappings: Mappings,
    /// Merged, split, renamed departments.
    pub organisations: Vec<OrganisationChange>,
}

impl Bureau {
    /// Reads the configuration: that of the command line, else that of the first input which has one.
    ///
    /// # Errors
    /// A file cannot be used.
    pub fn read(job: &Job) -> Result<Self, Refused> {
        let beside = |name: &str| job.inputs.iter().map(|input| input.join(name)).find(|path| path.is_file());
        let config = job.config.clone().or_else(|| beside("jixiao.toml"));
        let register = job.departments.clone().or_else(|| beside("departments.csv"));
        Ok(Self {
            settings: settings::resolve(config.as_deref(), job.overrides)?,
            register: optional(register.as_deref(), settings::read_register)?,
            explanations: optional(beside("explanations.csv").as_deref(), settings::read_explanations)?,
            mappings: optional(beside("mappings.toml").as_deref(), settings::read_mappings)?,
            organisations: optional(beside("organisations.csv").as_deref(), settings::read_organisations)?,
        })
    }
}

fn optional<T: Default>(
    path: Option<&Path>,
    read: impl FnOnce(&Path) -> Result<T, settings::SettingsError>,
) -> Result<T, Refused> {
    Ok(path.map(read).transpose()?.unwrap_or_default())
}
