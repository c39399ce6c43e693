//! 行政区划 (regions, GB/T 2260).

use super::{
    cities::autonomous_short_name,
    table::{RegisterError, Tables},
    word_set::WordSet,
};
use crate::model::{Level, Span};
use std::collections::BTreeMap;

/// 行政区划 (region).
#[derive(Clone, Debug)]
pub struct Region {
    /// GB/T 2260 code, six digits.
    pub code: String,
    /// Its own name: 东丽区.
    pub name: String,
    /// With the regions above it: 天津市东丽区.
    pub full_name: String,
    /// Code of the region above; `None` for the state.
    pub parent: Option<String>,
    /// 简称 used in document numbers: 津, 丽.
    pub abbreviations: Vec<String>,
    /// Its level.
    pub level: Level,
}

impl Region {
    /// The name by which its organs go: 天津市东丽区, 玉溪市, 玉溪市红塔区, 昆山市. Districts take their city's
    /// name before their own, provinces are left out below the prefecture.
    #[must_use]
    pub fn organ_name(&self) -> &str {
        let levels = self.full_name.strip_suffix(self.name.as_str()).unwrap_or_default();
        // 天津市|东丽区 keeps its one level; 云南省|玉溪市 has none to keep; 云南省玉溪市|红塔区 keeps the city.
        let city = levels.find(['省', '市', '区']).map_or(0, |at| at + '省'.len_utf8());
        let city = if levels[..city].ends_with('治') {
            levels.find("自治区").map_or(city, |at| at + "自治区".len())
        } else {
            city
        };
        match self.level {
            Level::County if self.name.ends_with('区') && city < levels.len() => &self.full_name[city..],
            Level::County if self.name.ends_with('区') => &self.full_name,
            Level::Province | Level::National => &self.full_name,
            _ => &self.name,
        }
    }

    /// The name without its kind: 东丽 of 东丽区, 内蒙古 of 内蒙古自治区. Two characters at least.
    #[must_use]
    pub fn short_name(&self) -> &str {
        const KINDS: [&str; 14] = [
            "壮族自治区",
            "回族自治区",
            "维吾尔自治区",
            "自治区",
            "特别行政区",
            "自治州",
            "自治县",
            "自治旗",
            "新区",
            "地区",
            "省",
            "市",
            "区",
            "县",
        ];
        KINDS
            .iter()
            .find_map(|kind| self.name.strip_suffix(kind).filter(|short| short.chars().count() >= 2))
            .unwrap_or(&self.name)
    }
}

/// Names of districts that are plain words as well: 废弃矿区, 老城区, 会同县级部门.
const PLAIN_WORDS: [&str; 10] =
    ["矿区", "郊区", "城区", "东区", "西区", "市中区", "新建区", "和县", "会同县", "合作市"];

/// A region's name found in a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RegionMatch {
    /// GB/T 2260 code, or several joined by `+`.
    pub code: String,
    /// The place of the name, all levels of it.
    pub span: Span,
}

/// All regions.
#[derive(Clone, Debug)]
pub struct Regions {
    by_code: BTreeMap<String, Region>,
    groups: BTreeMap<String, String>,
    names: Vec<(String, Vec<String>)>,
    finder: WordSet,
    /// 简称 of the provinces, and the code of each.
    provinces: (WordSet, Vec<String>),
    /// Prefectures by their names without 市: 南宁.
    pub(super) cities: BTreeMap<String, String>,
}

