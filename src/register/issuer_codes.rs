//! 机关代字 (issuer codes): whose number it is.

use super::{
    regions::Regions,
    table::{RegisterError, Tables},
};
use std::collections::BTreeMap;

/// 机关代字 (issuer code).
#[derive(Clone, Debug)]
pub struct IssuerCode {
    /// The code: 国知发运字.
    pub code: String,
    /// Full name of the organ whose number it is.
    pub organisation: String,
    /// GB/T 2260 code of its region.
    pub region: String,
    /// A attested, M listed, K by pattern, C counted in public catalogues.
    pub evidence: String,
}

impl IssuerCode {
    /// Whether nobody has seen the code in use: it only follows the pattern of others.
    #[must_use]
    pub fn is_by_pattern(&self) -> bool {
        self.evidence == "K"
    }
}

/// All issuer codes.
#[derive(Clone, Debug, Default)]
pub struct IssuerCodes {
    by_code: BTreeMap<String, Vec<IssuerCode>>,
}

impl IssuerCodes {
    pub(super) fn parse(tables: &Tables, regions: &Regions) -> Result<Self, RegisterError> {
        let mut by_code: BTreeMap<String, Vec<IssuerCode>> = BTreeMap::new();
        for row in tables.rows("issuer_codes.csv", &["code", "organisation"])? {
            let region = row.required("region")?.to_owned();
            if regions.get(&region).is_none() {
                return Err(row.wrong(format!("地区代码不存在 (unknown region): {region}")));
            }
            let code = IssuerCode {
                code: row.required("code")?.to_owned(),
                organisation: row.required("organisation")?.to_owned(),
                evidence: row.required("evidence")?.to_owned(),
                region,
            };
            by_code.entry(code.code.clone()).or_default().push(code);
        }
        Ok(Self { by_code })
    }

    /// The organs that number with exactly this code.
    #[must_use]
    pub fn get(&self, code: &str) -> &[IssuerCode] {
        self.by_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// The one organ that numbers with this code; `None` where there is none or more than one.
    #[must_use]
    pub fn only(&self, code: &str) -> Option<&IssuerCode> {
        match self.get(code) {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The registered code that `run` ends with, the longest one: 国发 of 根据国发.
    #[must_use]
    pub fn longest_suffix<'a>(&self, run: &'a str) -> Option<&'a str> {
        run.char_indices().map(|(at, _)| &run[at..]).find(|suffix| self.by_code.contains_key(*suffix))
    }

    /// The registered codes that `code` begins with, the longest one's entries.
    #[must_use]
    pub fn longest_prefix(&self, code: &str) -> &[IssuerCode] {
        let mut ends: Vec<usize> = code.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        ends.reverse();
        ends.into_iter().map(|end| self.get(&code[..end])).find(|codes| !codes.is_empty()).unwrap_or(&[])
    }

    /// All codes in order.
    pub fn iter(&self) -> impl Iterator<Item = &IssuerCode> {
        self.by_code.values().flatten()
    }
}
