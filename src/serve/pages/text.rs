//! 原文: a text with what was read from it marked at its place. Places are code points of the source.

use super::parts::{self, Shown};
use crate::{
    model::Relation,
    serve::{address::page_of, facts::text::Reading, state::AppState},
};
use maud::{Markup, html};
use std::{cmp::Reverse, collections::BTreeSet};

/// What a mark shows.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// The title line of a work.
    Title,
    /// A line that is a date or a signature.
    Signature,
    /// A measure, or a field: an anchor, nothing to see.
    Unseen,
    Deadline,
    Target,
    Agency,
    Citation,
    Finding,
}

/// A place in the text with what it shows.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    start: usize,
    end: usize,
    kind: Kind,
    href: Option<String>,
    title: String,
    class: String,
}

/// The marks of what was read.
pub(super) fn marks(state: &AppState, readings: &[Reading]) -> Vec<Mark> {
    readings.iter().filter(|reading| reading.start < reading.end).filter_map(|reading| mark(state, reading)).collect()
}

fn mark(state: &AppState, reading: &Reading) -> Option<Mark> {
    let object = reading.object.as_ref();
    let label = object.map_or("所指未定", |object| object.label.as_str());
    let page = object.and_then(|object| page_of(state.iris(), &object.iri));
    let (kind, href, title, class) = match reading.class.as_str() {
        // The place of a notice that carries another is the notice's; the carried title has its own.
        "Citation" if reading.iri.ends_with("/carried") || reading.iri.ends_with("/carried-text") => return None,
        "Citation" => {
            let relation = Relation::parse(&reading.predicate)?;
            let class = format!("cite {}", parts::relation_class(relation));
            (Kind::Citation, page, format!("{}：{label}", relation.chinese()), class)
        }
        "Assignment" => {
            let role = state.terms().zh(crate::model::vocab::zm(&reading.predicate).as_str()).to_owned();
            (Kind::Agency, page, format!("{role}：{label}"), "agency".to_owned())
        }
        "DeadlineClaim" => (Kind::Deadline, None, "时限".to_owned(), "deadline".to_owned()),
        "Target" => (Kind::Target, None, "目标".to_owned(), "target".to_owned()),
        "FieldClaim" if reading.predicate == "title" => (Kind::Title, None, String::new(), String::new()),
        "FieldClaim" if matches!(reading.predicate.as_str(), "date_document" | "passed_by") => {
            (Kind::Signature, None, String::new(), String::new())
        }
        "FieldClaim" | "Measure" => (Kind::Unseen, None, String::new(), String::new()),
        "Finding" => {
            let class = format!("finding {} {}", reading.severity, reading.code);
            (Kind::Finding, None, format!("{}：{}", parts::code(&reading.code), reading.message), class)
        }
        _ => return None,
    };
    Some(Mark { start: reading.start, end: reading.end, kind, href, title, class })
}

/// Code points `start..end` that lie below the same marks.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Run {
    start: usize,
    end: usize,
    /// Indices of the marks, the longest first.
    below: Vec<usize>,
}

/// Cuts `start..end` where a mark begins or ends. Marks may overlap in any way.
fn runs(start: usize, end: usize, marks: &[Mark]) -> Vec<Run> {
    let overlapping: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].start < end && start < marks[i].end).collect();
    let mut cuts: BTreeSet<usize> = overlapping.iter().flat_map(|&i| [marks[i].start, marks[i].end]).collect();
    cuts.extend([start, end]);
    let cuts: Vec<usize> = cuts.into_iter().filter(|cut| (start..=end).contains(cut)).collect();
    cuts.windows(2)
        .map(|cut| {
            let mut below: Vec<usize> =
                overlapping.iter().copied().filter(|&i| marks[i].start <= cut[0] && cut[1] <= marks[i].end).collect();
            below.sort_by_key(|&i| (Reverse(marks[i].end - marks[i].start), i));
            Run { start: cut[0], end: cut[1], below }
        })
        .collect()
}

