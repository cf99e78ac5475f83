#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("ods"), |data: &[u8]| jixiao_fuzz::run("ods", data));
