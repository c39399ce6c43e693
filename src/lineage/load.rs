//! A lineage out of a store: one SELECT for each kind of thing, all on the effective graph, where a
//! rejected claim is not.

use super::{Lineage, Member, Policy};
use crate::{
    model::{Level, Relation},
    query::{QueryError, Row, select},
    store::Store,
};
use oxrdf::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> \
                        PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

const POLICIES: &str = "SELECT ?policy ?head ?label ?level ?status { GRAPH ?_effective {
    ?policy a zm:Policy ; zm:head ?head ; skos:prefLabel ?label ; zm:level ?level ; zm:status ?status } }";

const MEMBERS: &str = "SELECT ?policy ?work ?key ?label ?status ?number ?date { GRAPH ?_effective {
    ?work zm:memberOf ?policy ; zm:key ?key ; skos:prefLabel ?label ; zm:status ?status .
    OPTIONAL { ?work eli:number ?number } OPTIONAL { ?work eli:date_document ?date } } }";

const EDGES: &str = "SELECT ?from ?relation ?to { GRAPH ?_effective {
    ?from a zm:Policy ; ?relation ?to . ?to a zm:Policy } }";

const POSSIBLE: &str = "SELECT DISTINCT ?one ?other { GRAPH ?_effective {
    ?work zm:possibleSameAs ?variant ; zm:memberOf ?one . ?variant zm:memberOf ?other . FILTER (?one != ?other) } }";

impl Lineage {
    /// Reads the policies of a store, their members, and how they stand to each other. O(n log n) for n
    /// works and edges.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn load(store: &Store) -> Result<Self, QueryError> {
        let effective = [("_effective", Term::from(store.iris().layer("effective")))];
        let rows = |query: &str| select(store, &format!("{PREFIXES}{query}"), &effective);
        let mut members = members(&rows(MEMBERS)?);
        let policies = rows(POLICIES)?.iter().filter_map(|row| policy(row, &mut members)).collect();
        let edges = rows(EDGES)?;
        let possible = rows(POSSIBLE)?;
        let pair = |row: &Row| Some((row.node("one")?.clone(), row.node("other")?.clone()));
        Ok(Self::new(policies, edges.iter().filter_map(edge), possible.iter().filter_map(pair)))
    }
}

fn policy(row: &Row, members: &mut BTreeMap<NamedNode, BTreeMap<NamedNode, Member>>) -> Option<Policy> {
    let iri = row.node("policy")?.clone();
    let head = row.node("head")?.clone();
    let mut members: Vec<Member> = members.remove(&iri).unwrap_or_default().into_values().collect();
    members.sort_by_key(|member| member.iri != head);
    Some(Policy {
        iri,
        head,
        label: row.text("label").to_owned(),
        level: level(local(row.text("level"))),
        is_held: is_held(row),
        members,
    })
}

/// Policy → work → what is known of it. A work with two numbers or dates has several rows.
fn members(rows: &[Row]) -> BTreeMap<NamedNode, BTreeMap<NamedNode, Member>> {
    let mut members: BTreeMap<NamedNode, BTreeMap<NamedNode, Member>> = BTreeMap::new();
    for row in rows {
        let (Some(policy), Some(work)) = (row.node("policy"), row.node("work")) else { continue };
        let member = members.entry(policy.clone()).or_default().entry(work.clone()).or_insert_with(|| Member {
            iri: work.clone(),
            label: row.text("label").to_owned(),
            key: row.text("key").to_owned(),
            numbers: Vec::new(),
            dates: Vec::new(),
            is_held: is_held(row),
        });
        insert(&mut member.numbers, row.text("number"));
        insert(&mut member.dates, row.text("date"));
    }
    members
}

/// Keeps `values` sorted and each once.
fn insert(values: &mut Vec<String>, value: &str) {
    if !value.is_empty() {
        let mut set: BTreeSet<String> = values.drain(..).collect();
        set.insert(value.to_owned());
        values.extend(set);
    }
}

fn edge(row: &Row) -> Option<(NamedNode, Relation, NamedNode)> {
    let relation = Relation::parse(local(row.text("relation")))?;
    Some((row.node("from")?.clone(), relation, row.node("to")?.clone()))
}

fn is_held(row: &Row) -> bool {
    local(row.text("status")) == "held"
}

fn local(iri: &str) -> &str {
    iri.rsplit('#').next().unwrap_or_default()
}

fn level(name: &str) -> Level {
    use Level::{County, International, National, Prefecture, Province, Unknown};
    let known = [International, National, Province, Prefecture, County];
    known.into_iter().find(|level| level.name() == name).unwrap_or(Unknown)
}
