//! 原文 (the text) with what was read in it: marks that may overlap or lie in each other, on places counted
//! in code points.

use maud::{Markup, html};
use std::collections::BTreeSet;

/// What a mark says of its place.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum MarkKind {
    /// An agency with a duty or as an issuer.
    Agency,
    /// A deadline.
    Deadline,
    /// A cited document.
    Citation,
    /// Something wrong with the text.
    Finding,
}

/// Something that was read at a place.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: MarkKind,
    /// Where it leads, if anywhere.
    pub(super) href: Option<String>,
    /// What it says.
    pub(super) title: String,
}

/// A place that others link to.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub(super) at: usize,
    pub(super) id: String,
}

/// A run of characters under the same marks.
#[derive(Debug, Eq, PartialEq)]
struct Segment<'a> {
    start: usize,
    text: &'a str,
    /// Which marks cover it, the widest first.
    marks: Vec<usize>,
}

/// The text from code point `from` to `to` in paragraphs, one a line, with marks and anchors.
/// O(n + m²) for n characters and m marks that overlap each other.
pub(super) fn marked(text: &str, from: usize, to: usize, marks: &[Mark], anchors: &[Anchor]) -> Markup {
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    let mut at = from;
    let end = byte_of(text, to);
    let body = &text[byte_of(text, from).min(end)..end];
    let lines = body.split('\n').map(|line| {
        let start = at;
        at += line.chars().count() + 1;
        (start, line)
    });
    let lines: Vec<(usize, &str)> = lines.collect();
    html! {
        div.text lang="zh-CN" {
            @for (start, line) in lines {
                @let segments = segments(line, start, marks);
                @if !line.trim().is_empty() {
                    p {
                        @for (n, segment) in segments.iter().enumerate() {
                            @let stop = segment.start + segment.text.chars().count();
                            @for anchor in anchors.iter().filter(|anchor| (segment.start..stop).contains(&anchor.at)) {
                                @if placed.insert(&anchor.id) { span.anchor id=(anchor.id) {} }
                            }
                            // The indent of the line is the page's.
                            @let words = if n == 0 { segment.text.trim_start() } else { segment.text };
                            @let of_segment: Vec<&Mark> = segment.marks.iter().map(|&mark| &marks[mark]).collect();
                            (wrapped(words, &of_segment))
                        }
                    }
                }
            }
        }
    }
}

/// The words in the elements of their marks: what is wrong outside, then agencies, then one link, that of
/// the narrowest citation.
fn wrapped(words: &str, marks: &[&Mark]) -> Markup {
    let narrowest = |kind: MarkKind| marks.iter().rev().find(|mark| mark.kind == kind);
    let linked = |mark: &Mark, class: &str, inner: &Markup| match &mark.href {
        Some(href) => html! { a class=(class) href=(href) title=(mark.title) { (inner) } },
        None => html! { span class=(class) title=(mark.title) { (inner) } },
    };
    let mut inner = html! { (words) };
    if let Some(mark) = narrowest(MarkKind::Citation) {
        inner = linked(mark, "cite", &inner);
    } else if let Some(mark) = narrowest(MarkKind::Agency) {
        inner = linked(mark, "agent", &inner);
    }
    if let Some(mark) = narrowest(MarkKind::Deadline) {
        inner = html! { span.due title=(mark.title) { (inner) } };
    }
    if let Some(mark) = narrowest(MarkKind::Finding) {
        inner = html! { mark.finding title=(mark.title) { (inner) } };
    }
    inner
}

/// A line cut wherever a mark starts or ends. `start` is the place of its first character.
fn segments<'a>(line: &'a str, start: usize, marks: &[Mark]) -> Vec<Segment<'a>> {
    let end = start + line.chars().count();
    let covers = |mark: &Mark| mark.start < mark.end && mark.start < end && mark.end > start;
    let mut here: Vec<usize> = (0..marks.len()).filter(|&mark| covers(&marks[mark])).collect();
    here.sort_by_key(|&mark| (std::cmp::Reverse(marks[mark].end - marks[mark].start), mark));
    let ends = here.iter().flat_map(|&mark| [marks[mark].start, marks[mark].end]);
    let mut cuts: BTreeSet<usize> = ends.filter(|cut| (start..end).contains(cut)).collect();
    cuts.insert(start);
    let cuts: Vec<usize> = cuts.into_iter().chain([end]).collect();
    let mut segments = Vec::new();
    let mut rest = line;
    for pair in cuts.windows(2) {
        let (first, last) = (pair[0], pair[1]);
        let (text, tail) = rest.split_at(byte_of(rest, last - first));
        rest = tail;
        let marks = here.iter().copied().filter(|&mark| marks[mark].start <= first && last <= marks[mark].end).collect();
        segments.push(Segment { start: first, text, marks });
    }
    segments
}

