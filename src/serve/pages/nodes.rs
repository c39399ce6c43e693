//! The pages of all that is no work: policies, sources, texts, measures, statements, and anything else.

use super::{
    document::findings_section,
    layout::{Page, page},
    linked, measures,
    parts::{self, Shown, bi},
    relations, text,
};
use crate::{
    lineage::{Member, Policy},
    serve::{
        address::{lineage_of, page_of},
        facts::{
            Named, Proof,
            claims::Statement,
            fields::{Metadata, Value},
            measures::Measure,
            text::{Reading, TextPart},
        },
        state::AppState,
        terms::{compact, local},
    },
};
use maud::{Markup, html};

/// The page of a policy: what belongs together, and how it stands to others.
pub(in crate::serve) fn policy(
    state: &AppState,
    policy: &Policy,
    relations: &[(crate::model::Relation, bool, Named, bool)],
    path: &str,
) -> Markup {
    let title = policy.label.as_str();
    let (up, down): (Vec<_>, Vec<_>) = relations.iter().partition(|(_, is_up, ..)| *is_up);
    let list = |relations: &[&(crate::model::Relation, bool, Named, bool)]| {
        html! {
            @if relations.is_empty() { p.empty { "没有。" } }
            ul.edges.compact { @for (relation, _, other, is_held) in relations {
                li.edge { p.edge-head { (parts::relation(*relation)) " " span.work-title { (parts::link(state, other)) } " " (parts::status(*is_held)) } }
            } }
        }
    };
    let body = html! {
        article.document {
            (linked::script(&linked::policy(state, policy)))
            header.doc-head {
                p.kicker { span.chip { "政策" } " " span.chip.level { (policy.level.chinese()) } " " (parts::status(policy.is_held)) }
                h1 { (title) }
                p.lead { "一项政策：通知、所印发的文件和它们的别名合在一起。" span.en lang="en" { " A notice, what it promulgates and their other names, as one." } }
                p.actions { a.button href=(lineage_of(state.iris(), policy.iri.as_str())) { "看脉络 " span.en lang="en" { "lineage" } } }
            }
            div.sections {
                section aria-labelledby="members-h" {
                    h2 #members-h { "所含文件" (relations::count(policy.members.len())) " " span.en lang="en" { "members" } }
                    ul.works { @for member in &policy.members { (self::member(state, member, member.iri == policy.head)) } }
                }
                section aria-labelledby="up-h" { h2 #up-h { "上承" (relations::count(up.len())) " " span.en lang="en" { "what it rests on" } } (list(&up)) }
                section aria-labelledby="down-h" { h2 #down-h { "下启" (relations::count(down.len())) " " span.en lang="en" { "what rests on it" } } (list(&down)) }
            }
        }
    };
    page(&Page { title, query: "", data: Some(path), body })
}

fn member(state: &AppState, member: &Member, is_head: bool) -> Markup {
    html! {
        li.work-item {
            p.work-title { (parts::link(state, &Named { iri: member.iri.as_str().to_owned(), label: member.label.clone() })) }
            p.work-facts {
                @for number in member.numbers.iter().filter(|number| **number != member.label) { span.number { (number) } }
                @for date in &member.dates { span { (parts::date(date)) } }
                (parts::status(member.is_held)) @if is_head { span.chip { "主文件" } }
            }
        }
    }
}

/// The page of a source: the file as it was read, with everything that was read from it.
pub(in crate::serve) struct Source<'a> {
    pub(in crate::serve) sha256: &'a str,
    pub(in crate::serve) file: &'a str,
    pub(in crate::serve) encoding: &'a str,
    pub(in crate::serve) characters: &'a str,
    pub(in crate::serve) texts: &'a [TextPart],
    pub(in crate::serve) metadata: &'a [Metadata],
    pub(in crate::serve) plain: &'a str,
    pub(in crate::serve) readings: &'a [Reading],
    /// The part that is shown: the whole, or one text.
    pub(in crate::serve) shown: Shown<'a>,
}

/// The page of a source, or of one text of it.
pub(in crate::serve) fn source(state: &AppState, source: &Source<'_>, one: Option<&TextPart>, path: &str) -> Markup {
    let marks = text::marks(state, source.readings);
    let within = |reading: &&Reading| {
        reading.class == "Finding"
            && (reading.end == 0 || source.shown.start <= reading.start && reading.end <= source.shown.end)
    };
    let findings: Vec<&Reading> = source.readings.iter().filter(within).collect();
    let title = one.map_or(source.file, |part| part.work.label.as_str());
    let body = html! {
        article.document {
            header.doc-head {
                p.kicker { span.chip { @if one.is_some() { "文本" } @else { "来源文件" } } @if let Some(part) = one { " " span.chip { (state.terms().zh(crate::model::vocab::zm(&part.role).as_str())) } } }
                h1 { (title) }
                @if let Some(part) = one { p.lead { "文件 " (parts::link(state, &part.work)) " 在来源 " a href=(format!("/doc/source/{}", source.sha256)) { (source.file) } " 中的文字。" } }
            }
            div.sections {
                section aria-labelledby="fields-h" {
                    h2 #fields-h { (bi("这个文件", "the file")) }
                    dl.fields.small {
                        dt { "SHA-256" } dd { code.hash { (source.sha256) } }
                        dt { "编码" } dd { (source.encoding) }
                        dt { "字数" } dd { (source.characters) " 个字符" }
                        @if one.is_none() { dt { "其中的文件" } @for part in source.texts { dd { (parts::link(state, &part.work)) } } }
                        @for entry in source.metadata { dt { (entry.label) } dd { @if entry.value.is_empty() { span.empty { "（空）" } } @else { (entry.value) } } }
                    }
                }
                @if !findings.is_empty() { (findings_section(Some(source.shown), &findings, source.plain)) }
                section #text aria-labelledby="text-h" {
                    h2 #text-h { (bi("原文", "the text")) }
                    (text::legend())
                    div.text { (text::render(source.plain, source.shown, &marks)) }
                }
            }
        }
    };
    page(&Page { title, query: "", data: Some(path), body })
}

