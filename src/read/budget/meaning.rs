//! What a column of amounts measures, from the heads above it.

use super::{Defaults, Group};
use crate::form::Measure;
use crate::quantity::MoneyUnit;
use crate::read::columns::Slot;
use crate::read::concept::{Concept, Concepts};
use crate::read::section::Section;
use crate::read::word::Word;

/// What an amount column measures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meaning {
    /// For the line's own columns.
    pub line: Option<Concept>,
    /// For `amounts`.
    pub measure: Option<Measure>,
    /// A rate or growth, no money.
    pub rate: bool,
    /// Whether plain numbers are percentage points.
    pub points: bool,
    /// Whether this is the column of the line's whole.
    pub whole: bool,
    pub unit: Option<MoneyUnit>,
}

/// What a column measures, from its header path.
pub(super) fn meaning(
    section: &Section,
    slot: &Slot,
    defaults: Defaults,
    has_outturn: bool,
    has_original: bool,
) -> Meaning {
    let mut out = Meaning::default();
    let words: Vec<&Word> = slot.path.iter().filter_map(|&id| section.page.word(id)).collect();
    let year = words.iter().rev().find_map(|w| w.label.year);
    out.unit = words.iter().rev().find_map(|w| w.label.unit);
    out.points = words.iter().any(|w| w.raw.contains(['%', '％']));
    for word in words.iter().rev() {
        let measure = [
            (Concept::Change, None),
            (Concept::LastYear, Some(Measure::LastYear)),
            (Concept::Rate, Some(Measure::ExecutionRate)),
            (Concept::Original, Some(Measure::OriginalBudget)),
            (Concept::Revised, Some(Measure::RevisedBudget)),
            (Concept::Outturn, Some(Measure::Outturn)),
            (Concept::Budget, None),
            (Concept::Adjustment, Some(Measure::Adjustment)),
            (Concept::Forecast, Some(Measure::Forecast)),
            (Concept::Basic, Some(Measure::Basic)),
            (Concept::ProjectExpenditure, Some(Measure::Project)),
            (Concept::General, Some(Measure::General)),
            (Concept::Fund, Some(Measure::Fund)),
            (Concept::Capital, Some(Measure::Capital)),
            (Concept::CarryoverColumn, Some(Measure::Carryover)),
            (Concept::FiscalColumn, Some(Measure::Fiscal)),
            (Concept::Personnel, Some(Measure::Personnel)),
            (Concept::Operating, Some(Measure::Operating)),
            (Concept::Balance, Some(Measure::Balance)),
            (Concept::OtherMoney, None),
        ];
        let strength = |c: Concept| word.strength(c).unwrap_or(0.0);
        let Some(&(concept, measure)) =
            measure.iter().filter(|(c, _)| strength(*c) > 0.0).max_by(|a, b| strength(a.0).total_cmp(&strength(b.0)))
        else {
            continue;
        };
        match concept {
            Concept::Change => {
                let amount = ["额", "金额", "数"].iter().any(|end| word.core().ends_with(end));
                out.rate = !amount || out.points;
                return out;
            }
            Concept::Rate => {
                out.rate = true;
                out.line = Some(Concept::Rate);
                out.measure = measure;
                return out;
            }
            Concept::OtherMoney => {
                out.whole = word.core().ends_with("合计") || word.core().ends_with("总计");
                out.measure = word.raw.contains("其他").then_some(Measure::Other);
                break;
            }
            // 本年预算数 of a budget that nobody executed or changed yet
            Concept::Revised if !has_outturn && !has_original && !word.raw.contains(['调', '追', '变', '后']) => {
                out.line = Some(Concept::Original);
                out.measure = Some(Measure::OriginalBudget);
                break;
            }
            Concept::Original | Concept::Revised | Concept::Outturn => {
                out.line = out.line.or(Some(concept));
                out.measure = out.measure.or(measure);
                break;
            }
            Concept::Budget => {
                let concept = if has_original || has_outturn { Concept::Revised } else { Concept::Original };
                out.line = Some(concept);
                out.measure =
                    Some(if concept == Concept::Revised { Measure::RevisedBudget } else { Measure::OriginalBudget });
                break;
            }
            _ => {
                out.measure = measure;
                break;
            }
        }
    }
    if let (Some(year), Some(own)) = (year, defaults.year)
        && year + 1 == own
    {
        out.line = None;
        out.measure = Some(Measure::LastYear);
    }
    let leaf_total = words
        .last()
        .is_some_and(|w| w.means_any(Concepts::of(&[Concept::Amount, Concept::GrandTotal, Concept::Subtotal])));
    // a 合计 or 小计 below another measure is that measure's whole; 小计 below 公务用车 is a part
    out.whole |= leaf_total && words.len() <= 2;
    if leaf_total && out.measure == Some(Measure::Adjustment) {
        out.whole = false;
    }
    out
}

/// The column that stands for the line where no head names a measure: the whole, else the only amount.
pub(super) fn settle_whole(group: &Group, meanings: &mut [Meaning], defaults: Defaults) {
    let named = group.amounts.iter().any(|&i| {
        meanings.get(i).is_some_and(|m| matches!(m.line, Some(Concept::Original | Concept::Revised | Concept::Outturn)))
    });
    if named {
        return;
    }
    let whole = group.amounts.iter().copied().find(|&i| meanings.get(i).is_some_and(|m| m.whole && !m.rate));
    let only = || {
        let money: Vec<usize> = group
            .amounts
            .iter()
            .copied()
            .filter(|&i| meanings.get(i).is_some_and(|m| !m.rate && m.measure != Some(Measure::LastYear)))
            .collect();
        match money.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    };
    if let Some(meaning) = whole.or_else(only).and_then(|i| meanings.get_mut(i)) {
        meaning.line = Some(defaults.measure);
        meaning.measure = meaning.measure.or(Some(match defaults.measure {
            Concept::Outturn => Measure::Outturn,
            Concept::Revised => Measure::RevisedBudget,
            _ => Measure::OriginalBudget,
        }));
    }
}
