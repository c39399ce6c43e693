//! The page of the ontology: every term of ours with its names and what it means.

use super::{
    page,
    parts::{href, short},
    reader::{Reader, decoded},
};
use crate::{model::vocab::ZM, query::QueryError, query::Row, store::Store};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// A term as the ontology has it.
#[derive(Debug, Default)]
struct Entry {
    classes: BTreeSet<String>,
    names: BTreeMap<String, String>,
    meanings: BTreeMap<String, String>,
    parents: BTreeSet<String>,
}

/// The page of the ontology.
pub(in crate::serve) fn ontology(store: &Store) -> Result<Markup, QueryError> {
    let reader = Reader::new(store);
    let layer = store.iris().layer("ontology");
    let rows = reader.rows(
        "SELECT ?term ?property ?value { GRAPH ?_layer { ?term ?property ?value
            FILTER (STRSTARTS(STR(?term), 'https://w3id.org/zhengmai#')) } } ORDER BY ?term ?property ?value",
        &[("_layer", &layer)],
    )?;
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for row in &rows {
        let name = row.text("term").strip_prefix(ZM).unwrap_or_default();
        note(entries.entry(name.to_owned()).or_default(), row);
    }
    let (classes, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|(_, entry)| is_a(entry, &["Class"]));
    let (properties, individuals): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|(_, entry)| entry.classes.iter().any(|class| class.ends_with("Property")));
    Ok(page("本体", "", &html! {
        h1 { "本体" }
        p.lead { "图中每个术语的名称与含义。" span.small lang="en" { " The terms of the graph: " code { "zm: <" (ZM) ">" } } }
        nav.contents aria-label="本页" {
            a href="#classes" { "类 " span.count { (classes.len()) } }
            a href="#properties" { "属性 " span.count { (properties.len()) } }
            a href="#individuals" { "个体 " span.count { (individuals.len()) } }
        }
        (table("classes", "类", &classes))
        (table("properties", "属性", &properties))
        (table("individuals", "个体", &individuals))
    }))
}

fn is_a(entry: &Entry, classes: &[&str]) -> bool {
    entry.classes.iter().any(|class| classes.contains(&super::reader::local(class)))
}

fn note(entry: &mut Entry, row: &Row) {
    let value = row.text("value").to_owned();
    let language = match row.term("value") {
        Some(oxrdf::Term::Literal(literal)) => literal.language().unwrap_or("zh").to_owned(),
        _ => String::new(),
    };
    match super::reader::local(row.text("property")) {
        "type" => entry.classes.extend([value]),
        "label" | "prefLabel" => entry.names.extend([(language, value)]),
        "definition" | "comment" => entry.meanings.extend([(language, value)]),
        "subClassOf" | "subPropertyOf" | "broader" => entry.parents.extend([value]),
        _ => (),
    }
}

fn table(id: &str, title: &str, entries: &[(&String, &Entry)]) -> Markup {
    html! {
        section id=(id) {
            h2 { (title) }
            dl.terms {
                @for (name, entry) in entries {
                    // A term may not take the name of a part of the page.
                    @let taken = ["classes", "properties", "individuals", "main"].contains(&name.as_str());
                    dt id=[(!taken).then(|| decoded(name))] {
                        @if let Some(chinese) = entry.names.get("zh") { b { (chinese) } " " }
                        @if let Some(english) = entry.names.get("en") { span.small lang="en" { (english) } " " }
                        code { "zm:" (decoded(name)) }
                    }
                    dd {
                        @if let Some(chinese) = entry.meanings.get("zh") { p { (chinese) } }
                        @if let Some(english) = entry.meanings.get("en") { p.small lang="en" { (english) } }
                        @if !entry.parents.is_empty() {
                            p.from { "属于 " @for parent in &entry.parents {
                                @match href(parent) { Some(href) => a href=(href) { (short(parent)) }, None => (short(parent)) } " "
                            } }
                        }
                    }
                }
            }
        }
    }
}
