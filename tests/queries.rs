//! Named queries: what they answer on the five documents of `data/documents`. The expected rows are read from
//! the documents by hand; a comment says where each stands (document, item or line).

use crate::support::{Faults, documents, register};
use oxrdf::{NamedNode, Quad};
use std::{collections::BTreeSet, sync::OnceLock};
use zhengmai::{
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET},
    pipeline::process,
    query::{CATALOGUE, NamedQuery, Row, select},
    read::source_of,
    review::{Verdict, with_rejection},
    store::{ReadBy, Store, ontology_quads, register_quads},
};

const BASE: &str = IriScheme::DEFAULT_BASE;

/// A store in memory with the ontology, the regions and the five documents.
pub(crate) fn five() -> Store {
    static SOURCES: OnceLock<Vec<(String, Vec<Quad>)>> = OnceLock::new();
    let iris = IriScheme::new(BASE);
    let sources = SOURCES.get_or_init(|| {
        let read = |(name, bytes): &(String, Vec<u8>)| {
            let source = source_of(name, bytes).expect("a text");
            let quads = to_quads(&iris, RULE_SET, &source, &process(register(), &source));
            (source.sha256, quads)
        };
        documents().iter().map(read).collect()
    });
    let store = with_ontology();
    let regions = register().regions.iter().map(|region| {
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), region.parent.as_deref(), region.level)
    });
    store.replace(vec![(iris.layer("registers"), register_quads(&iris, regions))]).expect("a written store");
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    let read_by = ReadBy { rule_set: RULE_SET.to_owned(), registers: "test".to_owned() };
    let sources = sources.iter().map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    let mut linker = Linker::load(&store, register()).expect("a linker");
    linker.replace_sources(sources, &run, &read_by).expect("a written store");
    store
}

/// A store in memory with the ontology only.
pub(crate) fn with_ontology() -> Store {
    let store = Store::in_memory(BASE).expect("memory");
    let ontology = ontology_quads(store.iris()).expect("a well-formed ontology");
    store.replace(vec![(store.iris().layer("ontology"), ontology)]).expect("a written store");
    store
}

/// The store that the questions of this file are put to; nobody writes to it.
fn asked() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(five)
}

/// Rows of a named query, each as its columns joined by ` | `. `file:3` is the first three characters of `file`;
/// IRIs are written without base and namespace.
fn answer(store: &Store, name: &str, parameters: &[(&str, &str)], columns: &str) -> Vec<String> {
    let query = NamedQuery::find(name).unwrap_or_else(|| panic!("no query {name}"));
    let given: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), value.replace("BASE", BASE))).collect();
    let text = query.bound(&given, BASE).expect("parameters that fit");
    let rows = select(store, &text, &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
    rows.iter().map(|row| columns.split(' ').map(|column| cell(row, column)).collect::<Vec<_>>().join(" | ")).collect()
}

fn cell(row: &Row, column: &str) -> String {
    let (variable, length) = match column.split_once(':') {
        Some((variable, length)) => (variable, length.parse().expect("a length")),
        None => (column, usize::MAX),
    };
    let text = row.text(variable).replace(BASE, "").replace("https://w3id.org/zhengmai#", "");
    text.chars().take(length).collect()
}

/// One question with its answer.
struct Case {
    query: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    columns: &'static str,
    rows: &'static [&'static str],
}

fn check(cases: &[Case]) {
    let mut faults = Faults::default();
    for case in cases {
        let found = answer(asked(), case.query, case.parameters, case.columns);
        faults.compare(
            case.query,
            &format!("{:?}", case.parameters),
            &case.rows.join("\n              "),
            &found.join("\n              "),
        );
    }
    faults.assert_none();
}

/// The seven questions that analysts ask first.
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
            columns: "name sources citations",
            rows: &[
                // 000, 一(一); 002, first paragraphs of notice and measures. 000 names it once, 002 twice; the
                // fourth is 本市“十四五”知识产权规划 in the same sentence of 000.
                "天津市知识产权“十四五”规划 | 2 | 4",
                // 000, 一(二); 003, item 1
                "天津市专利促进与保护条例 | 2 | 2",
                "天津市知识产权保护条例 | 2 | 2",
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
                "（无标题文件） |  | 000 | 我局",
                "（无标题文件） | 2023-03-23 | 004 | 市知识产权局",
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
                // held: 000, 002, 004
                "省级 | 19 | 3 | 16",
                // the one above and the five that are implemented
                "国家 | 6 | 0 | 6",
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
        Case { query: "what-was-rejected", parameters: &[], columns: "rejection", rows: &[] },
    ]);
}

#[test]
fn no_query_has_the_same_row_twice() {
    for query in CATALOGUE {
        // with the defaults, and with nothing bound
        for text in [query.bound(&[], BASE).expect("defaults that fit"), query.text.to_owned()] {
            let rows = select(asked(), &text, &[]).unwrap_or_else(|error| panic!("{}: {error}", query.name));
            let different: BTreeSet<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            assert_eq!(rows.len(), different.len(), "{}", query.name);
        }
    }
}

#[test]
fn what_was_rejected_is_no_answer_any_more() {
    let store = five();
    let columns = "documentName";
    // What the notice of 002 says of 47号; the measures of 002 say the same of themselves.
    let claims = answer(&store, "what-implements", &[], "claim");
    let verdict = Verdict {
        id: "0".to_owned(),
        reason: "测试".to_owned(),
        by: "tester".to_owned(),
        at: "2024-01-01T00:00:00Z".to_owned(),
    };
    let claim = NamedNode::new(format!("{BASE}{}", claims[0])).expect("an IRI");
    let decisions = with_rejection(&store, &claim, &verdict).expect("a decision");
    Linker::load(&store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
    assert_eq!(answer(&store, "what-implements", &[], columns), ["天津市加快推动知识产权服务业高质量发展若干措施"]);
    assert_eq!(
        answer(&store, "what-was-rejected", &[], "predicateName quote file:3 reason"),
        ["贯彻落实 | 《关于加快推动知识产权服务业高质量发展的意见》 | 002 | 测试"]
    );
}
