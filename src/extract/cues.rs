//! The cues of a text, and what they say about the titles among them.

use super::sentences::Sentences;
use crate::{
    model::{Relation, Span},
    register::{Cue, CuePlace},
};

/// A cue governs a title over no more characters than this: 贯彻落实某部门印发的《…》.
const FARTHEST: usize = 48;

/// And over no more than this where the words between name who issued it.
const FARTHEST_ISSUERS: usize = 120;

/// The farthest and the cue itself, in bytes.
const REACH: usize = 4 * (FARTHEST_ISSUERS + 24);

/// All cues of a text, by place.
pub(super) struct CueIndex<'a> {
    sentences: &'a Sentences<'a>,
    cues: &'a [(Span, &'a Cue)],
    /// Those behind a title that say that it is carried: 现印发给你们.
    carrying: Vec<(Span, &'a Cue)>,
}

/// What the words around a title say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    pub(super) relation: Relation,
    pub(super) rule: &'a str,
    pub(super) cue: Span,
    pub(super) rank: u8,
}

impl<'a> CueIndex<'a> {
    pub(super) fn new(cues: &'a [(Span, &'a Cue)], sentences: &'a Sentences<'a>) -> Self {
        let carries = |(_, cue): &&(Span, &Cue)| cue.place == CuePlace::After && cue.relation.carries();
        let carrying = cues.iter().filter(carries).copied().collect();
        Self { sentences, cues, carrying }
    }

    /// The last cue before a title, from `from` on, in its clause.
    pub(super) fn before(&self, from: usize, title: Span) -> Option<Reading<'a>> {
        let text = self.sentences.text();
        let to = title.start as usize;
        let start = from.max(self.sentences.start(to)).max(to.saturating_sub(REACH));
        let cues = within(self.cues, start, to).rev();
        let governs = |(span, cue): &&(Span, &'a Cue)| {
            // 某部门印发的《…》, 新修订的《…》: the verb only tells which one it is; what governs stands before it.
            let names_text = cue.relation.carries() || matches!(cue.relation, Relation::Amends | Relation::Mentions);
            let is_attribute = names_text && text[span.end as usize..].starts_with('的');
            // 实施细则, 实施办法: part of a name.
            let is_name = cue.words.ends_with("实施")
                && ["细则", "办法", "方案", "意见", "规定", "条例", "规划", "计划", "纲要"]
                    .iter()
                    .any(|kind| text[span.end as usize..to].starts_with(kind));
            cue.place == CuePlace::Before && !is_attribute && !is_name
        };
        let (span, cue) = cues.into_iter().find(governs)?;
        let between = &text[span.end as usize..to];
        let farthest = if is_issued_by(between) { FARTHEST_ISSUERS } else { FARTHEST };
        let is_far = between.contains([',', ':']) || between.chars().nth(farthest).is_some() || ends_item(between);
        if is_far {
            return None;
        }
        Some(Reading { relation: self.unless_negated(*span, cue), rule: &cue.rule, cue: *span, rank: cue.rank })
    }

    /// The first cue behind a title (and the list that it stands in, which ends at `end`). Frames such as
    /// 现印发给你们 reach to the end of the sentence, other cues to the end of the clause.
    pub(super) fn after(&self, end: usize, next_title: usize) -> Option<Reading<'a>> {
        let text = self.sentences.text();
        let sentence = self.sentences.end(end).min(next_title);
        let clause = self.sentences.clause_end(end).min(next_title);
        let reaches = |(span, cue): &&(Span, &'a Cue)| {
            // 废止 alone says it of the title only where it stands right behind it.
            let farthest = match cue.relation {
                Relation::Repeals if span.len() <= "废止".len() => 4,
                // And 精神 only there: 《意见》倡导弘扬科学家精神.
                Relation::Implements if cue.words == "精神" => 4,
                // 将《…》第一条“…”、第二条“…”有关政策期限延长至: what is extended is spelt out between.
                Relation::ExtendsValidityOf => FARTHEST_ISSUERS,
                _ => FARTHEST,
            };
            let near = text[end..span.start as usize].chars().nth(farthest).is_none();
            cue.place == CuePlace::After && !cue.relation.carries() && near
        };
        let near = within(self.cues, end, clause.min(end + REACH)).filter(reaches);
        let cues = near.chain(within(&self.carrying, end, sentence));
        let (span, cue) = cues.max_by_key(|(span, cue)| (cue.rank, std::cmp::Reverse(span.start)))?;
        Some(Reading { relation: cue.relation, rule: &cue.rule, cue: *span, rank: cue.rank })
    }

    /// Whether the sentence that holds a title says that what it names is carried (现印发给你们), or the next one
    /// begins with that: …制定了《…》。现印发给你们.
    pub(super) fn carrying(&self, title: Span) -> Option<Relation> {
        /// So near to its start, in bytes, a sentence begins with a word.
        const BEGINNING: usize = 24;
        let at = title.start as usize;
        let end = self.sentences.end(at);
        let said = within(&self.carrying, self.sentences.start(at), end).next();
        let next = self.sentences.text()[end..].starts_with('。').then_some(end + '。'.len_utf8());
        let said = said.or_else(|| within(&self.carrying, next?, next? + BEGINNING).next());
        said.map(|(_, cue)| cue.relation)
    }

    /// A cue behind 不, 未, 尚未 says nothing.
    fn unless_negated(&self, span: Span, cue: &Cue) -> Relation {
        let before = &self.sentences.text()[..span.start as usize];
        let is_negated = ["不", "未", "不再", "无需", "没有"].iter().any(|word| before.ends_with(word));
        if is_negated { Relation::Mentions } else { cue.relation }
    }
}

/// Whether the words between a cue and a title name who issued it: 根据某部、某委、某署联合印发的《…》.
fn is_issued_by(between: &str) -> bool {
    ["印发的", "发布的", "制定的", "公布的", "出台的", "下发的"].iter().any(|verb| between.trim_end().ends_with(verb))
}

/// Whether words between a cue and a title end what the cue speaks of: a bracket closes that opened before it, or
/// the next item of a list begins (7., 第七条).
fn ends_item(between: &str) -> bool {
    let mut depth = 0i32;
    let mut previous = ' ';
    for (at, c) in between.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '.' if previous.is_ascii_digit() => return true,
            '条' if between[..at].contains('第') => return true,
            _ => (),
        }
        if depth < 0 {
            return true;
        }
        previous = c;
    }
    false
}

/// The cues that lie between two places. O(log cues) to the first.
pub(super) fn within<'a, 'c>(
    cues: &'c [(Span, &'a Cue)],
    start: usize,
    end: usize,
) -> impl DoubleEndedIterator<Item = &'c (Span, &'a Cue)> {
    let from = cues.partition_point(|(span, _)| (span.start as usize) < start);
    let to = cues.partition_point(|(span, _)| (span.start as usize) < end);
    cues[from.min(to)..to].iter().filter(move |(span, _)| span.end as usize <= end)
}
