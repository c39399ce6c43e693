//! `SERVICE zm:search` in SPARQL.

use super::{find, five};
use oxrdf::Term;
use zhengmai::query::{Dataset, QueryError, QueryResults, Row, evaluate, evaluate_with, explain};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> \
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

fn asked(query: &str) -> Result<Vec<Row>, QueryError> {
    let (store, search) = five();
    match evaluate_with(store, search, &format!("{PREFIXES}{query}"), &Dataset::default())? {
        QueryResults::Solutions(rows) => rows.map(|row| Ok(Row::from(&row?))).collect(),
        _ => panic!("no SELECT"),
    }
}

#[track_caller]
fn rows(query: &str) -> Vec<Row> {
    asked(query).unwrap_or_else(|error| panic!("{query}: {error}"))
}

#[test]
fn hits_have_scores_and_passages_and_are_joined_with_the_graph() {
    let (_, search) = five();
    let expected = find(search, "知识产权 金融");
    let found = rows(
        "SELECT ?hit ?s ?x ?label { SERVICE zm:search { ?hit zm:query '知识产权 金融' ; zm:score ?s ; zm:snippet ?x ; zm:limit 1000 }
            ?hit skos:prefLabel ?label } ORDER BY DESC(?s)",
    );
    assert_eq!(found.len(), expected.total);
    for (row, hit) in found.iter().zip(&expected.hits) {
        assert!((row.text("s").parse::<f64>().expect("a number") - f64::from(hit.score)).abs() < 0.001);
        assert!(!row.text("x").is_empty() && !row.text("label").is_empty());
    }
    let places = rows(
        "SELECT ?x (SUBSTR(?plain, ?start + 1, ?end - ?start) AS ?there) {
            SERVICE zm:search { ?hit zm:query '金融' ; zm:snippet ?x ; zm:inSource ?source ; zm:start ?start ; zm:end ?end ; zm:status zm:held }
            ?source zm:plainText ?plain }",
    );
    assert!(places.len() > 1);
    assert!(places.iter().all(|row| row.text("x") == row.text("there")));
}

#[test]
fn hits_may_be_asked_for_anywhere_in_a_query() {
    let total = rows("SELECT ?hit { SERVICE zm:search { ?hit zm:query '知识产权' ; zm:limit 1000 } }").len();
    assert!(total > 20);
    for (query, count) in [
        ("SELECT ?hit { SERVICE zm:search { ?hit zm:query '知识产权' } }", 20),
        ("SELECT ?hit { SERVICE zm:search { ?hit zm:query '知识产权' ; zm:limit 3 ; zm:offset 2 } }", 3),
        ("SELECT ?hit { SERVICE SILENT zm:search { ?hit zm:query '知识产权' ; zm:limit 3 } }", 3),
        ("SELECT ?hit { SERVICE <https://w3id.org/zhengmai#search> { ?hit zm:query '知识产权' ; zm:limit 3 } }", 3),
        (
            "SELECT ?hit { SERVICE zm:search { ?hit a zm:PolicyDocument ; zm:query '国知发运字[2022]47号' ; zm:status zm:stub } }",
            1,
        ),
        ("SELECT * { ?hit zm:status zm:held SERVICE zm:search { ?hit zm:query '没有这样的文件' } }", 0),
        (
            "SELECT * { ?hit a zm:PolicyDocument ; zm:status zm:held OPTIONAL { SERVICE zm:search { ?hit zm:query '没有这样的文件' } } }",
            8,
        ),
        (
            "SELECT * { { SERVICE zm:search { ?hit zm:query '专利' ; zm:limit 1 } } UNION { SERVICE zm:search { ?hit zm:query '商标' ; zm:limit 1 } } }",
            2,
        ),
        ("SELECT * { { SELECT (COUNT(*) AS ?n) { SERVICE zm:search { ?hit zm:query '知识产权' ; zm:limit 5 } } } }", 1),
        (
            "SELECT * { SERVICE zm:search { ?m a zm:Measure ; zm:query '金融' ; zm:limit 2 } ?m eli:is_part_of ?work }",
            2,
        ),
        (
            "SELECT * { SERVICE zm:search { ?hit zm:query '知识产权' ; eli:jurisdiction <http://127.0.0.1:7979/id/region/120110> ; zm:limit 1000 } FILTER NOT EXISTS { ?hit zm:level zm:county } }",
            0,
        ),
    ] {
        let found = rows(query).len();
        // How many works are held is for the documents to say.
        let count = if query.contains("OPTIONAL") {
            rows("SELECT ?hit { ?hit a zm:PolicyDocument ; zm:status zm:held }").len()
        } else {
            count
        };
        assert_eq!(found, count, "{query}");
    }
}

