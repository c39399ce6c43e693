//! Citations whose own document does not tell which work they mean.

use super::{BASE, Read, ingest, nodes, note, read, reject, remove, store_of, version, withdraw, yes};

const TITLE: &str = "关于进一步加强河道采砂管理工作的意见";

/// A text of a city that bears the title.
fn opinion(issuer: &str, date: &str) -> Read {
    let text = format!(
        "{issuer}{TITLE}\n\n各有关单位:\n为加强河道采砂管理,提出如下意见。\n一、总体要求。\n\n{issuer}\n{date}\n"
    );
    read(&format!("{issuer}.txt"), text.as_bytes())
}

/// The same text, under the title without its issuer.
fn opinion_of(place: &str, date: &str) -> Read {
    let text = format!(
        "{TITLE}\n\n各有关单位:\n为加强{place}河道采砂管理,提出如下意见。\n一、总体要求。\n\n{place}人民政府\n{date}\n"
    );
    read(&format!("{place}.txt"), text.as_bytes())
}

fn citing() -> Read {
    note("河道清淤", &format!("为贯彻落实《{TITLE}》精神,现通知如下。"))
}

const EDGE: &str = "?notice zm:implements ?work . ?work eli:title ?title";
const OPEN: &str = "?c a zm:Citation ; zm:state zm:ambiguous ; rdf:predicate zm:implements";

#[test]
fn a_title_that_tells_no_issuer_is_a_claim_and_no_link() {
    let store = store_of([&citing()]);
    assert!(yes(&store, OPEN));
    assert!(!yes(&store, &format!("{OPEN} ; rdf:object ?o")), "nothing is known to be cited");
    assert!(!yes(&store, "?a zm:implements ?b"), "no edge");
    assert!(!yes(&store, "?w zm:status zm:stub"), "and no work is made of it");
}

#[test]
fn it_means_the_one_text_of_its_region_that_bears_the_title_once_that_is_there() {
    let (citing, cited) = (citing(), opinion_of("绍兴市", "2021年3月1日"));
    let store = store_of([&citing]);
    let before = version(&store);
    ingest(&store, [&cited]);
    assert!(yes(&store, EDGE) && yes(&store, &format!("{OPEN} ; rdf:object ?work . ?work zm:status zm:held")));
    let link = "?l a zm:Link ; zm:linkKind 'meaning' ; rdf:subject ?c ; rdf:object ?work ; zm:evidence ?c";
    assert!(yes(&store, link), "a link says why");
    assert_eq!(version(&store), version(&store_of([&cited, &citing])), "in either order");
    remove(&store, &cited.0);
    assert_eq!(version(&store), before, "open again");
}

#[test]
fn a_title_with_its_issuer_is_meant_by_the_title_without() {
    let (open, cited) = (citing(), opinion("绍兴市水利局", "2021年3月1日"));
    let told = note("河道保洁", &format!("根据市政府《{TITLE}》,现通知如下。"));
    let store = store_of([&open, &told, &cited]);
    assert!(yes(&store, EDGE), "the corpus tells which is meant");
    let same = "?long zm:sameWorkAs ?short . ?notice zm:basedOn ?short . ?long zm:memberOf ?p . ?short zm:memberOf ?p";
    assert!(yes(&store, same), "and one region has one text of a title");
    assert_eq!(version(&store), version(&store_of([&cited, &told, &open])), "in either order");
    let other = opinion("绍兴市生态环境局", "2021年4月1日");
    ingest(&store, [&other]);
    assert!(!yes(&store, EDGE) && !yes(&store, same), "two of them leave it open");
    remove(&store, &other.0);
    assert!(yes(&store, EDGE) && yes(&store, same));
}

#[test]
fn it_means_none_where_that_is_not_beyond_doubt() {
    let citing = citing();
    for (why, others) in [
        (
            "two regions have such a text",
            vec![opinion_of("绍兴市", "2021年3月1日"), opinion_of("宁波市", "2021年3月1日")],
        ),
        ("the text is another region's", vec![opinion_of("宁波市", "2021年3月1日")]),
        ("the text was written later", vec![opinion_of("绍兴市", "2023年3月1日")]),
    ] {
        let store = store_of(others.iter().chain([&citing]));
        assert!(!yes(&store, EDGE), "{why}");
    }
}

#[test]
fn a_kind_of_document_alone_means_no_work() {
    let citing = note("河道清淤", "按照《实施方案》要求,现通知如下。");
    let plan = read("方案.txt", "实施方案\n\n一、总体要求。\n\n绍兴市水利局\n2021年3月1日\n".as_bytes());
    let store = store_of([&citing, &plan]);
    assert!(!yes(&store, "?notice zm:basedOn ?work"));
}

#[test]
fn who_says_no_to_the_claim_or_to_the_link_is_heard() {
    let (citing, cited) = (citing(), opinion_of("绍兴市", "2021年3月1日"));
    for (what, pattern) in [
        ("the claim", "?x a zm:Citation ; zm:state zm:ambiguous ; rdf:predicate zm:implements"),
        ("the link", "?x a zm:Link ; zm:linkKind 'meaning'"),
    ] {
        let store = store_of([&citing, &cited]);
        let before = version(&store);
        reject(&store, &nodes(&store, pattern).remove(0), "no");
        assert!(!yes(&store, EDGE), "{what}");
        ingest(&store, [&cited, &citing]);
        assert!(!yes(&store, EDGE), "{what}, read again");
        withdraw(&store, "no");
        assert!(yes(&store, EDGE), "{what}, withdrawn");
        assert_eq!(version(&store), before, "{what}");
    }
    let store = store_of([&citing]);
    reject(&store, &nodes(&store, OPEN.replace("?c", "?x").as_str()).remove(0), "open");
    assert!(yes(&store, &format!("<{BASE}/id/decision/open> a zm:Rejection")), "what is open can be rejected too");
    ingest(&store, [&cited]);
    assert!(!yes(&store, EDGE), "and stays so when the text comes");
}
