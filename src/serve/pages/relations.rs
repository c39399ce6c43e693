//! 上承与下启: what a document rests on and what rests on it, by relation, each with its sentence.

use super::{
    parts::relation,
    reader::{Claim, Reader},
    said::evidences,
    work::line,
};
use crate::{model::Relation, query::QueryError};
use maud::{Markup, html};
use oxrdf::NamedNode;
use std::collections::BTreeMap;

/// The other document → the claims, within each relation.
type Groups = BTreeMap<Relation, BTreeMap<NamedNode, Vec<Claim>>>;

/// Citations grouped by relation and by the document at the other end.
pub(super) fn grouped(reader: Reader<'_>, claims: &[Claim], other: fn(&Claim) -> Option<&NamedNode>) -> Result<Markup, QueryError> {
    let mut groups: Groups = BTreeMap::new();
    for claim in claims {
        let (Some(relation), Some(other)) = (Relation::parse(claim.property()), other(claim)) else { continue };
        groups.entry(relation).or_default().entry(other.clone()).or_default().push(claim.clone());
    }
    let mut shown = Vec::new();
    for (relation, others) in groups {
        let mut lines = Vec::new();
        for (other, claims) in others {
            lines.push((line(reader, &other)?, claims));
        }
        shown.push((relation, lines));
    }
    Ok(html! {
        @for (kind, lines) in &shown {
            section.group {
                h3 { (relation(kind.property())) " " span.count { (lines.len()) } }
                ul.relations {
                    @for (line, claims) in lines {
                        li {
                            (line)
                            (evidences(&claims[..claims.len().min(3)]))
                            @if claims.len() > 3 {
                                details {
                                    summary { "另有 " (claims.len() - 3) " 处" }
                                    (evidences(&claims[3..]))
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// The citations that a document makes.
pub(super) fn made(reader: Reader<'_>, work: &NamedNode) -> Result<Vec<Claim>, QueryError> {
    reader.claims("?claim rdf:subject ?_node ; a zm:Citation .", work)
}

/// The citations of a document, under any name that is known to be its own.
pub(super) fn received(reader: Reader<'_>, work: &NamedNode) -> Result<Vec<Claim>, QueryError> {
    let mut claims = reader.claims("?claim rdf:object ?_node ; a zm:Citation .", work)?;
    claims.extend(reader.claims("?_node zm:sameWorkAs ?alias . ?claim rdf:object ?alias ; a zm:Citation .", work)?);
    Ok(claims)
}
