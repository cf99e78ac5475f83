//! Colours of the page, light and dark, each declared once.
//!
//! Light: those of the workbooks, for paper and for grey print. Dark: the same order of attention, which then brightens
//! instead of darkening. Grades are even steps of lightness; there is no red–green pair.

use std::fmt::Write as _;

/// A variable with its light and its dark value.
const COLOURS: [(&str, &str, &str); 24] = [
    ("bg", "#fff", "#12181f"),
    ("surface", "#f5f8fb", "#1a232c"),
    ("ink", "#1b2733", "#e6ebf0"),
    ("muted", "#52606d", "#a5b1bd"),
    ("line", "#d5dce3", "#33404c"),
    ("head", "#e6edf4", "#22303d"),
    ("total", "#f3f5f7", "#1e2832"),
    ("navy", "#1f4e79", "#a9cff2"),
    ("blue", "#2f6da8", "#7db2e3"),
    ("link", "#0b5cad", "#8cc0f5"),
    ("accent", "#b45309", "#f2a65a"),
    ("bar", "#c9dcec", "#2c4a66"),
    ("warn", "#fbe9d0", "#4a3517"),
    ("error", "#f6d5c6", "#5a2b1b"),
    ("heat", "222,155,74", "214,140,58"),
    ("heat-by", "1", ".6"),
    ("grade0", "#c3daee", "#2f4a63"),
    ("grade1", "#8db7da", "#4a7ba8"),
    ("grade2", "#cc8433", "#d98f3d"),
    ("grade3", "#7f2e0e", "#ffc9a3"),
    ("on0", "#1b2733", "#fff"),
    ("on1", "#1b2733", "#fff"),
    ("on2", "#000", "#000"),
    ("on3", "#fff", "#000"),
];

/// The rules that set the variables: light unless the system or the button says dark, always light on paper.
pub(super) fn variables() -> String {
    let list = |pick: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        let mut out = String::new();
        for colour in &COLOURS {
            let _ = write!(out, "--{}:{};", colour.0, pick(colour));
        }
        out
    };
    let (light, dark) = (list(|c| c.1), list(|c| c.2));
    format!(
        ":root{{{light}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n\
         @media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}"
    )
}
