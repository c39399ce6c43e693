//! Duties: who must do what in which role.

use super::{
    accepted::{accepted, is_optional, names, pairs},
    annotation::AgencyAnnotation,
    gold::Gold,
    grades,
    measures::Aligned,
    place::{Place, is_similar, overlap},
    prediction::AgencyPrediction,
    scores::{Scores, Task},
    tally::{Given, Wanted, compare},
};
use crate::model::squeeze;

/// A duty of the gold, with the roles that are right.
struct Duty<'a> {
    measure: &'a str,
    agency: &'a AgencyAnnotation,
    roles: Vec<String>,
}

/// What of an agency is compared.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Name,
    Text,
}

pub(super) fn score(gold: &Gold, aligned: &[Aligned<'_>], scores: &mut Scores) {
    let (open, core): (Vec<Duty<'_>>, Vec<Duty<'_>>) =
        duties(gold).into_iter().partition(|duty| is_optional(duty.agency.tier.as_ref()));
    let everywhere = gold.raw.global_responsibilities.iter();
    let everywhere: Vec<String> =
        everywhere.flat_map(|agency| names(agency).into_iter().chain([squeeze(&agency.quoted.quote)])).collect();
    for (task, by, readings) in [
        (Task::Responsibilities, By::Name, &core),
        (Task::ResponsibilitiesText, By::Text, &core),
        (Task::ResponsibilitiesSubject, By::Name, &open),
    ] {
        let wanted: Vec<_> = readings.iter().map(|duty| wanted(duty, by)).collect();
        let mut given = Vec::new();
        for (measure, prediction) in aligned {
            let unsure: Vec<Option<Place>> =
                open.iter().filter(|duty| duty.measure == measure).map(|duty| duty.agency.quoted.place()).collect();
            for agency in &prediction.responsibilities {
                let called = match by {
                    By::Name => Some(&agency.name),
                    By::Text => agency.quote.text.as_ref(),
                };
                let key = (measure.clone(), called.map(|name| squeeze(name)).unwrap_or_default(), agency.role.clone());
                let is_neutral = task == Task::ResponsibilitiesSubject
                    || agency.basis.as_deref() == Some("sentence_subject")
                    || everywhere.contains(&key.1)
                    || unsure.iter().any(|place| overlap(agency.quote.place(), *place) > 0);
                if task == Task::Responsibilities && !is_neutral {
                    grade(&core, measure, agency, scores);
                }
                let role = agency.role.as_deref().unwrap_or("–");
                let what = format!("{} ({role}) {measure}", called.map_or("–", |name| name));
                given.push(Given { key, what, start: agency.quote.start, is_neutral });
            }
        }
        compare(scores.of(task), &wanted, given);
    }
}

/// Every duty of the measures that must be found. Of several agencies with a plain 负责, joint is right too.
fn duties(gold: &Gold) -> Vec<Duty<'_>> {
    let mut duties = Vec::new();
    for measure in gold.required() {
        let is_plain = |agency: &&AgencyAnnotation| {
            !is_optional(agency.tier.as_ref()) && matches!(agency.role.as_str(), "responsible" | "joint")
        };
        let are_several = measure.responsibilities.iter().filter(is_plain).count() > 1;
        for agency in &measure.responsibilities {
            let mut roles = accepted(&agency.role, &[&agency.role_alternatives]);
            if are_several && agency.role == "responsible" {
                roles.push("joint".to_owned());
            }
            duties.push(Duty { measure: &measure.id, agency, roles });
        }
    }
    duties
}

type Key = (String, String, Option<String>);

fn wanted(duty: &Duty<'_>, by: By) -> Wanted<Key> {
    let called = match by {
        By::Name => names(duty.agency),
        By::Text => vec![squeeze(&duty.agency.quoted.quote)],
    };
    let keys = pairs(&called, &duty.roles).into_iter();
    Wanted {
        what: format!("{} ({}) {}", called[0], duty.agency.role, duty.measure),
        accepted: keys.map(|(name, role)| (duty.measure.to_owned(), name, Some(role))).collect(),
        start: duty.agency.quoted.start,
    }
}

/// Counts a predicted duty under its grade: judged by the duty of the gold that stands at its place.
fn grade(core: &[Duty<'_>], measure: &str, agency: &AgencyPrediction, scores: &mut Scores) {
    let mut there = core.iter().filter(|duty| duty.measure == measure);
    let duty = there.find(|duty| is_similar(agency.quote.place(), duty.agency.quoted.place()));
    let names_it = duty.is_some_and(|duty| names(duty.agency).contains(&squeeze(&agency.name)));
    let is_role = duty.is_some_and(|duty| agency.role.as_ref().is_some_and(|role| duty.roles.contains(role)));
    grades::count(&mut scores.grades.duties, agency.confidence.as_deref(), names_it, is_role);
}
