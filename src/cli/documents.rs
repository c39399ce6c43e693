//! Reading documents into source graphs, for those commands that store them.

use crate::{
    map::to_quads,
    model::{IriScheme, RULE_SET, Source},
    pipeline::process,
    register::Register,
};
use oxrdf::Quad;

/// The source graph of a document.
pub(super) fn source_graph(iris: &IriScheme, register: &Register, source: &Source) -> Vec<Quad> {
    to_quads(iris, RULE_SET, source, &process(register, source))
}
