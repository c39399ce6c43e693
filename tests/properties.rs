//! What holds for any text at all: no panic, exact places, valid graphs, the same bytes each time.

use crate::support::{documents, quads, register, source};
use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use proptest::{prelude::*, sample::Index};
use std::collections::BTreeSet;
use zhengmai::{
    exchange::{write_nquads, write_turtle},
    model::{Source, normal_title, segment},
    pipeline::process,
    read::{Decoded, decode, source_of},
    record::record,
};

/// Characters that decide what a text is read as, and those that are awkward to count.
const PIECES: [&str; 84] = [
    "《",
    "》",
    "〈",
    "〉",
    "<",
    ">",
    "〔",
    "〕",
    "[",
    "]",
    "(",
    ")",
    "（",
    "）",
    "【",
    "】",
    "“",
    "”",
    "、",
    ",",
    "，",
    "。",
    ";",
    "；",
    ":",
    "：",
    "?",
    "??",
    "■",
    "|",
    "=",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "\u{3000}",
    "\u{a0}",
    "\u{2002}",
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "\u{2028}",
    "\u{202e}",
    "\u{0}",
    "\u{1}",
    "\u{fffd}",
    "𠮷",
    "𪚥",
    "👩\u{200d}👩",
    "e\u{301}",
    "ﬁ",
    "㈠",
    "①",
    "Ⅳ",
    "２",
    "号",
    "年",
    "月",
    "日",
    "第",
    "令",
    "公告",
    "一、",
    "(一)",
    "1.",
    "12.",
    "附件",
    "印发",
    "转发",
    "关于",
    "的通知",
    "根据",
    "贯彻落实",
    "同时废止",
    "以下简称",
    "牵头",
    "按职责分工负责",
    "2021年12月底前",
    "国发〔2021〕20号",
    "天津市东丽区",
    "区市场监管局",
    "联系电话:",
    "99999999999999999999",
];

/// Text from pieces, and from any characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        2 => "\\PC{0,6}",
        1 => any::<char>().prop_map(|c| c.to_string()),
        2 => "[\u{4e00}-\u{9fa5}]{1,8}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// What is done to a document, at a place.
#[derive(Clone, Debug)]
enum Change {
    Delete(Index, usize),
    Duplicate(Index, usize),
    Insert(Index, String),
    Swap(Index, Index),
    Cut(Index),
    WindowsLines,
    OldMacLines,
    NoLines,
    ByteOrderMark,
    FullWidth(Index, usize),
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<Index>(), 1usize..40).prop_map(|(at, count)| Change::Delete(at, count)),
        2 => (any::<Index>(), 1usize..200).prop_map(|(at, count)| Change::Duplicate(at, count)),
        6 => (any::<Index>(), proptest::sample::select(PIECES.to_vec())).prop_map(|(at, piece)| Change::Insert(at, piece.to_owned())),
        1 => (any::<Index>(), any::<char>()).prop_map(|(at, c)| Change::Insert(at, c.to_string())),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::Swap(one, other)),
        1 => any::<Index>().prop_map(Change::Cut),
        1 => Just(Change::WindowsLines),
        1 => Just(Change::OldMacLines),
        1 => Just(Change::NoLines),
        1 => Just(Change::ByteOrderMark),
        2 => (any::<Index>(), 1usize..80).prop_map(|(at, count)| Change::FullWidth(at, count)),
    ]
}

fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn changed(text: &str, change: &Change) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let length = chars.len();
    let range = |at: &Index, count: usize| {
        let start = at.index(length.max(1)).min(length);
        start..(start + count).min(length)
    };
    match change {
        Change::Delete(at, count) => drop(chars.drain(range(at, *count))),
        Change::Duplicate(at, count) => {
            let range = range(at, *count);
            let copy: Vec<char> = chars[range.clone()].to_vec();
            chars.splice(range.end..range.end, copy);
        }
        Change::Insert(at, piece) => {
            let at = range(at, 0).start;
            chars.splice(at..at, piece.chars());
        }
        Change::Swap(one, other) if length > 0 => chars.swap(one.index(length), other.index(length)),
        Change::Swap(..) => (),
        Change::Cut(at) => chars.truncate(range(at, 0).start),
        Change::WindowsLines => return text.replace("\r\n", "\n").replace('\n', "\r\n"),
        Change::OldMacLines => return text.replace("\r\n", "\n").replace('\n', "\r"),
        Change::NoLines => return text.replace(['\n', '\r'], ""),
        Change::ByteOrderMark => chars.insert(0, '\u{feff}'),
        Change::FullWidth(at, count) => chars[range(at, *count)].iter_mut().for_each(|c| *c = full_width(*c)),
    }
    chars.into_iter().collect()
}

