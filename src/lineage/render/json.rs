//! A view as JSON.

use super::Scene;
use crate::lineage::{Edge, Evidence, Member, PolicyId, ViewNode};
use serde::Serialize;

/// A view of a lineage.
#[derive(Debug, Serialize)]
pub struct ViewRecord<'a> {
    /// IRI of the policy that it starts from.
    pub start: &'a str,
    /// up, down or both.
    pub direction: &'static str,
    /// The largest distance; absent where there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<usize>,
    /// The relations that were followed, by their words in the extraction record.
    pub relations: Vec<&'static str>,
    /// The policies, nearest first, the start before all.
    pub nodes: Vec<NodeRecord<'a>>,
    /// How they stand to each other.
    pub edges: Vec<EdgeRecord<'a>>,
    /// Pairs of IRIs that may be one policy. Never followed.
    pub possible_same_as: Vec<[&'a str; 2]>,
    /// The policies of those pairs that no walk has reached; they have no distance.
    pub asides: Vec<NodeRecord<'a>>,
    /// Each cycle as the IRIs on a shortest way around it.
    pub cycles: Vec<Vec<&'a str>>,
    /// How many policies stand one step beyond the view.
    pub beyond: usize,
}

/// A policy.
#[derive(Debug, Serialize)]
pub struct NodeRecord<'a> {
    /// Its IRI.
    pub iri: &'a str,
    /// IRI of the work that it is named after.
    pub head: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// 发文字号 of its works.
    pub numbers: Vec<&'a str>,
    /// 成文日期 of its works, as precise as written.
    pub dates: Vec<&'a str>,
    /// international, national, province, prefecture, county or unknownLevel.
    pub level: &'static str,
    /// The level in Chinese.
    pub level_zh: &'static str,
    /// held (the text of a work is in the store) or stub (only cited).
    pub status: &'static str,
    /// Fewest steps from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<usize>,
    /// up, down, or both (in a cycle); absent for the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<&'static str>,
    /// Its works, the head first.
    pub members: Vec<MemberRecord<'a>>,
}

/// A work of a policy.
#[derive(Debug, Serialize)]
pub struct MemberRecord<'a> {
    /// Its IRI.
    pub iri: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// 发文字号.
    pub numbers: &'a [String],
    /// 成文日期.
    pub dates: &'a [String],
    /// held or stub.
    pub status: &'static str,
}

/// That one policy stands in a relation to another.
#[derive(Debug, Serialize)]
pub struct EdgeRecord<'a> {
    /// IRI of the policy that cites.
    pub from: &'a str,
    /// IRI of the one that is cited.
    pub to: &'a str,
    /// The relation by its word in the extraction record.
    pub relation: &'static str,
    /// The relation in Chinese.
    pub relation_zh: &'static str,
    /// The claims that it rests on.
    pub evidence: Vec<EvidenceRecord<'a>>,
}

/// A claim.
#[derive(Debug, Serialize)]
pub struct EvidenceRecord<'a> {
    /// IRI of the claim.
    pub claim: &'a str,
    /// IRI of the work that cites.
    pub citing: &'a str,
    /// IRI of the work that is cited.
    pub cited: &'a str,
    /// The words that cite.
    pub quote: &'a str,
    /// The sentence around them.
    pub sentence: &'a str,
    /// Where the words start in the source, in Unicode code points.
    pub start: usize,
    /// One past their end.
    pub end: usize,
    /// Name of the file.
    pub file: &'a str,
    /// SHA-256 of the file.
    pub source: &'a str,
    /// high, medium or low.
    pub confidence: &'a str,
}

/// The view as a record to be written as JSON. Members are always listed. O(n).
#[must_use]
pub fn record(scene: Scene<'_>) -> ViewRecord<'_> {
    let (lineage, view) = (scene.lineage, scene.view);
    let iri = |policy: PolicyId| lineage[policy].iri.as_str();
    let path = |cycle: &crate::lineage::Cycle| cycle.path.iter().map(|edge| iri(edge.from)).collect();
    ViewRecord {
        start: iri(view.start),
        direction: view.scope.direction.name(),
        depth: Some(view.scope.depth).filter(|depth| *depth != usize::MAX),
        relations: view.scope.relations.iter().map(crate::model::Relation::name).collect(),
        nodes: view.nodes.iter().map(|node| self::node(scene, node.policy, Some(node))).collect(),
        edges: view.edges.iter().map(|edge| self::edge(scene, edge)).collect(),
        possible_same_as: view.possible.iter().map(|(one, other)| [iri(*one), iri(*other)]).collect(),
        asides: view.asides.iter().map(|policy| node(scene, *policy, None)).collect(),
        cycles: view.cycles().iter().map(path).collect(),
        beyond: view.beyond,
    }
}

fn node<'a>(scene: Scene<'a>, policy: PolicyId, place: Option<&ViewNode>) -> NodeRecord<'a> {
    let policy = &scene.lineage[policy];
    NodeRecord {
        iri: policy.iri.as_str(),
        head: policy.head.as_str(),
        label: &policy.label,
        numbers: policy.numbers(),
        dates: policy.dates(),
        level: policy.level.name(),
        level_zh: policy.level.chinese(),
        status: status(policy.is_held),
        distance: place.map(ViewNode::distance),
        direction: place.and_then(ViewNode::direction).map(crate::lineage::Direction::name),
        members: policy.members.iter().map(member).collect(),
    }
}

fn member(member: &Member) -> MemberRecord<'_> {
    MemberRecord {
        iri: member.iri.as_str(),
        label: &member.label,
        numbers: &member.numbers,
        dates: &member.dates,
        status: status(member.is_held),
    }
}

fn edge<'a>(scene: Scene<'a>, edge: &Edge) -> EdgeRecord<'a> {
    EdgeRecord {
        from: scene.lineage[edge.from].iri.as_str(),
        to: scene.lineage[edge.to].iri.as_str(),
        relation: edge.relation.name(),
        relation_zh: edge.relation.chinese(),
        evidence: scene.evidence.get(edge).into_iter().flatten().map(claim).collect(),
    }
}

fn claim(evidence: &Evidence) -> EvidenceRecord<'_> {
    EvidenceRecord {
        claim: evidence.claim.as_str(),
        citing: evidence.citing.as_str(),
        cited: evidence.cited.as_str(),
        quote: &evidence.quote,
        sentence: &evidence.sentence,
        start: evidence.start,
        end: evidence.end,
        file: &evidence.file,
        source: &evidence.source,
        confidence: &evidence.confidence,
    }
}

fn status(is_held: bool) -> &'static str {
    if is_held { "held" } else { "stub" }
}
