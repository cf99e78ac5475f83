#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("docx"), |data: &[u8]| jixiao_fuzz::run("docx", data));
