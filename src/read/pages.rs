//! Printed pages (PDF, OFD) become paragraphs: rows joined, page numbers and running heads out.

use std::collections::BTreeMap;

/// A piece of text at its place on a page, in any unit of length; `top` grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) size: f64,
    pub(super) text: String,
}

/// A row of print.
#[derive(Debug)]
struct Row {
    left: f64,
    right: f64,
    size: f64,
    top: f64,
    text: String,
}

/// The text of pages, a paragraph a line.
pub(super) fn text(pages: Vec<Vec<Piece>>) -> String {
    let mut pages: Vec<Vec<Row>> = pages.into_iter().map(rows).collect();
    for page in &mut pages {
        drop_number(page);
    }
    drop_running_heads(&mut pages);
    let rows: Vec<Row> = pages.into_iter().flatten().collect();
    joined(&rows)
}

/// Pieces on one height are a row, read from the left.
fn rows(mut pieces: Vec<Piece>) -> Vec<Row> {
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let fits = rows
            .last()
            .and_then(|row| row.first())
            .is_some_and(|first| (piece.top - first.top).abs() <= first.size.max(piece.size) * 0.5);
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    rows.into_iter().map(row).collect()
}

fn row(mut pieces: Vec<Piece>) -> Row {
    pieces.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut row = Row { left: f64::MAX, right: f64::MIN, size: 0.0, top: 0.0, text: String::new() };
    for piece in pieces {
        let gap = piece.left - row.right;
        if !row.text.is_empty() && gap > piece.size * 1.5 {
            row.text.push('\t');
        } else if !row.text.is_empty() && gap > piece.size * 0.22 {
            row.text.push(' ');
        }
        row.text.push_str(piece.text.trim_matches('\n'));
        row.left = row.left.min(piece.left);
        row.right = row.right.max(piece.right);
        row.size = row.size.max(piece.size);
        row.top = piece.top;
    }
    row.text = without_blanks_of_print(row.text.trim());
    row
}

/// Two words of Latin letters with a gap between them.
fn touches_latin(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric()) && after.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// 2025 年, 12 月: blanks between a figure and a character are the printer's.
fn without_blanks_of_print(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_wide = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && !c.is_whitespace());
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let figure = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let between = (is_wide(before) && figure(after)) || (figure(before) && is_wide(after));
        !(**c == ' ' && between)
    });
    kept.map(|(_, c)| *c).collect()
}

/// — 1 —, - 1 -, 第1页 共3页, 1/3, 1: at the head or foot of a page.
fn drop_number(page: &mut Vec<Row>) {
    page.retain(|row| !is_browsers(&row.text));
    if page.last().is_some_and(|row| is_page_number(&row.text)) {
        page.pop();
    }
    if page.len() > 1 && page.first().is_some_and(|row| is_page_number(&row.text)) {
        page.remove(0);
    }
}

/// What a browser prints at the head and foot: the address, the time.
fn is_browsers(text: &str) -> bool {
    let is_time = |word: &str| word.contains(':') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let is_day =
        |word: &str| word.matches('/').count() == 2 && word.bytes().all(|byte| b"0123456789/,".contains(&byte));
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default();
    ["file://", "http://", "https://"].iter().any(|scheme| first.starts_with(scheme))
        || (is_day(first) && words.next().is_some_and(is_time))
}

fn is_page_number(text: &str) -> bool {
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = squeezed.replace("第", "").replace("页", "").replace("共", "").replace("Page", "");
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let other = bare.chars().any(|c| !c.is_ascii_digit() && !"-—–−―·/，,".contains(c));
    (1..=8).contains(&digits) && !other && squeezed.chars().count() <= 16
}

/// What stands first or last on three pages or more, and on half of them, is no text.
fn drop_running_heads(pages: &mut [Vec<Row>]) {
    let key = |row: &Row| row.text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect::<String>();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let mut ends: Vec<String> = [page.first(), page.last()].into_iter().flatten().map(key).collect();
        ends.dedup();
        for end in ends {
            *seen.entry(end).or_default() += 1;
        }
    }
    let least = (pages.len() / 2).max(3);
    let runs = |row: Option<&Row>| row.is_some_and(|row| seen.get(&key(row)).is_some_and(|count| *count >= least));
    for page in pages.iter_mut() {
        if runs(page.last()) {
            page.pop();
        }
        if runs(page.first()) {
            page.remove(0);
        }
        drop_number(page);
    }
}

/// Rows that go on in the next are joined with it.
fn joined(rows: &[Row]) -> String {
    let body = body_size(rows);
    let margin_left = edge(rows, body, |row| row.left, false);
    let margin_right = edge(rows, body, |row| row.right, true);
    let step = usual_step(rows);
    // Where paragraphs begin with blanks, a row without them goes on even behind a sentence.
    let indents = rows.iter().any(|row| {
        let indent = (row.left - margin_left) / row.size.max(0.1);
        (row.size - body).abs() < body * 0.15 && (1.5..2.8).contains(&indent)
    });
    let mut text = String::new();
    let mut open_title = false;
    for (at, row) in rows.iter().enumerate() {
        text.push_str(&row.text);
        open_title = row.text.chars().fold(open_title, |open, c| if c == '《' { true } else { open && c != '》' });
        let Some(next) = rows.get(at + 1) else { break };
        let ends = row.text.ends_with(['。', '：', '；', '！', '？']);
        // 〔2019〕56号 is not broken: a row before it may end early.
        let short_of = if ends { 0.9 } else { 6.0 };
        let is_full = row.right >= margin_right - row.size * short_of;
        let is_indented = next.left > margin_left + next.size * 1.2;
        let same_size = (row.size - next.size).abs() < 0.6;
        let is_heading =
            row.size > body * 1.15 && same_size && next.top > row.top && next.top - row.top < row.size * 2.6;
        let is_table = row.text.contains('\t') || next.text.contains('\t');
        let is_spaced = next.top - row.top > step * 1.3;
        let in_paragraph = is_full && same_size && !is_indented && !is_spaced && !is_table && (indents || !ends);
        let goes_on = in_paragraph || is_heading || (open_title && !is_table && !ends);
        if !goes_on {
            text.push('\n');
            open_title = false;
        } else if touches_latin(&row.text, &next.text) {
            text.push(' ');
        }
    }
    text.push('\n');
    text
}

/// The usual distance from row to row; a paragraph set apart stands further off.
fn usual_step(rows: &[Row]) -> f64 {
    let steps = rows.windows(2).map(|pair| pair[1].top - pair[0].top);
    let mut steps: Vec<f64> = steps.filter(|step| *step > 0.0).collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(f64::MAX)
}

/// The size of most of the text.
fn body_size(rows: &[Row]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = rows.iter().map(|row| (row.size, row.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: usize = sizes.iter().map(|(_, count)| count).sum();
    let mut counted = 0;
    for (size, count) in sizes {
        counted += count;
        if counted * 2 >= all {
            return size;
        }
    }
    0.0
}

/// The margin of the rows of the body's size: the least or greatest edge but for a twentieth.
fn edge(rows: &[Row], body: f64, of: impl Fn(&Row) -> f64, greatest: bool) -> f64 {
    let mut edges: Vec<f64> = rows.iter().filter(|row| (row.size - body).abs() < body * 0.15).map(of).collect();
    edges.sort_by(f64::total_cmp);
    let spared = edges.len() / 20;
    let at = if greatest { edges.len().saturating_sub(1 + spared) } else { spared };
    edges.get(at).copied().unwrap_or_default()
}
