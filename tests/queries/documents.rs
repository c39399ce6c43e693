//! Questions about documents, policies and what was read.

use super::{Case, check};

#[test]
fn questions_about_documents_have_the_answers_that_the_documents_give() {
    check(&[
        Case {
            query: "what-does-a-policy-contain",
            parameters: &[("work", "BASE/id/work/num/津丽知略/2021/1")],
            columns: "name number date isHead",
            // 003: the plan, and the notice with the number of the publisher's block and the date below the notice
            rows: &[
                "2020—2021年天津市东丽区强化知识产权保护推进计划 |  |  | true",
                "关于印发〈2020—2021年天津市东丽区强化知识产权保护推进计划〉的通知 | 津丽知略〔2021〕1号 | 2021-08-26 | false",
            ],
        },
        Case {
            query: "which-documents-did-an-agency-issue",
            parameters: &[("agency", "天津市知识产权局")],
            columns: "documentName:26 date file:3 quote",
            rows: &[
                // 004, signature below the notice; the notice has no title line
                "天津市协同推进知识产权服务民营经济发展工作的实施意见 |  | 004 | 市知识产权局",
                // 000, 五是: 落实我局与市贸促会签订…
                "（无标题）000-关于加强外贸知识产权协调保护提案的 |  | 000 | 我局",
                "（无标题）004-天津市协同推进知识产权服务民营经济 | 2023-03-23 | 004 | 市知识产权局",
            ],
        },
        Case {
            query: "which-documents-have-no-number",
            parameters: &[],
            columns: "role file:3",
            // all but 003, whose number is in the publisher's block
            rows: &["document | 001", "notice | 002", "document | 000", "notice | 004"],
        },
        Case {
            query: "which-documents-change-others",
            parameters: &[],
            columns: "relationName citedName file:3 sentence:4",
            // 000, 一(二)
            rows: &["拟修改 | 天津市专利促进与保护条例 | 000 | 适时做好"],
        },
        Case {
            query: "which-policies-cite-nothing-above",
            parameters: &[],
            columns: "level name",
            // 004 names no document at all; 001, 13. names a national standard, 000, 002 and 003 what is above them
            rows: &["province | 天津市协同推进知识产权服务民营经济发展工作的实施意见"],
        },
        Case {
            query: "which-national-policies-lack-local-implementation",
            parameters: &[],
            columns: "name:23 citedBy",
            // 000, 一是 says only that it was issued. The others: 47号 (002), “十四五”国家规划 and
            // 企业知识产权管理规范 (000), 知识产权管理规范 (001), 专利代理信用评价管理办法 (002)
            rows: &["国家知识产权局办公室关于同意设立第二批国家海外 | 1"],
        },
        Case {
            query: "how-many-policies-by-level",
            parameters: &[],
            columns: "levelName policies held stubs",
            rows: &[
                // held: 000, 002, 004; four titles of 000 leave open whose they are
                "省级 | 15 | 3 | 12",
                // the one above and those that are implemented, without 《专利代理信用评价管理办法(试行)》, which does not say
                "国家 | 5 | 0 | 5",
                // 003, and 区实施意见
                "县级 | 2 | 1 | 1",
                // 001, and 玉溪市专利权质押融资扶持办法 of its item 14
                "地级 | 2 | 1 | 1",
                // 区域全面经济伙伴关系协定, 000, second paragraph
                "国际 | 1 | 0 | 1",
            ],
        },
        Case {
            query: "which-titles-are-nearly-the-same",
            parameters: &[],
            columns: "oneName otherName file:3 sentence:6",
            // 003, first paragraphs of notice and plan
            rows: &[
                "2020—2021年天津市强化知识产权保护推动计划 | 2020—2021年天津市强化知识产权保护推进计划 | 003 | 为贯彻落实《",
                "2020—2021年天津市强化知识产权保护推动计划 | 2020—2021年天津市强化知识产权保护推进计划 | 003 | 为全面提升东",
            ],
        },
        Case {
            query: "which-works-belong-to-a-region",
            parameters: &[("region", "120110")],
            columns: "status name number",
            // 003: what it has, and 津丽党办发〔2021〕5号 with its 实施意见
            rows: &[
                "stub | 中共东丽区委办公室东丽区人民政府办公室关于印发〈天津市东丽区强化知识产权保护的实施意见〉的通知 | 津丽党办发〔2021〕5号",
                "stub | 天津市东丽区强化知识产权保护的实施意见 | ",
                "held | 2020—2021年天津市东丽区强化知识产权保护推进计划 | ",
                "held | 关于印发〈2020—2021年天津市东丽区强化知识产权保护推进计划〉的通知 | 津丽知略〔2021〕1号",
            ],
        },
        Case {
            query: "where-does-it-say-so",
            parameters: &[
                ("subject", "BASE/id/work/num/津丽知略/2021/1"),
                ("predicate", "https://w3id.org/zhengmai#implements"),
                ("object", "BASE/id/work/num/津丽党办发/2021/5"),
            ],
            columns: "file:3 sentence:6 rejected",
            // 003, first paragraph of the notice
            rows: &["003 | 为贯彻落实《 | false"],
        },
    ]);
}

#[test]
fn questions_about_what_was_read_have_the_answers_that_the_documents_give() {
    check(&[
        Case {
            query: "which-findings-have-a-code",
            parameters: &[("code", "spam_injection")],
            columns: "severity file:3 quote",
            rows: &[
                // 002, first paragraphs of notice and measures
                "error | 002 | 中超直播",
                "error | 002 | 中超直播",
                // 003, footer of the page
                "error | 003 | 香港免费公开资料大全",
                "error | 003 | 香港免费公开资料大全办公室",
            ],
        },
        Case {
            query: "what-has-been-read",
            parameters: &[],
            columns: "file:3 texts",
            // 002, 003 and 004 are notices with the texts that they promulgate
            rows: &["000 | 1", "001 | 1", "002 | 2", "003 | 2", "004 | 2"],
        },
        // No text is there twice.
        Case { query: "which-texts-are-nearly-the-same", parameters: &[], columns: "link", rows: &[] },
        Case { query: "which-works-have-texts-that-disagree", parameters: &[], columns: "work", rows: &[] },
        Case { query: "what-was-rejected", parameters: &[], columns: "rejection", rows: &[] },
    ]);
}
