//! Queries that would not end, or not before the memory does: what is stopped, what is refused, and what is not.

use super::{five, start, store};
use std::{
    collections::BTreeSet,
    sync::mpsc::{RecvTimeoutError, channel},
    time::{Duration, Instant},
};
use zhengmai::{
    query::{CATALOGUE, Dataset, QueryError, QueryResults, Row, Stop, Watch, evaluate, select, update},
    serve::{Settings, Writing},
    store::Store,
};

/// A store with `count` chained nodes.
fn chain(count: usize) -> Store {
    let store = Store::in_memory("http://127.0.0.1:7979").expect("memory");
    let triples = written(count, |n| format!("<urn:n{n}> <urn:p{}> <urn:n{}> . ", n % 3, (n * 7 + 1) % count));
    let text = format!("INSERT DATA {{ GRAPH <urn:g> {{ {triples} }} }}");
    update(&store, &text, &Dataset::default()).expect("an update");
    store
}

fn values(name: &str, count: usize) -> String {
    let numbers = (0..count).map(|n| n.to_string());
    format!("VALUES ?{name} {{ {} }}", numbers.collect::<Vec<_>>().join(" "))
}

/// Queries that take longer than anybody has, each for another reason.
fn endless() -> Vec<(&'static str, String)> {
    let product = |counts: &[usize]| {
        let parts = counts.iter().enumerate().map(|(at, count)| values(&format!("v{at}"), *count));
        parts.collect::<Vec<_>>().join(" ")
    };
    let same = |count: usize| {
        let one = |at: usize| format!("VALUES (?x ?y{at}) {{ {} }}", written(count, |n| format!("(1 {n}) ")));
        written(6, one)
    };
    vec![
        ("joins", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".into()),
        ("joins that find nothing", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a = ?d && ?d = ?g && ?a != ?g) }".into()),
        ("VALUES", format!("SELECT (COUNT(*) AS ?n) {{ {} }}", product(&[2000, 2000, 2000]))),
        ("VALUES that find nothing", format!("SELECT * {{ {} FILTER (?v0 + ?v1 + ?v2 < 0) }}", product(&[2000, 2000, 2000]))),
        ("VALUES with one key", format!("SELECT (COUNT(*) AS ?n) {{ {} }}", same(300))),
        ("VALUES in subqueries", format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {} }} }} {{ SELECT * {{ {} }} }} }}", product(&[3000, 3000]), values("w", 3000))),
        ("OPTIONAL", format!("SELECT (COUNT(*) AS ?n) {{ {} OPTIONAL {{ {} OPTIONAL {{ {} FILTER (?b < 0) }} }} }}", values("a", 3000), values("b", 3000), values("c", 3000))),
        ("MINUS", format!("SELECT (COUNT(*) AS ?n) {{ {} MINUS {{ {} }} }}", product(&[3000, 3000]), values("x", 3000))),
        ("EXISTS", format!("SELECT (COUNT(*) AS ?n) {{ {} FILTER EXISTS {{ {} FILTER (?x + ?y < ?v0) }} }}", values("v0", 3000), "VALUES ?x { 1 2 } ?s ?p ?o . ?t ?q ?r . ?u ?w ?z VALUES ?y { 1 }")),
        ("NOT EXISTS of a product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { GRAPH ?x { ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER (?d = ?a && ?l = 7) } } }".into()),
        ("EXISTS of one triple that there is not", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER EXISTS { ?d ?e ?d OPTIONAL { ?e ?f ?e } } }".into()),
        ("OPTIONAL on condition", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i FILTER (?a = ?d && ?i = 7) } } }".into()),
        ("ORDER BY", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a".into()),
        ("DISTINCT", "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".into()),
        ("GROUP_CONCAT", "SELECT (GROUP_CONCAT(?a) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".into()),
        ("a path", "SELECT (COUNT(*) AS ?n) { ?a (<urn:p0>|<urn:p1>|<urn:p2>)* ?b . ?c (<urn:p0>|<urn:p1>|<urn:p2>)+ ?d }".into()),
        ("a path of paths", "SELECT (COUNT(*) AS ?n) { ?a ((<urn:p0>|!<urn:x>)*/(<urn:p1>|!<urn:y>)*)* ?b }".into()),
        ("a regular expression", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?a), STR(?d)), '^(([a-z:])+.)+[A-Z]([a-z0-9])+$') }".into()),
        ("UNION", "SELECT (COUNT(*) AS ?n) { { ?a ?b ?c } UNION { ?c ?b ?a } ?d ?e ?f { ?x ?y ?z } UNION { ?z ?y ?x } }".into()),
        ("a sum over a product", format!("SELECT ?v0 (SUM(?v1 * ?v2) AS ?n) {{ {} }} GROUP BY ?v0 ORDER BY ?n", product(&[2000, 2000, 2000]))),
    ]
}

