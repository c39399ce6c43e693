//! The document's own facts: title, kind and form, issuers, addressees, dates.

use super::{
    agencies::Naming,
    jurisdiction::{self, NATIONAL},
};
use crate::{
    model::{
        Agency, AgencyName, AgencyRole, Confidence, DateRole, DatedRole, Document, Finding, FindingCode, Mentions, MetadataField,
        PartialDate, Severity, Span, Spanned, WorkRole, dates_in, normal_title,
    },
    register::Register,
};
use std::collections::BTreeMap;

/// What a document says of itself.
pub(super) struct Facts {
    pub(super) title: Option<Spanned<String>>,
    pub(super) kind: Option<String>,
    pub(super) form: Option<String>,
    pub(super) issuers: Vec<Agency>,
    pub(super) addressees: Vec<Agency>,
    pub(super) dates: Vec<DatedRole>,
}

/// Reads a document's own facts.
pub(super) fn read(
    register: &Register,
    text: &str,
    document: &Document,
    mentions: &Mentions,
    naming: &Naming<'_>,
    region: &str,
) -> Facts {
    let own = document.parts.first().and_then(|part| part.title);
    let in_metadata = value_of(document, MetadataField::Title);
    let title = own.or(in_metadata).map(|span| Spanned::new(normal_title(span.of(text)), span));
    let carried = document.parts.iter().find(|part| part.role == WorkRole::Promulgated).and_then(|part| part.title);
    let carried = carried.map(|span| normal_title(span.of(text)));
    let reply = reply_form(text, mentions);
    let own_title = title.as_ref().map(|title| title.value.as_str());
    let said = said_form(register, text, document);
    let kind = own_title
        .and_then(|title| register.kinds.statutory_at_end(bare(title)))
        .or_else(|| reply.map(|_| "函"))
        .or_else(|| (carried.is_some() && own_title.is_none()).then_some("通知"))
        .or_else(|| said.and_then(|form| register.kinds.statutory_at_end(form)))
        .or_else(|| said_kind(register, text, document));
    let form = carried
        .as_deref()
        .and_then(|title| register.kinds.functional_at_end(bare(title)))
        .or(reply)
        .or_else(|| own_title.and_then(|title| carried_form(register, title)))
        .or(said);
    Facts {
        kind: kind.map(str::to_owned),
        form: form.map(str::to_owned),
        issuers: issuers(register, text, document, mentions, naming, region, own_title),
        addressees: addressees(register, text, document, naming, region),
        dates: dates(text, document, mentions),
        title,
    }
}

fn value_of(document: &Document, field: MetadataField) -> Option<Span> {
    document.metadata.iter().find(|entry| entry.field == field).and_then(|entry| entry.value)
}

/// A title without what stands in brackets at its end: (试行), (2021—2035年).
pub(super) fn bare(title: &str) -> &str {
    let mut bare = title;
    while let Some(open) = bare.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        bare = &bare[..open];
    }
    bare
}

/// The form that a title names: that of X in 关于印发〈X〉的通知, else its own.
pub(super) fn carried_form<'a>(register: &'a Register, title: &str) -> Option<&'a str> {
    let inner = title.rfind('〉').and_then(|close| title[..close].rfind('〈').map(|open| &title[open + '〈'.len_utf8()..close]));
    let carries = ["印发", "转发", "发布", "公布"].iter().any(|verb| title.contains(verb));
    let unbracketed = title.strip_suffix("的通知").filter(|_| carries);
    inner.filter(|_| carries).or(unbracketed).into_iter().chain([title]).find_map(|title| register.kinds.functional_at_end(bare(title)))
}

/// 提案答复, 建议答复: the text answers a proposal.
fn reply_form(text: &str, mentions: &Mentions) -> Option<&'static str> {
    let answered = mentions.citations.iter().find(|citation| citation.rule == "citation.implicit.proposal")?;
    Some(if answered.span.of(text).ends_with("提案") { "提案答复" } else { "建议答复" })
}

/// 提出如下实施意见, 制定本办法: the form that a text without title says it has.
fn said_form<'a>(register: &'a Register, text: &str, document: &Document) -> Option<&'a str> {
    let opening = document.parts.first()?.body.of(text);
    let opening = opening.char_indices().nth(600).map_or(opening, |(end, _)| &opening[..end]);
    for lead in ["提出如下", "制定如下", "制定以下", "提出以下", "制定本", "制订本"] {
        let Some(at) = opening.find(lead) else { continue };
        let rest = &opening[at + lead.len()..];
        let words = &rest[..rest.find(['。', ':', ',', ';', '\n']).unwrap_or(rest.len())];
        if words.chars().count() <= 10 {
            if let Some(form) = register.kinds.functional_at_end(words) {
                return Some(form);
            }
        }
    }
    None
}

/// 现就有关事项通知如下, 现函复如下: the kind that a text without title says it is.
fn said_kind<'a>(register: &'a Register, text: &str, document: &Document) -> Option<&'a str> {
    let body = document.parts.first()?.body.of(text);
    let opening = body.char_indices().nth(1200).map_or(body, |(end, _)| &body[..end]);
    register.kinds.statutory().find(|kind| {
        ["如下:", "如下。", "如下,"].iter().any(|end| opening.contains(&format!("{kind}{end}"))) || body.contains(&format!("特此{kind}"))
    })
}

