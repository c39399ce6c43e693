//! 文件归一 (identity of works): the key of every work that a document holds or cites.

use super::{
    aliases,
    document::{Facts, bare, carried_form, region_of_title},
    identity::Identifier,
    jurisdiction::UNKNOWN,
    versions,
};
use crate::{
    model::{
        Citation, Confidence, Document, Mentions, Relation, Spanned, State, Stated, Work, WorkKey, WorkRole,
        normal_title, sha256, squeeze,
    },
    register::Register,
};
use std::collections::HashMap;

/// The works whose text a file holds.
pub(super) fn held(
    register: &Register,
    text: &str,
    document: &Document,
    facts: &Facts,
    region: &str,
    source: &str,
) -> Vec<Work> {
    let mut untitled = 0;
    let mut works: Vec<Work> = Vec::new();
    for (index, part) in document.parts.iter().enumerate() {
        let own = part.title.map(|span| Spanned::new(normal_title(span.of(text)), span).into());
        let title = own.or_else(|| facts.title.clone().filter(|_| index == 0));
        let number = if index == 0 { facts.number.clone() } else { part.number.clone().map(Stated::from) };
        let region =
            title.as_ref().map_or_else(|| region.to_owned(), |title| region_of_title(register, &title.value, region));
        let by_title = title.as_ref().map(|title| WorkKey::title(&region, &title.value));
        let key = match (&number, &by_title) {
            (Some(number), _) => WorkKey::Number(number.value.clone()),
            (None, Some(key)) => key.clone(),
            (None, None) => {
                untitled += 1;
                WorkKey::Anonymous { region: region.clone(), source: source.to_owned(), ordinal: untitled }
            }
        };
        let text_hash =
            matches!(key, WorkKey::Anonymous { .. }).then(|| sha256(squeeze(part.span.of(text)).as_bytes()));
        let own_title = title.as_ref().map(|title| title.value.as_str());
        let kind = own_title.and_then(|title| register.kinds.statutory_at_end(bare(title))).map(str::to_owned);
        let form = own_title.and_then(|title| carried_form(register, title)).map(str::to_owned);
        works.push(Work {
            role: part.role,
            span: part.span,
            aliases: by_title.into_iter().filter(|alias| *alias != key).collect(),
            kind: kind.or_else(|| facts.kind.clone().filter(|_| index == 0)),
            form: form.or_else(|| facts.form.clone().filter(|_| document.parts.len() == 1)),
            promulgates: Vec::new(),
            forwards: false,
            key,
            title,
            number,
            region,
            text_hash,
        });
    }
    let carried: Vec<usize> = (1..works.len()).filter(|&index| works[index].role == WorkRole::Promulgated).collect();
    if let Some(first) = works.first_mut() {
        let own = first.title.as_ref().map_or("", |title| title.value.as_str());
        first.forwards = own.contains("转发") || own.contains("批转");
        first.promulgates = carried;
    }
    works
}

/// Identifies every citation, in order.
pub(super) fn cited(
    register: &Register,
    text: &str,
    document: &Document,
    mentions: &Mentions,
    works: &[Work],
    region: &str,
    source: &str,
) -> Vec<Citation> {
    let mut identifier = Identifier::new(register, text, region);
    let mut citations: Vec<Citation> = Vec::with_capacity(mentions.citations.len());
    for mention in &mentions.citations {
        let enclosing = mention.nested_in.and_then(|outer| citations.get(outer));
        let identity = identifier.identify(mention, enclosing);
        citations.push(Citation {
            span: mention.span,
            title: identity.title,
            number: mention.number.as_ref().map(|number| Spanned::new(number.number.clone(), number.span)),
            relation: mention.relation,
            cue: mention.cue,
            work: mention.part.min(works.len().saturating_sub(1)),
            measure: None,
            nested_in: mention.nested_in,
            carried: mention.carried,
            is_implicit: mention.is_implicit,
            is_inherited: mention.is_inherited,
            key: identity.key,
            alias: identity.alias,
            state: identity.state,
            candidates: identity.candidates,
            confidence: identity.confidence,
            rule: mention.rule,
        });
    }
    carried_to_held(document, works, &mut citations);
    versions::agree(register, &mut citations);
    versions::numbered(text, &mut citations);
    aliases::follow(register, text, mentions, &mut citations);
    implicit_to_titled(&mut citations);
    versions::tell_apart(text, &mut citations);
    versions::older(works, source, &mut citations);
    citations
}

/// 本市“十四五”知识产权规划 is 《天津市知识产权“十四五”规划》 where the document names that: the same
/// characters in another order, in the same region.
fn implicit_to_titled(citations: &mut [Citation]) {
    let sorted = |title: &str| {
        let mut chars: Vec<char> = title.chars().collect();
        chars.sort_unstable();
        chars
    };
    if !citations.iter().any(|citation| citation.is_implicit) {
        return;
    }
    let mut titled: HashMap<Vec<char>, (WorkKey, String)> = HashMap::new();
    for citation in citations.iter().filter(|citation| !citation.is_implicit) {
        let Some(title) = &citation.title else { continue };
        titled.entry(sorted(title)).or_insert_with(|| (citation.key.clone(), title.clone()));
    }
    for citation in citations.iter_mut().filter(|citation| citation.is_implicit) {
        let Some(chars) = citation.title.as_deref().map(sorted) else { continue };
        if let Some((key, title)) = titled.get(&chars) {
            citation.key = key.clone();
            citation.title = Some(title.clone());
        }
    }
}

/// What a file promulgates has the key of the text that it holds, whatever brackets its title lost.
fn carried_to_held(document: &Document, works: &[Work], citations: &mut [Citation]) {
    let forwards = works.first().is_some_and(|work| work.forwards);
    let mut carried: HashMap<&str, &Work> = HashMap::new();
    for (work, part) in works.iter().zip(&document.parts) {
        if let (WorkRole::Promulgated, Some(title)) = (part.role, &work.title) {
            carried.entry(bare(&title.value)).or_insert(work);
        }
    }
    let in_notice = |citation: &Citation| citation.work == 0 && works.len() > 1 && citation.nested_in.is_none();
    for citation in citations
        .iter_mut()
        .filter(|citation| citation.number.is_none() && (citation.relation.carries() || in_notice(citation)))
    {
        let title = citation.title.as_deref().unwrap_or_default();
        if let Some(work) = carried.get(bare(title)) {
            if !citation.relation.carries() {
                citation.relation = if forwards { Relation::Forwards } else { Relation::Promulgates };
                citation.rule = "citation.carried";
            }
            citation.key = work.key.clone();
            let is_told = work.region != UNKNOWN || work.number.is_some();
            citation.state = if is_told { State::Identified } else { State::Ambiguous };
            citation.candidates = Vec::new();
            citation.confidence = if is_told { Confidence::High } else { Confidence::Low };
        }
    }
}
