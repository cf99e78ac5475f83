//! All integration tests, as modules of one binary.

#[cfg(test)]
mod committed;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod render;
mod sample;
