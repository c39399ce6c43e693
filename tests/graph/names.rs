//! One work under several names, and works whose text comes late.

use super::{BASE, ingest, nodes, note, read, reject, remove, store_of, version, withdraw, yes};
use zhengmai::store::Store;

#[test]
fn a_work_known_by_number_and_by_title_is_one_until_someone_says_no() {
    let by_number = note("河道清淤", "为贯彻落实《绍兴市河道保护管理办法》(绍政发〔2021〕8号),现通知如下。");
    let by_title = note("河道保洁", "根据《绍兴市河道保护管理办法》,现通知如下。");
    let number = format!("<{BASE}/id/work/num/绍政发/2021/8>");
    let title = format!("<{BASE}/id/work/title/330600/绍兴市河道保护管理办法>");
    let same = format!("{number} zm:sameWorkAs {title}");
    let policy = format!("{number} zm:memberOf ?p . {title} zm:memberOf ?p");
    let store = store_of([&by_title]);
    assert!(!yes(&store, &same), "one name alone is no pair");
    ingest(&store, [&by_number]);
    assert!(yes(&store, &same) && yes(&store, &policy));
    assert_eq!(version(&store), version(&store_of([&by_number, &by_title])), "in either order");
    let before = version(&store);
    let link = nodes(&store, "?x a zm:Link ; zm:linkKind 'alias'").remove(0);
    reject(&store, &link, "alias");
    assert!(!yes(&store, &same) && !yes(&store, &policy), "two works, two policies");
    ingest(&store, [&by_number, &by_title]);
    assert!(!yes(&store, &same) && !yes(&store, &policy));
    withdraw(&store, "alias");
    assert!(yes(&store, &same) && yes(&store, &policy));
    assert_eq!(version(&store), before);
}

#[test]
fn a_text_that_comes_late_takes_the_place_of_its_stub() {
    let citing = note("河道清淤", "根据《绍兴市河道保护管理办法》,现通知如下。");
    let cited = read(
        "办法.txt",
        "绍兴市河道保护管理办法\n\n第一条 为加强河道保护,制定本办法。\n第二条 市水利局负责监督。\n".as_bytes(),
    );
    let work = format!("<{BASE}/id/work/title/330600/绍兴市河道保护管理办法>");
    let edge = format!("?notice zm:basedOn {work}");
    let store = store_of([&citing]);
    let graph = store.iris().source_graph(&citing.0);
    let quads = |store: &Store| -> Vec<String> {
        store.graph(&graph).expect("a graph").iter().map(ToString::to_string).collect()
    };
    let before = quads(&store);
    assert!(yes(&store, &edge) && yes(&store, &format!("{work} zm:status zm:stub")));
    ingest(&store, [&cited]);
    assert!(yes(&store, &edge) && yes(&store, &format!("{work} zm:status zm:held")));
    assert!(!yes(&store, &format!("{work} zm:status zm:stub")));
    assert_eq!(quads(&store), before, "the citing document's graph is as it was");
    remove(&store, &cited.0);
    assert!(yes(&store, &format!("{work} zm:status zm:stub")));
    assert_eq!(version(&store), version(&store_of([&citing])));
}
