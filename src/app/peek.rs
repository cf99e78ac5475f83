//! Workbooks looked at once more, to show what stands around a finding.

use super::run::discover;
use super::{Job, Refused};
use crate::book::{self, Book};
use crate::plan::{Content, load};
use crate::settings::Limits;

/// Opens the workbooks that are wanted, in the order of their paths. A file that can no longer be read is left out: what
/// was found in it stands all the same.
///
/// # Errors
/// The inputs cannot be listed.
pub fn peek(
    job: &Job,
    limits: &Limits,
    wanted: &dyn Fn(&str, Option<&str>) -> bool,
    each: &mut dyn FnMut(&str, Option<&str>, &Book),
) -> Result<(), Refused> {
    for input in discover(job)? {
        load(&input, limits, &mut |item| {
            let member = item.member.as_deref();
            if let Content::File(bytes) = item.content
                && wanted(&input.path, member)
                && let Ok(book) = book::open(bytes, member.unwrap_or(&input.path), limits, job.reader)
            {
                each(&input.path, member, &book);
            }
        });
    }
    Ok(())
}
