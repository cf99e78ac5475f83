//! Error localisation: which cells to blame when balances fail.
//!
//! Why: one wrong cell breaks every sum that it takes part in. A list of broken sums sends a clerk to ten cells, nine of
//! them right. Input → output: figures and the balances between them ([`Network`]) → the fewest cells whose change
//! satisfies all balances ([`Fix`]), each with the value that would do it and the usual slip that explains it, if one does.
//!
//! Invariants: a cell is blamed only if changing it alone breaks no balance that holds; of several such cells the one that
//! repairs most comes first, then one that a usual slip explains; deterministic.
//!
//! Source: Fellegi and Holt, A systematic approach to automatic edit and imputation (1976).

use super::tolerance::{Verdict, judge};
use crate::quantity::{CellRef, Decimal};

/// A figure in a cell.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// The cell.
    pub cell: CellRef,
    /// What it says; zero where it is blank.
    pub value: Decimal,
    /// Half a unit of its last declared decimal.
    pub half: Decimal,
    /// Whether something is written there.
    pub given: bool,
    /// Which of several equal candidates is named first; the smaller.
    pub prefer: u8,
}

/// What the parts must add up to.
#[derive(Debug, Clone, Copy)]
pub enum Whole {
    /// The figure in a cell.
    Node(usize),
    /// A number that is known.
    Constant(Decimal),
}

/// What must hold between figures.
#[derive(Debug, Clone)]
pub enum Balance {
    /// The parts add up to the whole.
    Sum {
        /// The whole.
        whole: Whole,
        /// Its parts.
        parts: Vec<usize>,
    },
    /// `part ÷ whole = rate`.
    Rate {
        /// Numerator.
        part: usize,
        /// Denominator.
        whole: usize,
        /// The rate, a fraction.
        rate: usize,
    },
}

/// A usual slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slip {
    /// Too large or small by this power of ten: 元 for 万元.
    Scale(i8),
    /// The total left at zero.
    ZeroLeft,
    /// The sign is wrong.
    Sign,
    /// Two neighbouring digits changed places.
    Swapped,
    /// A digit was dropped or struck twice.
    Digit,
}

/// A cell to blame.
#[derive(Debug, Clone)]
pub struct Fix {
    /// The figure.
    pub node: usize,
    /// The value that satisfies the balances.
    pub should: Decimal,
    /// The slip that explains it.
    pub slip: Option<Slip>,
    /// The balances that it repairs.
    pub balances: Vec<usize>,
    /// Other cells that would do as well.
    pub others: Vec<usize>,
}

/// Figures and the balances between them.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// The figures.
    pub nodes: Vec<Node>,
    /// The balances.
    pub balances: Vec<Balance>,
}

type Changes = Vec<(usize, Decimal)>;

