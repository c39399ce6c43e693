//! 机关名称: what a name written in a document stands for. 区市场监管局 said in a 东丽区 document is
//! 天津市东丽区市场监督管理局.

use crate::{
    model::{AgencyName, Confidence, Level, Span},
    register::{Region, Register},
};
use std::collections::BTreeMap;

/// A name, how it was reached and how sure that is.
#[derive(Clone, Debug)]
pub struct Named {
    /// The agency.
    pub name: AgencyName,
    /// The rule's id.
    pub rule: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Names agencies in the context of one document.
#[derive(Clone, Debug)]
pub struct Naming<'a> {
    register: &'a Register,
    /// The document's region and those above it.
    chain: Vec<&'a Region>,
    /// Short names that the document defines, with the full ones.
    aliases: BTreeMap<String, String>,
}

impl<'a> Naming<'a> {
    /// The naming of a document in `region`; `aliases` are (full, short) places in `text`.
    #[must_use]
    pub fn new(register: &'a Register, text: &str, region: &str, aliases: &[(Span, Span)]) -> Self {
        let first = region.split('+').next().unwrap_or_default();
        // What is defined twice holds as it was defined first.
        let aliases =
            aliases.iter().rev().map(|(full, short)| (short.of(text).to_owned(), full.of(text).to_owned())).collect();
        Self { register, chain: register.regions.chain(first), aliases }
    }

    /// The agency that `written` stands for. Total: a name that nothing tells is kept as written.
    #[must_use]
    pub fn name(&self, written: &str) -> Named {
        let square = |c| match c {
            '[' | '〔' => '(',
            ']' | '〕' => ')',
            other => other,
        };
        let written: String = written.chars().filter(|c| !c.is_whitespace()).map(square).collect();
        let written = match written.strip_prefix("人行") {
            Some(rest) => format!("中国人民银行{rest}"),
            None => written,
        };
        let written = written.as_str();
        if let Some((head, full)) = self.aliased(written) {
            let expanded = format!("{head}{full}");
            if expanded != written && !full.ends_with(written) {
                return self.plain(&expanded);
            }
        }
        self.plain(written)
    }

