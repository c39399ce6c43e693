//! Reference tables: what a lawyer could add a row to. They stand in `data/*.csv`, are built into the
//! program, and a user's own rows lie over them.

mod agencies;
mod cities;
mod cues;
mod issuer_codes;
mod kinds;
mod noise;
mod regions;
mod rows;
mod table;
mod word_set;

pub use agencies::{Agencies, AgencyRow, AgencySuffix};
pub use cues::{Cue, CuePlace, Cues};
pub use issuer_codes::{IssuerCode, IssuerCodes};
pub use kinds::{Kinds, Laws};
pub use noise::{Noise, NoiseMatch, NoiseRow};
pub use regions::{Region, RegionMatch, Regions};
pub use table::{RegisterError, Tables};
pub use word_set::WordSet;

/// All reference tables, parsed once.
#[derive(Clone, Debug)]
pub struct Register {
    /// 行政区划.
    pub regions: Regions,
    /// 机关代字.
    pub issuer_codes: IssuerCodes,
    /// 机构名录 and the rules of short names.
    pub agencies: Agencies,
    /// 文种 and forms.
    pub kinds: Kinds,
    /// Laws by short name.
    pub laws: Laws,
    /// Cue words.
    pub cues: Cues,
    /// Words of web pages, spam, labels of personal data.
    pub noise: Noise,
    /// SHA-256 of the tables: what follows from them follows again from tables with this hash.
    pub hash: String,
}

impl Register {
    /// The tables that are built into the program.
    ///
    /// # Errors
    /// Says which file, line and column is wrong; the built-in tables are tested not to be.
    pub fn embedded() -> Result<Self, RegisterError> {
        Self::from_tables(&Tables::embedded())
    }

    /// The built-in tables with a user's rows over them: a row with the key of a built-in one takes its
    /// place, others are added.
    ///
    /// # Errors
    /// Says which file, line and column is wrong.
    pub fn from_tables(tables: &Tables) -> Result<Self, RegisterError> {
        let regions = Regions::parse(tables)?;
        Ok(Self {
            issuer_codes: IssuerCodes::parse(tables, &regions)?,
            agencies: Agencies::parse(tables)?,
            kinds: Kinds::parse(tables)?,
            laws: Laws::parse(tables)?,
            cues: Cues::parse(tables)?,
            noise: Noise::parse(tables)?,
            hash: tables.hash(),
            regions,
        })
    }
}

impl Register {
    /// Whether `text` is the name of an agency, by its ending: a registered short or full form, or a word
    /// that only organs end with. Blanks at the ends do not matter.
    #[must_use]
    pub fn is_agency_name(&self, text: &str) -> bool {
        /// Endings of organs that are too many for a register.
        const ENDINGS: [&str; 33] = [
            "海关",
            "局",
            "厅",
            "委",
            "部",
            "署",
            "院",
            "办",
            "委员会",
            "人民政府",
            "政府",
            "办公室",
            "办公厅",
            "小组",
            "指挥部",
            "联席会议",
            "联合会",
            "协会",
            "学会",
            "总工会",
            "中心",
            "管委会",
            "开发区",
            "支行",
            "分行",
            "银行",
            "总队",
            "支队",
            "大队",
            "集团",
            "公司",
            "大学",
            "法院",
        ];
        let text = text.trim();
        let count = text.chars().count();
        let plain = |c: char| crate::model::is_han(c) || matches!(c, '(' | ')' | '[' | ']' | '、' | '·' | '“' | '”');
        (2..=40).contains(&count)
            && text.chars().all(plain)
            && (ENDINGS.iter().any(|ending| text.ends_with(ending))
                || self.agencies.suffix_of(text).is_some()
                || self.agencies.national(text).is_some())
    }

    /// Whether `text` names a class of agencies: 各区人民政府, 有关单位, 市级各部门.
    #[must_use]
    pub fn is_agency_class(&self, text: &str) -> bool {
        const ENDINGS: [&str; 18] = [
            "院所",
            "学校",
            "高校",
            "园区",
            "单位",
            "部门",
            "机构",
            "企业",
            "街道",
            "乡镇",
            "各街",
            "各镇",
            "街道办",
            "办事处",
            "各区",
            "各县",
            "团体",
            "院校",
        ];
        let text = text.trim();
        text.starts_with('各')
            || ENDINGS.iter().any(|ending| text.ends_with(ending))
            || text.contains('各') && self.is_agency_name(text)
    }
}
