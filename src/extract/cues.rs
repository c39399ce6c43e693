//! The cues of a text, and what they say about the titles among them.

use super::sentences::{clause_end, sentence_end, sentence_start};
use crate::{
    model::{Relation, Span},
    register::{Cue, CuePlace, Register},
};

/// A cue governs a title over no more characters than this: 贯彻落实某部门印发的《…》.
const FARTHEST: usize = 48;

/// All cues of a text, by place.
pub(super) struct CueIndex<'a> {
    text: &'a str,
    cues: Vec<(Span, &'a Cue)>,
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
    pub(super) fn new(register: &'a Register, text: &'a str) -> Self {
        Self { text, cues: register.cues.find_all(text) }
    }

    fn within(&self, start: usize, end: usize) -> impl DoubleEndedIterator<Item = &(Span, &'a Cue)> {
        let from = self.cues.partition_point(|(span, _)| (span.start as usize) < start);
        let to = self.cues.partition_point(|(span, _)| (span.start as usize) < end);
        self.cues[from.min(to)..to].iter().filter(move |(span, _)| span.end as usize <= end)
    }

    /// The last cue before a title, from `from` on, in its clause.
    pub(super) fn before(&self, from: usize, title: Span) -> Option<Reading<'a>> {
        let start = from.max(sentence_start(self.text, title.start as usize));
        let cues = self.within(start, title.start as usize).rev();
        let governs = |(span, cue): &&(Span, &'a Cue)| {
            // 某部门印发的《…》: the verb only tells whose it is; what governs stands before it.
            let is_attribute = cue.relation.carries() && self.text[span.end as usize..].starts_with('的');
            cue.place == CuePlace::Before && !is_attribute
        };
        let (span, cue) = cues.into_iter().find(governs)?;
        let between = &self.text[span.end as usize..title.start as usize];
        let is_far = between.contains([',', ':']) || between.chars().nth(FARTHEST).is_some();
        if is_far {
            return None;
        }
        Some(Reading { relation: self.unless_negated(*span, cue), rule: &cue.rule, cue: *span, rank: cue.rank })
    }

    /// The first cue behind a title (and the list that it stands in, which ends at `end`). Frames such as
    /// 现印发给你们 reach to the end of the sentence, other cues to the end of the clause.
    pub(super) fn after(&self, end: usize, next_title: usize) -> Option<Reading<'a>> {
        let sentence = sentence_end(self.text, end).min(next_title);
        let clause = clause_end(self.text, end).min(next_title);
        let reaches = |(span, cue): &&(Span, &'a Cue)| {
            let limit = if cue.relation.carries() { sentence } else { clause };
            // 废止 alone says it of the title only where it stands right behind it.
            let farthest = if span.len() <= "废止".len() && cue.relation == Relation::Repeals { 4 } else { FARTHEST };
            let near = self.text[end..span.start as usize].chars().nth(farthest).is_none();
            cue.place == CuePlace::After && span.end as usize <= limit && (near || cue.relation.carries())
        };
        let cues = self.within(end, sentence).filter(reaches);
        let (span, cue) = cues.max_by_key(|(span, cue)| (cue.rank, std::cmp::Reverse(span.start)))?;
        Some(Reading { relation: cue.relation, rule: &cue.rule, cue: *span, rank: cue.rank })
    }

    /// Whether the sentence that holds `at` says that what it names is carried: 现印发给你们.
    pub(super) fn carrying(&self, at: usize) -> Option<Relation> {
        let start = sentence_start(self.text, at);
        let end = sentence_end(self.text, at);
        self.within(start, end)
            .find(|(_, cue)| cue.place == CuePlace::After && cue.relation.carries())
            .map(|(_, cue)| cue.relation)
    }

    /// A cue behind 不, 未, 尚未 says nothing.
    fn unless_negated(&self, span: Span, cue: &Cue) -> Relation {
        let before = &self.text[..span.start as usize];
        let is_negated = ["不", "未", "不再", "无需", "没有"].iter().any(|word| before.ends_with(word));
        if is_negated { Relation::Mentions } else { cue.relation }
    }
}
