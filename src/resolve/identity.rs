//! 引用的归一 (identity of citations): number first, then title and jurisdiction; and only when the words
//! are distinctive.

use super::{
    aliases::is_kind,
    document::bare,
    jurisdiction::{self, NATIONAL, UNKNOWN},
    makers, standards,
};
use crate::{
    model::{Citation, CitationMention, Confidence, Relation, State, WorkKey, normal_title},
    register::Register,
};

/// What a citation was identified as.
pub(super) struct Identity {
    pub(super) title: Option<String>,
    pub(super) key: WorkKey,
    pub(super) alias: Option<WorkKey>,
    pub(super) state: State,
    pub(super) candidates: Vec<WorkKey>,
    pub(super) confidence: Confidence,
}

/// Identifies the citations of one document.
pub(super) struct Identifier<'a> {
    register: &'a Register,
    text: &'a str,
    region: &'a str,
    /// Where the last title ended whose maker the words before it named, and the maker's region.
    listed: Option<(usize, String)>,
}

impl<'a> Identifier<'a> {
    pub(super) fn new(register: &'a Register, text: &'a str, region: &'a str) -> Self {
        Self { register, text, region, listed: None }
    }

    pub(super) fn identify(&mut self, mention: &CitationMention, enclosing: Option<&Citation>) -> Identity {
        let title = mention.title.map(|span| self.title(mention, span.of(self.text)));
        let (region, is_told) = match &title {
            Some(title) => self.region_of(mention, title, enclosing),
            None => (UNKNOWN.to_owned(), false),
        };
        let by_title = title.as_ref().map(|title| WorkKey::title(&region, title));
        if let Some(number) = &mention.number {
            let region = jurisdiction::of_number(self.register, &number.number).unwrap_or(region);
            let alias = title.as_ref().map(|title| WorkKey::title(&region, title));
            let confidence = if number.is_registered { Confidence::High } else { Confidence::Medium };
            let key = WorkKey::Number(number.number.clone());
            return Identity { title, key, alias, state: State::Identified, candidates: Vec::new(), confidence };
        }
        let Some(key) = by_title else {
            // A mention has a title or a number; one without either is nobody's.
            let key = WorkKey::title(UNKNOWN, mention.span.of(self.text));
            return Identity {
                title,
                key,
                alias: None,
                state: State::Unidentified,
                candidates: Vec::new(),
                confidence: Confidence::Low,
            };
        };
        let words = title.as_deref().unwrap_or_default();
        let distinctive = is_told && region != UNKNOWN && !is_kind(self.register, words) && !is_paper(words);
        let candidates = if distinctive { Vec::new() } else { self.candidates(words, &key) };
        let confidence = match (distinctive, mention.is_implicit, mention.relation) {
            (false, ..) => Confidence::Low,
            (true, true, _) | (true, _, Relation::Mentions) => Confidence::Medium,
            (true, ..) => Confidence::High,
        };
        let state = if distinctive { State::Identified } else { State::Ambiguous };
        Identity { title, key, alias: None, state, candidates, confidence }
    }

    /// A title's normal form; laws get their full name, 本市 becomes the region, 国家标准 goes off.
    fn title(&self, mention: &CitationMention, words: &str) -> String {
        let title = normal_title(words);
        if let Some(law) = self.register.laws.title_of(&title) {
            return law.to_owned();
        }
        if !mention.is_implicit {
            return title;
        }
        for standard in ["国家标准", "行业标准", "地方标准"] {
            if let Some(bare) = title.strip_suffix(standard) {
                return bare.to_owned();
            }
        }
        let full = self.register.regions.full_name(self.region).unwrap_or_default();
        for own in ["本市", "我市", "本省", "我省", "本区", "我区", "本县", "我县", "全市", "全省"]
        {
            if let Some(rest) = title.strip_prefix(own) {
                return format!("{full}{rest}");
            }
        }
        title
    }

