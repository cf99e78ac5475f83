//! About several files together (`D..`, and those of the bureau's list that need more than one form).

rules! {
    /// A department of the register has handed in nothing.
    NOT_HANDED_IN = "D01", Info, v 1 {
        name: "应报未报" / "not handed in",
        message: "{department} 在名册中，但没有收到可采用的报送。" / "{department} is in the register but nothing usable was received.",
        advice: "请催报，或检查未能采用的文件是否属于该部门。" / "Ask for it, or look whether a rejected file is theirs.",
        why: "漏报的部门不能不声不响地从排名里消失" / "a missing department must not vanish from the ranking",
        how: "名册中的部门减去已采用的报送" / "departments of the register less those with an imported submission",
        source: "财预〔2020〕10号",
    }
}
