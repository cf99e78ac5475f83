//! `run.json`: what went in, what came out, by which settings and rules. All that changes from run to run (`started`,
//! `timings_ms`) stands here and nowhere else.

use super::{Bureau, Counted, District, Job};
use crate::finding::{Level, Status, catalogue};
use crate::quantity::Money;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// Name of the file.
pub(super) const NAME: &str = "run.json";

/// What a run wrote: path below OUTPUT with `/`, and hash.
pub(super) type Written = BTreeMap<String, String>;

/// What goes into the manifest.
pub(super) struct Record<'a> {
    pub(super) job: &'a Job,
    pub(super) bureau: &'a Bureau,
    pub(super) district: &'a District,
    pub(super) table_rows: &'a BTreeMap<&'static str, u64>,
    pub(super) outputs: &'a Written,
    pub(super) started: SystemTime,
    pub(super) timings_ms: Value,
}

impl Record<'_> {
    /// The manifest.
    pub(super) fn json(&self) -> Value {
        let District { submissions, findings, year, .. } = self.district;
        let files: Map<String, Value> = Status::ALL
            .iter()
            .map(|s| (s.code().to_owned(), submissions.iter().filter(|r| r.status.as_ref() == s.code()).count().into()))
            .collect();
        let severities: Map<String, Value> = [Level::Error, Level::Warning, Level::Info]
            .iter()
            .map(|l| (l.code().to_owned(), findings.iter().filter(|r| r.severity.as_ref() == l.code()).count().into()))
            .collect();
        let mut by_rule: BTreeMap<&str, u64> = BTreeMap::new();
        for row in findings {
            *by_rule.entry(&row.rule).or_default() += 1;
        }
        let accepted = findings.iter().filter(|r| r.status.as_ref() == "accepted").count();
        let rules: BTreeMap<&str, u32> = catalogue::all().map(|rule| (rule.code, rule.version)).collect();
        let inputs: Vec<Value> = submissions
            .iter()
            .map(|s| json!({"path": &*s.path, "member": s.member.as_deref(), "blake3": s.blake3.as_deref(), "status": &*s.status}))
            .collect();
        let outputs: Vec<Value> =
            self.outputs.iter().map(|(path, hash)| json!({"path": path, "blake3": hash})).collect();
        json!({
            "program": "jixiao",
            "version": env!("CARGO_PKG_VERSION"),
            "started": timestamp(self.started),
            "config": self.config(),
            "year": year,
            "counts": {
                "files": files,
                "rows": self.table_rows,
                "findings": {"severity": severities, "accepted": accepted, "rule": by_rule},
            },
            "inputs": inputs,
            "outputs": outputs,
            "rules": rules,
            "counted": self.counted(),
            "timings_ms": self.timings_ms,
        })
    }

    /// The money of evaluations that count, where it is not that of their own columns: a department's score and rate cannot be
    /// followed without it.
    fn counted(&self) -> Map<String, Value> {
        let own: HashMap<&str, _> = self.district.evaluations.iter().map(|e| (&*e.evaluation_id, e)).collect();
        let differing = self.district.counted.iter().filter(|c| {
            own.get(&*c.evaluation_id)
                .is_none_or(|e| (c.budget, c.outturn) != (e.revised_budget.or(e.original_budget), e.outturn))
        });
        let yuan = |money: Option<Money>| money.map(|money| money.to_string());
        let entry =
            |c: &Counted| (c.evaluation_id.to_string(), json!({"budget": yuan(c.budget), "outturn": yuan(c.outturn)}));
        differing.map(entry).collect()
    }

    fn config(&self) -> Value {
        let shown = |path: &PathBuf| path.display().to_string();
        json!({
            "inputs": self.job.inputs.iter().map(shown).collect::<Vec<_>>(),
            "config": self.job.config.as_ref().map(shown),
            "departments": self.job.departments.as_ref().map(shown),
            "forms": self.job.forms.as_ref().map(shown),
            "jobs": self.job.jobs,
            "settings": self.bureau.settings,
            "register": self.bureau.register.len(),
            "explanations": self.bureau.explanations.len(),
            "mappings": self.bureau.mappings.departments.len() + self.bureau.mappings.labels.len(),
            "organisations": self.bureau.organisations,
        })
    }
}

/// `2026-11-25T22:43:29Z`.
fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Civil date from days, after Howard Hinnant's algorithm, years beginning in March.
    let z = days + 719_468;
    let (era, day_of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::timestamp;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn dates_of_the_calendar() {
        let at = |seconds| timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_767_225_599), "2025-12-31T23:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
