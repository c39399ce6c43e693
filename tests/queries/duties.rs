//! Questions about measures, who bears them and by when, and targets.

use super::{Case, answer, asked, check};

#[test]
fn questions_about_duties_have_the_answers_that_the_documents_give() {
    check(&[
        Case {
            query: "what-is-due-by",
            parameters: &[("date", "2021-12-31")],
            columns: "path",
            // 003: the items that end with 2021年12月底前完成
            rows: &[
                "一、/2.",
                "一、/3.",
                "二、/6.",
                "二、/7.",
                "三、/12.",
                "三、/14.",
                "三、/16.",
                "三、/17.",
                "四、/18.",
                "四、/22.",
                "五、/23.",
                "六、/31.",
                "七、/34.",
                "七、/35.",
                "八、/38.",
                "八、/41.",
            ],
        },
        // Nothing of 003 is due before the end of 2021.
        Case { query: "what-is-due-by", parameters: &[("date", "2021-12-30")], columns: "path", rows: &[] },
        Case {
            query: "what-must-an-agency-do",
            parameters: &[("agency", "金融")],
            columns: "agencyName roleName path deadline continuing quote",
            // 003, item 2
            rows: &["天津市东丽区金融工作局 | 牵头 | 一、/2. | 2021-12-31 |  | 区金融局"],
        },
        Case {
            query: "which-targets-are-set",
            parameters: &[],
            columns: "by indicator value unit file:3",
            rows: &[
                // 003, item 16
                "2021-12-31 | 中小微企业实现知识产权托管服务 | 600 | 家 | 003",
                // 001, 一(二)
                "2025 | 每万人口发明专利拥有量 | 3.9 | 件 | 001",
                "2025 | 有效注册商标量 | 32000 | 件 | 001",
                "2025 | 中国地理标志保护产品数量 | 31 | 项 | 001",
            ],
        },
        // Every one of the 42 items of 003 names who does it; no other document has clauses that do.
        Case { query: "which-measures-have-no-agency", parameters: &[], columns: "path", rows: &[] },
    ]);
    // 003: 区市场监管局 stands in 31 of the 42 items; it leads 38 and answers alone for 6, 7, 9, 10, 12, 13, 14, 16,
    // 22, 23 and 24; 14 of the 31 are due in 2021. 区文化旅游体育局: 1, 3, 5, 15, 21, 29, 30, 31, 34, 37.
    let columns = "name measures leads joint responsible supports withDeadline";
    let most = answer(asked(), "which-agencies-have-most-duties", &[], columns);
    assert_eq!(most[0], "天津市东丽区市场监督管理局 | 31 | 1 | 19 | 11 | 0 | 14");
    assert_eq!(most[1], "天津市东丽区文化旅游体育局 | 10 | 0 | 8 | 2 | 0 | 3");
}
