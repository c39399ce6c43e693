//! The document's own facts: title, kind and form, issuers, addressees, dates.

use super::{
    agencies::Naming,
    given::Given,
    issuers,
    jurisdiction::{self, NATIONAL},
};
use crate::{
    model::{
        Agency, DateRole, DatedRole, DocNumber, Document, Finding, FindingCode, Mentions, MetadataField, PartialDate,
        Place, Severity, Span, Spanned, Stated, WorkRole, dates_in, normal_title,
    },
    register::Register,
};
use std::collections::HashSet;

/// What a document says of itself.
pub(super) struct Facts {
    pub(super) title: Option<Stated<String>>,
    pub(super) number: Option<Stated<DocNumber>>,
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
    given: &Given,
) -> Facts {
    let own = document.parts.first().and_then(|part| part.title);
    let in_metadata = value_of(document, MetadataField::Title);
    let title = own.or(in_metadata).map(|span| Spanned::new(normal_title(span.of(text)), span).into());
    let title: Option<Stated<String>> = title.or_else(|| given.title.clone());
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
        issuers: issuers::find(register, text, document, mentions, naming, region, own_title),
        addressees: issuers::addressees(register, text, document, naming, region),
        dates: dates(text, document, mentions),
        number: document.parts.first().and_then(|part| part.number.clone()).map(Stated::from),
        title,
    }
}

/// 《X》已经某会议通过,现予公布: an order without a title of its own goes by that of the one text it puts in force.
pub(super) fn title_of_order(text: &str, document: &Document) -> Option<Stated<String>> {
    const LONGEST_ORDER: usize = 300;
    let [order, carried] = document.parts.as_slice() else { return None };
    let body = order.body.of(text);
    let opening = body.char_indices().nth(LONGEST_ORDER).map_or(body, |(end, _)| &body[..end]);
    let puts_in_force = ["现予公布", "现予以公布", "现予发布", "现公布"].iter().any(|words| opening.contains(words));
    let is_order = opening.starts_with('《') && opening.contains("通过") && puts_in_force;
    let title = carried.title.filter(|_| is_order)?;
    Some(Spanned::new(normal_title(title.of(text)), title).into())
}

pub(super) fn value_of(document: &Document, field: MetadataField) -> Option<Span> {
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
    let inner = title
        .rfind('〉')
        .and_then(|close| title[..close].rfind('〈').map(|open| &title[open + '〈'.len_utf8()..close]));
    let carries = ["印发", "转发", "发布", "公布"].iter().any(|verb| title.contains(verb));
    let unbracketed = title.strip_suffix("的通知").filter(|_| carries);
    inner
        .filter(|_| carries)
        .or(unbracketed)
        .into_iter()
        .chain([title])
        .find_map(|title| register.kinds.functional_at_end(bare(title)))
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
        let short = words.chars().nth(10).is_none();
        if let Some(form) = register.kinds.functional_at_end(words).filter(|_| short) {
            return Some(form);
        }
    }
    None
}

/// 现就有关事项通知如下, 现函复如下: the kind that a text without title says it is.
fn said_kind<'a>(register: &'a Register, text: &str, document: &Document) -> Option<&'a str> {
    let body = document.parts.first()?.body.of(text);
    let opening = body.char_indices().nth(1200).map_or(body, |(end, _)| &body[..end]);
    register.kinds.statutory().find(|kind| {
        ["如下:", "如下。", "如下,"].iter().any(|end| opening.contains(&format!("{kind}{end}")))
            || body.contains(&format!("特此{kind}"))
    })
}

fn dates(text: &str, document: &Document, mentions: &Mentions) -> Vec<DatedRole> {
    let mut dates: Vec<DatedRole> = Vec::new();
    let mut known: HashSet<(Span, DateRole)> = HashSet::new();
    let mut add = |span: Span, date: PartialDate, role| {
        if known.insert((span, role)) {
            dates.push(DatedRole { place: Place::In(span), date, role });
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
            findings.push(Finding {
                code: FindingCode::DateConflict,
                severity: Severity::Warn,
                span: other.place.span(),
                message,
            });
        }
    }
}

/// The state's documents have the state for jurisdiction, whoever they are addressed to.
pub(super) fn region_of_title(register: &Register, title: &str, own: &str) -> String {
    let found = jurisdiction::of_title(register, title, Some(own));
    found.unwrap_or_else(|| if own == NATIONAL { NATIONAL.to_owned() } else { own.to_owned() })
}
