//! 在 SPARQL 中检索 (full-text search from SPARQL): `SERVICE zm:search { ?hit zm:query "知识产权" ; zm:score ?score }`.
//!
//! The pattern is answered before the query is planned, and stands in it as the table of what was found: so the rest
//! of the query is joined with it as with any other table, and a pattern that can't be answered is refused with the
//! reason. What it has no value for it never leaves out in silence.

use super::{QueryError, Watch};
use crate::model::vocab::{ZM, eli, zm};
use oxigraph::model::{Literal, NamedNode, Variable};
use spargebra::{
    Query,
    algebra::GraphPattern,
    term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern},
};
use std::collections::BTreeMap;

/// What full-text search is asked for by SPARQL.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TextQuestion {
    /// The words.
    pub text: String,
    /// Whether measures are looked for; else works.
    pub measures: bool,
    /// Property and value of what hits must have, as the graph says it.
    pub filters: Vec<(NamedNode, NamedNode)>,
    /// How many hits.
    pub limit: usize,
    /// How many before them are left out.
    pub offset: usize,
}

/// What full-text search has found for SPARQL.
#[derive(Clone, Debug)]
pub struct TextHit {
    /// The work or the measure.
    pub node: NamedNode,
    /// By what it is ranked.
    pub score: f32,
    /// The passage with the words; else what it is called.
    pub snippet: String,
    /// The source of the passage, and its place there in code points.
    pub place: Option<(NamedNode, usize, usize)>,
}

/// Why full-text search did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TextError {
    /// The question can't be answered as it is.
    #[error("{0}")]
    Question(String),
    /// The search failed.
    #[error("{0}")]
    Failed(String),
}

/// Answers what SPARQL asks of full-text search.
pub trait TextSearch {
    /// The hits, best first.
    ///
    /// # Errors
    /// When the question can't be answered as it is, or the search fails.
    fn text_search(&self, question: &TextQuestion) -> Result<Vec<TextHit>, TextError>;
}

/// Hits where the pattern does not say how many.
const USUAL: usize = 20;

/// Hits that may be asked for.
const MOST: usize = 1000;

/// The IRI of the service.
pub(super) fn is_search(name: &NamedNodePattern) -> bool {
    matches!(name, NamedNodePattern::NamedNode(name) if name.as_str().strip_prefix(ZM) == Some("search"))
}

/// A query with the answers in the places of the questions.
///
/// # Errors
/// When a question can't be answered as it is, or the search fails.
pub(super) fn query(mut query: Query, search: &dyn TextSearch) -> Result<Query, QueryError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = &mut query;
    let nothing = GraphPattern::Bgp { patterns: Vec::new() };
    *pattern = answered(std::mem::replace(pattern, nothing), search)?;
    Ok(query)
}

fn answered(pattern: GraphPattern, search: &dyn TextSearch) -> Result<GraphPattern, QueryError> {
    let below = |pattern: Box<GraphPattern>| answered(*pattern, search).map(Box::new);
    Ok(match pattern {
        GraphPattern::Service { name, inner, .. } if is_search(&name) => answer(&inner, search)?,
        GraphPattern::Join { left, right } => GraphPattern::Join { left: below(left)?, right: below(right)? },
        GraphPattern::Lateral { left, right } => GraphPattern::Lateral { left: below(left)?, right: below(right)? },
        GraphPattern::Union { left, right } => GraphPattern::Union { left: below(left)?, right: below(right)? },
        GraphPattern::Minus { left, right } => GraphPattern::Minus { left: below(left)?, right: below(right)? },
        GraphPattern::LeftJoin { left, right, expression } => {
            GraphPattern::LeftJoin { left: below(left)?, right: below(right)?, expression }
        }
        GraphPattern::Filter { expr, inner } => GraphPattern::Filter { expr, inner: below(inner)? },
        GraphPattern::Extend { inner, variable, expression } => {
            GraphPattern::Extend { inner: below(inner)?, variable, expression }
        }
        GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy { inner: below(inner)?, expression },
        GraphPattern::Group { inner, variables, aggregates } => {
            GraphPattern::Group { inner: below(inner)?, variables, aggregates }
        }
        GraphPattern::Graph { name, inner } => GraphPattern::Graph { name, inner: below(inner)? },
        GraphPattern::Project { inner, variables } => GraphPattern::Project { inner: below(inner)?, variables },
        GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: below(inner)? },
        GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: below(inner)? },
        GraphPattern::Slice { inner, start, length } => GraphPattern::Slice { inner: below(inner)?, start, length },
        GraphPattern::Bgp { .. }
        | GraphPattern::Path { .. }
        | GraphPattern::Values { .. }
        | GraphPattern::Service { .. } => pattern,
    })
}

/// The table of what a pattern asks for.
fn answer(pattern: &GraphPattern, search: &dyn TextSearch) -> Result<GraphPattern, QueryError> {
    let asked = Asked::read(pattern).map_err(QueryError::SearchPattern)?;
    let hits = search.text_search(&asked.question).map_err(|error| match error {
        TextError::Question(what) => QueryError::SearchPattern(what),
        TextError::Failed(what) => QueryError::Search(what),
    })?;
    let watch = Watch::current();
    let rows = hits.iter().map(|hit| {
        if let Some(watch) = &watch {
            watch.row();
        }
        asked.columns.values().map(|column| column.value(hit)).collect()
    });
    Ok(GraphPattern::Values { bindings: rows.collect(), variables: asked.columns.into_keys().collect() })
}

/// What a variable of the pattern stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Column {
    Hit,
    Score,
    Snippet,
    Source,
    Start,
    End,
}

