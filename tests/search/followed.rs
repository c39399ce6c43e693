//! The index follows the store: what comes, what goes, what is decided, and what is in no index.

use super::{Answer, empty, find, five_documents, measures, question, read, run, write};
use crate::support::register;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use zhengmai::{
    link::Linker,
    query::select,
    review::{Verdict, with_rejection, without},
    search::{Counts, Facet, Filters, Question, Search, Wanted},
    store::{ReadBy, Store},
};

/// What is told of a question, whatever the parts that the index is in.
type Told = (usize, BTreeSet<(String, String)>, BTreeMap<Facet, Counts>);

fn told(answer: Answer) -> Told {
    let hits = answer.hits.into_iter().map(|hit| {
        let node = hit.measure.as_ref().map_or(&hit.work.iri, |measure| &measure.iri).as_str().to_owned();
        (node, format!("{:?} {:?} {:?}", hit.work, hit.measure, hit.snippet))
    });
    (answer.total, hits.collect(), answer.facets)
}

/// What an index tells of many questions.
fn everything(search: &Search) -> Vec<Told> {
    let texts = ["", "知识产权", "39号", "市场监管局"];
    let asked = texts.iter().flat_map(|text| [Wanted::Works, Wanted::Measures].map(|wanted| (text, wanted)));
    asked.map(|(text, wanted)| told(search.find(&Question { wanted, ..question(text) }).expect("an answer"))).collect()
}

/// That an index tells what one made anew from the store does.
#[track_caller]
fn assert_as_made_anew(search: &Search, store: &Store) {
    let anew = everything(&Search::open(store).expect("an index"));
    for (at, (followed, anew)) in everything(search).into_iter().zip(anew).enumerate() {
        assert_eq!(followed, anew, "question {at}");
    }
}

/// A claim about an object whose name is this, and the claim's property.
fn claim(store: &Store, property: &str, name: &str) -> oxrdf::NamedNode {
    let claims = format!(
        "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
         PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
         SELECT ?claim {{ ?claim rdf:predicate {property} ; zm:agentName '{name}' ; zm:inSource ?source }} ORDER BY ?claim"
    );
    select(store, &claims, &[]).expect("claims")[0].node("claim").expect("a node").clone()
}