#[test]
fn what_does_not_end_is_stopped() {
    let store = chain(3000);
    for (why, query) in endless() {
        stopped(&store, why, &query);
    }
}

#[test]
#[ignore = "timed: for a machine that does nothing else, and a program with optimisation"]
fn what_does_not_end_is_stopped_within_a_second() {
    let store = chain(3000);
    for (why, query) in endless() {
        let late = stopped(&store, why, &query);
        println!("{late:>12.3?} {why}");
        assert!(late < Duration::from_secs(1), "{why}: {late:?} late");
    }
}

/// Stops a query some time after it has begun; how much later it ended.
fn stopped(store: &Store, why: &str, query: &str) -> Duration {
    let watch = Watch::new(None, u64::MAX);
    let stopper = watch.clone();
    let (ended, end) = channel::<()>();
    let clock = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        stopper.stop(Stop::OutOfTime);
        let told = Instant::now();
        while end.recv_timeout(Duration::from_millis(50)) == Err(RecvTimeoutError::Timeout) {
            stopper.insist();
        }
        told
    });
    let answer = watch.within(|| select(store, query, &[]));
    let now = Instant::now();
    drop(ended);
    assert!(matches!(answer, Err(QueryError::Stopped(Stop::OutOfTime))), "{why}: {:?}", answer.map(|rows| rows.len()));
    now.saturating_duration_since(clock.join().expect("a clock"))
}

#[test]
fn what_is_told_to_stop_reads_nothing_more() {
    let store = chain(60_000);
    // Each would read the store once more from its beginning to its end: to count it takes long enough to tell.
    let whole = Instant::now();
    select(&store, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER (STRLEN(STR(?a)) > 0) }", &[]).expect("a count");
    let whole = whole.elapsed();
    for query in [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?a }",
        "SELECT * { ?a ?b ?c } ORDER BY ?c",
        "SELECT ?b (COUNT(?a) AS ?n) { GRAPH ?g { ?a ?b ?c } } GROUP BY ?b",
        "SELECT DISTINCT ?b { ?a ?b ?c MINUS { ?d ?e ?c } }",
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:p0>|<urn:p1>)* ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a <urn:p0>+ ?b . ?d (!<urn:x>)+ ?e }",
    ] {
        let watch = Watch::new(None, u64::MAX);
        watch.stop(Stop::OutOfTime);
        let began = Instant::now();
        let answer = watch.within(|| select(&store, query, &[]));
        let took = began.elapsed();
        assert!(matches!(answer, Err(QueryError::Stopped(Stop::OutOfTime))), "{query}");
        assert!(took * 5 < whole, "{query}: {took:?}, and reading all takes {whole:?}");
    }
}

#[test]
fn a_string_that_grows_beyond_all_use_is_stopped() {
    let store = chain(1);
    let doubled = |function: &str| {
        let steps = (1..60).map(|n| format!("BIND({} AS ?s{n}) ", function.replace("?s", &format!("?s{}", n - 1))));
        format!("SELECT (STRLEN(?s59) AS ?n) {{ BIND('a' AS ?s0) {} }}", steps.collect::<String>())
    };
    for query in [
        doubled("CONCAT(?s, ?s)"),
        doubled("REPLACE(?s, 'a', CONCAT(?s, 'a'))"),
        doubled("REPLACE(?s, 'a', ?s)").replace("BIND('a' AS ?s0)", "BIND('aaa' AS ?s0)"),
        format!(
            "SELECT * {{ BIND(CONCAT({}) AS ?s0) BIND(CONCAT({}) AS ?s1) }}",
            vec!["'0123456789'"; 2000].join(","),
            vec!["?s0"; 2000].join(",")
        ),
    ] {
        let watch = Watch::new(None, u64::MAX);
        let ended = watch.within(|| select(&store, &query, &[]));
        assert!(
            matches!(ended, Err(QueryError::Stopped(Stop::LongString))),
            "{query}: {:?}",
            ended.map(|rows| rows.len())
        );
    }
}

