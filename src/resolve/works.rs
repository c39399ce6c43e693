//! 文件归一 (identity of works): the key of every work that a document holds or cites.

use super::{
    document::{Facts, bare, carried_form, region_of_title},
    jurisdiction::{self, NATIONAL, UNKNOWN},
};
use crate::{
    model::{
        Citation, CitationMention, Confidence, Document, Mentions, Relation, Spanned, State,
        Work, WorkKey, WorkRole, normal_title, sha256, squeeze,
    },
    register::Register,
};
use std::collections::BTreeMap;

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
        let own = part.title.map(|span| Spanned::new(normal_title(span.of(text)), span));
        let title = own.or_else(|| facts.title.clone().filter(|_| index == 0));
        let number = part.number.clone();
        let region = title.as_ref().map_or_else(|| region.to_owned(), |title| region_of_title(register, &title.value, region));
        let by_title = title.as_ref().map(|title| WorkKey::title(&region, &title.value));
        let key = match (&number, &by_title) {
            (Some(number), _) => WorkKey::Number(number.value.clone()),
            (None, Some(key)) => key.clone(),
            (None, None) => {
                untitled += 1;
                WorkKey::Anonymous { region: region.clone(), source: source.to_owned(), ordinal: untitled }
            }
        };
        let text_hash = matches!(key, WorkKey::Anonymous { .. }).then(|| sha256(squeeze(part.span.of(text)).as_bytes()));
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
) -> Vec<Citation> {
    let identifier = Identifier { register, text, region, aliases: aliases(text, mentions) };
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
    identifier.follow_aliases(mentions, &mut citations);
    implicit_to_titled(&mut citations);
    carried_to_held(document, works, &mut citations);
    citations
}

/// 以下简称 names: name → index of the mention that defines it.
fn aliases(text: &str, mentions: &Mentions) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for (index, mention) in mentions.citations.iter().enumerate() {
        for alias in &mention.aliases {
            names.entry(normal_title(alias.of(text))).or_insert(index);
        }
    }
    names
}

struct Identity {
    title: Option<String>,
    key: WorkKey,
    alias: Option<WorkKey>,
    state: State,
    candidates: Vec<WorkKey>,
    confidence: Confidence,
}

struct Identifier<'a> {
    register: &'a Register,
    text: &'a str,
    region: &'a str,
    aliases: BTreeMap<String, usize>,
}

