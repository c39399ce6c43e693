//! 矛盾 (conflicts) between the citations of one document: two numbers for one title, two wordings of one.

use super::agencies::Naming;
use crate::{
    model::{Citation, Finding, FindingCode, Mentions, Severity, Span, WorkKey, is_title_variant},
    register::Register,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Compares the citations of a document with each other. O(characters of the titles).
pub(super) fn between_citations(register: &Register, text: &str, citations: &[Citation], findings: &mut Vec<Finding>) {
    let titles = Titles::of(register, text, citations);
    let mut number_conflicts: BTreeMap<Span, Finding> = BTreeMap::new();
    let mut title_variants: Vec<(Span, Finding)> = Vec::new();
    for (index, citation) in citations.iter().enumerate() {
        let Some(title) = citation.title.as_deref() else { continue };
        for earlier in titles.earlier_numbers(index, citations) {
            let (Some(number), Some(other)) = (&citation.number, &earlier.number) else { continue };
            let message = format!("同一文件有两个文号: {} 与 {}, 请核对", other.value, number.value);
            let finding = Finding::at(FindingCode::NumberConflict, Severity::Error, other.span, message);
            number_conflicts.insert(other.span, finding);
        }
        if let Some(other) = titles.earlier_variant(index, citations).and_then(|other| other.title.as_deref()) {
            let message = format!("同一文件有两种写法: 《{other}》与《{title}》");
            let place = title_place(text, citation.span);
            title_variants
                .push((citation.span, Finding::at(FindingCode::TitleVariant, Severity::Warn, place, message)));
        }
    }
    // Where a title inside a title varies, the enclosing one varies with it: the inner one shows it.
    let inner: Vec<Span> = title_variants.iter().map(|(span, _)| *span).collect();
    for (index, (span, finding)) in title_variants.into_iter().enumerate() {
        let encloses = inner.get(index + 1).is_some_and(|next| span.contains(*next) && span != *next);
        if !encloses {
            findings.push(finding);
        }
    }
    findings.extend(number_conflicts.into_values());
}

/// The different titles of a document's citations, and which of them may be wordings of one.
struct Titles {
    /// For each citation the number of its title.
    of_citation: Vec<Option<usize>>,
    /// For each title the citations that have it, in order.
    citations: Vec<Vec<usize>>,
    /// For each title those that differ from it in one character.
    variants: Vec<Vec<usize>>,
}

/// No more wordings of one title than this are compared, nor citations of one with different numbers.
const MOST_COMPARED: usize = 8;

impl Titles {
    fn of(register: &Register, text: &str, citations: &[Citation]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut by_title: Vec<Vec<usize>> = Vec::new();
        let mut texts: Vec<&str> = Vec::new();
        let mut of_citation = Vec::with_capacity(citations.len());
        for (index, citation) in citations.iter().enumerate() {
            let number = citation.title.as_deref().map(|title| {
                *numbers.entry(title).or_insert_with(|| {
                    by_title.push(Vec::new());
                    texts.push(title);
                    texts.len() - 1
                })
            });
            if let Some(number) = number {
                by_title[number].push(index);
            }
            of_citation.push(number);
        }
        let is_law: Vec<bool> = texts.iter().map(|title| register.laws.title_of(title).is_some()).collect();
        let mut variants = variants(&texts);
        let listed = listed_together(text, citations, &of_citation, &variants);
        for (title, others) in variants.iter_mut().enumerate() {
            // Two laws, two titles of one list, two that the text cites again and again: no wordings of one.
            others.retain(|&other| {
                let often = by_title[title].len() > 1 && by_title[other].len() > 1;
                !(listed.contains(&(title, other)) || often || is_law[title] && is_law[other])
            });
        }
        Self { of_citation, citations: by_title, variants }
    }

    /// The earlier citations of the same title, or of another wording of it, whose number has the same code and
    /// is another one; the latest of them.
    fn earlier_numbers<'a>(&self, index: usize, citations: &'a [Citation]) -> Vec<&'a Citation> {
        let (Some(title), Some(number)) = (self.of_citation[index], &citations[index].number) else {
            return Vec::new();
        };
        let wordings = std::iter::once(title).chain(self.variants[title].iter().copied());
        let earlier = wordings.flat_map(|title| {
            let all = &self.citations[title];
            all[..all.partition_point(|&other| other < index)].iter().rev().take(MOST_COMPARED)
        });
        earlier
            .map(|&other| &citations[other])
            .filter(|other| {
                let other = other.number.as_ref().map(|other| &other.value);
                other.is_some_and(|other| *other != number.value && other.code == number.value.code)
            })
            .collect()
    }

    /// An earlier citation by another wording of the title, in the same region.
    fn earlier_variant<'a>(&self, index: usize, citations: &'a [Citation]) -> Option<&'a Citation> {
        let first = self.variants[self.of_citation[index]?].iter().filter_map(|&title| self.citations[title].first());
        let earlier = first.filter(|&&other| other < index).map(|&other| &citations[other]);
        earlier.filter(|other| is_same_region(&citations[index], other)).max_by_key(|other| other.span)
    }
}

