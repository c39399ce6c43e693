//! The small parts that pages are made of.

use crate::{
    model::{Level, Relation},
    serve::{
        address::page_of,
        facts::{Named, Place, Proof, fields::Value},
        state::AppState,
    },
};
use maud::{Markup, html};

/// Chinese with small English beside it.
pub(super) fn bi(zh: &str, en: &str) -> Markup {
    html! { (zh) " " span.en lang="en" { (en) } }
}

/// A link to the page of a thing; its name alone where there is no page.
pub(super) fn link(state: &AppState, thing: &Named) -> Markup {
    let label = &thing.label;
    html! { @if let Some(path) = page_of(state.iris(), &thing.iri) { a href=(path) { (label) } } @else { (label) } }
}

/// A value of a field.
pub(super) fn value(state: &AppState, value: &Value) -> Markup {
    match value {
        Value::Node(node) => link(state, node),
        Value::Text(text) => html! { (text) },
    }
}

/// 高, 中, 低.
pub(super) fn grade(confidence: &str) -> Markup {
    let word = match confidence {
        "high" => "高",
        "medium" => "中",
        "low" => "低",
        other => other,
    };
    html! { span class=(format!("grade {confidence}")) { "可信度 " (word) } }
}

/// Whether the text is here.
pub(super) fn status(is_held: bool) -> Markup {
    html! { @if is_held { span.chip.held { "有文" } } @else { span.chip.stub { "缺文" } } }
}

/// The level of a local name or an IRI.
pub(super) fn level_named(name: &str) -> &'static str {
    let name = crate::serve::terms::local(name);
    let all = [Level::International, Level::National, Level::Province, Level::Prefecture, Level::County];
    all.into_iter().find(|level| level.name() == name).unwrap_or(Level::Unknown).chinese()
}

/// The relations by how they look: one hue for each sort.
pub(super) fn relation_class(relation: Relation) -> &'static str {
    match relation {
        Relation::Implements => "r-implements",
        Relation::BasedOn => "r-based",
        Relation::Promulgates | Relation::Forwards => "r-carries",
        Relation::Amends
        | Relation::PlansToAmend
        | Relation::Repeals
        | Relation::Replaces
        | Relation::ExtendsValidityOf => "r-changes",
        Relation::RespondsTo | Relation::Produces => "r-answers",
        Relation::RefersTo | Relation::Mentions => "r-mentions",
    }
}

/// A relation as a coloured word.
pub(super) fn relation(relation: Relation) -> Markup {
    html! { span class=(format!("rel {}", relation_class(relation))) { (relation.chinese()) } }
}

/// The anchor of a place in a text.
pub(super) fn anchor(start: usize, end: usize) -> String {
    format!("at-{start}-{end}")
}

/// The part of a source that a page shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::serve) struct Shown<'a> {
    pub(in crate::serve) source: &'a str,
    pub(in crate::serve) start: usize,
    pub(in crate::serve) end: usize,
}

/// Where a place can be read: on this page if it shows it, else on the page of the source.
pub(super) fn place_path(shown: Option<Shown<'_>>, place: &Place) -> String {
    let here =
        shown.is_some_and(|shown| shown.source == place.source && shown.start <= place.start && place.end <= shown.end);
    let anchor = anchor(place.start, place.end);
    if here { format!("#{anchor}") } else { format!("/doc/source/{}#{anchor}", place.source) }
}

/// A sentence with the words that count marked.
pub(super) fn marked(sentence: &str, quote: &str) -> Markup {
    let at = (!quote.is_empty()).then(|| sentence.find(quote)).flatten();
    html! {
        @if let Some(at) = at { (sentence[..at]) mark { (quote) } (sentence[at + quote.len()..]) }
        @else if sentence.is_empty() { mark { (quote) } }
        @else { (sentence) }
    }
}

/// Evidence in one block: the sentence, then where it stands and how it was read.
pub(super) fn proof(state: &AppState, shown: Option<Shown<'_>>, proof: &Proof) -> Markup {
    html! {
        blockquote.proof {
            p.sentence { (marked(&proof.sentence, &proof.quote)) }
            (source_line(state, shown, proof, true))
        }
    }
}

