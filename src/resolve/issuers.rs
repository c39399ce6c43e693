//! 发文机关与主送机关: who issues a document, and to whom.

use super::{agencies::Naming, document::value_of};
use crate::{
    model::{Agency, AgencyName, AgencyRole, Confidence, Document, Mentions, MetadataField, Place, Span, is_han},
    register::Register,
};
use std::collections::BTreeMap;

/// Issuers from the surest sign: signature, who acts, the title's head, the number's code, 我局.
pub(super) fn find(
    register: &Register,
    text: &str,
    document: &Document,
    mentions: &Mentions,
    naming: &Naming<'_>,
    region: &str,
    title: Option<&str>,
) -> Vec<Agency> {
    let agency = |span: Span, role, rule: Option<&'static str>| {
        let named = naming.name(span.of(text));
        let rule = rule.unwrap_or(named.rule);
        Agency {
            place: Place::In(span),
            name: named.name,
            role: Some(role),
            is_person: false,
            rule,
            confidence: named.confidence,
        }
    };
    let signed = document.parts.iter().find(|part| !part.signature.is_empty());
    // 发文机关 says who issues; 发布机构 only who put it on the web.
    let labelled = document.metadata.iter().find(|entry| {
        entry.field == MetadataField::Publisher && entry.label.is_some_and(|label| says_issuer(label.of(text)))
    });
    let labelled = labelled.and_then(|entry| entry.value).filter(|value| register.is_agency_name(value.of(text)));
    let mut issuers: Vec<Agency> = match (signed, mentions.acting_agency) {
        _ if labelled.is_some() => {
            labelled.into_iter().map(|span| agency(span, AgencyRole::Issuer, Some("issuer.metadata"))).collect()
        }
        (Some(part), _) => part.signature.iter().map(|&span| agency(span, AgencyRole::Issuer, None)).collect(),
        (None, Some(span)) => vec![agency(span, AgencyRole::Issuer, Some("issuer.acting"))],
        (None, None) => Vec::new(),
    };
    if issuers.is_empty() {
        let title_span = document.parts.first().and_then(|part| part.title);
        issuers.extend(
            title_span
                .and_then(|span| title_issuers(register, text, span))
                .into_iter()
                .flatten()
                .map(|span| agency(span, AgencyRole::Issuer, Some("issuer.title"))),
        );
    }
    if issuers.is_empty() {
        issuers.extend(number_issuer(register, document));
    }
    if issuers.is_empty() {
        issuers.extend(government_of_head(register, text, document, region));
    }
    if issuers.is_empty() && title.is_none() {
        issuers.extend(own_bureau(register, text, document, naming, region));
    }
    if let Some(span) = value_of(document, MetadataField::Publisher).filter(|_| labelled.is_none()) {
        issuers.push(agency(span, AgencyRole::Publisher, Some("issuer.metadata")));
    }
    issuers.extend(mentions.co_handlers.iter().map(|&span| agency(span, AgencyRole::CoHandler, None)));
    issuers
}

/// 发文机关, 制定机关.
fn says_issuer(label: &str) -> bool {
    (label.starts_with('发') && label.contains('文')) || label.starts_with('制')
}

/// The agencies at the head of a title: 某市人民政府办公室关于…, 甲局 乙局印发….
fn title_issuers(register: &Register, text: &str, title: Span) -> Option<Vec<Span>> {
    let words = title.of(text);
    let verb = ["关于", "印发", "转发", "公告", "令"].iter().filter_map(|word| words.find(word)).min();
    // 某省科学技术厅 某某实施细则: the agency stands apart.
    let apart = words.find(char::is_whitespace).filter(|&end| register.is_agency_name(&words[..end]));
    let head = &words[..verb.or(apart)?];
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in head.char_indices().chain([(head.len(), ' ')]) {
        if c.is_whitespace() || c == '、' {
            for (offset, name) in register.organs_in_row(&head[start..at]) {
                if !register.is_agency_name(name) {
                    return None;
                }
                let organ = Span::new(start + offset, start + offset + name.len());
                found.push(organ.shifted(title.start as usize));
            }
            start = at + c.len_utf8();
        }
    }
    (!found.is_empty()).then_some(found)
}

fn number_issuer(register: &Register, document: &Document) -> Option<Agency> {
    let number = document.parts.first()?.number.as_ref()?;
    let code = register.issuer_codes.only(&number.value.code)?;
    let name = AgencyName { name: code.organisation.clone(), region: Some(code.region.clone()), is_class: false };
    Some(Agency {
        place: Place::In(number.span),
        name,
        role: Some(AgencyRole::Issuer),
        is_person: false,
        rule: "issuer.number",
        // A row that only follows a pattern decides nothing by itself.
        confidence: if code.is_by_pattern() { Confidence::Low } else { Confidence::Medium },
    })
}

