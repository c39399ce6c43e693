//! 分面 (facets): by what results can be narrowed, and how many there are of each value.

use super::{SearchError, schema::Fields};
use std::collections::{BTreeMap, BTreeSet};
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::StrColumn,
};

/// 分面 (a facet).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Facet {
    /// 行政层级.
    Level,
    /// 地区, by GB/T 2260 code; what lies within a region counts as of it.
    Region,
    /// 文种.
    Kind,
    /// 公文形式.
    Form,
    /// 发文机关, by full name.
    Issuer,
    /// 年份.
    Year,
    /// 有文 or 缺文.
    Status,
}

impl Facet {
    /// Every facet, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Level, Self::Region, Self::Kind, Self::Form, Self::Issuer, Self::Year, Self::Status];

    /// Its name in addresses and options.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Region => "region",
            Self::Kind => "kind",
            Self::Form => "form",
            Self::Issuer => "issuer",
            Self::Year => "year",
            Self::Status => "status",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Level => "层级",
            Self::Region => "地区",
            Self::Kind => "文种",
            Self::Form => "形式",
            Self::Issuer => "发文机关",
            Self::Year => "年份",
            Self::Status => "文本",
        }
    }

    /// The facet of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }

    /// What it may be, where that is a closed list; else nothing.
    #[must_use]
    pub fn known(self) -> &'static [&'static str] {
        match self {
            Self::Level => &["international", "national", "province", "prefecture", "county", "unknownLevel"],
            Self::Status => &["held", "stub"],
            _ => &[],
        }
    }
}

/// What results must have: of each facet named, one of the values.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Filters(BTreeMap<Facet, BTreeSet<String>>);

impl Filters {
    /// Asks for one more value of a facet; results may have any of those asked for.
    ///
    /// # Errors
    /// When the facet has no such value.
    pub fn ask(&mut self, facet: Facet, value: &str) -> Result<(), SearchError> {
        let known = facet.known();
        if !known.is_empty() && !known.contains(&value) {
            return Err(SearchError::Value { facet: facet.name(), value: value.to_owned(), known: known.join(" ") });
        }
        self.0.entry(facet).or_default().insert(value.to_owned());
        Ok(())
    }

    /// The values asked for of a facet, in order.
    pub fn of(&self, facet: Facet) -> impl Iterator<Item = &str> {
        self.0.get(&facet).into_iter().flatten().map(String::as_str)
    }

    /// Every value asked for.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.0.iter().flat_map(|(facet, values)| values.iter().map(|value| (*facet, value.as_str())))
    }

    /// Whether any value is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The facets of which values are asked for.
    pub(super) fn facets(&self) -> impl Iterator<Item = Facet> {
        self.0.keys().copied()
    }

    /// The filters with a value more, or without it where it is asked for.
    #[must_use]
    pub fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut filters = self.clone();
        let values = filters.0.entry(facet).or_default();
        if !values.remove(value) {
            values.insert(value.to_owned());
        }
        filters.0.retain(|_, values| !values.is_empty());
        filters
    }

    /// The filters without those of one facet.
    #[must_use]
    pub fn without(&self, facet: Facet) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(other, _)| **other != facet)
                .map(|(facet, values)| (*facet, values.clone()))
                .collect(),
        )
    }
}

/// How many results have each value of a facet.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    /// Value → how many, were it the only one asked for of this facet.
    pub values: BTreeMap<String, usize>,
    /// How many have none.
    pub none: usize,
}

/// Counts the values of some facets.
pub(super) struct Counting<'a> {
    pub(super) fields: &'a Fields,
    pub(super) facets: Vec<Facet>,
}

impl Collector for Counting<'_> {
    type Fruit = BTreeMap<Facet, Counts>;
    type Child = SegmentCounts;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounts> {
        let column = |facet: &Facet| {
            let column = segment.fast_fields().str(self.fields.schema.get_field_name(self.fields.facet(*facet)))?;
            let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
            Ok(SegmentCount { facet: *facet, column, counts, none: 0 })
        };
        Ok(SegmentCounts(self.facets.iter().map(column).collect::<tantivy::Result<_>>()?))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut merged: Self::Fruit = self.facets.iter().map(|facet| (*facet, Counts::default())).collect();
        for (facet, counts) in segments.into_iter().flatten() {
            let sum = merged.entry(facet).or_default();
            sum.none += counts.none;
            for (value, count) in counts.values {
                *sum.values.entry(value).or_default() += count;
            }
        }
        Ok(merged)
    }
}

struct SegmentCount {
    facet: Facet,
    column: Option<StrColumn>,
    counts: Vec<usize>,
    none: usize,
}

pub(super) struct SegmentCounts(Vec<SegmentCount>);

impl SegmentCollector for SegmentCounts {
    type Fruit = BTreeMap<Facet, Counts>;

    fn collect(&mut self, document: DocId, _: Score) {
        for SegmentCount { column, counts, none, .. } in &mut self.0 {
            let mut has_value = false;
            for ordinal in column.iter().flat_map(|column| column.term_ords(document)) {
                has_value = true;
                if let Some(count) = usize::try_from(ordinal).ok().and_then(|at| counts.get_mut(at)) {
                    *count += 1;
                }
            }
            *none += usize::from(!has_value);
        }
    }

    fn harvest(self) -> Self::Fruit {
        let counts = |SegmentCount { column, counts, none, facet }: SegmentCount| {
            let mut values = BTreeMap::new();
            for (ordinal, count) in counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let mut value = String::new();
                // A column that names no value of its own has none to tell.
                let known = column.as_ref().map(|column| column.ord_to_str(ordinal as u64, &mut value));
                if matches!(known, Some(Ok(true))) {
                    values.insert(value, count);
                }
            }
            (facet, Counts { values, none })
        };
        self.0.into_iter().map(counts).collect()
    }
}
