//! Where the time goes, by stage.

use serde_json::{Map, Value};
use std::time::{Duration, Instant};

/// Time of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The stage.
    pub stage: &'static str,
    /// Time passed.
    pub wall: Duration,
    /// Time on all processors, in steps of a hundredth of a second; `None` where the system does not tell.
    pub cpu: Option<Duration>,
}

/// Times stages one after another.
#[derive(Debug, Default)]
pub(super) struct Timings {
    done: Vec<Timing>,
}

impl Timings {
    /// Does a stage and notes its time.
    pub(super) fn stage<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let (start, cpu) = (Instant::now(), cpu_time());
        let result = work();
        let cpu = cpu_time().zip(cpu).map(|(now, then)| now.saturating_sub(then));
        self.done.push(Timing { stage, wall: start.elapsed(), cpu });
        result
    }

    /// For the manifest: milliseconds by stage.
    pub(super) fn json(&self) -> Value {
        let entry = |t: &Timing| (t.stage.to_owned(), u64::try_from(t.wall.as_millis()).unwrap_or(u64::MAX).into());
        Value::Object(self.done.iter().map(entry).collect::<Map<_, _>>())
    }

    pub(super) fn into_vec(self) -> Vec<Timing> {
        self.done
    }
}

/// User and system time of this process: fields 14 and 15 of `/proc/self/stat`, in ticks of a hundredth of a second.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program in brackets may hold blanks.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
