//! A work's page: what it is and where each value comes from, what it rests on and what rests on it, who
//! does what, what is wrong with it, and its text.

use super::{
    layout::{Page, page},
    linked, measures,
    parts::{self, Shown, bi},
    relations::{self, count},
    text,
};
use crate::{
    lineage::Policy,
    serve::{
        address::{lineage_of, page_of, readable},
        facts::{
            Proof,
            citations::Citation,
            fields::{FieldValue, Metadata, Value},
            links::Link,
            measures::{Measure, Target},
            open::Open,
            text::{Reading, TextPart},
        },
        state::AppState,
    },
};
use maud::{Markup, html};

/// All that a work's page shows.
pub(in crate::serve) struct Work {
    pub(in crate::serve) iri: String,
    pub(in crate::serve) label: String,
    pub(in crate::serve) is_held: bool,
    pub(in crate::serve) fields: Vec<FieldValue>,
    pub(in crate::serve) metadata: Vec<Metadata>,
    pub(in crate::serve) cites: Vec<Citation>,
    pub(in crate::serve) open: Vec<Open>,
    pub(in crate::serve) cited_by: Vec<Citation>,
    pub(in crate::serve) links: Vec<Link>,
    pub(in crate::serve) measures: Vec<Measure>,
    pub(in crate::serve) targets: Vec<Target>,
    pub(in crate::serve) parts: Vec<TextPart>,
    /// The whole text of the source of the first part, and what was read in it.
    pub(in crate::serve) plain: String,
    pub(in crate::serve) readings: Vec<Reading>,
}

/// The page of a work.
pub(in crate::serve) fn work(state: &AppState, work: &Work, path: &str) -> Markup {
    let policy = state.lineage().policy_of(&work.iri);
    let part = work.parts.first();
    let shown = part.map(|part| Shown { source: &part.place.source, start: part.place.start, end: part.place.end });
    let findings = findings(work, shown);
    let body = html! {
        article.document {
            (head(state, work, policy))
            (relations::links(state, shown, &work.links))
            (linked::script(&linked::work(state, work)))
            div.columns {
                (contents(work, findings.len()))
                div.sections {
                    (fields(state, work, shown))
                    (relations::up(state, shown, &work.cites, work.is_held))
                    @if !work.open.is_empty() { (relations::open(state, shown, &work.open)) }
                    (relations::down(state, shown, &work.cited_by))
                    @if !work.measures.is_empty() { (measures::section(state, shown, &work.measures, &work.targets)) }
                    @if !findings.is_empty() { (findings_section(shown, &findings, &work.plain)) }
                    @if let Some(shown) = shown { (text_section(state, work, shown)) }
                }
            }
        }
    };
    page(&Page { title: &work.label, query: "", data: Some(path), body })
}

trait PolicyOf {
    fn policy_of(&self, work: &str) -> Option<&Policy>;
}

impl PolicyOf for crate::lineage::Lineage {
    fn policy_of(&self, work: &str) -> Option<&Policy> {
        let node = oxrdf::NamedNode::new(work).ok()?;
        self.work(&node).map(|hit| &self[hit.policy])
    }
}

fn head(state: &AppState, work: &Work, policy: Option<&Policy>) -> Markup {
    let value = |name: &str| work.fields.iter().find(|field| field.property.ends_with(name)).map(|field| &field.value);
    let text = |name: &str| match value(name) {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Node(node)) => Some(node.label.clone()),
        None => None,
    };
    let number = text("#number").filter(|number| *number != work.label);
    let issuers: Vec<&Value> =
        work.fields.iter().filter(|field| field.property.ends_with("#passed_by")).map(|field| &field.value).collect();
    html! {
        header.doc-head {
            p.kicker {
                @if let Some(level) = value("#level") { @if let Value::Node(level) = level { span.chip.level { (parts::level_named(&level.iri)) } " " } }
                (parts::status(work.is_held)) " "
                @for name in ["#type_document", "#form"] { @if let Some(kind) = text(name) { span.chip { (kind) } " " } }
            }
            h1 { (work.label) }
            @if !work.is_held { p.lead { "库中还没有这份文件的文本；以下都来自引用它的文件。文本到来时，地址不变。" } }
            p.byline {
                @if let Some(number) = number { span.number { (number) } }
                @for issuer in issuers { span { (parts::value(state, issuer)) } }
                @if let Some(date) = text("#date_document") { time datetime=(date) { (parts::date(&date)) } }
            }
            @if let Some(policy) = policy {
                @if policy.members.len() > 1 {
                    p.policy { "与 " @for (n, member) in policy.members.iter().filter(|member| member.iri.as_str() != work.iri).enumerate() {
                        @if n > 0 { "、" } @if let Some(page) = page_of(state.iris(), member.iri.as_str()) { a href=(page) { "《" (member.label) "》" } }
                    } " 合为一项政策。" @if let Some(page) = page_of(state.iris(), policy.iri.as_str()) { a href=(page) { "看这项政策" } } }
                }
            }
            p.actions { a.button href=(lineage_of(state.iris(), &work.iri)) { "看脉络 " span.en lang="en" { "lineage" } } }
        }
    }
}

