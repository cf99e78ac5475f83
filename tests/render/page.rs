//! The page `report.html` as a whole: what stands in it, what must never stand in it, what it weighs. The pages stay in the
//! target's `tmp` folder, where `tests/browser/look.mjs` opens them in a browser.

use super::{fabricated, keep};
use jixiao::app::District;
use jixiao::finding::Lang;
use jixiao::quantity::Text;
use jixiao::render::{self, View};

/// Names that look like markup, script, and the end of a line.
const HOSTILE: [&str; 3] =
    ["<script>alert('x')</script>", "</script><img src=x onerror=alert(1)>", "行\u{2028}分隔 & \"引号\""];

fn html(district: &District) -> String {
    String::from_utf8(render::page(&View::new(district, &district.bulk)).unwrap()).unwrap()
}

/// Where the source of each project is named, in the rows shown first and in those set aside.
fn project_rows(html: &str) -> usize {
    html.matches("自评表 › A1:K24").count()
}

#[test]
fn says_in_html_what_the_tables_say() {
    let district = fabricated::district(Lang::Zh);
    let html = html(&district);
    keep("report.html", html.as_bytes());
    for said in ["嘉川区2025年度预算绩效自评总览", "数据截至：2026年4月24日", "并列", "可能第1—24名", "102.59%"]
    {
        assert!(html.contains(said), "{said}");
    }
    // Every project stands in the document although only the first rows are shown.
    assert_eq!(project_rows(&html), district.evaluations.len());
}

#[test]
fn speaks_english_throughout() {
    let html = html(&fabricated::district(Lang::En));
    keep("report-en.html", html.as_bytes());
    for said in ["<html lang=\"en\">", "Department ranking", "Show the data", "rank 1 to 24 possible"] {
        assert!(html.contains(said), "{said}");
    }
    for chinese in ["查找", "部门排名", "名次", "再显示", "须更正", "万元", "未报送"] {
        assert!(!html.contains(chinese), "{chinese}");
    }
}

#[test]
fn text_from_a_submission_never_becomes_markup() {
    let mut district = fabricated::fabricate(6, 3, Lang::Zh);
    for (evaluation, name) in district.evaluations.iter_mut().zip(HOSTILE) {
        evaluation.project = Some(Text::from(name));
    }
    // As a department it reaches the charts' data as well.
    let department = district.departments[2].department.clone();
    for row in &mut district.evaluations {
        if row.department.as_ref() == Some(&department) {
            row.department = Some(Text::from(HOSTILE[1]));
        }
    }
    district.departments[2].department = Text::from(HOSTILE[1]);
    district.submissions[0].path = Text::from("javascript:alert(1).xlsx");
    district.input_from_output = Some(String::new());
    let html = html(&district);
    keep("report-hostile.html", html.as_bytes());
    for text in HOSTILE {
        assert!(!html.contains(text), "{text}");
    }
    assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assert!(html.contains("href=\"javascript%3Aalert%281%29.xlsx\"") && !html.contains("href=\"javascript:"));
    assert_eq!(html.matches("<script").count(), 3, "data, charts, behaviour");
    let data = html.split("id=\"chart-data\">").nth(1).unwrap().split("</script>").next().unwrap();
    assert!(data.contains("\\u003c/script\\u003e") && !data.contains('<') && !data.contains('\u{2028}'));
}

#[test]
fn asks_nobody_for_anything() {
    let html = html(&fabricated::fabricate(4, 2, Lang::Zh));
    assert!(html.contains("default-src 'none'") && !html.contains("'unsafe-eval'"));
    assert!(!html.contains("script-src 'unsafe-inline'"));
    for tag in ["<link", "<img", "<iframe", "<object", "@import", " src=\""] {
        assert!(!html.contains(tag), "{tag}");
    }
}

#[test]
fn little_and_nothing_make_a_page_too() {
    for (departments, projects) in [(0, 0), (1, 0), (1, 1)] {
        let html = html(&fabricated::fabricate(departments, projects, Lang::Zh));
        keep(&format!("report-{departments}-{projects}.html"), html.as_bytes());
        assert!(html.ends_with("</html>"));
    }
}

#[test]
fn the_same_district_gives_the_same_bytes() {
    let district = fabricated::fabricate(8, 3, Lang::Zh);
    assert_eq!(
        render::page(&View::new(&district, &district.bulk)).unwrap(),
        render::page(&View::new(&district, &district.bulk)).unwrap()
    );
}

#[test]
fn two_thousand_projects_weigh_less_than_three_megabytes() {
    let district = fabricated::fabricate(100, 22, Lang::Zh);
    let html = html(&district);
    keep("report-large.html", html.as_bytes());
    assert_eq!(project_rows(&html), district.evaluations.len());
    assert!(district.evaluations.len() >= 2_000);
    assert!(html.len() < 3_000_000, "{} bytes", html.len());
}
