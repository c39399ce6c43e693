//! 总览: what is in the store, and what to try first.

use super::rows;
use crate::{
    lineage::PolicyId,
    model::Level,
    query::Row,
    serve::{error::ApiError, state::AppState},
};
use std::collections::BTreeMap;

/// What is counted: name, Chinese, English, and the pattern whose distinct `?n` are counted.
const COUNTS: &[(&str, &str, &str, &str)] = &[
    ("policies", "政策", "policies", "GRAPH ?_effective { ?n a zm:Policy }"),
    ("held", "有文的文件", "works with text", "GRAPH ?_effective { ?n a zm:PolicyDocument ; zm:status zm:held }"),
    ("stubs", "只被引用的文件", "works only cited", "GRAPH ?_effective { ?n a zm:PolicyDocument ; zm:status zm:stub }"),
    ("citations", "引用", "citations", "?n a zm:Citation"),
    ("measures", "措施", "measures", "?n a zm:Measure"),
    ("assignments", "责任分工", "assignments", "?n a zm:Assignment"),
    ("findings", "来源中的问题", "findings", "?n a zm:Finding"),
    ("sources", "来源文件", "source files", "?n a zm:SourceFile"),
];

/// What the start page says.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Overview {
    /// Name, Chinese, English, count.
    pub(in crate::serve) counts: Vec<(&'static str, &'static str, &'static str, usize)>,
    /// Level, policies, of which with a text.
    pub(in crate::serve) levels: Vec<(Level, usize, usize)>,
    pub(in crate::serve) held: Vec<HeldPolicy>,
    /// Policies that are cited and not held, by how many rest on them.
    pub(in crate::serve) wanted: Vec<(PolicyId, usize)>,
    pub(in crate::serve) conflicts: Vec<Conflict>,
}

/// A policy with a text.
#[derive(Clone, Debug)]
pub(in crate::serve) struct HeldPolicy {
    pub(in crate::serve) policy: PolicyId,
    pub(in crate::serve) date: String,
    pub(in crate::serve) file: String,
    pub(in crate::serve) issuers: Vec<String>,
}

/// Two works that may be one.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Conflict {
    pub(in crate::serve) link: String,
    pub(in crate::serve) message: String,
    pub(in crate::serve) kind: String,
    /// Numbers, where both have one.
    pub(in crate::serve) numbers: [String; 2],
}

/// How many documents the start page lists.
const LISTED: usize = 12;

/// What is in the store.
pub(in crate::serve) fn load(state: &AppState) -> Result<Overview, ApiError> {
    let mut counts = Vec::new();
    for (name, zh, en, pattern) in COUNTS {
        let rows = rows(state, &format!("SELECT (COUNT(DISTINCT ?n) AS ?count) {{ {pattern} }}"), &[])?;
        counts.push((*name, *zh, *en, rows.first().and_then(|row| row.number("count")).unwrap_or(0)));
    }
    let lineage = state.lineage();
    let mut levels: BTreeMap<u8, (Level, usize, usize)> = BTreeMap::new();
    for (_, policy) in lineage.policies() {
        let entry = levels.entry(rank(policy.level)).or_insert((policy.level, 0, 0));
        entry.1 += 1;
        entry.2 += usize::from(policy.is_held);
    }
    let gaps = lineage.gaps(&crate::lineage::Relations::default());
    Ok(Overview {
        counts,
        levels: levels.into_values().collect(),
        held: held(state)?,
        wanted: gaps.into_iter().take(8).map(|gap| (gap.policy, gap.demand)).collect(),
        conflicts: conflicts(state)?,
    })
}

/// The order in which levels are listed: from above.
pub(in crate::serve) fn rank(level: Level) -> u8 {
    match level {
        Level::International => 0,
        Level::National => 1,
        Level::Province => 2,
        Level::Prefecture => 3,
        Level::County => 4,
        Level::Unknown => 5,
    }
}

/// Policies with a text, the latest first.
fn held(state: &AppState) -> Result<Vec<HeldPolicy>, ApiError> {
    let query = format!(
        "SELECT ?policy (MAX(COALESCE(STR(?aDate), '')) AS ?date) (MIN(?aFile) AS ?file) (GROUP_CONCAT(DISTINCT ?issuer; separator='、') AS ?issuers) {{
            GRAPH ?_effective {{ ?policy a zm:Policy ; zm:status zm:held . ?work zm:memberOf ?policy ; zm:status zm:held }}
            ?text eli:realizes ?work ; eli:is_embodied_by ?source . ?source zm:fileName ?aFile .
            OPTIONAL {{ GRAPH ?_effective {{ ?work eli:date_document ?aDate }} }}
            OPTIONAL {{ GRAPH ?_effective {{ ?work eli:passed_by ?agency }} ?agency skos:prefLabel ?issuer }} }}
        GROUP BY ?policy ORDER BY DESC(?date) ?file ?policy LIMIT {LISTED}"
    );
    let policy = |row: &Row| {
        Some(HeldPolicy {
            policy: state.lineage().policy(row.node("policy")?)?,
            date: row.text("date").to_owned(),
            file: row.text("file").to_owned(),
            issuers: row.text("issuers").split('、').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        })
    };
    Ok(rows(state, &query, &[])?.iter().filter_map(policy).collect())
}

/// Links that want a look.
fn conflicts(state: &AppState) -> Result<Vec<Conflict>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?link ?kind ?message ?one ?other {{ ?link a zm:Link ; zm:linkKind ?kind ; zm:message ?message ; rdf:subject ?a ; rdf:object ?b .
            FILTER (?kind != 'alias') GRAPH ?_effective {{ ?a zm:possibleSameAs ?b . OPTIONAL {{ ?a eli:number ?one . ?b eli:number ?other }} }} }}
        ORDER BY DESC(?kind) ?link LIMIT {LISTED}"
    );
    let conflict = |row: &Row| Conflict {
        link: row.text("link").to_owned(),
        message: row.text("message").to_owned(),
        kind: row.text("kind").to_owned(),
        numbers: [row.text("one").to_owned(), row.text("other").to_owned()],
    };
    Ok(rows(state, &query, &[])?.iter().map(conflict).collect())
}
