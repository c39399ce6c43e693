//! 通知 and what it carries: 印发, 转发, with and without 《》; and replies.

use super::check;

const CARRIED: &str = "为防治水土流失,制定本方案。\n一、主要任务\n1.治理坡耕地。\n2.封育山林。";

fn notice(title: &str, opening: &str, carried_title: &str) -> String {
    format!(
        "{title}\n\n赣市府发〔2022〕7号\n\n各县(市、区)人民政府:\n\n{opening}\n\n赣州市人民政府\n2022年6月1日\n\n{carried_title}\n\n{CARRIED}\n"
    )
}

const PLAN: &str = "赣州市水土保持三年行动方案";

#[test]
fn a_promulgating_notice_and_its_text_are_two_works() {
    let works = "notice num:赣市府发〔2022〕7号 → W1; promulgated title:360700:赣州市水土保持三年行动方案";
    let now = "现将《赣州市水土保持三年行动方案》印发给你们,请认真贯彻执行。";
    check(&[
        (
            "with 《》",
            notice("赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知", now, PLAN),
            &[
                ("works", works),
                ("kind", "通知"),
                ("form", "三年行动方案"),
                ("issuers", "issuer 赣州市人民政府"),
                ("measures", "一、1.; 一、2."),
            ],
        ),
        (
            "with 〈〉",
            notice("赣州市人民政府关于印发〈赣州市水土保持三年行动方案〉的通知", now, PLAN),
            &[("works", works)],
        ),
        (
            "without any brackets",
            notice("赣州市人民政府关于印发赣州市水土保持三年行动方案的通知", now, PLAN),
            &[("works", works), ("number", "赣市府发〔2022〕7号")],
        ),
        (
            "without brackets, and the opening does not name it",
            notice("赣州市人民政府关于印发赣州市水土保持三年行动方案的通知", "现印发给你们,请认真贯彻执行。", PLAN),
            &[("works", works)],
        ),
        (
            "the carried title is broken over two lines",
            notice("赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知", now, "赣州市水土保持\n三年行动方案"),
            &[("works", works), ("has broken_title", "yes")],
        ),
        (
            "the carried title has its period in brackets",
            notice(
                "赣州市人民政府关于印发《赣州市水土保持三年行动方案(2022-2024年)》的通知",
                "现将《赣州市水土保持三年行动方案(2022-2024年)》印发给你们。",
                "赣州市水土保持三年行动方案\n(2022—2024年)",
            ),
            &[(
                "works",
                "notice num:赣市府发〔2022〕7号 → W1; promulgated title:360700:赣州市水土保持三年行动方案(2022—2024年)",
            )],
        ),
        (
            "the number above the title",
            format!(
                "赣市府发〔2022〕7号\n{}",
                notice("赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知", now, PLAN)
                    .replace("赣市府发〔2022〕7号\n\n", "")
            ),
            &[("works", works)],
        ),
        (
            "研究制定了 …, 现印发给你们",
            notice(
                "关于印发《赣州市水土保持三年行动方案》的通知",
                "市水利局研究制定了《赣州市水土保持三年行动方案》,现印发给你们,请结合实际认真贯彻落实。",
                PLAN,
            ),
            &[("works", works), ("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates")],
        ),
        (
            "the text does not follow",
            format!(
                "赣州市人民政府关于印发《{PLAN}》的通知\n\n赣市府发〔2022〕7号\n\n各县(市、区)人民政府:\n\n{now}\n\n赣州市人民政府\n2022年6月1日\n"
            ),
            &[
                ("works", "document num:赣市府发〔2022〕7号"),
                ("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates"),
            ],
        ),
        (
            "each work cites for itself",
            notice(
                "赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知",
                "为贯彻落实《江西省水土保持条例》,现将《赣州市水土保持三年行动方案》印发给你们。",
                PLAN,
            )
            .replace("为防治水土流失", "根据《江西省水土保持规划》"),
            &[
                (
                    "citations",
                    "promulgates title:360700:赣州市水土保持三年行动方案; implements title:360000:江西省水土保持条例; promulgates title:360700:赣州市水土保持三年行动方案; based_on title:360000:江西省水土保持规划",
                ),
                ("citing", "W0; W0; W0; W1"),
            ],
        ),
    ]);
}

