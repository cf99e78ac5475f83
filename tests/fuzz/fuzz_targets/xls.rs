#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("xls"), |data: &[u8]| jixiao_fuzz::run("xls", data));
