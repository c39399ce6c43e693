//! Full-text search over HTTP: the API, the page, SPARQL.

use super::{client::encoded, five};
use serde_json::Value;

fn api(query: &str) -> Value {
    let answer = five().get(&format!("/api/v1/search?{query}"), "application/json");
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

#[test]
fn the_api_tells_what_is_found_of_which_sorts_and_where() {
    let found = api("q=知识产权&limit=5");
    assert_eq!(found["works"].as_array().expect("works").len(), 5);
    assert!(found["total"].as_u64().expect("a number") > 20);
    let first = &found["works"][0];
    assert!(first["label"].as_str().expect("a label").contains("知识产权"));
    let marks: Vec<(usize, usize)> = serde_json::from_value(first["marks"].clone()).expect("places");
    let marked = crate::support::slice(first["label"].as_str().expect("a label"), marks[0].0, marks[0].1);
    assert_eq!(marked, "知识产权");
    // A value's count is what choosing it gives.
    for (facet, choices) in found["facets"].as_object().expect("facets") {
        let Some(value) = choices["values"].get(0) else { continue };
        let chosen = api(&format!("q=知识产权&{facet}={}", value["value"].as_str().expect("a value")));
        assert_eq!(chosen["total"], value["count"], "{facet}");
        let again = chosen["facets"][facet]["values"].as_array().expect("values");
        assert!(again.iter().any(|other| other["value"] == value["value"] && other["chosen"] == true), "{facet}");
    }
    let number = api("q=国知发运字[2022]47号");
    assert_eq!(number["found"], "one");
    assert_eq!(number["works"][0]["number"], "国知发运字〔2022〕47号");
    let nearly = api("q=天津市知识产权保护条列");
    assert_eq!((&nearly["found"], &nearly["nearly"]), (&Value::from("none"), &Value::from(true)));
    assert_eq!(nearly["near"][0]["label"], "天津市知识产权保护条例");
    let measures = api("q=金融&what=measures&limit=2");
    assert_eq!(measures["measures"].as_array().expect("measures").len(), 2);
    assert!(measures["measures_total"].as_u64().expect("a number") > 2);
}

#[test]
fn what_is_asked_wrongly_is_a_problem_with_a_code() {
    for query in [
        "",
        "q=",
        "q=《》",
        "q=知识&level=省",
        "q=知识&status=x",
        "q=知识&limit=1001",
        "q=知识&offset=10000",
        "q=知识&what=agencies",
        "q=知识&limit=x",
    ] {
        let answer = five().get(&format!("/api/v1/search?{query}"), "application/json");
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{query}");
        assert_eq!(answer.json()["code"], "bad-request", "{query}");
    }
    let long = five().get(&format!("/search?q={}", "知".repeat(201)), "text/html");
    assert_eq!(long.status, 400);
    assert!(long.text().contains("要找的字过多"));
}

#[test]
fn the_page_shows_what_can_be_chosen_and_given_up_and_marks_the_words() {
    let page = five().get("/search?q=知识产权", "text/html").text().to_owned();
    for words in ["有这些字的文件", "<mark>知识产权</mark>", "层级", "发文机关", "年份", "class=\"count\"", "全部"]
    {
        assert!(page.contains(words), "{words}");
    }
    let choose = encoded("/search?q=知识产权&status=held").replace('&', "&amp;");
    assert!(page.contains(&format!("href=\"{choose}\"")), "{choose}");
    let chosen = five().get("/search?q=知识产权&status=held", "text/html").text().to_owned();
    let give_up = format!("href=\"{}\" aria-current=\"true\"", encoded("/search?q=知识产权"));
    assert!(chosen.contains(&give_up), "{give_up}");
    let second = five().get("/search?q=知识产权&what=measures&offset=50", "text/html").text().to_owned();
    assert!(second.contains("rel=\"prev\"") && second.contains("51–"));
    let nothing = five().get("/search?q=知识产权&year=1999", "text/html").text().to_owned();
    assert!(nothing.contains("去掉全部筛选"));
    let words = five().get("/search?q=没有这样的文件", "text/html").text().to_owned();
    assert!(words.contains("没有找到") && words.contains("空格"));
    let measures = five().get("/search?q=金融&what=measures", "text/html").text().to_owned();
    assert!(measures.contains("措施") && measures.contains("<mark>金融</mark>"));
}

#[test]
fn sparql_searches_and_says_what_is_wrong() {
    let ask = |query: &str| {
        let query = format!("PREFIX zm: <https://w3id.org/zhengmai#> {query}");
        five().post("/sparql", "application/sparql-query", "application/sparql-results+json", query.as_bytes())
    };
    let found = ask(
        "SELECT ?hit ?s ?x { SERVICE zm:search { ?hit zm:query '知识产权' ; zm:score ?s ; zm:snippet ?x ; zm:limit 20 } }",
    );
    assert_eq!(found.status, 200, "{}", found.text());
    assert_eq!(found.json()["results"]["bindings"].as_array().expect("rows").len(), 20);
    let unbound = ask("SELECT * { VALUES ?q { '知识' } SERVICE zm:search { ?hit zm:query ?q } }");
    assert_eq!((unbound.status, unbound.json()["code"].as_str()), (400, Some("search-pattern")));
    let other = ask("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }");
    assert_eq!((other.status, other.json()["code"].as_str()), (403, Some("federation")));
    let explained = five().get(
        "/sparql?explain=true&query=SELECT * { SERVICE <https://w3id.org/zhengmai%23search> { ?hit <https://w3id.org/zhengmai%23query> '知识' } }",
        "application/json",
    );
    assert_eq!(explained.status, 200, "{}", explained.text());
}