fn contents(work: &Work, findings: usize) -> Markup {
    html! {
        nav.toc aria-label="本页目录" {
            ul {
                li { a href="#fields" { "著录" } }
                li { a href="#up" { "上承" (count(work.cites.len())) } }
                @if !work.open.is_empty() { li { a href="#open" { "所指未定" (count(work.open.len())) } } }
                li { a href="#down" { "下启" (count(work.cited_by.len())) } }
                @if !work.measures.is_empty() { li { a href="#measures" { "措施与分工" (count(work.measures.len())) } } }
                @if findings > 0 { li { a href="#findings" { "来源中的问题" (count(findings)) } } }
                @if !work.parts.is_empty() { li { a href="#text" { "原文" } } }
            }
        }
    }
}

fn fields(state: &AppState, work: &Work, shown: Option<Shown<'_>>) -> Markup {
    html! {
        section #fields aria-labelledby="fields-h" {
            h2 #fields-h { (bi("著录", "what it is, and where that comes from")) }
            dl.fields {
                @for (n, field) in work.fields.iter().enumerate() {
                    @let is_first = n == 0 || work.fields[n - 1].property != field.property;
                    @if is_first { dt { (state.terms().zh(&field.property)) " " span.en lang="en" { (state.terms().en(&field.property)) } } }
                    dd { (field_value(state, field)) (origin(state, shown, &field.proofs)) }
                }
            }
            @if !work.metadata.is_empty() {
                details.more {
                    summary { "网页著录块 " (work.metadata.len()) " 栏" }
                    dl.fields.small { @for entry in &work.metadata { dt { (entry.label) } dd { @if entry.value.is_empty() { span.empty { "（空）" } } @else { (entry.value) } } } }
                }
            }
        }
    }
}

fn field_value(state: &AppState, field: &FieldValue) -> Markup {
    let name = crate::serve::terms::local(&field.property);
    html! {
        p.value {
            @match &field.value {
                Value::Text(text) if name.contains("date") || name == "datePrinted" => { (parts::date(text)) },
                Value::Node(node) if name == "level" => { (parts::level_named(&node.iri)) },
                other => { (parts::value(state, other)) },
            }
        }
    }
}

/// Where a value comes from.
fn origin(state: &AppState, shown: Option<Shown<'_>>, proofs: &[Proof]) -> Markup {
    html! {
        @if proofs.is_empty() { p.where { "由文件的标识推得" } }
        @for proof in proofs {
            div.origin {
                @if !proof.quote.is_empty() { p.quote { "“" (proof.quote.trim()) "”" } }
                (parts::source_line(state, shown, proof, false))
            }
        }
    }
}

/// The findings on the part that is shown and on the whole file, the gravest first.
fn findings<'a>(work: &'a Work, shown: Option<Shown<'_>>) -> Vec<&'a Reading> {
    let Some(shown) = shown else { return Vec::new() };
    let here = |reading: &&Reading| {
        reading.class == "Finding" && (reading.end == 0 || (reading.start >= shown.start && reading.end <= shown.end))
    };
    let mut findings: Vec<&Reading> = work.readings.iter().filter(here).collect();
    let rank = |reading: &Reading| ["error", "warn", "info"].iter().position(|name| *name == reading.severity);
    findings.sort_by_key(|reading| (rank(reading), reading.start));
    findings
}

pub(super) fn findings_section(shown: Option<Shown<'_>>, findings: &[&Reading], plain: &str) -> Markup {
    let (grave, slight): (Vec<&&Reading>, Vec<&&Reading>) =
        findings.iter().partition(|finding| finding.severity != "info");
    html! {
        section #findings aria-labelledby="findings-h" {
            h2 #findings-h { "来源中的问题" (count(findings.len())) " " span.en lang="en" { "findings" } }
            ul.findings { @for finding in &grave { (finding_item(shown, finding, plain)) } }
            @if !slight.is_empty() {
                details.more open[grave.is_empty()] { summary { "提示 " (slight.len()) " 条" } ul.findings { @for finding in &slight { (finding_item(shown, finding, plain)) } } }
            }
        }
    }
}

fn finding_item(shown: Option<Shown<'_>>, finding: &Reading, plain: &str) -> Markup {
    let quote: String = plain.chars().skip(finding.start).take((finding.end - finding.start).min(40)).collect();
    let is_here = shown.is_some_and(|shown| shown.start <= finding.start && finding.end <= shown.end);
    html! {
        li {
            (parts::severity(&finding.severity)) " " strong { (parts::code(&finding.code)) } " " (finding.message)
            @if finding.end > 0 && !quote.trim().is_empty() {
                " " span.where { @if is_here { a href=(format!("#{}", parts::anchor(finding.start, finding.end))) { "“" (quote.trim()) "”" } } @else { "“" (quote.trim()) "”" } }
            }
        }
    }
}

fn text_section(state: &AppState, work: &Work, shown: Shown<'_>) -> Markup {
    let marks = text::marks(state, &work.readings);
    html! {
        section #text aria-labelledby="text-h" {
            h2 #text-h { (bi("原文", "the text")) }
            (text::legend())
            div.text { (text::render(&work.plain, shown, &marks)) }
            p.where { "来源 " @for (n, part) in work.parts.iter().enumerate() {
                @if n > 0 { "、" }
                a href=(format!("/doc/source/{}", part.place.source)) { (readable(&part.place.file)) }
            } }
        }
    }
}
