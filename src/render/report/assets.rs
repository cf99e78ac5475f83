//! Style and scripts of the page, embedded in the program.
//!
//! Each script carries two digests: one that a test compares, so that a change is seen, and one for the page's policy, by which
//! a browser runs these two scripts and no other. `assets/digests.sh` prints both for both.

/// A script that the page runs.
pub(super) struct Script {
    /// Its text.
    pub(super) text: &'static str,
    /// SHA-256 of its bytes in base 64, as the policy wants it.
    csp: &'static str,
    /// BLAKE3 of the same, in hexadecimal, which guards the text against a change that nobody sees.
    #[cfg(test)]
    blake3: &'static str,
}

/// Apache ECharts, only what the page draws with; built by `assets/echarts/build.sh`.
pub(super) const ECHARTS: Script = Script {
    text: include_str!("assets/echarts/echarts.min.js"),
    csp: "VxMLvqvjGMVKVCQEMx0TNtoqk7tdhdQloQ5+NLoEHYo=",
    #[cfg(test)]
    blake3: "fa1e77ab3672373b836eb7cbf830386ba5aa0d8d2da5f5e467dddb95c9a4da41",
};

/// What the page itself does.
pub(super) const SCRIPT: Script = Script {
    text: include_str!("assets/page.js"),
    csp: "o1c1sn4DO96AigYpG83zkAn1XqrL379NWyKQ6t0Ao6U=",
    #[cfg(test)]
    blake3: "4fbd2806340b235ddadc2b23a01e347281555bef692b3017d04f831de4dc7886",
};

/// The look.
pub(super) const STYLE: &str = include_str!("assets/page.css");

/// The sources of script that the policy allows.
pub(super) fn script_sources() -> String {
    format!("'sha256-{}' 'sha256-{}'", ECHARTS.csp, SCRIPT.csp)
}

#[cfg(test)]
mod tests {
    use super::{ECHARTS, SCRIPT, STYLE};

    #[test]
    fn scripts_are_those_whose_digests_are_declared() {
        for (name, script) in [("echarts.min.js", &ECHARTS), ("page.js", &SCRIPT)] {
            let digest = blake3::hash(script.text.as_bytes()).to_hex();
            assert_eq!(&*digest, script.blake3, "{name} changed: put what assets/digests.sh prints into assets.rs");
        }
    }

    #[test]
    fn nothing_ends_its_element_or_asks_for_another_file() {
        for text in [ECHARTS.text, SCRIPT.text] {
            assert!(!text.contains("</script") && !text.contains("<!--") && !text.contains("eval("));
        }
        assert!(!STYLE.contains("</style") && !STYLE.contains("url(") && !STYLE.contains("@import"));
    }

    #[test]
    fn the_licence_of_the_charts_stays_with_them() {
        assert!(ECHARTS.text.starts_with("/*!\n* Licensed to the Apache Software Foundation"));
    }
}