/// One of the five documents with some things done to it.
fn mutated() -> impl Strategy<Value = String> {
    let texts: Vec<String> =
        documents().into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect();
    (proptest::sample::select(texts), proptest::collection::vec(any_change(), 1..12))
        .prop_map(|(text, changes)| changes.iter().fold(text, |text, change| changed(&text, change)))
}

/// Everything that must hold of a source.
fn assert_sound(source: &Source) {
    let checked = process(register(), source);
    let made = record(source, &checked);
    let json = serde_json::to_value(&made).expect("a record is JSON");
    let chars: Vec<char> = source.text.chars().collect();
    assert_places(&json, &chars, "$");
    assert_pointers(&json);
    let graph = quads(source);
    assert_graph(&graph);
    // The same source once more: the same bytes.
    let again = process(register(), source);
    assert_eq!(
        serde_json::to_string(&record(source, &again)).expect("JSON"),
        serde_json::to_string(&made).expect("JSON"),
        "a second reading differs"
    );
    assert_eq!(write_nquads(&graph).expect("N-Quads"), write_nquads(&quads(source)).expect("N-Quads"));
}

/// Wherever a text stands with its place, it is that slice of the source, but for covered characters.
fn assert_places(value: &serde_json::Value, chars: &[char], path: &str) {
    match value {
        serde_json::Value::Object(object) => {
            if let (Some(start), Some(end)) = (object.get("start"), object.get("end")) {
                if let (Some(start), Some(end)) = (start.as_u64(), end.as_u64()) {
                    let (start, end) = (usize::try_from(start).expect("small"), usize::try_from(end).expect("small"));
                    assert!(start <= end && end <= chars.len(), "{path}: {start}..{end} of {}", chars.len());
                    if let Some(text) = object.get("text").and_then(serde_json::Value::as_str) {
                        let here = &chars[start..end];
                        let same = text.chars().count() == here.len()
                            && text.chars().zip(here).all(|(quoted, source)| quoted == *source || quoted == '■');
                        assert!(same, "{path}: {text:?} is not {:?}", here.iter().collect::<String>());
                    }
                } else {
                    assert!(start.is_null() && end.is_null(), "{path}: half a place");
                    assert!(
                        object.get("text").is_none_or(serde_json::Value::is_null),
                        "{path}: a text without a place"
                    );
                }
            }
            for (name, inner) in object {
                assert_places(inner, chars, &format!("{path}.{name}"));
            }
        }
        serde_json::Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                assert_places(inner, chars, &format!("{path}[{index}]"));
            }
        }
        _ => (),
    }
}

/// What a record points at is there.
fn assert_pointers(record: &serde_json::Value) {
    let ids = |field: &str| -> BTreeSet<String> {
        let items = record[field].as_array().expect("an array");
        items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
    };
    let (works, measures) = (ids("works"), ids("measures"));
    let citations = record["citations"].as_array().expect("an array");
    for citation in citations {
        assert!(works.contains(citation["work"].as_str().expect("a work")), "{citation}");
        assert!(citation["measure"].as_str().is_none_or(|id| measures.contains(id)), "{citation}");
        if let Some(outer) = citation["nested_in"].as_u64() {
            let outer = &citations[usize::try_from(outer).expect("small")];
            let inside = outer["start"].as_u64() <= citation["start"].as_u64()
                && citation["end"].as_u64() <= outer["end"].as_u64();
            assert!(inside, "{citation} is not inside {outer}");
        }
    }
    for measure in record["measures"].as_array().expect("an array") {
        assert!(works.contains(measure["work"].as_str().expect("a work")), "{measure}");
    }
    for finding in record["findings"].as_array().expect("an array") {
        let is_personal = finding["code"] == "personal_data";
        assert!(!is_personal || finding["text"].is_null(), "{finding} quotes personal data");
    }
}

/// No blank nodes, valid IRIs, one graph, each triple once, and the same set after writing and reading.
fn assert_graph(graph: &[Quad]) {
    let iri = |node: &NamedNode| assert!(NamedNode::new(node.as_str()).is_ok(), "no IRI: {}", node.as_str());
    for quad in graph {
        match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => iri(node),
            NamedOrBlankNode::BlankNode(_) => panic!("a blank node: {quad}"),
        }
        iri(&quad.predicate);
        match &quad.object {
            Term::NamedNode(node) => iri(node),
            Term::Literal(literal) => iri(&literal.datatype().into_owned()),
            Term::BlankNode(_) => panic!("a blank node: {quad}"),
        }
        match &quad.graph_name {
            GraphName::NamedNode(node) => iri(node),
            other => panic!("not in its graph: {other}"),
        }
    }
    let lines = |quads: &[Quad]| quads.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
    let written = lines(graph);
    assert_eq!(written.len(), graph.len(), "a quad twice");
    let bytes = write_nquads(graph).expect("N-Quads");
    let parsed: Vec<Quad> = RdfParser::from_format(RdfFormat::NQuads)
        .for_slice(&bytes)
        .collect::<Result<_, _>>()
        .expect("our N-Quads can be read");
    assert_eq!(lines(&parsed), written, "N-Quads do not come back");
    let turtle = write_turtle(graph).expect("Turtle");
    let parsed = RdfParser::from_format(RdfFormat::Turtle).for_slice(&turtle).collect::<Result<Vec<_>, _>>();
    assert_eq!(parsed.expect("our Turtle can be read").len(), graph.len(), "Turtle does not come back");
}

