//! A table as XLSX (ECMA-376, Office Open XML): one sheet, the first row its heading.

use std::{
    fmt::Write as _,
    io::{self, Cursor, Write as _},
};
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

/// A table that no sheet can hold.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Spreadsheets end at 1,048,576 rows.
    #[error("表格至多 1048576 行 (a sheet holds at most 1048576 rows)")]
    Rows,
    /// Spreadsheets cut words off behind 32,767 UTF-16 units.
    #[error("第 {row} 行有一格超过 32767 字, 电子表格放不下 (row {row} has a cell of more than 32767 characters)")]
    Cell {
        /// The row, counting from 1 below the heading.
        row: usize,
    },
    /// It could not be packed.
    #[error("无法写成 XLSX (cannot write XLSX): {0}")]
    Packing(#[from] ZipError),
    /// As above.
    #[error("无法写成 XLSX (cannot write XLSX): {0}")]
    Writing(#[from] io::Error),
}

/// The parts around the sheet: name and content.
const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="结果" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    // Style 1 is the heading's: bold.
    (
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"#,
    ),
];

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A workbook of one sheet. The same table gives the same bytes. O(size of the table).
///
/// ```
/// use zhengmai::exchange::{Cell, write_xlsx};
/// let rows = [vec![Cell::Text("津丽知略〔2021〕1号".to_owned()), Cell::Number(3.0)]];
/// assert!(write_xlsx(&["number".to_owned(), "cited".to_owned()], rows)?.starts_with(b"PK"));
/// # Ok::<(), zhengmai::exchange::SheetError>(())
/// ```
///
/// # Errors
/// When the table has more rows, or a cell more characters, than spreadsheets hold.
pub fn write_xlsx(columns: &[String], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, SheetError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, content) in PARTS {
        archive.start_file(name, options)?;
        archive.write_all(DECLARATION.as_bytes())?;
        archive.write_all(content.as_bytes())?;
    }
    archive.start_file("xl/worksheets/sheet1.xml", options)?;
    archive.write_all(DECLARATION.as_bytes())?;
    archive.write_all(
        br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#,
    )?;
    let heading: Vec<Cell> = columns.iter().cloned().map(Cell::Text).collect();
    archive.write_all(row(0, &heading)?.as_bytes())?;
    for (at, cells) in rows.into_iter().enumerate() {
        archive.write_all(row(at + 1, &cells)?.as_bytes())?;
    }
    archive.write_all(b"</sheetData></worksheet>")?;
    Ok(archive.finish()?.into_inner())
}

/// A row in XML; row 0 is the heading.
fn row(at: usize, cells: &[Cell]) -> Result<String, SheetError> {
    if at >= 1 << 20 {
        return Err(SheetError::Rows);
    }
    let style = if at == 0 { " s=\"1\"" } else { "" };
    let mut xml = String::from("<row>");
    for cell in cells {
        // Writing to a string does not fail.
        let _ = match cell {
            Cell::Empty => write!(xml, "<c/>"),
            Cell::Number(number) if number.is_finite() => write!(xml, "<c><v>{number}</v></c>"),
            Cell::Number(number) => write!(xml, "<c t=\"inlineStr\"><is><t>{number}</t></is></c>"),
            Cell::Boolean(yes) => write!(xml, "<c t=\"b\"><v>{}</v></c>", u8::from(*yes)),
            Cell::Text(text) if text.encode_utf16().count() > 32_767 => return Err(SheetError::Cell { row: at }),
            Cell::Text(text) => {
                let text = escaped(text);
                write!(xml, "<c{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
            }
        };
    }
    xml.push_str("</row>");
    Ok(xml)
}

/// Text as it stands in a sheet: what XML can't hold is written `_xHHHH_`, and so is what looks like that already.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '_' if is_escape(&text[at..]) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                // Writing to a string does not fail.
                let _ = write!(xml, "_x{:04X}_", u32::from(c));
            }
            c => xml.push(c),
        }
    }
    xml
}

/// Whether text begins with `_xHHHH_`.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7 && &bytes[..2] == b"_x" && bytes[2..6].iter().all(u8::is_ascii_hexdigit) && bytes[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_can_not_hold_is_escaped() {
        for (text, xml) in [
            ("〔2021〕<1>&\"2\"", "〔2021〕&lt;1&gt;&amp;\"2\""),
            ("a\u{b}b\r", "a_x000B_b_x000D_"),
            ("_x000B_ _x00_", "_x005F_x000B_ _x00_"),
            ("一\n二", "一\n二"),
        ] {
            assert_eq!(escaped(text), xml);
        }
    }

    #[test]
    fn what_a_sheet_would_cut_off_is_refused() {
        let long = |count| [vec![Cell::Text("字".repeat(count))]];
        assert!(write_xlsx(&["a".to_owned()], long(32_767)).is_ok());
        assert!(matches!(write_xlsx(&["a".to_owned()], long(32_768)), Err(SheetError::Cell { row: 1 })));
    }
}