    /// The region of a cited title, and whether the title, its issuer or the words beside it say it.
    fn region_of(&mut self, mention: &CitationMention, title: &str, enclosing: Option<&Citation>) -> (String, bool) {
        let maker = self.maker_region(mention);
        let own = Some(self.region).filter(|region| *region != UNKNOWN);
        if self.register.laws.title_of(title).is_some() || mention.rule == "citation.implicit.standard" {
            return (NATIONAL.to_owned(), true);
        }
        // Who makes it is told by the kind, whatever region it is for: 某特别行政区基本法.
        if is_law(title) {
            return (NATIONAL.to_owned(), true);
        }
        // 关于迁建某省某机场的批复 names whom it answers, not who answers.
        let is_reply = is_reply(title);
        let told = jurisdiction::of_title_head(self.register, title, own)
            .filter(|_| !is_reply)
            .or_else(|| self.relative_region(title))
            .or_else(|| standards::region_beside(self.register, self.text, mention.span, title))
            .or_else(|| maker.filter(|region| region != NATIONAL || !says_own(title)))
            .or_else(|| jurisdiction::in_title(self.register, title, own).filter(|_| !is_reply))
            .or_else(|| is_treaty(title).then(|| "int".to_owned()))
            .or_else(|| enclosing.and_then(|outer| self.enclosing_region(outer)))
            .or_else(|| self.is_followed_by_standard(mention).then(|| NATIONAL.to_owned()))
            .or_else(|| own.filter(|_| self.is_own(mention)).map(str::to_owned));
        told.map_or_else(|| (self.usual_region(title), false), |region| (region, true))
    }

    /// Whether the document sends the text out itself: 现印发《…》, 《…》(见附件).
    fn is_own(&self, mention: &CitationMention) -> bool {
        let behind = &self.text[mention.span.end as usize..];
        mention.relation == Relation::Promulgates
            || ["(见附件", "(附件", "(附后", "(详见附件"].iter().any(|annex| behind.starts_with(annex))
    }

    /// The region that the words before a title, or before the list that it stands in, name; a title inside
    /// another has the other's.
    fn maker_region(&mut self, mention: &CitationMention) -> Option<String> {
        if mention.nested_in.is_some() {
            return None;
        }
        let start = mention.span.start as usize;
        let issuer = mention.issuer.and_then(|issuer| self.issuer_region(issuer.of(self.text)));
        let before = issuer.or_else(|| makers::region_before(self.register, self.text, start, self.region));
        let listed =
            || self.listed.take().filter(|(end, _)| is_join(self.text.get(*end..start))).map(|(_, region)| region);
        let region = before.or_else(listed);
        let end = mention.number.as_ref().map_or(mention.span.end, |number| number.span.end.max(mention.span.end));
        self.listed = region.clone().map(|region| (end as usize, region));
        region
    }

    /// 市农业农村委关于…, 关于建立自治区…制的意见: relative to the document's region.
    fn relative_region(&self, title: &str) -> Option<String> {
        let chain = self.register.regions.chain(self.region);
        for (words, unit) in [
            ("自治区", "自治区"),
            ("全省", "省"),
            ("省级", "省"),
            ("我省", "省"),
            ("全市", "市"),
            ("我市", "市"),
            ("市级", "市"),
            ("本市", "市"),
            ("本省", "省"),
        ] {
            let above = chain.iter().find(|region| title.contains(words) && region.name.ends_with(unit));
            if let Some(region) = above {
                return Some(region.code.clone());
            }
        }
        let unit = ["市", "省", "区", "县", "州"].into_iter().find(|unit| title.starts_with(unit))?;
        let head = title.split("关于").next().filter(|head| head.len() < title.len())?;
        let is_agency = head.split(['、', ' ']).any(|name| self.register.is_agency_name(name));
        let region = chain.into_iter().find(|region| region.name.ends_with(unit))?;
        is_agency.then(|| region.code.clone())
    }

    fn issuer_region(&self, issuer: &str) -> Option<String> {
        jurisdiction::of_name(self.register, issuer, Some(self.region)).or_else(|| {
            let chain = self.register.regions.chain(self.region);
            let unit = issuer.chars().next()?;
            chain.into_iter().find(|region| region.name.ends_with(unit)).map(|region| region.code.clone())
        })
    }