#[test]
fn what_it_can_t_answer_is_an_error_and_never_an_empty_answer() {
    for (pattern, words) in [
        ("?hit zm:query ?q", "q"),
        ("?hit zm:score ?s", "zm:query"),
        ("?hit zm:query '知识' ; zm:query '产权'", "zm:query"),
        ("?hit zm:query <urn:x>", "zm:query"),
        ("?hit zm:query '《》'", "没有可找的字"),
        ("?hit zm:query ''", "没有可找的字"),
        ("?hit zm:query '知识' ; skos:prefLabel ?label", "label"),
        ("?hit zm:query '知识' ; zm:level ?level", "level"),
        ("?hit zm:query '知识' ; ?p ?o", "谓语"),
        ("?hit zm:query '知识' ; zm:score 3", "zm:score"),
        ("?hit zm:query '知识' ; zm:limit 0", "zm:limit"),
        ("?hit zm:query '知识' ; zm:limit 1001", "zm:limit"),
        ("?hit zm:query '知识' ; zm:limit '许多'", "zm:limit"),
        ("?hit zm:query '知识' ; zm:level <urn:x>", "level"),
        ("?hit zm:query '知识' ; a zm:Agency", "zm:Measure"),
        ("?hit zm:query '知识' ; zm:unknown <urn:x>", "unknown"),
        ("?hit zm:query '知识' ; zm:score ?hit", "hit"),
        ("?hit zm:query '知识' . ?other zm:score ?s", "主语"),
        ("<urn:x> zm:query '知识'", "主语"),
        ("[] zm:query '知识'", "主语"),
        ("?hit zm:query '知识' FILTER (?hit = ?hit)", "三元组"),
        ("?hit zm:query '知识' OPTIONAL { ?hit zm:score ?s }", "三元组"),
        ("", "zm:query"),
    ] {
        for service in ["SERVICE", "SERVICE SILENT"] {
            let query = format!("SELECT * {{ {service} zm:search {{ {pattern} }} }}");
            match asked(&query) {
                Err(QueryError::SearchPattern(what)) => assert!(what.contains(words), "{query}: {what}"),
                other => panic!("{query}: {other:?}"),
            }
        }
    }
    // The words may not come from elsewhere in the query, either.
    let bound = "SELECT * { VALUES ?q { '知识' } SERVICE zm:search { ?hit zm:query ?q } }";
    assert!(matches!(asked(bound), Err(QueryError::SearchPattern(_))));
    let within = "SELECT * { ?hit a zm:PolicyDocument FILTER EXISTS { SERVICE zm:search { ?hit zm:query '知识' } } }";
    assert!(matches!(asked(within), Err(QueryError::SearchPattern(_))));
}

#[test]
fn other_services_stay_refused() {
    let (store, _) = five();
    for name in ["<http://127.0.0.1:1/>", "zm:other", "?service", "<https://w3id.org/zhengmai#searching>"] {
        for silent in ["", "SILENT"] {
            let query = format!("SELECT * {{ SERVICE {silent} {name} {{ ?hit zm:query '知识' }} }}");
            assert!(matches!(asked(&query), Err(QueryError::Service(_))), "{query}");
        }
    }
    // Where there is no search, there is none in SPARQL.
    let query = format!("{PREFIXES} SELECT * {{ SERVICE zm:search {{ ?hit zm:query '知识' }} }}");
    assert!(matches!(evaluate(store, &query, &Dataset::default()), Err(QueryError::Service(_))));
    let update = format!(
        "{PREFIXES} INSERT {{ GRAPH <urn:g> {{ ?hit zm:score 1 }} }} WHERE {{ SERVICE zm:search {{ ?hit zm:query '知识' }} }}"
    );
    assert!(zhengmai::query::update(store, &update, &Dataset::default()).is_err());
}

#[test]
fn a_query_that_searches_is_explained_and_its_terms_are_declared() {
    let (store, search) = five();
    let query = format!("{PREFIXES} SELECT * {{ SERVICE zm:search {{ ?hit zm:query '知识产权' ; zm:limit 3 }} }}");
    let plan = explain(store, search, &query, &Dataset::default()).expect("a plan");
    let plan = String::from_utf8(plan).expect("UTF-8");
    assert!(plan.contains("?hit") && !plan.contains("Service"), "{plan}");
    for term in ["search", "query", "limit", "offset", "score", "snippet"] {
        let node = zhengmai::model::vocab::zm(term);
        let declared = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?o { ?_term rdfs:isDefinedBy ?o }";
        let rows = zhengmai::query::select(store, declared, &[("_term", Term::from(node))]).expect("rows");
        assert_eq!(rows.len(), 1, "{term}");
    }
}
