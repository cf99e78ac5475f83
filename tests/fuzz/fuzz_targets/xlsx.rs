#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("xlsx"), |data: &[u8]| jixiao_fuzz::run("xlsx", data));
