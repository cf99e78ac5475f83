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
    /// Two departments share a text.
    TEXT_COPIED = "D02", Info, v 1 {
        name: "文字与其他部门雷同" / "text shared with another department",
        message: "这段文字与 {file} 的 {place} 几乎相同。" / "This text is nearly the same as {place} of {file}.",
        advice: "请核对是否照抄。" / "Check whether it was copied.",
        why: "照抄的原因和目标不是本部门的实情" / "copied reasons and goals say nothing about the department",
        how: "去标点空白后不少于 30 字、编辑相似度不低于阈值（默认 0.90），或两张表有两段以上 15 字以上的文字完全相同；只比不同部门" / "at least 30 characters without punctuation and a similarity at or above the threshold (0.90), or two and more texts of 15 characters shared outright; different departments only",
        source: "财预〔2020〕10号",
    }
    /// The same project in two departments.
    PROJECT_IN_TWO_DEPARTMENTS = "S24", Warning, v 1 {
        name: "同一项目两个部门都报" / "project handed in by two departments",
        message: "“{given}”在 {department} 的 {file} 中也有报送。" / "\"{given}\" was handed in by {department} as well: {file}.",
        advice: "请核对由哪个部门负责，另一份撤回。" / "Find out whose it is and withdraw the other.",
        why: "同一项目算两次，全区合计就多一次" / "a project that counts twice is twice in the totals",
        how: "同表种、同年度：项目编码相同，或规范化名称与全年预算数都相同，而部门不同" / "same kind and year: same project code, or same normal name and revised budget, in different departments",
        source: "财预〔2020〕10号",
    }
    /// A department that the register does not know.
    NAME_NOT_IN_REGISTER = "S25", Warning, v 1 {
        name: "部门名称与名册不一致" / "department not in the register",
        message: "“{given}”不在部门名册中。" / "\"{given}\" is not in the register.",
        advice: "请用名册中的规范名称，或在名册中补充别名。" / "Use the name of the register, or add an alias to it.",
        why: "名称对不上，该表就归不到部门" / "without a match the form cannot be counted for its department",
        how: "编码、全名、别名、规范化名称都不相等" / "neither code, name, alias nor normal form matches",
        source: "财预〔2020〕10号",
    }
    /// A department that is said to lie in different places.
    NAME_OF_ANOTHER_PLACE = "S25-1", Warning, v 1 {
        name: "同一部门所写的地区不一致" / "the same department in different places",
        message: "这里写“{given}”，{file} 的 {place} 写“{expected}”，所在地区不同。" / "\"{given}\" here, \"{expected}\" in {place} of {file}: different places.",
        advice: "请核对是否同一单位，并统一写法。" / "Find out whether it is the same office and write its name alike.",
        why: "名册把两种写法认作同一部门，而所写地区不同的可能是两个单位" / "the register takes both for one department, but an office elsewhere may be another one",
        how: "同一部门的各表，单位名相同部分之前的地区名，互不包含" / "forms of one department: what stands before the common part of the name is neither within the other",
        source: "财预〔2020〕10号",
    }
    /// Self-evaluation and budget table differ on a project.
    TABLE_AND_FORM_DIFFER = "S33", Warning, v 1 {
        name: "自评表与部门预算执行表不一致" / "self-evaluation and budget table differ",
        message: "“{label}”自评表写 {given} 元，{file} 的 {place} 为 {expected} 元，相差 {difference} 元。" / "\"{label}\": {given} yuan here, {expected} in {place} of {file}, difference {difference}.",
        advice: "请核对两处，以决算或支付系统数为准。" / "Check both against the accounts.",
        why: "同一笔钱只能有一个执行数" / "the same money has one outturn only",
        how: "同部门、同年度、同名项目的全年预算数与执行数；容差为两处末位各半" / "revised budget and outturn of the project of the same name, department and year; tolerance half a unit of the last decimal of each",
        source: "GovBudgetChecker v3.3",
    }
}
