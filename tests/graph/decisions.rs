//! What people decide: that a claim or a link does not hold, that a source is forgotten.

use super::{
    BASE, PREFIXES, Read, empty, five, ingest, nodes, register, reject, remove, store_of, version, withdraw, yes,
};
use oxrdf::NamedNode;
use zhengmai::{
    link::Linker,
    query::select,
    review::{Erasure, others_for_the_same, with_erasure},
    store::{ExportFormat, Store},
};

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