#[test]
fn a_product_is_not_gathered_beyond_all_use() {
    let store = chain(1);
    let (some, none) = (values("a", 1500), "VALUES ?x { UNDEF 1 }");
    for (query, is_refused) in [
        (format!("{{ SELECT * {{ {some} {} }} }} ?s ?p ?o", values("b", 1500)), true),
        (format!("{{ SELECT * {{ {some} {} }} }} ?s ?p ?o", values("b", 1000)), false),
        (format!("?s ?p ?o OPTIONAL {{ {some} {} }}", values("b", 1500)), true),
        (format!("?s ?p ?o FILTER EXISTS {{ {some} {} {} }}", values("b", 1500), values("c", 1)), true),
        // Gathered 1,500 times in a loop, 2,000 rows each time: what counts is one time.
        (format!("{some} FILTER EXISTS {{ {} VALUES ?c {{ 1 2 }} }}", values("b", 2000)), false),
        // A variable that may be unbound on a side is none that they share.
        (format!("{{ {none} {some} {} }} {{ {none} ?s ?p ?o }}", values("b", 1500)), true),
        // A total is one row, wherever it stands.
        (format!("{some} {} {{ SELECT (COUNT(*) AS ?n) {{ {} }} }}", values("b", 1500), values("c", 3)), false),
        (format!("{some} {} {{ SELECT (MAX(?c) * 2 AS ?n) {{ {} }} }}", values("b", 1500), values("c", 3)), false),
    ] {
        let query = format!("SELECT (COUNT(*) AS ?count) {{ {query} }}");
        let watch = Watch::new(None, u64::MAX);
        let ended = watch.within(|| select(&store, &query, &[])).map(|rows| rows.len());
        let as_expected =
            if is_refused { matches!(ended, Err(QueryError::Stopped(Stop::Product))) } else { matches!(ended, Ok(1)) };
        assert!(as_expected, "{query}: {ended:?}");
    }
}

#[test]
fn a_path_that_gets_everywhere_is_not_begun_in_a_large_store() {
    let (small, large) = (chain(50), chain(210_000));
    let answer = |store: &Store, path: &str| {
        let query = format!("SELECT (COUNT(*) AS ?n) {{ <urn:n1> {path} ?b }}");
        select(store, &query, &[]).map(|rows| rows.len())
    };
    for path in ["(<urn:p0>|<urn:p1>|<urn:p2>|^<urn:p0>)+", "(!<urn:x>|^!<urn:x>)*", "^(^!<urn:x>/<urn:p0>)+"] {
        assert!(matches!(answer(&small, path), Ok(1)), "{path}");
        assert!(matches!(answer(&large, path), Err(QueryError::TooComplex { found: 200_001, .. })), "{path}");
    }
    for path in ["<urn:p0>*", "<urn:p1>/^<urn:p1>", "(<urn:p2>|^<urn:p2>)*"] {
        assert!(matches!(answer(&large, path), Ok(1)), "{path}");
    }
}

