//! Whatever came, went and was decided in whatever order: the graph is that of what is there now.

use super::{Read, dump, empty, note, read, read_by, run, version};
use crate::support::register;
use oxrdf::NamedNode;
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::OnceLock};
use zhengmai::{
    link::Linker,
    review::{Verdict, with_rejection, without},
    store::Store,
};

/// Documents that speak of the same few works: by number and by title, by titles that differ in a character, by
/// numbers that differ for one title, in notices of each other, without a title, and twice.
fn pool() -> &'static [Read] {
    static POOL: OnceLock<Vec<Read>> = OnceLock::new();
    POOL.get_or_init(|| {
        let management = "《绍兴市城市河道保护管理办法》";
        let sentences = [
            format!("为贯彻落实{management}(绍政发〔2021〕8号),现通知如下。"),
            format!("根据{management},现通知如下。"),
            format!("根据{management}(绍政发〔2020〕8号),现通知如下。"),
            "根据《绍兴市城市河道保护管护办法》,参照《绍兴市城市河道保护管护办法》,现通知如下。".to_owned(),
            format!("为贯彻落实《绍兴市人民政府关于印发{management}的通知》(绍政发〔2021〕8号),现通知如下。"),
            "根据《绍兴市城市河道保护管护办法》(绍政发〔2021〕8号),现通知如下。".to_owned(),
            "根据《河道保洁办法》,现通知如下。请市财政局牵头,2022年12月底前完成。".to_owned(),
            "根据绍政发〔2021〕8号文件和《绍兴市河道保洁办法》,现通知如下。".to_owned(),
        ];
        let mut pool: Vec<Read> =
            sentences.iter().enumerate().map(|(n, sentence)| note(&format!("河道清淤第{n}阶段"), sentence)).collect();
        let held = |title: &str, number: &str| {
            format!("绍兴市人民政府关于印发《{title}》的通知\n{number}\n\n各区、县(市)人民政府:\n现将《{title}》印发给你们。\n\n绍兴市人民政府\n2021年5月9日\n\n{title}\n\n第一条 为了保护河道,根据《中华人民共和国水法》,制定本办法。\n")
        };
        for (name, text) in [
            ("a.txt", held("绍兴市城市河道保护管理办法", "绍政发〔2021〕8号")),
            ("b.txt", held("绍兴市城市河道保护管理办法", "绍政发〔2021〕9号")),
            ("c.txt", held("绍兴市河道保洁办法", "")),
            ("d.txt", "请各单位于2022年底前完成。根据绍政发〔2021〕8号办理。\n".to_owned()),
            ("e.txt", "请各单位于2022年底前完成。根据绍政发〔2021〕8号办理。\n\n".to_owned()),
        ] {
            pool.push(read(name, text.as_bytes()));
        }
        pool
    })
}

/// What happens to a store. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Event {
    /// Documents come, or come again.
    Come(BTreeSet<usize>),
    /// One goes.
    Go(usize),
    /// A claim or a link is rejected.
    Reject(usize),
    /// The decision on one is withdrawn.
    Withdraw(usize),
    /// The program starts anew.
    Restart,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => proptest::collection::btree_set(0..pool().len(), 1..4).prop_map(Event::Come),
        2 => (0..pool().len()).prop_map(Event::Go),
        3 => any::<usize>().prop_map(Event::Reject),
        1 => any::<usize>().prop_map(Event::Withdraw),
        1 => Just(Event::Restart),
    ]
}

fn chosen(store: &Store, pattern: &str, n: usize) -> Option<NamedNode> {
    let rows = super::nodes(store, pattern);
    (!rows.is_empty()).then(|| rows[n % rows.len()].clone())
}

fn happen<'a>(store: &'a Store, linker: &mut Linker<'a>, event: &Event, n: usize) {
    match event {
        Event::Come(which) => {
            let sources = which.iter().map(|&n| (pool()[n].0.clone(), Some(pool()[n].1.clone()))).collect();
            linker.replace_sources(sources, &run(), &read_by()).expect("a written store");
        }
        Event::Go(which) => {
            linker
                .replace_sources(vec![(pool()[*which].0.clone(), None)], &run(), &read_by())
                .expect("a written store");
        }
        Event::Reject(which) => {
            // Links are few among claims: every other choice is among them.
            let kind = if which % 2 == 0 { "?x a zm:Link" } else { "?x zm:inSource ?s" };
            let pattern = format!("{kind} ; rdf:predicate ?p ; rdf:object ?o");
            if let Some(iri) = chosen(store, &pattern, which / 2) {
                let verdict = Verdict {
                    id: format!("d{n}"),
                    reason: "误认".to_owned(),
                    by: "test".to_owned(),
                    at: "2024-01-02T00:00:00Z".to_owned(),
                };
                linker
                    .replace_decisions(with_rejection(store, &iri, &verdict).expect("a decision"))
                    .expect("a written store");
            }
        }
        Event::Withdraw(which) => {
            if let Some(iri) = chosen(store, "?x a zm:Rejection", *which) {
                let id = iri.as_str().rsplit('/').next().expect("an id");
                linker.replace_decisions(without(store, id).expect("decisions")).expect("a written store");
            }
        }
        Event::Restart => *linker = Linker::load(store, register()).expect("a linker"),
    }
}

/// A store that has the same sources and decisions, all at once.
fn from_scratch(store: &Store) -> Store {
    let fresh = empty();
    let mut linker = Linker::load(&fresh, register()).expect("a linker");
    let held = store.sources().expect("sources");
    let sources = pool().iter().filter(|(sha256, _)| held.contains(sha256));
    let sources = sources.map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    linker.replace_sources(sources, &run(), &read_by()).expect("a written store");
    let decisions = store.graph(&store.iris().layer("decisions")).expect("decisions");
    linker.replace_decisions(decisions).expect("a written store");
    fresh
}

/// Plays a history; the graph it leaves must be the one of what is left.
fn play(events: &[Event]) {
    let store = empty();
    let mut linker = Linker::load(&store, register()).expect("a linker");
    for (n, event) in events.iter().enumerate() {
        happen(&store, &mut linker, event, n);
    }
    let fresh = from_scratch(&store);
    assert_eq!(dump(&store), dump(&fresh));
    assert_eq!(version(&store), version(&fresh));
}

#[test]
fn the_documents_of_the_pool_make_every_kind_of_link() {
    let store = super::store_of(pool());
    for kind in ["alias", "near-title", "number-conflict"] {
        assert!(super::yes(&store, &format!("?l zm:linkKind '{kind}'")) || kind == "alias", "{kind}");
    }
    assert!(super::yes(&super::store_of(&pool()[..2]), "?l zm:linkKind 'alias'"));
}

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { cases: count, failure_persistence: None, max_shrink_iters: 500, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_store_is_what_is_in_it_whatever_its_history(events in proptest::collection::vec(event(), 1..9)) {
        play(&events);
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    #[ignore = "takes minutes; make verify"]
    fn at_length_a_store_is_what_is_in_it_whatever_its_history(events in proptest::collection::vec(event(), 1..25)) {
        play(&events);
    }
}