impl Identifier<'_> {
    fn identify(&self, mention: &CitationMention, enclosing: Option<&Citation>) -> Identity {
        let title = mention.title.map(|span| self.title(mention, span.of(self.text)));
        let (region, is_told) = match &title {
            Some(title) => self.region_of(mention, title, enclosing),
            None => (UNKNOWN.to_owned(), false),
        };
        let by_title = title.as_ref().map(|title| WorkKey::title(&region, title));
        if let Some(number) = &mention.number {
            let region = jurisdiction::of_number(self.register, &number.number).unwrap_or(region);
            let alias = title.as_ref().map(|title| WorkKey::title(&region, title));
            let confidence = if number.is_registered { Confidence::High } else { Confidence::Medium };
            let key = WorkKey::Number(number.number.clone());
            return Identity { title, key, alias, state: State::Identified, candidates: Vec::new(), confidence };
        }
        let Some(key) = by_title else {
            // A mention has a title or a number; one without either is nobody's.
            let key = WorkKey::title(UNKNOWN, mention.span.of(self.text));
            return Identity { title, key, alias: None, state: State::Unidentified, candidates: Vec::new(), confidence: Confidence::Low };
        };
        let words = title.as_deref().unwrap_or_default();
        let distinctive = is_told || has_year(words) || self.register.laws.title_of(words).is_some();
        let candidates = if distinctive { Vec::new() } else { self.candidates(words, &key) };
        let confidence = match (distinctive, mention.is_implicit, mention.relation) {
            (false, ..) => Confidence::Low,
            (true, true, _) | (true, _, Relation::Mentions) => Confidence::Medium,
            (true, ..) => Confidence::High,
        };
        let state = if distinctive { State::Identified } else { State::Ambiguous };
        Identity { title, key, alias: None, state, candidates, confidence }
    }

    /// A title's normal form; laws get their full name, 本市 becomes the region, 国家标准 goes off.
    fn title(&self, mention: &CitationMention, words: &str) -> String {
        let title = normal_title(words);
        if let Some(law) = self.register.laws.title_of(&title) {
            return law.to_owned();
        }
        if !mention.is_implicit {
            return title;
        }
        for standard in ["国家标准", "行业标准", "地方标准"] {
            if let Some(bare) = title.strip_suffix(standard) {
                return bare.to_owned();
            }
        }
        let full = self.register.regions.full_name(self.region).unwrap_or_default();
        for own in ["本市", "我市", "本省", "我省", "本区", "我区", "本县", "我县", "全市", "全省"] {
            if let Some(rest) = title.strip_prefix(own) {
                return format!("{full}{rest}");
            }
        }
        title
    }

    /// The region of a cited title, and whether the title or its issuer says it.
    fn region_of(&self, mention: &CitationMention, title: &str, enclosing: Option<&Citation>) -> (String, bool) {
        let own = Some(self.region).filter(|region| *region != UNKNOWN);
        if self.register.laws.title_of(title).is_some() || mention.rule == "citation.implicit.standard" {
            return (NATIONAL.to_owned(), true);
        }
        if let Some(region) = jurisdiction::of_title(self.register, title, own) {
            return (region, true);
        }
        if let Some(region) = self.relative_region(title) {
            return (region, true);
        }
        if let Some(region) = mention.issuer.and_then(|issuer| self.issuer_region(issuer.of(self.text))) {
            return (region, true);
        }
        if is_treaty(title) {
            return ("int".to_owned(), true);
        }
        if let Some(region) = enclosing.and_then(|outer| self.enclosing_region(outer)) {
            return (region, true);
        }
        if self.is_followed_by_standard(mention) {
            return (NATIONAL.to_owned(), true);
        }
        (self.usual_region(title), false)
    }

    /// 市农业农村委关于…, 关于建立自治区…制的意见: relative to the document's region.
    fn relative_region(&self, title: &str) -> Option<String> {
        let chain = self.register.regions.chain(self.region);
        for (words, unit) in [("自治区", "自治区"), ("全省", "省"), ("省级", "省"), ("我省", "省"), ("全市", "市"), ("我市", "市"), ("市级", "市")] {
            let above = chain.iter().find(|region| title.contains(words) && region.name.ends_with(unit));
            if let Some(region) = above {
                return Some(region.code.clone());
            }
        }
        let unit = ["市", "省", "区", "县", "州"].into_iter().find(|unit| title.starts_with(unit))?;
        let head = title.split("关于").next().filter(|head| head.len() < title.len())?;
        let is_agency = head.split(['、', ' ']).any(|name| self.register.is_agency_name(name));
        let region = chain.into_iter().find(|region| region.name.ends_with(unit))?;
        is_agency.then(|| region.code.clone())
    }

    fn issuer_region(&self, issuer: &str) -> Option<String> {
        jurisdiction::of_name(self.register, issuer, Some(self.region)).or_else(|| {
            let chain = self.register.regions.chain(self.region);
            let unit = issuer.chars().next()?;
            chain.into_iter().find(|region| region.name.ends_with(unit)).map(|region| region.code.clone())
        })
    }

    fn enclosing_region(&self, outer: &Citation) -> Option<String> {
        match (&outer.key, &outer.alias) {
            (WorkKey::Number(number), alias) => jurisdiction::of_number(self.register, number).or_else(|| match alias {
                Some(WorkKey::Title { region, .. }) => Some(region.clone()),
                _ => None,
            }),
            (WorkKey::Title { region, .. }, _) => Some(region.clone()),
            (WorkKey::Anonymous { .. }, _) => None,
        }
        .filter(|region| region != UNKNOWN)
    }

    fn is_followed_by_standard(&self, mention: &CitationMention) -> bool {
        let rest = &self.text[mention.span.end as usize..];
        ["国家标准", "行业标准", "强制性国家标准", "推荐性国家标准"].iter().any(|word| rest.starts_with(word))
    }

    /// Where neither title nor issuer tells: rules of general application without a region in their name are
    /// the state's; the rest is the document's own.
    fn usual_region(&self, title: &str) -> String {
        const OF_THE_STATE: [&str; 9] = ["条例", "办法", "规定", "规则", "细则", "规程", "规范", "法", "准则"];
        let bare = bare(title);
        let general = OF_THE_STATE.iter().any(|kind| bare.ends_with(kind)) && !bare.starts_with("关于");
        if general && bare.chars().count() > 6 { NATIONAL.to_owned() } else { self.region.to_owned() }
    }

    /// The keys that an undistinctive title could mean: this region's, those above, the state's.
    fn candidates(&self, title: &str, key: &WorkKey) -> Vec<WorkKey> {
        let mut candidates = vec![key.clone()];
        let chain = self.register.regions.chain(self.region);
        for region in chain.iter().map(|region| region.code.as_str()).chain([NATIONAL]) {
            let candidate = WorkKey::title(region, title);
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
        candidates
    }

    /// A mention by a name that 以下简称 defined is a mention of what was so named.
    fn follow_aliases(&self, mentions: &Mentions, citations: &mut [Citation]) {
        for index in 0..citations.len() {
            let Some(name) = mentions.citations[index].title.map(|span| normal_title(span.of(self.text))) else { continue };
            let Some(&defined) = self.aliases.get(&name) else { continue };
            if defined >= index || citations[index].number.is_some() {
                continue;
            }
            let (key, alias, state) = (citations[defined].key.clone(), citations[defined].alias.clone(), citations[defined].state);
            let confidence = citations[defined].confidence;
            let citation = &mut citations[index];
            citation.key = key;
            citation.alias = alias;
            citation.state = state;
            citation.candidates = Vec::new();
            citation.confidence = confidence;
        }
    }
}

