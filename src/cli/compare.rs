//! `jixiao compare`: two runs beside each other.

use super::args::CompareArgs;
use super::{Exit, out};

pub(super) fn compare(args: &CompareArgs) -> Exit {
    let CompareArgs { before, after, output: _, talk: _ } = args;
    out::refuse(format_args!("compare {} {} 尚未实现 / is not built yet", before.display(), after.display()));
    Exit::Refused
}
