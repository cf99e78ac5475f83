//! The plan: which inputs there are, each exactly once.
//!
//! Why: no submission may be lost silently. The list of everything met is made before anything is opened, and every
//! entry of it ends as one row of `submissions`.
//!
//! Input → output: folders and files as given ([`Scope`]) → the sorted list of [`Input`]s ([`discover`]); an input → its
//! items, the file itself or a bundle and its members, with their bytes ([`load`]).
//!
//! Invariants: no symbolic link is followed; only regular files are opened; bytes are read once, and those that are
//! hashed are those that are parsed; bundles are read in memory and names in them are labels only.

mod bundle;
mod load;
mod names;
mod walk;

pub use bundle::bundle_status;
pub use load::{Content, Item, load};
pub use names::settled;
pub use walk::{Input, NoInput, Scope, discover};
