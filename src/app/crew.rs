//! Work on many things at once: on `--jobs` threads, results in the order of the things.

use super::Refused;
use std::sync::{Mutex, PoisonError};

/// Does the work on each item. One thread, or one item, works here without a pool.
///
/// # Errors
/// Threads cannot be started.
pub(super) fn each<T: Send, R: Send>(
    items: Vec<T>,
    jobs: Option<usize>,
    work: impl Fn(T) -> R + Sync + Send,
) -> Result<Vec<R>, Refused> {
    let threads = threads(jobs);
    if threads == 1 || items.len() <= 1 {
        return Ok(items.into_iter().map(work).collect());
    }
    // This thread works too: what it reads, it later frees for its own use, and no memory lies idle with threads that are gone.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads - 1).build();
    let pool = pool.map_err(|e| Refused::Threads(e.to_string()))?;
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let share = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut shares: Vec<Vec<(usize, R)>> = (1..threads).map(|_| Vec::new()).collect();
    let own = pool.in_place_scope(|scope| {
        for place in &mut shares {
            scope.spawn(|_| *place = share());
        }
        share()
    });
    let mut done: Vec<(usize, R)> = shares.into_iter().flatten().chain(own).collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

/// Does two works, side by side unless one thread is asked for. The second one runs on the thread of the caller.
///
/// # Errors
/// Threads cannot be started.
pub(super) fn both<A: Send, B>(
    jobs: Option<usize>,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> Result<(A, B), Refused> {
    if threads(jobs) == 1 {
        return Ok((first(), second()));
    }
    std::thread::scope(|scope| {
        let first = std::thread::Builder::new().spawn_scoped(scope, first);
        let first = first.map_err(|e| Refused::Threads(e.to_string()))?;
        let second = second();
        match first.join() {
            Ok(first) => Ok((first, second)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Does a work, and beside it a chore that only saves waiting later, where there is a thread for it.
///
/// # Errors
/// The chore or the work fails, or threads cannot be started.
pub(super) fn beside<T>(
    jobs: Option<usize>,
    chore: impl FnOnce() -> Result<(), Refused> + Send,
    work: impl FnOnce() -> Result<T, Refused>,
) -> Result<T, Refused> {
    if threads(jobs) == 1 {
        return work();
    }
    let (done, made) = both(jobs, chore, work)?;
    let made = made?;
    done.map(|()| made)
}

/// How many threads are asked for.
fn threads(jobs: Option<usize>) -> usize {
    jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

#[cfg(test)]
mod tests {
    use super::both;
    use std::thread::current;

    #[test]
    fn the_second_work_stays_here_and_the_first_does_unless_there_are_threads() {
        for (jobs, stays) in [(1, true), (2, false)] {
            let here = current().id();
            let (first, second) = both(Some(jobs), || current().id(), || current().id()).unwrap();
            assert_eq!((first == here, second == here), (stays, true), "{jobs}");
        }
    }
}
