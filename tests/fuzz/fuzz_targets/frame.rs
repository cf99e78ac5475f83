#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("frame"), |data: &[u8]| jixiao_fuzz::run("frame", data));
