//! 通知 and what it carries: 印发, 转发, with and without 《》; and replies.

use super::check;

const CARRIED: &str = "为防治水土流失,制定本方案。\n一、主要任务\n1.治理坡耕地。\n2.封育山林。";

fn notice(title: &str, opening: &str, carried_title: &str) -> String {
    format!("{title}\n\n赣市府发〔2022〕7号\n\n各县(市、区)人民政府:\n\n{opening}\n\n赣州市人民政府\n2022年6月1日\n\n{carried_title}\n\n{CARRIED}\n")
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
            &[("works", works), ("kind", "通知"), ("form", "三年行动方案"), ("issuers", "issuer 赣州市人民政府"), ("measures", "一、1.; 一、2.")],
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
            &[("works", "notice num:赣市府发〔2022〕7号 → W1; promulgated title:360700:赣州市水土保持三年行动方案(2022—2024年)")],
        ),
        (
            "the number above the title",
            format!("赣市府发〔2022〕7号\n{}", notice("赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知", now, PLAN).replace("赣市府发〔2022〕7号\n\n", "")),
            &[("works", works)],
        ),
        (
            "研究制定了 …, 现印发给你们",
            notice("关于印发《赣州市水土保持三年行动方案》的通知", "市水利局研究制定了《赣州市水土保持三年行动方案》,现印发给你们,请结合实际认真贯彻落实。", PLAN),
            &[("works", works), ("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates")],
        ),
        (
            "the text does not follow",
            format!("赣州市人民政府关于印发《{PLAN}》的通知\n\n赣市府发〔2022〕7号\n\n各县(市、区)人民政府:\n\n{now}\n\n赣州市人民政府\n2022年6月1日\n"),
            &[("works", "document num:赣市府发〔2022〕7号"), ("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates")],
        ),
        (
            "each work cites for itself",
            notice("赣州市人民政府关于印发《赣州市水土保持三年行动方案》的通知", "为贯彻落实《江西省水土保持条例》,现将《赣州市水土保持三年行动方案》印发给你们。", PLAN)
                .replace("为防治水土流失", "根据《江西省水土保持规划》"),
            &[
                ("citations", "promulgates title:360700:赣州市水土保持三年行动方案; implements title:360000:江西省水土保持条例; promulgates title:360700:赣州市水土保持三年行动方案; based_on title:360000:江西省水土保持规划"),
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
        ("with 《》", forwarded.clone(), &[("cites title:360000:江西省水土保持工作要点", "forwards; forwards"), ("kind", "通知")]),
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
        format!("名称:关于印发《{PLAN}》的通知\n{}", notice(&format!("关于印发《{PLAN}》的通知"), &format!("现将《{PLAN}》印发给你们。"), PLAN)),
        &[("cites title:360700:赣州市水土保持三年行动方案", "promulgates; promulgates; promulgates")],
    )]);
}

#[test]
fn a_reply_answers_a_proposal() {
    let reply = |title: &str, person: &str, words: &str| {
        format!("{title}\n\n{person}:\n\n您提出的{words},现答复如下:\n\n一、完善机制\n落实《江西省水土保持条例》,加强巡查。\n\n赣州市水利局\n2022年8月3日\n")
    };
    check(&[
        (
            "of the consultative conference",
            reply("", "李某某委员", "关于加强水土流失治理的提案"),
            &[("kind", "函"), ("form", "提案答复"), ("citations", "responds_to~ title:360700:关于加强水土流失治理的提案 (ambiguous); implements title:360000:江西省水土保持条例"), ("addressees", "李某某")],
        ),
        (
            "of the people's congress",
            reply("", "王某某代表", "关于推进坡耕地改造的建议"),
            &[("kind", "函"), ("form", "建议答复"), ("citations", "responds_to~ title:360700:关于推进坡耕地改造的建议 (ambiguous); implements title:360000:江西省水土保持条例")],
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
