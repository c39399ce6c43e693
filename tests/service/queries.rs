//! The named queries as REST.

use super::{
    client::{Answer, percent},
    five,
};
use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};
use std::{collections::BTreeSet, io::Cursor};
use zhengmai::query::CATALOGUE;

fn get(path: &str) -> Answer {
    five().get(&format!("/api/v1/queries{path}"), "*/*")
}

#[test]
fn every_query_is_listed_and_answers_with_its_defaults_and_its_columns() {
    let list = get("").json();
    let listed = list["queries"].as_array().expect("a list");
    assert_eq!(listed.len(), CATALOGUE.len());
    for query in listed {
        let (href, name) = (query["href"].as_str().expect("an address"), &query["name"]);
        assert!(query["summary"].as_str().is_some_and(|summary| summary.contains(" / ")), "{name}");
        let answer = five().get(href, "application/json");
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        let answer = answer.json();
        assert_eq!((&answer["query"], &answer["columns"]), (name, &query["columns"]));
        assert_eq!(answer["next"], Value::Null, "{name}");
        for parameter in query["parameters"].as_array().expect("a list") {
            assert!(["iri", "text", "integer", "date"].contains(&parameter["type"].as_str().expect("a type")));
            // Left open, it asks for anything.
            let open = format!("{href}?{}=", parameter["name"].as_str().expect("a name"));
            assert!(five().get(&open, "*/*").status == 200, "{open}");
        }
    }
}

#[test]
fn parameters_choose_the_rows() {
    for (path, column, expected) in [
        ("/what-must-an-agency-do-by?agency=天津市东丽区市场监督管理局&date=2020-01-01", "measure", 0),
        ("/which-works-belong-to-a-region?region=120110", "name", 1),
        ("/which-works-belong-to-a-region?region=990000", "name", 0),
        ("/which-findings-have-a-code?code=spam_injection", "file", 1),
        ("/what-cites?work=http://127.0.0.1:7979/id/work/num/国知发运字/2022/47", "claim", 1),
    ] {
        let answer = get(path).json();
        let rows = answer["rows"].as_array().unwrap_or_else(|| panic!("{path}: {answer}"));
        assert_eq!(rows.len().min(1), expected, "{path}: {answer}");
        assert!(rows.iter().all(|row| row.get(column).is_some()), "{path}: {answer}");
    }
}

#[test]
fn numbers_are_numbers_and_what_is_unbound_is_null() {
    let rows = get("/how-many-relations-by-type").json()["rows"].take();
    assert!(rows[0].as_object().expect("a row").values().any(Value::is_u64), "{rows}");
    let rows = get("/what-must-an-agency-do?agency=").json()["rows"].take();
    assert!(rows.as_array().expect("rows").iter().any(|row| row["deadline"] == Value::Null), "{rows}");
}

#[test]
fn a_wrong_parameter_is_told_with_those_that_there_are() {
    for (path, words) in [
        ("/what-cites?wrok=urn:x", "wrok"),
        ("/what-cites?work=没有方案", "work"),
        ("/what-cites?work=urn:a&work=urn:b", "work"),
        ("/what-is-due-by?date=2021-02-30", "date"),
        ("/which-works-are-cited-by-several?least=two", "least"),
        ("/what-cites?limit=1000000", "limit"),
        ("/what-cites?offset=-1", "offset"),
    ] {
        let answer = get(path);
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (400, "application/problem+json"),
            "{path}"
        );
        let problem = answer.json();
        assert_eq!(problem["code"], "parameter", "{path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(words)), "{problem}");
        let expected = problem["expected"].as_array().expect("what is expected");
        assert!(expected.iter().any(|one| one["name"] == "limit"), "{problem}");
    }
    let problem = get("/what-cites?x=1").json();
    assert_eq!(problem["expected"][0]["name"], "work");
    assert_eq!(problem["expected"][0]["type"], "iri");
    let unknown = get("/what-must-an-agency-have");
    assert_eq!(
        (unknown.status, &unknown.json()["candidates"][0]["href"]),
        (404, &json!("/api/v1/queries/what-must-an-agency-do"))
    );
    for path in ["/what-cites?format=pdf", "/what-cites?format=turtle"] {
        assert_eq!(get(path).status, 406, "{path}");
    }
}

