//! Rows of CSV with named columns, and errors that say where a row is wrong.

use std::collections::BTreeMap;

/// A register that can't be read.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{file} 第{line}行 (line {line}): {message}")]
pub struct RegisterError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong and what would be right.
    pub message: String,
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        const EMBEDDED: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../data/", $name)))),*];
    };
}

files! {
    "agencies.csv",
    "agency_suffixes.csv",
    "cues.csv",
    "issuer_codes.csv",
    "kinds.csv",
    "laws.csv",
    "noise.csv",
    "personal_data.csv",
    "region_groups.csv",
    "regions.csv",
}

/// The CSV texts that registers are made from: the built-in ones and, over them, a user's.
#[derive(Clone, Debug)]
pub struct Tables {
    layers: Vec<BTreeMap<String, String>>,
}

impl Tables {
    /// The built-in tables.
    #[must_use]
    pub fn embedded() -> Self {
        let layer = EMBEDDED.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
        Self { layers: vec![layer] }
    }

    /// These tables with another layer over them: file name → CSV text.
    ///
    /// # Errors
    /// Names a file that is none of the registers.
    pub fn overlaid(mut self, layer: BTreeMap<String, String>) -> Result<Self, RegisterError> {
        for name in layer.keys() {
            if !EMBEDDED.iter().any(|(known, _)| known == name) {
                let known: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
                let message = format!("不是登记表文件 (no register of this name); 可用 (known): {}", known.join(" "));
                return Err(RegisterError { file: name.clone(), line: 0, message });
            }
        }
        self.layers.push(layer);
        Ok(self)
    }

    /// SHA-256 of all tables in order: what a reading depends on besides the rules and the source.
    #[must_use]
    pub fn hash(&self) -> String {
        let texts = self.layers.iter().flatten().map(|(name, text)| format!("{name}\0{text}\0"));
        crate::model::sha256(texts.collect::<String>().as_bytes())
    }

    /// The names of the registers.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }

    /// The rows of a register, built-in first. A later row whose `key` columns equal an earlier one's
    /// takes its place.
    pub(super) fn rows(&self, file: &str, key: &[&str]) -> Result<Vec<Row>, RegisterError> {
        let mut rows: Vec<Row> = Vec::new();
        let mut places: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (depth, layer) in self.layers.iter().enumerate() {
            let Some(text) = layer.get(file) else { continue };
            for row in parse(file, text)? {
                let identity = key.iter().map(|name| row.get(name).map(str::to_owned)).collect::<Result<_, _>>()?;
                match places.get(&identity) {
                    Some(&place) if rows[place].depth < depth => rows[place] = Row { depth, ..row },
                    Some(_) => return Err(row.wrong(format!("重复的行 (a second row with this {})", key.join("+")))),
                    None => {
                        places.insert(identity, rows.len());
                        rows.push(Row { depth, ..row });
                    }
                }
            }
        }
        Ok(rows)
    }
}

/// One row of a register.
#[derive(Clone, Debug)]
pub(super) struct Row {
    file: String,
    line: u64,
    depth: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// The cell of a column, blanks at its ends taken off.
    pub(super) fn get(&self, column: &str) -> Result<&str, RegisterError> {
        self.cells.get(column).map(String::as_str).ok_or_else(|| self.wrong(format!("缺少列 (no column) `{column}`")))
    }

    /// The cell of a column that must not be empty.
    pub(super) fn required(&self, column: &str) -> Result<&str, RegisterError> {
        match self.get(column)? {
            "" => Err(self.wrong(format!("列 `{column}` 不能为空 (must not be empty)"))),
            cell => Ok(cell),
        }
    }

    /// The parts of a cell between `|`.
    pub(super) fn list(&self, column: &str) -> Result<Vec<String>, RegisterError> {
        Ok(self.get(column)?.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    /// An error at this row.
    pub(super) fn wrong(&self, message: impl Into<String>) -> RegisterError {
        RegisterError { file: self.file.clone(), line: self.line, message: message.into() }
    }
}

fn parse(file: &str, text: &str) -> Result<Vec<Row>, RegisterError> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let wrong = |error: &csv::Error| RegisterError {
        file: file.to_owned(),
        line: error.position().map_or(0, csv::Position::line),
        message: error.to_string(),
    };
    let columns: Vec<String> = reader.headers().map_err(|e| wrong(&e))?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| wrong(&e))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        rows.push(Row { file: file.to_owned(), line, depth: 0, cells });
    }
    Ok(rows)
}
