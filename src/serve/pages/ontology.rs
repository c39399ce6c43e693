//! The ontology for people: every term with what it is called, what it means, and what it is a kind of.

use super::{
    layout::{Page, page},
    parts::bi,
};
use crate::{
    model::vocab::ZM,
    serve::{
        address::encoded,
        negotiate::DATA,
        state::AppState,
        terms::{Term, compact},
    },
    store::ONTOLOGY,
};
use maud::{Markup, html};

/// Groups of terms: anchor, Chinese, English, and the classes of their terms.
const GROUPS: &[(&str, &str, &str, &[&str])] = &[
    ("classes", "类", "classes", &["Class"]),
    ("relations", "文件之间的关系", "relations between documents", &["Relation"]),
    ("object-properties", "对象属性", "object properties", &["ObjectProperty"]),
    ("datatype-properties", "数据属性", "datatype properties", &["DatatypeProperty"]),
    ("individuals", "取值", "individuals", &["NamedIndividual"]),
    ("schemes", "概念表", "concept schemes", &["ConceptScheme"]),
    ("kinds", "法定文种", "statutory kinds", &["ResourceType"]),
    ("forms", "公文形式", "functional forms", &["Concept"]),
];

/// The page of the ontology.
pub(in crate::serve) fn ontology(state: &AppState) -> Markup {
    let own: Vec<(&str, &Term)> =
        state.terms().iter().filter_map(|(iri, term)| Some((iri.strip_prefix(ZM)?, term))).collect();
    let group_of = |term: &Term| {
        GROUPS.iter().position(|(.., classes)| term.classes.iter().any(|class| classes.contains(&class.as_str())))
    };
    // A relation is an object property too; it stands once, in the first group that has it.
    let grouped = |n: usize| -> Vec<&(&str, &Term)> {
        let group =
            |term: &Term| if term.classes.iter().any(|class| class == "Relation") { Some(1) } else { group_of(term) };
        own.iter().filter(|(_, term)| group(term) == Some(n)).collect()
    };
    let body = html! {
        article.document.ontology {
            header.doc-head {
                p.kicker { span.chip { "本体" } " " code { (ZM) } }
                h1 { "政脉本体" }
                p.lead { "描述政策文件及其沿革的词表；能用 ELI、PROV、SKOS、ORG 的就不另造。" span.en lang="en" { " A vocabulary for Chinese policy documents and their lineage, aligned with ELI, PROV, SKOS and ORG." } }
                p.formats { @for (file, _) in ONTOLOGY { a href=(format!("/ontology/{file}")) { (file) } " " } a href="/ontology/context.jsonld" { "context.jsonld" } " · " @for (format, title) in DATA { a href=(format!("/ontology?format={format}")) lang="en" { (title) } " " } }
            }
            div.columns {
                nav.toc aria-label="本页目录" { ul { @for (n, (id, zh, ..)) in GROUPS.iter().enumerate() { @if !grouped(n).is_empty() { li { a href=(format!("#{id}")) { (zh) " " span.count { (grouped(n).len()) } } } } } } }
                div.sections { @for (n, (id, zh, en, _)) in GROUPS.iter().enumerate() {
                    @let terms = grouped(n);
                    @if !terms.is_empty() {
                        section id=(id) aria-labelledby=(format!("{id}-h")) {
                            h2 id=(format!("{id}-h")) { (bi(zh, en)) }
                            table.terms {
                                thead { tr { th scope="col" { "术语" } th scope="col" { "意思" } th scope="col" { "上位" } } }
                                tbody { @for (name, term) in terms { (row(state, name, term)) } }
                            }
                        }
                    }
                } }
            }
        }
    };
    page(&Page { title: "本体", query: "", data: Some("/ontology"), body })
}

fn row(state: &AppState, name: &str, term: &Term) -> Markup {
    html! {
        tr id=(name) {
            th scope="row" { span.term-zh { (term.zh) } " " span.en lang="en" { (term.en) } " " code { "zm:" (name) } }
            td { p { (term.definition_zh) } p.en lang="en" { (term.definition_en) } }
            td { @for parent in &term.parents {
                @if let Some(own) = parent.strip_prefix(ZM).filter(|_| state.terms().has(parent)) { a href=(format!("#{}", encoded(own))) { code { "zm:" (own) } } } @else { code { (compact(parent)) } } " "
            } }
        }
    }
}
