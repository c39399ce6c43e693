//! 引用关系: words near a title that look like a cue and are none, and cues that stand farther away.

use super::citations::cites;

#[test]
fn the_history_of_a_text_amends_nothing() {
    cites(&[
        (
            "第二次修正 behind a decision",
            "根据2021年3月《绍兴市人民代表大会常务委员会关于修改〈绍兴市古树名木保护条例〉的决定》第二次修正。",
            "mentions title:330600:绍兴市人民代表大会常务委员会关于修改〈绍兴市古树名木保护条例〉的决定; › mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a decision without brackets of its own",
            "2021年3月市政府关于修改《绍兴市古树名木认养办法》等三件规章的决定第一次修正。",
            "mentions title:330600:绍兴市古树名木认养办法",
        ),
        (
            "新修订的 says which text it is",
            "各地要认真贯彻落实新修订的《绍兴市古树名木保护条例》。",
            "implements title:330600:绍兴市古树名木保护条例",
        ),
        (
            "the item before this one was amended",
            "(原文予以修改)第七条 7.《绍兴市古树名木认养办法》由市林业局解释。",
            "mentions title:330600:绍兴市古树名木认养办法",
        ),
    ]);
}

#[test]
fn a_label_of_ground_holds_for_the_list_under_it() {
    let law = "based_on title:330600:绍兴市古树名木保护条例; based_on title:330000:浙江省古树名木保护办法";
    cites(&[
        ("a heading", "一、检查依据\n(一)《绍兴市古树名木保护条例》;\n(二)《浙江省古树名木保护办法》。", law),
        (
            "a label in brackets, articles between",
            "【政策依据】\n1.《绍兴市古树名木保护条例》第四条第一款\n2.《浙江省古树名木保护办法》",
            law,
        ),
        ("a label that is a sentence", "(二)编制依据。《绍兴市古树名木保护条例》《浙江省古树名木保护办法》等。", law),
        ("a label and a colon", "法律依据:《绍兴市古树名木保护条例》《浙江省古树名木保护办法》。", law),
        (
            "a column of a table",
            "序号 事项 设定依据\n1 古树移植 地方性法规:《绍兴市古树名木保护条例》第九条\n2 古树认养 政府规章:《浙江省古树名木保护办法》",
            law,
        ),
        (
            "not behind other words",
            "一、检查依据\n(一)《绍兴市古树名木保护条例》;\n(二)各单位自查,并宣传《浙江省古树名木保护办法》。",
            "based_on title:330600:绍兴市古树名木保护条例; mentions title:330000:浙江省古树名木保护办法",
        ),
        (
            "a kind of law where there is no such column",
            "已有地方性法规:《绍兴市古树名木保护条例》。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "作为依据 ends a sentence",
            "不得作为认定依据。《绍兴市古树名木保护条例》另行宣传。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
    ]);
}

#[test]
fn words_that_hold_a_cue_and_are_none() {
    cites(&[
        (
            "精神 of its own",
            "《绍兴市古树名木保护条例》倡导全社会弘扬爱树护绿精神。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "the reasons for what there is",
            "制定《绍兴市古树名木保护条例》的必要性是什么?",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a text that is told of",
            "制定《绍兴市古树名木保护条例》是护绿的要求。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a text that is still to be made",
            "推动《绍兴市古树名木保护条例》制定进程。",
            "produces title:330600:绍兴市古树名木保护条例",
        ),
        (
            "an amendment by which a text was changed",
            "经2010年《绍兴市古树名木保护条例修正案》第一次修订。",
            "mentions title:330600:绍兴市古树名木保护条例修正案",
        ),
    ]);
}

#[test]
fn rules_that_are_only_named_are_no_ground() {
    cites(&[
        (
            "按照 before the title makes it one",
            "养护单位按照《绍兴市古树名木保护条例》的规定巡查。",
            "based_on title:330600:绍兴市古树名木保护条例",
        ),
        (
            "第八条规定的 says which",
            "《绍兴市古树名木保护条例》第八条规定的养护单位应当巡查。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "所称 says where a word is defined",
            "《绍兴市古树名木保护条例》规定古树分为三级。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
    ]);
}

#[test]
fn what_is_carried_may_be_told_in_the_next_sentence_and_what_is_followed_is_not_carried() {
    cites(&[
        (
            "制定了 … 。现印发给你们",
            "市林业局制定了《绍兴市古树名木养护规程》。现印发给你们,请遵照执行。",
            "promulgates title:330600:绍兴市古树名木养护规程",
        ),
        (
            "根据 … ,现发布 of something without brackets",
            "根据《绍兴市古树名木保护条例》,现发布第一批保护名录。",
            "based_on title:330600:绍兴市古树名木保护条例",
        ),
        (
            "制定 … 应当遵循",
            "制定养护规程应当遵循《绍兴市古树名木保护条例》。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "先后制定 is done",
            "我市先后制定《绍兴市古树名木养护规程》。",
            "mentions title:330600:绍兴市古树名木养护规程",
        ),
    ]);
}

#[test]
fn an_order_has_its_number_whatever_stands_around_it() {
    cites(&[
        (
            "the state's name before the organ",
            "根据《城市绿化条例》(中华人民共和国国务院令第100号),制定本通知。",
            "based_on num:国务院令第100号",
        ),
        ("no 第", "根据《城市绿化条例》(国务院令100号),制定本通知。", "based_on num:国务院令第100号"),
        (
            "或 before the organ is no part of it",
            "按照《绍兴市古树名木进口公告》(或海关总署公告2020年第17号)办理。",
            "based_on title:330600:绍兴市古树名木进口公告; based_on~ num:海关总署公告2020年第17号",
        ),
    ]);
}

#[test]
fn words_of_lists_terms_and_attributes_reach_as_far_as_they_do_in_the_sentence() {
    let repealed = "repeals title:330600:绍兴市古树名木认养办法; repeals title:330600:绍兴市行道树管理办法";
    cites(&[
        (
            "同时废止 behind a list whose items tell when they were issued",
            "1996年3月4日市政府发布的《绍兴市古树名木认养办法》,1998年5月6日市政府发布的《绍兴市行道树管理办法》同时废止。",
            repealed,
        ),
        (
            "a term that is extended for parts of a text",
            "将《绍兴市古树名木认养办法》中第二条“认养条件”、第三条“认养费用减免标准和减免办法”有关政策适用期限延长至2026年6月30日。",
            "extends_validity title:330600:绍兴市古树名木认养办法",
        ),
        (
            "作如下补充、修改",
            "现对《绍兴市古树名木认养办法》、《绍兴市行道树管理办法》作如下补充、修改:",
            "amends title:330600:绍兴市古树名木认养办法; amends title:330600:绍兴市行道树管理办法",
        ),
        (
            "联合印发的 says which text it is, 根据 governs",
            "根据市林业局、市住房和城乡建设局、市财政局联合印发的《绍兴市古树名木认养办法》有关精神,开展认养。",
            "based_on title:330600:绍兴市古树名木认养办法",
        ),
        ("对照 compares", "对照《绍兴市古树名木认养办法》逐项自查。", "refers_to title:330600:绍兴市古树名木认养办法"),
        (
            "what is inspected is not carried out",
            "市人大常委会对《绍兴市古树名木保护条例》实施情况进行监督。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "依法 is no ground of what follows",
            "认养人依法享有《绍兴市古树名木保护条例》规定的各项权利。",
            "mentions title:330600:绍兴市古树名木保护条例",
        ),
    ]);
}
