//! 预测 (prediction): the extraction record as its public form tells it. The measure is taken on what users
//! get, not on the values inside.

use super::{annotation::OneOrMore, place::Place};
use serde::Deserialize;

/// What is scored of an extraction record.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Prediction {
    pub(super) document: DocumentPrediction,
    pub(super) works: Vec<WorkPrediction>,
    pub(super) measures: Vec<MeasurePrediction>,
    pub(super) citations: Vec<CitationPrediction>,
    pub(super) targets: Vec<TargetPrediction>,
    pub(super) findings: Vec<FindingPrediction>,
}

/// Words with their place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Quote {
    pub(super) text: Option<String>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
}

impl Quote {
    pub(super) fn place(&self) -> Option<Place> {
        self.start.zip(self.end)
    }

    /// The words, or a dash where there are none.
    pub(super) fn words(&self) -> &str {
        self.text.as_deref().unwrap_or("–")
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NormedPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) norm: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DocumentPrediction {
    pub(super) title: Option<NormedPrediction>,
    pub(super) kind: Option<String>,
    pub(super) form: Option<String>,
    pub(super) number: Option<NormedPrediction>,
    pub(super) issuers: Vec<AgencyPrediction>,
    pub(super) addressees: Vec<AgencyPrediction>,
    pub(super) dates: Vec<DatePrediction>,
    pub(super) metadata: Vec<MetadataPrediction>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AgencyPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) basis: Option<String>,
    pub(super) confidence: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DatePrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) iso: Option<String>,
    pub(super) role: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MetadataPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) field: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkPrediction {
    pub(super) id: String,
    pub(super) role: Option<String>,
    pub(super) key: Option<String>,
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) promulgates: Option<OneOrMore<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MeasurePrediction {
    pub(super) work: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) heading: Option<String>,
    pub(super) start: Option<usize>,
    pub(super) end: Option<usize>,
    pub(super) responsibilities: Vec<AgencyPrediction>,
    pub(super) deadline: Option<DeadlinePrediction>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DeadlinePrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) iso: Option<String>,
    pub(super) continuing: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CitationPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) number: Option<NormedPrediction>,
    pub(super) relation: Option<String>,
    pub(super) work: Option<String>,
    pub(super) nested_in: Option<usize>,
    pub(super) key: Option<String>,
    pub(super) state: Option<String>,
    pub(super) confidence: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TargetPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) value: serde_json::Value,
    pub(super) unit: Option<String>,
    pub(super) by: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FindingPrediction {
    #[serde(flatten)]
    pub(super) quote: Quote,
    pub(super) code: String,
    pub(super) severity: String,
}
