//! Which relations a walk follows.

use crate::model::Relation;
use std::{collections::BTreeSet, fmt, str::FromStr};

/// A choice of relations. By default those by which one policy rests on another: all but 提及 (being named
/// is no ground) and 制定 (what it is to bring forth comes after it).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Relations(BTreeSet<Relation>);

impl Relations {
    /// Every relation.
    #[must_use]
    pub fn all() -> Self {
        Self(Relation::ALL.iter().copied().collect())
    }

    /// Whether a walk follows the relation.
    #[must_use]
    pub fn contains(&self, relation: Relation) -> bool {
        self.0.contains(&relation)
    }

    /// Those chosen, in the order of the vocabulary.
    pub fn iter(&self) -> impl Iterator<Item = Relation> {
        self.0.iter().copied()
    }
}

impl Default for Relations {
    fn default() -> Self {
        let rests_on = |relation: &Relation| !matches!(relation, Relation::Mentions | Relation::Produces);
        Self(Relation::ALL.iter().copied().filter(rests_on).collect())
    }
}

impl FromIterator<Relation> for Relations {
    fn from_iter<I: IntoIterator<Item = Relation>>(relations: I) -> Self {
        Self(relations.into_iter().collect())
    }
}

/// A word that is no relation.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("没有关系 (no relation) {word}; 可用 (known): all {}", known())]
pub struct ParseRelationsError {
    /// The word.
    pub word: String,
}

fn known() -> String {
    let known: Vec<String> = Relation::ALL.iter().map(|it| format!("{}({})", it.name(), it.chinese())).collect();
    known.join(" ")
}

impl FromStr for Relations {
    type Err = ParseRelationsError;

    /// Reads `all`, or words of the extraction record, names of properties or Chinese words, with commas
    /// between them.
    ///
    /// ```
    /// use zhengmai::{lineage::Relations, model::Relation};
    /// let relations: Relations = "implements,based_on".parse()?;
    /// assert_eq!(relations, "贯彻落实、依据".parse()?);
    /// assert!(!relations.contains(Relation::RefersTo));
    /// # Ok::<(), zhengmai::lineage::ParseRelationsError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim() == "all" {
            return Ok(Self::all());
        }
        let relation = |word: &str| {
            let chinese = || Relation::ALL.iter().copied().find(|relation| relation.chinese() == word);
            Relation::parse(word).or_else(chinese).ok_or_else(|| ParseRelationsError { word: word.to_owned() })
        };
        text.split([',', '，', '、']).map(|word| relation(word.trim())).collect()
    }
}

impl fmt::Display for Relations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Relation::name).collect();
        f.write_str(&names.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_rest_on_something_is_every_relation_but_mentioning_and_producing() {
        let missing: Vec<_> =
            Relation::ALL.iter().filter(|relation| !Relations::default().contains(**relation)).collect();
        assert_eq!(missing, [&Relation::Mentions, &Relation::Produces]);
    }

    #[test]
    fn relations_are_read_by_any_of_their_names_and_an_unknown_word_is_named() {
        for (text, read) in [
            ("all", Ok(Relation::ALL.iter().copied().collect::<Relations>())),
            ("implements", Ok([Relation::Implements].into_iter().collect())),
            ("basedOn, 参照", Ok([Relation::BasedOn, Relation::RefersTo].into_iter().collect())),
            ("implement", Err(ParseRelationsError { word: "implement".to_owned() })),
            ("", Err(ParseRelationsError { word: String::new() })),
        ] {
            assert_eq!(text.parse(), read, "{text}");
        }
    }
}
