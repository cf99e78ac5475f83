//! The workbooks that go back to departments, and their answers when they return.

use super::{fabricated, keep};
use jixiao::book::{self, Book, Cell, Format, Reader, Sheet, Value};
use jixiao::finding::Lang;
use jixiao::quantity::{CellRef, Text};
use jixiao::render::{Feedback, Recipient, View, answers};
use jixiao::settings::Limits;

fn form() -> Book {
    let sheet = Sheet::drawn(
        "自评表",
        "
        项目支出绩效自评表 | < | < | < | < | < | < | < | <
        （2025年度） | < | < | < | < | < | < | < | <

        项目名称 | < | 居家养老上门服务 | < | < | < | < | < | <
        主管部门 | < | 清河镇人民政府 | < | < | 实施单位 | < | 清河镇人民政府 | <
        项目资金（万元） | < | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        ^ | | 年度资金总额 | 457.75 | 457.75 | 404.24 | 10 | 0.95%% | 9.5
        ^ | | 其中：当年财政拨款 | 411.98 | 411.98 | 363.82 | — | — | —
        年度总体目标 | 按政策规定做好居家养老上门服务工作，做到应保尽保、按时足额发放，群众满意，资金使用合规，台账清楚。 | < | < | < | < | < | < | <
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
        ^ | 产出指标 | 数量 | 服务人次 | ≥6000人次 | 5180人次 | 15 | 15 |
        ^ | ^ | 质量 | 服务合格率 | ≥95% | 96% | 15 | 15 |
        总分 | < | < | < | < | < | 100 | 98.8 |
        ",
    );
    Book { format: Format::Xlsx, sheets: vec![sheet], notes: Vec::new(), repaired: false }
}

fn recipient<'r>(all: &'r [Recipient], department: &str) -> &'r Recipient {
    all.iter().find(|recipient| recipient.department == department).unwrap()
}

#[test]
fn every_department_with_open_findings_gets_one() {
    let district = fabricated::district(Lang::Zh);
    let view = View::new(&district, &district.bulk);
    let feedback = Feedback::new(&view);
    let all = feedback.recipients();
    assert!(all.iter().all(|recipient| recipient.department != "区残疾人联合会"));
    let to = recipient(&all, "清河镇人民政府");
    assert_eq!(to.file_name, "清河镇人民政府.xlsx");
    let bytes = feedback.workbook(to, |_| Some(form())).unwrap();
    keep("feedback.xlsx", &bytes);
    assert_eq!(bytes, feedback.workbook(to, |_| Some(form())).unwrap());
    let read = book::open(&bytes, "feedback.xlsx", &Limits::default(), Reader::default()).unwrap();
    assert_eq!(read.sheets.len(), 1 + to.files.len());
    // the copy has the addresses of the form
    let copy = &read.sheets[1];
    assert_eq!(copy.get(CellRef::parse("C4").unwrap()).unwrap().value, Value::Text(Text::from("居家养老上门服务")));
    assert_eq!(copy.get(CellRef::parse("F7").unwrap()).unwrap().value, Value::Number(404.24));
}

#[test]
fn a_file_that_cannot_be_read_again_is_named_all_the_same() {
    let district = fabricated::district(Lang::En);
    let view = View::new(&district, &district.bulk);
    let feedback = Feedback::new(&view);
    let all = feedback.recipients();
    let bytes = feedback.workbook(&all[0], |_| None).unwrap();
    keep("feedback-en.xlsx", &bytes);
    let read = book::open(&bytes, "feedback.xlsx", &Limits::default(), Reader::default()).unwrap();
    assert_eq!(read.sheets.len(), 1);
}

#[test]
fn answers_come_back() {
    let district = fabricated::district(Lang::Zh);
    let view = View::new(&district, &district.bulk);
    let feedback = Feedback::new(&view);
    let all = feedback.recipients();
    let bytes = feedback.workbook(recipient(&all, "清河镇人民政府"), |_| Some(form())).unwrap();
    let mut read = book::open(&bytes, "returned.xlsx", &Limits::default(), Reader::default()).unwrap();
    assert_eq!(answers(&read), Some(Vec::new()));
    assert_eq!(answers(&form()), None);
    let text = |at: &str, value: &str| Cell {
        at: CellRef::parse(at).unwrap(),
        value: Value::Text(Text::from(value)),
        percent: false,
        computed: false,
    };
    read.sheets[0].cells.extend([text("J7", "请采纳说明"), text("K7", " 新增对象12月才批复 "), text("L7", "张三")]);
    read.sheets[0].cells.sort_by_key(|cell| cell.at);
    let given = answers(&read).unwrap();
    assert_eq!(given.len(), 1);
    let finding = district
        .findings
        .iter()
        .find(|f| f.department.as_deref() == Some("清河镇人民政府") && &*f.severity == "error")
        .unwrap();
    assert_eq!((given[0].rule.as_str(), given[0].cell.as_deref()), (&*finding.rule, finding.cell.as_deref()));
    assert_eq!(given[0].given.as_deref(), finding.given.as_deref());
    assert_eq!(given[0].explanation.as_deref(), Some("新增对象12月才批复"));
    assert_eq!(given[0].author.as_deref(), Some("张三"));
}
