#![no_main]
libfuzzer_sys::fuzz_target!(init: jixiao_fuzz::plant("xlsb"), |data: &[u8]| jixiao_fuzz::run("xlsb", data));
