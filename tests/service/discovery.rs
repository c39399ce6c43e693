//! What tells crawlers and tools what is here.

use super::{five, store};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::Quad,
    sparql::QueryResults,
};
use std::collections::BTreeSet;
use zhengmai::query::{CATALOGUE, select};

fn graph(path: &str) -> oxigraph::store::Store {
    let answer = five().get(path, "application/n-triples");
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/n-triples"), "{path}");
    let store = oxigraph::store::Store::new().expect("memory");
    let quads = RdfParser::from_format(RdfFormat::NTriples).for_slice(&answer.body).collect::<Result<Vec<Quad>, _>>();
    for quad in quads.expect("N-Triples") {
        store.insert(&quad).expect("memory");
    }
    store
}

/// The rows of a SELECT, as text.
fn rows(store: &oxigraph::store::Store, query: &str) -> Vec<Vec<String>> {
    let prefixes = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX void-ext: <http://ldf.fi/void-ext#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ";
    let query = oxigraph::sparql::SparqlEvaluator::new().parse_query(&format!("{prefixes}{query}")).expect("SPARQL");
    let QueryResults::Solutions(solutions) = query.on_store(store).execute().expect("an answer") else {
        panic!("no SELECT")
    };
    let variables = solutions.variables().to_vec();
    let text = |term: Option<&oxigraph::model::Term>| match term {
        Some(oxigraph::model::Term::NamedNode(node)) => node.as_str().to_owned(),
        Some(oxigraph::model::Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    solutions
        .map(|solution| {
            let solution = solution.expect("a row");
            variables.iter().map(|variable| text(solution.get(variable))).collect()
        })
        .collect()
}

#[test]
fn the_description_counts_what_is_in_the_store() {
    let void = graph("/.well-known/void");
    let store = store();
    let count = |query: &str| select(&store, query, &[]).expect("an answer")[0].text("n").to_owned();
    assert_eq!(
        rows(&void, "SELECT ?n { ?d a void:Dataset, dcat:Dataset ; void:triples ?n }"),
        [[count("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]]
    );
    for class in ["PolicyDocument", "Policy", "Citation", "Measure", "Region"] {
        let iri = format!("https://w3id.org/zhengmai#{class}");
        let counted = count(&format!("SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{iri}> }}"));
        let said = rows(
            &void,
            &format!("SELECT ?n {{ ?d void:classPartition ?c . ?c void:class <{iri}> ; void:entities ?n }}"),
        );
        assert_eq!(said, [[counted]], "{class}");
    }
    // As query editors ask: which properties a class has, and to which classes or datatypes they lead.
    let editor = "SELECT DISTINCT ?class ?to ?datatype { ?cp void:class ?class ; void:propertyPartition ?pp . ?pp void:property <http://data.europa.eu/eli/ontology#PROPERTY> .
        OPTIONAL { ?pp void:classPartition ?to_part . ?to_part void:class ?to } OPTIONAL { ?pp void-ext:datatypePartition ?type_part . ?type_part void-ext:datatype ?datatype } }";
    let issuers = rows(&void, &editor.replace("PROPERTY", "passed_by"));
    let zm = |name: &str| format!("https://w3id.org/zhengmai#{name}");
    assert!(issuers.iter().any(|row| row[0] == zm("PolicyDocument") && row[1] == zm("Agency")), "{issuers:?}");
    let numbers = rows(&void, &editor.replace("PROPERTY", "number"));
    assert!(numbers.iter().any(|row| row[2].ends_with("XMLSchema#string")), "{numbers:?}");
}

#[test]
fn what_the_description_names_is_there() {
    let void = graph("/.well-known/void");
    for property in [
        "void:sparqlEndpoint",
        "void:dataDump",
        "dcat:landingPage",
        "rdfs:seeAlso",
        "dcat:distribution/dcat:downloadURL",
    ] {
        let found = rows(&void, &format!("SELECT ?o {{ ?d a void:Dataset ; {property} ?o }}"));
        assert_eq!(found.len(), 1, "{property}");
        let path = found[0][0].strip_prefix(&five().url("")).expect("an address of this service").to_owned();
        assert_eq!(five().head(&path, "*/*").status, 200, "{property}");
    }
    let service = rows(
        &void,
        "SELECT ?endpoint { ?s a sd:Service ; sd:endpoint ?endpoint ; dcat:servesDataset ?d . ?d a void:Dataset }",
    );
    assert_eq!(service, [[five().url("/sparql")]]);
    let example = rows(&void, "SELECT ?o { ?d void:exampleResource ?o }");
    let path = example[0][0].strip_prefix("http://127.0.0.1:7979").expect("one of our IRIs").to_owned();
    assert!(matches!(five().get(&path, "text/turtle").status, 301 | 303));
    for (accept, content_type) in
        [("*/*", "text/turtle; charset=utf-8"), ("application/ld+json", "application/ld+json")]
    {
        assert_eq!(five().get("/.well-known/void", accept).header("content-type"), content_type);
    }
    assert_eq!(five().get("/.well-known/void", "image/png").status, 406);
}

#[test]
fn the_named_queries_are_examples_at_their_address_and_in_the_endpoint() {
    let query = "SELECT DISTINCT ?sq ?comment ?query { ?sq a sh:SPARQLExecutable ; sh:prefixes ?p ; rdfs:comment ?comment ; sh:select ?query FILTER (lang(?comment) = 'en') }";
    let published = rows(&graph("/.well-known/sparql-examples"), query);
    assert_eq!(published.len(), CATALOGUE.len());
    let store = store();
    let prefixes = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ";
    let stored = select(&store, &format!("{prefixes}{query}"), &[]).expect("an answer");
    let iris = |rows: &mut dyn Iterator<Item = String>| rows.collect::<BTreeSet<_>>();
    assert_eq!(
        iris(&mut stored.iter().map(|row| row.text("sq").to_owned())),
        iris(&mut published.iter().map(|row| row[0].clone()))
    );
}

#[test]
fn crawlers_are_told_what_they_may_read_and_where_everything_is() {
    let robots = five().get("/robots.txt", "*/*");
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    let index = robots.text().lines().find_map(|line| line.strip_prefix("Sitemap: ")).expect("a site map").to_owned();
    for path in ["/sparql", "/fragments"] {
        assert!(robots.text().contains(&format!("Disallow: {path}\n")), "{path}");
    }
    let locations = |path: &str| {
        let answer = five().get(path, "*/*");
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (200, "application/xml; charset=utf-8"),
            "{path}"
        );
        let tree = answer.text().split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>"));
        tree.map(|(location, _)| location.strip_prefix(&five().url("")).expect("an address of this service").to_owned())
            .collect::<Vec<_>>()
    };
    let parts = locations(index.strip_prefix(&five().url("")).expect("an address of this service"));
    let pages: Vec<String> = parts.iter().flat_map(|part| locations(part)).collect();
    assert!(!parts.is_empty() && pages.len() > 3000 && pages.iter().collect::<BTreeSet<_>>().len() == pages.len());
    for kind in ["work", "policy", "agency", "region"] {
        let page = pages.iter().find(|page| page.starts_with(&format!("/doc/{kind}/"))).expect("a page of each kind");
        assert_eq!(five().get(page, "text/html").status, 200, "{page}");
    }
    for path in ["/sitemap/0.xml", "/sitemap/2.xml", "/sitemap/a.xml", "/sitemap/1"] {
        assert_eq!(five().get(path, "*/*").status, 404, "{path}");
    }
}

#[test]
fn the_feed_is_xml_whatever_a_reason_says() {
    let store = store();
    let claim =
        "SELECT ?c { ?c <https://w3id.org/zhengmai#confidence> ?g ; <https://w3id.org/zhengmai#inSource> ?f } LIMIT 1";
    let claim = select(&store, claim, &[]).expect("rows")[0].node("c").expect("a claim").clone();
    let verdict = zhengmai::review::Verdict {
        id: "odd".to_owned(),
        reason: "一\u{1}二 <&>".to_owned(),
        by: "t-1".to_owned(),
        at: "2024-01-02T00:00:00Z".to_owned(),
    };
    let decisions = zhengmai::review::with_rejection(&store, &claim, &verdict).expect("a decision");
    let mut linker = zhengmai::link::Linker::load(&store, crate::support::register()).expect("a linker");
    linker.replace_decisions(decisions).expect("a written store");
    let feed = super::start(store, zhengmai::serve::Settings::default()).get("/feed.atom", "*/*");
    let (text, title) = (feed.text(), "<title>裁定 decided：一二 &lt;&amp;&gt;</title>");
    assert!(text.contains(title) && !text.contains('\u{1}'), "{text}");
}

#[test]
fn changes_are_told_as_a_feed() {
    let feed = five().get("/feed.atom", "*/*");
    assert_eq!((feed.status, feed.header("content-type").as_str()), (200, "application/atom+xml; charset=utf-8"));
    let text = feed.text();
    assert_eq!(text.matches("<entry>").count(), 5, "a source each");
    assert_eq!(text.matches("</entry>").count(), 5);
    for words in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"",
        "<updated>2024-01-01T00:00:00Z</updated>",
        "关于印发〈天津市加快推动知识产权服务业高质量发展若干措施〉的通知",
        "/doc/source/9d7dcc97fc17472fc59ad2fc4900f759eb02c90ce489ecf97ff740c7b4d3e178",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(five().get("/", "text/html").text().contains("href=\"/feed.atom\""));
}
