//! Near-identical texts of different departments.
//!
//! Why: reasons and results that two departments share word for word were copied from one another, or from a template.
//! Input → output: texts by form and department → pairs of cells. Compared without punctuation and blanks; a pair counts
//! with at least 30 characters and a similarity at or above the threshold, or where two forms share two or more shorter
//! texts outright.
//!
//! Only texts that share one of a few six-character pieces are compared, and neither a text that many departments share nor
//! a piece that many texts share tells anything: those are the words of the template. So the work grows with the number of
//! texts and not with its square.

use super::witness::SHORTEST;
use crate::quantity::{CellRef, Decimal, Text};
use foldhash::fast::RandomState;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

const LONG: usize = 30;
const PIECE: usize = 6;
/// Hashes begin with it.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PIECES: usize = 4;
/// A text that stands word for word in more forms than this is the template's.
const TEMPLATE: usize = 8;
/// A piece that stands in more texts than this is a phrase that everybody uses.
const PHRASE: usize = 32;

/// Texts of a form, with its position and department.
pub(super) struct Texts<'a> {
    pub(super) form: usize,
    pub(super) department: &'a str,
    pub(super) cells: &'a [(CellRef, Text)],
}

/// A text as it is compared: its letters and digits. They are taken from it anew each time: a district has too many texts
/// to keep them all spelled, and few are compared.
#[derive(Clone, Copy)]
struct Bare<'a> {
    text: &'a str,
    /// How many letters it has.
    len: usize,
    /// Of the letters.
    hash: u64,
}

impl<'a> Bare<'a> {
    fn of(text: &'a str) -> Self {
        let (len, hash) = letters(text).fold((0, SEED), |(len, hash), c| (len + 1, mixed(hash, c)));
        Self { text, len, hash }
    }

    fn letters(&self) -> impl Iterator<Item = char> + 'a {
        letters(self.text)
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    // The Chinese characters, which most of them are, need no table of letters.
    text.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric())
}

fn mixed(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}

impl Hash for Bare<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl PartialEq for Bare<'_> {
    fn eq(&self, other: &Self) -> bool {
        let equal = || self.text == other.text || self.letters().eq(other.letters());
        (self.len, self.hash) == (other.len, other.hash) && equal()
    }
}

impl Eq for Bare<'_> {}

/// A text in its place.
struct Placed<'a> {
    form: usize,
    department: &'a str,
    cell: CellRef,
    bare: Bare<'a>,
    sorted: OnceCell<Box<[char]>>,
}

impl Placed<'_> {
    /// Its letters in the order of their codes.
    fn sorted(&self) -> &[char] {
        self.sorted.get_or_init(|| {
            let mut letters: Box<[char]> = self.bare.letters().collect();
            letters.sort_unstable();
            letters
        })
    }
}

/// Two texts that are alike.
struct Pair {
    earlier: usize,
    later: usize,
    long: bool,
}

