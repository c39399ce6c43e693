//! 印发件的两部分: the covering notice and the texts that it carries are works of their own.

use super::{
    head::{Head, Reading},
    marks, run_in,
    units::{Unit, head_of},
};
use crate::{
    model::{
        DocNumber, Finding, FindingCode, MetadataEntry, MetadataField, Severity, Span, Spanned, TextPart, WorkRole,
        normal_title, number_at_start, numbers_in,
    },
    register::Register,
};

/// Finds the works of a file and reads the head of each.
pub(super) fn find(
    register: &Register,
    text: &str,
    units: &mut Vec<Unit>,
    metadata: &mut Vec<MetadataEntry>,
    findings: &mut Vec<Finding>,
) -> Vec<TextPart> {
    let bracketed = number_of_metadata_title(text, metadata);
    let end = units.last().map_or(0, |unit| unit.span.end);
    let first = Reading { register, text, units }.head(0, metadata, findings);
    let words = carried_titles(text, units, metadata, &first);
    *units = run_in::split(
        text,
        std::mem::take(units),
        first.body_unit,
        &words.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let units = &*units;
    let reading = Reading { register, text, units };
    let titles: Vec<String> = words.iter().map(|title| normal_title(title)).collect();
    let mut starts = vec![(0, first)];
    let mut index = starts[0].1.body_unit.saturating_add(1);
    while index < units.len() {
        match carried_heading(&reading, index, &titles) {
            Some((count, title)) => {
                let mut head = reading.head(index + count, &mut Vec::new(), &mut Vec::new());
                if head.title.is_some() {
                    // What looks like a second title is the first heading of the body.
                    head = Head { body_unit: index + count, ..Head::default() };
                }
                if reading.is_broken(title.of(text)) {
                    findings.push(Finding::at(FindingCode::BrokenTitle, Severity::Warn, title, "标题断行"));
                }
                head.title = Some(title);
                index = head.body_unit.max(index + count);
                starts.push((index_of(units, title), head));
            }
            None => index += 1,
        }
    }
    once_each(text, units, &mut starts);
    let mut parts = build(units, end, &starts);
    if let Some(first) = parts.first_mut() {
        let (number, title) = of_file_name(&reading);
        if first.number.is_none() {
            first.number = number_of_metadata(text, metadata).or(bracketed).or(number);
        }
        let is_titled = first.title.is_some() || metadata.iter().any(|entry| entry.field == MetadataField::Title);
        if !is_titled {
            first.title = title;
        }
    }
    parts
}

/// Of two carried texts with one title only one is a text: a line in a list of annexes is none, and a second copy of
/// the whole is no other work.
fn once_each(text: &str, units: &[Unit], starts: &mut Vec<(usize, Head)>) {
    let title = |head: &Head| head.title.map(|title| normal_title(title.of(text)));
    let has_text = |(from, _): &(usize, Head), to: usize| {
        units[*from..to.min(units.len())].iter().any(|unit| unit.span.of(text).contains('。'))
    };
    let mut kept: Vec<(usize, Head)> = Vec::with_capacity(starts.len());
    for start in std::mem::take(starts) {
        let earlier = kept.iter().skip(1).position(|(_, head)| title(head) == title(&start.1)).map(|at| at + 1);
        match earlier {
            Some(at) if has_text(&kept[at], kept.get(at + 1).map_or(start.0, |(next, _)| *next)) => (),
            Some(at) => {
                kept.remove(at);
                kept.push(start);
            }
            None => kept.push(start),
        }
    }
    *starts = kept;
}

fn index_of(units: &[Unit], title: Span) -> usize {
    units.partition_point(|unit| unit.span.start < title.start)
}

/// The parts from the places where they start.
fn build(units: &[Unit], end: u32, starts: &[(usize, Head)]) -> Vec<TextPart> {
    let mut parts = Vec::new();
    for (i, (unit, head)) in starts.iter().enumerate() {
        let next = starts.get(i + 1).map(|(next, _)| *next);
        let last = next.map_or(end, |next| units[next - 1].span.end);
        // A web page's title and time stamp stand above the text; the text starts at its own title.
        let start = head.title.map_or_else(|| units.get(*unit).map_or(0, |unit| unit.span.start), |title| title.start);
        let body = head.body_start.or_else(|| units.get(head.body_unit).map(|unit| unit.span.start));
        let role = match (i, starts.len()) {
            (0, 1) => WorkRole::Document,
            (0, _) => WorkRole::Notice,
            _ => WorkRole::Promulgated,
        };
        parts.push(TextPart {
            role,
            span: Span { start, end: last.max(start) },
            title: head.title,
            number: head.number.clone(),
            addressees: head.addressees.clone(),
            signature: Vec::new(),
            date: None,
            body: Span { start: body.unwrap_or(last).min(last), end: last },
        });
    }
    parts
}

/// Titles, as written, of what the file may carry: what stands in 《》 in the title and the opening of the
/// first text, X of 关于印发X的通知, and the items of 附件.
fn carried_titles(text: &str, units: &[Unit], metadata: &[MetadataEntry], head: &Head) -> Vec<String> {
    let own = metadata.iter().find(|entry| entry.field == MetadataField::Title).and_then(|entry| entry.value);
    let own_titles: Vec<&str> = head.title.into_iter().chain(own).map(|span| span.of(text)).collect();
    let opening = units.iter().skip(head.body_unit.min(units.len())).take(12).map(|unit| unit.span.of(text));
    let mut titles = Vec::new();
    for words in own_titles.iter().copied().chain(opening) {
        titles.extend(bracketed(words).into_iter().chain(attachment(words)).map(str::to_owned));
    }
    titles.extend(own_titles.iter().filter_map(|title| unbracketed(&normal_title(title))));
    let own_titles: Vec<String> = own_titles.into_iter().map(normal_title).collect();
    titles.retain(|title| {
        let title = normal_title(title);
        title.chars().count() >= 4 && !own_titles.contains(&title)
    });
    titles
}

/// What stands in outermost 《》 in `words`.
fn bracketed(words: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0u32, 0);
    for (at, c) in words.char_indices() {
        match c {
            '《' => {
                depth += 1;
                if depth == 1 {
                    start = at + c.len_utf8();
                }
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(&words[start..at]);
                }
            }
            _ => (),
        }
    }
    found
}

