//! What was read, a line a thing, so that two readings can be compared line by line.

use super::{
    Evaluation, Scores, Task,
    annotation::all_of,
    prediction::{AgencyPrediction, MeasurePrediction, Prediction},
};
use serde_json::{Map, Value, json};

impl Evaluation {
    /// What was read of all documents, as JSON Lines: works, measures with their duties and deadlines, citations,
    /// targets, and every mistake. Deterministic, in the order of the documents and of their text; without rule
    /// names, so that a line changes only where the reading does.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.documents.iter().flat_map(|document| document.lines.iter().cloned()).collect()
    }
}

pub(super) fn lines(document: &str, record: &Prediction, scores: &Scores) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |is: &str, fields: Value| lines.push(line(document, is, fields));
    for work in &record.works {
        let carries = all_of(work.promulgates.as_ref());
        add(
            "work",
            json!({
                "id": work.id, "role": work.role, "key": work.key, "title": work.title, "number": work.number,
                "promulgates": (!carries.is_empty()).then_some(carries),
            }),
        );
    }
    for agency in &record.document.issuers {
        add("issuer", agency_fields(agency));
    }
    for agency in &record.document.addressees {
        add("addressee", agency_fields(agency));
    }
    for date in &record.document.dates {
        add("date", json!({"start": date.quote.start, "iso": date.iso, "role": date.role}));
    }
    for measure in &record.measures {
        add_measure(measure, &mut add);
    }
    for citation in &record.citations {
        add(
            "citation",
            json!({
                "start": citation.quote.start, "text": citation.quote.text, "relation": citation.relation,
                "work": citation.work, "key": citation.key, "state": citation.state,
                "number": citation.number.as_ref().and_then(|number| number.norm.as_ref()),
                "confidence": citation.confidence,
            }),
        );
    }
    for target in &record.targets {
        add(
            "target",
            json!({
                "start": target.quote.start, "text": target.quote.text, "value": target.value, "unit": target.unit,
                "by": target.by,
            }),
        );
    }
    for task in Task::all() {
        for mistake in scores.tally(task).mistakes {
            let fault = mistake.fault.name();
            add("mistake", json!({"task": task.name(), "error": fault, "what": mistake.what, "start": mistake.start}));
        }
    }
    lines
}

fn add_measure(measure: &MeasurePrediction, add: &mut impl FnMut(&str, Value)) {
    let path = measure.path.concat();
    add("measure", json!({"start": measure.start, "path": path, "work": measure.work}));
    for duty in &measure.responsibilities {
        let mut fields = agency_fields(duty);
        fields["measure"] = json!(path);
        add("duty", fields);
    }
    if let Some(deadline) = &measure.deadline {
        let continuing = deadline.continuing.then_some(true);
        add(
            "deadline",
            json!({"start": deadline.quote.start, "iso": deadline.iso, "continuing": continuing, "measure": path}),
        );
    }
}

fn agency_fields(agency: &AgencyPrediction) -> Value {
    json!({
        "start": agency.quote.start, "text": agency.quote.text, "name": agency.name, "role": agency.role,
        "basis": agency.basis, "confidence": agency.confidence,
    })
}

/// One line; what is null is left out.
fn line(document: &str, is: &str, fields: Value) -> String {
    let mut object = Map::new();
    object.insert("document".to_owned(), json!(document));
    object.insert("is".to_owned(), json!(is));
    if let Value::Object(fields) = fields {
        object.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    }
    Value::Object(object).to_string()
}
