//! 个人信息 and injected words: a clerk's name and number in no output, foreign words never as an agency.
//!
//! In `data/documents` the clerk's name and number stand as ■. Here they are replaced by invented ones of the same
//! length, so that the document is again as it was found.

use crate::support::{documents, program::run, quads, register, source};
use oxrdf::Term;
use std::{fs, path::Path};
use zhengmai::{
    exchange::{write_nquads, write_turtle},
    link::{Linker, Run},
    model::RULE_SET,
    pipeline::process,
    query::{CATALOGUE, Dataset, ResultFormat, evaluate, write_results},
    read::source_of,
    record::record,
    store::{ExportFormat, ReadBy, Store},
};

const CLERK: &str = "皮小满";
const TELEPHONE: &str = "60417723";

/// The words that stood where an agency should stand, in 002 and in 003.
const INJECTED: [&str; 3] = ["中超直播", "香港免费公开资料大全", "公开资料"];

/// The document with a clerk in it, as it was found.
fn with_clerk() -> String {
    let text = crate::support::document("000");
    assert!(text.contains("工作人员:■■■") && text.contains("联系电话:■■■■■■■■"), "the clerk's place");
    text.replace("■■■■■■■■", TELEPHONE).replace("■■■", CLERK)
}

/// Other ways in which people stand in documents.
fn with_people() -> String {
    format!(
        "绍兴市水利局关于河道清淤的通知\n\n各区、县(市)水利局:\n请做好清淤,并将联络员报市水利局(联系人：{CLERK}；电话：{TELEPHONE})。\n\
         一、加强值守\n1.落实专人。（联系人:{CLERK}，手机:13900000000，邮箱:pixiaoman@example.com）\n\
         2.及时报送。身份证号:11010519491231002X\n\n绍兴市水利局\n2022年5月9日\n"
    )
}

const PEOPLE: [&str; 5] = [CLERK, TELEPHONE, "13900000000", "pixiaoman@example.com", "11010519491231002"];

#[track_caller]
fn assert_covered(what: &str, output: &str) {
    for secret in PEOPLE {
        assert!(!output.contains(secret), "{what} tells {secret}: …{}…", around(output, secret));
    }
    // Not in pieces of IRIs or escaped, either.
    for secret in ["%E7%9A%AE%E5%B0%8F%E6%BB%A1", "\\u76AE\\u5C0F\\u6EE1", "\\u76ae\\u5c0f\\u6ee1"] {
        assert!(!output.contains(secret), "{what} tells it encoded");
    }
}

fn around(output: &str, secret: &str) -> String {
    let at = output.find(secret).unwrap_or(0);
    let start = (0..=at.saturating_sub(60)).rev().find(|&start| output.is_char_boundary(start)).unwrap_or(0);
    output[start..].chars().take(80).collect()
}

/// A store in memory with these texts.
fn store_of(texts: &[String]) -> Store {
    let store = Store::in_memory("http://127.0.0.1:7979").expect("memory");
    let sources =
        texts.iter().map(|text| source(text)).map(|source| (source.sha256.clone(), Some(quads(&source)))).collect();
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    Linker::load(&store, register())
        .expect("a linker")
        .replace_sources(sources, &run, &ReadBy::default())
        .expect("a written store");
    store
}

#[test]
fn a_clerk_is_in_no_record_and_no_graph() {
    for (name, text) in
        [("000", with_clerk()), ("people", with_people()), ("Windows lines", with_clerk().replace('\n', "\r\n"))]
    {
        let source = source(&text);
        let checked = process(register(), &source);
        let made = record(&source, &checked);
        assert!(made.findings.iter().any(|finding| finding.code == "personal_data"), "{name}: nothing found");
        assert_covered(name, &serde_json::to_string(&made).expect("JSON"));
        let graph = quads(&source);
        assert_covered(name, &String::from_utf8(write_nquads(&graph).expect("N-Quads")).expect("UTF-8"));
        assert_covered(name, &String::from_utf8(write_turtle(&graph).expect("Turtle")).expect("UTF-8"));
        // Offsets hold: what is covered is covered in equal number.
        assert_eq!(made.source.chars, text.chars().count());
    }
}