impl Network {
    /// Adds a figure.
    pub fn node(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The difference of a balance, and what it means. For a sum `whole − Σ parts`, for a rate `part − rate × whole`.
    pub fn state(&self, balance: usize) -> (Decimal, Verdict) {
        self.state_with(balance, &[])
    }

    fn value(&self, node: usize, changes: &[(usize, Decimal)]) -> Decimal {
        let changed = changes.iter().rev().find(|(at, _)| *at == node).map(|(_, value)| *value);
        changed.or_else(|| self.nodes.get(node).map(|n| n.value)).unwrap_or(Decimal::ZERO)
    }

    /// A blank or a zero is known exactly.
    fn half(&self, node: usize) -> Decimal {
        self.nodes.get(node).filter(|n| n.given && !n.value.is_zero()).map_or(Decimal::ZERO, |n| n.half)
    }

    fn state_with(&self, balance: usize, changes: &[(usize, Decimal)]) -> (Decimal, Verdict) {
        let overflow = (Decimal::ZERO, Verdict::Exact);
        match self.balances.get(balance) {
            Some(Balance::Sum { whole, parts }) => {
                let sum = Decimal::sum(parts.iter().map(|&part| self.value(part, changes)));
                let mut most = Decimal::sum(parts.iter().map(|&part| self.half(part)));
                let whole = match *whole {
                    Whole::Node(node) => {
                        most = most.and_then(|most| most.checked_add(self.half(node)));
                        self.value(node, changes)
                    }
                    Whole::Constant(value) => value,
                };
                match sum.and_then(|sum| whole.checked_sub(sum)).zip(most) {
                    Some((difference, most)) => (difference, judge(difference, most)),
                    None => overflow,
                }
            }
            Some(&Balance::Rate { part, whole, rate }) => {
                let (a, b, r) = (self.value(part, changes), self.value(whole, changes), self.value(rate, changes));
                let difference = r.checked_mul(b).and_then(|product| a.checked_sub(product));
                // One whole unit of the rate's last decimal: a rate cut off or rounded up is rounding too.
                let most = (|| {
                    let rate_unit = self.half(rate).checked_add(self.half(rate))?;
                    let of_rate = rate_unit.checked_mul(b.abs())?;
                    let of_whole = self.half(whole).checked_mul(r.abs())?;
                    of_rate.checked_add(of_whole)?.checked_add(self.half(part))
                })();
                match difference.zip(most) {
                    Some((difference, most)) => (difference, judge(difference, most)),
                    None => overflow,
                }
            }
            None => overflow,
        }
    }

    fn holds(&self, balance: usize, changes: &[(usize, Decimal)]) -> bool {
        self.state_with(balance, changes).1 != Verdict::Real
    }

    /// The figures of a balance.
    fn members(&self, balance: usize) -> Vec<usize> {
        match self.balances.get(balance) {
            Some(Balance::Sum { whole, parts }) => {
                let whole = match *whole {
                    Whole::Node(node) => Some(node),
                    Whole::Constant(_) => None,
                };
                whole.into_iter().chain(parts.iter().copied()).collect()
            }
            Some(&Balance::Rate { part, whole, rate }) => vec![rate, part, whole],
            None => Vec::new(),
        }
    }

    /// Values of a figure that would satisfy a balance, the rest being right.
    fn solutions(&self, balance: usize, node: usize, changes: &[(usize, Decimal)]) -> Vec<Decimal> {
        let value = self.value(node, changes);
        match self.balances.get(balance) {
            Some(Balance::Sum { whole, .. }) => {
                let (difference, _) = self.state_with(balance, changes);
                let is_whole = matches!(whole, Whole::Node(w) if *w == node);
                let solved = if is_whole { value.checked_sub(difference) } else { value.checked_add(difference) };
                solved.into_iter().collect()
            }
            Some(&Balance::Rate { part, whole, rate }) if rate == node => {
                self.value(part, changes).div(self.value(whole, changes), 12).into_iter().collect()
            }
            // A rate is known to a few digits only, so it proposes no new amount; it can tell a wrong unit.
            Some(Balance::Rate { .. }) => {
                [4, -4, 3, -3, 8, -8, 1, -1, 2, -2].into_iter().filter_map(|by| value.shift(by)).collect()
            }
            None => Vec::new(),
        }
    }

    /// The fewest cells to blame for all balances that fail. Empty when all hold.
    pub fn localise(&self) -> Vec<Fix> {
        let mut broken: Vec<usize> = (0..self.balances.len()).filter(|&b| !self.holds(b, &[])).collect();
        if broken.is_empty() {
            return Vec::new();
        }
        let mut touching: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for balance in 0..self.balances.len() {
            for member in self.members(balance) {
                if let Some(list) = touching.get_mut(member) {
                    list.push(balance);
                }
            }
        }
        let mut changes: Changes = Vec::new();
        let mut fixes = Vec::new();
        while !broken.is_empty() {
            let Some(fix) = self.best(&broken, &touching, &changes) else {
                // Nothing single helps: each balance that is left stands for itself.
                fixes.extend(broken.iter().filter_map(|&balance| self.own_fix(balance, &changes)));
                break;
            };
            changes.push((fix.node, fix.should));
            broken.retain(|&balance| !self.holds(balance, &changes));
            fixes.push(fix);
        }
        fixes
    }

    /// Of all cells in the broken balances the one that repairs most and damages nothing.
    fn best(&self, broken: &[usize], touching: &[Vec<usize>], changes: &Changes) -> Option<Fix> {
        let mut candidates: Vec<Fix> = Vec::new();
        for &balance in broken {
            for node in self.members(balance) {
                if changes.iter().any(|(changed, _)| *changed == node) || candidates.iter().any(|fix| fix.node == node)
                {
                    continue;
                }
                if let Some(fix) = self.candidate(node, broken, touching, changes) {
                    candidates.push(fix);
                }
            }
        }
        let usual = self.usual_digits();
        let rank = |fix: &Fix| {
            let node = self.nodes.get(fix.node);
            // A wrong unit is told by the company that the figure keeps.
            let odd = if matches!(fix.slip, Some(Slip::Scale(_))) { digits(fix.should).abs_diff(usual) } else { 0 };
            (
                std::cmp::Reverse(fix.balances.len()),
                fix.slip.is_none(),
                odd,
                !node.is_some_and(|n| n.given),
                node.map_or(u8::MAX, |n| n.prefer),
            )
        };
        let best = candidates.iter().min_by_key(|fix| rank(fix))?;
        let (repairs, slip, odd, blank, _) = rank(best);
        let others = candidates
            .iter()
            .filter(|fix| fix.node != best.node)
            .filter(|fix| {
                let (other_repairs, other_slip, other_odd, other_blank, _) = rank(fix);
                (other_repairs, other_slip, other_odd, other_blank) == (repairs, slip, odd, blank)
            })
            .map(|fix| fix.node)
            .collect();
        Some(Fix { others, ..best.clone() })
    }

    /// What a solution of a balance is known to: half units of all its figures; less for a rate, whose solutions are exact.
    fn known_to(&self, balance: usize) -> Decimal {
        let halves = self.members(balance).into_iter().map(|member| self.half(member));
        match self.balances.get(balance) {
            Some(Balance::Sum { .. }) => Decimal::sum(halves).unwrap_or_default(),
            Some(Balance::Rate { .. }) | None => Decimal::ZERO,
        }
    }

    /// The digits before the point that the figures mostly have.
    fn usual_digits(&self) -> usize {
        let mut all: Vec<usize> =
            self.nodes.iter().filter(|n| n.value.abs() > Decimal::ONE).map(|n| digits(n.value)).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    }

    /// The best change of one figure, if one repairs something and damages nothing.
    fn candidate(&self, node: usize, broken: &[usize], touching: &[Vec<usize>], changes: &Changes) -> Option<Fix> {
        let around = touching.get(node)?;
        let given = self.value(node, changes);
        let mut best: Option<Fix> = None;
        for &from in around.iter().filter(|balance| broken.contains(balance)) {
            for should in self.solutions(from, node, changes) {
                let mut tried = changes.clone();
                tried.push((node, should));
                if around.iter().any(|&b| !broken.contains(&b) && self.holds(b, changes) && !self.holds(b, &tried)) {
                    continue;
                }
                let repaired: Vec<usize> =
                    around.iter().copied().filter(|b| broken.contains(b) && self.holds(*b, &tried)).collect();
                if repaired.is_empty() || best.as_ref().is_some_and(|b| b.balances.len() >= repaired.len()) {
                    continue;
                }
                // Zero is a usual slip of totals; a source or an item is zero more often than not.
                let is_whole = self.nodes.get(node).is_some_and(|n| n.prefer == 0);
                let most = self.known_to(from);
                let slip = slip(given, should, most).filter(|slip| is_whole || *slip != Slip::ZeroLeft);
                // With a wrong unit the very figure was meant, not what the roundings of the others leave.
                let meant = match slip {
                    Some(Slip::Scale(by)) => given.shift(-by).filter(|&meant| {
                        let meant = [(node, meant)];
                        repaired.iter().all(|&b| self.holds(b, &[changes.as_slice(), &meant].concat()))
                    }),
                    _ => None,
                };
                let should = meant.unwrap_or(should);
                best = Some(Fix { node, should, slip, balances: repaired, others: Vec::new() });
            }
        }
        best
    }

    /// A balance that nothing else explains: its whole (or its rate) is named.
    fn own_fix(&self, balance: usize, changes: &Changes) -> Option<Fix> {
        let node = self.members(balance).into_iter().find(|node| self.nodes.get(*node).is_some_and(|n| n.given))?;
        let should = self.solutions(balance, node, changes).into_iter().next()?;
        Some(Fix { node, should, slip: None, balances: vec![balance], others: Vec::new() })
    }
}

/// The usual slip that turns `should` into `given`; `half` is half a unit of the last decimal.
pub fn slip(given: Decimal, should: Decimal, half: Decimal) -> Option<Slip> {
    if should.is_zero() {
        return None;
    }
    if given.is_zero() {
        return Some(Slip::ZeroLeft);
    }
    let near = |a: Decimal, b: Decimal, most: Decimal| a.checked_sub(b).is_some_and(|d| d.abs() <= most);
    if given.signum() != should.signum() {
        return near(given.abs(), should.abs(), half).then_some(Slip::Sign);
    }
    for by in [4, -4, 3, -3, 8, -8, 1, -1, 2, -2_i8] {
        // What is half a unit in the smaller figure is `10^by` times that in the larger.
        let most = if by > 0 { half.shift(by) } else { Some(half) };
        // The digits must be known by: to a tenth where a unit is wrong, to a hundredth where a point is, which many figures
        // would be near otherwise.
        let known = should.shift(by).and_then(|scaled| scaled.abs().shift(if by.abs() <= 2 { -2 } else { -1 }));
        let most = most.zip(known).map(|(most, known)| most.min(known));
        if should.shift(by).zip(most).is_some_and(|(scaled, most)| near(given, scaled, most)) {
            return Some(Slip::Scale(by));
        }
    }
    let written =
        |d: Decimal, places: u8| d.abs().shift(i8::try_from(places).unwrap_or(0)).map(|d| d.to_string().into_bytes());
    let places = given.places().max(should.places());
    let (a, b) = written(given, places).zip(written(should, places))?;
    if swapped(&a, &b) {
        return Some(Slip::Swapped);
    }
    let (a, b) = (significant(&a), significant(&b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    (long.len() == short.len() + 1 && short.len() >= 3 && without_one(long, short)).then_some(Slip::Digit)
}

/// Digits before the point.
fn digits(value: Decimal) -> usize {
    value.abs().to_string().split('.').next().map_or(0, str::len)
}

fn significant(digits: &[u8]) -> &[u8] {
    let end = digits.iter().rposition(|&d| d != b'0').map_or(0, |last| last + 1);
    digits.get(..end).unwrap_or_default()
}

/// Whether two neighbours changed places and nothing else.
fn swapped(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut unlike = a.iter().zip(b).enumerate().filter(|(_, (given, should))| given != should);
    match (unlike.next(), unlike.next(), unlike.next()) {
        (Some((first, (given, should))), Some((next, (then_given, then_should))), None) => {
            next == first + 1 && given == then_should && should == then_given
        }
        _ => false,
    }
}

/// Whether `short` is `long` less one digit.
fn without_one(long: &[u8], short: &[u8]) -> bool {
    let same = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    long.get(same + 1..) == short.get(same..)
}

#[cfg(test)]
mod tests {
    use super::{Balance, Network, Node, Slip, Whole, slip};
    use crate::quantity::{CellRef, Decimal};

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    fn network(values: &[&str]) -> Network {
        let mut network = Network::default();
        for (row, value) in values.iter().enumerate() {
            network.node(Node {
                cell: CellRef::new(u32::try_from(row).unwrap(), 0),
                value: d(value),
                half: d("0.005"),
                given: *value != "0",
                prefer: u8::from(row > 0),
            });
        }
        network
    }

    fn sum(whole: usize, parts: &[usize]) -> Balance {
        Balance::Sum { whole: Whole::Node(whole), parts: parts.to_vec() }
    }

    #[test]
    fn nothing_to_blame_when_all_holds() {
        let mut n = network(&["30", "10", "20"]);
        n.balances.push(sum(0, &[1, 2]));
        assert!(n.localise().is_empty());
    }

    #[test]
    fn one_inner_cell_explains_row_and_column() {
        // total 60 = 30 + 30; 30 = 10 + 20, 30 = 25 + 5 where 25 was written 15; rows 25 + 10, 5 + 20
        let mut n = network(&["60", "30", "30", "10", "20", "15", "5", "35", "25"]);
        n.balances.extend([sum(0, &[1, 2]), sum(1, &[3, 4]), sum(2, &[5, 6]), sum(7, &[3, 5]), sum(8, &[4, 6])]);
        let fixes = n.localise();
        assert_eq!(fixes.len(), 1);
        assert_eq!((fixes[0].node, fixes[0].should, fixes[0].balances.len()), (5, d("25"), 2));
        assert!(fixes[0].others.is_empty());
    }

    #[test]
    fn a_rate_decides_between_total_and_part() {
        // budget 215 = 215 written 125 in the total; outturn 193.5, rate 0.9
        let mut n = network(&["125", "215", "193.5", "0.9"]);
        n.balances.extend([sum(0, &[1]), Balance::Rate { part: 2, whole: 0, rate: 3 }]);
        let fixes = n.localise();
        assert_eq!(fixes.len(), 1);
        assert_eq!((fixes[0].node, fixes[0].should), (0, d("215")));
    }

    #[test]
    fn the_usual_slip_is_believed_first() {
        let mut n = network(&["215", "125", "0"]);
        n.balances.push(sum(0, &[1, 2]));
        let fixes = n.localise();
        assert_eq!((fixes[0].node, fixes[0].slip), (0, Some(Slip::Swapped)));
        assert_eq!(fixes[0].others, [1], "the part would do as well");
    }

    #[test]
    fn two_faults_are_two_cells() {
        let mut n = network(&["31", "10", "20", "50", "20", "35"]);
        n.balances.extend([sum(0, &[1, 2]), sum(3, &[4, 5])]);
        assert_eq!(n.localise().len(), 2);
    }

    #[test]
    fn slips_are_recognised() {
        let half = d("0.005");
        assert_eq!(slip(d("1250000"), d("125"), half), Some(Slip::Scale(4)));
        assert_eq!(slip(d("0"), d("125"), half), Some(Slip::ZeroLeft));
        assert_eq!(slip(d("-125"), d("125"), half), Some(Slip::Sign));
        assert_eq!(slip(d("152.5"), d("125.5"), half), Some(Slip::Swapped));
        assert_eq!(slip(d("12567"), d("125567"), half), Some(Slip::Digit));
        assert_eq!(slip(d("130"), d("125"), half), None);
    }
}