fn cases(count: u32) -> ProptestConfig {
    // No files of past failures: a failure that matters becomes a row of its own.
    ProptestConfig { cases: count, failure_persistence: None, max_shrink_iters: 4_000, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text_is_read_soundly(text in any_text()) {
        if let Ok(source) = source_of("any.txt", text.as_bytes()) {
            assert_sound(&source);
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Some(Decoded { text, encoding, replaced }) = decode(&bytes) {
            prop_assert!(!text.contains('\0'));
            prop_assert!(replaced <= text.chars().count());
            prop_assert!(!encoding.is_empty());
        }
    }

    #[test]
    fn a_title_in_normal_form_stays_as_it_is(text in any_text()) {
        let once = normal_title(&text);
        prop_assume!(!once.starts_with('〈'));
        prop_assert_eq!(normal_title(&format!("《{once}》")), normal_title(&once), "outer brackets");
        prop_assert!(!once.contains(char::is_whitespace));
    }

    #[test]
    fn any_text_is_a_segment_of_an_iri(text in "\\PC{0,40}") {
        let iri = format!("http://example.org/id/{}/x", segment(&text));
        prop_assert!(NamedNode::new(&iri).is_ok(), "{}", iri);
        prop_assert!(!segment(&text).contains('/'));
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_document_with_changes_is_read_soundly(text in mutated()) {
        if let Ok(source) = source_of("changed.txt", text.as_bytes()) {
            assert_sound(&source);
        }
    }

    #[test]
    fn a_byte_order_mark_and_windows_lines_change_no_fact(number in 0usize..5) {
        let (name, bytes) = documents().swap_remove(number);
        let text = String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n");
        let facts = |text: &str| {
            let source = source_of(&name, text.as_bytes()).expect("a text");
            let made = record(&source, &process(register(), &source));
            let citations: Vec<_> = made.citations.iter().map(|c| (c.relation, without_hash(&c.key))).collect();
            let duties: Vec<_> = made.measures.iter().flat_map(|m| &m.responsibilities).map(|d| (d.role, d.name.clone())).collect();
            let works: Vec<_> = made.works.iter().map(|work| without_hash(&work.key)).collect();
            (citations, duties, works)
        };
        prop_assert_eq!(facts(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), facts(&text));
    }
}

/// A key without the hash of the source, which changes with its bytes.
fn without_hash(key: &str) -> String {
    if key.starts_with("anon:") { key.chars().take(12).collect() } else { key.to_owned() }
}

#[test]
fn the_five_documents_are_read_soundly() {
    for (name, bytes) in documents() {
        assert_sound(&source_of(&name, &bytes).expect("a text"));
    }
}

#[test]
fn awkward_texts_are_read_soundly() {
    let bodies = [
        String::new(),
        "\u{feff}".to_owned(),
        "\n".repeat(500),
        "?".repeat(3000),
        "《".repeat(800),
        "》".repeat(800),
        "《".repeat(300) + &"》".repeat(300),
        "(".repeat(900),
        "〔2021〕".repeat(300),
        "1.".repeat(700),
        "一、".repeat(700),
        "贯彻落实".repeat(500),
        "负责、".repeat(500),
        "以下简称".repeat(300),
        "2021年12月底前".repeat(200),
        "99999999999999999999号".repeat(100),
        "天津市".repeat(500),
        "根据《甲》".repeat(400),
        "印发".repeat(500) + "的通知",
        "关于印发《关于印发《关于印发《甲办法》的通知》的通知》的通知".repeat(20),
        "\u{200b}".repeat(1000) + "《甲市办法》",
        "𠮷".repeat(500) + "市人民政府关于印发《𠮷市𪚥办法》的通知",
        "名称:\n".repeat(200),
        "联系电话:".repeat(300),
    ];
    for body in bodies {
        assert_sound(&source(&body));
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    #[ignore = "takes minutes; make verify"]
    fn at_length_any_text_is_read_soundly(text in any_text()) {
        if let Ok(source) = source_of("any.txt", text.as_bytes()) {
            assert_sound(&source);
        }
    }
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    #[ignore = "takes minutes; make verify"]
    fn at_length_a_document_with_changes_is_read_soundly(text in mutated()) {
        if let Ok(source) = source_of("changed.txt", text.as_bytes()) {
            assert_sound(&source);
        }
    }
}