#[test]
fn a_watched_query_has_the_answer_of_one_that_is_not() {
    let store = store();
    let base = store.iris().base().to_owned();
    let mut texts: Vec<String> = CATALOGUE.iter().filter_map(|query| query.bound(&[], &base).ok()).collect();
    assert!(texts.len() > 20);
    texts.extend(
        [
            "SELECT * { VALUES ?a { 1 2 UNDEF } VALUES ?b { 2 3 } OPTIONAL { VALUES (?a ?c) { (1 1) (2 2) } FILTER (?b > ?c) } }",
            "SELECT ?s (GROUP_CONCAT(?l; separator='|') AS ?ls) { { SELECT ?s ?l { ?s ?p ?l FILTER isLiteral(?l) } ORDER BY ?s STR(?l) LIMIT 40 } } GROUP BY ?s",
            "SELECT (CONCAT('a', 'b', REPLACE(STR(?s), 'work', 'WORK')) AS ?x) { ?s ?p ?o FILTER NOT EXISTS { ?o ?q ?s } FILTER REGEX(STR(?s), CONCAT('w', 'ork')) }",
            "SELECT * { { SELECT * { ?s a ?t } ORDER BY ?s ?t LIMIT 20 } MINUS { ?s ?p 1 } FILTER EXISTS { ?s ?p ?o . ?o ?q ?z . VALUES ?x { 1 2 } } FILTER NOT EXISTS { ?s <urn:p> ?o . ?o <urn:q> ?z } }",
            "SELECT DISTINCT ?t { { ?s a ?t } UNION { GRAPH ?g { ?s a ?t } } FILTER (?t IN (<urn:a>, ?t)) } ORDER BY DESC(?t) LIMIT 5",
            "SELECT ?a (COUNT(DISTINCT ?d) AS ?n) { ?a a ?b . OPTIONAL { ?a ?c ?d . OPTIONAL { ?d a ?e } } } GROUP BY ?a HAVING (COUNT(*) > 3)",
            "ASK { VALUES ?x { 1 } FILTER (?x > 1) }",
            "SELECT ?t (COUNT(*) / ?all AS ?share) { ?s a ?t { SELECT (COUNT(*) AS ?all) { ?s ?p ?o } } } GROUP BY ?t ?all",
            "SELECT * { ?s a ?t FILTER EXISTS { GRAPH ?g { ?s ?p ?o . ?s ?q ?l } FILTER (isLiteral(?l)) VALUES ?p { <http://www.w3.org/2004/02/skos/core#prefLabel> } } FILTER NOT EXISTS { ?s ?r ?s } }",
            "SELECT * { ?s a ?t OPTIONAL { ?s ?p ?s } OPTIONAL { VALUES ?x { 1 2 } FILTER (STRLEN(STR(?s)) > 60 && ?x < 2) } } ORDER BY ?s ?t LIMIT 100",
            "CONSTRUCT { ?s ?p _:b } { ?s ?p ?o . VALUES ?o { 1 } }",
            "DESCRIBE ?s { ?s a <https://w3id.org/zhengmai#Policy> }",
        ]
        .map(str::to_owned),
    );
    for text in texts {
        let plain = answer(&store, &text);
        let watched = Watch::new(None, u64::MAX).within(|| Ok::<_, QueryError>(answer(&store, &text)));
        assert_eq!(watched.expect("an answer"), plain, "{text}");
    }
}

/// An answer as a set of lines.
fn answer(store: &Store, text: &str) -> BTreeSet<String> {
    match evaluate(store, text, &Dataset::default()).expect("an answer") {
        QueryResults::Solutions(rows) => rows.map(|row| format!("{:?}", Row::from(&row.expect("a row")))).collect(),
        QueryResults::Boolean(answer) => BTreeSet::from([answer.to_string()]),
        QueryResults::Graph(triples) => {
            // Blank nodes are new each time.
            triples
                .map(|triple| triple.expect("a triple").to_string().split(" _:").next().unwrap_or_default().to_owned())
                .collect()
        }
    }
}

#[test]
fn what_can_be_compared_in_no_way_is_sorted_all_the_same() {
    let mixed: Vec<String> = (0..400)
        .map(|n| match n % 8 {
            0 => n.to_string(),
            1 => format!("'{n}'"),
            2 => format!("'{n}'@zh"),
            3 => format!("{n}.5e0"),
            4 => format!("'2023-01-{:02}'^^xsd:date", n % 28 + 1),
            5 => format!("'2023-01-{:02}Z'^^xsd:date", n % 28 + 1),
            6 => format!("'{n}'^^<urn:own>"),
            _ => format!("'x{n}'^^xsd:integer"),
        })
        .collect();
    let values = format!("VALUES ?v {{ {} UNDEF <urn:b> <urn:a> 'NaN'^^xsd:double }}", mixed.join(" "));
    let prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>";
    for order in ["?v", "DESC(?v)", "RAND()", "STR(?v) ?v", "(?v + 0)"] {
        let query = format!("{prefix} SELECT ?v {{ {values} }} ORDER BY {order}");
        let answer = five().post("/sparql", "application/sparql-query", "text/tab-separated-values", query.as_bytes());
        assert_eq!((answer.status, answer.text().lines().count()), (200, 405), "{order}");
        if order == "?v" {
            let lines: Vec<&str> = answer.text().lines().skip(1).collect();
            assert_eq!(lines[..3], ["", "<urn:a>", "<urn:b>"]);
            let numbers: Vec<f64> = lines.iter().filter_map(|line| line.parse().ok()).collect();
            assert!(numbers.len() == 50 && numbers.is_sorted(), "{numbers:?}");
        }
    }
}

