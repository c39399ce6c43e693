//! 引用 (citations): titles in 《》 with their numbers, cues and nested titles; numbers that stand alone.

use super::{
    brackets::{self, Bracketed},
    cues::{CueIndex, Reading},
    labels, numbers,
    relations::is_ground,
    sentences::{Sentences, before},
};
use crate::{
    model::{
        CitationMention, Document, Finding, MentionedNumber, MetadataField, Places, Relation, Span, without_count,
    },
    register::{Cue, Register},
};

/// Finds all citations in brackets, and numbers that stand for a citation of their own.
pub(super) fn find(
    register: &Register,
    sentences: &Sentences<'_>,
    cues: &[(Span, &Cue)],
    document: &Document,
    findings: &mut Vec<Finding>,
) -> Vec<CitationMention> {
    let text = sentences.text();
    let finder = Finder {
        register,
        text,
        document,
        sentences,
        cues: CueIndex::new(cues, sentences),
        titles: brackets::find(text, findings),
        numbers: numbers::find(register, text),
        own_titles: own_titles(document),
        column: labels::column(text),
    };
    let mut citations = finder.bracketed();
    let mut alone = finder.numbers_alone(&citations);
    citations.append(&mut alone);
    citations
}

/// The document's own titles and their copies in the metadata.
fn own_titles(document: &Document) -> Places {
    let metadata = document.metadata.iter().filter(|entry| entry.field == MetadataField::Title);
    let copies = metadata.filter_map(|entry| entry.value);
    document.parts.iter().filter_map(|part| part.title).chain(copies).collect()
}

/// Puts citations in the order of the text and renumbers what points at them.
pub(super) fn in_text_order(citations: &mut Vec<CitationMention>) {
    let mut order: Vec<usize> = (0..citations.len()).collect();
    order.sort_by_key(|&index| (citations[index].span.start, std::cmp::Reverse(citations[index].span.end)));
    let mut places = vec![0; order.len()];
    for (place, &index) in order.iter().enumerate() {
        places[index] = place;
    }
    let mut sorted: Vec<CitationMention> = order.iter().map(|&index| citations[index].clone()).collect();
    for citation in &mut sorted {
        citation.nested_in = citation.nested_in.map(|outer| places[outer]);
    }
    *citations = sorted;
}

/// The issuers named before a title take no more than this, in bytes.
const LONGEST_ISSUERS: usize = 600;

/// What is remarked in brackets behind a title takes no more than this, in characters.
const LONGEST_REMARK: usize = 120;

/// What the finding of citations looks at.
pub(super) struct Finder<'a> {
    register: &'a Register,
    pub(super) text: &'a str,
    pub(super) document: &'a Document,
    pub(super) cues: CueIndex<'a>,
    pub(super) sentences: &'a Sentences<'a>,
    titles: Vec<Bracketed>,
    pub(super) numbers: Vec<MentionedNumber>,
    pub(super) own_titles: Places,
    /// Where the first column of grounds begins.
    pub(super) column: Option<usize>,
}

/// What is carried along a list of titles.
#[derive(Clone, Copy)]
struct Previous<'a> {
    end: usize,
    reading: Option<Reading<'a>>,
}