/// Where the `n`-th character starts; the end where there are fewer.
fn byte_of(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, kind: MarkKind) -> Mark {
        let href = (kind == MarkKind::Citation).then(|| format!("/{start}-{end}"));
        Mark { start, end, kind, href, title: "t".to_owned() }
    }

    fn cut(line: &str, start: usize, marks: &[(usize, usize)]) -> String {
        let marks: Vec<Mark> = marks.iter().map(|&(start, end)| mark(start, end, MarkKind::Agency)).collect();
        let segments = segments(line, start, &marks);
        let words = segments.iter().map(|it| {
            format!("{}{}", it.text, it.marks.iter().map(|mark| mark.to_string()).collect::<String>())
        });
        words.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_line_is_cut_where_marks_start_and_end() {
        for (line, start, marks, cuts) in [
            ("甲乙丙丁", 0, vec![], "甲乙丙丁"),
            ("甲乙丙丁", 10, vec![(11, 13)], "甲|乙丙0|丁"),
            // Overlap, nesting (the widest first), a whole line, more than a line, none of it.
            ("甲乙丙丁", 0, vec![(0, 3), (2, 4)], "甲乙0|丙01|丁1"),
            ("甲乙丙丁", 0, vec![(1, 2), (0, 4)], "甲1|乙10|丙丁1"),
            ("甲乙", 5, vec![(5, 7)], "甲乙0"),
            ("甲乙", 5, vec![(0, 99)], "甲乙0"),
            ("甲乙", 5, vec![(0, 5), (7, 9), (6, 6)], "甲乙"),
            // Beyond the basic plane a character is one place, not two or four.
            ("𠮷𡈽乙丙", 0, vec![(1, 3)], "𠮷|𡈽乙0|丙"),
            ("", 3, vec![(0, 9)], ""),
        ] {
            assert_eq!(cut(line, start, &marks), cuts, "{line} {marks:?}");
        }
    }

    #[test]
    fn paragraphs_are_marked_and_escaped() {
        let text = "前\n　　依据《𠮷〈乙〉<丙>》。\n\n后";
        // 《 is the character at 6: 前, a new line, two spaces, 依据.
        let marks = [
            mark(6, 16, MarkKind::Citation),
            mark(8, 11, MarkKind::Citation),
            mark(15, 18, MarkKind::Finding),
            mark(4, 5, MarkKind::Agency),
        ];
        let anchors = [Anchor { at: 6, id: "at-6".to_owned() }, Anchor { at: 6, id: "at-6".to_owned() }];
        let html = marked(text, 2, text.chars().count() - 2, &marks, &anchors).into_string();
        assert_eq!(
            html,
            "<div class=\"text\" lang=\"zh-CN\"><p><span class=\"agent\" title=\"t\">依</span>据\
             <span class=\"anchor\" id=\"at-6\"></span>\
             <a class=\"cite\" href=\"/6-16\" title=\"t\">《𠮷</a>\
             <a class=\"cite\" href=\"/8-11\" title=\"t\">〈乙〉</a>\
             <a class=\"cite\" href=\"/6-16\" title=\"t\">&lt;丙&gt;</a>\
             <mark class=\"finding\" title=\"t\"><a class=\"cite\" href=\"/6-16\" title=\"t\">》</a></mark>\
             <mark class=\"finding\" title=\"t\">。</mark></p></div>"
        );
    }

    #[test]
    fn a_place_outside_the_text_is_no_danger() {
        assert_eq!(marked("甲", 5, 9, &[], &[]).into_string(), "<div class=\"text\" lang=\"zh-CN\"></div>");
        assert_eq!(marked("甲乙", 0, 99, &[mark(1, 99, MarkKind::Agency)], &[]).into_string().matches('乙').count(), 1);
    }
}
