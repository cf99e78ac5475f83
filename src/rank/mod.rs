//! Rankings.
//!
//! Input → output: subjects with values, by scope and metric ([`Entrant`]) → rows of the table `rankings` in their order.
//!
//! Definitions: standard competition rank 1, 1, 3 and dense rank 1, 1, 2, the greatest value first; ties are values equal
//! after rounding half-up to two decimals (scores) or to 0.01 % (rates); percentile = (those below + half of the others
//! with the same rank) ÷ (all others), `None` for a subject alone. Who has no value has no row and is never a zero.
//!
//! Invariants: the order is scope, metric, rank, subject, then kind and id, all by bytes, so that it does not depend on the
//! order of the entrants.

use crate::quantity::{Decimal, Text};
use crate::tables::Ranking;
use polars::prelude::{
    DataFrame, Int64Chunked, IntoColumn as _, IntoLazy as _, NewChunkedArray as _, PolarsResult, RankMethod,
    RankOptions, UInt32Chunked, col, len,
};
use std::collections::BTreeMap;

/// The finest difference that ranks apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// Scores: two decimals.
    Score,
    /// Rates: 0.01 %, four decimals of the fraction.
    Rate,
}

/// A subject with its value in one ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrant<'a> {
    /// `district` or `category:<name>`.
    pub scope: &'a Text,
    /// `project` or `department`.
    pub kind: &'static str,
    /// Its id, once in a ranking.
    pub id: &'a Text,
    /// Its name.
    pub subject: &'a Text,
    /// The metric.
    pub metric: &'a Text,
    /// The value.
    pub value: Decimal,
    /// What is a tie.
    pub ties: Ties,
}

/// Ranks all entrants within scope, kind and metric.
///
/// # Errors
/// The frame library refuses, which no input brings about.
pub fn rank(entrants: Vec<Entrant<'_>>) -> PolarsResult<Vec<Ranking>> {
    let mut groups: BTreeMap<(&str, &str, &str), u32> = BTreeMap::new();
    for e in &entrants {
        let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        groups.entry((e.scope, e.kind, e.metric)).or_insert(next);
    }
    let group = entrants.iter().map(|e| groups.get(&(&**e.scope, e.kind, &**e.metric)).copied());
    let group = UInt32Chunked::from_iter_options("group".into(), group);
    let key = entrants.iter().map(|e| {
        e.value.to_scaled(match e.ties {
            Ties::Score => 2,
            Ties::Rate => 4,
        })
    });
    let key = Int64Chunked::from_iter_options("key".into(), key);
    let by = |method| RankOptions { method, descending: true };
    let frame = DataFrame::new(entrants.len(), vec![group.into_column(), key.into_column()])?
        .lazy()
        .with_columns([
            col("key").rank(by(RankMethod::Min), None).over([col("group")])?.alias("rank"),
            col("key").rank(by(RankMethod::Dense), None).over([col("group")])?.alias("dense"),
            len().over([col("group")])?.alias("of"),
            len().over([col("group"), col("key")])?.alias("tied"),
        ])
        .collect()?;
    let whole = |name: &str| -> PolarsResult<Vec<u32>> {
        let column = frame.column(name)?.cast(&polars::prelude::DataType::UInt32)?;
        Ok(column.u32()?.iter().map(|n| n.unwrap_or(0)).collect())
    };
    let (ranks, dense, of, tied) = (whole("rank")?, whole("dense")?, whole("of")?, whole("tied")?);
    drop(groups);
    let counts = ranks.into_iter().zip(dense).zip(of.into_iter().zip(tied));
    let mut rows: Vec<Ranking> = entrants
        .into_iter()
        .zip(counts)
        .map(|(e, ((rank, rank_dense), (of, tied)))| Ranking {
            scope: e.scope.clone(),
            subject_kind: e.kind.into(),
            subject_id: e.id.clone(),
            subject: e.subject.clone(),
            metric: e.metric.clone(),
            value: e.value,
            rank,
            rank_dense,
            percentile: percentile(rank, tied, of),
            of,
        })
        .collect();
    rows.sort_unstable_by(|a, b| {
        let ranking = a.scope.cmp(&b.scope).then_with(|| a.metric.cmp(&b.metric)).then(a.rank.cmp(&b.rank));
        let subject = ranking.then_with(|| a.subject.cmp(&b.subject));
        subject.then_with(|| a.subject_kind.cmp(&b.subject_kind)).then_with(|| a.subject_id.cmp(&b.subject_id))
    });
    Ok(rows)
}

