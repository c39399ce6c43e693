//! The Reconciliation Service API 0.2: the shapes of its schemas, and that what somebody writes finds what is meant.

use super::{client::Answer, five};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    time::{Duration, Instant},
};

const BASE: &str = "http://127.0.0.1:7979/id/";

fn batch(queries: &Value) -> Value {
    let form = format!("queries={}", percent(&queries.to_string()));
    let answer = five().post("/reconcile", "application/x-www-form-urlencoded", "*/*", form.as_bytes());
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/json"), "{}", answer.text());
    answer.json()
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}

/// The candidates of one query.
fn candidates(query: &Value) -> Vec<Value> {
    let found = batch(&json!({ "q": query }))["q"]["result"].as_array().expect("candidates").clone();
    for candidate in &found {
        check_candidate(candidate);
    }
    let scores: Vec<f64> = found.iter().map(|found| found["score"].as_f64().expect("a score")).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
    found
}

/// As `reconciliation-result-batch.json` says.
fn check_candidate(candidate: &Value) {
    assert!(candidate["id"].is_string() && candidate["name"].is_string() && candidate["score"].is_number());
    assert!(candidate["description"].is_string() && candidate["match"].is_boolean());
    assert!(candidate["type"].as_array().is_some_and(|types| types.iter().all(|kind| kind["id"].is_string())));
    for feature in candidate["features"].as_array().expect("features") {
        assert!(feature["id"].is_string() && (feature["value"].is_boolean() || feature["value"].is_number()));
    }
}

#[test]
fn the_manifest_says_what_there_is_and_every_address_of_it_answers() {
    let answer = five().send("GET", "/reconcile", &[("origin", "https://openrefine.example")], b"");
    assert_eq!((answer.status, answer.header("access-control-allow-origin").as_str()), (200, "*"));
    let manifest = answer.json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    for name in ["name", "identifierSpace", "schemaSpace", "serviceVersion", "logo"] {
        assert!(manifest[name].is_string(), "{name}");
    }
    let types: BTreeSet<&str> =
        manifest["defaultTypes"].as_array().expect("types").iter().filter_map(|kind| kind["id"].as_str()).collect();
    assert_eq!(types, BTreeSet::from(["work", "policy", "agency", "region"]));
    let path = |url: &str| url.strip_prefix(&five().url("")).expect("an address of this service").to_owned();
    let id = percent(&format!("{BASE}work/num/国知发运字/2022/47"));
    for (template, status) in [("/view/url", 303), ("/preview/url", 200)] {
        let url = manifest.pointer(template).and_then(Value::as_str).expect("a template");
        assert!(url.contains("{{id}}"));
        assert_eq!(five().get(&path(&url.replace("{{id}}", &id)), "text/html").status, status, "{url}");
    }
    assert!(manifest["preview"]["width"].is_u64() && manifest["preview"]["height"].is_u64());
    for (what, id) in [("entity", id.as_str()), ("type", "agency"), ("property", "number")] {
        let suggest = &manifest["suggest"][what];
        let of = |url: &str, tail: &str| {
            format!("{}{}", suggest[url].as_str().unwrap_or_default(), suggest[tail].as_str().unwrap_or_default())
        };
        let url = format!("{}?prefix=a", of("service_url", "service_path"));
        assert!(five().get(&path(&url), "*/*").json()["result"].is_array(), "{url}");
        let url = of("flyout_service_url", "flyout_service_path").replace("${id}", id);
        let flyout = five().get(&path(&url), "*/*").json();
        assert!(flyout["html"].is_string() && flyout["id"].is_string(), "{url} {flyout}");
    }
    let extend = &manifest["extend"]["propose_properties"];
    let url = format!(
        "{}{}?type=work",
        extend["service_url"].as_str().unwrap_or_default(),
        extend["service_path"].as_str().unwrap_or_default()
    );
    assert!(five().get(&path(&url), "*/*").json()["properties"][0]["id"].is_string());
}

