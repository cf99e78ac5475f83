#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("members"), |data: &[u8]| jixiao_fuzz::run("members", data));
