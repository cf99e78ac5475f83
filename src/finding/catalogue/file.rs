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
    /// A sheet that is not shown holds something.
    HIDDEN_SHEET = "F03", Info, v 1 {
        name: "隐藏的工作表" / "hidden sheet",
        message: "这张工作表是隐藏的，里面有内容。" / "this sheet is hidden and holds something.",
        advice: "请确认隐藏表是否属于本次报送。" / "Confirm whether it belongs to the submission.",
        why: "看不见的表也会被读到，审核的人应当知道" / "a sheet that nobody sees is read all the same, and a reviewer should know",
        how: "工作表状态为 hidden 或 veryHidden，且至少有一个单元格有内容" / "state hidden or veryHidden, and at least one cell holds something",
        source: "ECMA-376",
    }
    /// Hidden rows or columns hold something.
    HIDDEN_CELLS = "F04", Info, v 1 {
        name: "隐藏行列中有内容" / "hidden rows or columns hold something",
        message: "隐藏的行或列里有内容：{cells}。" / "hidden rows or columns hold something: {cells}.",
        advice: "请取消隐藏后核对，这些内容已照常读取。" / "Unhide and check them; they were read as usual.",
        why: "隐藏的数字照样进入合计，却没有人看见" / "hidden figures count like others, but nobody sees them",
        how: "行或列带有隐藏标志（包括筛选隐藏），且其中单元格有内容" / "row or column is hidden, by hand or by a filter, and a cell in it holds something",
        source: "ECMA-376",
    }
    /// A formula has no cached value.
    FORMULA_WITHOUT_VALUE = "F05", Warning, v 1 {
        name: "公式没有结果" / "formula without a value",
        message: "公式没有保存计算结果：{cells}。" / "formulas without a stored result: {cells}.",
        advice: "请在 Excel 或 WPS 中打开，重新计算后保存重报。" / "Open it in Excel or WPS, recalculate, save and hand in again.",
        why: "程序不计算公式，没有结果的公式等于没有填" / "the program computes no formulas; one without a result is as good as blank",
        how: "单元格有公式，没有缓存值" / "the cell has a formula and no cached value",
        source: "ECMA-376",
    }
    /// A form on a hidden sheet is a copy of one that is shown.
    HIDDEN_COPY = "F06", Warning, v 1 {
        name: "隐藏表是同一张表的副本，未采用" / "a copy on a hidden sheet was left out",
        message: "这张隐藏的工作表里有与可见工作表相同部门、项目、年度的同一种表，未采用。" / "this hidden sheet holds the same kind of form for the same department, project and year as a sheet that is shown; it was left out.",
        advice: "请删去隐藏的旧表；如应以隐藏表为准，请取消隐藏并删去另一张。" / "Delete the hidden copy; if it is the one that counts, unhide it and delete the other.",
        why: "看不见的旧稿不应与正表一并计分" / "an old draft that nobody sees must not be scored beside the form itself",
        how: "表种、部门、项目、年度都与可见工作表上的一张相同" / "kind, department, project and year equal those of a form on a sheet that is shown",
        source: "ECMA-376",
    }
}