/// The part of a text that is shown, a paragraph a line. O(lines × marks).
pub(super) fn render(text: &str, shown: Shown<'_>, marks: &[Mark]) -> Markup {
    let characters: Vec<char> = text.chars().skip(shown.start).take(shown.end.saturating_sub(shown.start)).collect();
    let mut anchors = BTreeSet::new();
    html! {
        @for (from, to) in lines(&characters) {
            @let (start, end) = (from + shown.start, to + shown.start);
            p class=(style(&characters[from..to], start, end, marks)) {
                @for run in runs(start, end, marks) {
                    @for &i in &run.below {
                        @let anchor = parts::anchor(marks[i].start, marks[i].end);
                        @if anchors.insert(anchor.clone()) { span.anchor id=(anchor) {} }
                    }
                    (piece(&characters[run.start - shown.start..run.end - shown.start], &run.below, marks))
                }
            }
        }
        // Marks on nothing but blanks: what links to them must find them.
        @for mark in marks.iter().filter(|mark| mark.start < shown.end && shown.start < mark.end) {
            @let anchor = parts::anchor(mark.start, mark.end);
            @if anchors.insert(anchor.clone()) { span.anchor id=(anchor) {} }
        }
    }
}

/// Start and end of every line that is not blank, without the blanks around it.
fn lines(characters: &[char]) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in characters.split(|c| *c == '\n') {
        let lead = line.iter().take_while(|c| is_blank(**c)).count();
        let tail = line[lead..].iter().rev().take_while(|c| is_blank(**c)).count();
        if lead + tail < line.len() {
            lines.push((start + lead, start + line.len() - tail));
        }
        start += line.len() + 1;
    }
    lines
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// The characters of a run in what its marks make of them: findings outside, then what is linked.
fn piece(characters: &[char], below: &[usize], marks: &[Mark]) -> Markup {
    let text: String = characters.iter().collect();
    let of = |kind: Kind| below.iter().rev().map(|&i| &marks[i]).find(|mark| mark.kind == kind);
    let linked = of(Kind::Citation).or_else(|| of(Kind::Agency));
    let plain = of(Kind::Deadline).or_else(|| of(Kind::Target));
    let inner = match (linked, plain) {
        (Some(mark), _) if mark.href.is_some() => {
            html! { a href=[mark.href.as_ref()] class=(mark.class) title=(mark.title) { (text) } }
        }
        (Some(mark), _) | (None, Some(mark)) => html! { span class=(mark.class) title=(mark.title) { (text) } },
        (None, None) => html! { (text) },
    };
    match of(Kind::Finding) {
        Some(mark) => html! { mark class=(mark.class) title=(mark.title) { (inner) } },
        None => inner,
    }
}

/// How a line is set: as title, heading, signature, noise, or as a paragraph.
fn style(line: &[char], start: usize, end: usize, marks: &[Mark]) -> &'static str {
    let covered = |kind: Kind| marks.iter().any(|mark| mark.kind == kind && mark.start <= start && end <= mark.end);
    let is_noise = marks.iter().any(|mark| {
        let noise = mark.class.contains("garbage_run") || mark.class.contains("page_chrome");
        noise && mark.start <= start && end <= mark.end
    });
    let ends = line.last().copied().unwrap_or(' ');
    let is_short = line.len() <= 42 && !matches!(ends, '。' | ';' | '；' | ',' | '，');
    if is_noise {
        "t-noise"
    } else if covered(Kind::Title) {
        "t-title"
    } else if covered(Kind::Signature) {
        "t-right"
    } else if is_short && numbered(line, |c| c == '、') {
        "t-h1"
    } else if is_short && matches!(line.first(), Some('(' | '（')) && numbered(&line[1..], |c| matches!(c, ')' | '）'))
    {
        "t-h2"
    } else if line.first() == Some(&'•') || line.len() <= 42 && matches!(ends, ':' | '：') {
        "t-flush"
    } else {
        "t-p"
    }
}

/// Whether a line starts with a Chinese numeral and what is to follow it.
fn numbered(line: &[char], follows: impl Fn(char) -> bool) -> bool {
    let digits = line.iter().take_while(|c| "一二三四五六七八九十百〇零".contains(**c)).count();
    digits > 0 && line.get(digits).is_some_and(|c| follows(*c))
}

