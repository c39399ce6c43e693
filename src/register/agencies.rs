//! 机构名录: national bodies by all their names, and how local bodies are shortened.

use super::{
    table::{RegisterError, Row, Tables},
    word_set::WordSet,
};
use std::collections::{BTreeMap, BTreeSet};

/// A national body.
#[derive(Clone, Debug)]
pub struct AgencyRow {
    /// Full name.
    pub name: String,
    /// party, government, court, procuratorate, congress, consultative, mass, institution.
    pub kind: String,
    /// The body that took its place, where it is abolished.
    pub successor: Option<String>,
}

/// How the agency part of a local body's name is shortened: 市场监管局 for 市场监督管理局.
#[derive(Clone, Debug)]
pub struct AgencySuffix {
    /// As it is shortened.
    pub short: String,
    /// In full.
    pub full: String,
    /// party, government, court, procuratorate, congress, mass, institution.
    pub kind: String,
    /// The full name with `{region}` and `{place}` (the region's short name) in it, where it is no mere
    /// joining of the two: 中国国际贸易促进委员会{region}分会.
    pub pattern: Option<String>,
}

/// The names of agencies.
#[derive(Clone, Debug)]
pub struct Agencies {
    by_name: BTreeMap<String, AgencyRow>,
    names: WordSet,
    suffixes: BTreeMap<String, AgencySuffix>,
    /// The characters that suffixes end with, in order.
    last_characters: Vec<char>,
    /// Characters of the longest suffix.
    longest: usize,
}

impl Agencies {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut by_name: BTreeMap<String, AgencyRow> = BTreeMap::new();
        let rows = tables.rows("agencies.csv", &["name"])?;
        let full_names: Vec<&str> = rows.iter().map(|row| row.required("name")).collect::<Result<_, _>>()?;
        for row in &rows {
            let agency = AgencyRow {
                name: row.required("name")?.to_owned(),
                kind: row.required("kind")?.to_owned(),
                successor: Some(row.get("successor")?.to_owned()).filter(|name| !name.is_empty()),
            };
            for short in row.list("short_names")? {
                // A full name wins over another body's short name.
                if !full_names.contains(&short.as_str()) {
                    by_name.entry(short).or_insert_with(|| agency.clone());
                }
            }
            by_name.insert(agency.name.clone(), agency);
        }
        let suffix = |row: Row| -> Result<(String, AgencySuffix), RegisterError> {
            let suffix = AgencySuffix {
                short: row.required("short")?.to_owned(),
                full: row.required("full")?.to_owned(),
                kind: row.required("kind")?.to_owned(),
                pattern: Some(row.get("pattern")?.to_owned()).filter(|pattern| !pattern.is_empty()),
            };
            Ok((suffix.short.clone(), suffix))
        };
        let suffixes: BTreeMap<String, AgencySuffix> =
            tables.rows("agency_suffixes.csv", &["short"])?.into_iter().map(suffix).collect::<Result<_, _>>()?;
        let last: BTreeSet<char> = suffixes.keys().filter_map(|short| short.chars().next_back()).collect();
        let longest = suffixes.keys().map(|short| short.chars().count()).max().unwrap_or(0);
        let names = WordSet::new(by_name.keys().map(String::as_str));
        Ok(Self { by_name, names, suffixes, last_characters: last.into_iter().collect(), longest })
    }

    /// The national body of a full or short name.
    #[must_use]
    pub fn national(&self, name: &str) -> Option<&AgencyRow> {
        self.by_name.get(name)
    }

    /// The national body whose name `text` starts with, the longest, and how long the name is in bytes.
    #[must_use]
    pub fn national_at_start(&self, text: &str) -> Option<(&AgencyRow, usize)> {
        let (name, _) = self.names.at_start(text).next()?;
        Some((self.by_name.get(name)?, name.len()))
    }

    /// The longest shortened form that `name` ends with. Forms of party organs and those with a pattern
    /// count only where they are the whole name: 委 of 市委, not of 市农业农村委.
    #[must_use]
    pub fn suffix_of(&self, name: &str) -> Option<&AgencySuffix> {
        // Most words that are asked about end as no organ does.
        self.last_characters.binary_search(&name.chars().next_back()?).ok()?;
        let whole_only = |suffix: &AgencySuffix| suffix.kind == "party" || suffix.pattern.is_some();
        let longest = name.char_indices().rev().take(self.longest).last().map_or(0, |(at, _)| at);
        name[longest..]
            .char_indices()
            .map(|(at, c)| (longest + at, c))
            .find_map(|(at, _)| self.suffixes.get(&name[at..]).filter(|suffix| at == 0 || !whole_only(suffix)))
    }

    /// Whether a shortened or full form starts with `words`: 公安 of 公安局.
    #[must_use]
    pub fn has_suffix_starting(&self, words: &str) -> bool {
        self.suffixes.values().any(|suffix| suffix.short.starts_with(words) || suffix.full.starts_with(words))
    }

    /// How often `text` names bodies that only the state has: 国务院, 国家…局, …部.
    #[must_use]
    pub fn count_national(&self, text: &str) -> usize {
        let starts = [
            "国务院",
            "国家",
            "中共中央",
            "商务部",
            "财政部",
            "教育部",
            "公安部",
            "司法部",
            "人力资源社会保障部",
            "生态环境部",
            "住房城乡建设部",
            "交通运输部",
            "水利部",
            "农业农村部",
            "文化和旅游部",
            "海关总署",
            "税务总局",
            "市场监管总局",
            "工业和信息化部",
            "科技部",
        ];
        starts.iter().map(|start| text.matches(start).count()).sum()
    }

    /// How names of local bodies are shortened, in order.
    pub fn suffixes(&self) -> impl Iterator<Item = &AgencySuffix> {
        self.suffixes.values()
    }

    /// All names of national bodies, full and short.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
