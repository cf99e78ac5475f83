//! Word families: a small pattern language, matched by hand.
//!
//! Why: offices vary labels in few places (`年初预算数`, `年度批复预算额`), so the vocabulary holds families, not lists. A general
//! regex engine costs more to build than all forms cost to read, and cannot tolerate one wrong character.
//!
//! Input → output: a pattern and a label core → whether the whole core belongs to the family, exactly or but for one
//! substituted character.
//!
//! | written | means |
//! |---|---|
//! | `预算` | these characters |
//! | `(年初\|年度)` | one of these |
//! | `[数额]` | one of these characters |
//! | `x?`, `(…)?` | or nothing |
//! | `x*`, `(…)*` | or nothing, or several times |
//! | `.` | any one character |
//! | `#` | one or more digits |
//! | `~` | anything, also nothing |
//! | `\\(` | the character itself |
//!
//! Invariants: matching never takes more than a fixed number of steps; a substitution never replaces a digit.

use std::fmt;

/// Steps that one match may take; families of the vocabulary need a few dozen.
const MAX_STEPS: u32 = 4_000;

/// One instruction of a compiled family.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Op {
    Char(char),
    Class(Box<[char]>),
    Any,
    Digits,
    Run,
    /// Continue at the next instruction, or at this one.
    Split(usize),
    Jump(usize),
    End,
}

/// A compiled word family.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    ops: Vec<Op>,
    /// Characters that can stand first; `None`: any.
    first: Option<Vec<char>>,
    /// Characters that can stand last; `None`: any.
    last: Option<Vec<char>>,
    /// Bloom filter of all characters in the family; all ones with a wildcard.
    mask: u128,
    least: usize,
    most: usize,
}

/// Why a pattern is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PatternError {
    /// What is wrong, for a person.
    pub what: &'static str,
    /// At which character, from 1.
    pub at: usize,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (character {})", self.what, self.at)
    }
}

/// A pattern as a tree.
enum Node {
    Char(char),
    Class(Vec<char>),
    Any,
    Digits,
    Run,
    Either(Vec<Vec<Node>>),
    Maybe(Box<Node>),
    Many(Box<Node>),
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn fail<T>(&self, what: &'static str) -> Result<T, PatternError> {
        Err(PatternError { what, at: self.at + 1 })
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Node>, PatternError> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            let node = match c {
                ')' | '|' if depth > 0 => break,
                ')' => return self.fail("`)` without `(`"),
                '(' => {
                    self.at += 1;
                    let mut ways = vec![self.sequence(depth + 1)?];
                    while self.peek() == Some('|') {
                        self.at += 1;
                        ways.push(self.sequence(depth + 1)?);
                    }
                    if self.peek() != Some(')') {
                        return self.fail("`(` is not closed");
                    }
                    Node::Either(ways)
                }
                '[' => {
                    let rest = self.chars.get(self.at + 1..).unwrap_or_default();
                    let Some(close) = rest.iter().position(|&c| c == ']') else {
                        return self.fail("`[` is not closed");
                    };
                    self.at += close + 1;
                    Node::Class(rest.get(..close).unwrap_or_default().to_vec())
                }
                '?' | '*' => return self.fail("nothing to repeat before it"),
                '\\' => {
                    self.at += 1;
                    match self.peek() {
                        Some(c) => Node::Char(c),
                        None => return self.fail("nothing after the backslash"),
                    }
                }
                '.' => Node::Any,
                '#' => Node::Digits,
                '~' => Node::Run,
                '|' => return self.fail("`|` outside of `(…)`"),
                _ => Node::Char(c),
            };
            self.at += 1;
            let repeated = match self.peek() {
                Some('?') => Node::Maybe(Box::new(node)),
                Some('*') => Node::Many(Box::new(node)),
                _ => {
                    nodes.push(node);
                    continue;
                }
            };
            self.at += 1;
            nodes.push(repeated);
        }
        Ok(nodes)
    }
}

/// What can stand at an edge of some nodes: the characters (`None`: any), and whether they can be nothing at all.
struct Edge {
    chars: Option<Vec<char>>,
    empty: bool,
}

fn edge(nodes: &[Node], from_end: bool) -> Edge {
    let mut chars = Some(Vec::new());
    let mut step = |node: &Node| {
        let one = edge_of(node, from_end);
        match (&mut chars, one.chars) {
            (Some(all), Some(more)) => all.extend(more),
            (all, _) => *all = None,
        }
        one.empty
    };
    let empty = if from_end { nodes.iter().rev().all(&mut step) } else { nodes.iter().all(&mut step) };
    Edge { chars, empty }
}