/// What the colours mean.
pub(super) fn legend() -> Markup {
    html! {
        ul.legend aria-label="图例" {
            li { span.cite.r-implements { "引用" } " 点开看所引文件" }
            li { span.agency { "机关" } " 承担措施的机关" }
            li { span.deadline { "时限" } }
            li { mark.finding.warn { "问题" } " 来源中的毛病" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, kind: Kind) -> Mark {
        let href = (kind == Kind::Citation).then(|| format!("/{start}"));
        Mark { start, end, kind, href, title: String::new(), class: format!("{kind:?}") }
    }

    #[test]
    fn a_text_is_cut_where_marks_begin_and_end() {
        use Kind::{Agency, Citation, Finding};
        for (marks, expected) in [
            (vec![], vec![(0, 10, vec![])]),
            (vec![mark(2, 4, Citation)], vec![(0, 2, vec![]), (2, 4, vec![0]), (4, 10, vec![])]),
            // One inside the other: the outer one first.
            (
                vec![mark(3, 5, Citation), mark(2, 8, Citation)],
                vec![(0, 2, vec![]), (2, 3, vec![1]), (3, 5, vec![1, 0]), (5, 8, vec![1]), (8, 10, vec![])],
            ),
            // Crossing.
            (
                vec![mark(0, 6, Finding), mark(4, 10, Agency)],
                vec![(0, 4, vec![0]), (4, 6, vec![0, 1]), (6, 10, vec![1])],
            ),
            // Reaching out of what is shown, and beside it.
            (vec![mark(8, 20, Finding), mark(10, 12, Agency)], vec![(0, 8, vec![]), (8, 10, vec![0])]),
        ] {
            let found: Vec<_> = runs(0, 10, &marks).into_iter().map(|run| (run.start, run.end, run.below)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn places_are_code_points_and_nested_titles_link_to_what_they_name() {
        let text = "𠮷头\n  𠮷为落实《甲<乙>》,好。\n";
        // 《甲<乙>》 is 9..15 and <乙> 11..14, counted in code points from the start of the source.
        let marks = [mark(9, 15, Kind::Citation), mark(11, 14, Kind::Citation)];
        let html = render(text, Shown { source: "", start: 3, end: 19 }, &marks).into_string();
        assert_eq!(
            html,
            "<p class=\"t-p\">𠮷为落实\
             <span class=\"anchor\" id=\"at-9-15\"></span><a href=\"/9\" class=\"Citation\" title=\"\">《甲</a>\
             <span class=\"anchor\" id=\"at-11-14\"></span><a href=\"/11\" class=\"Citation\" title=\"\">&lt;乙&gt;</a>\
             <a href=\"/9\" class=\"Citation\" title=\"\">》</a>,好。</p>"
        );
    }

    #[test]
    fn the_words_of_a_text_are_all_there_whatever_is_marked() {
        let text = "甲乙丙\n\n  丁𠮷戊 \n己";
        let marks = [
            mark(0, 9, Kind::Finding),
            mark(1, 8, Kind::Citation),
            mark(7, 9, Kind::Agency),
            mark(2, 3, Kind::Deadline),
        ];
        let html = render(text, Shown { source: "", start: 0, end: 13 }, &marks).into_string();
        let mut words = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => (),
            }
        }
        assert_eq!(words, "甲乙丙丁𠮷戊己", "{html}");
    }

    #[test]
    fn lines_are_set_as_what_they_are() {
        for (line, class) in [
            ("一、完善制度", "t-h1"),
            ("十二、加强保障。组织实施下列工作。", "t-p"),
            ("(二)强化保护", "t-h2"),
            ("各有关单位:", "t-flush"),
            ("为全面提升知识产权保护能力和水平,制定本计划。", "t-p"),
            ("一是推进建设", "t-p"),
        ] {
            let characters: Vec<char> = line.chars().collect();
            assert_eq!(style(&characters, 0, characters.len(), &[]), class, "{line}");
        }
        let noise = Mark { class: "finding info page_chrome".to_owned(), ..mark(0, 3, Kind::Finding) };
        assert_eq!(style(&['字', '号', ':'], 0, 3, &[noise]), "t-noise");
        assert_eq!(style(&['题'], 0, 1, &[mark(0, 1, Kind::Title)]), "t-title");
    }
}
