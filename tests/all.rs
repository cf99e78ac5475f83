//! All integration tests, as modules of one binary.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod committed;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod render;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod run;
#[cfg(test)]
mod sample;