/// Where a claim stands and how it was read, in one small line.
pub(super) fn source_line(state: &AppState, shown: Option<Shown<'_>>, proof: &Proof, with_file: bool) -> Markup {
    let claim = page_of(state.iris(), &proof.claim);
    html! {
        p.where {
            @if with_file { span.file { (proof.place.file) } " " }
            @if proof.place.end > proof.place.start { a href=(place_path(shown, &proof.place)) { "看原文" } " " } @else { span { "凭全文" } " " }
            (grade(&proof.confidence)) " "
            @if !proof.rule.is_empty() { span.rule { "规则 " code { (proof.rule) } } " " }
            @if let Some(claim) = claim { a href=(claim) { "这条陈述" } }
        }
    }
}

/// What a finding's code means, in few words.
pub(super) fn code(code: &str) -> &str {
    match code {
        "spam_injection" => "植入广告",
        "garbage_run" => "乱码",
        "page_chrome" => "网页文字",
        "lost_lines" => "丢失换行",
        "run_together" => "文字相连",
        "broken_title" => "标题断行",
        "bracket_misuse" => "括号有误",
        "truncated_text" => "文字截断",
        "duplicate_text" => "文字重复",
        "typo" => "错字",
        "number_malformed" => "文号残缺",
        "number_conflict" => "文号冲突",
        "title_variant" => "标题异文",
        "date_conflict" => "日期冲突",
        "issuer_conflict" => "机关冲突",
        "empty_field" => "空栏",
        "missing_title" => "缺标题行",
        "missing_number" => "缺文号",
        "missing_signature" => "缺署名",
        "personal_data" => "个人信息",
        "unregistered_code" => "代字未登记",
        "unresolved_agency" => "机关未明",
        "decoding" => "解码",
        other => other,
    }
}

/// error, warn, info.
pub(super) fn severity(severity: &str) -> Markup {
    let word = match severity {
        "error" => "错误",
        "warn" => "警告",
        _ => "提示",
    };
    html! { span class=(format!("severity {severity}")) { (word) } }
}

/// The first sentence of a text, cut where it is long.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let first: String = text.chars().take_while(|c| !matches!(c, '。' | '\n')).collect();
    if first.chars().count() <= most { first } else { first.chars().take(most).chain(['…']).collect() }
}

/// A date as people write it: 2021-08-26 → 2021年8月26日.
pub(super) fn date(iso: &str) -> String {
    let mut parts = iso.split('-').map(|part| part.trim_start_matches('0'));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    match (year, month, day) {
        (Some(year), None, _) if year.chars().all(|c| c.is_ascii_digit()) && !year.is_empty() => format!("{year}年"),
        (Some(year), Some(month), None) => format!("{year}年{month}月"),
        (Some(year), Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
        _ => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_they_were_written() {
        for (iso, text) in [("2021-08-26", "2021年8月26日"), ("2021-12", "2021年12月"), ("2025", "2025年"), ("", "")]
        {
            assert_eq!(date(iso), text);
        }
    }

    #[test]
    fn the_words_that_count_are_marked_in_their_sentence() {
        for (sentence, quote, html) in [
            ("为落实《甲》,", "《甲》", "为落实<mark>《甲》</mark>,"),
            ("", "《甲》", "<mark>《甲》</mark>"),
            ("为落实<乙>", "《甲》", "为落实&lt;乙&gt;"),
            ("𠮷《甲》", "《甲》", "𠮷<mark>《甲》</mark>"),
        ] {
            assert_eq!(marked(sentence, quote).into_string(), html);
        }
    }

    #[test]
    fn a_place_on_the_page_is_linked_on_the_page() {
        let place = Place { source: "ab".to_owned(), file: String::new(), start: 5, end: 9 };
        let shown = |start, end| Some(Shown { source: "ab", start, end });
        assert_eq!(place_path(shown(0, 9), &place), "#at-5-9");
        assert_eq!(place_path(shown(6, 9), &place), "/doc/source/ab#at-5-9");
        assert_eq!(place_path(None, &place), "/doc/source/ab#at-5-9");
    }
}
