//! 引用提示语 (cues): the words before and after a cited title that tell the relation.

use super::{
    table::{RegisterError, Tables},
    word_set::WordSet,
};
use crate::model::{Relation, Span};

/// Where a cue stands with respect to the title.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CuePlace {
    /// Before it, in the same clause: 贯彻落实《…》.
    Before,
    /// Behind it, in the same clause: 《…》同时废止.
    After,
}

/// A cue.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub place: CuePlace,
    /// What they say.
    pub relation: Relation,
    /// A cue of a higher rank wins over another on the other side of the title.
    pub rank: u8,
    /// The rule's name in the record.
    pub rule: String,
}

/// All cues.
#[derive(Clone, Debug)]
pub struct Cues {
    rows: Vec<Cue>,
    /// For each row those with the same words, itself among them.
    alike: Vec<Vec<usize>>,
    finder: WordSet,
}

impl Cues {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut rows = Vec::new();
        for row in tables.rows("cues.csv", &["cue", "place"])? {
            let place = match row.required("place")? {
                "before" => CuePlace::Before,
                "after" => CuePlace::After,
                other => return Err(row.wrong(format!("place 应为 before 或 after, 不是 {other}"))),
            };
            let relation = row.required("relation")?;
            let relation = Relation::parse(relation)
                .ok_or_else(|| row.wrong(format!("关系不在十三种之内 (unknown relation): {relation}")))?;
            let rank = row.required("rank")?;
            rows.push(Cue {
                words: row.required("cue")?.to_owned(),
                rank: rank.parse().map_err(|_| row.wrong(format!("rank 应为 1 至 9, 不是 {rank}")))?,
                rule: row.required("rule")?.to_owned(),
                place,
                relation,
            });
        }
        let finder = WordSet::new(rows.iter().map(|cue| cue.words.as_str()));
        let alike = |cue: &Cue| (0..rows.len()).filter(|&row| rows[row].words == cue.words).collect();
        let alike = rows.iter().map(alike).collect();
        Ok(Self { rows, alike, finder })
    }

    /// Every cue in `text` from left to right, the longest at each place. A word that is a cue both
    /// before and behind a title comes once for each. O(length of the text).
    #[must_use]
    pub fn find_all(&self, text: &str) -> Vec<(Span, &Cue)> {
        let mut found = Vec::new();
        for (span, hit) in self.finder.find(text) {
            found.extend(self.alike[hit].iter().map(|&row| (span, &self.rows[row])));
        }
        found
    }
}
