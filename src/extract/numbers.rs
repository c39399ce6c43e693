//! 发文字号 of citations: those bound to a title, and those that stand alone.

use super::citations::{Finder, up_to};
use crate::{
    model::{CitationMention, DocNumber, MentionedNumber, Places, Span, numbers_in},
    register::Register,
};

/// Every number in a text, its code checked against the register.
pub(super) fn find(register: &Register, text: &str) -> Vec<MentionedNumber> {
    numbers_in(text).into_iter().map(|(span, number)| checked(register, text, span, number)).collect()
}

/// Trims what a code has swallowed of the words before it: a title (…实施细则某部令第1号), and by the register the rest.
fn checked(register: &Register, text: &str, span: Span, number: DocNumber) -> MentionedNumber {
    const KINDS: [&str; 5] = ["条例", "细则", "办法", "规定", "决定"];
    let end = |kind: &&str| number.code.rfind(kind).map(|at| at + kind.len());
    let swallowed = KINDS.iter().filter_map(end).max().filter(|end| *end < number.code.len());
    if let Some((_, code)) = swallowed.map(|end| number.code.split_at(end))
        && let Some(start) = span.of(text).find(code)
    {
        let (code, start) = (code.to_owned(), span.start as usize + start);
        return checked(register, text, Span::new(start, span.end as usize), DocNumber { code, ..number });
    }
    let codes = &register.issuer_codes;
    if !codes.get(&number.code).is_empty() {
        return MentionedNumber { number, span, is_registered: true };
    }
    if let Some(code) = codes.longest_suffix(&number.code) {
        let swallowed = &number.code[..number.code.len() - code.len()];
        if register.is_agency_name(swallowed) {
            let start = span.start as usize + span.of(text).find(code).unwrap_or(0);
            let number = DocNumber { code: code.to_owned(), ..number };
            return MentionedNumber { number, span: Span::new(start, span.end as usize), is_registered: true };
        }
    }
    MentionedNumber { number, span, is_registered: false }
}

/// Whether the words between a title and a number tell when it was approved or issued, and by whom:
/// (1988年10月31日国务院批准,1988年11月14日.
fn is_adoption(between: &str) -> bool {
    const LONGEST: usize = 48;
    const OTHERS: [&str; 14] =
        ["根据", "依据", "修订", "修正", "修改", "废止", "代替", "简称", "附件", "转发", "号", "《", "见", ")"];
    let Some(remark) = between.trim_start().strip_prefix('(').map(str::trim_start) else { return false };
    remark.chars().nth(LONGEST).is_none()
        && remark.starts_with(|c: char| c.is_ascii_digit())
        && remark.contains('年')
        && !OTHERS.iter().any(|word| remark.contains(word))
}

/// Whether the words behind a number let it be that of the issue: none, or 发布 and its like.
fn is_issued(behind: &str) -> bool {
    let behind = behind.trim_start();
    behind.starts_with([')', ',', ';', '、'])
        || ["发布", "公布", "颁布", "印发"].iter().any(|verb| behind.starts_with(verb))
}

impl Finder<'_> {
    /// The number bound to a title: in the brackets right behind it.
    pub(super) fn number_beside(&self, title: Span) -> Option<MentionedNumber> {
        let after = self.numbers.partition_point(|number| number.span.start < title.end);
        let number = self.numbers.get(after)?;
        let between = self.text.get(title.end as usize..number.span.start as usize)?;
        let between = between.strip_suffix("中华人民共和国").unwrap_or(between);
        let close = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '〔' | ','));
        let is_close = close.is_empty() && between.chars().count() <= 3 || close == "文号:";
        let is_dated = || is_adoption(between) && is_issued(&self.text[number.span.end as usize..]);
        (is_close || is_dated()).then(|| number.clone())
    }

    /// 《财政部公告2022年第14号》: the number that a title is, and no more.
    pub(super) fn number_that_is(&self, title: Span) -> Option<MentionedNumber> {
        let first = self.numbers.partition_point(|number| number.span.start < title.start);
        let words = title.of(self.text);
        let inner =
            Span::new(title.end as usize - words.trim_start().len(), title.start as usize + words.trim_end().len());
        self.numbers.get(first).filter(|number| number.span == inner).cloned()
    }

    /// …(2011年1月8日国务院令第588号修订): the number of what changed the text whose title stands before the bracket.
    fn is_of_amendment(&self, number: Span) -> bool {
        let behind = self.text[number.end as usize..].trim_start();
        let lead = self.sentences.lead(number.start as usize);
        let is_beside = lead.rfind('(').is_some_and(|open| lead[..open].ends_with('》') && !lead[open..].contains(')'));
        is_beside && ["修订", "修正", "修改", "废止"].iter().any(|verb| behind.starts_with(verb))
    }

    /// Where a mention ends: behind its number and the bracket that holds it.
    pub(super) fn mention_end(&self, title: Span, number: Option<&MentionedNumber>) -> usize {
        let end = number.map_or(title.end, |number| number.span.end) as usize;
        let rest = &self.text[end..];
        if number.is_some() && rest.starts_with(')') {
            return end + 1;
        }
        // (诺迪安 20201203号): a remark with a number that is none of ours goes with the title.
        let remark = rest.strip_prefix('(').and_then(|inner| up_to(inner, ')', 40));
        match remark.filter(|remark| remark.contains(|c: char| c.is_ascii_digit()) && !remark.contains("简称")) {
            Some(remark) => end + remark.len() + 2,
            None => end,
        }
    }

    /// Numbers that no title has: 根据国发〔2015〕71号.
    pub(super) fn numbers_alone(&self, citations: &[CitationMention]) -> Vec<CitationMention> {
        let own = self.document.parts.iter().filter_map(|part| part.number.as_ref()).map(|number| number.span);
        let head: Places = own.chain(self.document.metadata.iter().filter_map(|entry| entry.value)).collect();
        let mut alone = Vec::new();
        for number in &self.numbers {
            let near = citations.partition_point(|citation| citation.span.start <= number.span.start);
            let bound = citations[near.saturating_sub(8)..near].iter().any(|citation| {
                citation.number.as_ref().is_some_and(|bound| bound.span == number.span)
                    || citation.span.contains(number.span)
            });
            let in_head = head.overlap(number.span);
            let part = self.document.part_at(number.span);
            let in_body = self.document.parts.get(part).is_some_and(|part| part.body.contains(number.span));
            if bound || in_head || !in_body || self.is_of_amendment(number.span) {
                continue;
            }
            let Some(reading) = self.cues.before(0, number.span) else { continue };
            let (relation, rule) = self.relation(number.span, Some(reading));
            alone.push(CitationMention {
                span: number.span,
                title: None,
                number: Some(number.clone()),
                issuer: None,
                cue: Some(reading.cue),
                relation,
                rule,
                part,
                nested_in: None,
                is_implicit: true,
                is_inherited: false,
                aliases: Vec::new(),
                carried: None,
            });
        }
        alone
    }
}
