//! 机关 (agencies).

/// 行政层级 (administrative level) of a region, an agency or a work.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// 国际.
    International,
    /// 国家.
    National,
    /// 省、自治区、直辖市.
    Province,
    /// 地级市、自治州、盟, districts of 直辖市 excluded.
    Prefecture,
    /// 区、县、县级市、旗.
    County,
    /// Nothing tells.
    Unknown,
}

impl Level {
    /// The local name in the project's namespace.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::National => "national",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Unknown => "unknownLevel",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::International => "国际",
            Self::National => "国家",
            Self::Province => "省",
            Self::Prefecture => "市",
            Self::County => "区县",
            Self::Unknown => "层级不明",
        }
    }

    /// The level that a jurisdiction code has (GB/T 2260: 120000 province, 530400 prefecture, 120110 county).
    #[must_use]
    pub fn of_region(code: &str) -> Self {
        match code {
            "int" => Self::International,
            "100000" => Self::National,
            "000000" => Self::Unknown,
            _ if code.contains('+') => code.split('+').map(Self::of_region).max().unwrap_or(Self::Unknown),
            _ if code.ends_with("0000") => Self::Province,
            _ if code.ends_with("00") => Self::Prefecture,
            _ => Self::County,
        }
    }
}

/// The canonical name of an agency and how sure it is.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AgencyName {
    /// Full name: 天津市东丽区市场监督管理局.
    pub name: String,
    /// GB/T 2260 code of its region; `None` where nothing tells.
    pub region: Option<String>,
    /// A class of agencies (各区人民政府), not one agency.
    pub is_class: bool,
}

/// What an agency is to a document.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AgencyRole {
    /// 发文机关.
    Issuer,
    /// 发布机构, who put it on the web.
    Publisher,
    /// 会办单位.
    CoHandler,
}

impl AgencyRole {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Publisher => "publisher",
            Self::CoHandler => "co_handler",
        }
    }
}

/// 责任 (duty): what an agency is to a measure.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Duty {
    /// 牵头.
    Lead,
    /// 按职责分工负责.
    Joint,
    /// 负责.
    Responsible,
    /// 配合, 会同.
    Support,
}

impl Duty {
    /// The word of the extraction record, and the local name of the property.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Joint => "joint",
            Self::Responsible => "responsible",
            Self::Support => "support",
        }
    }
}

/// What a duty is read from.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DutyBasis {
    /// A clause that says so: (甲牵头,乙配合).
    Clause,
    /// The subject of a sentence, weaker evidence.
    SentenceSubject,
}

impl DutyBasis {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::SentenceSubject => "sentence_subject",
        }
    }
}

/// A name without the count of those that act with it: 教育部 of 教育部等十部门.
///
/// ```
/// use zhengmai::model::without_count;
/// assert_eq!(without_count("教育部等17部门"), "教育部");
/// assert_eq!(without_count("高等教育司"), "高等教育司");
/// ```
#[must_use]
pub fn without_count(name: &str) -> &str {
    let Some(at) = name.rfind('等') else { return name };
    let rest = name[at + '等'.len_utf8()..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十多个几有关".contains(c));
    if matches!(rest, "部门" | "部委" | "单位" | "部" | "委" | "部委局" | "") { &name[..at] } else { name }
}
