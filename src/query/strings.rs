//! Strings stay within bounds: a query of a few lines could otherwise build one larger than the memory. Functions
//! that make longer strings of strings are called within functions of our own, which look at what goes in and out.

use super::watch::{Stop, Watch};
use oxigraph::{
    model::{NamedNode, Term},
    sparql::SparqlEvaluator,
};
use spargebra::algebra::{Expression, Function};
use std::sync::atomic::{AtomicU64, Ordering};

const SHORT: &str = "urn:zhengmai:watch:short";
const BRIEF: &str = "urn:zhengmai:watch:brief";
const FITS: &str = "urn:zhengmai:watch:fits";
const GATHER: &str = "urn:zhengmai:watch:gather";

/// The longest string that a function may make, in bytes.
const LONGEST: usize = 2 << 20;

/// The longest replacement that is worked out for each row, in bytes.
const BRIEFEST: usize = 1 << 10;

/// How many strings are joined at a time.
const JOINED: usize = 32;

/// The most that a query may gather in `GROUP_CONCAT`, in bytes.
const GATHERED: u64 = 256 << 20;

/// The engine with these functions.
pub(super) fn equip(evaluator: SparqlEvaluator, watch: &Watch) -> SparqlEvaluator {
    let function = |call: fn(&Watch, &[Term]) -> Option<Term>| {
        let watch = watch.clone();
        move |terms: &[Term]| call(&watch, terms)
    };
    let (gathering, gathered) = (watch.clone(), AtomicU64::new(0));
    let gather = move |terms: &[Term]| {
        let more = terms.first().map_or(0, length) as u64;
        if gathered.fetch_add(more, Ordering::Relaxed) > GATHERED {
            gathering.end(Stop::OutOfMemory);
        }
        terms.first().cloned()
    };
    evaluator
        .with_custom_function(NamedNode::new_unchecked(SHORT), function(short))
        .with_custom_function(NamedNode::new_unchecked(BRIEF), function(brief))
        .with_custom_function(NamedNode::new_unchecked(FITS), function(fits))
        .with_custom_function(NamedNode::new_unchecked(GATHER), gather)
}

/// What is gathered in `GROUP_CONCAT`, added up.
pub(super) fn gathered(expression: Expression) -> Expression {
    call(GATHER, vec![expression])
}

fn call(function: &str, arguments: Vec<Expression>) -> Expression {
    Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(function)), arguments)
}

/// A call whose value, if it is a string, is not too long; nor is what it would need to make it.
pub(super) fn bounded(function: Function, mut arguments: Vec<Expression>) -> Expression {
    match function {
        Function::Concat => {
            while arguments.len() > JOINED {
                let joined = arguments.chunks(JOINED).map(|some| bounded(Function::Concat, some.to_vec()));
                arguments = joined.collect();
            }
            call(SHORT, vec![Expression::FunctionCall(function, arguments)])
        }
        Function::EncodeForUri => call(SHORT, vec![Expression::FunctionCall(function, arguments)]),
        Function::Replace => {
            let mut all = arguments.into_iter();
            let (text, pattern, replacement) = (all.next(), all.next(), all.next());
            // A replacement that is at hand is looked at; one that is worked out has to be short itself.
            let is_plain = matches!(replacement, Some(Expression::Literal(_) | Expression::Variable(_)));
            let (text, replacement) = if is_plain {
                (text.map(|text| call(FITS, [text].into_iter().chain(replacement.clone()).collect())), replacement)
            } else {
                (text.map(|text| call(FITS, vec![text])), replacement.map(|replacement| call(BRIEF, vec![replacement])))
            };
            let arguments = [text, pattern, replacement].into_iter().flatten().chain(all).collect();
            call(SHORT, vec![Expression::FunctionCall(Function::Replace, arguments)])
        }
        Function::Regex if !matches!(arguments.get(1), Some(Expression::Literal(_))) => {
            // Each value of the pattern is compiled anew.
            if let Some(text) = arguments.first_mut() {
                *text = call(SHORT, vec![text.clone()]);
            }
            Expression::FunctionCall(function, arguments)
        }
        function => Expression::FunctionCall(function, arguments),
    }
}

fn length(term: &Term) -> usize {
    match term {
        Term::Literal(literal) => literal.value().len(),
        _ => 0,
    }
}

/// The first term, if it is not longer than `most`.
fn at_most(most: usize, watch: &Watch, terms: &[Term]) -> Option<Term> {
    watch.look();
    let term = terms.first()?;
    if length(term) > most {
        watch.end(Stop::LongString);
    }
    Some(term.clone())
}

fn short(watch: &Watch, terms: &[Term]) -> Option<Term> {
    at_most(LONGEST, watch, terms)
}

fn brief(watch: &Watch, terms: &[Term]) -> Option<Term> {
    at_most(BRIEFEST, watch, terms)
}

/// The first term, if it is not too long even with every character replaced by the second, or by what is brief.
fn fits(watch: &Watch, terms: &[Term]) -> Option<Term> {
    let text = terms.first()?;
    let replacement = terms.get(1).map_or(BRIEFEST, length);
    at_most((32 * LONGEST).saturating_sub(length(text).saturating_mul(replacement)), watch, terms)
}