#[test]
fn a_forwarding_notice_forwards() {
    let forwarded = notice(
        "赣州市人民政府转发《江西省水土保持工作要点》的通知",
        "现将《江西省水土保持工作要点》转发给你们,请认真贯彻执行。",
        "江西省水土保持工作要点",
    );
    check(&[
        (
            "with 《》",
            forwarded.clone(),
            &[("cites title:360000:江西省水土保持工作要点", "forwards; forwards"), ("kind", "通知")],
        ),
        (
            "the forwarded text is a work of another region",
            forwarded,
            &[("works", "notice num:赣市府发〔2022〕7号 → W1; promulgated title:360000:江西省水土保持工作要点")],
        ),
    ]);
}

#[test]
fn an_own_title_inside_the_text_is_promulgated_at_each_place() {
    check(&[(
        "in the block, in the title, in the opening",
        format!(
            "名称:关于印发《{PLAN}》的通知\n{}",
            notice(&format!("关于印发《{PLAN}》的通知"), &format!("现将《{PLAN}》印发给你们。"), PLAN)
        ),
        &[("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates; promulgates")],
    )]);
}

#[test]
fn a_reply_answers_a_proposal() {
    let reply = |title: &str, person: &str, words: &str| {
        format!(
            "{title}\n\n{person}:\n\n您提出的{words},现答复如下:\n\n一、完善机制\n落实《江西省水土保持条例》,加强巡查。\n\n赣州市水利局\n2022年8月3日\n"
        )
    };
    check(&[
        (
            "of the consultative conference",
            reply("", "李某某委员", "关于加强水土流失治理的提案"),
            &[
                ("kind", "函"),
                ("form", "提案答复"),
                (
                    "citations",
                    "responds_to~ title:360700:关于加强水土流失治理的提案 (ambiguous); implements title:360000:江西省水土保持条例",
                ),
                ("addressees", "李某某"),
            ],
        ),
        (
            "of the people's congress",
            reply("", "王某某代表", "关于推进坡耕地改造的建议"),
            &[
                ("kind", "函"),
                ("form", "建议答复"),
                (
                    "citations",
                    "responds_to~ title:360700:关于推进坡耕地改造的建议 (ambiguous); implements title:360000:江西省水土保持条例",
                ),
            ],
        ),
        (
            "with the proposal's title in 《》",
            reply("", "王某某代表", "《关于推进坡耕地改造的建议》收悉"),
            &[("cites title:360700:关于推进坡耕地改造的建议", "responds_to")],
        ),
        (
            "with a title of its own",
            reply("关于市政协五届一次会议第12号提案的答复", "李某某委员", "关于加强水土流失治理的提案"),
            &[("form", "提案答复"), ("number", "-"), ("cites title:360700:关于加强水土流失治理的提案", "responds_to")],
        ),
    ]);
}

/// A notice and a plan of a district as they stand on its web page: everything at once.
const WHOLE: &str = "\
名\u{2002}称：关于印发《2022—2024年杭州市西湖区河湖长效管护工作计划》的通知
• 索 引 号：11330106002498000A/2022-00107
• 发布机构：杭州市西湖区水利局
• 发文字号：西河长〔2022〕4号
• 成文日期：
• 有 效 性：有效

关于印发《2022—2024年杭州市西湖区河湖长效管护工作计划》的通知

字号：大 中 小

各镇人民政府、街道办事处，区级有关部门：

为贯彻落实《杭州市水利局关于印发<杭州市河湖管护三年行动方案>的通知》（杭水〔2022〕15号），西湖区河长制工作领导小组制定了《2022—2024年杭州市西湖区河湖长效管护工作计划》，现印发给你们，请认真组织实施。

2022年3月28日

2022—2024年杭州市西湖区河湖长效管护工作计划

根据《浙江省河长制规定》，参照《杭州市河道建设管理条例》，制定本计划。

一、总体要求

坚持保护优先。

二、重点任务

1.排查入河排污口。（区水利局牵头，市生态环境局西湖分局、区住建局按职责分工负责；2022年6月底前完成）

2.严厉打击非法捕捞。（公安西湖分局负责；持续推进）

3.到2024年，建成水美乡村12个。（各镇街负责，区农业农村局配合；2024年底前完成）

三、保障措施

4.纳入绩效考核。（区委组织部、区政府办公室按职责分工负责；长期坚持）

扫一扫在手机打开当前页
浙ICP备05000000号-2  浙公网安备 33010600000000号
";

