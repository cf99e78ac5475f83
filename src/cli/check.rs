//! `jixiao check`: findings to stdout, nothing written.

use super::args::{CheckArgs, CheckFormat};
use super::{Exit, out};

pub(super) fn check(args: &CheckArgs) -> Exit {
    let CheckArgs { inputs: _, format, read: _ } = args;
    let format = match format {
        CheckFormat::Text => "text",
        CheckFormat::Json => "json",
        CheckFormat::Csv => "csv",
    };
    out::refuse(format_args!("check --format {format} 尚未实现 / is not built yet"));
    Exit::Refused
}