/// Agreements between states, which name no region of the country.
fn is_treaty(title: &str) -> bool {
    ["协定", "公约", "条约", "议定书"].iter().any(|kind| bare(title).ends_with(kind))
}

fn has_year(title: &str) -> bool {
    let bytes = title.as_bytes();
    bytes.windows(4).any(|window| window.iter().all(u8::is_ascii_digit) && matches!(window[0], b'1' | b'2'))
}

/// 本市“十四五”知识产权规划 is 《天津市知识产权“十四五”规划》 where the document names that: the same
/// characters in another order, in the same region.
fn implicit_to_titled(citations: &mut [Citation]) {
    let sorted = |title: &str| {
        let mut chars: Vec<char> = title.chars().collect();
        chars.sort_unstable();
        chars
    };
    let titled: Vec<(Vec<char>, WorkKey, String)> = citations
        .iter()
        .filter(|citation| !citation.is_implicit)
        .filter_map(|citation| Some((sorted(citation.title.as_ref()?), citation.key.clone(), citation.title.clone()?)))
        .collect();
    for citation in citations.iter_mut().filter(|citation| citation.is_implicit) {
        let Some(chars) = citation.title.as_deref().map(sorted) else { continue };
        if let Some((_, key, title)) = titled.iter().find(|(known, ..)| *known == chars) {
            citation.key = key.clone();
            citation.title = Some(title.clone());
        }
    }
}

/// What a file promulgates has the key of the text that it holds, whatever brackets its title lost.
fn carried_to_held(document: &Document, works: &[Work], citations: &mut [Citation]) {
    let forwards = works.first().is_some_and(|work| work.forwards);
    let in_notice = |citation: &Citation| citation.work == 0 && works.len() > 1 && citation.nested_in.is_none();
    for citation in citations.iter_mut().filter(|citation| citation.number.is_none() && (citation.relation.carries() || in_notice(citation))) {
        let title = citation.title.as_deref().unwrap_or_default();
        let held = works.iter().zip(&document.parts).find(|(work, part)| {
            part.role == WorkRole::Promulgated
                && work.title.as_ref().is_some_and(|held| held.value == title || bare(&held.value) == bare(title))
        });
        if let Some((work, _)) = held {
            if !citation.relation.carries() {
                citation.relation = if forwards { Relation::Forwards } else { Relation::Promulgates };
                citation.rule = "citation.carried";
            }
            citation.key = work.key.clone();
            citation.state = State::Identified;
            citation.candidates = Vec::new();
            citation.confidence = Confidence::High;
        }
    }
}