#[test]
fn a_clerk_is_in_no_export_and_no_answer() {
    let store = store_of(&[with_clerk(), with_people()]);
    for format in [ExportFormat::NQuads, ExportFormat::TriG, ExportFormat::JsonLd] {
        let mut bytes = Vec::new();
        store.export(None, format, &mut bytes).expect("an export");
        assert_covered(&format!("{format:?}"), &String::from_utf8(bytes).expect("UTF-8"));
    }
    for query in CATALOGUE {
        let text = query.bound(&[], store.iris().base()).expect("a query");
        for format in ["json", "csv"] {
            let results = evaluate(&store, &text, &Dataset::default());
            let mut bytes = Vec::new();
            let written =
                write_results(results.expect("an answer"), ResultFormat::parse(format).expect("a format"), &mut bytes);
            if written.is_ok() {
                assert_covered(query.name, &String::from_utf8(bytes).expect("UTF-8"));
            }
        }
    }
}

#[test]
fn covering_is_by_equal_number_and_touches_nothing_else() {
    let text = with_clerk();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("000.txt"), &text).expect("a written file");
    let shown = run(folder.path(), &["extract", "--format", "text", "000.txt"], b"").exits(0).text();
    assert_eq!(shown.trim_end_matches('\n'), crate::support::document("000").trim_end_matches('\n'));
}

#[test]
fn the_program_tells_no_clerk_without_a_store() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("000.txt"), with_clerk()).expect("a written file");
    fs::write(folder.path().join("people.txt"), with_people()).expect("a written file");
    fs::write(folder.path().join("gb.txt"), &*encoding_rs::GB18030.encode(&with_clerk()).0).expect("a written file");
    for format in ["json", "turtle", "nquads", "text"] {
        let outcome =
            run(folder.path(), &["extract", "--format", format, "000.txt", "people.txt", "gb.txt"], b"").exits(0);
        assert_covered(format, &outcome.text());
        assert_covered(format, &outcome.err);
    }
    let line = serde_json::json!({"id": "000", "text": with_clerk()}).to_string();
    for format in ["json", "turtle", "nquads", "text"] {
        let outcome = run(folder.path(), &["extract", "--format", format], line.as_bytes()).exits(0);
        assert_covered(format, &outcome.text());
    }
}

/// Every command on a store on disk, in every format it has.
#[cfg(feature = "rocksdb")]
fn outputs_of_a_store(folder: &Path) -> Vec<(String, String)> {
    let mut commands: Vec<Vec<String>> = Vec::new();
    let mut add = |words: &[&str]| commands.push(words.iter().map(|word| (*word).to_owned()).collect());
    add(&["ingest", "in"]);
    add(&["ingest", "in", "--refresh"]);
    add(&["stats"]);
    add(&["stats", "--json"]);
    add(&["check", "--limit", "1000"]);
    add(&["decide", "list"]);
    for format in ["nquads", "trig", "jsonld"] {
        add(&["export", "--format", format]);
    }
    for layer in ["effective", "claims", "links", "decisions", "registers", "ontology", "provenance"] {
        add(&["export", "--layer", layer]);
    }
    for format in ["turtle", "ntriples"] {
        add(&["export", "--layer", "effective", "--format", format]);
    }
    for query in CATALOGUE {
        for format in ["json", "xml", "csv", "tsv"] {
            add(&["query", query.name, "--format", format]);
        }
    }
    for format in ["tree", "json", "dot"] {
        for work in ["国知发运字〔2022〕47号", "津丽知略[2021]1号", "天津市知识产权保护条例"] {
            add(&["lineage", work, "--direction", "both", "--format", format]);
        }
    }
    let mut outputs = Vec::new();
    for command in commands {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let outcome = run(folder, &words, b"");
        assert!(outcome.code.is_some(), "{command:?} was killed");
        outputs.push((command.join(" "), String::from_utf8_lossy(&outcome.out).into_owned() + &outcome.err));
    }
    let all = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
    let outcome = run(folder, &["query", "-", "--format", "csv"], all.as_bytes());
    outputs.push(("query -".to_owned(), String::from_utf8_lossy(&outcome.out).into_owned()));
    outputs
}

