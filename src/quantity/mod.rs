//! Quantities of the field: exact decimals, money, points, text that is shared, and the four kinds of "nothing".
//!
//! Why: a binary float cannot hold a hundredth of a point, and a blank cell is not a zero. Every figure that travels
//! through the program is one of these types; floats enter only through [`Decimal::from_f64`].
//!
//! Invariants: no operation rounds unless its name says so, rounding is half away from zero ("half-up"),
//! overflow is `None` and never a wrapped or saturated value. Knows nothing of files, sheets or forms.

mod decimal;
mod entry;
mod money;
mod place;
mod points;
mod text;

pub use decimal::Decimal;
pub(crate) use decimal::div_half_up;
pub use entry::Entry;
pub use money::{Amount, Money, MoneyUnit};
pub use place::{Area, CellRef, column_name};
pub use points::Points;
pub use text::Text;
