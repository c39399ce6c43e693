//! The body of a document: what is printed, a paragraph a line, a row of a table a line with tabs.

use super::numbering::{InList, Numbering};
use crate::read::xml::{Step, Tag};

/// Elements whose content is not printed: deletions, field codes, the second copy of a drawing.
const UNSEEN: [&str; 7] = ["del", "moveFrom", "delText", "instrText", "Fallback", "pPrChange", "rPrChange"];

/// Collects the text of a body.
pub(super) struct Body {
    numbering: Numbering,
    text: String,
    /// Paragraphs that are open, a text box's above the one that holds it.
    paragraphs: Vec<Paragraph>,
    /// Rows of tables that are open: the cells of each.
    rows: Vec<Vec<String>>,
    unseen: usize,
    in_text: bool,
    is_hidden: bool,
    in_list: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    list: InList,
    style: Option<String>,
}

impl Body {
    pub(super) fn new(numbering: Numbering) -> Self {
        Self {
            numbering,
            text: String::new(),
            paragraphs: Vec::new(),
            rows: Vec::new(),
            unseen: 0,
            in_text: false,
            is_hidden: false,
            in_list: false,
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn visit(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(tag) if UNSEEN.contains(&tag.name.as_str()) => self.unseen += 1,
            Step::Close(name) if UNSEEN.contains(name) => self.unseen = self.unseen.saturating_sub(1),
            _ if self.unseen > 0 => (),
            Step::Open(tag) => self.open(tag),
            Step::Close(name) => self.close(name),
            Step::Text(words) if self.in_text && !self.is_hidden => self.push(words),
            Step::Text(_) => (),
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.is_hidden = false,
            "vanish" => self.is_hidden = tag.is_on(),
            "t" => self.in_text = true,
            "tab" if !self.is_hidden && tag.attribute("pos").is_none() => self.push("\t"),
            "br" | "cr" if !self.is_hidden => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "numPr" => self.in_list = true,
            "numId" if self.in_list => self.list(|list| list.list = tag.value().map(str::to_owned)),
            "ilvl" if self.in_list => self.list(|list| list.level = tag.value().and_then(|level| level.parse().ok())),
            "pStyle" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.style = tag.value().map(str::to_owned);
                }
            }
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => (),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => self.is_hidden = false,
            "numPr" => self.in_list = false,
            "p" => self.end_paragraph(),
            "tr" => {
                if let Some(cells) = self.rows.pop() {
                    let separator = if self.rows.is_empty() { "\t" } else { " " };
                    self.line(cells.join(separator).trim_end());
                }
            }
            _ => (),
        }
    }

    fn list(&mut self, set: impl FnOnce(&mut InList)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            set(&mut paragraph.list);
        }
    }

    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(words);
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        // An empty paragraph is not counted in its list.
        let text = paragraph.text.trim_end();
        let number =
            if text.is_empty() { None } else { self.numbering.next(&paragraph.list, paragraph.style.as_deref()) };
        self.line(&format!("{}{text}", number.unwrap_or_default()));
    }

    /// A line of the text, or of the cell that is open.
    fn line(&mut self, line: &str) {
        let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) else {
            if !line.trim().is_empty() {
                self.text.push_str(line);
                self.text.push('\n');
            }
            return;
        };
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !cell.is_empty() && !line.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&line);
    }
}
