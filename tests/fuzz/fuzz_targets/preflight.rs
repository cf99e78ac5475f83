#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("preflight"), |data: &[u8]| jixiao_fuzz::run("preflight", data));
