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
