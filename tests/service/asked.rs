//! Questions that analysts may well ask: none is refused at the limits that a service has by default.

use super::{client::Client, start, store};
use std::fmt::Write as _;
use zhengmai::serve::Settings;

const QUESTIONS: &str = include_str!("../queries/legitimate.txt");

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX schema: <http://schema.org/>
";

/// What a question is called where the five documents say nothing about it.
const EMPTY: &str = "∅ ";

/// Name and text of each.
fn questions() -> Vec<(&'static str, String)> {
    let blocks = QUESTIONS.split("\n## ").skip(1);
    blocks
        .map(|block| {
            let (name, text) = block.split_once('\n').expect("a name and a text");
            (name, format!("{PREFIXES}{}", with_numbers(text)))
        })
        .collect()
}

/// A text with the numbers that `{{N}}` and `{{,N}}` stand for.
fn with_numbers(text: &str) -> String {
    let mut parts = text.split("{{");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (count, rest) = part.split_once("}}").expect("an end");
        let between = if count.starts_with(',') { ", " } else { " " };
        for n in 0..count.trim_start_matches(',').parse::<usize>().expect("a number") {
            let _ = write!(written, "{}{n}", if n == 0 { "" } else { between });
        }
        written.push_str(rest);
    }
    written
}

fn ask(client: &Client, name: &str, text: &str) -> Option<String> {
    let is_graph = text.contains("CONSTRUCT {") || text.contains("DESCRIBE");
    let accept = if is_graph { "application/n-triples" } else { "text/csv" };
    let answer = client.post("/sparql", "application/sparql-query", accept, text.as_bytes());
    if answer.status != 200 {
        return Some(format!("{name}: {} {}", answer.status, answer.text()));
    }
    let body = answer.text();
    let is_empty = body.trim() != "true" && body.lines().count() <= usize::from(!is_graph);
    (is_empty != name.starts_with(EMPTY)).then(|| format!("{name}: empty {is_empty}"))
}

#[test]
fn two_hundred_questions_of_analysts_are_answered() {
    let questions = questions();
    assert!(questions.len() >= 200);
    let client = start(store(), Settings::default());
    // Without optimisation a million rows take longer than anybody would wait.
    let asked = questions.iter().filter(|(name, _)| !cfg!(debug_assertions) || !name.starts_with("VALUES"));
    let faults: Vec<String> = asked.filter_map(|(name, text)| ask(&client, name, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
