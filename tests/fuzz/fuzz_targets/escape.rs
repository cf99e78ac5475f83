#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("escape"), |data: &[u8]| jixiao_fuzz::run("escape", data));
