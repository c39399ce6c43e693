//! 文种 and forms of documents; laws by their short names.

use super::table::{RegisterError, Tables};
use std::collections::BTreeMap;

/// No kind is longer, in characters.
const LONGEST: usize = 16;

/// 文种 (the 15 statutory kinds) and 公文形式 (functional forms).
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    statutory: Vec<String>,
    functional: BTreeMap<String, Option<String>>,
}

impl Kinds {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut kinds = Self::default();
        for row in tables.rows("kinds.csv", &["axis", "name"])? {
            let name = row.required("name")?.to_owned();
            match row.required("axis")? {
                "statutory" => kinds.statutory.push(name),
                "functional" => {
                    let broader = Some(row.get("broader")?.to_owned()).filter(|broader| !broader.is_empty());
                    kinds.functional.insert(name, broader);
                }
                other => return Err(row.wrong(format!("axis 应为 statutory 或 functional, 不是 {other}"))),
            }
        }
        Ok(kinds)
    }

    /// The statutory kind that a title ends with.
    #[must_use]
    pub fn statutory_at_end(&self, title: &str) -> Option<&str> {
        let found = self.statutory.iter().filter(|kind| title.ends_with(kind.as_str()));
        found.max_by_key(|kind| kind.len()).map(String::as_str)
    }

    /// The functional form that a title ends with, the longest.
    #[must_use]
    pub fn functional_at_end(&self, title: &str) -> Option<&str> {
        let mut starts = title.char_indices().skip(title.chars().count().saturating_sub(LONGEST));
        let found = starts.find_map(|(at, _)| self.functional.get_key_value(&title[at..]));
        found.map(|(form, _)| form.as_str())
    }

    /// Whether `words` are a kind or form and no more.
    #[must_use]
    pub fn is_kind(&self, words: &str) -> bool {
        self.functional.contains_key(words) || self.statutory.iter().any(|kind| kind == words)
    }

    /// All kinds and forms that a title ends with and is not.
    #[must_use]
    pub fn at_end<'a>(&'a self, title: &str) -> Vec<&'a str> {
        let ends = title.char_indices().rev().take(LONGEST).filter(|(at, _)| *at > 0);
        let kind = |end: &str| {
            let statutory = self.statutory.iter().find(|kind| *kind == end).map(String::as_str);
            statutory.or_else(|| self.functional.get_key_value(end).map(|(form, _)| form.as_str()))
        };
        ends.filter_map(|(at, _)| kind(&title[at..])).collect()
    }

    /// The statutory kinds.
    pub fn statutory(&self) -> impl Iterator<Item = &str> {
        self.statutory.iter().map(String::as_str)
    }

    /// The functional forms.
    pub fn functional(&self) -> impl Iterator<Item = &str> {
        self.functional.keys().map(String::as_str)
    }
}

/// 法律法规 (laws and regulations of the state) by title and short name.
#[derive(Clone, Debug, Default)]
pub struct Laws {
    by_name: BTreeMap<String, String>,
}

impl Laws {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut by_name = BTreeMap::new();
        for row in tables.rows("laws.csv", &["title"])? {
            let title = row.required("title")?.to_owned();
            for short in row.list("short_names")? {
                by_name.entry(short).or_insert_with(|| title.clone());
            }
            by_name.insert(title.clone(), title);
        }
        Ok(Self { by_name })
    }

    /// The full title of a law's title or short name.
    #[must_use]
    pub fn title_of(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(String::as_str)
    }

    /// Titles and short names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
