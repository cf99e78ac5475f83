//! What the tables of one workbook say for each other.
//!
//! Why: of nine budget tables only the first names the department. Invariants: shared among budget tables only, and only
//! where the workbook names exactly one; an evaluation never takes a name from another form.

use crate::form::{Field, FieldExt, Form, Name};
use crate::quantity::Text;

/// Fills department, unit and year of budget tables from their companions.
pub(super) fn share(forms: &mut [Form]) {
    let budget = |f: &&Form| !f.kind.is_evaluation();
    let department = only(forms.iter().filter(budget).filter_map(|f| f.head.department.as_ref()), |f: &Field<Name>| {
        f.value().map(|n| n.name.clone())
    });
    let years: Vec<Field<u16>> = forms.iter().filter(budget).filter_map(|f| f.head.year.clone()).collect();
    let year = only(years.iter(), |f: &Field<u16>| f.value().map(|y| Text::from(y.to_string())));
    for form in forms.iter_mut().filter(|f| !f.kind.is_evaluation()) {
        if form.head.department.get().is_none() {
            form.head.department.clone_from(&department);
        }
        if form.head.year.get().is_none() {
            form.head.year.clone_from(&year);
        }
    }
}

/// The one value that all say, if there is exactly one.
fn only<'a, T: Clone + 'a>(all: impl Iterator<Item = &'a T>, key: impl Fn(&T) -> Option<Text>) -> Option<T> {
    let mut found: Option<(Text, T)> = None;
    for one in all {
        let Some(name) = key(one) else { continue };
        match &found {
            None => found = Some((name, one.clone())),
            Some((known, _)) if *known == name => {}
            Some(_) => return None,
        }
    }
    found.map(|(_, value)| value)
}