#[test]
fn clearing_and_inserting_much_is_stopped_and_rolled_back() {
    let settings =
        Settings { query_timeout: Duration::from_secs(20), writing: Writing::Anybody, ..Settings::default() };
    let client = start(chain(30_000), settings);
    let count = || {
        client.get("/sparql?query=SELECT (COUNT(*) AS ?n) { GRAPH <urn:g> { ?s ?p ?o } }", "text/csv").text().to_owned()
    };
    let before = count();
    for update in [
        "CLEAR GRAPH <urn:g>",
        "DROP GRAPH <urn:g>",
        "COPY <urn:g> TO <urn:h>",
        "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }",
    ] {
        let path = "/sparql?timeout=0.001";
        let answer = client.post(path, "application/sparql-update", "*/*", update.as_bytes());
        assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("timeout")), "{update}");
        assert_eq!(count(), before, "{update}");
    }
    let delete = client.send("DELETE", "/store?graph=urn:g&timeout=0.001", &[], b"");
    assert_eq!((delete.status, count()), (503, before), "{}", delete.text());
    assert_eq!(client.post("/sparql", "application/sparql-update", "*/*", b"CLEAR GRAPH <urn:g>").status, 204);
    assert!(count().contains("\r\n0"), "{}", count());
}

#[test]
fn what_is_too_complex_to_plan_is_refused_with_the_reason() {
    let store = chain(1);
    let many = |count: usize, one: &str| one.repeat(count);
    for (why, query) in [
        ("brackets", format!("SELECT * {{ BIND({}1{} AS ?x) }}", many(500, "("), many(500, ")"))),
        ("groups", format!("SELECT * {}{}", many(100_000, "{"), many(100_000, "}"))),
        ("lists", format!("SELECT * {{ ?s ?p {}{} }}", many(1000, "("), many(1000, ")"))),
        ("sums", format!("SELECT * {{ BIND(1{} AS ?x) }}", many(20_000, "+1"))),
        ("alternatives", format!("SELECT * {{ FILTER(1{}) }}", many(20_000, "||1"))),
        ("IN of IN", format!("SELECT * {{ BIND({}1{} AS ?x) }}", many(40, "("), many(40, " IN (1, 2))"))),
        ("UNION", format!("SELECT * {{ {{}}{} }}", many(5_000, " UNION {}"))),
        ("OPTIONAL of OPTIONAL", format!("SELECT * {{ {}{} }}", many(30, "?a ?b ?c OPTIONAL { "), many(30, "} "))),
        ("triple patterns", format!("SELECT * {{ {} }}", written(5000, |n| format!("?x{n} <urn:p> ?x{} . ", n + 1)))),
        ("BIND", format!("SELECT * {{ {} }}", written(5000, |n| format!("BIND(1 AS ?x{n}) ")))),
        (
            "BIND, a megabyte of it",
            format!("SELECT * {{ {} }}", written(45_000, |n| format!("BIND(1 \\u0041S ?x{n}) "))),
        ),
        ("variables", format!("SELECT {} {{ ?a ?b ?c }}", written(125_000, |n| format!("?x{n} ")))),
    ] {
        let refused = on_a_large_stack(store.clone(), query);
        assert!(matches!(refused, Err(QueryError::TooComplex { .. })), "{why}: {refused:?}");
    }
    let service = on_a_large_stack(store, "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }".to_owned());
    assert!(matches!(service, Err(QueryError::Service(_))));
}

fn on_a_large_stack(store: Store, query: String) -> Result<usize, QueryError> {
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    let work = move || select(&store, &query, &[]).map(|rows| rows.len());
    thread.spawn(work).expect("a thread").join().expect("an end")
}