fn edge_of(node: &Node, from_end: bool) -> Edge {
    match node {
        Node::Char(c) => Edge { chars: Some(vec![*c]), empty: false },
        Node::Class(class) => Edge { chars: Some(class.clone()), empty: false },
        Node::Digits => Edge { chars: Some(('0'..='9').collect()), empty: false },
        Node::Any => Edge { chars: None, empty: false },
        Node::Run => Edge { chars: None, empty: true },
        Node::Maybe(inner) | Node::Many(inner) => Edge { empty: true, ..edge_of(inner, from_end) },
        Node::Either(ways) => {
            let mut out = Edge { chars: Some(Vec::new()), empty: false };
            for way in ways {
                let one = edge(way, from_end);
                match (&mut out.chars, one.chars) {
                    (Some(all), Some(more)) => all.extend(more),
                    (all, _) => *all = None,
                }
                out.empty |= one.empty;
            }
            out
        }
    }
}

/// Shortest and longest text of some nodes.
fn span(nodes: &[Node]) -> (usize, usize) {
    nodes.iter().fold((0, 0), |(least, most), node| {
        let (a, b) = match node {
            Node::Char(_) | Node::Class(_) | Node::Any => (1, 1),
            Node::Digits => (1, 12),
            Node::Run | Node::Many(_) => (0, usize::MAX / 4),
            Node::Maybe(inner) => (0, span(std::slice::from_ref(inner)).1),
            Node::Either(ways) => {
                let spans = ways.iter().map(|way| span(way));
                spans.fold((usize::MAX, 0), |(least, most), (a, b)| (least.min(a), most.max(b)))
            }
        };
        (least.saturating_add(a), most.saturating_add(b))
    })
}

fn bit(c: char) -> u128 {
    1 << (u32::from(c) % 127)
}

/// The filter bits of a text.
fn bits(text: &[char]) -> impl Iterator<Item = u128> + '_ {
    text.iter().map(|&c| bit(c))
}