impl Column {
    const NAMES: [(&'static str, Self); 5] = [
        ("score", Self::Score),
        ("snippet", Self::Snippet),
        ("inSource", Self::Source),
        ("start", Self::Start),
        ("end", Self::End),
    ];

    fn value(self, hit: &TextHit) -> Option<GroundTerm> {
        let number = |number: usize| GroundTerm::from(Literal::from(number as u64));
        match self {
            Self::Hit => Some(hit.node.clone().into()),
            Self::Score => Some(Literal::from(f64::from(hit.score)).into()),
            Self::Snippet => Some(Literal::new_simple_literal(&hit.snippet).into()),
            Self::Source => hit.place.as_ref().map(|(source, ..)| source.clone().into()),
            Self::Start => hit.place.as_ref().map(|(_, start, _)| number(*start)),
            Self::End => hit.place.as_ref().map(|(.., end)| number(*end)),
        }
    }
}

/// A pattern, read.
struct Asked {
    question: TextQuestion,
    columns: BTreeMap<Variable, Column>,
}

impl Asked {
    fn read(pattern: &GraphPattern) -> Result<Self, String> {
        let GraphPattern::Bgp { patterns } = pattern else {
            return Err(
                "SERVICE zm:search 之内只写三元组, 其余写在外面 (only triple patterns within; all else outside of it)"
                    .to_owned(),
            );
        };
        let question = TextQuestion { limit: USUAL, ..TextQuestion::default() };
        let mut asked = Self { question, columns: BTreeMap::new() };
        let mut text = None;
        let subject = patterns.first().map(|triple| &triple.subject);
        for triple in patterns {
            let TermPattern::Variable(hit) = &triple.subject else {
                return Err(format!("主语应为变量 (the subject must be a variable): {}", triple.subject));
            };
            if Some(&triple.subject) != subject {
                return Err(format!("只能有一个主语 (there may be one subject only): {}", triple.subject));
            }
            asked.column(hit, Column::Hit)?;
            asked.triple(triple, &mut text)?;
        }
        let missing = "缺少 zm:query \"…\" (zm:query with the words is missing)";
        asked.question.text = text.ok_or(missing)?;
        Ok(asked)
    }

    fn triple(&mut self, triple: &TriplePattern, text: &mut Option<String>) -> Result<(), String> {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
            return Err(format!("谓语不能是变量 (the predicate can't be a variable): {}", triple.predicate));
        };
        let object = &triple.object;
        let name = predicate.as_str().strip_prefix(ZM).unwrap_or_default();
        if let Some((_, column)) = Column::NAMES.into_iter().find(|(known, _)| *known == name) {
            let TermPattern::Variable(variable) = object else {
                return Err(format!("zm:{name} 的宾语应为变量 (its object must be a variable): {object}"));
            };
            return self.column(variable, column);
        }
        if let TermPattern::Variable(variable) = object {
            return Err(format!(
                "zm:search 不能给变量 {variable} 赋值: {predicate} 的宾语应写在 SERVICE 之内, 或把此三元组移到外面 \
                 (it can't bind {variable}: write the value within, or move this pattern outside)"
            ));
        }
        match (name, object) {
            ("query", TermPattern::Literal(words)) if text.is_none() => *text = Some(words.value().to_owned()),
            ("query", _) => {
                return Err(format!("zm:query 应有一个文字 (there must be one zm:query, with a string): {object}"));
            }
            ("limit", TermPattern::Literal(number)) => self.question.limit = whole(name, number, 1)?,
            ("offset", TermPattern::Literal(number)) => self.question.offset = whole(name, number, 0)?,
            (_, TermPattern::NamedNode(value)) => self.condition(predicate, value)?,
            _ => return Err(unknown(predicate)),
        }
        Ok(())
    }

    /// What hits must be or have.
    fn condition(&mut self, predicate: &NamedNode, value: &NamedNode) -> Result<(), String> {
        let filters =
            [zm("level"), zm("status"), zm("form"), eli("jurisdiction"), eli("type_document"), eli("passed_by")];
        if *predicate == crate::model::vocab::TYPE {
            self.question.measures = *value == zm("Measure");
            if !self.question.measures && *value != zm("PolicyDocument") {
                return Err(format!("只找 zm:PolicyDocument 或 zm:Measure (only these classes are searched): {value}"));
            }
        } else if filters.contains(predicate) {
            self.question.filters.push((predicate.clone(), value.clone()));
        } else {
            return Err(unknown(predicate));
        }
        Ok(())
    }

    fn column(&mut self, variable: &Variable, column: Column) -> Result<(), String> {
        match self.columns.insert(variable.clone(), column) {
            Some(other) if other != column => {
                Err(format!("变量 {variable} 用于两处 (the variable stands for two things)"))
            }
            _ => Ok(()),
        }
    }
}

fn unknown(predicate: &NamedNode) -> String {
    format!(
        "不认识的谓语 {predicate}; 可用 zm:query zm:limit zm:offset zm:score zm:snippet zm:inSource zm:start zm:end a \
         zm:level zm:status zm:form eli:jurisdiction eli:type_document eli:passed_by (unknown predicate; these are known)"
    )
}

fn whole(name: &str, number: &Literal, least: usize) -> Result<usize, String> {
    let most = if name == "limit" { MOST } else { 10_000 - MOST };
    let value = number.value().parse().ok().filter(|value| (least..=most).contains(value));
    value.ok_or_else(|| {
        format!("zm:{name} 应为 {least} 到 {most} 的整数 (must be an integer from {least} to {most}): {number}")
    })
}