/// (below + (tied − 1) ÷ 2) ÷ (of − 1), twelve places, half-up.
fn percentile(rank: u32, tied: u32, of: u32) -> Option<Decimal> {
    let (rank, tied, of) = (i64::from(rank), i64::from(tied), i64::from(of));
    let below = of - (rank - 1) - tied;
    Decimal::from_int(2 * below + tied - 1).div(Decimal::from_int(2 * (of - 1)), 12)
}

#[cfg(test)]
mod tests {
    use super::{Entrant, Ties, rank};
    use crate::quantity::{Decimal, Text};
    use proptest::prelude::*;

    fn texts(names: &[&str]) -> Vec<Text> {
        ["district", "score"].iter().chain(names).map(|name| Text::from(*name)).collect()
    }

    /// The subject that is the n-th text behind the scope and the metric.
    fn entrant<'a>(texts: &'a [Text], n: usize, value: &str, ties: Ties) -> Entrant<'a> {
        let (scope, metric, id) = (&texts[0], &texts[1], &texts[n + 2]);
        Entrant { scope, kind: "department", id, subject: id, metric, value: Decimal::parse(value).unwrap(), ties }
    }

    #[test]
    fn ties_share_a_rank_and_the_next_is_skipped() {
        let texts = texts(&["d", "b", "a", "c"]);
        let values = ["70", "90.004", "90.001", "90.005"];
        let entrants = values.iter().enumerate().map(|(n, value)| entrant(&texts, n, value, Ties::Score));
        let rows = rank(entrants.collect()).unwrap();
        let seen: Vec<_> = rows
            .iter()
            .map(|r| (r.subject.to_string(), r.rank, r.rank_dense, r.percentile.unwrap().round(4).to_string(), r.of))
            .collect();
        let row = |s: &str, rank, dense, p: &str| (s.to_owned(), rank, dense, p.to_owned(), 4);
        assert_eq!(seen, [row("c", 1, 1, "1"), row("a", 2, 2, "0.5"), row("b", 2, 2, "0.5"), row("d", 4, 3, "0")]);
    }

    #[test]
    fn rates_tie_at_a_hundredth_of_a_percent() {
        let texts = texts(&["a", "b"]);
        let entrant = |n, value| entrant(&texts, n, value, Ties::Rate);
        let rows = rank(vec![entrant(0, "0.95004"), entrant(1, "0.95")]).unwrap();
        assert_eq!(rows.iter().map(|r| r.rank).collect::<Vec<_>>(), [1, 1]);
        let alone = rank(vec![entrant(0, "0.95")]).unwrap();
        assert_eq!((alone[0].percentile, alone[0].of), (None, 1));
        assert_eq!(rank(Vec::new()).unwrap(), Vec::new());
    }

    proptest! {
        #[test]
        fn the_order_of_entrants_does_not_matter(values in proptest::collection::vec(0_i64..300, 1..40), seed in any::<u64>()) {
            let names: Vec<String> = (0..values.len()).map(|i| format!("{i:02}")).collect();
            let texts = texts(&names.iter().map(String::as_str).collect::<Vec<_>>());
            let entrants = values.iter().enumerate().map(|(i, v)| entrant(&texts, i, &v.to_string(), Ties::Score));
            let mut entrants: Vec<_> = entrants.collect();
            let rows = rank(entrants.clone()).unwrap();
            let n = entrants.len();
            entrants.rotate_left(usize::try_from(seed % 97).unwrap() % n);
            entrants.reverse();
            prop_assert_eq!(&rank(entrants).unwrap(), &rows);
            for row in &rows {
                let better = values.iter().filter(|v| Decimal::from_int(**v) > row.value).count();
                prop_assert_eq!(row.rank as usize, better + 1);
            }
        }
    }
}