/// X of 关于印发X的通知.
fn unbracketed(title: &str) -> Option<String> {
    let verbs = ["印发", "转发", "颁发", "发布", "公布"];
    let (at, verb) = verbs.iter().find_map(|verb| title.find(verb).map(|at| (at, verb)))?;
    let rest = &title[at + verb.len()..];
    let inner = rest.strip_suffix("的通知").or_else(|| rest.strip_suffix("通知"))?;
    Some(inner.trim_matches(['〈', '〉']).to_owned()).filter(|inner| !inner.is_empty())
}

/// The title in a line of 附件: 附件:1.某许可证, 2.某办法.
fn attachment(words: &str) -> Option<&str> {
    let rest = words.strip_prefix("附件").map(|rest| rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    let rest = rest.unwrap_or(words).trim_start();
    let item = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(['.', '、'])?;
    Some(item.trim()).filter(|item| item.chars().count() <= 60 && !item.contains('。'))
}

/// A heading at unit `index` that is one of `titles`: how many units it has, and its place.
fn carried_heading(reading: &Reading<'_>, index: usize, titles: &[String]) -> Option<(usize, Span)> {
    let first = reading.units[index].span;
    if !titles.iter().any(|title| title.starts_with(first_word(first.of(reading.text)))) {
        return None;
    }
    let mut best = None;
    for (count, unit) in reading.units[index..].iter().take(4).enumerate() {
        let span = Span { start: first.start, end: unit.span.end };
        let title = normal_title(span.of(reading.text));
        if titles.contains(&title) || titles.iter().any(|known| is_known_with_suffix(&title, known)) {
            best = Some((count + 1, span));
        }
    }
    best
}

/// The first four characters of a line: enough to leave out most lines before anything is joined.
fn first_word(line: &str) -> &str {
    let line = line.trim_start_matches(['《', '〈', '<']);
    let end = line.char_indices().enumerate().find(|(count, (_, c))| *count == 3 || c.is_whitespace());
    end.map_or(line, |(_, (end, _))| &line[..end])
}

/// The heading has (试行) or a year behind the known title, or the known title has it.
fn is_known_with_suffix(title: &str, known: &str) -> bool {
    let suffix = title.strip_prefix(known).or_else(|| known.strip_prefix(title));
    suffix.is_some_and(|suffix| suffix.starts_with('(') && suffix.ends_with(')'))
}

/// What the file as a whole lacks.
pub(super) fn findings(text: &str, parts: &[TextPart], metadata: &[MetadataEntry], findings: &mut Vec<Finding>) {
    let Some(first) = parts.first().filter(|part| !part.span.is_empty()) else { return };
    let has = |field| metadata.iter().any(|entry| entry.field == field && entry.value.is_some());
    let at = head_of(text, first.span);
    let mut miss = |code, message: &str| findings.push(Finding::at(code, Severity::Warn, at, message));
    if first.title.is_none() && !has(MetadataField::Title) {
        miss(FindingCode::MissingTitle, "没有标题行");
    }
    if first.number.is_none() && !has(MetadataField::DocumentNumber) {
        miss(FindingCode::MissingNumber, "全文没有发文字号");
    }
    if parts.iter().all(|part| part.signature.is_empty()) {
        miss(FindingCode::MissingSignature, "没有发文机关署名");
    }
}

/// 临政办发〔2013〕158号某市政府办公室关于…的通知.doc: number and title in the name of the attached file, at the foot
/// of a page.
fn of_file_name(reading: &Reading<'_>) -> (Option<Spanned<DocNumber>>, Option<Span>) {
    let trimmed = reading.text.trim_end();
    let name = [".doc", ".docx", ".pdf", ".wps", ".ceb"].iter().find_map(|end| trimmed.strip_suffix(end));
    let Some(name) = name else { return (None, None) };
    let start = name.char_indices().rev().nth(120).map_or(0, |(at, _)| at);
    let Some((place, number)) = numbers_in(&name[start..]).pop() else { return (None, None) };
    let place = place.shifted(start);
    let title = Span { start: place.end, end: u32::try_from(name.len()).unwrap_or(u32::MAX) };
    let is_title = title.of(reading.text).contains("关于") && reading.is_title(title.of(reading.text));
    (Some(Spanned::new(number, place)), Some(title).filter(|_| is_title))
}

/// The number of the metadata block, where the text itself has none.
fn number_of_metadata(text: &str, metadata: &[MetadataEntry]) -> Option<Spanned<DocNumber>> {
    let entry = metadata.iter().find(|entry| entry.field == MetadataField::DocumentNumber)?;
    let value = entry.value?;
    let (length, number) = number_at_start(value.of(text))?;
    Some(Spanned::new(number, Span::new(value.start as usize, value.start as usize + length)))
}

/// Takes the number off that the block's title has behind it in brackets.
fn number_of_metadata_title(text: &str, metadata: &mut [MetadataEntry]) -> Option<Spanned<DocNumber>> {
    let entry = metadata.iter_mut().find(|entry| entry.field == MetadataField::Title && entry.value.is_some())?;
    let (title, number) = marks::number_off(text, entry.value?);
    entry.value = Some(title);
    number
}