/// Pairs `(form, cell, other form, other cell)`, the earlier form first; one pair for each text of the later form.
pub(super) fn copied<'a>(forms: &[Texts<'a>], threshold: Decimal) -> Vec<(usize, CellRef, usize, CellRef)> {
    let placed = |form: &Texts<'a>, cell: &CellRef, text: &'a str| Placed {
        form: form.form,
        department: form.department,
        cell: *cell,
        bare: Bare::of(text),
        sorted: OnceCell::new(),
    };
    let cells = forms.iter().flat_map(|form| form.cells.iter().map(move |(cell, text)| placed(form, cell, text)));
    let mut texts: Vec<Placed<'_>> = cells.filter(|text| text.bare.len >= SHORTEST).collect();
    leave_out_template(&mut texts);
    let mut letters = Vec::new();
    let mut buckets: HashMap<u64, Vec<usize>, RandomState> = HashMap::default();
    let mut pairs: BTreeMap<(usize, usize), Vec<Pair>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        let mut candidates: Vec<usize> = Vec::new();
        letters.clear();
        letters.extend(text.bare.letters());
        for piece in pieces(&letters) {
            let bucket = buckets.entry(piece).or_default();
            if bucket.len() < PHRASE {
                candidates.extend(bucket.iter().copied());
                bucket.push(at);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        for earlier in candidates {
            let Some(other) = texts.get(earlier) else { continue };
            if other.department == text.department {
                continue;
            }
            let long = text.bare.len >= LONG && other.bare.len >= LONG;
            let same = other.bare == text.bare;
            if same || long && alike(other, text, threshold) {
                pairs.entry((other.form, text.form)).or_default().push(Pair { earlier, later: at, long });
            }
        }
    }
    let mut found = Vec::new();
    for ((form, other), texts_of_pair) in pairs {
        let several = texts_of_pair.len() >= 2;
        for Pair { earlier, later, long } in texts_of_pair {
            if let (true, Some(a), Some(b)) = (long || several, texts.get(earlier), texts.get(later)) {
                found.push((form, a.cell, other, b.cell));
                found.push((other, b.cell, form, a.cell));
            }
        }
    }
    found.sort_unstable();
    // A cell copied from many is named once.
    found.dedup_by_key(|(form, cell, ..)| (*form, *cell));
    found
}

/// Leaves the texts that do not stand word for word in many forms.
fn leave_out_template(texts: &mut Vec<Placed<'_>>) {
    let mut forms: HashMap<Bare<'_>, (usize, usize), RandomState> = HashMap::default();
    for text in texts.iter() {
        let (count, last) = forms.entry(text.bare).or_insert((0, usize::MAX));
        if *last != text.form {
            (*count, *last) = (*count + 1, text.form);
        }
    }
    texts.retain(|text| forms.get(&text.bare).is_none_or(|form| form.0 <= TEMPLATE));
}

/// The smallest hashes of the text's pieces: texts that share most of their words share some of these.
fn pieces(letters: &[char]) -> Vec<u64> {
    let hash = |piece: &[char]| piece.iter().fold(SEED, |hash, &c| mixed(hash, c));
    let mut smallest: Vec<u64> = Vec::with_capacity(PIECES + 1);
    for hash in letters.windows(PIECE).map(hash) {
        if let Err(place) = smallest.binary_search(&hash)
            && place < PIECES
        {
            smallest.insert(place, hash);
            smallest.truncate(PIECES);
        }
    }
    smallest
}

/// `1 − distance ÷ longer length ≥ threshold`.
fn alike(one: &Placed<'_>, other: &Placed<'_>, threshold: Decimal) -> bool {
    let longer = one.bare.len.max(other.bare.len);
    let most = Decimal::ONE
        .checked_sub(threshold)
        .and_then(|rest| rest.checked_mul(Decimal::from_int(i64::try_from(longer).ok()?)));
    let Some(most) = most else { return false };
    let gap = |n: usize| Decimal::from_int(i64::try_from(n).unwrap_or(i64::MAX)) > most;
    let spelled = |text: &Placed<'_>| text.bare.letters().collect::<String>();
    !gap(one.bare.len.abs_diff(other.bare.len))
        && !gap(least_distance(one.sorted(), other.sorted()))
        && !gap(strsim::levenshtein(&spelled(one), &spelled(other)))
}

/// Characters that one text has more often than the other, from the sorted characters of both: each takes an edit, so the
/// distance is no less.
fn least_distance(a: &[char], b: &[char]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let (mut only_a, mut only_b) = (0, 0);
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) => match x.cmp(y) {
                Ordering::Less => only_a += usize::from(a.next().is_some()),
                Ordering::Greater => only_b += usize::from(b.next().is_some()),
                Ordering::Equal => {
                    a.next();
                    b.next();
                }
            },
            (Some(_), None) => return (only_a + a.count()).max(only_b),
            (None, _) => return only_a.max(only_b + b.count()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Texts, copied, least_distance};
    use crate::quantity::{CellRef, Decimal, Text};

    fn threshold() -> Decimal {
        Decimal::parse("0.9").unwrap()
    }

    #[test]
    fn only_other_departments_copy() {
        let cell = CellRef::new(1, 1);
        let text = |t: &str| vec![(cell, Text::from(t))];
        let long = "受强降雨影响外业施工推迟开工，下一年度提前两个月启动招标并预留复核时间。";
        let (a, b, c) = (
            text(long),
            text(&format!("{long}！")),
            text("评审专家抽取时间较晚，完善专家库并前置评审环节，分批次提前锁定货源和工期。"),
        );
        let of = |form, department, cells| Texts { form, department, cells };
        let forms = [of(0, "甲", a.as_slice()), of(1, "乙", &b), of(2, "丙", &c)];
        assert_eq!(copied(&forms, threshold()), [(0, cell, 1, cell), (1, cell, 0, cell)]);
        let forms = [of(0, "甲", a.as_slice()), of(1, "甲", &b)];
        assert!(copied(&forms, threshold()).is_empty());
    }

    #[test]
    fn the_bound_is_never_above_the_distance() {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        for (a, b) in [("甲乙丙丁", "甲乙丁丙"), ("甲乙丙", "甲甲乙"), ("", "甲乙"), ("甲乙丙", "丁戊"), ("甲甲", "甲")]
        {
            assert!(least_distance(&sorted(a), &sorted(b)) <= strsim::levenshtein(a, b), "{a} {b}");
        }
        assert_eq!(least_distance(&sorted("甲乙丙"), &sorted("丁戊")), 3);
    }

    #[test]
    fn one_short_text_is_chance() {
        let text = |t: &str, row| (CellRef::new(row, 1), Text::from(t));
        let (s, t) = ("设备供应商排产紧张导致到货延后", "部分点位权属纠纷协调用时较长些");
        let of = |form, department, cells| Texts { form, department, cells };
        let one = [text(s, 1)];
        let two = [text(s, 1), text(t, 2)];
        assert!(copied(&[of(0, "甲", &one), of(1, "乙", &two)], threshold()).is_empty());
        assert_eq!(copied(&[of(0, "甲", &two), of(1, "乙", &two)], threshold()).len(), 4);
    }
}
