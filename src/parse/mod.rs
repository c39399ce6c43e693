//! Clean text becomes a [`Document`](crate::model::Document): metadata block, head, parts, numbered structure. What the layout
//! tells, and nothing else: no name is identified here.

mod addressees;
mod faults;
mod head;
mod items;
mod marks;
mod metadata;
mod ordinals;
mod parts;
mod run_in;
mod tail;
mod units;

use crate::{
    model::{Checked, CleanText, Document},
    register::Register,
};

/// Parses a clean text. Total; what the layout lacks is a finding. O(n).
#[must_use]
pub fn parse(register: &Register, text: &CleanText) -> Checked<Document> {
    let mut findings = Vec::new();
    let mut units = units::split(register, &text.text, &mut findings);
    let mut metadata = metadata::take(&text.text, &mut units, &mut findings);
    let mut parts = parts::find(register, &text.text, &mut units, &mut metadata, &mut findings);
    for part in &mut parts {
        tail::read(register, &text.text, &units, part);
    }
    faults::find(&text.text, &parts, &mut findings);
    parts::findings(&text.text, &parts, &metadata, &mut findings);
    let items = items::find(&text.text, &parts);
    Checked { value: Document { metadata, parts, items }, findings }
}