    fn enclosing_region(&self, outer: &Citation) -> Option<String> {
        match (&outer.key, &outer.alias) {
            (WorkKey::Number(number), alias) => {
                jurisdiction::of_number(self.register, number).or_else(|| match alias {
                    Some(WorkKey::Title { region, .. }) => Some(region.clone()),
                    _ => None,
                })
            }
            (WorkKey::Title { region, .. }, _) => Some(region.clone()).filter(|_| outer.state == State::Identified),
            (WorkKey::Anonymous { .. }, _) => None,
        }
        .filter(|region| region != UNKNOWN)
    }

    fn is_followed_by_standard(&self, mention: &CitationMention) -> bool {
        let rest = &self.text[mention.span.end as usize..];
        ["国家标准", "行业标准", "强制性国家标准", "推荐性国家标准"].iter().any(|word| rest.starts_with(word))
    }

    /// Where neither title nor issuer tells: rules of general application without a region in their name are
    /// the state's; the rest is the document's own.
    fn usual_region(&self, title: &str) -> String {
        const OF_THE_STATE: [&str; 9] = ["条例", "办法", "规定", "规则", "细则", "规程", "规范", "法", "准则"];
        let bare = bare(title);
        let general = OF_THE_STATE.iter().any(|kind| bare.ends_with(kind)) && !bare.starts_with("关于");
        if general && bare.chars().count() > 6 { NATIONAL.to_owned() } else { self.region.to_owned() }
    }

    /// The keys that an undistinctive title could mean: this region's, those above, the state's.
    fn candidates(&self, title: &str, key: &WorkKey) -> Vec<WorkKey> {
        let mut candidates = vec![key.clone()];
        let chain = self.register.regions.chain(self.region);
        for region in chain.iter().map(|region| region.code.as_str()).chain([NATIONAL]) {
            let candidate = WorkKey::title(region, title);
            if !candidates.contains(&candidate) {
                candidates.push(candidate);
            }
        }
        candidates
    }
}

/// 关于调整我市…的通知 is no text of the state.
fn says_own(title: &str) -> bool {
    ["我省", "我市", "我县", "我区", "本省", "本市", "全省", "全市"].iter().any(|own| title.contains(own))
}

/// Whether the words between two titles only join them.
fn is_join(between: Option<&str>) -> bool {
    let between = between.map(|words| words.trim_matches([' ', ')']));
    between.is_some_and(|words| matches!(words, "" | "、" | "和" | "及" | "与" | "以及"))
}

/// 关于…的批复, 关于…的复函, without its issuer.
fn is_reply(title: &str) -> bool {
    title.starts_with("关于") && ["批复", "复函", "的函"].iter().any(|kind| bare(title).ends_with(kind))
}

/// Agreements between states, which name no region of the country.
fn is_treaty(title: &str) -> bool {
    ["协定", "公约", "条约", "议定书"].iter().any(|kind| bare(title).ends_with(kind))
}

/// A form to be filled in or a periodical: many bear the title, none of them is a work.
fn is_paper(title: &str) -> bool {
    const PAPERS: [&str; 35] = [
        "信息表",
        "调查表",
        "申请表",
        "申报表",
        "登记表",
        "审批表",
        "汇总表",
        "名单表",
        "统计表",
        "备案表",
        "报名表",
        "推荐表",
        "评分表",
        "申报书",
        "申请书",
        "承诺书",
        "协议书",
        "具结书",
        "委托书",
        "保证书",
        "通知书",
        "告知书",
        "意见书",
        "项目库",
        "专家库",
        "合作协议",
        "信用报告",
        "证明",
        "回执",
        "日报",
        "晚报",
        "政府公报",
        "委员会公报",
        "国务院公报",
        "法院公报",
    ];
    PAPERS.iter().any(|paper| bare(title).ends_with(paper))
}

/// 某某法: only the state makes one. 办法, 方法, 检验法 are none.
fn is_law(title: &str) -> bool {
    const NONE: [&str; 14] = [
        "办法",
        "方法",
        "做法",
        "执法",
        "司法",
        "立法",
        "算法",
        "用法",
        "普法",
        "说法",
        "测定法",
        "试验法",
        "检验法",
        "分析法",
    ];
    let bare = bare(title);
    bare.ends_with('法')
        && (3..=24).contains(&bare.chars().count())
        && !bare.starts_with("关于")
        && !NONE.iter().any(|none| bare.ends_with(none))
}
