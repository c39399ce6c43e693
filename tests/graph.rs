//! Graphs in a store in memory: the order in which documents arrive, decisions, forgetting, and what comes late.

mod history;

mod labels;

mod mirrors;

use crate::support::{documents, register};
use oxrdf::{NamedNode, Quad};
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::OnceLock,
};
use zhengmai::{
    exchange::{are_isomorphic, canonical_hash},
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET, Relation},
    pipeline::process,
    query::{ask, select},
    read::source_of,
    review::{Erasure, Verdict, others_for_the_same, with_erasure, with_rejection, without},
    store::{ExportFormat, ReadBy, Store},
};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> \
    PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

const BASE: &str = IriScheme::DEFAULT_BASE;

/// A source, read: SHA-256 and the quads of its graph.
type Read = (String, Vec<Quad>);

fn read(name: &str, bytes: &[u8]) -> Read {
    let source = source_of(name, bytes).expect("a text");
    let quads = to_quads(&IriScheme::new(BASE), RULE_SET, &source, &process(register(), &source));
    (source.sha256, quads)
}

/// The five documents, read once.
fn five() -> &'static [Read] {
    static FIVE: OnceLock<Vec<Read>> = OnceLock::new();
    FIVE.get_or_init(|| documents().iter().map(|(name, bytes)| read(name, bytes)).collect())
}

fn empty() -> Store {
    Store::in_memory(BASE).expect("memory")
}

/// A run: its time stands in the provenance graph alone.
fn run() -> Run {
    Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() }
}

fn read_by() -> ReadBy {
    ReadBy { rule_set: RULE_SET.to_owned(), registers: "test".to_owned() }
}

fn ingest<'a>(store: &Store, sources: impl IntoIterator<Item = &'a Read>) {
    let mut linker = Linker::load(store, register()).expect("a linker");
    let sources = sources.into_iter().map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    linker.replace_sources(sources, &run(), &read_by()).expect("a written store");
}

fn remove(store: &Store, sha256: &str) {
    let mut linker = Linker::load(store, register()).expect("a linker");
    linker.replace_sources(vec![(sha256.to_owned(), None)], &run(), &read_by()).expect("a written store");
}

fn store_of<'a>(sources: impl IntoIterator<Item = &'a Read>) -> Store {
    let store = empty();
    ingest(&store, sources);
    store
}

fn version(store: &Store) -> String {
    store.version().expect("a version")
}

/// Everything but provenance, in N-Quads.
fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    store.export(None, ExportFormat::NQuads, &mut bytes).expect("an export");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let provenance = format!("<{}> .", store.iris().layer("provenance").as_str());
    text.split_inclusive('\n').filter(|line| !line.trim_end().ends_with(&provenance)).collect()
}

fn yes(store: &Store, pattern: &str) -> bool {
    ask(store, &format!("{PREFIXES} ASK {{ {pattern} }}")).expect("an answer")
}

fn nodes(store: &Store, pattern: &str) -> Vec<NamedNode> {
    let rows = select(store, &format!("{PREFIXES} SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x"), &[]).expect("rows");
    rows.iter().filter_map(|row| row.node("x").cloned()).collect()
}

