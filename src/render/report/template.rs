//! Templates and what may pass them unescaped.
//!
//! Input: data as `serde` sees it. Output: HTML. Everything printed is escaped, except what is wrapped in [`Safe`], which only
//! the constructors here make: markup that a template or a row of a table rendered, the page's own style and scripts, and
//! JSON made harmless.

use super::table::Row;
use crate::finding::Lang;
use crate::render::{RenderError, words};
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// The templates by name.
const TEMPLATES: [(&str, &str); 8] = [
    ("page.html", include_str!("templates/page.html")),
    ("overview.html", include_str!("templates/overview.html")),
    ("section.html", include_str!("templates/section.html")),
    ("table.html", include_str!("templates/table.html")),
    ("findings.html", include_str!("templates/findings.html")),
    ("cards.html", include_str!("templates/cards.html")),
    ("method.html", include_str!("templates/method.html")),
    ("compared.html", include_str!("templates/compared.html")),
];

/// Text that is printed as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Safe(Value);

impl Safe {
    fn new(text: String) -> Self {
        Self(Value::from_safe_string(text))
    }

    /// Rows of a table, each gone before the next; `head` is the column that heads them.
    pub(super) fn rows(rows: impl Iterator<Item = Row>, head: usize) -> Self {
        let mut out = String::new();
        rows.for_each(|row| row.write(head, &mut out));
        Self::new(out)
    }

    /// A style sheet of the page's own.
    pub(super) fn css(text: String) -> Self {
        Self::new(text)
    }

    /// A script of the page's own.
    pub(super) fn script(text: &str) -> Self {
        Self::new(text.to_owned())
    }

    /// Data for the script: JSON in which no `<` is left to end the element, and no character that older script engines take
    /// for the end of a line.
    pub(super) fn json(data: &impl Serialize) -> Result<Self, RenderError> {
        let plain = serde_json::to_string(data)?;
        let mut out = String::with_capacity(plain.len());
        for c in plain.chars() {
            match c {
                '<' => out.push_str("\\u003c"),
                '>' => out.push_str("\\u003e"),
                '&' => out.push_str("\\u0026"),
                '\u{2028}' => out.push_str("\\u2028"),
                '\u{2029}' => out.push_str("\\u2029"),
                c => out.push(c),
            }
        }
        Ok(Self::new(out))
    }
}

impl Serialize for Safe {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The templates, ready to render in one language.
pub(super) struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// Reads the templates; the words of the page are known to all of them as `words`.
    pub(super) fn new(lang: Lang) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_formatter(escape);
        let said: BTreeMap<&str, &str> = words::PAGE.iter().map(|(name, words)| (*name, words.get(lang))).collect();
        environment.add_global("words", Value::from(Serde(said)));
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        Ok(Self { environment })
    }

    /// The template filled with `data`.
    pub(super) fn render(&self, name: &str, data: &impl Serialize) -> Result<String, RenderError> {
        Ok(self.environment.get_template(name)?.render(Serde(data))?)
    }

    /// The same as a part of another template.
    pub(super) fn part(&self, name: &str, data: &impl Serialize) -> Result<Safe, RenderError> {
        self.render(name, data).map(Safe::new)
    }
}

/// Escapes text. The engine's own escaping does `/` as well, which would add five bytes to every step of every path.
fn escape(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let is_plain_text = value.kind() == ValueKind::String && !value.is_safe();
    let Some(text) = value.as_str().filter(|_| is_plain_text && matches!(state.auto_escape(), AutoEscape::Html)) else {
        return minijinja::escape_formatter(out, state, value);
    };
    Ok(write_escaped(text, |piece| out.write_str(piece))?)
}

/// The same for text that passes no template.
pub(super) fn escaped(text: &str, out: &mut String) {
    // A text takes whatever is written.
    let _ = write_escaped(text, |piece| out.write_str(piece));
}

/// Writes text without what HTML gives a meaning to, in text and in quoted attributes.
fn write_escaped(text: &str, mut write: impl FnMut(&str) -> fmt::Result) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, after) = rest.split_at(at);
        write(before)?;
        let mut chars = after.chars();
        write(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = chars.as_str();
    }
    write(rest)
}

#[cfg(test)]
mod tests {
    use super::{Safe, Templates};
    use crate::finding::Lang;

    #[test]
    fn text_never_becomes_markup() {
        let templates = Templates::new(Lang::Zh).unwrap();
        let data =
            serde_json::json!({ "items": [{ "name": "<script>alert('1')</script>", "how": "a & b \"c\" d/e" }] });
        let html = templates.render("method.html", &data).unwrap();
        assert!(html.contains("<dt>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</dt>"), "{html}");
        assert!(html.contains("<dd>a &amp; b &quot;c&quot; d/e</dd>"), "{html}");
    }

    #[test]
    fn json_cannot_end_its_element() {
        let Safe(value) = Safe::json(&["</script><!--", "a\u{2028}b", "&amp;"]).unwrap();
        assert_eq!(value.to_string(), r#"["\u003c/script\u003e\u003c!--","a\u2028b","\u0026amp;"]"#);
    }
}
