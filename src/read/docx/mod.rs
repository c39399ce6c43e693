//! DOCX: paragraphs with their automatic numbers, tables, text boxes, footnotes; deletions left out.

mod body;
mod numbering;

use super::{Content, Fault, package::Package, xml};
use body::Body;
use numbering::Numbering;

const FORMAT: &str = "DOCX";

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Content, Fault> {
    let mut package = Package::open(bytes, FORMAT)?;
    let mut part = |name: &str| -> Result<Option<String>, Fault> {
        package.part(name)?.map(|bytes| xml::text(&bytes, FORMAT)).transpose()
    };
    let numbering = Numbering::read(part("word/numbering.xml")?.as_deref(), part("word/styles.xml")?.as_deref())?;
    let document = part("word/document.xml")?.unwrap_or_default();
    let mut body = Body::new(numbering);
    xml::walk(&document, FORMAT, |step| body.visit(&step))?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = part(notes)? {
            xml::walk(&notes, FORMAT, |step| body.visit(&step))?;
        }
    }
    Ok(Content { text: body.into_text(), encoding: "DOCX", ..Content::default() })
}
