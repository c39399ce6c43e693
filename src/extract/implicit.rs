//! 无书名号的引用 (implicit citations): full titles without brackets behind a cue, proposals that are
//! answered, agreements that are signed.

use super::{cues::within, sentences::Sentences};
use crate::{
    model::{CitationMention, Document, Relation, Span, is_han},
    register::{Cue, CuePlace, Register},
};

/// A title without brackets is never longer than this, in characters.
const LONGEST: usize = 40;

/// Finds titles without brackets, in the bodies of the document's parts.
pub(super) fn find(
    register: &Register,
    sentences: &Sentences<'_>,
    cues: &[(Span, &Cue)],
    document: &Document,
    citations: &[CitationMention],
) -> Vec<CitationMention> {
    let mut found = Vec::new();
    for (index, part) in document.parts.iter().enumerate() {
        let Span { start, end } = part.body;
        for &(cue, row) in within(cues, start as usize, end as usize) {
            if row.place != CuePlace::Before {
                continue;
            }
            let Some((span, rule)) = behind_cue(register, sentences, cue) else { continue };
            if !is_free(span, citations, &found) {
                continue;
            }
            let relation = match row.relation {
                Relation::Promulgates | Relation::Forwards => Relation::Produces,
                other => other,
            };
            if relation == Relation::Produces {
                continue;
            }
            found.push(mention(span, Some(cue), relation, rule, index));
        }
        found
            .extend(proposals(sentences, part.body).map(|(span, cue)| {
                mention(span, Some(cue), Relation::RespondsTo, "citation.implicit.proposal", index)
            }));
        found.extend(
            signed(sentences, part.body)
                .into_iter()
                .filter(|(span, ..)| is_free(*span, citations, &[]))
                .map(|(span, cue, relation)| mention(span, Some(cue), relation, "citation.implicit.signed", index)),
        );
    }
    found.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    found.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
    found
}

fn mention(span: Span, cue: Option<Span>, relation: Relation, rule: &'static str, part: usize) -> CitationMention {
    CitationMention {
        span,
        title: Some(span),
        number: None,
        issuer: None,
        cue,
        relation,
        rule,
        part,
        nested_in: None,
        is_implicit: true,
        is_inherited: false,
        aliases: Vec::new(),
        carried: None,
    }
}

fn is_free(span: Span, citations: &[CitationMention], found: &[CitationMention]) -> bool {
    let after = citations.partition_point(|citation| citation.span.start < span.end);
    let near = citations[after.saturating_sub(4)..after].iter();
    near.chain(found.iter().rev().take(4)).all(|other| !other.span.overlaps(span))
}

/// A title that starts right behind a cue: it names its region (or 本市, 我省) and ends with a normative
/// kind of document; or it is a standard that says so (…规范国家标准).
fn behind_cue(register: &Register, sentences: &Sentences<'_>, cue: Span) -> Option<(Span, &'static str)> {
    let start = cue.end as usize;
    let words = &sentences.text()[start..sentences.clause_end(start)];
    let words = words.char_indices().nth(LONGEST).map_or(words, |(end, _)| &words[..end]);
    let words =
        &words[..words.find(|c: char| !(is_han(c) || matches!(c, '“' | '”' | '(' | ')'))).unwrap_or(words.len())];
    for standard in ["国家标准", "行业标准", "地方标准"] {
        let Some(at) = words.find(standard) else { continue };
        let title = &words[..at];
        if ["规范", "标准", "指南", "规程"].iter().any(|kind| title.ends_with(kind)) && title.chars().count() >= 4
        {
            return Some((Span::new(start, start + at + standard.len()), "citation.implicit.standard"));
        }
    }
    let own = ["本市", "我市", "本省", "我省", "本区", "我区", "本县", "我县", "全市", "全省"];
    // 本区专项规划 means any district's; 本市“十四五”…规划 means one.
    let is_own = own.iter().any(|own| words.starts_with(own)) && words.contains('“');
    if !is_own && register.regions.at_start(words, None).is_none() {
        return None;
    }
    // A plan may lack a normative ending where a five-year plan is meant: 本市“十四五”知识产权规划.
    let ends: &[&str] = &["办法", "条例", "规定", "规划", "纲要", "细则", "规则"];
    let mut at = ends.iter().filter_map(|kind| words.find(kind).map(|at| at + kind.len())).min()?;
    // 某规划纲要, 某条例实施细则: a title ends with the last of its kinds.
    while let Some(kind) = ends.iter().find_map(|kind| {
        let rest = &words[at..];
        let own = rest.strip_prefix("实施").unwrap_or(rest);
        own.starts_with(kind).then_some(rest.len() - own.len() + kind.len())
    }) {
        at += kind;
    }
    let title = &words[..at];
    // 某市住房公积金贷款有关规定 are rules of a kind, no one text.
    let bare = ends.iter().find_map(|kind| title.strip_suffix(kind)).unwrap_or(title);
    let is_any = ["有关", "相关", "各项", "具体", "现行", "等"].iter().any(|word| bare.ends_with(word));
    (!is_any && title.chars().count() >= 7).then(|| (Span::new(start, start + at), "citation.implicit.titled"))
}

/// 您提出的关于…的提案, 你提出的关于…的建议.
fn proposals(sentences: &Sentences<'_>, body: Span) -> impl Iterator<Item = (Span, Span)> {
    let text = sentences.text();
    let opening = body.of(text);
    let opening = opening.char_indices().nth(400).map_or(opening, |(end, _)| &opening[..end]);
    opening.match_indices("提出的").filter_map(move |(at, words)| {
        let start = body.start as usize + at + words.len();
        let end = sentences.clause_end(start);
        let rest = text[start..end].trim_start_matches(['“', '"']);
        let start = end - rest.len();
        let end = ["的提案", "的建议"].iter().find_map(|end| rest.find(end).map(|at| at + end.len()))?;
        let cue = Span::new(body.start as usize + at, body.start as usize + at + words.len());
        (rest.starts_with("关于") || rest.starts_with('《')).then(|| (Span::new(start, start + end), cue))
    })
}

/// 落实我局与市贸促会签订企业海外纠纷援助中心合作备忘录: an agreement behind a word of signing.
fn signed(sentences: &Sentences<'_>, body: Span) -> Vec<(Span, Span, Relation)> {
    let text = sentences.text();
    let mut found = Vec::new();
    for verb in ["签订", "签署"] {
        for (at, _) in body.of(text).match_indices(verb) {
            let start = body.start as usize + at + verb.len();
            let end = sentences.clause_end(start);
            let words = &text[start..end];
            let words = words.strip_prefix('了').unwrap_or(words);
            let start = end - words.len();
            let title = words.split(['《', ',', '(']).next().unwrap_or_default();
            let Some(end) =
                ["备忘录", "合作协议", "框架协议"].iter().find_map(|kind| title.find(kind).map(|at| at + kind.len()))
            else {
                continue;
            };
            if title[..end].chars().count() < 6 {
                continue;
            }
            let lead = sentences.lead(body.start as usize + at);
            let relation = if lead.contains("落实") { Relation::Implements } else { Relation::Mentions };
            let cue = body.start as usize + at;
            found.push((Span::new(start, start + end), Span::new(cue, cue + verb.len()), relation));
        }
    }
    found
}
