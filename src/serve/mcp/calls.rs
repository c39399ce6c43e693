//! What the tools do: the questions of the pages and the API, put by a model.

use super::arguments::Arguments;
use crate::{
    lineage::{Direction, Relations, Scope, render},
    query::{Dataset, NamedQuery, Page, QueryResults, ResultFormat, evaluate_with, first, page, write_results},
    serve::{
        error::{ApiError, Fault},
        lineage::{policy_of, view},
        queries, search,
        state::AppState,
        values,
    },
};
use serde_json::{Value, json};

/// Rows where a model does not say how many.
const ROWS: usize = 50;

pub(super) fn find_work(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    written(&search::answer(state, arguments.text("words"), arguments.number("limit", 20))?)
}

pub(super) fn lineage(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    let policy = policy_of(state, arguments.text("work"))?;
    let direction = match arguments.text("direction") {
        "up" => Direction::Up,
        "down" => Direction::Down,
        _ => Direction::Both,
    };
    let relations = match arguments.text("relations") {
        "" => Relations::default(),
        words => words
            .parse()
            .map_err(|error: crate::lineage::ParseRelationsError| ApiError::new(Fault::Parameter, error.to_string()))?,
    };
    let (depth, limit) = (arguments.number("depth", 1), arguments.number("limit", 30));
    let (view, evidence) = view(state, policy, Scope { direction, depth, limit, relations })?;
    written(&render::record(render::Scene { lineage: state.lineage(), view: &view, evidence: &evidence, unfold: true }))
}

pub(super) fn evidence(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    let policy = policy_of(state, arguments.text("work"))?;
    let other = match arguments.text("other") {
        "" => None,
        words => Some(policy_of(state, words)?),
    };
    let scope = Scope { direction: Direction::Both, depth: 1, limit: usize::MAX, relations: Relations::all() };
    let (_, evidence) = view(state, policy, scope)?;
    let lineage = state.lineage();
    let own = evidence.iter().filter(|(edge, _)| edge.from == policy || edge.to == policy);
    let wanted = own.filter(|(edge, _)| other.is_none_or(|other| edge.from == other || edge.to == other));
    let statements: Vec<Value> = wanted
        .flat_map(|(edge, evidence)| evidence.iter().map(move |one| (edge, one)))
        .map(|(edge, one)| {
            json!({
                "from": lineage[edge.from].label, "from_iri": one.citing.as_str(),
                "relation": edge.relation.name(), "relation_zh": edge.relation.chinese(),
                "to": lineage[edge.to].label, "to_iri": one.cited.as_str(),
                "sentence": one.sentence, "quote": one.quote, "file": one.file,
                "start": one.start, "end": one.end, "confidence": one.confidence, "claim": one.claim.as_str(),
            })
        })
        .collect();
    Ok(json!({ "statements": statements }))
}

pub(super) fn duties(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    let mut parameters = vec![("agency".to_owned(), arguments.text("agency").to_owned())];
    let name = match arguments.text("by") {
        "" => "what-must-an-agency-do",
        day => {
            parameters.push(("date".to_owned(), day.to_owned()));
            "what-must-an-agency-do-by"
        }
    };
    named(state, name, &parameters, arguments)
}

pub(super) fn list_queries(state: &AppState, _: &Arguments) -> Result<Value, ApiError> {
    written(&queries::listed(state))
}

pub(super) fn run_query(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    named(state, arguments.text("name"), &arguments.pairs("parameters"), arguments)
}

fn named(
    state: &AppState,
    name: &str,
    parameters: &[(String, String)],
    arguments: &Arguments,
) -> Result<Value, ApiError> {
    let query = NamedQuery::find(name).ok_or_else(|| queries::unknown(name))?;
    let text = query.bound(parameters, state.iris().base());
    let text = text.map_err(|error| ApiError::new(Fault::Parameter, error.to_string()))?;
    Ok(rows(&page(state.store(), &text, arguments.number("limit", ROWS), arguments.number("offset", 0))?))
}

pub(super) fn sparql(state: &AppState, arguments: &Arguments) -> Result<Value, ApiError> {
    match evaluate_with(state.store(), state.search(), arguments.text("query"), &Dataset::default())? {
        QueryResults::Boolean(answer) => Ok(json!({ "boolean": answer })),
        results @ QueryResults::Solutions(_) => Ok(rows(&first(results, arguments.number("limit", ROWS))?)),
        results @ QueryResults::Graph(_) => {
            let mut turtle = Shown(Vec::new());
            write_results(results, ResultFormat::TURTLE, &mut turtle)?;
            Ok(json!({ "graph": String::from_utf8_lossy(&turtle.0) }))
        }
    }
}

fn rows(page: &Page) -> Value {
    json!({ "columns": page.columns(), "rows": values::rows(page), "more": !page.is_last })
}

fn written(answer: &impl serde::Serialize) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
}

/// Takes what a model can read, and refuses more.
struct Shown(Vec<u8>);

impl std::io::Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > super::LONGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
