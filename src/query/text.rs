//! What the text of a query says of its size before it is parsed: the parser goes down one level of its stack for each
//! bracket, and looks through all variables for each expression that is given a name.

use super::QueryError;
use std::borrow::Cow;

/// Brackets within brackets.
const NESTED: u64 = 200;

/// Named expressions (`AS`) times variables.
const NAMED: u64 = 20_000_000;

/// Variables in a row, as after SELECT: each is compared with those before it.
const IN_A_ROW: u64 = 5_000;

/// Checks a text. O(its length).
///
/// # Errors
/// When parsing it would take too long, or too much of the stack.
pub(super) fn check(text: &str) -> Result<(), QueryError> {
    let seen = Seen::of(&unescaped(text));
    within("括号层数 (nested brackets)", seen.deepest, NESTED)?;
    within("并列的变量 (variables in a row)", seen.longest, IN_A_ROW)?;
    within("AS 与变量之积 (AS times variables)", seen.named.saturating_mul(seen.variables), NAMED)
}

/// That there are no more of something than may be.
pub(super) fn within(what: &'static str, found: u64, most: u64) -> Result<(), QueryError> {
    if found <= most { Ok(()) } else { Err(QueryError::TooComplex { what, found, most }) }
}

#[derive(Default)]
struct Seen {
    depth: u64,
    deepest: u64,
    variables: u64,
    row: u64,
    longest: u64,
    named: u64,
}

impl Seen {
    /// Reads a text token by token (SPARQL 1.1, section 19.8): what stands in strings, IRIs and comments is none.
    fn of(text: &str) -> Self {
        let mut seen = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
                '"' | '\'' => string(rest, first),
                '<' => iri(rest).unwrap_or(1),
                '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                '?' | '$' => 1 + word(&rest[1..]),
                _ if is_of_word(first) => word(rest),
                _ => first.len_utf8(),
            };
            let (token, behind) = rest.split_at(length);
            seen.token(first, token);
            rest = behind;
        }
        seen
    }

    fn token(&mut self, first: char, token: &str) {
        match first {
            '(' | '{' | '[' => {
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
            }
            ')' | '}' | ']' => self.depth = self.depth.saturating_sub(1),
            '?' | '$' => {
                self.variables += 1;
                self.row += 1;
                self.longest = self.longest.max(self.row);
                return;
            }
            _ if token.eq_ignore_ascii_case("as") => self.named += 1,
            '#' => return,
            _ if first.is_ascii_whitespace() => return,
            _ => (),
        }
        self.row = 0;
    }
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// How long the word is that a text begins with.
fn word(text: &str) -> usize {
    text.find(|character| !is_of_word(character)).unwrap_or(text.len())
}

/// How long the string is that a text begins with; a short one ends with its line.
fn string(text: &str, quote: char) -> usize {
    let long = [quote; 3].iter().collect::<String>();
    let (opening, is_long) = if text.starts_with(&long) { (3, true) } else { (1, false) };
    let mut characters = text.char_indices().skip(opening);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => drop(characters.next()),
            '\n' | '\r' if !is_long => return at,
            _ if character == quote && !is_long => return at + 1,
            _ if character == quote && text[at..].starts_with(&long) => return at + 3,
            _ => (),
        }
    }
    text.len()
}

/// How long the IRI is that a text begins with, if it is one and not a comparison.
fn iri(text: &str) -> Option<usize> {
    let outside = |character: char| character <= ' ' || "<>\"{}|^`\\".contains(character);
    let end = 1 + text.get(1..)?.find(outside)?;
    text[end..].starts_with('>').then_some(end + 1)
}

/// The text with its escapes (`\u` and four hexadecimal digits, `\U` and eight) as the characters that they stand
/// for, wherever they are.
fn unescaped(text: &str) -> Cow<'_, str> {
    let mut written = String::new();
    let mut rest = text;
    while let Some((at, digits)) = escape(rest) {
        let (before, behind) = rest.split_at(at);
        written.push_str(before);
        let code = behind.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
        let (replaced, length) = match code.and_then(char::from_u32) {
            Some(character) => (character, 2 + digits),
            None => ('\\', 1),
        };
        written.push(replaced);
        rest = &behind[length..];
    }
    if written.is_empty() {
        return Cow::Borrowed(text);
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// Where the next escape stands, and how many digits it has.
fn escape(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find('\\').map(|at| from + at) {
        match text[at + 1..].chars().next() {
            Some('u') => return Some((at, 4)),
            Some('U') => return Some((at, 8)),
            // A backslash that stands for itself, or what follows one.
            other => from = at + 1 + other.map_or(0, char::len_utf8),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_strings_iris_and_comments_is_not_counted() {
        for (text, deepest, variables, named) in [
            ("SELECT (?a AS ?b) { ?a ?c 'x' }", 1, 4, 1),
            ("SELECT * { ?a ?b '((( ?c AS \\' ?d' }", 1, 2, 0),
            ("SELECT * { ?a ?b \"\"\"(( \" ?c \n AS \\\"\"\" ?d\"\"\" , \"{\" }", 1, 2, 0),
            ("SELECT * { ?a <urn:((?x#AS> ?b FILTER (?a < ?b && ?b > ?a) } # ((( ?c AS", 2, 6, 0),
            ("SELECT * { ex:a\\'b ?p ex:Asas , ?as }", 1, 2, 0),
            ("SELECT (1 \\u0041S ?b) { { \\U0000003Fc \\u00zz ?d } }", 2, 3, 1),
            ("SELECT ('\\\\u0027 AS ?a' AS ?b) { }", 1, 1, 1),
            ("SELECT ('unfinished AS ?b\n AS $c", 1, 1, 1),
        ] {
            let seen = Seen::of(&unescaped(text));
            assert_eq!((seen.deepest, seen.variables, seen.named), (deepest, variables, named), "{text}");
        }
    }

    #[test]
    fn variables_stand_in_a_row_where_only_blanks_and_comments_stand_between() {
        for (text, longest) in
            [("SELECT ?a $b # ?c\n?d{?x ?y <urn:p>,?z}", 3), ("?a,?b", 1), ("?a a ?b.?c ?d ?e . ", 3), ("", 0)]
        {
            assert_eq!(Seen::of(text).longest, longest, "{text}");
        }
    }
}
