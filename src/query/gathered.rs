//! What the engine gathers whole before it goes on: the rows of a sort, and those of one side of a join. Neither a
//! sort nor what one row of the other side makes of a product can be stopped, so it is not begun where it would take
//! too long: a function of our own counts the rows as they are gathered.

use super::watch::{LARGEST_PRODUCT, Stop, Watch};
use oxigraph::{
    model::{NamedNode, Term},
    sparql::SparqlEvaluator,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

const COUNT: &str = "urn:zhengmai:watch:gathered:";
const BEGIN: &str = "urn:zhengmai:watch:begun:";

/// What comparing two rows of a sort takes, on the safe side: their keys are read anew for each comparison.
const COMPARISON: Duration = Duration::from_nanos(500);

/// What rows are gathered for.
#[derive(Clone, Copy)]
pub(super) enum Gathered {
    /// To be sorted.
    Sort,
    /// To be put together with every row of the other side.
    Product,
}

impl Gathered {
    fn look(self, rows: u64, watch: &Watch) {
        match self {
            Self::Sort if rows.is_multiple_of(4096) => watch
                .expect(COMPARISON.saturating_mul(u32::try_from(rows * u64::from(rows.ilog2())).unwrap_or(u32::MAX))),
            Self::Product if rows > LARGEST_PRODUCT => watch.end(Stop::Product),
            Self::Sort | Self::Product => (),
        }
    }
}

/// The function to be called with every row of the gathering of this number.
pub(super) fn count(number: usize) -> String {
    format!("{COUNT}{number}")
}

/// The function to be called before the first row, where rows are gathered more than once.
pub(super) fn begin(number: usize) -> String {
    format!("{BEGIN}{number}")
}

/// The engine with the functions for these gatherings.
pub(super) fn equip(evaluator: SparqlEvaluator, gathered: &[Gathered], watch: &Watch) -> SparqlEvaluator {
    gathered.iter().enumerate().fold(evaluator, |evaluator, (number, &gathered)| {
        let (rows, watch) = (Arc::new(AtomicU64::new(0)), watch.clone());
        let begun = Arc::clone(&rows);
        let begin_anew = move |_: &[Term]| {
            begun.store(0, Ordering::Relaxed);
            None
        };
        let one_more = move |_: &[Term]| {
            watch.row();
            gathered.look(rows.fetch_add(1, Ordering::Relaxed) + 1, &watch);
            None
        };
        evaluator
            .with_custom_function(NamedNode::new_unchecked(count(number)), one_more)
            .with_custom_function(NamedNode::new_unchecked(begin(number)), begin_anew)
    })
}
