//! `jixiao forms`: the form types known.

use super::args::FormsArgs;
use super::{Exit, out};
use crate::finding::Lang;
use crate::form::FormKind;
use std::fmt::Write as _;

pub(super) fn forms(args: &FormsArgs) -> Exit {
    let FormsArgs { id, check, sample: _, talk } = args;
    if id.is_some() || check.is_some() {
        out::refuse("forms ID 和 forms --check 尚未实现 / are not built yet");
        return Exit::Refused;
    }
    let lang = super::job::lang(talk.lang).unwrap_or(Lang::Zh);
    let mut text = String::new();
    for kind in FormKind::ALL {
        let _ = writeln!(text, "{:<22}{}", kind.code(), kind.words().get(lang));
    }
    match out::result(&text) {
        Ok(()) => Exit::Done,
        Err(_) => Exit::Refused,
    }
}