/// The pairs of like titles that stand in one list: 《甲办法》《乙办法》 are two works.
fn listed_together(
    text: &str,
    citations: &[Citation],
    of_citation: &[Option<usize>],
    variants: &[Vec<usize>],
) -> HashSet<(usize, usize)> {
    let mut pairs = HashSet::new();
    let mut list: HashSet<usize> = HashSet::new();
    let mut end = 0;
    for (citation, title) in citations.iter().zip(of_citation) {
        let (Some(title), None) = (title, citation.nested_in) else { continue };
        let joins = text
            .get(end..citation.span.start as usize)
            .is_some_and(|between| between.chars().nth(30).is_none() && !between.contains(['。', ';', '\n']));
        if !joins {
            list.clear();
        }
        for &other in variants[*title].iter().filter(|other| list.contains(*other)) {
            pairs.insert((*title, other));
            pairs.insert((other, *title));
        }
        list.insert(*title);
        let number = citation.number.as_ref().map_or(0, |number| number.span.end);
        end = number.max(citation.span.end) as usize;
    }
    pairs
}

/// For each title those that differ from it in one character: they are equal without the character at one place,
/// so they share the hash of what stands before it and behind it. O(characters).
fn variants(titles: &[&str]) -> Vec<Vec<usize>> {
    let mut variants = vec![Vec::new(); titles.len()];
    let mut alike: HashMap<(usize, u64, u64), Vec<usize>> = HashMap::new();
    for (number, title) in titles.iter().enumerate() {
        let chars: Vec<char> = title.chars().collect();
        let behind = hashes(chars.iter().rev().copied());
        let before = hashes(chars.iter().copied());
        for at in 0..chars.len() {
            let others = alike.entry((chars.len(), before[at], behind[chars.len() - 1 - at])).or_default();
            for &other in others.iter().rev().take(MOST_COMPARED) {
                if is_title_variant(titles[other], title) && variants[number].len() < MOST_COMPARED {
                    variants[number].push(other);
                    variants[other].push(number);
                }
            }
            others.push(number);
        }
    }
    variants
}

/// The hash of the first 0, 1, 2 … characters.
fn hashes(chars: impl Iterator<Item = char>) -> Vec<u64> {
    /// An odd multiplier with its bits spread (Knuth, The Art of Computer Programming 3, 6.4).
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: &mut u64, c: char| {
        let before = *hash;
        *hash = (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(SPREAD);
        Some(before)
    };
    chars.chain(['\0']).scan(0, step).collect()
}

/// 国务院《…》(国办发…): an issuer before a title that is not the one whose number it is.
pub(super) fn issuers_and_numbers(
    register: &Register,
    text: &str,
    mentions: &Mentions,
    naming: &Naming<'_>,
    findings: &mut Vec<Finding>,
) {
    for mention in &mentions.citations {
        let (Some(issuer), Some(number)) = (mention.issuer, &mention.number) else { continue };
        let Some(code) = register.issuer_codes.only(&number.number.code).filter(|code| !code.is_by_pattern()) else {
            continue;
        };
        let named: Vec<String> = issuer.of(text).split('、').map(|name| naming.name(name).name.name).collect();
        if named.len() == 1 && !named.contains(&code.organisation) && register.agencies.national(&named[0]).is_some() {
            let message =
                format!("文中称发文机关为“{}”, 文号代字“{}”属{}", issuer.of(text), code.code, code.organisation);
            findings.push(Finding::at(FindingCode::IssuerConflict, Severity::Warn, issuer, message));
        }
    }
}

/// The title without its brackets.
fn title_place(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let open = words.chars().next().filter(|c| "《〈<".contains(*c)).map_or(0, char::len_utf8);
    let close = words.chars().next_back().filter(|c| "》〉>".contains(*c)).map_or(0, char::len_utf8);
    Span::new(span.start as usize + open, span.end as usize - close)
}

fn is_same_region(one: &Citation, other: &Citation) -> bool {
    let region = |citation: &Citation| match (&citation.key, &citation.alias) {
        (WorkKey::Title { region, .. }, _) | (WorkKey::Number(_), Some(WorkKey::Title { region, .. })) => {
            Some(region.clone())
        }
        _ => None,
    };
    region(one) == region(other)
}
