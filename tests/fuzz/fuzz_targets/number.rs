#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("number"), |data: &[u8]| jixiao_fuzz::run("number", data));
