//! All integration tests, as modules of one binary.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod command;
#[cfg(test)]
mod committed;
#[cfg(test)]
mod compare;
#[cfg(test)]
mod csv;
#[cfg(test)]
mod dependencies;
#[cfg(test)]
mod district;
#[cfg(test)]
mod durable;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod incremental;
#[cfg(test)]
mod interrupted;
#[cfg(test)]
mod layouts;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod mutant;
#[cfg(test)]
mod ranking;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod render;
#[cfg(test)]
mod repeat;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod run;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod silent;