fn emit(nodes: &[Node], ops: &mut Vec<Op>, mask: &mut u128) {
    for node in nodes {
        match node {
            Node::Char(c) => {
                *mask |= bit(*c);
                ops.push(Op::Char(*c));
            }
            Node::Class(class) => {
                *mask |= class.iter().fold(0, |all, &c| all | bit(c));
                ops.push(Op::Class(class.clone().into_boxed_slice()));
            }
            Node::Any => {
                *mask = u128::MAX;
                ops.push(Op::Any);
            }
            Node::Run => {
                *mask = u128::MAX;
                ops.push(Op::Run);
            }
            Node::Digits => {
                *mask |= ('0'..='9').fold(0, |all, c| all | bit(c));
                ops.push(Op::Digits);
            }
            Node::Maybe(inner) | Node::Many(inner) => {
                let split = ops.len();
                ops.push(Op::Split(0));
                emit(std::slice::from_ref(inner), ops, mask);
                if matches!(node, Node::Many(_)) {
                    ops.push(Op::Jump(split));
                }
                let end = ops.len();
                if let Some(op) = ops.get_mut(split) {
                    *op = Op::Split(end);
                }
            }
            Node::Either(ways) => {
                let mut jumps = Vec::new();
                for (i, way) in ways.iter().enumerate() {
                    let split = (i + 1 < ways.len()).then(|| {
                        ops.push(Op::Split(0));
                        ops.len() - 1
                    });
                    emit(way, ops, mask);
                    jumps.push(ops.len());
                    ops.push(Op::Jump(0));
                    let next = ops.len();
                    if let Some(op) = split.and_then(|at| ops.get_mut(at)) {
                        *op = Op::Split(next);
                    }
                }
                let end = ops.len();
                for at in jumps {
                    if let Some(op) = ops.get_mut(at) {
                        *op = Op::Jump(end);
                    }
                }
            }
        }
    }
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong with it and at which character.
    pub(super) fn new(pattern: &str) -> Result<Self, PatternError> {
        let chars: Vec<char> = pattern.chars().filter(|c| !c.is_whitespace()).collect();
        let mut parser = Parser { chars: &chars, at: 0 };
        let nodes = parser.sequence(0)?;
        if nodes.is_empty() {
            return parser.fail("an empty pattern");
        }
        let (mut ops, mut mask) = (Vec::new(), 0);
        emit(&nodes, &mut ops, &mut mask);
        ops.push(Op::End);
        let (least, most) = span(&nodes);
        Ok(Self { first: edge(&nodes, false).chars, last: edge(&nodes, true).chars, ops, mask, least, most })
    }

    /// Characters that can stand first; `None`: any.
    pub(super) fn first(&self) -> Option<&[char]> {
        self.first.as_deref()
    }

    /// Characters that can stand last; `None`: any.
    pub(super) fn last(&self) -> Option<&[char]> {
        self.last.as_deref()
    }

    /// Whether it holds a wildcard, so that a near miss would mean nothing.
    pub(super) fn is_open(&self) -> bool {
        self.mask == u128::MAX
    }

    /// Whether the whole text belongs to the family.
    pub(super) fn matches(&self, text: &[char]) -> bool {
        let may_end = |chars: &Vec<char>| text.last().is_none_or(|last| chars.contains(last));
        self.last.as_ref().is_none_or(may_end) && self.fits(text, 0)
    }

    /// Whether the whole text belongs to the family but for one substituted character.
    pub(super) fn nearly(&self, text: &[char]) -> bool {
        !self.is_open() && self.fits(text, 1)
    }

    fn fits(&self, text: &[char], wrong: u32) -> bool {
        if text.len() < self.least || text.len() > self.most {
            return false;
        }
        let strange = bits(text).filter(|bit| self.mask & bit == 0).count();
        strange <= wrong as usize && self.walk(0, text, wrong, &mut MAX_STEPS.clone())
    }

    fn walk(&self, mut pc: usize, mut text: &[char], mut wrong: u32, steps: &mut u32) -> bool {
        loop {
            if *steps == 0 {
                return false;
            }
            *steps -= 1;
            let head = text.split_first();
            match self.ops.get(pc) {
                None => return false,
                Some(Op::End) => return text.is_empty(),
                Some(Op::Jump(to)) => pc = *to,
                Some(Op::Split(to)) => {
                    if self.walk(pc + 1, text, wrong, steps) {
                        return true;
                    }
                    pc = *to;
                }
                Some(Op::Run) => {
                    return (0..=text.len())
                        .any(|n| self.walk(pc + 1, text.get(n..).unwrap_or_default(), wrong, steps));
                }
                Some(Op::Digits) => {
                    let n = text.iter().take_while(|c| c.is_ascii_digit()).count();
                    if n == 0 {
                        return false;
                    }
                    text = text.get(n..).unwrap_or_default();
                    pc += 1;
                }
                Some(one @ (Op::Char(_) | Op::Class(_) | Op::Any)) => {
                    let Some((&c, rest)) = head else { return false };
                    let same = match one {
                        Op::Char(want) => *want == c,
                        Op::Class(class) => class.contains(&c),
                        _ => true,
                    };
                    if !same {
                        if wrong == 0 || c.is_ascii_digit() {
                            return false;
                        }
                        wrong -= 1;
                    }
                    text = rest;
                    pc += 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_family_holds_its_members_and_no_others() {
        let family = Pattern::new("(年初|年度)?(批复)?预算[数额]?").unwrap();
        for word in ["预算", "预算数", "年初预算数", "年度批复预算额", "批复预算"] {
            assert!(family.matches(&chars(word)), "{word}");
        }
        for word in ["", "年初", "预算数据", "年初年度预算", "决算数"] {
            assert!(!family.matches(&chars(word)), "{word}");
        }
        assert_eq!(family.first().unwrap().len(), 4);
        assert!(family.last().unwrap().contains(&'算') && family.last().unwrap().contains(&'额'));
    }

    #[test]
    fn wildcards_and_digits() {
        let family = Pattern::new("#-#月(执行|支出)[数率]").unwrap();
        assert!(family.matches(&chars("1-12月执行率")));
        assert!(!family.matches(&chars("1-月执行率")));
        assert!(Pattern::new("~满意度~").unwrap().matches(&chars("群众满意度")));
        assert!(Pattern::new("~满意度~").unwrap().is_open());
    }

    #[test]
    fn one_wrong_character_is_near_and_two_are_not() {
        let family = Pattern::new("(项目)?实施单位").unwrap();
        assert!(family.nearly(&chars("实拖单位")));
        assert!(family.nearly(&chars("顶目实施单位")));
        assert!(!family.nearly(&chars("实拖单立")));
        assert!(!family.nearly(&chars("实施3位")));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (pattern, at) in [("(a", 3), ("a)", 2), ("?", 1), ("[ab", 1), ("a|b", 2), ("", 1)] {
            assert_eq!(Pattern::new(pattern).unwrap_err().at, at, "{pattern}");
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let pattern = Pattern::new(&format!("{}b", "~a".repeat(60))).unwrap();
        assert!(!pattern.matches(&vec!['a'; 200]));
    }
}