/// Issuers from the surest sign: signature, who acts, the title's head, the number's code, 我局.
fn issuers(
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
        Agency { span, name: named.name, role: Some(role), is_person: false, rule, confidence: named.confidence }
    };
    let signed = document.parts.iter().find(|part| !part.signature.is_empty());
    // 发文机关 says who issues; 发布机构 only who put it on the web.
    let labelled = document.metadata.iter().find(|entry| {
        entry.field == MetadataField::Publisher && entry.label.is_some_and(|label| label.of(text).starts_with('发') && label.of(text).contains('文'))
    });
    let labelled = labelled.and_then(|entry| entry.value).filter(|value| register.is_agency_name(value.of(text)));
    let mut issuers: Vec<Agency> = match (signed, mentions.acting_agency) {
        _ if labelled.is_some() => labelled.into_iter().map(|span| agency(span, AgencyRole::Issuer, Some("issuer.metadata"))).collect(),
        (Some(part), _) => part.signature.iter().map(|&span| agency(span, AgencyRole::Issuer, None)).collect(),
        (None, Some(span)) => vec![agency(span, AgencyRole::Issuer, Some("issuer.acting"))],
        (None, None) => Vec::new(),
    };
    if issuers.is_empty() {
        let title_span = document.parts.first().and_then(|part| part.title);
        issuers.extend(title_span.and_then(|span| title_issuers(register, text, span)).into_iter().flatten().map(|span| agency(span, AgencyRole::Issuer, Some("issuer.title"))));
    }
    if issuers.is_empty() {
        issuers.extend(number_issuer(register, document));
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
            let name = &head[start..at];
            if !name.is_empty() {
                if !register.is_agency_name(name) {
                    return None;
                }
                found.push(Span::new(start, at).shifted(title.start as usize));
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
        span: number.span,
        name,
        role: Some(AgencyRole::Issuer),
        is_person: false,
        rule: "issuer.number",
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
        if register.agencies.suffix_of(&name[unit.len_utf8()..]).is_some_and(|suffix| suffix.short.len() == name.len() - unit.len_utf8()) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let (name, _) = counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))?;
    let named = naming.name(name);
    let span = Span::new(at, at + own.len()).shifted(body.start as usize);
    Some(Agency {
        span,
        name: named.name,
        role: Some(AgencyRole::Issuer),
        is_person: false,
        rule: "issuer.own-bureau",
        confidence: Confidence::Medium,
    })
}

fn addressees(register: &Register, text: &str, document: &Document, naming: &Naming<'_>, region: &str) -> Vec<Agency> {
    let Some(part) = document.parts.first() else { return Vec::new() };
    let person = |words: &str| ["委员", "代表", "同志", "先生", "女士"].iter().find_map(|title| words.strip_suffix(title)).map(str::to_owned);
    // 各区人力资源和社会保障局、税务局: the head holds for those behind it.
    let mut head = "";
    part.addressees
        .iter()
        .map(|&span| {
            let words = span.of(text);
            if words.starts_with('各') {
                head = ["各县(市、区)", "各区", "各县", "各市"].into_iter().find(|head| words.starts_with(head)).unwrap_or("");
            }
            let is_short = words.chars().count() <= 6;
            if let Some(name) = person(words).filter(|name| is_short && !name.is_empty()) {
                let name = AgencyName { name, region: None, is_class: false };
                return Agency { span, name, role: None, is_person: true, rule: "addressee.person", confidence: Confidence::Medium };
            }
            let stands_alone = words.starts_with(['各', '市', '省', '区', '县', '有']) || register.regions.chain(region).iter().any(|own| words.starts_with(own.short_name()));
            let elided = !head.is_empty() && !stands_alone && words.chars().count() <= 8;
            let named = if elided { naming.name(&format!("{head}{words}")) } else { naming.name(words) };
            Agency { span, name: named.name, role: None, is_person: false, rule: named.rule, confidence: named.confidence }
        })
        .collect()
}

fn dates(text: &str, document: &Document, mentions: &Mentions) -> Vec<DatedRole> {
    let mut dates: Vec<DatedRole> = Vec::new();
    let mut add = |span: Span, date: PartialDate, role| {
        if !dates.iter().any(|known| known.span == span && known.role == role) {
            dates.push(DatedRole { span, date, role });
        }
    };
    let written = document.parts.iter().find_map(|part| part.date.as_ref());
    if let Some(date) = written {
        add(date.span, date.value, DateRole::Written);
    }
    for entry in &document.metadata {
        let role = match entry.field {
            MetadataField::DateWritten => DateRole::Written,
            MetadataField::DatePublished => DateRole::Published,
            MetadataField::DateEffective => DateRole::Effective,
            MetadataField::DateExpires => DateRole::Expires,
            _ => continue,
        };
        let Some(value) = entry.value else { continue };
        if let Some((span, date)) = dates_in(value.of(text)).into_iter().next() {
            add(span.shifted(value.start as usize), date, role);
        }
    }
    for &(span, role, date) in &mentions.validity {
        if let Some(date) = date.or_else(|| written.map(|written| written.value)) {
            add(span, date, role);
        }
    }
    dates
}

/// Dates of writing that the publisher's block and the signature give differently.
pub(super) fn date_conflicts(facts: &Facts, findings: &mut Vec<Finding>) {
    let written: Vec<&DatedRole> = facts.dates.iter().filter(|date| date.role == DateRole::Written).collect();
    if let [first, others @ ..] = written.as_slice() {
        for other in others.iter().filter(|other| other.date != first.date) {
            let message = format!("成文日期不一: 文末 {}, 元数据 {}", first.date, other.date);
            findings.push(Finding::at(FindingCode::DateConflict, Severity::Warn, other.span, message));
        }
    }
}

/// The state's documents have the state for jurisdiction, whoever they are addressed to.
pub(super) fn region_of_title(register: &Register, title: &str, own: &str) -> String {
    let found = jurisdiction::of_title(register, title, Some(own));
    found.unwrap_or_else(|| if own == NATIONAL { NATIONAL.to_owned() } else { own.to_owned() })
}
