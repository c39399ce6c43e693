//! 施行与失效: 自…起施行, 有效期至….

use super::sentences::before;
use crate::model::{DateRole, Document, PartialDate, Span, dates_in};

/// What the text says of when it holds: the place, the role, and the date; `None` for 自印发之日起, whose
/// date is that of the document.
pub(super) fn find(text: &str, document: &Document) -> Vec<(Span, DateRole, Option<PartialDate>)> {
    let mut found = Vec::new();
    for part in &document.parts {
        let body = part.body.of(text);
        for (at, _) in body.match_indices('自') {
            let rest = &body[at..];
            let rest = rest.char_indices().nth(30).map_or(rest, |(end, _)| &rest[..end]);
            if let Some((span, date)) = since(rest).filter(|_| is_of_itself(&body[..at])) {
                found.push((span.shifted(part.body.start as usize + at), DateRole::Effective, date));
            }
        }
        for (at, words) in body.match_indices("有效期") {
            let label = &body[at + words.len()..];
            let until = label.trim_start_matches(['限', ':', '为', '自', ' ']);
            let Some(until) = until.strip_prefix('至') else { continue };
            let start = body.len() - until.len();
            let rest = &body[start..];
            let rest = rest.char_indices().nth(16).map_or(rest, |(end, _)| &rest[..end]);
            if let Some((span, date)) = dates_in(rest).into_iter().find(|(span, _)| span.start == 0) {
                found.push((span.shifted(part.body.start as usize + start), DateRole::Expires, Some(date)));
            }
        }
    }
    found.extend(printed(text).into_iter().map(|(span, date)| (span, DateRole::Printed, Some(date))));
    found
}

/// Whether the sentence so far speaks of the document itself: 本办法自…, or nothing at all.
fn is_of_itself(lead: &str) -> bool {
    const LONGEST_CLAUSE: usize = 300;
    let lead = &lead[before(lead, lead.len(), LONGEST_CLAUSE)..];
    let sentence = lead.rsplit(['。', ';', '\n', ',']).next().unwrap_or(lead).trim();
    sentence.contains('本') || sentence.contains("该") || sentence.ends_with("条") || sentence.is_empty()
}

/// The date of printing at the foot: 某局办公室2021年2月1日印发.
fn printed(text: &str) -> Vec<(Span, PartialDate)> {
    let tail_start = text.char_indices().rev().nth(160).map_or(0, |(at, _)| at);
    let tail = &text[tail_start..];
    let printed = |(span, _): &(Span, PartialDate)| tail[span.end as usize..].trim_start().starts_with("印发");
    dates_in(tail).into_iter().filter(printed).map(|(span, date)| (span.shifted(tail_start), date)).collect()
}

/// 自2024年1月1日起施行, 自印发之日起施行.
fn since(text: &str) -> Option<(Span, Option<PartialDate>)> {
    let verbs = ["施行", "实施", "执行", "生效"];
    let start = text.find("起")?;
    let after = &text[start + '起'.len_utf8()..];
    let after = after.trim_start_matches(['正', '式', '开', '始']);
    if !verbs.iter().any(|verb| after.starts_with(verb)) {
        return None;
    }
    let middle = &text['自'.len_utf8()..start];
    if let Some((span, date)) = dates_in(middle).into_iter().next() {
        return (span.start == 0).then(|| (span.shifted('自'.len_utf8()), Some(date)));
    }
    let own = ["印发之日", "发布之日", "公布之日", "颁布之日", "发文之日", "印发日", "公布日"];
    let verb = verbs.iter().find(|verb| after.starts_with(**verb))?;
    let end = text.len() - after.len() + verb.len();
    own.contains(&middle.trim()).then(|| (Span::new(0, end), None))
}
