//! About how a form was read (`R..`).

rules! {
    /// Numeric cells of a form that nobody claimed.
    UNCLAIMED = "R01", Info, v 1 {
        name: "表内有未识别的数字" / "numbers nobody claimed",
        message: "表内有 {count} 个数字没有归入任何栏目：{cells}。" / "{count} numbers of the form belong to no known column: {cells}.",
        advice: "这些数字没有参与计算；如属正表内容，请用 inspect 查看。" / "They take no part in any computation; look at them with inspect.",
        why: "任何数字都不能不声不响地丢掉" / "no number is dropped silently",
        how: "识别出的表内每个数字单元格，要么归入一个栏目，要么列在这里" / "each numeric cell of a recognised form is claimed by a field or listed here",
        source: "INTERFACE 3 amounts",
    }
}
