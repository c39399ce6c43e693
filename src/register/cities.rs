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

/// 阿坝州 for 阿坝藏族羌族自治州: an autonomous prefecture without the peoples in its name.
pub(super) fn autonomous_short_name(name: &str) -> Option<String> {
    const PEOPLES: [&str; 17] = [
        "藏族",
        "羌族",
        "彝族",
        "苗族",
        "侗族",
        "布依族",
        "哈尼族",
        "壮族",
        "傣族",
        "白族",
        "景颇族",
        "傈僳族",
        "回族",
        "蒙古",
        "朝鲜族",
        "土家族",
        "哈萨克",
    ];
    let place = name.strip_suffix("自治州")?;
    let end = PEOPLES.iter().filter_map(|people| place.find(people)).min()?;
    (place[..end].chars().count() >= 2).then(|| format!("{}州", &place[..end]))
}
