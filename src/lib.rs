//! jixiao (绩效): reads the performance forms that departments really send, checks, scores and ranks them, and writes
//! the district's workbooks.
//!
//! Three promises stand above everything: no submission and no number is lost silently, no number is made up, every
//! output figure leads back to its source cell.
//!
//! # The stages, left to right; a module looks left only
//!
//! | module | input → output |
//! |---|---|
//! | [`disk`] | base: changes to the file system, all through one door |
//! | [`quantity`] | base: exact decimals, money, points, places on a sheet |
//! | [`finding`] | base: rules, findings, reasons; every message in both languages |
//! | [`settings`] | `jixiao.toml` and arguments → complete settings |
//! | [`text`] | words → numbers, money, targets, dates, names |
//! | `plan` | folders and bundles → the list of inputs, each exactly once |
//! | [`book`] | bytes → workbook: sheets of cells, or a refusal with its reason |
//! | [`form`] | the model of a form: typed values, each with its cell |
//! | `read` | sheets → forms, by definitions that are data |
//! | [`compute`] | forms → rates, recomputed scores, grades, department scores |
//! | `rule` | forms → findings, one form or a whole district |
//! | [`tables`] | the normalised tables, each column declared once; frames, Parquet, CSV |
//! | [`normal`] | forms → rows of the tables |
//! | [`rank`] | tables → rankings |
//! | [`compare`] | the tables of two runs → what changed, and why |
//! | [`district`] | base of the writers: all tables of a run |
//! | [`render`] | the district → workbooks and pages |
//! | [`app`] | the run on one page; the only module that hands work to threads and says what is written where |
//! | [`cli`] | arguments → one call into `app` → what is printed |

pub mod app;
pub mod book;
pub mod cli;
pub mod compare;
pub mod compute;
pub mod disk;
pub mod district;
pub mod finding;
pub mod form;
pub mod normal;
pub mod plan;
pub mod quantity;
pub mod rank;
pub mod read;
pub mod render;
pub mod rule;
pub mod settings;
pub mod tables;
pub mod text;
