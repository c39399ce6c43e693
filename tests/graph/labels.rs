//! What works are called.

use super::{ingest, nodes, note, read, reject, select, store_of};
use crate::support::Faults;
use zhengmai::store::Store;

/// The label of a work, and of the policy that it heads.
fn labels(store: &Store, work: &str) -> String {
    let query = format!(
        "{} SELECT DISTINCT ?label {{ {{ <{work}> skos:prefLabel ?label }} UNION {{ ?policy zm:head <{work}> ; skos:prefLabel ?label }} }} ORDER BY ?label",
        super::PREFIXES
    );
    let rows = select(store, &query, &[]).expect("rows");
    rows.iter().map(|row| row.text("label").to_owned()).collect::<Vec<_>>().join(" | ")
}

fn citations(store: &Store, work: &str) -> Vec<oxrdf::NamedNode> {
    nodes(store, &format!("?x a zm:Citation ; rdf:object <{work}> ; zm:citedTitle ?title"))
}

const NUMBER: &str = "http://127.0.0.1:7979/id/work/num/绍政发/2021/8";

#[test]
fn a_stub_keeps_the_best_title_that_anybody_has_given_it() {
    let right = note("河道清淤", "为贯彻落实《绍兴市河道保护管理办法》(绍政发〔2021〕8号),现通知如下。");
    let again = note("河道保洁", "根据《绍兴市河道保护管理办法》(绍政发〔2021〕8号),现通知如下。");
    let wrong = note("河道巡查", "根据《绍兴市水库保护管理办法》(绍政发〔2021〕8号),现通知如下。");
    let title = "绍兴市河道保护管理办法";
    let mut faults = Faults::default();
    let mut check =
        |name: &str, store: &Store, expected: &str| faults.compare(name, "", expected, &labels(store, NUMBER));

    let store = store_of([&right, &again, &wrong]);
    check("the title that most give it", &store, title);
    let store = store_of([&right]);
    reject(&store, &citations(&store, NUMBER)[0], "d");
    check("a citation that is no link is still a name", &store, title);
    ingest(&store, [&wrong]);
    check("a citation that stands names it better", &store, "绍兴市水库保护管理办法");
    let store = store_of([&note("河道执法", "根据绍政发〔2021〕8号文件,现通知如下。")]);
    check("the number where nobody gives a title", &store, "绍政发〔2021〕8号");
    faults.assert_none();
}

#[test]
fn a_text_without_a_title_is_called_by_its_file() {
    let store = store_of([&read("来信.2021.txt", "请各单位抓紧办理。\n".as_bytes())]);
    let work = nodes(&store, "?x a zm:PolicyDocument ; zm:status zm:held").remove(0);
    assert_eq!(labels(&store, work.as_str()), "（无标题）来信.2021");
}
