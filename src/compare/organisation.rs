//! What became of the departments: the crosswalk applied, then equal names, then equal codes.
//!
//! A change of the crosswalk is in effect from its date on; one that lies after the later run's date of data is not yet.
//! Changes are followed in the order of their dates: renamed in May and merged in August leads to the merged one.

use super::run::{Run, spelling};
use crate::quantity::Decimal;
use crate::settings::OrganisationChange;
use std::collections::BTreeSet;

/// What became of a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is as it was.
    Same,
    /// Another name, the same department.
    Renamed,
    /// Several became this one.
    Merged,
    /// A part of one that was divided.
    Split,
    /// Nothing of the earlier run leads to it.
    New,
    /// Nothing of the later run continues it.
    Gone,
}

/// What of an earlier department went to a later one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The earlier department.
    pub from: usize,
    /// The later department.
    pub to: usize,
    /// Whether all of it went there.
    pub whole: bool,
    /// The share that went there, where the crosswalk states one that can be read.
    pub share: Option<Decimal>,
}

/// A change of the crosswalk, and what was made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// As written.
    pub change: OrganisationChange,
    /// Whether it was in effect at the later run's date of data.
    pub in_effect: bool,
    /// Whether a department of the earlier run stands under the former name.
    pub met: bool,
}

/// The departments of the earlier run on their way into the later one.
#[derive(Debug, Clone, Default)]
pub struct Transitions {
    /// The crosswalk, line by line.
    pub changes: Vec<Transition>,
    /// Who went where, by earlier department.
    pub parts: Vec<Part>,
}

/// A department on its way: its name or code, and what of the first one it is.
struct Stage {
    key: String,
    whole: bool,
    share: Option<Decimal>,
}

impl Transitions {
    pub(super) fn new(before: &Run, after: &Run) -> Self {
        let as_of = after.as_of();
        let in_effect = |change: &OrganisationChange| change.in_effect(as_of.as_deref());
        let mut effective: Vec<&OrganisationChange> = after.organisations.iter().filter(|c| in_effect(c)).collect();
        effective.sort_by(|a, b| a.date.cmp(&b.date));

        let mut parts = Vec::new();
        let mut free: BTreeSet<usize> = (0..after.departments.len()).collect();
        let mut unmatched = Vec::new();
        for (from, department) in before.departments.iter().enumerate() {
            let keys = [Some(&department.department), department.department_code.as_ref()];
            let stages = follow(&keys.map(|key| key.map(|k| spelling(k))), &effective);
            let found: Vec<Part> = stages
                .iter()
                .filter_map(|stage| {
                    Some(Part { from, to: find(after, &stage.key)?, whole: stage.whole, share: stage.share })
                })
                .collect();
            if found.is_empty() {
                unmatched.push(from);
            }
            for part in found {
                free.remove(&part.to);
                parts.push(part);
            }
        }
        for from in unmatched {
            let code = before.departments.get(from).and_then(|d| d.department_code.as_ref());
            let same = |to: &&usize| {
                code.is_some() && after.departments.get(**to).and_then(|d| d.department_code.as_ref()) == code
            };
            if let Some(to) = free.iter().find(same).copied() {
                free.remove(&to);
                parts.push(Part { from, to, whole: true, share: None });
            }
        }
        parts.sort_by_key(|part| (part.from, part.to));
        let met = |change: &OrganisationChange| find(before, &spelling(&change.from)).is_some();
        let changes = after.organisations.iter().map(|change| Transition {
            change: change.clone(),
            in_effect: in_effect(change),
            met: met(change),
        });
        Self { changes: changes.collect(), parts }
    }

    /// Where an earlier department went.
    pub fn of(&self, from: usize) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.from == from)
    }

    /// What a later department came from.
    pub fn into(&self, to: usize) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.to == to)
    }

    /// What became of the later department.
    pub(super) fn fate(&self, to: usize, before: &Run, after: &Run) -> Fate {
        let mut into = self.into(to);
        let (Some(first), None) = (into.next(), into.next()) else {
            return if self.into(to).next().is_none() { Fate::New } else { Fate::Merged };
        };
        if !first.whole {
            return Fate::Split;
        }
        let name = |run: &Run, id: usize| run.departments.get(id).map(|d| spelling(&d.department));
        if name(before, first.from) == name(after, to) { Fate::Same } else { Fate::Renamed }
    }
}

