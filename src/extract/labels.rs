//! 依据栏目 (labels of ground): 【政策依据】, 一、检查依据, 法律依据:, and the column 设定依据 of a table. What is listed
//! under such a label is the ground of what the text says, though no word of it stands in the sentence.

use super::citations::Finder;
use crate::model::Span;

/// What is a ground of what: the words before 依据 in a label.
const OF: [&str; 13] =
    ["政策", "设定", "下放", "法律", "法规", "编制", "检查", "制定", "起草", "认定", "实施", "执法", "文件"];

/// Kinds of law, as they stand before the titles of a column of grounds.
const KINDS: [&str; 14] = [
    "法律",
    "行政法规",
    "地方性法规",
    "法规",
    "部门规章",
    "部委规章",
    "政府规章",
    "地方政府规章",
    "规章",
    "国务院决定",
    "国务院文件",
    "国务院部门文件",
    "规范性文件",
    "司法解释",
];

/// A label and what leads from it to its first title take no more than this, in bytes.
const LONGEST: usize = 96;

const GROUND: &str = "依据";

impl Finder<'_> {
    /// The label of ground under which a title stands first.
    pub(super) fn label(&self, title: Span) -> Option<Span> {
        let at = title.start as usize;
        let lead = &self.text[super::sentences::before(self.text, at, LONGEST)..at];
        let (rest, _) = without_item(lead);
        let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || "】)〕]:.。".contains(c));
        let ground = rest.strip_suffix(GROUND)?;
        let of = OF.iter().find(|of| ground.ends_with(*of))?;
        let before = ground[..ground.len() - of.len()].chars().next_back();
        // A heading or a cell, not the end of a sentence: 作为执法依据. 《…》.
        let is_label =
            before.is_none_or(|c| c.is_whitespace() || "【(〔[)〕]、.:。;".contains(c) || c.is_ascii_digit());
        let end = at - (lead.len() - rest.len());
        is_label.then(|| Span::new(end - GROUND.len() - of.len(), end))
    }

    /// The kind of law that a title is, where it stands behind it in a column of grounds: 行政法规:《…》.
    pub(super) fn cell(&self, title: Span) -> Option<Span> {
        let at = title.start as usize;
        if self.column.is_none_or(|column| column > at) {
            return None;
        }
        let cell = self.text[super::sentences::before(self.text, at, LONGEST)..at].trim_end().strip_suffix(':')?;
        let kind = kind_at_end(cell)?;
        let end = at - (self.text[..at].len() - self.text[..at].trim_end().len()) - ':'.len_utf8();
        Some(Span::new(end - kind.len(), end))
    }

    /// Whether the words between two titles lead from one item of a list to the next: articles, then 2. or (三) or
    /// 行政法规:.
    pub(super) fn is_next_item(&self, from: usize, to: usize) -> bool {
        let Some(between) = self.text.get(from..to).filter(|between| between.len() <= LONGEST) else { return false };
        let (rest, has_item) = without_item(between);
        has_item && is_article(rest)
    }
}

/// Where the first column of grounds begins.
pub(super) fn column(text: &str) -> Option<usize> {
    ["设定依据", "下放依据"].iter().filter_map(|head| text.find(head)).min()
}

/// The kind of law that a text ends with.
fn kind_at_end(text: &str) -> Option<&'static str> {
    KINDS.iter().copied().filter(|kind| text.ends_with(kind)).max_by_key(|kind| kind.len())
}

/// A text without what begins an item at its end (一、 (二) 3. 行政法规:), and whether there was such a thing.
fn without_item(text: &str) -> (&str, bool) {
    let mut rest = text.trim_end();
    let mut has_item = false;
    if let Some(cell) = rest.strip_suffix(':')
        && let Some(kind) = kind_at_end(cell)
    {
        rest = cell[..cell.len() - kind.len()].trim_end();
        has_item = true;
    }
    let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    for (open, close) in [("(", ")"), ("", "."), ("", "、")] {
        let Some(inner) = rest.strip_suffix(close) else { continue };
        let before = inner.trim_end_matches(ordinal);
        if before.len() < inner.len() && before.ends_with(open) {
            return (before[..before.len() - open.len()].trim_end(), true);
        }
    }
    (rest, has_item)
}

/// Whether words say no more than where in a work: 第十九条、第四十八条;.
fn is_article(words: &str) -> bool {
    words.chars().all(|c| {
        c.is_whitespace() || "第条款项目至、,;。一二三四五六七八九十百零及其和以()".contains(c) || c.is_ascii_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_begins_with_an_ordinal_or_a_kind_of_law() {
        for (text, rest, has_item) in [
            ("一、检查依据\n(一)", "一、检查依据", true),
            ("政策依据】\n 12.", "政策依据】", true),
            ("第三条;\n行政法规: ", "第三条;", true),
            ("第三条;3、法律:", "第三条;", true),
            ("依据:", "依据:", false),
            ("2020.", "", true),
            ("()", "()", false),
        ] {
            assert_eq!(without_item(text), (rest, has_item), "{text}");
        }
    }
}