#[test]
fn what_somebody_writes_finds_what_is_meant_and_is_certain_only_when_it_is_exact() {
    for (query, kind, id, is_match) in [
        ("国知发运字〔2022〕47号", "", "work/num/国知发运字/2022/47", true),
        ("国知发运字[2022]47号", "", "work/num/国知发运字/2022/47", true),
        ("国知发运字 （２０２２） 第 47 号", "work", "work/num/国知发运字/2022/47", true),
        ("【国知发运字〔2022〕47号】", "", "work/num/国知发运字/2022/47", true),
        ("关于加快推动知识产权服务业高质量发展的意见", "", "work/num/国知发运字/2022/47", true),
        (
            "《关于加快推动知识产权服务业高质量发展的意见》（国知发运字〔2022〕47号）",
            "",
            "work/num/国知发运字/2022/47",
            true,
        ),
        (&format!("{BASE}work/num/国知发运字/2022/47"), "", "work/num/国知发运字/2022/47", true),
        ("天津市东丽区市场监督管理局", "", "agency/120110/天津市东丽区市场监督管理局", true),
        ("天津市东丽区", "region", "region/120110", true),
        ("120110", "region", "region/120110", true),
        ("玉溪市", "", "region/530400", true),
        // A slip.
        ("国知发远字〔2022〕47号", "", "work/num/国知发运字/2022/47", false),
        ("国知发运字〔2022〕48号", "", "work/num/国知发运字/2022/47", false),
        ("国知发运字〔2022〕4号", "", "work/num/国知发运字/2022/47", false),
        ("国知发运字〔2023〕47号", "", "work/num/国知发运字/2022/47", false),
        ("关于加快推动知识产权服务业高质星发展的意见", "", "work/num/国知发运字/2022/47", false),
        ("关于加快推动知识产权服务业高质量发展意见", "", "work/num/国知发运字/2022/47", false),
        (
            "关于加快推动知识产权服务业高质量发展的意见(国知发运字〔2022〕48号)",
            "",
            "work/num/国知发运字/2022/47",
            false,
        ),
        // Short names.
        ("东丽区市场监管局", "agency", "agency/120110/天津市东丽区市场监督管理局", false),
        ("东丽区市监局", "agency", "agency/120110/天津市东丽区市场监督管理局", false),
        ("东丽", "region", "region/120110", false),
    ] {
        let mut asked = json!({ "query": query, "limit": 3 });
        if !kind.is_empty() {
            asked["type"] = kind.into();
        }
        let found = candidates(&asked);
        let first = found.first().unwrap_or_else(|| panic!("{query}: nothing"));
        assert_eq!(first["id"], format!("{BASE}{id}"), "{query}: {found:?}");
        assert_eq!(first["match"], is_match, "{query}: {found:?}");
        assert!(found.len() <= 3 && found.iter().skip(1).all(|other| other["match"] == false), "{query}");
    }
    assert!(candidates(&json!({ "query": "与此毫不相干的东西" })).is_empty());
}

#[test]
fn what_means_several_is_told_with_all_of_them() {
    let found = candidates(&json!({ "query": "39号", "type": "work" }));
    assert!(found.len() >= 2 && found.iter().all(|found| found["match"] == false), "{found:?}");
    let found = candidates(&json!({ "query": "天津市强化知识产权保护推行计划", "type": ["work"] }));
    assert!(found.len() >= 2 && found.iter().all(|found| found["match"] == false), "{found:?}");
}

#[test]
fn a_policy_is_found_by_each_of_its_works() {
    let mut heads = BTreeSet::new();
    for query in ["津丽知略〔2021〕1号", "2020—2021年天津市东丽区强化知识产权保护推进计划"]
    {
        let found = candidates(&json!({ "query": query, "type": "policy" }));
        assert_eq!((found.len(), &found[0]["match"]), (1, &json!(true)), "{query}");
        assert_eq!(found[0]["type"][0]["id"], "policy");
        heads.insert(found[0]["id"].as_str().expect("an id").to_owned());
    }
    assert_eq!(heads.len(), 1);
}

#[test]
fn properties_tell_apart_and_what_has_another_value_is_not_certain() {
    let asked = |v: Value| {
        let properties = json!([{ "pid": "region", "v": v }]);
        let found =
            candidates(&json!({ "query": "天津市东丽区市场监督管理局", "type": "agency", "properties": properties }));
        (found[0]["match"].clone(), found[0]["score"].as_f64().expect("a score"))
    };
    assert_eq!(asked(json!("天津市东丽区")), (json!(true), 100.0));
    assert_eq!(asked(json!({ "id": format!("{BASE}region/120110") })), (json!(true), 100.0));
    assert_eq!(asked(json!(["云南省", "天津市东丽区"])), (json!(true), 100.0));
    let (is_match, score) = asked(json!("云南省"));
    assert!(is_match == false && score < 100.0);
    // Without words, the number that it should have is looked for.
    let found = candidates(&json!({ "properties": [{ "pid": "number", "v": "国知发运字[2022]47号" }] }));
    assert_eq!((&found[0]["match"], found.len()), (&json!(true), 1));
}

