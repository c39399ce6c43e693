//! How long the index takes to make and to ask, and how large it is.

#![allow(clippy::print_stdout, reason = "what was measured")]

use super::{empty, question, write};
use crate::support::{documents, quads};
use rayon::prelude::*;
use std::{
    collections::BTreeSet,
    env, fs,
    time::{Duration, Instant},
};
use zhengmai::{
    model::Source,
    query::select,
    read::{parse_line, source_of},
    search::{Question, Search, Wanted},
    store::Store,
};

/// The documents of the JSON Lines that `ZHENGMAI_LINES` names (the first `ZHENGMAI_COUNT` of them), or the five.
fn sources() -> Vec<Source> {
    let Some(path) = env::var_os("ZHENGMAI_LINES") else {
        return documents().into_iter().filter_map(|(name, bytes)| source_of(&name, &bytes).ok()).collect();
    };
    let most = env::var("ZHENGMAI_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
    let text = fs::read_to_string(path).expect("a readable file");
    let lines: Vec<(usize, &str)> = text.lines().take(most).enumerate().collect();
    let source = |(n, line): &(usize, &str)| parse_line(line.as_bytes(), n + 1, None).ok().map(|loaded| loaded.source);
    lines.par_iter().filter_map(source).collect()
}

/// Parts of titles, numbers and single words, as somebody would ask for them.
fn questions(store: &Store) -> Vec<String> {
    let works = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX eli: <http://data.europa.eu/eli/ontology#>
        SELECT ?label ?number { ?work a zm:PolicyDocument ; skos:prefLabel ?label OPTIONAL { ?work eli:number ?number } } ORDER BY ?work";
    let rows = select(store, works, &[]).expect("works");
    let step = (rows.len() / 150).max(1);
    let mut questions = BTreeSet::new();
    for (n, row) in rows.iter().enumerate().step_by(step) {
        let label: Vec<char> = row.text("label").chars().collect();
        let length = [2, 4, 8, label.len()][n % 4].min(label.len());
        questions.insert(label[(n * 5) % (label.len() - length + 1)..].iter().take(length).collect());
        questions.insert(row.text("number").to_owned());
    }
    questions.extend(["知识产权", "高质量发展", "国知局", "市场监管局", "法", "知识产权 金融 质押"].map(str::to_owned));
    questions.retain(|text| text.chars().any(char::is_alphanumeric) && text.chars().count() <= 200);
    questions.into_iter().collect()
}

#[test]
#[ignore = "measures time; make verify"]
fn an_index_is_made_and_asked_in_time() {
    let sources = sources();
    let characters: usize = sources.iter().map(|source| source.text.chars().count()).sum();
    let store = empty();
    let reads: Vec<_> = sources.par_iter().map(|source| (source.sha256.clone(), Some(quads(source)))).collect();
    write(&store, reads);
    let folder = tempfile::tempdir().expect("a folder");
    let start = Instant::now();
    let search = Search::in_folder(&store, folder.path()).expect("an index");
    let made = start.elapsed();
    let kilobytes = search.size().expect("a size") / 1000;
    println!("{} documents, {characters} characters: index in {made:.1?}, {kilobytes} kB", sources.len());
    let questions = questions(&store);
    for (name, wanted, limit) in
        [("20 works", Wanted::Works, 20), ("20 measures", Wanted::Measures, 20), ("count", Wanted::Works, 0)]
    {
        let mut times: Vec<Duration> = questions
            .iter()
            .map(|text| {
                let start = Instant::now();
                search.find(&Question { wanted, limit, ..question(text) }).expect("an answer");
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
        println!("{name}: {} questions, p50 {:.1?}, p95 {:.1?}, most {:.1?}", times.len(), at(50), at(95), at(100));
    }
    let (sha256, one) = (sources[0].sha256.clone(), quads(&sources[0]));
    write(&store, vec![(sha256.clone(), None)]);
    write(&store, vec![(sha256, Some(one))]);
    let start = Instant::now();
    search.update().expect("an index");
    println!("one document brought up to date in {:.1?}", start.elapsed());
}
