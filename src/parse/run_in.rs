//! 连排的题目: the title of a carried text that lost its line: …2021年3月23日某省某管理办法第一章总则.

use super::units::Unit;
use crate::model::Span;

/// So many titles of carried texts are looked for inside lines.
const MOST_TITLES: usize = 16;

/// Gives a line of its own to each of `titles` that stands inside a unit from `from` on: behind a date, a remark in
/// brackets or 附件, and before the text that it is the title of. O(titles × length).
pub(super) fn split(text: &str, units: Vec<Unit>, from: usize, titles: &[&str]) -> Vec<Unit> {
    let mut found = Vec::with_capacity(units.len());
    // Where each of them stands.
    let places = |title: &&str| text.match_indices(*title).map(|(at, _)| at).collect();
    let places: Vec<Vec<usize>> = titles.iter().take(MOST_TITLES).map(places).collect();
    for (index, unit) in units.into_iter().enumerate() {
        let first = |places: &Vec<usize>| {
            let next = *places.get(places.partition_point(|at| *at < unit.span.start as usize))?;
            Some(next - unit.span.start as usize).filter(|at| *at < unit.span.len())
        };
        let standing = titles.iter().zip(&places).filter_map(|(title, places)| Some((*title, first(places)?)));
        let place = if index < from { None } else { title_in(unit.span.of(text), standing) };
        let Some((start, end)) = place else {
            found.push(unit);
            continue;
        };
        let at = unit.span.start as usize;
        for piece in [(0, start), (start, end), (end, unit.span.len())] {
            let words = &unit.span.of(text)[piece.0..piece.1];
            let first = at + piece.0 + (words.len() - words.trim_start().len());
            let span = Span::new(first, first + words.trim().len());
            if !span.is_empty() {
                found.push(Unit { span, ..unit });
            }
        }
    }
    found
}

/// Where one of the titles stands in a line that holds more than it; each comes with the place where it first stands.
fn title_in<'a>(line: &str, titles: impl Iterator<Item = (&'a str, usize)>) -> Option<(usize, usize)> {
    let places = titles.filter_map(|(title, at)| {
        let end = Some(at + title.len()).filter(|end| *end <= line.len())?;
        let is_whole = at == 0 && end == line.len();
        (!is_whole && may_end(line[..at].trim_end()) && may_begin(line[end..].trim_start(), title)).then_some((at, end))
    });
    places.min()
}

/// What may stand right before the title of a carried text.
fn may_end(before: &str) -> bool {
    let is_dated = before.strip_suffix('日').is_some_and(|rest| {
        rest.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)) && rest.contains('月')
    });
    let is_remark = before.strip_suffix(')').is_some_and(|rest| {
        rest.rfind('(').is_some_and(|open| rest[open..].starts_with("(此") || rest[open..].contains("公开"))
    });
    let annex = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    before.is_empty() || is_dated || is_remark || annex.ends_with("附件") && !annex.ends_with("见附件")
}

/// What may stand right behind it: nothing, the title again, its first heading, or a sentence that gives its ground.
fn may_begin(behind: &str, title: &str) -> bool {
    const BEGINNINGS: [&str; 12] =
        ["第一", "一、", "(一)", "1.", "1、", "总则", "为", "根据", "依据", "按照", "(试行)", "(20"];
    behind.is_empty() || behind.starts_with(title) || BEGINNINGS.iter().any(|words| behind.starts_with(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_inside_a_line_gets_a_line_of_its_own() {
        for (line, expected) in [
            ("某省某厅2021年3月23日某省某管理办法第一章总则", "某省某厅2021年3月23日|某省某管理办法|第一章总则"),
            ("某省某管理办法第一条为了管理", "某省某管理办法|第一条为了管理"),
            ("(此件公开发布)某省某管理办法 一、总体要求", "(此件公开发布)|某省某管理办法|一、总体要求"),
            ("附件1某省某管理办法", "附件1|某省某管理办法"),
            ("某省某管理办法", "某省某管理办法"),
            ("按某省某管理办法第一条办", "按某省某管理办法第一条办"),
            ("自2021年3月1日某省某管理办法施行之日起", "自2021年3月1日某省某管理办法施行之日起"),
            ("见附件某省某管理办法", "见附件某省某管理办法"),
        ] {
            let unit = Unit { span: Span::new(0, line.len()), heading: 0 };
            let units = split(line, vec![unit], 0, &["某省某管理办法"]);
            let shown: Vec<&str> = units.iter().map(|unit| unit.span.of(line)).collect();
            assert_eq!(shown.join("|"), expected);
        }
    }
}