/// The page of a measure.
pub(in crate::serve) fn measure(state: &AppState, measure: &Measure, path: &str) -> Markup {
    let title = measures::words(measure);
    let body = html! {
        article.document {
            header.doc-head {
                p.kicker { span.chip { "措施 " (measures::path(&measure.path)) } " " span { (parts::link(state, &measure.work)) } }
                h1 { (title) }
            }
            div.sections {
                section aria-labelledby="words-h" {
                    h2 #words-h { (bi("原文", "the words")) }
                    blockquote.measure-text { (measure.quote) }
                    p.where { a href=(parts::place_path(None, &measure.place)) { "在全文中看" } " " span.file { (measure.place.file) } }
                }
                section aria-labelledby="duties-h" {
                    h2 #duties-h { (bi("分工与时限", "who and by when")) }
                    @if measure.duties.is_empty() { p.empty { "没有写明由哪个机关承担。" } }
                    (measures::bearers(state, measure))
                    p { (measures::when(measure)) } @for target in &measure.targets { p { (measures::target(state, target)) } }
                }
            }
        }
    };
    page(&Page { title: &title, query: "", data: Some(path), body })
}

/// The page of a claim, a link or a decision: one statement and what it rests on.
pub(in crate::serve) fn statement(state: &AppState, statement: &Statement, path: &str) -> Markup {
    let class = crate::model::vocab::zm(&statement.class);
    let kind = state.terms().zh(class.as_str()).to_owned();
    let predicate = state.terms().zh(&statement.predicate).to_owned();
    let title = format!("{kind}：{predicate}");
    let body = html! {
        article.document {
            header.doc-head {
                p.kicker { span.chip { (kind) } " " span.en lang="en" { (state.terms().en(class.as_str())) } }
                h1 { (title) }
            }
            div.sections {
                @if let Some((decision, reason)) = &statement.rejected {
                    aside.notice { p.notice-head { strong { "已被否决" } " " @if let Some(page) = page_of(state.iris(), decision) { a href=(page) { "看裁定" } } } p { (reason) } }
                }
                section aria-labelledby="says-h" {
                    h2 #says-h { (bi("所说", "what it says")) }
                    dl.triple {
                        dt { "主语" } dd { (parts::link(state, &statement.subject)) }
                        dt { "谓语" } dd { @if let Some(page) = page_of(state.iris(), &statement.predicate) { a href=(page) { (predicate) } } @else { (predicate) } " " code { (compact(&statement.predicate)) } }
                        dt { "宾语" } dd { @if let Some(object) = &statement.object { (parts::value(state, object)) } @else { span.empty { "所指未定 " span.en lang="en" { "left open" } } } }
                    }
                    @if !statement.message.is_empty() { p { (statement.message) "。" } }
                }
                @if !statement.proof.place.source.is_empty() {
                    section aria-labelledby="where-h" { h2 #where-h { (bi("出处", "where it is said")) } (parts::proof(state, None, &Proof { claim: String::new(), ..statement.proof.clone() })) }
                }
                @if !statement.evidence.is_empty() { (relations::proofs(state, &statement.evidence)) }
            }
        }
    };
    page(&Page { title: &title, query: "", data: Some(path), body })
}

/// The page of anything: what the store says of it.
pub(in crate::serve) fn any(state: &AppState, label: &str, triples: &[(String, Value)], path: &str) -> Markup {
    let class = triples.iter().find(|(property, _)| property.ends_with("#type")).map(|(_, value)| value);
    let body = html! {
        article.document {
            header.doc-head {
                @if let Some(Value::Node(class)) = class { p.kicker { span.chip { (state.terms().zh(&class.iri)) } } }
                h1 { (label) }
            }
            div.sections {
                section aria-labelledby="facts-h" {
                    h2 #facts-h { (bi("图中所记", "what the graph says")) }
                    dl.fields.small {
                        @for (n, (property, value)) in triples.iter().enumerate() {
                            @if n == 0 || triples[n - 1].0 != *property { dt title=(compact(property)) { (state.terms().zh(property)) } }
                            dd { @match value {
                                Value::Node(node) => { (parts::link(state, &Named { iri: node.iri.clone(), label: if node.label == node.iri { local(&node.iri).to_owned() } else { node.label.clone() } })) },
                                Value::Text(text) => { (text) },
                            } }
                        }
                    }
                }
            }
        }
    };
    page(&Page { title: label, query: "", data: Some(path), body })
}
