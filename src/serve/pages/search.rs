//! What was found: documents, measures, agencies, regions.

use super::{
    facets::{address, choices},
    layout::{Page, page},
    measures,
    parts::{self, bi},
    relations::count,
};
use crate::{
    lineage,
    search::{Answer, Filters, Hit, Question, Snippet, Wanted},
    serve::{
        address::{lineage_of, page_of},
        facts::{Named, facets::Choices},
        state::AppState,
    },
};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeSet;

/// What was found.
#[derive(Debug, Default)]
pub(in crate::serve) struct Results {
    pub(in crate::serve) question: Question,
    /// What the words mean as a number, an IRI or a title.
    pub(in crate::serve) meant: Vec<lineage::Hit>,
    /// What is near to them, where they mean nothing.
    pub(in crate::serve) near: Vec<lineage::Hit>,
    /// Whether among those meant are some that may be one document.
    pub(in crate::serve) conflict: bool,
    /// What has the words, of the kind that was wanted.
    pub(in crate::serve) answer: Answer,
    /// By what it can be narrowed.
    pub(in crate::serve) facets: Vec<Choices>,
    /// Measures that have them, where works were wanted.
    pub(in crate::serve) measures: Answer,
    pub(in crate::serve) agencies: Vec<Named>,
    pub(in crate::serve) regions: Vec<Named>,
}

/// More candidates than this are no candidates, but a list.
const CANDIDATES: usize = 6;

