//! Settings: what the bureau may decide, with the defaults of the field.
//!
//! Why: bands, methods, tolerances and limits differ from place to place, and every output must state those it used.
//!
//! Input → output: `jixiao.toml` as written (all optional, unknown keys refused) and the command line → [`Settings`]
//! without an option in it, which also stands in `run.json`.
//!
//! Invariants: precedence is argument, file, built-in value; nothing is read from a clock or the environment.

mod resolved;

pub use resolved::{
    DepartmentMethod, DepartmentSettings, DistrictSettings, ExecutionPolicy, Grade, GradeSettings, Limits,
    LookSettings, RuleSettings, ScoringSettings, Settings, Step, Thresholds,
};
