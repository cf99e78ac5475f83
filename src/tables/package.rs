//! `datapackage.json`: the CSV files described for other programs (Frictionless Data).

use super::{Column, Kind, Row};
use crate::finding::{Lang, Words};
use serde_json::{Value, json};

/// The description of one table.
pub(crate) struct Resource {
    name: &'static str,
    about: Words,
    columns: &'static [Column],
}

impl Resource {
    /// Of a table.
    pub(crate) const fn of<R: Row>() -> Self {
        Self { name: R::TABLE, about: R::ABOUT, columns: R::COLUMNS }
    }
}

/// The package; titles in `lang`, descriptions in the other language, so that both stand there.
pub(crate) fn package(resources: &[Resource], lang: Lang) -> Value {
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let resources: Vec<Value> = resources
        .iter()
        .map(|r| {
            let fields: Vec<Value> = r
                .columns
                .iter()
                .map(|c| json!({"name": c.name, "type": field_type(c.kind), "title": c.about.get(lang), "description": c.about.get(other)}))
                .collect();
            json!({
                "name": r.name,
                "path": format!("{}.csv", r.name),
                "title": r.about.get(lang),
                "description": r.about.get(other),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
                "schema": {"fields": fields, "missingValues": [""]},
            })
        })
        .collect();
    json!({"name": "jixiao", "profile": "tabular-data-package", "resources": resources})
}

fn field_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code => "string",
        Kind::Int => "integer",
        Kind::Money | Kind::Points | Kind::Rate | Kind::Number => "number",
        Kind::Flag => "boolean",
    }
}
