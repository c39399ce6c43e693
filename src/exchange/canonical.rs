//! RDFC-1.0 (<https://www.w3.org/TR/rdf-canon/>) and isomorphism, by sophia. Our own graphs have no blank
//! nodes; those of others do.

use crate::model::sha256;
use sophia::{
    api::{parser::QuadParser as _, source::QuadSource as _, term::SimpleTerm},
    c14n::rdfc10,
    isomorphism,
    turtle::parser::nq::NQuadsParser,
};
use std::collections::HashSet;

/// RDF that could not be read or made canonical.
#[derive(Debug, thiserror::Error)]
#[error("RDF 无法规范化 (cannot be made canonical): {0}")]
pub struct CanonicalError(String);

/// Quads as sophia's data set: a set, as RDFC-1.0 asks.
type Dataset = HashSet<([SimpleTerm<'static>; 3], Option<SimpleTerm<'static>>)>;

fn dataset(nquads: &str) -> Result<Dataset, CanonicalError> {
    NQuadsParser::new().parse_str(nquads).collect_quads().map_err(|error| CanonicalError(error.to_string()))
}

/// SHA-256 of the canonical N-Quads of a data set: equal for isomorphic ones.
///
/// ```
/// use zhengmai::exchange::canonical_hash;
/// let one = canonical_hash("_:a <http://example.org/p> _:b .\n")?;
/// let other = canonical_hash("_:x <http://example.org/p> _:y .\n")?;
/// assert_eq!(one, other);
/// # Ok::<(), zhengmai::exchange::CanonicalError>(())
/// ```
///
/// # Errors
/// When the text is no N-Quads, or so knotted with blank nodes that the algorithm gives up.
pub fn canonical_hash(nquads: &str) -> Result<String, CanonicalError> {
    let mut canonical = Vec::new();
    rdfc10::normalize(&dataset(nquads)?, &mut canonical).map_err(|error| CanonicalError(error.to_string()))?;
    Ok(sha256(&canonical))
}

/// Whether two data sets in N-Quads are the same but for the names of blank nodes.
///
/// # Errors
/// When one of them is no N-Quads.
pub fn are_isomorphic(one: &str, other: &str) -> Result<bool, CanonicalError> {
    isomorphism::isomorphic_datasets(&dataset(one)?, &dataset(other)?)
        .map_err(|error| CanonicalError(error.to_string()))
}