#[test]
fn a_batch_comes_by_get_by_post_and_as_a_script() {
    let queries = json!({ "q1": { "query": "玉溪市" }, "q0": { "query": "国知发运字〔2022〕47号" } });
    let posted = batch(&queries);
    let names: Vec<&String> = posted.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["q1", "q0"], "in the order in which they were asked");
    let got = five().get(&format!("/reconcile?queries={}", percent(&queries.to_string())), "*/*");
    assert_eq!(got.json(), posted);
    for path in ["/reconcile", "/reconcile/properties", "/reconcile/suggest/type"] {
        let script = five().get(&format!("{path}?callback=jsonp.a1"), "*/*");
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8", "{path}");
        let inner = script.text().strip_prefix("/**/jsonp.a1(").and_then(|text| text.strip_suffix(");"));
        assert!(inner.is_some_and(|json| serde_json::from_str::<Value>(json).is_ok()), "{path}");
    }
}

#[test]
fn what_is_wrong_with_a_batch_is_said() {
    let queries = |json: &str| format!("/reconcile?queries={}", percent(json));
    let many: serde_json::Map<String, Value> = (0..1001).map(|n| (n.to_string(), json!({ "query": "a" }))).collect();
    let too_many = format!("queries={}", percent(&Value::Object(many).to_string()));
    let posted = |body: &str, content_type: &str| five().post("/reconcile", content_type, "*/*", body.as_bytes());
    let form = "application/x-www-form-urlencoded";
    let rows: Vec<(Answer, u16, &str)> = vec![
        (five().get(&queries("{"), "*/*"), 400, "JSON"),
        (five().get(&queries("[]"), "*/*"), 400, "JSON"),
        (five().get(&queries(r#"{"a":{}}"#), "*/*"), 400, "a: "),
        (five().get(&queries(r#"{"a":{"query":""}}"#), "*/*"), 400, "a: "),
        (five().get(&queries(r#"{"a":{"query":"b","limit":0}}"#), "*/*"), 400, "limit"),
        (five().get(&queries(r#"{"a":{"query":"b","type":"Q5"}}"#), "*/*"), 400, "Q5"),
        (five().get(&queries(r#"{"a":{"query":"b","properties":[{"pid":"P1","v":1}]}}"#), "*/*"), 400, "P1"),
        (five().get("/reconcile?callback=alert(1)", "*/*"), 400, "callback"),
        (five().get("/reconcile?extend={}", "*/*"), 400, "ids"),
        (five().get(r#"/reconcile?extend={"ids":[],"properties":[{"id":"P1"}]}"#, "*/*"), 400, "P1"),
        (five().get("/reconcile/suggest/nothing?prefix=a", "*/*"), 404, "nothing"),
        (five().get("/reconcile/flyout/entity?id=http://x", "*/*"), 404, "http://x"),
        (five().get("/reconcile/flyout/entity", "*/*"), 400, "id"),
        (five().get("/reconcile/properties?type=Q5", "*/*"), 400, "Q5"),
        (posted(&too_many, form), 413, "1001"),
        (posted("{}", "application/json"), 415, "application/json"),
    ];
    for (answer, status, word) in rows {
        let problem = answer.json();
        assert_eq!(answer.status, status, "{problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(word)), "{word}: {problem}");
    }
}

#[test]
fn values_are_added_to_what_was_found_as_the_schema_says() {
    let ids = [
        format!("{BASE}work/num/津丽知略/2021/1"),
        format!("{BASE}agency/120110/天津市东丽区市场监督管理局"),
        format!("{BASE}region/120110"),
        format!("{BASE}work/num/没有/2021/1"),
    ];
    let properties = ["number", "issuer", "region", "level", "date", "policy", "above", "code"];
    let properties: Vec<Value> = properties.iter().map(|id| json!({ "id": id, "settings": {} })).collect();
    let extend = json!({ "ids": ids, "properties": properties }).to_string();
    let form = format!("extend={}", percent(&extend));
    let answer = five().post("/reconcile", "application/x-www-form-urlencoded", "*/*", form.as_bytes()).json();
    assert_eq!(five().get(&format!("/reconcile?extend={}", percent(&extend)), "*/*").json(), answer);
    for column in answer["meta"].as_array().expect("meta") {
        assert!(column["id"].is_string() && column["name"].is_string());
    }
    assert_eq!(answer["meta"][1]["type"]["id"], "agency");
    for row in answer["rows"].as_object().expect("rows").values() {
        for value in row.as_object().expect("a row").values().flat_map(|values| values.as_array().expect("values")) {
            let keys: Vec<&str> = value.as_object().expect("a value").keys().map(String::as_str).collect();
            assert!(matches!(keys.as_slice(), ["id", "name"] | ["str" | "date"]), "{value}");
        }
    }
    let row = |n: usize| &answer["rows"][&ids[n]];
    assert_eq!(row(0)["number"], json!([{ "str": "津丽知略〔2021〕1号" }]));
    assert_eq!(row(0)["level"], json!([{ "str": "县级" }]));
    assert_eq!(row(0)["region"][0], json!({ "id": format!("{BASE}region/120110"), "name": "天津市东丽区" }));
    assert_eq!(row(1)["region"], row(0)["region"]);
    assert_eq!(row(2)["code"], json!([{ "str": "120110" }]));
    assert_eq!(row(2)["above"][0]["name"], "天津市");
    assert_eq!(row(3)["number"], json!([]), "what is not known has no values");
}

#[test]
fn while_somebody_types_what_begins_so_is_offered() {
    let suggest = |query: &str| five().get(&format!("/reconcile/suggest/entity?prefix={query}"), "*/*").json();
    for (prefix, id) in [
        ("国知发运字[2022", "work/num/国知发运字/2022/47"),
        ("关于加快推动知识产权服务业", "work/num/国知发运字/2022/47"),
        ("天津市东丽区市场监督管理局", "agency/120110/天津市东丽区市场监督管理局"),
        ("天津市东丽区&type=region", "region/120110"),
        (&percent(&format!("{BASE}region/120110")), "region/120110"),
    ] {
        let found = suggest(prefix);
        let ids: Vec<&str> =
            found["result"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
        assert!(ids.contains(&format!("{BASE}{id}").as_str()), "{prefix}: {found}");
        let first = &found["result"][0];
        assert!(first["name"].is_string() && first["description"].is_string() && first["notable"][0]["id"].is_string());
    }
    let all = suggest("天津市");
    let next = suggest("天津市&cursor=10");
    let ids = |list: &Value| {
        list["result"].as_array().expect("a list").iter().map(|one| one["id"].to_string()).collect::<BTreeSet<_>>()
    };
    assert!(ids(&all).len() == 10 && !ids(&next).is_empty() && ids(&all).is_disjoint(&ids(&next)));
    assert_eq!(suggest("")["result"], json!([]));
    let property = five().get("/reconcile/suggest/property?prefix=文号", "*/*").json();
    assert_eq!(property["result"][0]["id"], "number");
}

#[test]
fn a_preview_may_stand_in_a_frame_and_other_pages_may_not() {
    let id = percent(&format!("{BASE}work/num/国知发运字/2022/47"));
    let preview = five().get(&format!("/reconcile/preview?id={id}"), "text/html");
    assert!(preview.text().contains("关于加快推动知识产权服务业高质量发展的意见"));
    assert!(preview.header("content-security-policy").contains("frame-ancestors *"));
    assert!(five().get("/", "text/html").header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(five().get("/reconcile/preview?id=http://x", "application/json").status, 404);
}

#[test]
fn a_batch_of_a_hundred_costs_no_more_than_ten_of_one() {
    let words = [
        "国知发远字〔2022〕47号",
        "关于加快推动知识产权服务业高质星发展的意见",
        "东丽区市监局",
        "国知发运字[2022]47号",
    ];
    let batch_of = |count: usize| {
        let queries = (0..count).map(|n| (format!("q{n}"), json!({ "query": words[n % words.len()] })));
        Value::Object(queries.collect())
    };
    let quickest = |count: usize| {
        let queries = batch_of(count);
        let once = || {
            let began = Instant::now();
            batch(&queries);
            began.elapsed()
        };
        (0..12).map(|_| once()).min().unwrap_or(Duration::MAX)
    };
    quickest(1);
    let (one, hundred) = (quickest(1), quickest(100));
    // Without optimisation the work weighs more beside what HTTP costs.
    let most = if cfg!(debug_assertions) { 40 } else { 10 };
    assert!(hundred <= one * most, "one {one:?}, a hundred {hundred:?}");
}
