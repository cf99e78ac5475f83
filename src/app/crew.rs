//! Work on many things at once: on `--jobs` threads, results in the order of the things.

use super::Refused;
use rayon::prelude::*;

/// Does the work on each item. One thread, or one item, works here without a pool.
///
/// # Errors
/// Threads cannot be started.
pub(super) fn each<T: Send, R: Send>(
    items: Vec<T>,
    jobs: Option<usize>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Result<Vec<R>, Refused> {
    let threads = jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    if threads == 1 || items.len() <= 1 {
        return Ok(items.into_iter().map(work).collect());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| Refused::Threads(e.to_string()))?;
    Ok(pool.install(|| items.into_par_iter().with_max_len(1).map(work).collect()))
}
