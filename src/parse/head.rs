//! 文头: title, number, web time stamp and addressees of one text.

use super::{marks, ordinals, units::Unit};
use crate::{
    model::{
        DocNumber, Finding, FindingCode, MetadataEntry, MetadataField, Severity, Span, Spanned, dates_in, normal_title,
        number_at_start, whole_date,
    },
    register::Register,
};

/// A title has no more units than this.
const MOST_TITLE_UNITS: usize = 4;
/// And no more characters.
const LONGEST_TITLE: usize = 130;
/// The title stands within the first units of a text, or nowhere.
const MOST_UNITS_BEFORE_TITLE: usize = 12;

/// What stands above the body of a text.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<Span>,
    pub(super) number: Option<Spanned<DocNumber>>,
    pub(super) addressees: Vec<Span>,
    /// Index of the first unit of the body.
    pub(super) body_unit: usize,
    /// Where the body starts.
    pub(super) body_start: Option<u32>,
    /// The title's mark-up says that it is one.
    pub(super) is_marked: bool,
}

/// What the readers of a head look at.
pub(super) struct Reading<'a> {
    pub(super) register: &'a Register,
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit],
}

impl Reading<'_> {
    fn slice(&self, index: usize) -> &str {
        self.units.get(index).map_or("", |unit| unit.span.of(self.text))
    }

    /// The title that starts at unit `index`: how many units it has, and its place.
    pub(super) fn title_at(&self, index: usize) -> Option<(usize, Span)> {
        if let Some(title) = self.marked_title(index) {
            return Some((1, title));
        }
        for count in 1..=MOST_TITLE_UNITS {
            let last = index + count - 1;
            let unit = self.units.get(last)?;
            let slice = unit.span.of(self.text);
            let span = Span { start: self.units[index].span.start, end: unit.span.end };
            let ends_sentence = slice.ends_with(['。', ';', ':', ',']);
            let is_other = whole_date(slice).is_some()
                || number_at_start(slice).is_some()
                || ordinals::at(slice, 0).is_some()
                || span.of(self.text).chars().nth(LONGEST_TITLE).is_some();
            if ends_sentence || is_other {
                return None;
            }
            if self.is_title(span.of(self.text)) {
                let suffix = self.slice(last + 1);
                let is_suffix = suffix.starts_with('(') && suffix.ends_with(')') && suffix.chars().count() <= 14;
                let end = if is_suffix && !suffix.contains("公开") && !suffix.contains("此") {
                    self.units[last + 1].span.end
                } else {
                    span.end
                };
                return Some((count + usize::from(end != span.end), Span { start: span.start, end }));
            }
        }
        None
    }

    /// `# X`: a line that its mark-up says to be the title. Below the first line a heading of the first level only.
    fn marked_title(&self, index: usize) -> Option<Span> {
        let unit = self.units.get(index)?;
        let words = unit.span.of(self.text);
        let is_title = (unit.heading == 1 || unit.heading > 1 && index == 0)
            && !words.ends_with(['。', ';', ':', ','])
            && words.chars().nth(1).is_some()
            && words.chars().nth(LONGEST_TITLE).is_none()
            && ordinals::at(words, 0).is_none();
        is_title.then_some(unit.span)
    }

    /// Whether `text` reads like a title: it ends with a kind of document and does not start like a sentence.
    pub(super) fn is_title(&self, text: &str) -> bool {
        const SENTENCE_STARTS: [&str; 8] = ["为", "根据", "按照", "附件", "现将", "请", "抄送", "经"];
        let title = normal_title(text);
        if title.matches('〈').count() != title.matches('〉').count() {
            return false;
        }
        let bare = without_suffix(&title);
        let kinds = &self.register.kinds;
        bare.chars().count() >= 5
            && !SENTENCE_STARTS.iter().any(|start| bare.starts_with(start))
            && !title.contains(['。', ';', '|', '?', '!'])
            && bare.starts_with(|c: char| crate::model::is_han(c) || c.is_ascii_digit() || "“《〈(".contains(c))
            && (kinds.statutory_at_end(bare).is_some() || kinds.functional_at_end(bare).is_some())
    }

    /// Reads the head of the text whose first unit is `first`.
    pub(super) fn head(&self, first: usize, metadata: &mut Vec<MetadataEntry>, findings: &mut Vec<Finding>) -> Head {
        let mut head = Head { body_unit: first, ..Head::default() };
        let mut index = first;
        while index < self.units.len() && index < first + MOST_UNITS_BEFORE_TITLE {
            let slice = self.slice(index);
            if let Some((length, number)) = number_at_start(slice) {
                index = self.number(&mut head, index, length, number, findings);
                continue;
            }
            if let Some((date, _)) = whole_date(slice) {
                let value = Some(date.shifted(self.units[index].span.start as usize));
                metadata.push(MetadataEntry { field: MetadataField::DatePublished, label: None, value });
                index += 1;
                head.body_unit = index;
                continue;
            }
            if let Some(number) = self.order_number(index) {
                head.number.get_or_insert(number);
                index += 1;
                head.body_unit = index;
                continue;
            }
            let marked = head.title.filter(|_| head.is_marked);
            let below = |title: Span| marked.is_none_or(|marked| self.carries(title, marked));
            let Some((count, title)) = self.title_at(index).filter(|(_, title)| below(*title)) else {
                let goes_on = match marked {
                    Some(marked) => self.is_below_mark(index, marked),
                    None => self.is_page_line(index) && self.title_within(index + 1),
                };
                if goes_on {
                    index += 1;
                    continue;
                }
                break;
            };
            // What stands below `# X` are its parts or its copy, unless X is only a page's heading.
            head.is_marked = self.units[index].heading > 0 && self.is_title(title.of(self.text));
            self.note_title(&mut head, title, findings);
            index += count;
            head.body_unit = index;
        }
        self.addressees(&mut head);
        head
    }

    /// A line of a page between its heading and the text: an organ, an index number.
    fn is_page_line(&self, index: usize) -> bool {
        let line = self.slice(index);
        line.chars().nth(40).is_none() && !line.contains(['。', ':', ';', ',']) && ordinals::at(line, 0).is_none()
    }

    /// A line between `# X` and the text: who adopted it and when, a piece of X again, a comment of the page.
    fn is_below_mark(&self, index: usize, marked: Span) -> bool {
        const ADOPTED: [&str; 8] = ["通过", "批准", "公布", "发布", "施行", "修正", "修订", "印发"];
        let line = self.slice(index).trim_end_matches([')', ' ', '\u{3000}']);
        let dated =
            dates_in(line).first().is_some_and(|(date, _)| line[..date.start as usize].trim_matches('(').is_empty());
        let adopted = dated && ADOPTED.iter().any(|end| line.ends_with(end));
        let is_piece = || {
            let piece = normal_title(self.slice(index));
            piece.chars().nth(1).is_some() && normal_title(marked.of(self.text)).contains(&piece)
        };
        adopted || line.starts_with("<!--") || is_piece()
    }

    /// 关于印发《X》的通知 below `# X`: the notice that carries X.
    fn carries(&self, title: Span, marked: Span) -> bool {
        let inner = format!("〈{}〉", normal_title(marked.of(self.text)));
        normal_title(title.of(self.text)).contains(&inner)
    }

    /// Whether a title starts at `index` or soon after, before anything that reads like text.
    fn title_within(&self, index: usize) -> bool {
        for next in index..index + 5 {
            if self.title_at(next).is_some() {
                return true;
            }
            if self.slice(next).contains(['。', ';']) || self.slice(next).ends_with(':') {
                return false;
            }
        }
        false
    }

    /// 第707号 below 中华人民共和国国务院令.
    fn order_number(&self, index: usize) -> Option<Spanned<DocNumber>> {
        let above = self.slice(index.checked_sub(1)?);
        let order = above.strip_prefix("中华人民共和国").unwrap_or(above);
        let span = self.units.get(index)?.span;
        let number = span.of(self.text).trim_matches(['(', ')']);
        let is_order = ["令", "公告"].iter().any(|kind| order.ends_with(kind))
            && number.starts_with('第')
            && number.ends_with('号');
        let number = format!("{order}{number}").parse().ok().filter(|_| is_order)?;
        Some(Spanned::new(number, span))
    }

    fn note_title(&self, head: &mut Head, title: Span, findings: &mut Vec<Finding>) {
        let (title, number) = marks::number_off(self.text, title);
        if let Some(number) = number {
            head.number.get_or_insert(number);
        }
        let words = title.of(self.text);
        let earlier = head.title.replace(title);
        if let Some(page_title) = earlier.filter(|earlier| normal_title(earlier.of(self.text)) == normal_title(words)) {
            let message = "标题重复: 网页标题与正文标题";
            findings.push(Finding::at(FindingCode::DuplicateText, Severity::Info, page_title, message));
        }
        if self.is_broken(words) {
            findings.push(Finding::at(FindingCode::BrokenTitle, Severity::Warn, title, "标题断行或夹有空格"));
        }
    }

    /// Whether a title is broken by a line end or blanks. Between issuers, and between issuers and the rest
    /// on lines of their own, a break is layout.
    pub(super) fn is_broken(&self, words: &str) -> bool {
        let mut parts = words.split(char::is_whitespace).filter(|part| !part.is_empty()).peekable();
        while let Some(part) = parts.next() {
            let Some(next) = parts.peek() else { break };
            let names = self.register.is_agency_name(part);
            let begins = ["关于", "印发", "转发", "批转"].iter().any(|word| next.starts_with(word));
            let names_next = next
                .find("关于")
                .or_else(|| next.find("印发"))
                .or_else(|| next.find("转发"))
                .map_or(*next, |at| &next[..at]);
            if !(names && (begins || self.register.is_agency_name(names_next))) {
                return true;
            }
        }
        false
    }

    /// Notes a number that starts a unit; what follows it in the unit belongs to the body.
    fn number(
        &self,
        head: &mut Head,
        index: usize,
        length: usize,
        number: DocNumber,
        findings: &mut Vec<Finding>,
    ) -> usize {
        let unit = self.units[index].span;
        let start = unit.start as usize;
        let written = unit.of(self.text)[..length].trim_start();
        let span = Span::new(start + length - written.len(), start + length);
        head.number.get_or_insert(Spanned::new(number, span));
        head.body_unit = index + 1;
        let rest = unit.of(self.text)[length..].trim_start();
        if !rest.is_empty() && !rest.starts_with([')', '）']) {
            let touches = unit.of(self.text)[length..].len() == rest.len();
            if touches {
                let end = start + length + rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
                let message = "发文字号与下文相连";
                findings.push(Finding::at(
                    FindingCode::RunTogether,
                    Severity::Warn,
                    Span::new(span.start as usize, end),
                    message,
                ));
            }
            head.body_unit = index;
            head.body_start = Some(u32::try_from(start + length).unwrap_or(u32::MAX));
            return usize::MAX;
        }
        index + 1
    }
}

/// A title without what stands in brackets at its end: (试行), (2021—2035年).
pub(super) fn without_suffix(title: &str) -> &str {
    let mut bare = title;
    while let Some(open) = bare.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        bare = &bare[..open];
    }
    bare
}