impl Regions {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut by_code = BTreeMap::new();
        let rows = tables.rows("regions.csv", &["code"])?;
        for row in &rows {
            let code = row.required("code")?.to_owned();
            if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(row.wrong(format!("代码应为六位数字 (six digits): {code}")));
            }
            let region = Region {
                name: row.required("name")?.to_owned(),
                full_name: row.required("full_name")?.to_owned(),
                parent: Some(row.get("parent")?.to_owned()).filter(|parent| !parent.is_empty()),
                abbreviations: row.list("abbreviation")?,
                level: Level::of_region(&code),
                code: code.clone(),
            };
            by_code.insert(code, region);
        }
        for row in &rows {
            let parent = row.get("parent")?;
            if !parent.is_empty() && !by_code.contains_key(parent) {
                return Err(row.wrong(format!("上级代码不存在 (unknown parent): {parent}")));
            }
        }
        let mut groups = BTreeMap::new();
        for row in tables.rows("region_groups.csv", &["name"])? {
            let mut codes = row.list("regions")?;
            codes.sort();
            if let Some(unknown) = codes.iter().find(|code| !by_code.contains_key(*code)) {
                return Err(row.wrong(format!("代码不存在 (unknown region): {unknown}")));
            }
            groups.insert(row.required("name")?.to_owned(), codes.join("+"));
        }
        Ok(Self::indexed(by_code, groups))
    }

    fn indexed(by_code: BTreeMap<String, Region>, groups: BTreeMap<String, String>) -> Self {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut add = |name: &str, code: &str| {
            let codes = names.entry(name.to_owned()).or_default();
            if !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        };
        for region in by_code.values().filter(|region| region.parent.is_some()) {
            add(&region.name, &region.code);
            add(&region.full_name, &region.code);
            if let Some(name) = autonomous_short_name(&region.name) {
                add(&name, &region.code);
            }
            // 台湾同胞, 港澳居民 name people, no jurisdiction.
            let is_special = ["71", "81", "82"].iter().any(|code| region.code.starts_with(code));
            if region.level == Level::Province && !is_special {
                add(region.short_name(), &region.code);
            }
        }
        let cities = by_code.values().filter(|region| region.level == Level::Prefecture);
        let cities = cities.map(|region| (region.short_name().to_owned(), region.code.clone())).collect();
        for (name, codes) in &groups {
            add(name, codes);
        }
        let names: Vec<(String, Vec<String>)> = names.into_iter().collect();
        let finder = WordSet::new(names.iter().map(|(name, _)| name.as_str()));
        let provinces = by_code.values().filter(|region| region.level == Level::Province);
        let short = provinces.flat_map(|region| region.abbreviations.iter().map(move |short| (short, &region.code)));
        let (short, codes): (Vec<&String>, Vec<String>) = short.map(|(short, code)| (short, code.clone())).unzip();
        let provinces = (WordSet::new(short), codes);
        Self { by_code, groups, names, finder, provinces, cities }
    }

    /// The region of a code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Region> {
        self.by_code.get(code)
    }

    /// All regions by ascending code.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.by_code.values()
    }

    /// Full name of a code; of several joined by `+`, their names in a row.
    #[must_use]
    pub fn full_name(&self, code: &str) -> Option<String> {
        if let Some((name, _)) = self.groups.iter().find(|(_, codes)| *codes == code) {
            return Some(name.clone());
        }
        code.split('+').map(|code| self.get(code).map(|region| region.full_name.as_str())).collect()
    }

    /// The region itself and those above it, without the state.
    #[must_use]
    pub fn chain(&self, code: &str) -> Vec<&Region> {
        let mut chain = Vec::new();
        let mut next = self.get(code);
        while let Some(region) = next.filter(|region| region.parent.is_some()) {
            chain.push(region);
            next = region.parent.as_deref().and_then(|parent| self.get(parent));
        }
        chain
    }

    /// Whether `code` lies in `ancestor` or is it.
    #[must_use]
    pub fn is_within(&self, code: &str, ancestor: &str) -> bool {
        ancestor == "100000" || self.chain(code).iter().any(|region| region.code == ancestor)
    }

    /// Every name of a region in `text`, from left to right; names that several regions bear are taken
    /// for the one within (or above) `context`, or left out; so are names that are plain words (矿区, 和县级以上)
    /// where the region above does not stand right before them. O(length of the text).
    #[must_use]
    pub fn find_all(&self, text: &str, context: Option<&str>) -> Vec<RegionMatch> {
        let mut found: Vec<RegionMatch> = Vec::new();
        for (span, hit) in self.finder.find(text) {
            let touching = found.last().filter(|last| last.span.end == span.start).map(|last| last.code.clone());
            let context = touching.as_deref().or(context);
            let (name, codes) = &self.names[hit];
            if touching.is_none() && PLAIN_WORDS.contains(&name.as_str()) {
                continue;
            }
            let Some(code) = self.pick(codes, context) else { continue };
            match (touching, found.last_mut()) {
                (Some(above), Some(last)) if self.is_within(&code, &above) => {
                    last.code = code;
                    last.span.end = span.end;
                }
                _ => found.push(RegionMatch { code, span }),
            }
        }
        found
    }

    /// The first name of a region in `text`.
    #[must_use]
    pub fn find(&self, text: &str, context: Option<&str>) -> Option<RegionMatch> {
        self.find_all(text, context).into_iter().next()
    }

    /// The region whose name `text` starts with.
    #[must_use]
    pub fn at_start(&self, text: &str, context: Option<&str>) -> Option<RegionMatch> {
        self.finder.at_start(text).next()?;
        // A name with its levels is never longer than this.
        let head = text.char_indices().nth(30).map_or(text, |(end, _)| &text[..end]);
        self.find(head, context).filter(|found| found.span.start == 0)
    }

    fn pick(&self, codes: &[String], context: Option<&str>) -> Option<String> {
        if let [only] = codes {
            return Some(only.clone());
        }
        let context = context?;
        let chain = self.chain(context);
        let mut near = codes.iter().filter(|code| {
            chain.iter().any(|above| self.is_within(code, &above.code)) || self.is_within(context, code)
        });
        let first = near.next()?;
        // Siblings first: the one under the same parent as the context.
        let siblings: Vec<&String> =
            codes.iter().filter(|code| self.is_within(code, context) || self.is_within(context, code)).collect();
        match (siblings.as_slice(), near.next()) {
            ([only], _) => Some((*only).clone()),
            (_, None) => Some(first.clone()),
            _ => None,
        }
    }

    /// The region that the characters at the start of an issuer code stand for: 津丽 → 120110. Characters
    /// of districts count behind those of 直辖市 only: 豫商… is 河南's 商务厅, not 商丘.
    #[must_use]
    pub fn of_code(&self, code: &str) -> Option<&Region> {
        const MUNICIPALITIES: [&str; 4] = ["110000", "120000", "310000", "500000"];
        let (short, codes) = &self.provinces;
        let (short, index) = short.at_start(code).next()?;
        let province = self.by_code.get(&codes[index])?;
        if !MUNICIPALITIES.contains(&province.code.as_str()) {
            return Some(province);
        }
        // Codes of a province's regions stand behind its own.
        let within = self.by_code.range(province.code.clone()..).map(|(_, region)| region);
        let within = within.take_while(|region| region.code[..2] == province.code[..2]);
        let mut districts = within.filter(|region| region.parent.as_ref() == Some(&province.code));
        let rest = &code[short.len()..];
        let is_meant = |region: &&Region| region.abbreviations.iter().any(|short| rest.starts_with(short.as_str()));
        districts.find(is_meant).or(Some(province))
    }

    /// The region within `ancestor` whose short name is `name`: 东丽 in 天津.
    #[must_use]
    pub fn by_short_name(&self, name: &str, ancestor: &str) -> Option<&Region> {
        self.by_code.values().find(|region| {
            region.parent.is_some() && region.short_name() == name && self.is_within(&region.code, ancestor)
        })
    }
}
