//! About the contents of one form (`S..`, numbered as the bureau's list of checks).

rules! {
    /// The weights do not add up.
    WEIGHTS_DO_NOT_ADD_UP = "S01", Error, v 1 {
        name: "分值合计不符" / "weights do not add up",
        message: "{what}：报送 {given} 分，应为 {expected} 分，相差 {difference} 分。" / "{what}: given {given} points, expected {expected}, difference {difference}.",
        advice: "请核对各项分值后更正。" / "Check the weights and correct them.",
        why: "分值不等于 100 时，得分和等级都不可比" / "scores and grades cannot be compared unless the weights add up to 100",
        how: "三级之和 = 二级 = 一级；合计 = 100；容差由小数位和项数推得" / "level 3 adds to level 2 and level 1, all to 100; tolerance derived from decimals and number of items",
        source: "财预〔2020〕10号",
    }
}