fn reject(store: &Store, iri: &NamedNode, id: &str) {
    let verdict = Verdict {
        id: id.to_owned(),
        reason: "误认".to_owned(),
        by: "test".to_owned(),
        at: "2024-01-02T00:00:00Z".to_owned(),
    };
    let decisions = with_rejection(store, iri, &verdict).expect("a decision");
    Linker::load(store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
}

fn withdraw(store: &Store, id: &str) {
    let decisions = without(store, id).expect("no such decision");
    Linker::load(store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
}

/// All orders of five things.
fn orders() -> Vec<[usize; 5]> {
    let mut orders = Vec::new();
    let mut order = [0, 1, 2, 3, 4];
    permute(&mut order, 0, &mut orders);
    orders
}

fn permute(order: &mut [usize; 5], from: usize, orders: &mut Vec<[usize; 5]>) {
    if from == order.len() {
        orders.push(*order);
        return;
    }
    for other in from..order.len() {
        order.swap(from, other);
        permute(order, from + 1, orders);
        order.swap(from, other);
    }
}

#[test]
fn the_five_documents_give_one_graph_in_each_of_the_120_orders() {
    let expected = store_of(five());
    let orders = orders();
    assert_eq!(orders.len(), 120);
    for (n, order) in orders.into_iter().enumerate() {
        // One by one: links and the effective graph are brought up to date five times.
        let store = empty();
        let mut linker = Linker::load(&store, register()).expect("a linker");
        for index in order {
            let (sha256, quads) = five()[index].clone();
            linker.replace_sources(vec![(sha256, Some(quads))], &run(), &read_by()).expect("a written store");
        }
        // There are no blank nodes, so equal sets of quads are isomorphic graphs; sophia says so of three.
        assert_eq!(version(&store), version(&expected), "{order:?}");
        assert_eq!(fingerprint(&store), fingerprint(&expected), "{order:?}");
        assert!(n % 40 != 0 || are_isomorphic(&dump(&store), &dump(&expected)).expect("N-Quads"), "{order:?}");
    }
}

/// How many quads there are, and the sum of their hashes: the same for equal sets, in whatever order.
fn fingerprint(store: &Store) -> (usize, u64) {
    store.inner().iter().map(|quad| quad.expect("a quad")).fold((0, 0), |(count, sum), quad| {
        let mut hasher = DefaultHasher::new();
        quad.hash(&mut hasher);
        (count + 1, sum.wrapping_add(hasher.finish()))
    })
}

#[test]
fn one_batch_two_batches_and_one_by_one_give_one_graph() {
    let expected = store_of(five());
    for split in 1..5 {
        let store = store_of(&five()[..split]);
        ingest(&store, &five()[split..]);
        assert_eq!(version(&store), version(&expected), "split at {split}");
        assert!(are_isomorphic(&dump(&store), &dump(&expected)).expect("N-Quads"), "split at {split}");
        assert_eq!(canonical_hash(&dump(&store)).expect("a hash"), canonical_hash(&dump(&expected)).expect("a hash"));
    }
}

#[test]
fn ingesting_again_changes_nothing() {
    let store = store_of(five());
    let before = (version(&store), dump(&store));
    ingest(&store, five());
    ingest(&store, [&five()[3]]);
    assert_eq!((version(&store), dump(&store)), before);
}

#[test]
fn removing_undoes_ingesting() {
    let store = store_of(five());
    let before = (version(&store), dump(&store));
    for index in 0..5 {
        let others: Vec<&Read> =
            five().iter().enumerate().filter(|(other, _)| *other != index).map(|(_, read)| read).collect();
        remove(&store, &five()[index].0);
        assert_eq!(version(&store), version(&store_of(others)), "without the {index}th it is as if it had never come");
        ingest(&store, [&five()[index]]);
        assert_eq!((version(&store), dump(&store)), before, "and back again");
    }
    for (sha256, _) in five() {
        remove(&store, sha256);
    }
    assert_eq!(version(&store), version(&empty()), "an emptied store is an empty store");
    assert_eq!(dump(&store), "");
}

#[test]
fn the_version_tells_different_contents_apart() {
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for count in 0..=5 {
        *versions.entry(version(&store_of(&five()[..count]))).or_default() += 1;
    }
    assert_eq!(versions.len(), 6);
}

#[test]
fn source_graphs_hold_claims_and_no_plain_edges() {
    let edges: Vec<NamedNode> =
        Relation::ALL.iter().map(|relation| zhengmai::model::vocab::zm(relation.property())).collect();
    for (_, quads) in five() {
        let plain: Vec<String> =
            quads.iter().filter(|quad| edges.contains(&quad.predicate)).map(ToString::to_string).collect();
        assert!(plain.is_empty(), "{}", plain.join("\n"));
    }
}

#[test]
fn every_edge_between_works_rests_on_a_claim_with_its_words() {
    let store = store_of(five());
    for relation in Relation::ALL {
        let property = relation.property();
        let unfounded = nodes(
            &store,
            &format!(
                "?x zm:{property} ?o . ?x a zm:PolicyDocument .
                 FILTER NOT EXISTS {{ ?c rdf:subject ?x ; rdf:predicate zm:{property} ; rdf:object ?o ; zm:quote ?q ; zm:start ?start ; zm:end ?end ; zm:rule ?r ; zm:confidence ?g }}"
            ),
        );
        assert!(unfounded.is_empty(), "{property}: {unfounded:?}");
    }
}

const NATIONAL: &str = "<http://127.0.0.1:7979/id/work/num/国知发运字/2022/47>";

/// The claims of 002 that it implements 国知发运字〔2022〕47号: one of the notice, one of what it carries.
fn implementing(store: &Store) -> Vec<NamedNode> {
    nodes(store, &format!("?x rdf:predicate zm:implements ; rdf:object {NATIONAL} ; rdf:subject ?s"))
}

#[test]
fn a_rejected_claim_is_gone_from_the_union_and_stays_gone() {
    let store = store_of(five());
    let before = version(&store);
    let claims = implementing(&store);
    assert_eq!(claims.len(), 2, "{claims:?}");
    let edge = format!("?work zm:implements {NATIONAL}");
    let above = ["zm:implements", "eli:applies", "eli:cites"]
        .map(|property| format!("?work a zm:PolicyDocument ; {property} {NATIONAL}"));
    let policy = format!("?policy a zm:Policy ; zm:implements ?national . {NATIONAL} zm:memberOf ?national");
    assert!(yes(&store, &edge) && yes(&store, &policy));
    // One of the two: the policy still rests on the other.
    reject(&store, &claims[0], "one");
    let subject = nodes(&store, &format!("<{}> rdf:subject ?x", claims[0].as_str())).remove(0);
    assert!(!yes(&store, &format!("<{}> zm:implements {NATIONAL}", subject.as_str())));
    assert!(yes(&store, &edge) && yes(&store, &policy));
    // Both.
    reject(&store, &claims[1], "other");
    for pattern in above.iter().chain([&edge, &policy]) {
        assert!(!yes(&store, pattern), "{pattern}");
    }
    // What the document says is still to be seen, with the decision beside it.
    assert_eq!(implementing(&store).len(), 4, "two claims and two decisions that repeat their statements");
    let rejected = version(&store);
    assert_ne!(rejected, before);
    // Read again, and taken out and read again: still gone.
    ingest(&store, five());
    assert!(!yes(&store, &edge) && !yes(&store, &policy));
    assert_eq!(version(&store), rejected);
    let third = &five()[2];
    remove(&store, &third.0);
    ingest(&store, [third]);
    assert!(!yes(&store, &edge) && !yes(&store, &policy));
    assert_eq!(version(&store), rejected);
    // Withdrawn: as before.
    withdraw(&store, "one");
    assert!(yes(&store, &edge) && yes(&store, &policy));
    withdraw(&store, "other");
    assert_eq!(version(&store), before);
}

#[test]
fn a_decision_holds_whatever_comes_before_or_after_it() {
    let late = empty();
    ingest(&late, [&five()[2]]);
    for (n, claim) in implementing(&late).iter().enumerate() {
        reject(&late, claim, &format!("d{n}"));
    }
    ingest(&late, five());
    let early = store_of(five());
    for (n, claim) in implementing(&early).iter().filter(|iri| iri.as_str().contains("/id/claim/")).enumerate() {
        reject(&early, claim, &format!("d{n}"));
    }
    assert_eq!(version(&late), version(&early));
}

#[test]
fn a_sentence_that_says_the_same_elsewhere_is_offered_for_rejection_too() {
    // 003's notice cites what it carries in its block, its title and its opening.
    let store = store_of(five());
    let notice = format!("<{BASE}/id/work/num/津丽知略/2021/1>");
    let plan = format!("<{BASE}/id/work/title/120110/2020—2021年天津市东丽区强化知识产权保护推进计划>");
    let claims = nodes(
        &store,
        &format!("?x rdf:subject {notice} ; rdf:predicate zm:promulgates ; rdf:object {plan} ; zm:inSource ?file"),
    );
    assert!(claims.len() >= 3, "{claims:?}");
    let others = |claim| others_for_the_same(&store, claim).expect("claims");
    assert_eq!(others(&claims[0]).len(), claims.len() - 1);
    // One is rejected, and with it those that rest on the same words elsewhere in the source.
    reject(&store, &claims[1], "one");
    let quote = |claim: &NamedNode| {
        let query = format!("{PREFIXES} SELECT ?quote {{ <{}> zm:quote ?quote }}", claim.as_str());
        select(&store, &query, &[]).expect("rows")[0].text("quote").to_owned()
    };
    let standing: Vec<&NamedNode> = claims.iter().filter(|claim| quote(claim) != quote(&claims[1])).collect();
    let other = others(&claims[1]);
    assert!(other.len() < claims.len() - 1 && other.iter().all(|claim| standing.contains(&claim)), "{other:?}");
}

#[test]
fn a_rejected_link_is_gone_both_ways_and_stays_gone() {
    let store = store_of(five());
    let before = version(&store);
    let one = format!("<{BASE}/id/work/num/津市场监管办/2020/39>");
    let other = format!("<{BASE}/id/work/num/津市场监管办/2021/39>");
    let forth = format!("{one} zm:possibleSameAs {other}");
    let back = format!("{other} zm:possibleSameAs {one}");
    assert!(yes(&store, &forth) && yes(&store, &back));
    let link = nodes(&store, &format!("?x a zm:Link ; zm:linkKind 'number-conflict' ; rdf:subject {one}")).remove(0);
    reject(&store, &link, "link");
    assert!(!yes(&store, &forth) && !yes(&store, &back));
    assert!(!yes(&store, &format!("<{}> a zm:Link", link.as_str())), "the link itself is gone from its layer");
    ingest(&store, five());
    assert!(!yes(&store, &forth) && !yes(&store, &back));
    let plan = &five()[3];
    remove(&store, &plan.0);
    ingest(&store, [plan]);
    assert!(!yes(&store, &forth) && !yes(&store, &back));
    withdraw(&store, "link");
    assert!(yes(&store, &forth) && yes(&store, &back));
    assert_eq!(version(&store), before);
}

/// A notice of 绍兴市 with one sentence.
fn note(name: &str, sentence: &str) -> Read {
    let text =
        format!("绍兴市水利局关于{name}的通知\n\n各区、县(市)水利局:\n{sentence}\n\n绍兴市水利局\n2022年5月9日\n");
    read(&format!("{name}.txt"), text.as_bytes())
}

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

#[test]
fn forgetting_leaves_a_hash_and_nothing_else() {
    let store = store_of(five());
    let (sha256, quads) = &five()[3];
    // A decision that quotes the source goes with it.
    let claim =
        nodes(&store, "?x a zm:Citation ; zm:inSource ?f . ?f zm:fileName ?name . FILTER CONTAINS(?name, '003')")
            .remove(0);
    reject(&store, &claim, "quoting");
    let erasure = Erasure {
        id: "gone".to_owned(),
        sha256: sha256.clone(),
        reason: "当事人要求".to_owned(),
        at: "2024-01-03T00:00:00Z".to_owned(),
    };
    let decisions = with_erasure(&store, &erasure).expect("a decision");
    Linker::load(&store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
    remove(&store, sha256);
    assert!(store.is_forgotten(sha256).expect("an answer"));
    assert!(!store.sources().expect("sources").contains(sha256));
    let mut everything = Vec::new();
    store.export(None, ExportFormat::NQuads, &mut everything).expect("an export");
    let everything = String::from_utf8(everything).expect("UTF-8");
    let tombstones: Vec<&str> = everything.lines().filter(|line| line.contains(sha256.as_str())).collect();
    assert_eq!(tombstones.len(), 1, "{}", tombstones.join("\n"));
    assert!(tombstones[0].contains("/id/decision/gone") && tombstones[0].contains("onSource"), "{}", tombstones[0]);
    // Words that stand in 003 alone.
    for word in ["津丽", "东丽", "昆仑", "商标代理机构自查", "津市场监管办", "quoting"] {
        let left: Vec<&str> =
            everything.lines().filter(|line| line.contains(word) && !line.contains("/graph/source/")).collect();
        assert!(left.is_empty(), "{word}: {}", left.join("\n"));
    }
    // Its own literals are nowhere.
    let others: String = five()
        .iter()
        .filter(|(other, _)| other != sha256)
        .flat_map(|(_, quads)| quads.iter().map(ToString::to_string))
        .collect();
    for quad in quads {
        let oxrdf::Term::Literal(literal) = &quad.object else { continue };
        let value = literal.value();
        let is_telling = value.chars().count() >= 8 && !value.is_ascii() && !others.contains(value);
        assert!(!is_telling || !everything.contains(value), "still there: {value}");
    }
    // The rest is as if it had never come, but for the tombstone.
    let rest: Vec<&Read> = five().iter().filter(|(other, _)| other != sha256).collect();
    let effective = |store: &Store| -> Vec<String> {
        store.graph(&store.iris().layer("effective")).expect("a graph").iter().map(ToString::to_string).collect()
    };
    assert_eq!(effective(&store), effective(&store_of(rest)));
}

#[test]
fn the_same_source_under_another_name_is_one_source() {
    let (name, bytes) = documents().swap_remove(1);
    let one = store_of([&read(&name, &bytes)]);
    ingest(&one, [&read("副本.txt", &bytes)]);
    assert_eq!(one.sources().expect("sources").len(), 1);
}

#[test]
fn a_base_of_ones_own_changes_iris_and_nothing_else() {
    let base = "https://policy.example.cn/kg";
    let scheme = IriScheme::new(base);
    let mut elsewhere: Vec<String> = documents()
        .iter()
        .flat_map(|(name, bytes)| {
            let source = source_of(name, bytes).expect("a text");
            to_quads(&scheme, RULE_SET, &source, &process(register(), &source))
        })
        .map(|quad| quad.to_string())
        .collect();
    assert!(elsewhere.iter().all(|quad| !quad.contains(BASE)));
    for quad in &mut elsewhere {
        *quad = quad.replace(base, BASE);
    }
    let mut here: Vec<String> = five().iter().flat_map(|(_, quads)| quads).map(ToString::to_string).collect();
    elsewhere.sort_unstable();
    here.sort_unstable();
    assert_eq!(elsewhere, here);
}
