//! 城市简称: cities named without 市 at the head of a name: 南宁住房公积金管理中心, 珠海高新区.

use super::regions::{Region, Regions};

/// What only follows a city's name where the city is meant.
const FOLLOWING: [&str; 22] = [
    "住房公积金",
    "公积金",
    "新区",
    "高新",
    "经济特区",
    "经济技术开发区",
    "经开区",
    "开发区",
    "都市圈",
    "城市圈",
    "经济圈",
    "自由贸易",
    "自贸",
    "综合保税区",
    "保税",
    "市区",
    "城区",
    "主城区",
    "轨道交通",
    "海关",
    "仲裁",
    "监管局",
];

impl Regions {
    /// The city that `name` starts with, without its 市 and with a word behind it that only follows a city.
    #[must_use]
    pub fn city_at_start(&self, name: &str) -> Option<&Region> {
        let ends = name.char_indices().map(|(at, c)| at + c.len_utf8()).take(5).skip(1);
        let mut cities = ends.filter_map(|end| Some((self.cities.get(&name[..end])?, &name[end..])));
        let (code, _) = cities.find(|(_, rest)| FOLLOWING.iter().any(|word| rest.starts_with(word)))?;
        self.get(code)
    }
}
