#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("goal"), |data: &[u8]| jixiao_fuzz::run("goal", data));
