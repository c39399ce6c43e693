//! 引用关系 (relations): what a cue means for the work that cites, once what stands around the title is known.

use super::{citations::Finder, cues::Reading};
use crate::model::{Relation, Span};

impl Finder<'_> {
    /// What a reading means for the work that cites: carrying words only count where the text carries.
    pub(super) fn relation(&self, title: Span, reading: Option<Reading<'_>>) -> (Relation, &'static str) {
        let Some(reading) = reading else { return (Relation::Mentions, "citation.plain") };
        if self.is_history(title) {
            return (Relation::Mentions, "citation.history");
        }
        let relation = match reading.relation {
            Relation::Promulgates | Relation::Forwards if self.is_own_title(title) => reading.relation,
            Relation::Promulgates | Relation::Forwards => match self.cues.carrying(title) {
                Some(carried) => carried,
                None if is_making(reading.cue.of(self.text)) => self.made(title, reading),
                None => Relation::Mentions,
            },
            // 关于修改《甲》等三件规章的决定第一次修正: the title of a decision that has no brackets of its own.
            Relation::Amends if self.is_in_decision(title, reading.cue) => Relation::Mentions,
            // 《甲》第三十八条规定的情形: without a word of ground before the title, rules are only named.
            Relation::BasedOn if reading.cue.start >= title.end && !self.has_ground_before(title) => Relation::Mentions,
            // 修订版《…》, 修订后的《…》 name the text as it is now.
            Relation::Amends
                if ["版", "后", "稿"].iter().any(|word| self.text[reading.cue.end as usize..].starts_with(word)) =>
            {
                Relation::Mentions
            }
            Relation::Amends if reading.cue.end <= title.start => self.amended(title, reading.cue),
            Relation::PlansToAmend if self.is_amended(title) => Relation::Mentions,
            other => other,
        };
        (relation, rule_name(reading.rule, relation))
    }

    /// Whether the place lies in the document's own title or its copy in the metadata.
    fn is_own_title(&self, place: Span) -> bool {
        self.own_titles.hold(place)
    }

    /// 制定《…》: to be made, unless the words say that it has been, or that another text is followed in making
    /// one (制定规章应当遵循《立法法》).
    fn made(&self, title: Span, reading: Reading<'_>) -> Relation {
        /// 制定《办法》的必要性: told by who explains what there is.
        const TOLD: [&str; 11] =
            ["是", "的基本", "的必要", "的背景", "的依据", "的目的", "的意义", "的原则", "的过程", "的总体", "的考虑"];
        const OTHER: [&str; 8] = ["应", "依", "根据", "遵循", "符合", "按", "适用", "参照"];
        let before = self.sentences.lead(reading.cue.start as usize);
        let between = self.text.get(reading.cue.end as usize..title.start as usize).unwrap_or_default();
        let is_past = reading.cue.of(self.text).ends_with('了')
            || between.starts_with('了')
            || before.ends_with('已')
            || before.contains("已经")
            || before.contains("先后");
        let behind = &self.text[title.end as usize..];
        let is_past = is_past || TOLD.iter().any(|word| behind.starts_with(word));
        let is_other = OTHER.iter().any(|word| between.contains(word));
        if is_past || is_other { Relation::Mentions } else { Relation::Produces }
    }

    /// 修订《…》: what a text does that says so in its title, or names the article that it changes; else what it tells
    /// of, or what is to be done.
    fn amended(&self, title: Span, cue: Span) -> Relation {
        const AMENDING: [&str; 9] = ["修改", "修正", "修订", "调整", "废止", "清理", "取消", "变更", "完善"];
        /// Texts that tell what has been done.
        const TELLING: [&str; 6] = ["解读", "问答", "记者问", "报告", "总结", "情况"];
        if self.is_planned(cue) {
            return Relation::PlansToAmend;
        }
        let titles = || self.document.parts.iter().filter_map(|part| part.title).map(|title| title.of(self.text));
        let behind = self.text[title.end as usize..].trim_start();
        let behind = behind.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(behind, |(_, rest)| rest);
        // 关于修改《…》部分条款的通知: the title of what amends, told without brackets.
        if self.text[..cue.start as usize].ends_with("关于") {
            return Relation::Amends;
        }
        if titles().any(|title| AMENDING.iter().any(|word| title.contains(word))) || behind.starts_with('第') {
            return Relation::Amends;
        }
        let before = self.sentences.lead(cue.start as usize);
        let between = self.text.get(cue.end as usize..title.start as usize).unwrap_or_default();
        let is_told = between.contains(['了', '后'])
            || ["此次", "本次", "已", "已经", "通过", "重新", "组织", "或者", "为", "在"]
                .iter()
                .any(|word| before.ends_with(word))
            || titles().any(|title| TELLING.iter().any(|word| title.contains(word)));
        if is_told { Relation::Mentions } else { Relation::PlansToAmend }
    }

    /// 根据…《关于修改〈某条例〉的决定》第二次修正: a note that tells how the text came to be as it is.
    fn is_history(&self, title: Span) -> bool {
        title.of(self.text).ends_with("决定》") && self.is_amended(title)
    }

    /// 《…修正案》第一次修订: what a text was changed by.
    fn is_amended(&self, title: Span) -> bool {
        let behind: String = self.text[title.end as usize..].chars().take(6).collect();
        let is_change = ["决定》", "修正案》"].iter().any(|end| title.of(self.text).ends_with(end));
        is_change && ["修正", "修订"].iter().any(|word| behind.contains(word))
    }

    /// Whether a word of amending is part of a decision's title: 关于修改《甲》和《乙》的决定.
    fn is_in_decision(&self, title: Span, cue: Span) -> bool {
        let behind = &self.text[title.end as usize..];
        let behind = behind.char_indices().nth(60).map_or(behind, |(end, _)| &behind[..end]);
        let behind = behind.split(['。', ';', '\n']).next().unwrap_or(behind);
        self.text[..cue.start as usize].ends_with("关于")
            && ["的决定", "决定修"].iter().any(|word| behind.contains(word))
    }

    /// Whether a word of ground stands in the clause before a title: 按照, 根据, 依照.
    fn has_ground_before(&self, title: Span) -> bool {
        const GROUNDS: [&str; 9] = ["按", "根据", "依", "符合", "遵", "贯彻", "落实", "结合", "经"];
        /// Words that hold one of them and are no ground.
        const OTHERS: [&str; 5] = ["依法", "经济", "经营", "已经", "经费"];
        let lead = self.sentences.lead(title.start as usize);
        let clause = lead.rsplit([',', ':']).next().unwrap_or(lead);
        let is_ground = |(at, _): (usize, &str)| !OTHERS.iter().any(|other| clause[at..].starts_with(other));
        GROUNDS.iter().any(|word| clause.match_indices(word).any(is_ground))
    }

    fn is_planned(&self, cue: Span) -> bool {
        let before = self.sentences.lead(cue.start as usize);
        ["推进", "推动", "加快", "拟", "适时", "启动", "研究", "抓紧", "做好", "完善"].iter().any(|word| {
            before
                .trim_end()
                .chars()
                .rev()
                .take(6)
                .collect::<String>()
                .contains(&word.chars().rev().collect::<String>())
        })
    }
}

/// Whether a relation says on what ground something is done.
pub(super) fn is_ground(relation: Relation) -> bool {
    matches!(relation, Relation::BasedOn | Relation::Implements)
}

/// Whether a carrying cue is one of making (制定) rather than of sending out (印发).
fn is_making(cue: &str) -> bool {
    ["制定", "制订", "编制", "起草", "拟定", "拟订", "制发"].iter().any(|verb| cue.contains(verb))
}

/// The rule's name for what was made of a cue.
fn rule_name(rule: &str, relation: Relation) -> &'static str {
    match (rule, relation) {
        ("frame.promulgates" | "frame.forwards", _)
        | ("cue.issue" | "cue.forward", Relation::Promulgates | Relation::Forwards) => "citation.carried",
        ("cue.issue" | "cue.forward", Relation::Produces) => "citation.to-be-made",
        ("cue.issue" | "cue.forward", _) => "citation.narrated",
        ("frame.implementation", _) => "citation.frame",
        ("label.ground", _) => "citation.label",
        (rule, _) if rule.starts_with("cue-after") => "citation.cue-after",
        _ => "citation.cue",
    }
}
