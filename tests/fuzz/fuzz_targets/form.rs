#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("form"), |data: &[u8]| jixiao_fuzz::run("form", data));
