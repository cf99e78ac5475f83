//! `jixiao template`: blank workbooks to hand out.

use super::args::TemplateArgs;
use super::{Exit, out};

pub(super) fn template(args: &TemplateArgs) -> Exit {
    let TemplateArgs { form, output: _, departments: _, talk: _ } = args;
    out::refuse(format_args!("template {form} 尚未实现 / is not built yet"));
    Exit::Refused
}
