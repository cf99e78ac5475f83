//! What the names and codes of budget lines say by themselves.
//!
//! Input → output: the words or the code of a line → whether it is the total, how deep it stands, which subjects it names.

use super::word::Word;

/// Words of functional subjects.
pub(super) const FUNCTIONS: &[&str] = &[
    "一般公共服务",
    "国防",
    "公共安全",
    "教育",
    "科学技术",
    "社会保障和就业",
    "卫生健康",
    "节能环保",
    "城乡社区",
    "农林水",
    "住房保障",
    "交通运输",
    "文化旅游体育",
];
/// Words of economic subjects.
pub(super) const ECONOMIC: &[&str] = &[
    "工资福利",
    "商品和服务支出",
    "对个人和家庭",
    "资本性支出",
    "办公费",
    "印刷费",
    "邮电费",
    "劳务费",
    "差旅费",
    "培训费",
    "专用材料费",
    "基本工资",
    "津贴补贴",
];

/// Whether a word names the total of a whole table.
pub(super) fn is_grand_total(word: Option<&Word>) -> bool {
    const TOTALS: &[&str] = &[
        "合计",
        "总计",
        "收入总计",
        "支出总计",
        "总合计",
        "共计",
        "收支总计",
        "本年支出总计",
        "本年收入总计",
        "三公经费合计",
        "总额",
    ];
    word.is_some_and(|word| TOTALS.contains(&&**word.core()))
}

/// How deep a line stands: by its code's length, else by its number or indent.
pub(super) fn depth(code: &str, given: Option<&str>, word: Option<&Word>) -> u32 {
    let digits = code.len();
    if code.starts_with(['2', '3', '5']) && digits <= 9 {
        match digits {
            3 => return 1,
            5 => return 2,
            7 => return 3,
            9 => return 4,
            _ => {}
        }
    }
    let mut letters = super::label::letters(given.unwrap_or_default());
    let first = letters.next().unwrap_or(' ');
    if first == '其' && letters.next() == Some('中') {
        return 2;
    }
    if first == '(' && word.is_some_and(|w| w.label.numbered) || first.is_ascii_digit() {
        return 2;
    }
    1
}
