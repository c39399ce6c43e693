//! 随附元数据 (given metadata): what is said of a document beside its text, under Chinese or English names.

mod beside;
mod table;

pub(super) use beside::{Beside, is_beside};

use super::limits::LONGEST_VALUE;
use crate::model::{GivenValue, MetadataField, Origin, Source, sha256};
use serde_json::{Map, Value};

/// What is given for one document.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Given {
    values: Vec<(MetadataField, String)>,
    url: Option<String>,
    retrieved: Option<String>,
}

/// What a name of metadata stands for.
enum Key {
    Field(MetadataField),
    Url,
    Retrieved,
}

/// Names in use beside the labels of publishers' blocks and the names of the extraction record.
const NAMES: &[(&str, MetadataField)] = &[
    ("发文机关", MetadataField::Issuer),
    ("发文机构", MetadataField::Issuer),
    ("发文单位", MetadataField::Issuer),
    ("制发机关", MetadataField::Issuer),
    ("issuing_agency", MetadataField::Issuer),
    ("agency", MetadataField::Issuer),
    ("doc_number", MetadataField::DocumentNumber),
    ("docnumber", MetadataField::DocumentNumber),
    ("number", MetadataField::DocumentNumber),
    ("wenhao", MetadataField::DocumentNumber),
    ("index", MetadataField::IndexNumber),
    ("date", MetadataField::DateWritten),
    ("日期", MetadataField::DateWritten),
    ("date_issued", MetadataField::DateWritten),
    ("date_document", MetadataField::DateWritten),
    ("issue_date", MetadataField::DateWritten),
    ("publish_date", MetadataField::DatePublished),
    ("date_publication", MetadataField::DatePublished),
    ("pubdate", MetadataField::DatePublished),
    ("effective_date", MetadataField::DateEffective),
    ("expiry_date", MetadataField::DateExpires),
    ("topic", MetadataField::Subject),
    ("in_force", MetadataField::Validity),
    ("status", MetadataField::Validity),
];

fn key_of(name: &str) -> Option<Key> {
    let name: String = name.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
    let lower = name.to_lowercase().replace('-', "_");
    match lower.as_str() {
        "url" | "link" | "网址" | "链接" | "原文链接" => return Some(Key::Url),
        "retrieved" | "retrieved_at" | "crawled_at" | "抓取时间" | "采集时间" => return Some(Key::Retrieved),
        _ => (),
    }
    let listed = NAMES.iter().find(|(known, _)| *known == lower).map(|(_, field)| *field);
    let named = || MetadataField::ALL.iter().find(|field| field.name() == lower).copied();
    listed.or_else(named).or_else(|| MetadataField::of_label(&name)).map(Key::Field)
}

impl Given {
    /// What an object gives; `None` where it has no name that is known.
    pub(super) fn of_object(object: &Map<String, Value>) -> Option<Self> {
        let mut given = Self::default();
        for (name, value) in object {
            if let Some(value) = text_of(value) {
                given.add(name, &value);
            }
        }
        given.or_none()
    }

    fn or_none(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }

    /// Notes a value. Personal data, empty and overlong values, and names that are not known are passed over.
    fn add(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || value.chars().nth(LONGEST_VALUE).is_some() {
            return;
        }
        match key_of(name) {
            Some(Key::Url) => self.url = Some(value.to_owned()),
            Some(Key::Retrieved) => self.retrieved = Some(value.to_owned()),
            Some(Key::Field(field)) if !field.is_personal() => {
                if self.values.iter().all(|(known, _)| *known != field) {
                    self.values.push((field, value.to_owned()));
                }
            }
            Some(Key::Field(_)) | None => (),
        }
    }

    /// These values, and those of `other` for what is not given here.
    fn before(mut self, other: &Self) -> Self {
        for (field, value) in &other.values {
            if self.values.iter().all(|(known, _)| known != field) {
                self.values.push((*field, value.clone()));
            }
        }
        self.url = self.url.or_else(|| other.url.clone());
        self.retrieved = self.retrieved.or_else(|| other.retrieved.clone());
        self
    }

    /// Lays the values on a source: they come before what the page's head says.
    pub(super) fn lay_on(&self, source: &mut Source) {
        let values = self.values.iter().map(|(field, text)| GivenValue {
            field: *field,
            text: text.clone(),
            origin: Origin::Metadata,
        });
        source.given.splice(0..0, values);
        source.url = self.url.clone().or(source.url.take());
        source.retrieved.clone_from(&self.retrieved);
        source.metadata_sha256 = Some(self.sha256());
    }

    /// The hash of the values, whatever the order and form in which they were given.
    fn sha256(&self) -> String {
        let mut lines: Vec<String> =
            self.values.iter().map(|(field, value)| format!("{}\t{value}\n", field.name())).collect();
        lines.extend(self.url.iter().map(|url| format!("url\t{url}\n")));
        lines.extend(self.retrieved.iter().map(|time| format!("retrieved\t{time}\n")));
        lines.sort();
        sha256(lines.concat().as_bytes())
    }
}

/// A value as text: lists with 、 between, nothing for an empty one.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().filter(|value| !value.is_array()).filter_map(text_of).collect();
            (!values.is_empty()).then(|| values.join("、"))
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}