impl Finder<'_> {
    fn bracketed(&self) -> Vec<CitationMention> {
        let mut citations: Vec<CitationMention> = Vec::with_capacity(self.titles.len());
        let mut previous: Option<Previous<'_>> = None;
        let behind = self.behind();
        // Titles that are no citations leave gaps: for each title the index of its citation.
        let mut places: Vec<Option<usize>> = Vec::with_capacity(self.titles.len());
        for (title, &behind) in self.titles.iter().zip(&behind) {
            if let Some(outer) = title.parent {
                let outer = places.get(outer).copied().flatten();
                places.push(outer.map(|_| citations.len()));
                if let Some(outer) = outer {
                    let nested = self.nested(title, outer, &citations);
                    citations.push(nested);
                }
                continue;
            }
            if self.is_remark(title) {
                places.push(None);
                continue;
            }
            let whole = self.number_that_is(title.inner);
            let is_number = whole.is_some();
            let number = whole.or_else(|| self.number_beside(title.span));
            let end = self.mention_end(title.span, number.as_ref());
            let reading = self.read(title.span, behind, previous);
            if number.is_none() && self.is_form(title.inner, reading) {
                places.push(None);
                continue;
            }
            places.push(Some(citations.len()));
            let (relation, rule) = self.relation(title.span, reading);
            let issuer = self.issuer(title.span, reading, previous);
            citations.push(CitationMention {
                span: title.span,
                title: Some(title.inner).filter(|_| !is_number),
                number,
                issuer,
                cue: reading.map(|reading| reading.cue),
                relation,
                rule,
                part: self.document.part_at(title.span),
                nested_in: None,
                is_implicit: false,
                is_inherited: false,
                aliases: self.aliases(end),
                carried: None,
            });
            previous = Some(Previous { end, reading });
        }
        citations
    }

    /// Whether angle brackets stand for round ones: 市住建局〈市人防办〉.
    fn is_remark(&self, title: &Bracketed) -> bool {
        let words = title.inner.of(self.text);
        title.span.of(self.text).starts_with('〈') && self.register.is_agency_name(words)
    }

    /// Whether a title is that of a form to be filled in, signed or issued (《不动产权证书》, 《…买卖合同》): paper,
    /// no work of policy. One that names its region or is followed or carried out is a work.
    fn is_form(&self, title: Span, reading: Option<Reading<'_>>) -> bool {
        const FORMS: [&str; 18] = [
            "合同",
            "证书",
            "证",
            "认购协议",
            "出售协议",
            "买卖协议",
            "申请书",
            "申请表",
            "登记表",
            "审批表",
            "承诺书",
            "委托书",
            "通知单",
            "回执",
            "收据",
            "发票",
            "申报表",
            "信息表",
        ];
        let words = title.of(self.text).trim();
        let governed = reading
            .is_some_and(|reading| reading.relation != Relation::Mentions && reading.relation != Relation::Produces);
        let is_form = FORMS.iter().any(|form| words.ends_with(form));
        let is_paper = words.ends_with('证') || words.ends_with("证书");
        is_form && !governed && (is_paper || self.register.regions.find(words, None).is_none())
    }

    /// The cue that governs a title: the one before it, the one that its list shares, or a stronger one behind.
    fn read<'a>(
        &'a self,
        title: Span,
        after: Option<Reading<'a>>,
        previous: Option<Previous<'a>>,
    ) -> Option<Reading<'a>> {
        let from = previous.map_or(0, |previous| previous.end);
        let before = self.cues.before(from, title).or_else(|| {
            let previous = previous.filter(|previous| self.is_list(previous.end, title.start as usize))?;
            previous.reading
        });
        let before = before.or_else(|| self.under_label(title, previous));
        match (before, after) {
            // 根据《甲》,现发布某某: what the text carries is named behind 现发布, not in the title.
            (Some(before), Some(after)) if after.relation.carries() && is_ground(before.relation) => Some(before),
            (Some(before), Some(after)) if after.rank > before.rank => Some(after),
            (Some(before), _) => Some(before),
            (None, after) => after,
        }
    }

    /// What a label says of the titles that are listed under it.
    fn under_label<'a>(&'a self, title: Span, previous: Option<Previous<'a>>) -> Option<Reading<'a>> {
        const RULE: &str = "label.ground";
        let said = |cue: Span| Reading { relation: Relation::BasedOn, rule: RULE, cue, rank: 3 };
        self.label(title).or_else(|| self.cell(title)).map(said).or_else(|| {
            let reading = previous.filter(|previous| self.is_next_item(previous.end, title.start as usize))?.reading?;
            Some(reading).filter(|reading| reading.rule == RULE)
        })
    }

    /// Whether the words between two titles only join them: 、 和 以及, with an issuer perhaps.
    fn is_list(&self, from: usize, to: usize) -> bool {
        const JOINS: [&str; 8] = ["、", "和", "及", "与", "以及", "或", "并", ",和"];
        let between = self.text.get(from..to).unwrap_or("\n").trim();
        let short = between.chars().nth(30).is_none();
        between.is_empty()
            || (short
                && !between.contains(['。', ';', ',', ':', '\n'])
                && JOINS.iter().any(|join| between.starts_with(join)))
            || is_adopted(between)
    }

    /// What stands behind each title, or behind the list that it stands in. O(titles): from the last to the first,
    /// those of a list have what the next of it has.
    fn behind(&self) -> Vec<Option<Reading<'_>>> {
        let mut behind = vec![None; self.titles.len()];
        let mut next: Option<(usize, Option<Reading<'_>>)> = None;
        for (index, title) in self.titles.iter().enumerate().rev().filter(|(_, title)| title.parent.is_none()) {
            let end = self.mention_end(title.span, self.number_beside(title.span).as_ref());
            let listed = next.filter(|(start, _)| self.is_list(end, *start));
            behind[index] = listed.map_or_else(|| self.cues.after(end, self.next_title(end)), |(_, reading)| reading);
            next = Some((title.span.start as usize, behind[index]));
        }
        behind
    }

    fn next_title(&self, from: usize) -> usize {
        let next = self.titles.partition_point(|title| (title.span.start as usize) < from);
        self.titles.get(next).map_or(self.text.len(), |title| title.span.start as usize)
    }

    /// The issuer named between the cue (or the title before) and this title.
    fn issuer(&self, title: Span, reading: Option<Reading<'_>>, previous: Option<Previous<'_>>) -> Option<Span> {
        let sentence = self.sentences.start(title.start as usize);
        let farthest = before(self.text, title.start as usize, LONGEST_ISSUERS);
        let cue = reading.filter(|reading| reading.cue.end <= title.start).map(|reading| reading.cue.end as usize);
        let previous = previous.map(|previous| previous.end);
        let from = [Some(sentence), Some(farthest), cue, previous].into_iter().flatten().max()?;
        let words = self.text.get(from..title.start as usize)?;
        let clause = words.rfind([',', ':']).map_or(0, |at| at + 1);
        let start = from
            + clause
            + (words[clause..].len() - words[clause..].trim_start_matches([' ', '、', '和', '及', '与']).len());
        let mut name = &self.text[start..title.start as usize];
        for tail in ["联合印发的", "印发的", "发布的", "出台的", "制定的", "下发的", "颁布的", "公布的", "的", "关于"]
        {
            name = name.strip_suffix(tail).unwrap_or(name);
        }
        let name = without_count(name.trim_end());
        let good = !name.is_empty() && name.split('、').all(|part| self.register.is_agency_name(part));
        good.then(|| Span::new(start, start + name.len()))
    }

    /// Names that 以下简称 gives to a mention which ends at `end`: in brackets of their own, or behind the number in
    /// its brackets, (国发〔2004〕20号,以下简称《决定》).
    fn aliases(&self, end: usize) -> Vec<Span> {
        let rest = &self.text[end..];
        let goes_on = rest.starts_with([',', ';']);
        let behind = rest.trim_start_matches([' ', ')', ',']);
        let (remark, is_beside) = match behind.strip_prefix('(') {
            Some(remark) => (remark, false),
            None => (rest, goes_on),
        };
        let start = self.text.len() - remark.len();
        let inner = up_to(remark, ')', LONGEST_REMARK).filter(|inner| !is_beside || !inner.contains(['(', '。']));
        let Some(inner) = inner.filter(|_| is_beside || behind.starts_with('(')) else { return Vec::new() };
        let Some(at) = ["以下简称", "下称", "简称"].iter().find_map(|word| inner.find(word).map(|at| at + word.len()))
        else {
            return Vec::new();
        };
        let name = inner[at..].trim_matches(|c: char| "《》〈〉“”\"'‘’ :为".contains(c));
        let offset = start + at + inner[at..].find(name).unwrap_or(0);
        if name.is_empty() { Vec::new() } else { vec![Span::new(offset, offset + name.len())] }
    }

    /// A title inside a title.
    fn nested(&self, title: &Bracketed, outer: usize, citations: &[CitationMention]) -> CitationMention {
        let enclosing = &citations[outer];
        let before = &self.text[enclosing.span.start as usize..title.span.start as usize];
        let carried = carried_by(before);
        let acts = ["落实", "贯彻", "实施", "执行"].iter().any(|verb| before.trim_end().ends_with(verb));
        let inherits = carried.is_some() || (acts && enclosing.relation == Relation::Implements);
        CitationMention {
            span: title.span,
            title: Some(title.inner),
            number: None,
            issuer: None,
            cue: enclosing.cue.filter(|_| inherits),
            relation: if inherits { enclosing.relation } else { Relation::Mentions },
            rule: if inherits { "citation.nested.inherited" } else { "citation.nested.plain" },
            part: enclosing.part,
            nested_in: Some(outer),
            is_implicit: false,
            is_inherited: inherits,
            aliases: Vec::new(),
            carried,
        }
    }
}