#[test]
fn a_value_is_a_term_and_never_a_part_of_the_query() {
    for hostile in
        ["\" } UNION { ?s ?p ?o } #", "x\\\" ) ) } #", "\n} ; DROP ALL #", "?_agency", "'''\"\"\"", "\u{202e}\u{0}"]
    {
        let answer = get(&format!("/what-must-an-agency-do?agency={}", percent(hostile)));
        assert_eq!((answer.status, answer.json()["rows"].as_array().map(Vec::len)), (200, Some(0)), "{hostile:?}");
    }
    for hostile in ["urn:x> ?p ?o } #", "urn:x%3E", "javascript alert"] {
        let answer = get(&format!("/what-cites?work={}", percent(hostile)));
        let none = answer.status == 400 || answer.json()["rows"] == json!([]);
        assert!(none, "{hostile:?}: {}", answer.text());
    }
}

#[test]
fn pages_follow_each_other_without_gap_or_overlap() {
    let whole = get("/what-must-an-agency-do?agency=").json()["rows"].take();
    let whole = whole.as_array().expect("rows");
    assert!(whole.len() > 10, "{}", whole.len());
    let mut path = "/api/v1/queries/what-must-an-agency-do?agency=&limit=7".to_owned();
    let mut rows = Vec::new();
    loop {
        let answer = five().get(&path, "application/json");
        let link = answer.header("link");
        let page = answer.json();
        rows.extend(page["rows"].as_array().expect("rows").clone());
        match page["next"].as_str() {
            Some(next) => {
                assert_eq!(link, format!("<{next}>; rel=\"next\""));
                next.clone_into(&mut path);
            }
            None => break assert_eq!(link, ""),
        }
    }
    assert_eq!(&rows, whole);
    assert_eq!(get("/what-must-an-agency-do?agency=&offset=100000").json()["rows"], json!([]));
}

#[test]
fn the_same_rows_come_in_every_format() {
    let path = "/how-many-relations-by-type";
    let rows = get(path).json();
    let columns: Vec<&str> = rows["columns"].as_array().expect("columns").iter().filter_map(Value::as_str).collect();
    let count = rows["rows"].as_array().expect("rows").len();
    for (accept, format, media_type) in [
        ("application/sparql-results+json", "json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "xml", "application/sparql-results+xml"),
        ("text/csv", "csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "tsv", "text/tab-separated-values; charset=utf-8"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ] {
        let asked = five().get(&format!("/api/v1/queries{path}"), accept);
        let named = get(&format!("{path}?format={format}"));
        assert_eq!((asked.status, asked.header("content-type").as_str()), (200, media_type), "{format}");
        assert!(asked.header("vary").contains("Accept"));
        assert_eq!(asked.body, named.body, "{format}");
        match format {
            "json" => assert_eq!(asked.json()["results"]["bindings"].as_array().map(Vec::len), Some(count)),
            "xml" => assert_eq!(asked.text().matches("<result>").count(), count),
            "csv" => assert!(asked.text().starts_with(&columns.join(",")) && asked.text().lines().count() == count + 1),
            "tsv" => assert_eq!(asked.text().lines().count(), count + 1),
            _ => assert_eq!(sheet(&asked.body), table(&rows)),
        }
    }
}

/// The cells of a workbook, as another program reads them.
fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("结果").expect("a sheet");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// The same out of the plain rows.
fn table(answer: &Value) -> Vec<Vec<String>> {
    let columns: Vec<&str> = answer["columns"].as_array().expect("columns").iter().filter_map(Value::as_str).collect();
    let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string().replace("null", ""), str::to_owned);
    let rows = answer["rows"].as_array().expect("rows").iter();
    let rows = rows.map(|row| columns.iter().map(|column| cell(&row[*column])).collect());
    [columns.iter().map(|column| (*column).to_owned()).collect()].into_iter().chain(rows).collect()
}

#[test]
fn no_query_has_a_parameter_that_means_something_else_already() {
    let common: BTreeSet<&str> = ["limit", "offset", "format", "timeout"].into();
    for query in CATALOGUE {
        assert!(query.parameters().iter().all(|parameter| !common.contains(parameter.name.as_str())), "{}", query.name);
    }
}
