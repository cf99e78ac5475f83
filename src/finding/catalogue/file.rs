//! About files and containers, before any form is looked at (`F..`).

rules! {
    /// A file was rejected.
    REJECTED = "F01", Error, v 1 {
        name: "文件未能采用" / "file rejected",
        message: "{reason}。{detail}" / "{reason}. {detail}",
        advice: "" / "",
        why: "没有读到的报送等于没有报，部门会被列为应报未报" / "a submission that was not read counts as not handed in",
        how: "按文件内容而不是扩展名判断；原因代码见 submissions.reason" / "judged by content, never by extension; the code stands in submissions.reason",
        source: "INTERFACE 3 submissions",
    }
    /// Something odd in a container was read all the same.
    REPAIRED = "F02", Info, v 1 {
        name: "文件有小毛病，已照常读出" / "oddity read all the same",
        message: "{detail}" / "{detail}",
        advice: "请在 Excel 或 WPS 中打开核对，另存一次。" / "Open it in Excel or WPS, check it and save it once more.",
        why: "程序的读法与制表软件可能不同，须由人看一眼" / "other programs may read it differently",
        how: "读取时遇到规范之外、但含义唯一的写法" / "something outside the specification with only one meaning",
        source: "ECMA-376",
    }
}