fn reject(store: &Store, claim: &oxrdf::NamedNode, id: &str) {
    let [reason, by, at] = ["a test", "t", "2024-01-02T00:00:00Z"].map(str::to_owned);
    let verdict = Verdict { id: id.to_owned(), reason, by, at };
    let decisions = with_rejection(store, claim, &verdict).expect("a decision");
    Linker::load(store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
}

#[test]
fn what_comes_and_goes_and_is_decided_is_found_as_in_an_index_made_anew() {
    let store = empty();
    let search = Search::open(&store).expect("an index");
    assert_eq!(find(&search, "知识产权").total, 0);
    let documents = five_documents();
    for document in &documents {
        write(&store, vec![document.clone()]);
        assert_as_made_anew(&search, &store);
    }
    assert!(find(&search, "知识产权").total > 10);
    let id = "0189f7a0-0000-7000-8000-000000000000";
    reject(&store, &claim(&store, "zm:lead", "天津市东丽区金融工作局"), id);
    assert_as_made_anew(&search, &store);
    let withdrawn = without(&store, id).expect("a decision");
    Linker::load(&store, register()).expect("a linker").replace_decisions(withdrawn).expect("a written store");
    assert_as_made_anew(&search, &store);
    for (sha256, _) in &documents {
        write(&store, vec![(sha256.clone(), None)]);
        assert_as_made_anew(&search, &store);
    }
    assert_eq!(find(&search, "").total, 0);
    assert_eq!(measures(&search, "", &Filters::default()).total, 0);
}

#[test]
fn a_text_that_goes_from_one_of_two_sources_is_found_in_the_other() {
    let store = empty();
    let search = Search::open(&store).expect("an index");
    let text = "绍兴市水利局关于河道清淤的通知\n绍市水〔2021〕8号\n\n各区:\n请清淤。\n\n绍兴市水利局\n2021年5月9日\n";
    let copies = [read(text), read(&format!("{text}\n来源:某某网\n"))];
    write(&store, copies.to_vec());
    let sources = |search: &Search| {
        let hits = find(search, "请清淤").hits;
        (hits.len(), hits.into_iter().filter_map(|hit| hit.snippet).map(|found| found.sha256).collect::<Vec<_>>())
    };
    let (count, first) = sources(&search);
    assert_eq!(count, 1);
    write(&store, vec![(first[0].clone(), None)]);
    let (count, second) = sources(&search);
    assert_eq!(count, 1);
    assert_ne!(first, second);
    assert_as_made_anew(&search, &store);
}

#[test]
fn a_rejected_statement_is_found_by_nothing() {
    let store = empty();
    let search = Search::open(&store).expect("an index");
    let text =
        "绍兴市水利局关于河道清淤的通知\n\n各区:\n一、清淤。(责任单位:市农业农村局)\n\n绍兴市水利局\n2021年5月9日\n";
    write(&store, vec![read(text)]);
    // Named as an agency it ranks above the words of the text, which stay what they are.
    let name = "绍兴市农业农村局";
    let is_agency = |search: &Search| {
        let found = find(search, name).hits.into_iter().chain(measures(search, name, &Filters::default()).hits);
        found.map(|hit| hit.score >= 250.0).collect::<Vec<_>>()
    };
    assert_eq!(is_agency(&search), [true, true]);
    let assigned = "PREFIX zm: <https://w3id.org/zhengmai#> SELECT ?claim { ?claim a zm:Assignment }";
    let rows = select(&store, assigned, &[]).expect("claims");
    for (n, row) in rows.iter().enumerate() {
        reject(&store, row.node("claim").expect("a node"), &format!("0189f7a0-0000-7000-8000-00000000000{n}"));
    }
    assert_eq!(is_agency(&search), [false]);
    // Who issued it can be chosen, until that is rejected.
    let mut filters = Filters::default();
    filters.ask(Facet::Issuer, "绍兴市水利局").expect("a value");
    let issued =
        |search: &Search| search.find(&Question { filters: filters.clone(), ..question("清淤") }).expect("one").total;
    assert_eq!(issued(&search), 1);
    let issuers =
        "PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?claim { ?claim rdf:predicate eli:passed_by }";
    for (n, row) in select(&store, issuers, &[]).expect("claims").iter().enumerate() {
        reject(&store, row.node("claim").expect("a node"), &format!("0189f7a0-0000-7000-8000-00000000001{n}"));
    }
    assert_eq!(issued(&search), 0);
    assert!(!find(&search, "清淤").facets[&Facet::Issuer].values.contains_key("绍兴市水利局"));
}

#[test]
fn personal_data_is_in_no_index() {
    let store = empty();
    let text = "绍兴市水利局关于河道清淤的通知\n\n各区:\n请将联络员报市水利局(联系人：皮小满；电话：60417723)。\n\
                一、加强值守。（联系人:皮小满，手机:13900000000，邮箱:pixiaoman@example.com）\n\n绍兴市水利局\n2021年5月9日\n";
    write(&store, vec![read(text)]);
    let folder = tempfile::tempdir().expect("a folder");
    let search = Search::in_folder(&store, folder.path()).expect("an index");
    assert_eq!(find(&search, "联络员").total, 1);
    for secret in ["皮小满", "小满", "60417723", "13900000000", "139000", "pixiaoman", "■"] {
        let answer = search.find(&question(secret));
        assert!(answer.is_err() || answer.is_ok_and(|answer| answer.total == 0), "{secret}");
        let measures = search.find(&Question { wanted: Wanted::Measures, ..question(secret) });
        assert!(measures.is_err() || measures.is_ok_and(|answer| answer.total == 0), "{secret}");
    }
    for path in files(folder.path()) {
        let bytes = fs::read(&path).expect("a file");
        for secret in ["皮小", "小满", "6041", "pixi"] {
            assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{}", path.display());
        }
    }
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn an_index_is_kept_and_made_anew_where_it_is_missing_damaged_or_of_another_version() {
    let store = empty();
    let documents = five_documents();
    write(&store, documents[..3].to_vec());
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("search");
    let open = || Search::in_folder(&store, &at).expect("an index");
    let first = everything(&open());
    let kept = files(&at);
    assert!(kept.len() > 3);
    assert_eq!(everything(&open()), first);
    assert_eq!(files(&at), kept, "what is there is used as it is");
    fs::remove_dir_all(&at).expect("a folder");
    assert_eq!(everything(&open()), first, "missing");
    assert!(at.join("meta.json").exists());
    fs::write(at.join("meta.json"), b"{").expect("a file");
    assert_eq!(everything(&open()), first, "damaged");
    // The store has gone on while nobody followed it.
    write(&store, documents[3..].to_vec());
    assert_as_made_anew(&open(), &store);
    assert_ne!(everything(&open()), first);
    // Kept up to date by who followed it, it is used as it is.
    let search = open();
    write(&store, vec![(documents[0].0.clone(), None)]);
    search.update().expect("an index");
    let kept = files(&at);
    drop(search);
    assert_as_made_anew(&open(), &store);
    assert_eq!(files(&at), kept);
}

#[test]
fn two_may_open_one_index_and_each_answers() {
    let store = empty();
    write(&store, five_documents());
    let folder = tempfile::tempdir().expect("a folder");
    let lock = folder.path().join(".tantivy-writer.lock");
    let first = Search::in_folder(&store, folder.path()).expect("an index");
    fs::remove_file(folder.path().join("meta.json")).expect("a file");
    assert!(lock.exists());
    let second = Search::in_folder(&store, folder.path()).expect("an index");
    assert_eq!(find(&first, "知识产权").total, find(&second, "知识产权").total);
}

#[test]
fn what_is_purged_is_in_no_file() {
    let store = empty();
    let folder = tempfile::tempdir().expect("a folder");
    let search = Search::in_folder(&store, folder.path()).expect("an index");
    let mut sources = five_documents();
    sources.push(read("龘靐县人民政府关于龘靐的通知\n\n一、龘靐齉爩。\n\n龘靐县人民政府\n2021年5月9日\n"));
    let gone = sources[5].0.clone();
    write(&store, sources);
    assert!(find(&search, "龘靐").total > 0);
    let mut linker = Linker::load(&store, register()).expect("a linker");
    linker.replace_sources(vec![(gone, None)], &run(), &ReadBy::default()).expect("a written store");
    search.purge().expect("an index");
    assert_eq!(find(&search, "龘靐").total, 0);
    assert_as_made_anew(&search, &store);
    let meta = fs::read_to_string(folder.path().join("meta.json")).expect("a file");
    let meta: serde_json::Value = serde_json::from_str(&meta).expect("JSON");
    let segments = meta["segments"].as_array().expect("segments");
    assert!(segments.iter().all(|segment| segment["deletes"].is_null()), "{meta}");
    for path in files(folder.path()) {
        let bytes = fs::read(&path).expect("a file");
        let secret = "龘靐".as_bytes();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{}", path.display());
    }
}
