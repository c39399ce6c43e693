//! 自动编号 (automatic numbers): 一、 (一) 1. that Word writes and the text does not hold.

use super::FORMAT;
use crate::read::{
    Fault,
    xml::{Step, walk},
};
use std::collections::BTreeMap;

/// Levels of a list, as many as Word has.
const LEVELS: usize = 9;

/// How the numbers of a level are written.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// `第%1条`, `%1.`: `%n` is the number of level n.
    text: String,
    start: Option<u32>,
}

/// The list and level of a paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct InList {
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    levels: BTreeMap<String, Vec<Level>>,
    /// List → its abstract list and the starts that it sets itself.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    styles: BTreeMap<String, (InList, Option<String>)>,
    counters: BTreeMap<String, [u32; LEVELS]>,
    begun: BTreeMap<String, bool>,
}

impl Numbering {
    pub(super) fn read(numbering: Option<&str>, styles: Option<&str>) -> Result<Self, Fault> {
        let mut read = Self::default();
        if let Some(xml) = numbering {
            read.lists_of(xml)?;
        }
        if let Some(xml) = styles {
            read.styles_of(xml)?;
        }
        Ok(read)
    }

    fn lists_of(&mut self, xml: &str) -> Result<(), Fault> {
        let (mut id, mut list, mut level) = (String::new(), None::<String>, 0usize);
        walk(xml, FORMAT, |step| match step {
            Step::Open(tag) => {
                let value = tag.value().unwrap_or_default();
                match tag.name.as_str() {
                    "abstractNum" => {
                        tag.attribute("abstractNumId").unwrap_or_default().clone_into(&mut id);
                        list = None;
                        self.levels.insert(id.clone(), vec![Level::default(); LEVELS]);
                    }
                    "num" => {
                        list = tag.attribute("numId").map(str::to_owned);
                        self.lists.extend(list.clone().map(|list| (list, Default::default())));
                    }
                    "abstractNumId" => {
                        if let Some((of, _)) = list.as_ref().and_then(|list| self.lists.get_mut(list)) {
                            value.clone_into(of);
                        }
                    }
                    "lvl" | "lvlOverride" => {
                        level = tag.attribute("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0).min(LEVELS - 1);
                    }
                    "startOverride" => {
                        if let Some((_, starts)) = list.as_ref().and_then(|list| self.lists.get_mut(list)) {
                            starts.extend(value.parse().ok().map(|start| (level, start)));
                        }
                    }
                    "numFmt" | "lvlText" | "start" if list.is_none() => {
                        if let Some(level) = self.levels.get_mut(&id).and_then(|levels| levels.get_mut(level)) {
                            match tag.name.as_str() {
                                "numFmt" => value.clone_into(&mut level.format),
                                "lvlText" => value.clone_into(&mut level.text),
                                _ => level.start = value.parse().ok(),
                            }
                        }
                    }
                    _ => (),
                }
            }
            Step::Close(_) | Step::Text(_) => (),
        })
    }

    fn styles_of(&mut self, xml: &str) -> Result<(), Fault> {
        let mut style = String::new();
        walk(xml, FORMAT, |step| {
            let Step::Open(tag) = step else { return };
            if tag.name == "style" {
                tag.attribute("styleId").unwrap_or_default().clone_into(&mut style);
                return;
            }
            let value = tag.value().unwrap_or_default();
            let (list, based_on) = self.styles.entry(style.clone()).or_default();
            match tag.name.as_str() {
                "numId" => list.list = Some(value.to_owned()),
                "ilvl" => list.level = value.parse().ok(),
                "basedOn" => *based_on = Some(value.to_owned()),
                _ => (),
            }
        })
    }

    /// The number of the next paragraph, `own` being what it says of its list and `style` its style.
    pub(super) fn next(&mut self, own: &InList, style: Option<&str>) -> Option<String> {
        let inherited = style.and_then(|style| self.of_style(style));
        let list = own.list.clone().or_else(|| inherited.as_ref()?.list.clone())?;
        let level = own.level.or_else(|| inherited.as_ref()?.level).unwrap_or(0).min(LEVELS - 1);
        let (of, starts) = self.lists.get(&list)?.clone();
        let levels = self.levels.get(&of)?;
        let counters = self.counters.entry(of.clone()).or_insert([0; LEVELS]);
        let is_first = !std::mem::replace(self.begun.entry(list).or_default(), true);
        if is_first && let Some(start) = starts.get(&level) {
            counters[level] = start.saturating_sub(1);
        }
        let start = |level: usize| levels.get(level).and_then(|level| level.start).unwrap_or(1);
        counters[level] = if counters[level] == 0 { start(level) } else { counters[level].saturating_add(1) };
        counters[level + 1..].fill(0);
        for (above, counter) in counters[..level].iter_mut().enumerate().filter(|(_, counter)| **counter == 0) {
            *counter = start(above);
        }
        written(levels, level, counters)
    }

    /// The list of a style or of one that it is based on.
    fn of_style(&self, style: &str) -> Option<InList> {
        let mut next = Some(style);
        for _ in 0..LEVELS {
            let (list, based_on) = self.styles.get(next?)?;
            if list.list.is_some() {
                return Some(list.clone());
            }
            next = based_on.as_deref();
        }
        None
    }
}

/// The number as it is printed; `None` for bullets.
fn written(levels: &[Level], level: usize, counters: &[u32; LEVELS]) -> Option<String> {
    let pattern = &levels.get(level)?.text;
    if levels.get(level)?.format == "bullet" || pattern.is_empty() {
        return None;
    }
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = chars.peek().and_then(|next| next.to_digit(10)).filter(|digit| c == '%' && (1..=9).contains(digit));
        match digit {
            Some(digit) => {
                chars.next();
                let at = digit as usize - 1;
                text.push_str(&number(counters[at], levels.get(at).map_or("", |level| &level.format)));
            }
            None => text.push(c),
        }
    }
    // 第一条 and 1 stand apart from the text, 一、 and 1. touch it.
    if text.ends_with(|c: char| c.is_alphanumeric()) {
        text.push(' ');
    }
    Some(text)
}

fn number(n: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "koreanCounting" => chinese(n, "零一二三四五六七八九", "十百千"),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
        }
        "ideographTraditional" => of_row("甲乙丙丁戊己庚辛壬癸", n),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => of_row("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", n),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect()
        }
        "upperLetter" => of_row("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n),
        "lowerLetter" => of_row("abcdefghijklmnopqrstuvwxyz", n),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "none" => String::new(),
        _ => n.to_string(),
    }
}

/// The n-th of a row of signs, in figures beyond its end.
fn of_row(row: &str, n: u32) -> String {
    row.chars().nth((n as usize).wrapping_sub(1)).map_or_else(|| n.to_string(), String::from)
}

/// 一 … 九千九百九十九; 十一 without 一 before it.
fn chinese(n: u32, digits: &str, units: &str) -> String {
    if n == 0 || n > 9999 {
        return n.to_string();
    }
    let digit = |n: u32| digits.chars().nth(n as usize).unwrap_or('零');
    let mut text = String::new();
    let mut skipped = false;
    for (power, unit) in
        [(1000, units.chars().nth(2)), (100, units.chars().nth(1)), (10, units.chars().next()), (1, None)]
    {
        let figure = n / power % 10;
        if figure == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            text.push(digit(0));
        }
        if !(power == 10 && figure == 1 && n < 20) {
            text.push(digit(figure));
        }
        text.extend(unit);
    }
    text
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n > 3999 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            text.push_str(sign);
            n -= value;
        }
    }
    text
}