#[test]
fn a_whole_page_of_another_district_is_read_through() {
    check(&[(
        "a page of 西湖区",
        WHOLE.to_owned(),
        &[
            ("title", "关于印发〈2022—2024年杭州市西湖区河湖长效管护工作计划〉的通知"),
            ("number", "西河长〔2022〕4号"),
            ("region", "330106"),
            ("kind", "通知"),
            ("form", "工作计划"),
            ("issuers", "issuer 杭州市西湖区河长制工作领导小组; publisher 杭州市西湖区水利局"),
            ("dates", "written 2022-03-28"),
            (
                "metadata",
                "title 关于印发《2022—2024年杭州市西湖区河湖长效管护工作计划》的通知; index_number 11330106002498000A/2022-00107; publisher 杭州市西湖区水利局; document_number 西河长〔2022〕4号; date_written ∅; validity 有效",
            ),
            (
                "works",
                "notice num:西河长〔2022〕4号 → W1; promulgated title:330106:2022—2024年杭州市西湖区河湖长效管护工作计划",
            ),
            (
                "citations",
                "promulgates title:330106:2022—2024年杭州市西湖区河湖长效管护工作计划; promulgates title:330106:2022—2024年杭州市西湖区河湖长效管护工作计划; implements num:杭水〔2022〕15号; › implements title:330100:杭州市河湖管护三年行动方案; promulgates title:330106:2022—2024年杭州市西湖区河湖长效管护工作计划; based_on title:330000:浙江省河长制规定; refers_to title:330100:杭州市河道建设管理条例",
            ),
            ("citing", "W0; W0; W0; W0; W0; W1; W1"),
            (
                "duties",
                "1. lead 杭州市西湖区水利局; joint 杭州市生态环境局西湖分局、杭州市西湖区住房和城乡建设局; by 2022-06-30 | 2. responsible 杭州市公安局西湖分局; continuing | 3. responsible 各镇街; support 杭州市西湖区农业农村局; by 2024-12-31 | 4. joint 中共杭州市西湖区委组织部、杭州市西湖区人民政府办公室; continuing",
            ),
            ("targets", "12个 by 2024"),
            ("has empty_field", "yes"),
            ("has spam_injection", "no"),
            ("has number_conflict", "no"),
        ],
    )]);
}

#[test]
fn a_carried_title_that_lost_its_line_starts_its_text() {
    let works = "notice num:赣市府发〔2022〕7号 → W1; promulgated title:360700:赣州市水土保持三年行动方案";
    let head = "赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知\n\n赣市府发〔2022〕7号\n\n各县(市、区)人民政府:\n\n现将《赣州市水土保持三年行动方案》印发给你们,请认真贯彻执行。";
    check(&[
        (
            "behind the date",
            format!("{head}\n赣州市人民政府\n2022年6月1日赣州市水土保持三年行动方案\n为防治水土流失,制定本方案。\n"),
            &[("works", works), ("issuers", "issuer 赣州市人民政府")],
        ),
        (
            "behind a remark, and its first sentence behind it",
            format!("{head}\n赣州市人民政府\n2022年6月1日\n(此件公开发布)赣州市水土保持三年行动方案为防治水土流失,制定本方案。\n"),
            &[("works", works)],
        ),
        (
            "in a list of annexes first",
            format!("{head}\n附件:赣州市水土保持三年行动方案\n赣州市人民政府\n2022年6月1日\n附件赣州市水土保持三年行动方案\n一、为防治水土流失,制定本方案。\n"),
            &[("works", works)],
        ),
        (
            "the whole twice",
            format!("{head}\n赣州市人民政府\n2022年6月1日\n赣州市水土保持三年行动方案\n为防治水土流失,制定本方案。\n赣州市人民政府\n2022年6月1日\n赣州市水土保持三年行动方案\n为防治水土流失,制定本方案。\n"),
            &[("works", works)],
        ),
        (
            "the issuer behind the last sentence",
            "各县(市、区)人民政府:\n现将《赣州市水土保持三年行动方案》印发给你们,请认真贯彻执行。赣州市人民政府办公室\n2022年6月1日\n赣州市水土保持三年行动方案\n为防治水土流失,制定本方案。\n".to_owned(),
            &[("issuers", "issuer 赣州市人民政府办公室")],
        ),
    ]);
}

#[test]
fn an_order_without_a_title_goes_by_the_text_that_it_puts_in_force() {
    check(&[(
        "signed by the head of the government",
        "《浙江省水土保持办法》已经2022年5月17日省人民政府第16次常务会议通过,现予公布,自公布之日起施行。\n省长 某某某\n2022年6月1日\n浙江省水土保持办法\n第一条 为防治水土流失,制定本办法。\n".to_owned(),
        &[("title", "浙江省水土保持办法"), ("issuers", "issuer 浙江省人民政府")],
    )]);
}