#[test]
fn what_is_large_but_reasonable_is_answered() {
    for (query, count) in [
        (format!("SELECT (COUNT(*) AS ?n) {{ {} {} }}", values("a", 300), values("b", 300)), "90000"),
        (
            format!(
                "SELECT (COUNT(*) AS ?n) {{ {} FILTER (?a IN ({})) }}",
                values("a", 100),
                vec!["7"; 5000].join(",")
            ),
            "1",
        ),
        (format!("SELECT (COUNT(*) AS ?n) {{ {} {} }}", values("a", 1), "OPTIONAL { ?a <urn:p> ?b } ".repeat(60)), "1"),
        (format!("SELECT (STRLEN(CONCAT({})) AS ?n) {{}}", vec!["'ab'"; 100].join(",")), "200"),
    ] {
        let answer = five().post("/sparql", "application/sparql-query", "text/csv", query.as_bytes());
        assert_eq!((answer.status, answer.text().lines().nth(1)), (200, Some(count)), "{}", answer.text());
    }
}

#[test]
fn an_update_past_its_time_is_stopped_and_changes_nothing() {
    let settings =
        Settings { query_timeout: Duration::from_millis(500), writing: Writing::Anybody, ..Settings::default() };
    let client = start(chain(2000), settings);
    let update = "INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:b> 1 } } ; \
                  INSERT { GRAPH <urn:mine> { ?a <urn:q> ?d } } WHERE { GRAPH <urn:g> { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?a != ?d) } }";
    let problem = client.post("/sparql", "application/sparql-update", "*/*", update.as_bytes());
    assert_eq!((problem.status, problem.json()["code"].as_str()), (503, Some("timeout")));
    // The next one has to wait until the one that was stopped has gone.
    let next = "INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 1 } }";
    let asked = Instant::now();
    let written = client.post("/sparql", "application/sparql-update", "*/*", next.as_bytes());
    assert_eq!(written.status, 204, "{:?}", asked.elapsed());
    let count = client.get("/sparql?query=SELECT (COUNT(*) AS ?n) { GRAPH <urn:mine> { ?s ?p ?o } }", "text/csv");
    assert_eq!(count.text().lines().nth(1), Some("0"), "all or nothing");
}

#[test]
fn a_request_may_ask_for_less_time() {
    let client = start(chain(2000), Settings::default());
    let endless = "/sparql?query=SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let asked = Instant::now();
    let problem = client.get(&format!("{endless}&timeout=0.4"), "*/*");
    assert_eq!((problem.status, problem.json()["code"].as_str()), (503, Some("timeout")));
    assert!(asked.elapsed() < Duration::from_secs(10) && problem.text().contains("0.4"));
    assert_eq!(client.get(&format!("{endless}&timeout=soon"), "*/*").status, 400);
}

#[test]
fn an_answer_has_no_more_rows_and_bytes_than_it_may() {
    let settings = Settings { most_rows: 10, most_bytes: 4000, ..Settings::default() };
    let client = start(chain(2000), settings);
    for (query, status) in [
        ("SELECT * { ?s ?p ?o } LIMIT 10", 200),
        ("SELECT * { ?s ?p ?o } LIMIT 11", 422),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 11", 422),
        (
            "SELECT * { VALUES ?x { 1 2 3 } BIND(CONCAT('0123456789012345678901234567890123456789', STR(?x)) AS ?y) BIND(CONCAT(?y, ?y, ?y, ?y, ?y, ?y) AS ?z) BIND(CONCAT(?z, ?z, ?z, ?z, ?z, ?z) AS ?w) }",
            422,
        ),
    ] {
        let answer = client.get(&format!("/sparql?query={query}"), "*/*");
        assert_eq!(answer.status, status, "{query}: {}", answer.text());
        if status == 422 {
            assert_eq!(answer.json()["code"], "too-long");
        }
    }
}

#[test]
fn when_all_turns_are_taken_some_wait_and_the_rest_are_told_when_to_come_back() {
    let settings =
        Settings { query_timeout: Duration::from_secs(3), most_queries: 1, most_waiting: 1, ..Settings::default() };
    let client = start(chain(2000), settings);
    let endless = "/sparql?query=SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }&timeout=1";
    let answers: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || client.get(endless, "*/*"))
        })
        .collect();
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.join().expect("an answer")).collect();
    let busy = answers.iter().filter(|answer| answer.json()["code"] == "busy" && answer.header("retry-after") == "2");
    assert!(busy.count() >= 2, "{answers:?}");
    assert_eq!(client.get("/healthz", "*/*").status, 200, "others are served");
    let after = client.get("/sparql?query=ASK {}", "text/csv");
    assert_eq!(after.status, 200, "and turns come again: {}", after.text());
}

/// `count` pieces of text, joined.
fn written(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}
