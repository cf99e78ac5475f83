//! What a cell looks like, as a value; [`super::look`] makes a format of it.

/// The font's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Body, 10 points.
    Body,
    /// Notes, meta lines and source links, 9 points.
    Small,
    /// Heads, totals, block titles, 10 points in the heading face.
    Head,
    /// Block titles, 11 points in the heading face.
    Block,
    /// Title of a sheet, 16 points.
    Title,
    /// Figure of a card, 17 points.
    Figure,
}

/// Colour of the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tone {
    /// Text.
    Ink,
    /// Secondary figures, notes.
    Muted,
    /// Links, always underlined.
    Link,
    /// Figures of cards.
    Navy,
    /// Remarks beside a copied form.
    Accent,
}

/// Background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Fill {
    /// None.
    None,
    /// Heads.
    Head,
    /// Cells that may be changed.
    Answer,
    /// Cards.
    Card,
    /// Cells to be checked.
    Warn,
    /// Cells to be corrected.
    Error,
}

/// Lines at the sides, for copies of forms; tables have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Edge {
    /// None.
    None,
    /// A thin line all around, as official forms are drawn.
    Grid,
    /// A thick line all around a marked cell.
    Mark,
    /// A thick line at the left of a remark.
    Remark,
    /// A white line at the right that sets a card off from its neighbour.
    Gap,
}

/// A line of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Line {
    /// None.
    None,
    /// Between rows.
    Hair,
    /// Under a group of heads.
    Dashed,
    /// 0.75 pt.
    Thin,
    /// 1.5 pt.
    Thick,
    /// Above a card.
    Card,
}

/// Horizontal place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Align {
    /// Left.
    Left,
    /// Centre.
    Centre,
    /// Right.
    Right,
}

/// Number format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Num {
    /// General.
    General,
    /// Money in 万元.
    Money,
    /// Change of money, with sign.
    MoneyChange,
    /// Points.
    Points,
    /// Difference of points, with sign.
    PointsChange,
    /// Unrounded points.
    Points5,
    /// Execution rate.
    Rate,
    /// Share.
    Share,
    /// Rank.
    Rank,
    /// Rank change.
    RankChange,
    /// Count.
    Count,
    /// Change of a count, with sign.
    CountChange,
    /// Count of files, 0 shown as a dash.
    Files,
}

impl Num {
    /// As spreadsheets write it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Money => "#,##0.00",
            Self::MoneyChange => "+#,##0.00;-#,##0.00;0.00",
            Self::Points => "0.00",
            Self::PointsChange => "+0.00;-0.00;0.00",
            Self::Points5 => "0.00000",
            Self::Rate => "0.00%",
            Self::Share => "0.0%",
            Self::Rank => "0",
            Self::RankChange => "\"▲\"0;\"▼\"0;\"－\"",
            Self::Count => "#,##0",
            Self::CountChange => "+#,##0;-#,##0;0",
            Self::Files => "0;-0;\"—\"",
        }
    }
}

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Style {
    /// Font.
    pub(crate) role: Role,
    /// Bold.
    pub(crate) bold: bool,
    /// Colour of the type.
    pub(crate) tone: Tone,
    /// Background.
    pub(crate) fill: Fill,
    /// Line above.
    pub(crate) above: Line,
    /// Line below.
    pub(crate) below: Line,
    /// Horizontal place.
    pub(crate) align: Align,
    /// Indent in steps.
    pub(crate) indent: u8,
    /// Number format.
    pub(crate) num: Num,
    /// Lines at the sides.
    pub(crate) edge: Edge,
    /// Whether it can be written into on a protected sheet.
    pub(crate) unlocked: bool,
    /// Whether text wraps.
    pub(crate) wrap: bool,
    /// Whether text is marked as text although it looks like a formula.
    pub(crate) quote: bool,
}

impl Style {
    /// Plain body text.
    pub(crate) const BODY: Self = Self {
        role: Role::Body,
        bold: false,
        tone: Tone::Ink,
        fill: Fill::None,
        above: Line::None,
        below: Line::None,
        align: Align::Left,
        indent: 0,
        num: Num::General,
        edge: Edge::None,
        unlocked: false,
        wrap: false,
        quote: false,
    };
    /// A cell of a table.
    pub(crate) const CELL: Self = Self { below: Line::Hair, ..Self::BODY };
    /// Text of a table that may need several lines.
    pub(crate) const TEXT: Self = Self { wrap: true, ..Self::CELL };
    /// Small text of a table that may need several lines, set off from a number before it.
    pub(crate) const NOTE: Self = Self { role: Role::Small, wrap: true, indent: 1, ..Self::CELL };
    /// A link of a table.
    pub(crate) const LINK: Self = Self { role: Role::Small, tone: Tone::Link, indent: 1, ..Self::CELL };
    /// Head of a column.
    pub(crate) const HEAD: Self =
        Self { role: Role::Head, bold: true, fill: Fill::Head, align: Align::Centre, wrap: true, ..Self::BODY };
    /// Label of a total.
    pub(crate) const TOTAL: Self =
        Self { role: Role::Head, bold: true, above: Line::Thin, below: Line::Thick, ..Self::BODY };

    /// A figure of a table.
    pub(crate) const fn figure(num: Num) -> Self {
        let align = match num {
            Num::Rank | Num::RankChange | Num::Count | Num::CountChange | Num::Files => Align::Centre,
            Num::General => Align::Left,
            Num::Money | Num::MoneyChange | Num::Points | Num::PointsChange | Num::Points5 | Num::Rate | Num::Share => {
                Align::Right
            }
        };
        Self { align, num, ..Self::CELL }
    }

    /// A figure of a total row.
    pub(crate) const fn total(num: Num) -> Self {
        let figure = Self::figure(num);
        Self { align: figure.align, num, ..Self::TOTAL }
    }

    /// In bold.
    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// In the colour of secondary figures.
    pub(crate) const fn muted(self) -> Self {
        Self { tone: Tone::Muted, ..self }
    }

    /// In the middle.
    pub(crate) const fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }

    /// At the right.
    pub(crate) const fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// With an indent.
    pub(crate) const fn indented(self, steps: u8) -> Self {
        Self { indent: steps, ..self }
    }

    /// In small type.
    pub(crate) const fn small(self) -> Self {
        Self { role: Role::Small, ..self }
    }

    /// With another line below.
    pub(crate) const fn below(self, line: Line) -> Self {
        Self { below: line, ..self }
    }

    /// With another line above.
    pub(crate) const fn above(self, line: Line) -> Self {
        Self { above: line, ..self }
    }

    /// With a background.
    pub(crate) const fn filled(self, fill: Fill) -> Self {
        Self { fill, ..self }
    }
}
