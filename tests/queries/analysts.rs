//! The seven questions that analysts ask first.

use super::{Case, check};

#[test]
fn the_analysts_questions_have_the_answers_that_the_documents_give() {
    check(&[
        // 1. Who implements 国知发运字〔2022〕47号?
        Case {
            query: "what-implements",
            parameters: &[("work", "BASE/id/work/num/国知发运字/2022/47")],
            columns: "documentName level file:3 sentence:9",
            rows: &[
                // 002, first paragraph of the notice
                "关于印发〈天津市加快推动知识产权服务业高质量发展若干措施〉的通知 | province | 002 | 为全面贯彻落实中超",
                // 002, first paragraph of the measures
                "天津市加快推动知识产权服务业高质量发展若干措施 | province | 002 | 为全面贯彻落实中超",
            ],
        },
        // 2. What does the plan of 003 rest on? Each notice is there with the text that its title names.
        Case {
            query: "what-does-it-rest-on",
            parameters: &[("work", "BASE/id/work/num/津丽知略/2021/1")],
            columns: "relationName cited level",
            rows: &[
                // 003, first paragraph of the plan
                "贯彻落实 | /id/work/num/津市场监管办/2020/39 | province",
                "贯彻落实 | /id/work/title/120000/2020—2021年天津市强化知识产权保护推动计划 | province",
                // 003, first paragraph of the notice
                "贯彻落实 | /id/work/num/津市场监管办/2021/39 | province",
                "贯彻落实 | /id/work/title/120000/2020—2021年天津市强化知识产权保护推进计划 | province",
                // 003, first paragraph of the plan
                "贯彻落实 | /id/work/num/津党办发/2020/14 | province",
                "贯彻落实 | /id/work/title/120000/关于强化知识产权保护的实施意见 | province",
                // 003, item 1
                "贯彻落实 | /id/work/title/120000/天津市专利促进与保护条例 | province",
                // 003, first paragraph of the notice, and once more in that of the plan
                "贯彻落实 | /id/work/num/津丽党办发/2021/5 | county",
                "贯彻落实 | /id/work/title/120110/天津市东丽区强化知识产权保护的实施意见 | county",
                "贯彻落实 | /id/work/title/120110/天津市东丽区强化知识产权保护的实施意见 | county",
                // 003, item 1
                "贯彻落实 | /id/work/title/120000/天津市知识产权保护条例 | province",
            ],
        },
        // 3. Who cites 天津市知识产权保护条例?
        Case {
            query: "what-cites",
            parameters: &[("work", "BASE/id/work/title/120000/天津市知识产权保护条例")],
            columns: "file:3 relationName sentence",
            rows: &[
                // 003, item 1
                "003 | 贯彻落实 | 1.严格实施《天津市知识产权保护条例》、《天津市专利促进与保护条例》,依法加大保护力度。",
                // 000, 一(二)
                "000 | 贯彻落实 | 持续贯彻实施《天津市知识产权保护条例》。",
            ],
        },
        // 4. What must 区市场监管局 of 东丽 have done by the end of 2021? 003, the items of these numbers.
        Case {
            query: "what-must-an-agency-do-by",
            parameters: &[("agency", "天津市东丽区市场监督管理局"), ("date", "2021-12-31")],
            columns: "deadline roleName path task:9",
            rows: &[
                "2021-12-31 | 分工负责 | 一、/2. | 2.建立健全重大投",
                "2021-12-31 | 分工负责 | 一、/3. | 3.建立区重大案件",
                "2021-12-31 | 负责 | 二、/6. | 6.落实市知识产权",
                "2021-12-31 | 负责 | 二、/7. | 7.开展保护天津老",
                "2021-12-31 | 负责 | 三、/12. | 12.开展商标代理",
                "2021-12-31 | 负责 | 三、/14. | 14.围绕新一代汽",
                "2021-12-31 | 负责 | 三、/16. | 16.推动600家",
                "2021-12-31 | 分工负责 | 三、/17. | 17.初步建成知识",
                "2021-12-31 | 分工负责 | 四、/18. | 18.建立健全区知",
                "2021-12-31 | 负责 | 四、/22. | 22.建立知识产权",
                "2021-12-31 | 负责 | 五、/23. | 23.加强“走出去",
                "2021-12-31 | 分工负责 | 七、/34. | 34.统筹用好各类",
                "2021-12-31 | 牵头 | 八、/38. | 38.统筹设立区知",
                "2021-12-31 | 分工负责 | 八、/41. | 41.制定知识产权",
            ],
        },
        // 5. Which works do several documents cite? The standard of 000, 三(五), 企业知识产权管理规范, is in 001,
        // item 13, only as 知识产权管理规范国家标准: two works until somebody says that they are one.
        Case {
            query: "which-works-are-cited-by-several",
            parameters: &[],
            columns: "name sources files/3",
            rows: &[
                // 000, 一(一); 002, first paragraphs of notice and measures
                "天津市知识产权“十四五”规划 | 2 | 000 002",
                // 000, 一(二); 003, item 1
                "天津市专利促进与保护条例 | 2 | 000 003",
                "天津市知识产权保护条例 | 2 | 000 003",
            ],
        },
        // 6. Which numbers conflict? 003, first paragraphs of notice and plan.
        Case {
            query: "which-numbers-conflict",
            parameters: &[],
            columns: "oneNumber otherNumber file:3 sentence:6",
            rows: &[
                "津市场监管办〔2020〕39号 | 津市场监管办〔2021〕39号 | 003 | 为贯彻落实《",
                "津市场监管办〔2020〕39号 | 津市场监管办〔2021〕39号 | 003 | 为全面提升东",
            ],
        },
        // 7. Which agreements were made between courts and universities? 000, 四是.
        Case {
            query: "which-agreements-were-made",
            parameters: &[("party", "法院"), ("counterparty", "大学")],
            columns: "agreementName cue file:3 sentence:14",
            rows: &["知识产权保护协作机制 | 签订 | 000 | 滨海新区人民法院与天津科技大"],
        },
    ]);
}
