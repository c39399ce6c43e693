//! Links between works whose texts are the same, or nearly.

use super::{
    corpus::Corpus,
    counts::Change,
    facts::HeldText,
    links::{Grounds, LinkKind, Pair},
    texts::Likeness,
};
use oxrdf::NamedNode;

impl Corpus<'_> {
    /// Puts the texts of a source in or takes them out.
    pub(super) fn change_texts(&mut self, sha256: &str, texts: &[HeldText], change: Change) {
        for held in texts {
            self.texts.set(&held.work, &held.fingerprint, change, &mut self.touched.texts);
            let of_work = self.texts_of.entry(held.work.clone()).or_default();
            if change == Change::Comes {
                of_work.entry(sha256.to_owned()).or_default().push(held.clone());
            } else {
                of_work.remove(sha256);
            }
            if of_work.is_empty() {
                self.texts_of.remove(&held.work);
            }
        }
    }

    /// The works whose texts are like those of this one: mirrors that know it by another name, and copies with
    /// a slip. Works that number or title tells apart are two, however alike: last year's notice and this year's.
    pub(super) fn alike(&self, work: &NamedNode) -> Vec<(Pair, Grounds)> {
        let neighbours = self.texts.neighbours(work, self.texts(work).map(|held| &held.fingerprint));
        neighbours.into_iter().filter_map(|other| self.likeness(work, other)).collect()
    }

    fn texts(&self, work: &NamedNode) -> impl Iterator<Item = &HeldText> {
        self.texts_of.get(work).into_iter().flat_map(|texts| texts.values()).flatten()
    }

    fn likeness(&self, one: &NamedNode, other: &NamedNode) -> Option<(Pair, Grounds)> {
        let (one, other) = if one < other { (one, other) } else { (other, one) };
        let pairs = || self.texts(one).flat_map(|a| self.texts(other).map(move |b| (a, b)));
        let of = |likeness| move |(a, b): &(&HeldText, &HeldText)| a.fingerprint.likeness(&b.fingerprint) == likeness;
        let same = pairs().find(of(Likeness::Same));
        let (a, b) = same.or_else(|| pairs().find(of(Likeness::Near)))?;
        let (kind, message) = match (same, self.number_tells_apart(one, other), self.title_tells_apart(one, other)) {
            (Some(_), false, false) => (LinkKind::SameText, "同一文件: 正文逐字相同"),
            (Some(_), true, _) => (LinkKind::NearText, "正文逐字相同, 文号却有两个"),
            (Some(_), false, true) => (LinkKind::NearText, "正文逐字相同, 标题所载数字却不同"),
            (None, false, false) => (LinkKind::NearText, "正文几乎相同, 可能是同一文件的两个文本"),
            (None, ..) => return None,
        };
        // A text without any field has nothing that speaks for it but the other.
        let evidence = [a, b].into_iter().filter_map(|held| held.claim.clone()).collect();
        let grounds = Grounds { evidence, message: message.to_owned() };
        (!grounds.evidence.is_empty()).then(|| ((kind, one.clone(), other.clone()), grounds))
    }

    fn number_tells_apart(&self, one: &NamedNode, other: &NamedNode) -> bool {
        let number = |work| self.keys.first(work).filter(|key| key.starts_with("num:"));
        number(one).zip(number(other)).is_some_and(|(one, other)| one != other)
    }

    /// Whether the figures in their titles differ: years, ordinals.
    fn title_tells_apart(&self, one: &NamedNode, other: &NamedNode) -> bool {
        let figures = |title: &String| -> String {
            title.chars().filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect()
        };
        let of = |work| self.titles.first(work).map(figures);
        of(one).zip(of(other)).is_some_and(|(one, other)| one != other)
    }
}
