//! PDF with a text layer.

use super::{
    Content, Fault,
    limits::MOST_PAGES,
    pages::{self, Piece},
};
use pdf_oxide::PdfDocument;
use std::{panic, sync::mpsc, thread, time::Duration};

const FORMAT: &str = "PDF";
/// The name of the thread that reads a PDF: its panics are told as errors of the file.
pub const PDF_THREAD: &str = "pdf";
/// A file that takes longer is built to hang.
const LONGEST: Duration = Duration::from_secs(60);
/// Room for the nesting that the parser follows.
const STACK: usize = 64 << 20;

/// Reads a document. The parser is foreign to us and PDF is a language: it runs in a thread of its own, so that a
/// file on which it fails or never ends costs one error.
pub(super) fn read(bytes: &[u8]) -> Result<Content, Fault> {
    let damaged = |reason: &str| Fault::Damaged { format: FORMAT, reason: reason.to_owned() };
    let bytes = bytes.to_vec();
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        let read = panic::catch_unwind(|| pages_of(bytes));
        // Nobody listens any more where the time was up.
        let _ = sender.send(read.unwrap_or_else(|_| Err(damaged("解析失败 (the parser failed)"))));
    };
    thread::Builder::new()
        .name(PDF_THREAD.to_owned())
        .stack_size(STACK)
        .spawn(work)
        .map_err(|_| damaged("内存不足 (no memory)"))?;
    let pages = match receiver.recv_timeout(LONGEST) {
        Ok(read) => read?,
        Err(_) => return Err(Fault::Beyond { what: "解析时间, 秒 (seconds to parse)", limit: LONGEST.as_secs() }),
    };
    let text = pages::text(pages);
    // Pictures with a stamp or a page number are pictures.
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 10 {
        return Err(Fault::NoTextLayer);
    }
    Ok(Content { text, encoding: FORMAT, ..Content::default() })
}

fn pages_of(bytes: Vec<u8>) -> Result<Vec<Vec<Piece>>, Fault> {
    let damaged = |error: pdf_oxide::Error| Fault::Damaged { format: FORMAT, reason: error.to_string() };
    let document = PdfDocument::from_bytes(bytes).map_err(damaged)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err(Fault::Encrypted);
    }
    let count = document.page_count().map_err(damaged)?;
    if count > MOST_PAGES {
        return Err(Fault::Beyond { what: "页数 (pages)", limit: MOST_PAGES as u64 });
    }
    let page = |index| {
        let spans = document.extract_spans(index).map_err(damaged)?;
        Ok(spans
            .into_iter()
            .map(|span| Piece {
                left: f64::from(span.bbox.x),
                right: f64::from(span.bbox.x + span.bbox.width),
                top: -f64::from(span.bbox.y),
                size: f64::from(span.font_size),
                text: span.text,
            })
            .collect())
    };
    (0..count).map(page).collect()
}
