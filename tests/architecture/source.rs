//! The text of a source file, read as far as its paths go: no grammar, only names and marks.

use std::path::Path;

/// A source file.
pub(super) struct File {
    /// The module below the crate's root to which the file belongs.
    pub(super) module: String,
    /// Whether `super` here is the crate's root: in `src/clean.rs` and `src/clean/mod.rs`.
    below_root: bool,
    tokens: Vec<Token>,
}

/// A path such as `crate::model::Span`, with the line of its last name.
pub(super) struct Named {
    pub(super) segments: Vec<String>,
    pub(super) line: usize,
    /// Whether a `super` at its start is the crate's root.
    pub(super) below_root: bool,
}

/// A name, a number or a mark.
struct Token {
    text: String,
    line: usize,
}

impl File {
    /// `relative` is the file's path below `src`.
    pub(super) fn new(relative: &Path, text: &str) -> Self {
        let parts: Vec<String> =
            relative.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        Self {
            module: parts.first().cloned().unwrap_or_default(),
            below_root: matches!(parts.as_slice(), [_]) || matches!(parts.as_slice(), [_, file] if file == "mod"),
            tokens: tokens(text),
        }
    }

    /// The modules that the file declares, with their lines.
    pub(super) fn declared(&self) -> impl Iterator<Item = (usize, &str)> {
        self.tokens.windows(3).filter_map(|three| match three {
            [keyword, name, end] if keyword.text == "mod" && matches!(end.text.as_str(), ";" | "{") => {
                Some((name.line, name.text.as_str()))
            }
            _ => None,
        })
    }

    /// Every path in the file: one for each leaf of a `use`, and all others of two or more names.
    pub(super) fn paths(&self) -> Vec<Named> {
        let mut found = Vec::new();
        // For every brace that is open: whether it is that of a `mod`.
        let mut open = Vec::new();
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let first = found.len();
            match token.text.as_str() {
                "{" => open.push(self.is(at.wrapping_sub(2), "mod")),
                "}" => drop(open.pop()),
                // `impl Trait + use<'a>` imports nothing.
                "use" if !self.is(at + 1, "<") => at = self.leaves(at + 1, &[], &mut found),
                _ if self.starts_path(at) => {
                    let segments = self.names_from(at);
                    at += 2 * (segments.len() - 1);
                    if segments.len() > 1 {
                        found.push(self.named(segments, at));
                    }
                }
                _ => {}
            }
            for path in &mut found[first..] {
                path.below_root &= !open.contains(&true);
            }
            at += 1;
        }
        found
    }

    /// Reads the tree of a `use` from `at` and returns where it ends: at its `;`, or the `,` or `}` after a branch.
    fn leaves(&self, mut at: usize, before: &[String], found: &mut Vec<Named>) -> usize {
        let mut segments = before.to_vec();
        while let Some(token) = self.tokens.get(at) {
            match token.text.as_str() {
                "," | ";" | "}" => break,
                "{" => {
                    while at < self.tokens.len() && !self.is(at, "}") && !self.is(at, ";") {
                        at = self.leaves(at + 1, &segments, found);
                    }
                    return at + 1;
                }
                "as" => at += 1,
                "::" => {}
                name => segments.push(name.to_owned()),
            }
            at += 1;
        }
        if segments.len() > before.len() {
            found.push(self.named(segments, at - 1));
        }
        at
    }

    /// `a`, `b`, `c` of `a::b::c` at `at`.
    fn names_from(&self, mut at: usize) -> Vec<String> {
        let mut names = vec![self.tokens[at].text.clone()];
        while self.is(at + 1, "::") && self.is_name(at + 2) {
            at += 2;
            names.push(self.tokens[at].text.clone());
        }
        names
    }

    fn named(&self, segments: Vec<String>, last: usize) -> Named {
        Named { segments, line: self.tokens.get(last).map_or(0, |token| token.line), below_root: self.below_root }
    }

    /// A name, unless it goes on from something that is none: `<T as A>::b`.
    fn starts_path(&self, at: usize) -> bool {
        let goes_on = at >= 2 && self.is(at - 1, "::") && self.is(at - 2, ">");
        self.is_name(at) && !goes_on
    }

    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text == text)
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.text.starts_with(|c: char| is_of_name(c) && !c.is_ascii_digit()))
    }
}

/// Names and marks, without comments, strings, characters and lifetimes.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let name = &rest[..length_while(rest, is_of_name)];
        let after = &rest[name.len()..];
        let (length, is_token) = if rest.starts_with("//") {
            (length_while(rest, |c| c != '\n'), false)
        } else if rest.starts_with("/*") {
            (length_of_comment(rest), false)
        } else if first == '"' {
            (length_of_string(rest), false)
        } else if first == '\'' {
            (length_of_character(rest), false)
        } else if matches!(name, "r" | "br" | "cr") && after.trim_start_matches('#').starts_with('"') {
            (name.len() + length_of_raw_string(after), false)
        } else if name == "r" && after.starts_with('#') {
            ("r#".len() + length_while(&after[1..], is_of_name), true)
        } else if matches!(name, "b" | "c") && after.starts_with(['"', '\'']) {
            (name.len(), false)
        } else if !name.is_empty() {
            (name.len(), true)
        } else if rest.starts_with("::") {
            ("::".len(), true)
        } else {
            (first.len_utf8(), !first.is_whitespace())
        };
        let (read, unread) = rest.split_at(length);
        if is_token {
            let text = read.to_owned();
            found.push(Token { text, line });
        }
        line += read.matches('\n').count();
        rest = unread;
    }
    found
}

/// `/* … */`; they nest.
fn length_of_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += first.len_utf8();
        }
    }
    at
}

fn length_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// `#"…"#` after its `r`.
fn length_of_raw_string(text: &str) -> usize {
    let hashes = length_while(text, |c| c == '#');
    let body = hashes + 1;
    let end = format!("\"{}", "#".repeat(hashes));
    text[body..].find(&end).map_or(text.len(), |at| body + at + end.len())
}

/// `'x'` and `'\n'` whole; of a lifetime the mark and its name.
fn length_of_character(text: &str) -> usize {
    let mut inner = text.chars().skip(1);
    match (inner.next(), inner.next()) {
        (Some('\\'), Some(escaped)) => {
            let body = "'\\".len() + escaped.len_utf8();
            text[body..].find('\'').map_or(text.len(), |at| body + at + 1)
        }
        (Some(c), Some('\'')) => c.len_utf8() + "''".len(),
        _ => 1 + length_while(&text[1..], is_of_name),
    }
}

fn length_while(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