#[cfg(feature = "rocksdb")]
#[test]
fn the_program_tells_no_clerk_and_no_foreign_agency_with_a_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    fs::create_dir(&input).expect("a folder");
    for (name, bytes) in documents() {
        fs::write(input.join(name), bytes).expect("a written file");
    }
    fs::write(input.join("000.txt"), with_clerk()).expect("a written file");
    fs::write(input.join("people.txt"), with_people()).expect("a written file");
    for (command, output) in outputs_of_a_store(folder.path()) {
        assert_covered(&command, &output);
        for word in INJECTED {
            let in_iri = output
                .split("/id/agency/")
                .skip(1)
                .any(|rest| rest.split(['>', '"', ' ', ',', '\n']).next().is_some_and(|iri| iri.contains(word)));
            let is_name = output.contains(&format!("agentName> \"{word}"));
            assert!(!in_iri && !is_name, "{command}: {word} is an agency");
        }
    }
}

#[test]
fn injected_words_are_no_agency_in_a_record() {
    for (name, bytes) in documents() {
        let source = source_of(&name, &bytes).expect("a text");
        let made = record(&source, &process(register(), &source));
        let own = made.document.issuers.iter().chain(&made.document.addressees).map(|agency| agency.name.clone());
        let duties = made.measures.iter().flat_map(|measure| &measure.responsibilities).map(|duty| duty.name.clone());
        for agency in own.chain(duties) {
            for word in INJECTED {
                assert!(!agency.contains(word), "{name}: {agency}");
            }
        }
        // They are reported, though, as what they are.
        if name.starts_with("002") || name.starts_with("003") {
            let reported = made.findings.iter().filter(|finding| finding.code == "spam_injection").count();
            assert!(reported >= 2, "{name}: {reported}");
        }
    }
    let text = crate::support::document("002");
    let made = crate::support::read(&text);
    let told = made
        .findings
        .iter()
        .filter(|finding| finding.code == "spam_injection" && finding.message.contains("国家知识产权局"))
        .count();
    assert!(told >= 1, "the finding says whom the number's code means");
}

#[test]
fn injected_words_are_no_agency_in_the_graph() {
    let texts: Vec<String> =
        documents().into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect();
    let store = store_of(&texts);
    let agencies = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?x { { ?a a zm:Agency ; skos:prefLabel ?x } UNION { ?a a zm:AgencyClass ; skos:prefLabel ?x } UNION { ?c zm:agentName ?x } UNION { ?x a zm:Agency } }";
    let rows = zhengmai::query::select(&store, agencies, &[]).expect("rows");
    assert!(rows.len() > 40, "{}", rows.len());
    for row in &rows {
        for word in INJECTED {
            assert!(!row.text("x").contains(word), "{}", row.text("x"));
        }
    }
    // Nor any title, key or name of a work, nor any IRI at all.
    for quad in store.inner() {
        let quad = quad.expect("a quad");
        let is_label =
            ["prefLabel", "agentName", "key", "citedKey", "workKey", "titleKey", "citedTitle", "heading", "indicator"]
                .iter()
                .any(|name| quad.predicate.as_str().ends_with(&format!("#{name}")));
        for word in INJECTED {
            assert!(!quad.subject.to_string().contains(word), "{quad}");
            match &quad.object {
                Term::NamedNode(node) => assert!(!node.as_str().contains(word), "{quad}"),
                Term::Literal(literal) => assert!(!is_label || !literal.value().contains(word), "{quad}"),
                Term::BlankNode(_) => (),
            }
        }
    }
}

#[test]
fn the_repository_holds_no_covered_document_uncovered() {
    let text = crate::support::document("000");
    assert!(!text.contains(CLERK) && text.contains('■'));
    assert!(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data/documents/README.md").exists(),
        "the folder says what was covered"
    );
}
