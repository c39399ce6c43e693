//! A table of metadata: one row a file, a column for its name; CSV or XLSX.

use super::Given;
use crate::read::{Fault, decode, package::Package};
use calamine::{Data, Reader as _, Xlsx};
use std::{collections::BTreeMap, io::Cursor};

/// The names of the column that names the file.
const FILE_COLUMNS: [&str; 7] = ["文件", "文件名", "文件名称", "file", "filename", "file_name", "name"];

/// Reads the rows: file name → what is given.
pub(super) fn read(bytes: &[u8]) -> Result<BTreeMap<String, Given>, Fault> {
    let rows = if bytes.starts_with(b"PK") { xlsx(bytes)? } else { csv(bytes)? };
    let mut rows = rows.into_iter();
    let header: Vec<String> = rows.next().unwrap_or_default();
    let is_file =
        |name: &String| FILE_COLUMNS.contains(&name.trim().trim_start_matches('\u{feff}').to_lowercase().as_str());
    let Some(file) = header.iter().position(is_file) else {
        return Err(unusable("缺少文件名一列: 文件 或 file (no column names the file)"));
    };
    let mut table = BTreeMap::new();
    for row in rows {
        let Some(name) = row.get(file).map(|name| name.trim()).filter(|name| !name.is_empty()) else { continue };
        let mut given = Given::default();
        for (column, (title, value)) in header.iter().zip(&row).enumerate() {
            if column != file {
                given.add(title, value);
            }
        }
        if let Some(given) = given.or_none() {
            table.insert(name.to_owned(), given);
        }
    }
    Ok(table)
}

fn csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    let text = decode(bytes).ok_or_else(|| unusable("不是文本 (no text)"))?.text;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.map(|row| row.iter().map(str::to_owned).collect()));
    rows.collect::<Result<_, _>>().map_err(|error| unusable(&error.to_string()))
}

/// The first sheet.
fn xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    // The workbook's own reader has no limits: what unpacks to too much is refused before it.
    Package::open(bytes, "XLSX")?.unpack_all()?;
    let damaged = |error: calamine::XlsxError| Fault::Damaged { format: "XLSX", reason: error.to_string() };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| unusable("没有工作表 (no sheet)"))?.map_err(damaged)?;
    Ok(sheet.rows().map(|row| row.iter().map(cell).collect()).collect())
}

fn cell(value: &Data) -> String {
    match value {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

fn unusable(reason: &str) -> Fault {
    Fault::Metadata { reason: reason.to_owned() }
}
