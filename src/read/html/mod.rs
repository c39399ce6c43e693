//! HTML: the document's own text out of the page.

mod head;
mod labels;
mod lines;
mod main_text;
mod tree;

pub(super) use head::charset;

use super::{Content, Fault};
use crate::model::{Finding, FindingCode, Severity};
use lines::Line;
use tree::Tree;

/// As many lines are the head of a document, where labels and the title stand.
const HEAD: usize = 12;

/// Lines of the document that stand before its main text: labels and the title.
struct Front {
    labels: Vec<String>,
    title: Option<String>,
}

/// Reads a page: labels as `标签：值`, the title, the main text; the rest is told in one finding.
pub(super) fn read(text: &str) -> Result<Content, Fault> {
    let tree = Tree::parse(text)?;
    let all = lines::lines(&tree);
    let main = main_text::find(&tree, &all);
    let head = head::read(&tree);
    let in_main = |line: &Line| tree.with_ancestors(line.node).any(|id| id == main);
    let first = all.iter().position(in_main).unwrap_or(all.len());
    let body: Vec<&Line> = all[first..].iter().filter(|line| in_main(line) && !line.is_chrome).collect();
    let front = front(&all[..first], &body, head.title.as_deref());
    let lead = lead(&all[..first], front.title.as_deref());
    let mut written = Written::default();
    for label in front.labels {
        written.line(&label);
    }
    if let Some(title) = front.title {
        written.line(&title);
    }
    for (n, line) in lead.into_iter().chain(body).enumerate() {
        let labels = labels::of_line(&line.text).filter(|labels| n < HEAD && (line.is_row || labels.len() > 1));
        match labels {
            Some(labels) => labels.iter().for_each(|label| written.line(label)),
            None => written.line(&line.text),
        }
    }
    let kept = written.text.chars().filter(|c| !c.is_whitespace()).count();
    let shown: usize = all.iter().map(Line::characters).sum();
    let findings = left_out(&all, &written.text, shown.saturating_sub(kept));
    Ok(Content { text: written.text, given: head.given, url: head.url, findings, ..Content::default() })
}

#[derive(Default)]
struct Written {
    text: String,
}

impl Written {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// What stands before the main text and belongs to the document.
fn front(before: &[Line], body: &[&Line], title: Option<&str>) -> Front {
    let mut labels: Vec<String> = Vec::new();
    for line in before.iter().filter(|line| !line.is_chrome || line.is_row) {
        for label in labels::of_line(&line.text).unwrap_or_default() {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels.extend(labels::below_each_other(before));
    Front { labels, title: title_line(before, body, title) }
}

/// The title as the page shows it before the main text, unless the main text begins with it.
fn title_line(before: &[Line], body: &[&Line], title: Option<&str>) -> Option<String> {
    let title = squeezed(title?);
    let is_title = |line: &Line| squeezed(&line.text) == title;
    let head: String = body.iter().take(HEAD).map(|line| squeezed(&line.text)).collect();
    if head.contains(&title) {
        return None;
    }
    before.iter().rev().find(|line| is_title(line)).map(|line| line.text.clone())
}

/// Sentences between the title and the main text: an opening paragraph in an element of its own.
fn lead<'a>(before: &'a [Line], title: Option<&str>) -> Vec<&'a Line> {
    let Some(title) = title.and_then(|title| before.iter().rposition(|line| line.text == title)) else {
        return Vec::new();
    };
    let is_lead = |line: &&Line| {
        main_text::is_sentence(line)
            && line.text.ends_with(['。', '：', ':', '；'])
            && labels::of_line(&line.text).is_none()
    };
    before[title + 1..].iter().filter(is_lead).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// One finding for all that is of the page.
fn left_out(all: &[Line], kept: &str, characters: usize) -> Vec<Finding> {
    const SHOWN: usize = 40;
    if characters == 0 {
        return Vec::new();
    }
    let dropped: Vec<&str> =
        all.iter().map(|line| line.text.as_str()).filter(|line| !kept.contains(*line)).take(8).collect();
    let shown: String = dropped.join(" | ").chars().take(SHOWN).collect();
    let message = format!("网页的导航、页脚等 {characters} 字未收入正文: {shown}…");
    vec![Finding::whole(FindingCode::PageChrome, Severity::Info, message)]
}