/// The page of what was found.
pub(in crate::serve) fn search(state: &AppState, results: &Results) -> Markup {
    let question = &results.question;
    let words = question.text.as_str();
    let nothing = results.meant.is_empty()
        && (results.answer.total == 0 || results.answer.is_nearly)
        && results.agencies.is_empty()
        && results.regions.is_empty()
        && results.measures.total == 0;
    let title = if words.is_empty() { "文件".to_owned() } else { format!("查找“{words}”") };
    let is_meant = !results.meant.is_empty() && results.meant.len() <= CANDIDATES;
    // What is listed as meant is not listed again.
    let listed: BTreeSet<&str> =
        results.meant.iter().filter(|_| is_meant).map(|hit| state.lineage().member(*hit).iri.as_str()).collect();
    let is_all = results.answer.hits.iter().all(|hit| listed.contains(hit.work.iri.as_str()));
    let body = html! {
        div.search-page {
            header.doc-head { h1 { (title) } (choices(question, &results.facets)) }
            @if nothing { (empty(state, results)) }
            @if is_meant { (meant(state, results)) }
            @if !results.agencies.is_empty() { section aria-labelledby="agencies-h" { h2 #agencies-h { (bi("机关", "agencies")) (count(results.agencies.len())) } (names(state, &results.agencies)) } }
            @if !results.regions.is_empty() { section aria-labelledby="regions-h" { h2 #regions-h { (bi("地区", "regions")) (count(results.regions.len())) } (names(state, &results.regions)) } }
            @if question.wanted == Wanted::Measures { (measures_found(state, question, &results.answer, true)) }
            @else {
                @if !is_all { (works(state, results)) }
                @if results.measures.total > 0 { (measures_found(state, question, &results.measures, false)) }
            }
        }
    };
    page(&Page { title: &title, query: words, data: None, body })
}

fn empty(state: &AppState, results: &Results) -> Markup {
    let question = &results.question;
    html! {
        section.blank {
            h2 { "没有找到" }
            @if question.filters.is_empty() {
                p { "试试标题或正文中的几个字（用空格隔开几个词），机关的全称或简称，或文号的一部分，例如“39号”“国知发运字47号”。" }
                p.en lang="en" { "Try a few characters of a title or a text, with blanks between words; a name of an agency; or part of a document number." }
            } @else {
                p { "没有同时符合这些字和所选条件的。" span.en lang="en" { " Nothing has these words and what is chosen." } }
                p.actions { a.button href=(address(&question.text, &Filters::default(), question.wanted, 0)) { "去掉全部筛选" } }
            }
            @if !results.near.is_empty() { h3 { (bi("相近的有", "near to it")) } (hits(state, &results.near)) }
        }
    }
}

fn meant(state: &AppState, results: &Results) -> Markup {
    html! {
        section aria-labelledby="meant-h" {
            h2 #meant-h { @if results.meant.len() == 1 { "就是这份" } @else { (results.meant.len()) " 个候选" } " " span.en lang="en" { @if results.meant.len() == 1 { "this is it" } @else { "candidates" } } }
            @if results.conflict { aside.notice { p { strong { "文号冲突" } " 候选中有可能是同一文件的，请看各自的文件页；在核对之前，两份并存，不合并。" } } }
            (hits(state, &results.meant))
        }
    }
}

fn hits(state: &AppState, hits: &[lineage::Hit]) -> Markup {
    let lineage = state.lineage();
    html! {
        ul.works { @for hit in hits {
            @let (work, policy) = (lineage.member(*hit), &lineage[hit.policy]);
            li.work-item.strong {
                p.work-title { (parts::link(state, &Named { iri: work.iri.as_str().to_owned(), label: work.label.clone() })) }
                p.work-facts {
                    span.chip.level { (policy.level.chinese()) } (parts::status(work.is_held))
                    @for number in work.numbers.iter().filter(|number| **number != work.label) { span.number { (number) } }
                    @for date in &work.dates { time datetime=(date) { (parts::date(date)) } }
                    a href=(lineage_of(state.iris(), work.iri.as_str())) { "看脉络" }
                }
            }
        } }
    }
}

fn names(state: &AppState, things: &[Named]) -> Markup {
    html! { ul.names { @for thing in things { li { (parts::link(state, thing)) } } } }
}

fn works(state: &AppState, results: &Results) -> Markup {
    let (question, answer) = (&results.question, &results.answer);
    html! {
        section aria-labelledby="works-h" {
            h2 #works-h {
                @if question.text.is_empty() { "文件" } @else if answer.is_nearly { "标题与此相近的文件" } @else { "有这些字的文件" }
                (count(answer.total)) " " span.en lang="en" { @if answer.is_nearly { "documents whose titles are like it" } @else { "documents" } }
            }
            ul.works { @for hit in &answer.hits { (work(state, hit)) } }
            (pager(question, answer))
        }
    }
}

fn work(state: &AppState, hit: &Hit) -> Markup {
    let work = &hit.work;
    let page = page_of(state.iris(), work.iri.as_str());
    html! {
        li.work-item {
            p.work-title { @if let Some(page) = &page { a href=(page) { (marked(&work.label, &hit.marks)) } } @else { (marked(&work.label, &hit.marks)) } }
            @if let (Some(snippet), Some(page)) = (&hit.snippet, &page) {
                p.snippet { a href=(format!("{page}#text{}", directive(snippet))) { (passage(snippet)) } }
            }
            p.work-facts {
                span.chip.level { (parts::level_named(&work.level)) } (parts::status(work.is_held))
                @for number in work.numbers.iter().filter(|number| **number != work.label) { span.number { (number) } }
                @if let Some(date) = &work.date { time datetime=(date) { (parts::date(date)) } }
                @for issuer in work.issuers.iter().take(3) { span { (issuer) } }
            }
        }
    }
}

fn measures_found(state: &AppState, question: &Question, answer: &Answer, is_whole: bool) -> Markup {
    html! {
        section aria-labelledby="measures-h" {
            h2 #measures-h { (bi("措施", "measures")) (count(answer.total)) }
            ul.works { @for hit in &answer.hits { @if let Some(measure) = &hit.measure {
                li.work-item {
                    @if let Some(page) = page_of(state.iris(), measure.iri.as_str()) {
                        p.snippet { a href=(page) { @if let Some(snippet) = &hit.snippet { (passage(snippet)) } @else { (parts::beginning(&measure.text.text, 60)) } } }
                    }
                    p.work-facts {
                        (parts::link(state, &Named { iri: hit.work.iri.as_str().to_owned(), label: hit.work.label.clone() }))
                        span { (measures::path(&measure.path)) }
                    }
                }
            } } }
            @if is_whole { (pager(question, answer)) }
            @else if answer.total > answer.hits.len() {
                p { a href=(address(&question.text, &question.filters, Wanted::Measures, 0)) { "全部 " (answer.total) " 条措施" } }
            }
        }
    }
}

fn pager(question: &Question, answer: &Answer) -> Markup {
    let last = question.offset + answer.hits.len();
    let at = |offset: usize| address(&question.text, &question.filters, question.wanted, offset);
    html! {
        @if answer.total > question.limit {
            nav.pager aria-label="翻页" {
                @if question.offset > 0 { a href=(at(question.offset.saturating_sub(question.limit))) rel="prev" { "上一页" } }
                span { @if last > question.offset { (question.offset + 1) "–" (last) } @else { "—" } " / " (answer.total) }
                @if last < answer.total && last > question.offset { a href=(at(last)) rel="next" { "下一页" } }
            }
        }
    }
}

/// A text with places in it marked, which are given in code points, in order and apart.
fn marked(text: &str, marks: &[(usize, usize)]) -> Markup {
    let chars: Vec<char> = text.chars().collect();
    let slice = |start: usize, end: usize| chars.get(start..end).unwrap_or_default().iter().collect::<String>();
    let starts = marks.iter().map(|(_, end)| *end);
    let between = [0].into_iter().chain(starts).zip(marks.iter().map(|(start, _)| *start).chain([chars.len()]));
    html! {
        @for (at, (start, end)) in between.enumerate() {
            (slice(start, end))
            @if let Some((start, end)) = marks.get(at) { mark { (slice(*start, *end)) } }
        }
    }
}

fn passage(snippet: &Snippet) -> Markup {
    html! { "…" (marked(&snippet.text, &snippet.marks)) "…" }
}

/// What makes a browser show the place of a text where the first of the words stand, where it knows how (text
/// fragments).
fn directive(snippet: &Snippet) -> String {
    let words = snippet.marks.first().map(|(start, end)| snippet.text.chars().skip(*start).take(end - start));
    let words: String = words.into_iter().flatten().collect();
    if words.is_empty() { words } else { format!(":~:text={}", utf8_percent_encode(&words, NON_ALPHANUMERIC)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_marked_by_code_points() {
        assert_eq!(marked("𠮷知识产权", &[(1, 3)]).into_string(), "𠮷<mark>知识</mark>产权");
        assert_eq!(marked("知识产权", &[(0, 2), (3, 4)]).into_string(), "<mark>知识</mark>产<mark>权</mark>");
        assert_eq!(marked("<知>", &[]).into_string(), "&lt;知&gt;");
    }
}