/// Whether the words between two titles of a list tell when and by whom the second was adopted: ,1987年4月1日国务院
/// 发布的.
fn is_adopted(between: &str) -> bool {
    const LONGEST: usize = 60;
    const VERBS: [&str; 6] = ["发布的", "公布的", "颁布的", "批准的", "通过的", "印发的"];
    let dated = between.trim_start_matches(['、', ',', '和', '及', ' ']).trim_start_matches("以及");
    between.starts_with(['、', ',', '和', '及', '以'])
        && dated.starts_with(|c: char| c.is_ascii_digit())
        && dated.chars().nth(LONGEST).is_none()
        && !dated.contains(['。', ';', ':', '\n', '《'])
        && VERBS.iter().any(|verb| dated.ends_with(verb))
}

/// The words of `text` before the first `close`, where it stands within `most` characters.
pub(super) fn up_to(text: &str, close: char, most: usize) -> Option<&str> {
    text.char_indices().take(most + 1).find(|(_, c)| *c == close).map(|(at, _)| &text[..at])
}

/// 印发, 转发, 发布, 公布, 颁布 right before a nested title: the enclosing work carries it.
fn carried_by(before: &str) -> Option<Relation> {
    let before = before.trim_end();
    let before = before.strip_suffix('了').unwrap_or(before);
    let verb = ["印发", "转发", "发布", "公布", "颁布"].into_iter().find(|verb| before.ends_with(verb))?;
    Some(if verb == "转发" { Relation::Forwards } else { Relation::Promulgates })
}