    /// The longest defined short name that `written` ends with: what stands before it, and the full name.
    fn aliased<'b>(&self, written: &'b str) -> Option<(&'b str, &str)> {
        let mut heads = written.char_indices().map(|(at, _)| written.split_at(at));
        heads.find_map(|(head, short)| self.aliases.get(short).map(|full| (head, full.as_str())))
    }

    fn plain(&self, written: &str) -> Named {
        if is_class(written) {
            return self.class(written);
        }
        if let Some(agency) = self.register.agencies.national(written) {
            return named(&agency.name, Some("100000"), "agency.register", Confidence::High);
        }
        if self.register.agencies.national_at_start(written).is_some() {
            // 国家税务总局天津市税务局, 中国人民银行吉林市分行: written in full.
            let region = self.register.regions.find(written, self.own_code()).map(|found| found.code);
            return named(written, region.as_deref().or(self.own_code()), "agency.national-branch", Confidence::High);
        }
        self.branch(written)
            .or_else(|| self.full(written))
            .or_else(|| self.relative(written))
            .or_else(|| self.bare(written))
            .unwrap_or_else(|| named(written, self.own_code(), "agency.as-written", Confidence::Low))
    }

    fn own_code(&self) -> Option<&str> {
        self.chain.first().map(|region| region.code.as_str())
    }

    /// 各区人民政府: the region goes before it; 各有关单位 stays as it is.
    fn class(&self, written: &str) -> Named {
        let starts = [
            "各区",
            "各县",
            "各市",
            "各镇",
            "各街",
            "各乡",
            "各州",
            "各旗",
            "各开发区",
            "各园区",
            "各设区",
            "省属",
            "市属",
        ];
        let region = self.chain.first();
        let full = match region {
            Some(region) if starts.iter().any(|start| written.starts_with(start)) => {
                let rest = self.rewritten(written);
                format!("{}{rest}", region.organ_name())
            }
            _ => written.to_owned(),
        };
        let name = AgencyName { name: full, region: region.map(|region| region.code.clone()), is_class: true };
        Named { name, rule: "agency.class", confidence: Confidence::Medium }
    }

    /// The short form at the end of a name, in full.
    fn rewritten(&self, name: &str) -> String {
        if let Some(head) = name.strip_suffix("政府").filter(|head| !head.ends_with("人民")) {
            return format!("{head}人民政府");
        }
        match self.register.agencies.suffix_of(name) {
            Some(suffix) if suffix.kind != "party" => {
                format!("{}{}", &name[..name.len() - suffix.short.len()], suffix.full)
            }
            _ => name.to_owned(),
        }
    }

    /// 公安东丽分局, 市公安局东丽分局: a branch of the bureau one level above.
    fn branch(&self, written: &str) -> Option<Named> {
        let inner = written.strip_suffix("分局")?;
        for sector in ["公安", "规划资源", "规划和自然资源", "自然资源", "生态环境", "市场监管", "税务"]
        {
            let Some(at) = inner.rfind(sector) else { continue };
            let place = inner[at + sector.len()..].trim_start_matches('局');
            let own = self.chain.iter().find(|region| region.short_name() == place || region.name == place)?;
            let parent = own.parent.as_deref().and_then(|code| self.register.regions.get(code))?;
            let bureau = self.rewritten(&format!("{sector}局"));
            let name = format!("{}{bureau}{place}分局", parent.organ_name());
            return Some(named(&name, Some(&own.code), "agency.branch", Confidence::High));
        }
        None
    }

    /// A name that starts with a region's: 天津市…, 中共东丽区委….
    fn full(&self, written: &str) -> Option<Named> {
        let bare = written.strip_prefix("中共").unwrap_or(written);
        let context = self.chain.first().map(|region| region.code.as_str());
        let found = self.register.regions.at_start(bare, context)?;
        let region = self.register.regions.get(&found.code)?;
        let written_region = found.span.of(bare);
        let rest = &bare[written_region.len()..];
        let with_kind = written_region.ends_with(&region.name);
        if rest.is_empty() {
            let name = format!("{}人民政府", region.organ_name());
            return Some(named(&name, Some(&region.code), "agency.region-as-government", Confidence::Medium));
        }
        let patterned = self.register.agencies.suffix_of(rest).and_then(|suffix| suffix.pattern.as_ref());
        if let Some(pattern) = patterned.filter(|pattern| !with_kind && pattern.contains("{place}")) {
            let name = pattern.replace("{place}", written_region);
            return Some(named(&name, Some(&region.code), "agency.pattern", Confidence::High));
        }
        if !with_kind {
            // 天津大学, 北京大学, 运城开发区管委会: the short name is part of the body's own.
            return Some(named(&self.rewritten(written), Some(&region.code), "agency.as-written", Confidence::Medium));
        }
        let name = self.local(region, rest).unwrap_or_else(|| format!("{}{rest}", region.organ_name()));
        Some(named(&name, Some(&region.code), "agency.full", Confidence::High))
    }

    /// 区市场监管局, 市委, 省政府: relative to the document's region.
    fn relative(&self, written: &str) -> Option<Named> {
        let (region, rest) = self.relative_region(written)?;
        let (name, confidence) = match self.local(region, rest) {
            Some(name) => (name, Confidence::High),
            None => (format!("{}{rest}", region.organ_name()), Confidence::Medium),
        };
        Some(named(&name, Some(&region.code), "agency.relative", confidence))
    }

    /// The region of the chain that the first word means, and the rest of the name.
    fn relative_region<'b>(&self, written: &'b str) -> Option<(&'a Region, &'b str)> {
        const UNITS: [&str; 9] = ["自治区", "自治州", "地区", "省", "市", "区", "县", "州", "旗"];
        for unit in UNITS {
            let Some(rest) = written.strip_prefix(unit).filter(|rest| !rest.is_empty()) else { continue };
            let fits = |region: &&&Region| match unit {
                "省" => region.level == Level::Province && region.name.ends_with('省'),
                "州" | "自治州" => region.name.ends_with("自治州"),
                "旗" => region.name.ends_with('旗'),
                "区" => {
                    region.name.ends_with('区') && region.level == Level::County || region.name.ends_with("自治区")
                }
                unit => region.name.ends_with(unit),
            };
            let own = self.chain.iter().find(fits);
            // 地委, 地区: the prefecture itself.
            if let Some(region) = own {
                return Some((region, rest));
            }
        }
        let rest = written.strip_prefix('地').filter(|rest| rest.starts_with('委'))?;
        let region = self.chain.iter().find(|region| region.name.ends_with("地区"))?;
        Some((region, rest))
    }

    /// The full name of a body of `region` whose name goes on with `rest`.
    fn local(&self, region: &Region, rest: &str) -> Option<String> {
        let full = region.organ_name();
        let rest = rest.strip_prefix("人民政府").map_or_else(
            || rest.strip_prefix("政府").map_or(rest.to_owned(), |rest| format!("人民政府{rest}")),
            |tail| format!("人民政府{tail}"),
        );
        if rest == "人民政府" {
            return Some(format!("{full}人民政府"));
        }
        let suffix = self.register.agencies.suffix_of(&rest)?;
        if let Some(pattern) = &suffix.pattern {
            return Some(pattern.replace("{region}", full).replace("{place}", region.short_name()));
        }
        let head = &rest[..rest.len() - suffix.short.len()];
        // 中共阿勒泰地委宣传部: the committee of a 地区 is its 地委.
        if let Some(place) = full.strip_suffix("地区").filter(|_| suffix.kind == "party") {
            return Some(format!("中共{place}地{}", suffix.full));
        }
        match suffix.kind.as_str() {
            "party" => Some(format!("中共{full}{}", suffix.full)),
            _ => Some(format!("{full}{head}{}", suffix.full)),
        }
    }

    /// 财政局, 华明高新区服务中心: no region said, so the document's own.
    fn bare(&self, written: &str) -> Option<Named> {
        let region = self.chain.first()?;
        self.register.agencies.suffix_of(written)?;
        if written.starts_with(region.short_name()) {
            return Some(named(&self.rewritten(written), Some(&region.code), "agency.own-region", Confidence::Medium));
        }
        let name = self.local(region, written)?;
        Some(named(&name, Some(&region.code), "agency.own-region", Confidence::Medium))
    }
}

fn named(name: &str, region: Option<&str>, rule: &'static str, confidence: Confidence) -> Named {
    let name = AgencyName { name: name.to_owned(), region: region.map(str::to_owned), is_class: false };
    Named { name, rule, confidence }
}

/// A class of agencies is never taken for one of them.
fn is_class(written: &str) -> bool {
    let ends = ["单位", "部门", "机构", "企业", "各街道", "各镇", "各区", "各县"];
    written.starts_with('各')
        || written.contains("各成员")
        || written.contains("两级")
        || written.contains("各级")
        || written.contains("有关")
        || written.contains("相关")
        || written.starts_with("省属")
        || written.starts_with("市属")
        || ends.iter().any(|end| written.ends_with(end))
}
