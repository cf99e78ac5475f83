//! Colours, faces and formats of the workbooks, in one place.
//!
//! Grades fall evenly in lightness (L* 86, 73, 61, 31), so that grey print keeps their order and colour-blind readers tell
//! neighbours apart; there is no red–green pair. Faces exist on Windows, in WPS and on Linux desktops; charset 134 lets a
//! program without them take another Chinese face.

use super::style::{Align, Edge, Fill, Line, Role, Style, Tone};
use crate::finding::Lang;
use crate::settings::{Grade, Settings};
use rust_xlsxwriter::{ChartFont, Format, FormatAlign, FormatBorder, FormatUnderline};

/// Text.
pub(crate) const INK: u32 = 0x001B_2733;
/// Notes and secondary figures.
pub(crate) const MUTED: u32 = 0x0052_606D;
/// Figures and rules of cards, tab of 总览.
pub(crate) const NAVY: u32 = 0x001F_4E79;
/// Bars and dots, tabs of results.
pub(crate) const BLUE: u32 = 0x002F_6DA8;
/// Links.
pub(crate) const LINK: u32 = 0x000B_5CAD;
/// Marks and call-outs, tab of 问题清单.
pub(crate) const ACCENT: u32 = 0x00B4_5309;
/// Tabs of housekeeping.
pub(crate) const GREY: u32 = 0x008A_96A3;
/// Data bars.
pub(crate) const BAR: u32 = 0x00C9_DCEC;
/// Fill of a warning.
pub(crate) const WARN: u32 = 0x00FB_E9D0;
/// Fill of an error.
pub(crate) const ERROR: u32 = 0x00F6_D5C6;
/// Dark end of the heat map.
pub(crate) const HEAT: u32 = 0x00DE_9B4A;
/// Paper.
pub(crate) const WHITE: u32 = 0x00FF_FFFF;
/// Lines between rows and in charts.
pub(crate) const RULE: u32 = 0x00C5_CED8;
/// Fill of heads.
const HEAD: u32 = 0x00E6_EDF4;
/// Fill of cells that may be changed.
const ANSWER: u32 = 0x00FF_F5D6;
/// Lines of a copied form.
const GRID: u32 = 0x005B_6875;
/// Fill of cards.
const CARD: u32 = 0x00F3_F7FB;

/// The colour of a grade.
pub(crate) const fn grade_colour(grade: Grade) -> u32 {
    match grade {
        Grade::Excellent => 0x00C3_DAEE,
        Grade::Good => 0x008D_B7DA,
        Grade::Fair => 0x00CC_8433,
        Grade::Poor => 0x007F_2E0E,
    }
}

/// The colour of type upon a grade's colour.
pub(crate) const fn on_grade(grade: Grade) -> u32 {
    match grade {
        Grade::Excellent | Grade::Good => INK,
        Grade::Fair => 0x0000_0000,
        Grade::Poor => WHITE,
    }
}

/// Faces for a language and the wish of the configuration.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    title: &'static str,
    head: &'static str,
    body: &'static str,
    charset: u8,
}

impl Look {
    /// 黑体 and 宋体; 方正小标宋 and 仿宋 where official documents are wanted; Arial in English.
    pub(crate) const fn new(settings: &Settings, lang: Lang) -> Self {
        match (lang, settings.look.official_fonts) {
            (Lang::En, _) => Self { title: "Arial", head: "Arial", body: "Arial", charset: 0 },
            (Lang::Zh, false) => Self { title: "黑体", head: "黑体", body: "宋体", charset: 134 },
            (Lang::Zh, true) => {
                Self { title: "方正小标宋简体", head: "黑体", body: "仿宋_GB2312", charset: 134 }
            }
        }
    }

    /// Size of type in points.
    pub(crate) const fn size(role: Role) -> f64 {
        match role {
            Role::Body | Role::Head => 10.0,
            Role::Small => 9.0,
            Role::Block => 11.0,
            Role::Title => 16.0,
            Role::Figure => 17.0,
        }
    }

    /// The face of untouched cells.
    pub(crate) fn default_format(&self) -> Format {
        self.font(Role::Body)
    }

    fn font(&self, role: Role) -> Format {
        let name = match role {
            Role::Body | Role::Small => self.body,
            Role::Head | Role::Block | Role::Figure => self.head,
            Role::Title => self.title,
        };
        Format::new().set_font_name(name).set_font_size(Self::size(role)).set_font_charset(self.charset)
    }

    /// The format of a style.
    pub(crate) fn format(&self, style: Style) -> Format {
        let mut format = self.font(style.role).set_align(FormatAlign::VerticalCenter).set_num_format(style.num.code());
        format = match style.tone {
            Tone::Ink => format.set_font_color(INK),
            Tone::Muted => format.set_font_color(MUTED),
            Tone::Navy => format.set_font_color(NAVY),
            Tone::Accent => format.set_font_color(ACCENT),
            Tone::Link => format.set_font_color(LINK).set_underline(FormatUnderline::Single),
        };
        format = match style.fill {
            Fill::None => format,
            Fill::Head => format.set_background_color(HEAD),
            Fill::Answer => format.set_background_color(ANSWER),
            Fill::Card => format.set_background_color(CARD),
            Fill::Warn => format.set_background_color(WARN),
            Fill::Error => format.set_background_color(ERROR),
        };
        format = match style.align {
            Align::Left => format.set_align(FormatAlign::Left),
            Align::Centre => format.set_align(FormatAlign::Center),
            Align::Right => format.set_align(FormatAlign::Right),
        };
        if let Some((border, colour)) = border(style.above) {
            format = format.set_border_top(border).set_border_top_color(colour);
        }
        if let Some((border, colour)) = border(style.below) {
            format = format.set_border_bottom(border).set_border_bottom_color(colour);
        }
        format = match style.edge {
            Edge::None => format,
            Edge::Grid => format.set_border(FormatBorder::Thin).set_border_color(GRID),
            Edge::Mark => format.set_border(FormatBorder::Medium).set_border_color(ACCENT),
            Edge::Remark => format.set_border_left(FormatBorder::Thick).set_border_left_color(ACCENT),
            Edge::Gap => format.set_border_right(FormatBorder::Thick).set_border_right_color(WHITE),
        };
        if style.unlocked {
            format = format.set_unlocked();
        }
        if style.bold {
            format = format.set_bold();
        }
        if style.indent > 0 {
            format = format.set_indent(style.indent);
        }
        // Programs do not agree on breaking a link into lines; a long one is shown smaller.
        if style.wrap && style.tone == Tone::Link {
            format = format.set_shrink();
        } else if style.wrap {
            format = format.set_text_wrap();
        }
        if style.quote {
            format = format.set_quote_prefix();
        }
        format
    }

    /// Type of charts.
    pub(crate) fn chart_font(&self, size: f64, colour: u32, bold: bool) -> ChartFont {
        let mut font = ChartFont::new();
        font.set_name(self.head).set_size(size).set_color(colour).set_character_set(self.charset);
        if bold {
            font.set_bold();
        } else {
            font.unset_bold();
        }
        font
    }
}

const fn border(line: Line) -> Option<(FormatBorder, u32)> {
    match line {
        Line::None => None,
        Line::Hair => Some((FormatBorder::Hair, RULE)),
        Line::Dashed => Some((FormatBorder::Dotted, MUTED)),
        Line::Thin => Some((FormatBorder::Thin, INK)),
        Line::Thick => Some((FormatBorder::Medium, INK)),
        Line::Card => Some((FormatBorder::Medium, NAVY)),
    }
}