/// Where the changes lead from a department known by these keys; itself where there is none.
fn follow(keys: &[Option<String>; 2], changes: &[&OrganisationChange]) -> Vec<Stage> {
    let key = keys.iter().flatten().next().cloned().unwrap_or_default();
    let mut stages = vec![Stage { key, whole: true, share: None }];
    let mut date_done = vec![false; changes.len()];
    let mut first = true;
    loop {
        let answers = |stage: &Stage, change: &OrganisationChange| {
            let from = spelling(&change.from);
            from == stage.key || first && keys.iter().flatten().any(|key| *key == from)
        };
        let next = changes
            .iter()
            .enumerate()
            .find(|(i, change)| date_done.get(*i) == Some(&false) && stages.iter().any(|stage| answers(stage, change)));
        let Some((_, change)) = next else { return stages };
        // All changes of the same department at the same date are one event.
        let is_event =
            |other: &OrganisationChange| spelling(&other.from) == spelling(&change.from) && other.date == change.date;
        let event: Vec<&OrganisationChange> = changes.iter().copied().filter(|other| is_event(other)).collect();
        let mut moved = Vec::new();
        for stage in stages {
            if !answers(&stage, change) {
                moved.push(stage);
                continue;
            }
            let alone = event.len() == 1;
            moved.extend(event.iter().map(|change| {
                let whole = alone && change.is_whole();
                let own = change.share.as_deref().and_then(share);
                let share = if whole { stage.share } else { joint(stage.share, own) };
                Stage { key: spelling(&change.to), whole: stage.whole && whole, share }
            }));
        }
        for (done, other) in date_done.iter_mut().zip(changes) {
            *done |= is_event(other);
        }
        stages = moved;
        first = false;
    }
}

/// A share of a share.
fn joint(outer: Option<Decimal>, own: Option<Decimal>) -> Option<Decimal> {
    match outer {
        Some(outer) => outer.checked_mul(own?),
        None => own,
    }
}

/// `40%`, `0.4`: a share from zero to one. `None`: anything else.
fn share(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let value = match text.strip_suffix(['%', '％']) {
        Some(percent) => Decimal::parse(percent.trim_end())?.shift(-2)?,
        None => Decimal::parse(text)?,
    };
    (value >= Decimal::ZERO && value <= Decimal::ONE).then_some(value)
}

/// The department that a spelling of a name or a code means.
fn find(run: &Run, key: &str) -> Option<usize> {
    let by_name = run.departments.iter().position(|d| spelling(&d.department) == key);
    by_name.or_else(|| run.departments.iter().position(|d| d.department_code.as_deref() == Some(key)))
}

#[cfg(test)]
mod tests {
    use super::{follow, share};
    use crate::settings::OrganisationChange;

    fn change(from: &str, to: &str, date: Option<&str>, share: Option<&str>) -> OrganisationChange {
        OrganisationChange {
            from: from.into(),
            to: to.into(),
            date: date.map(Into::into),
            kind: None,
            share: share.map(Into::into),
        }
    }

    fn led(from: &str, changes: &[OrganisationChange]) -> Vec<(String, bool, Option<String>)> {
        let changes: Vec<&OrganisationChange> = changes.iter().collect();
        let stages = follow(&[Some(from.to_owned()), None], &changes);
        stages.into_iter().map(|s| (s.key, s.whole, s.share.map(|d| d.to_string()))).collect()
    }

    #[test]
    fn changes_are_followed_one_after_another() {
        let changes = [
            change("甲局", "乙局", Some("2022-05-01"), None),
            change("乙局", "丙局", Some("2022-08-01"), Some("40%")),
            change("乙局", "丁局", Some("2022-08-01"), Some("0.6")),
        ];
        assert_eq!(
            led("甲局", &changes),
            [("丙局".to_owned(), false, Some("0.4".to_owned())), ("丁局".to_owned(), false, Some("0.6".to_owned()))]
        );
        assert_eq!(led("戊局", &changes), [("戊局".to_owned(), true, None)]);
    }

    #[test]
    fn a_circle_ends_and_what_stays_may_keep_its_name() {
        let circle = [change("甲局", "乙局", None, None), change("乙局", "甲局", None, None)];
        assert_eq!(led("甲局", &circle), [("甲局".to_owned(), true, None)]);
        let stays = [change("甲局", "甲局", None, Some("70%")), change("甲局", "乙局", None, Some("30%"))];
        assert_eq!(led("甲局", &stays).len(), 2);
    }

    #[test]
    fn shares_are_read_exactly_or_not_at_all() {
        let read = |text| share(text).map(|d| d.to_string());
        assert_eq!(read(" 33.3％ ").as_deref(), Some("0.333"));
        assert_eq!(read("1").as_deref(), Some("1"));
        assert_eq!([read("三成"), read("140%"), read("-0.1")], [None, None, None]);
    }
}
