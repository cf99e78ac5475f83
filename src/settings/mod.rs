//! Settings: what the bureau may decide, with the defaults of the field.
//!
//! Why: bands, methods, tolerances and limits differ from place to place, and every output must state those it used.
//!
//! Input → output: `jixiao.toml` as written (all optional, unknown keys refused) and the command line → [`Settings`]
//! without an option in it, which also stands in `run.json`; the bureau's own files beside it → register, accepted
//! findings, confirmed names, changes of organisations.
//!
//! Invariants: precedence is argument, file, built-in value; nothing is read from a clock or the environment; a file that
//! cannot be used is an error with file and line.

mod csv;
mod error;
mod explanations;
mod file;
mod mappings;
mod number;
mod register;
mod resolve;
mod resolved;
mod schema;

pub use error::SettingsError;
pub use explanations::{Explanation, iso_date, read_explanations};
pub use mappings::{Mappings, OrganisationChange, read_mappings, read_organisations};
pub use register::{RegisterEntry, read_register};
pub use resolve::{Overrides, resolve, schema};
pub use resolved::{
    DepartmentMethod, DepartmentSettings, DistrictSettings, ExecutionPolicy, Grade, GradeSettings, Limits,
    LookSettings, RuleException, RuleSettings, ScoringSettings, Settings, Step, Thresholds,
};
