//! A store on disk: loading, asking, deciding, removing, forgetting.

use crate::support::{
    documents,
    program::{Outcome, run},
    root,
};
use oxigraph::io::{RdfFormat, RdfParser};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::TempDir;
use zhengmai::store::Store;

const NATIONAL: &str = "http://127.0.0.1:7979/id/work/num/国知发运字/2022/47";

/// A folder with a copy of the five documents and, after [`Place::loaded`], a store.
pub(super) struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("in")).expect("a folder");
        for (name, bytes) in documents() {
            fs::write(folder.path().join("in").join(name), bytes).expect("a written file");
        }
        Self { folder }
    }

    pub(super) fn loaded() -> Self {
        let place = Self::new();
        place.run(&["ingest", "in"]).exits(0);
        place
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn store(&self) -> PathBuf {
        self.path().join(".zhengmai/store")
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Outcome {
        run(self.path(), arguments, b"")
    }

    fn asks(&self, pattern: &str) -> bool {
        let query = format!("PREFIX zm: <https://w3id.org/zhengmai#> ASK {{ {pattern} }}");
        let answer = run(self.path(), &["query", "-"], query.as_bytes()).exits(0).text();
        serde_json::from_str::<serde_json::Value>(&answer).expect("JSON")["boolean"].as_bool().expect("a boolean")
    }

    fn stats(&self) -> serde_json::Value {
        serde_json::from_str(&self.run(&["stats", "--json"]).exits(0).text()).expect("JSON")
    }
}

#[test]
fn a_line_of_json_lines_is_a_source_and_other_metadata_are_read_again() {
    let place = Place { folder: tempfile::tempdir().expect("a folder") };
    let lines =
        "{\"id\":\"a\",\"text\":\"某市水利局关于清淤的通知\"}\n{\"id\":\"b\",\"text\":\"某市水利局关于绿化的通知\"}\n";
    fs::write(place.path().join("many.jsonl"), lines).expect("a written file");
    fs::write(place.path().join("one.txt"), "某市水利局关于防汛的通知").expect("a written file");
    let files = ["ingest", "many.jsonl", "one.txt"];
    assert!(place.run(&files).exits(0).text().contains("读入 (read) 3"));
    assert!(place.run(&files).exits(0).text().contains("未变 (unchanged) 3"));
    fs::write(place.path().join("one.meta.json"), r#"{"文号":"某水发〔2023〕7号"}"#).expect("a written file");
    let again = place.run(&files).exits(0).text();
    assert!(again.contains("读入 (read) 1") && again.contains("未变 (unchanged) 2"), "{again}");
    assert!(place.asks("?claim zm:rule \"field.given\" . ?field zm:origin \"metadata\""));
    assert_eq!(place.stats()["sources"], 3);
}

#[test]
fn the_five_documents_are_loaded_once() {
    let place = Place::new();
    let first = place.run(&["ingest", "in"]).exits(0).text();
    assert!(first.contains("读入 (read) 5") && first.contains("失败 (failed) 0"), "{first}");
    let before = place.stats();
    assert_eq!(before["sources"], 5);
    let second = place.run(&["ingest", "in"]).exits(0).text();
    assert!(second.contains("读入 (read) 0") && second.contains("未变 (unchanged) 5"), "{second}");
    let refreshed = place.run(&["ingest", "in", "--refresh"]).exits(0).text();
    assert!(refreshed.contains("未变 (unchanged) 5"), "{refreshed}");
    assert_eq!(place.stats(), before);
    assert!(place.asks(&format!("?work zm:implements <{NATIONAL}>")));
    // The database is sound, and the bytes are kept as they were.
    let store = Store::open(&place.store(), None).expect("a store");
    store.validate().expect("a sound store");
    for (_, bytes) in documents() {
        assert_eq!(store.bytes(&zhengmai::model::sha256(&bytes)).expect("a disk"), Some(bytes));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_the_rest_is_loaded() {
    let place = Place::new();
    fs::write(place.path().join("in/图片.txt"), b"\x89PNG\x00\x00\x00").expect("a written file");
    let outcome = place.run(&["ingest", "in"]).exits(1);
    assert!(
        outcome.text().contains("读入 (read) 5") && outcome.text().contains("失败 (failed) 1"),
        "{}",
        outcome.text()
    );
    outcome.says(&["图片.txt", "不读图片"]);
    assert_eq!(place.stats()["sources"], 5);
}

#[test]
fn files_in_folders_of_folders_are_found_and_notes_beside_them_are_not_read() {
    let place = Place::new();
    fs::create_dir_all(place.path().join("in/深/处")).expect("folders");
    fs::write(place.path().join("in/深/处/通知.txt"), "绍兴市水利局关于河道清淤的通知\n\n请做好清淤。\n")
        .expect("a written file");
    fs::write(place.path().join("in/README.md"), "notes").expect("a written file");
    fs::write(place.path().join("in/.hidden"), "hidden").expect("a written file");
    place.run(&["ingest", "in"]).exits(0);
    assert_eq!(place.stats()["sources"], 6);
    // A copy under another name is the same source.
    fs::copy(place.path().join("in/深/处/通知.txt"), place.path().join("in/副本.txt")).expect("a copy");
    place.run(&["ingest", "in"]).exits(0);
    assert_eq!(place.stats()["sources"], 6);
}

#[test]
fn a_store_has_one_writer_and_says_so() {
    let place = Place::loaded();
    let store = Store::open(&place.store(), None).expect("a store");
    for arguments in [&["ingest", "in"][..], &["remove", "000"][..], &["stats"][..], &["query", "what-implements"][..]]
    {
        let outcome = place.run(arguments).exits(2).says(&["库正被另一进程使用", "in use by another process"]);
        assert!(outcome.out.is_empty(), "{arguments:?}");
    }
    drop(store);
    // Readers stand beside readers.
    let reader = Store::open_read_only(&place.store()).expect("a store");
    place.run(&["stats"]).exits(0);
    place.run(&["ingest", "in"]).exits(2).says(&["库正被另一进程使用"]);
    drop(reader);
    place.run(&["ingest", "in"]).exits(0);
}

#[test]
fn two_programs_that_load_at_once_leave_a_whole_store() {
    let place = Place::new();
    let start = || {
        crate::support::program::command(place.path())
            .args(["ingest", "in"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let children = [start(), start(), start()];
    let outcomes: Vec<_> =
        children.into_iter().map(|child| child.wait_with_output().expect("the program ends")).collect();
    let codes: Vec<Option<i32>> = outcomes.iter().map(|outcome| outcome.status.code()).collect();
    assert!(codes.contains(&Some(0)), "{outcomes:?}");
    for outcome in &outcomes {
        let error = String::from_utf8_lossy(&outcome.stderr);
        assert!(outcome.status.code() == Some(0) || error.contains("库正被另一进程使用"), "{error}");
    }
    place.run(&["ingest", "in"]).exits(0);
    assert_eq!(place.stats(), Place::loaded().stats());
}

#[test]
fn a_folder_that_is_no_store_is_left_alone() {
    let place = Place::new();
    let outcome = place.run(&["ingest", "in", "--store", "in"]).exits(2);
    outcome.says(&["in", "neither a store nor an empty folder"]);
    assert_eq!(
        fs::read_dir(place.path().join("in"))
            .expect("a folder")
            .filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name() != "lock"))
            .count(),
        5
    );
    place.run(&["ingest", "in", "--base", "不是网址"]).exits(2).says(&["基址"]);
    place.run(&["ingest", "in", "--base", "https://policy.example.cn"]).exits(0);
    place.run(&["ingest", "in", "--base", "https://other.example.cn"]).exits(2).says(&["https://policy.example.cn"]);
    place.run(&["ingest", "in"]).exits(0);
}

#[test]
fn queries_are_named_in_files_or_on_standard_input() {
    let place = Place::loaded();
    let rows = |outcome: Outcome| -> Vec<serde_json::Value> {
        let answer: serde_json::Value = serde_json::from_str(&outcome.exits(0).text()).expect("JSON");
        answer["results"]["bindings"].as_array().expect("rows").clone()
    };
    // Who implements 国知发运字〔2022〕47号: 002, its notice and what that carries.
    let implementing = rows(place.run(&["query", "what-implements"]));
    let files: Vec<&str> = implementing.iter().map(|row| row["file"]["value"].as_str().expect("a file")).collect();
    assert!(!files.is_empty() && files.iter().all(|file| file.starts_with("002")), "{files:?}");
    let names: Vec<&str> =
        implementing.iter().map(|row| row["documentName"]["value"].as_str().expect("a name")).collect();
    assert!(names.contains(&"天津市加快推动知识产权服务业高质量发展若干措施"), "{names:?}");
    // By parameter.
    let due = rows(place.run(&["query", "what-is-due-by", "--param", "date=2021-12-31"]));
    assert_eq!(due.len(), 16, "measures of 003 that say 2021年12月底前");
    assert!(rows(place.run(&["query", "what-is-due-by", "--param", "date=2020-01-01"])).is_empty());
    // What is wrong is said.
    place.run(&["query", "what-is-due-by", "--param", "date=someday"]).exits(2).says(&["date"]);
    place.run(&["query", "what-is-due-by", "--param", "no-such=1"]).exits(2).says(&["no-such", "date"]);
    place.run(&["query", "what-is-due-by", "--param", "date"]).exits(2).says(&["NAME=VALUE"]);
    place.run(&["query", "what-implements", "--param", "work=x> } DROP ALL #"]).exits(2).says(&["work"]);
    place.run(&["query", "no-such-query"]).exits(2).says(&["no-such-query", "--list"]);
    run(place.path(), &["query", "-"], "SELECT 甲 乙".as_bytes()).exits(2).says(&["SPARQL"]);
    run(place.path(), &["query", "-"], b"DROP ALL").exits(2);
    run(place.path(), &["query", "-", "--format", "no-such"], b"ASK {}").exits(2).says(&["no-such", "csv"]);
    // A file, and other formats.
    fs::write(place.path().join("q.rq"), "SELECT ?n { VALUES ?n { 1 2 } }").expect("a written file");
    assert_eq!(rows(place.run(&["query", "q.rq"])).len(), 2);
    let csv = place.run(&["query", "q.rq", "--format", "csv"]).exits(0).text();
    assert_eq!(csv.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>(), ["n", "1", "2"]);
    let xml = place.run(&["query", "q.rq", "--format", "xml"]).exits(0).text();
    assert!(xml.contains("<sparql"), "{xml}");
    fs::write(place.path().join("c.rq"), "CONSTRUCT WHERE { ?s a <https://w3id.org/zhengmai#Link> }")
        .expect("a written file");
    let turtle = place.run(&["query", "c.rq"]).exits(0);
    assert!(RdfParser::from_format(RdfFormat::Turtle).for_slice(&turtle.out).count() > 0);
}

#[test]
fn every_named_query_runs() {
    let place = Place::loaded();
    for file in fs::read_dir(root().join("queries")).expect("queries") {
        let path = file.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "rq") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            place.run(&["query", &name]).exits(0);
        }
    }
}

#[test]
fn checking_lists_conflicts_and_missing_works() {
    let place = Place::loaded();
    let outcome = place.run(&["check"]).exits(1);
    let text = outcome.text();
    for words in ["津市场监管办〔2020〕39号  津市场监管办〔2021〕39号", "推动计划", "推进计划", "spam_injection"]
    {
        assert!(text.contains(words), "{words} is not in: {text}");
    }
    let empty = Place::new();
    fs::write(empty.path().join("one.txt"), "绍兴市水利局关于河道清淤的通知\n\n绍水〔2022〕3号\n\n各区、县(市)水利局:\n\n请做好清淤。\n\n绍兴市水利局\n2022年5月9日\n").expect("a written file");
    empty.run(&["ingest", "one.txt"]).exits(0);
    empty.run(&["check"]).exits(0);
}

#[test]
fn the_graph_can_be_exported_whole_and_by_layers() {
    let place = Place::loaded();
    let whole = place.run(&["export"]).exits(0);
    let count = |format, bytes: &[u8]| {
        RdfParser::from_format(format).for_slice(bytes).try_fold(0, |count, quad| quad.map(|_| count + 1)).expect("RDF")
    };
    let quads = count(RdfFormat::NQuads, &whole.out);
    assert_eq!(count(RdfFormat::TriG, &place.run(&["export", "--format", "trig"]).exits(0).out), quads);
    assert!(whole.out == place.run(&["export"]).exits(0).out, "the same bytes each time");
    let mut sum = 0;
    for layer in ["effective", "claims", "links", "decisions", "registers", "ontology", "provenance"] {
        sum += count(RdfFormat::NQuads, &place.run(&["export", "--layer", layer]).exits(0).out);
    }
    assert_eq!(sum, quads, "the layers are the whole");
    for format in ["turtle", "ntriples"] {
        place.run(&["export", "--format", format]).exits(2).says(&["--layer"]);
        place.run(&["export", "--layer", "effective", "--format", format]).exits(0);
    }
    place.run(&["export", "--layer", "effective", "--format", "jsonld"]).exits(0);
    // What was exported can be made again from the files.
    assert_eq!(Place::loaded().stats(), place.stats());
}

#[test]
fn removing_takes_one_source_out() {
    let place = Place::loaded();
    let before = place.stats();
    place.run(&["remove", "no-such.txt"]).exits(2).says(&["no-such.txt"]);
    place.run(&["remove", "abc"]).exits(2);
    let name = documents()[2].0.clone();
    let sha256 = zhengmai::model::sha256(&documents()[2].1);
    place.run(&["remove", &name]).exits(0);
    assert!(!place.asks(&format!("?work zm:implements <{NATIONAL}>")));
    assert!(!place.store().join("sources").join(&sha256).exists(), "its bytes go, too");
    place.run(&["ingest", "in"]).exits(0);
    assert_eq!(place.stats(), before);
    place.run(&["remove", &sha256[..8]]).exits(0);
    assert_eq!(place.stats()["sources"], 4);
}

#[test]
fn a_forgotten_source_is_refused() {
    let place = Place::loaded();
    let (name, bytes) = documents().swap_remove(3);
    let sha256 = zhengmai::model::sha256(&bytes);
    place.run(&["forget", &name, "--reason", "当事人要求"]).exits(0);
    assert!(!place.store().join("sources").join(&sha256).exists());
    let again = place.run(&["ingest", "in", "--refresh"]).exits(0).text();
    assert!(again.contains("读入 (read) 0") && again.contains("已被遗忘"), "{again}");
    assert_eq!(place.stats()["sources"], 4);
    let whole = place.run(&["export"]).exits(0).text();
    assert_eq!(whole.lines().filter(|line| line.contains(&sha256)).count(), 1);
    // The example queries ask for it by its number; nothing else names it.
    let said: Vec<&str> =
        whole.lines().filter(|line| line.contains("津丽知略") && !line.contains("/graph/ontology>")).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    let decisions = place.run(&["decide", "list"]).exits(0).text();
    assert!(decisions.contains("当事人要求"), "{decisions}");
}

#[test]
fn what_is_forgotten_is_in_no_file_of_the_database() {
    let place = Place::loaded();
    let has = |words: &str| {
        let files = fs::read_dir(place.store().join("graphs")).expect("a folder");
        let holds = |file: fs::DirEntry| {
            let bytes = fs::read(file.path()).expect("a file");
            bytes.windows(words.len()).any(|window| window == words.as_bytes())
        };
        files.map(|file| file.expect("a file")).any(holds)
    };
    let (forgotten, kept) = ("东丽区强化知识产权保护推进计划", "知识产权服务业高质量发展若干措施");
    assert!(has(forgotten) && has(kept));
    let (name, _) = documents().swap_remove(3);
    place.run(&["forget", &name, "--reason", "当事人要求"]).exits(0);
    assert!(!has(forgotten), "the words are still on the disk");
    assert!(has(kept), "what is kept can be found this way");
    place.run(&["verify"]).exits(0);
}

#[test]
fn a_compacted_store_says_the_same_and_is_written_to_as_before() {
    let place = Place::loaded();
    let (before, whole) = (place.stats(), place.run(&["export"]).exits(0).text());
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let told = place.run(&["compact"]).exits(0).text();
    assert!(told.contains("已压实"), "{told}");
    assert_eq!(place.stats(), before);
    assert_eq!(lines(&place.run(&["export"]).exits(0).text()), lines(&whole));
    place.run(&["verify"]).exits(0);
    fs::write(place.path().join("new.txt"), "某市水利局关于防汛的通知").expect("a file");
    place.run(&["ingest", "new.txt"]).exits(0);
    assert_eq!(place.stats()["sources"], 6);
    place.run(&["compact", "--store", "nowhere"]).exits(2).says(&["没有政脉库"]);
}

#[test]
fn a_decision_holds_through_reading_again_and_is_withdrawn() {
    let place = Place::loaded();
    let before = place.stats();
    let edge = format!("?work zm:implements <{NATIONAL}>");
    let query = format!(
        "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT ?c {{ ?c a zm:Citation ; rdf:predicate zm:implements ; rdf:object <{NATIONAL}> }}"
    );
    let csv = run(place.path(), &["query", "-", "--format", "csv"], query.as_bytes()).exits(0).text();
    let claims: Vec<&str> = csv.lines().map(str::trim).filter(|line| line.starts_with("http")).collect();
    assert_eq!(claims.len(), 2);
    for claim in &claims {
        let said = place.run(&["decide", "reject", claim, "--reason", "误认", "--all"]).exits(0).text();
        assert!(said.contains("已否决"), "{said}");
    }
    assert!(!place.asks(&edge));
    place.run(&["ingest", "in", "--refresh"]).exits(0);
    place.run(&["remove", &documents()[2].0]).exits(0);
    place.run(&["ingest", "in"]).exits(0);
    assert!(!place.asks(&edge));
    assert!(
        !place
            .run(&["export", "--layer", "effective"])
            .exits(0)
            .text()
            .contains("zhengmai#implements> <http://127.0.0.1:7979/id/work/num/国知发运字/2022/47>")
    );
    assert!(place.run(&["query", "what-implements", "--format", "csv"]).exits(0).text().lines().count() <= 2);
    let list = place.run(&["decide", "list"]).exits(0).text();
    let ids: Vec<&str> = list
        .lines()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|id| id.len() == 36)
        .collect();
    assert_eq!(ids.len(), 2, "{list}");
    for id in ids {
        place.run(&["decide", "withdraw", id]).exits(0);
    }
    assert!(place.asks(&edge));
    assert_eq!(place.stats(), before);
    place.run(&["decide", "reject", "http://127.0.0.1:7979/id/claim/none", "--reason", "x"]).exits(2);
    place.run(&["decide", "withdraw", "none"]).exits(2);
}

#[test]
fn what_older_registers_read_is_read_again_on_demand() {
    let place = Place::loaded();
    let before = place.stats();
    let registers = place.path().join("registers");
    fs::create_dir(&registers).expect("a folder");
    fs::write(
        registers.join("noise.csv"),
        "phrase,match,code,severity,note\n京津冀,inside,spam_injection,error,自查\n",
    )
    .expect("a written file");
    let with = |arguments: &[&str]| {
        let mut all = vec!["--registers", "registers"];
        all.extend(arguments);
        place.run(&all)
    };
    let told = with(&["ingest", "in"]).exits(0).text();
    assert!(told.contains("读入 (read) 0") && told.contains("--refresh"), "{told}");
    assert_eq!(place.stats(), before);
    let told = with(&["ingest", "in", "--refresh"]).exits(0).text();
    assert!(told.contains("读入 (read) 5"), "{told}");
    assert_ne!(place.stats(), before);
    place.run(&["ingest", "in", "--refresh"]).exits(0);
    assert_eq!(place.stats(), before, "and back with the built-in ones");
}