/// 省长 某某某 above the date of an order: the government whose head signs. The name stays out of it.
fn government_of_head(register: &Register, text: &str, document: &Document, region: &str) -> Option<Agency> {
    const HEADS: [(char, &str, &str); 6] = [
        ('省', "长", "省"),
        ('市', "长", "市"),
        ('州', "长", "州"),
        ('县', "长", "县"),
        ('区', "长", "区"),
        ('主', "席", "自治区"),
    ];
    /// Title, name and blanks take no more characters.
    const LONGEST: usize = 24;
    let part = document.parts.iter().find(|part| part.date.is_some())?;
    let above = &text[..part.date.as_ref()?.span.start as usize];
    let from = above.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let lead = above[from..]
        .rfind(['。', ';', '!'])
        .map_or(from, |at| from + at + above[from + at..].chars().next().map_or(0, char::len_utf8));
    let lead = text.get(lead..above.len())?;
    let start = above.len() - lead.trim_start().len();
    let line = lead.trim();
    let (unit, end) = HEADS.iter().find_map(|(first, last, unit)| {
        let rest = line.strip_prefix(*first)?.trim_start().strip_prefix(last)?;
        let name = rest.trim_start_matches([' ', '\u{3000}', '\u{A0}', ':', '\n']);
        let letters = name.chars().filter(|c| !c.is_whitespace());
        let is_name = name.len() < rest.len() && (2..=4).contains(&letters.clone().count());
        (is_name && letters.clone().all(is_han)).then_some((*unit, line.len() - rest.len()))
    })?;
    let region = register.regions.chain(region).into_iter().find(|region| region.name.ends_with(unit))?;
    let name = format!("{}人民政府", register.regions.full_name(&region.code)?);
    Some(Agency {
        place: Place::In(Span::new(start, start + end)),
        name: AgencyName { name, region: Some(region.code.clone()), is_class: false },
        role: Some(AgencyRole::Issuer),
        is_person: false,
        rule: "issuer.head-of-government",
        confidence: Confidence::Medium,
    })
}

/// 我局: the bureau of the document's own level that the text names most.
fn own_bureau(
    register: &Register,
    text: &str,
    document: &Document,
    naming: &Naming<'_>,
    region: &str,
) -> Option<Agency> {
    let body = document.parts.first()?.body;
    let words = body.of(text);
    let (at, own) = ["我局", "我委", "我厅", "我办"].iter().find_map(|own| words.find(own).map(|at| (at, *own)))?;
    let ending = &own['我'.len_utf8()..];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let unit = register.regions.chain(region).first().and_then(|region| region.name.chars().next_back())?;
    for (start, _) in words.match_indices(unit) {
        let rest = &words[start..];
        let rest = rest.char_indices().nth(14).map_or(rest, |(end, _)| &rest[..end]);
        let Some(end) = rest.find(ending).map(|end| end + ending.len()) else { continue };
        let name = &rest[..end];
        if register
            .agencies
            .suffix_of(&name[unit.len_utf8()..])
            .is_some_and(|suffix| suffix.short.len() == name.len() - unit.len_utf8())
        {
            *counts.entry(name).or_default() += 1;
        }
    }
    let (name, _) = counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))?;
    let named = naming.name(name);
    let span = Span::new(at, at + own.len()).shifted(body.start as usize);
    Some(Agency {
        place: Place::In(span),
        name: named.name,
        role: Some(AgencyRole::Issuer),
        is_person: false,
        rule: "issuer.own-bureau",
        confidence: Confidence::Medium,
    })
}

/// The addressees in order, each in full.
pub(super) fn addressees(
    register: &Register,
    text: &str,
    document: &Document,
    naming: &Naming<'_>,
    region: &str,
) -> Vec<Agency> {
    let Some(part) = document.parts.first() else { return Vec::new() };
    let person = |words: &str| {
        ["委员", "代表", "同志", "先生", "女士"].iter().find_map(|title| words.strip_suffix(title)).map(str::to_owned)
    };
    // 各区人力资源和社会保障局、税务局: the head holds for those behind it.
    let mut head = "";
    part.addressees
        .iter()
        .map(|&span| {
            let words = span.of(text);
            if words.starts_with('各') {
                head = ["各县(市、区)", "各区", "各县", "各市"]
                    .into_iter()
                    .find(|head| words.starts_with(head))
                    .unwrap_or("");
            }
            let is_short = words.chars().count() <= 6;
            if let Some(name) = person(words).filter(|name| is_short && !name.is_empty()) {
                let name = AgencyName { name, region: None, is_class: false };
                return Agency {
                    place: Place::In(span),
                    name,
                    role: None,
                    is_person: true,
                    rule: "addressee.person",
                    confidence: Confidence::Medium,
                };
            }
            let stands_alone = words.starts_with(['各', '市', '省', '区', '县', '有'])
                || register.regions.chain(region).iter().any(|own| words.starts_with(own.short_name()));
            let is_short_form = register.agencies.suffix_of(words).is_some_and(|suffix| suffix.short == words);
            let elided = !head.is_empty() && !stands_alone && is_short_form;
            let named = if elided { naming.name(&format!("{head}{words}")) } else { naming.name(words) };
            Agency {
                place: Place::In(span),
                name: named.name,
                role: None,
                is_person: false,
                rule: named.rule,
                confidence: named.confidence,
            }
        })
        .collect()
}
