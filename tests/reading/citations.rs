//! 引用, each in a sentence of a notice of 绍兴市 (330600, 浙江省 330000).

use super::check;

/// A notice with `body` between its addressees and its signature.
fn notice(body: &str) -> String {
    format!(
        "绍兴市人民政府关于加强古树名木保护的通知\n各区、县(市)人民政府,市政府各部门:\n{body}\n绍兴市人民政府\n2022年5月9日\n"
    )
}

/// Compares the relations and keys of all citations, in the order of the text. `› ` stands before one that is
/// nested in the one before it, `~` behind the relation of one without brackets.
pub(super) fn cites(rows: &[(&str, &str, &str)]) {
    let expected: Vec<[(&str, &str); 1]> = rows.iter().map(|(_, _, expected)| [("citations", *expected)]).collect();
    let rows: Vec<super::Row<'_>> = rows
        .iter()
        .zip(&expected)
        .map(|((name, body, _), expected)| (*name, notice(body), expected.as_slice()))
        .collect();
    check(&rows);
}

#[test]
fn the_cue_before_a_title_tells_the_relation() {
    cites(&[
        (
            "贯彻落实",
            "为贯彻落实《浙江省古树名木保护办法》,现将有关事项通知如下。",
            "implements title:330000:浙江省古树名木保护办法",
        ),
        (
            "深入实施",
            "深入实施《浙江省林业发展“十四五”规划》,加强日常养护。",
            "implements title:330000:浙江省林业发展“十四五”规划",
        ),
        ("严格执行", "各地要严格执行《浙江省古树名木保护办法》。", "implements title:330000:浙江省古树名木保护办法"),
        (
            "认真落实, an adverb in front",
            "各地要认真落实《浙江省古树名木保护办法》。",
            "implements title:330000:浙江省古树名木保护办法",
        ),
        (
            "根据",
            "根据《浙江省古树名木保护办法》,现将有关事项通知如下。",
            "based_on title:330000:浙江省古树名木保护办法",
        ),
        ("依照", "依照《浙江省古树名木保护办法》给予处罚。", "based_on title:330000:浙江省古树名木保护办法"),
        ("遵照", "遵照《浙江省古树名木保护办法》办理。", "based_on title:330000:浙江省古树名木保护办法"),
        (
            "按照 … 要求",
            "按照《浙江省古树名木保护办法》要求,开展普查。",
            "based_on title:330000:浙江省古树名木保护办法",
        ),
        ("参照", "参照《浙江省古树名木保护办法》管理后备资源。", "refers_to title:330000:浙江省古树名木保护办法"),
        ("结合", "结合《浙江省古树名木保护办法》,修剪应报备案。", "refers_to title:330000:浙江省古树名木保护办法"),
        (
            "修订, of what is to come",
            "修订《绍兴市古树名木认养办法》,扩大认养范围。",
            "amends_planned title:330600:绍兴市古树名木认养办法",
        ),
        (
            "修订了, of what has been",
            "去年我市修订了《绍兴市古树名木认养办法》。",
            "mentions title:330600:绍兴市古树名木认养办法",
        ),
        (
            "修改 of an article that is named",
            "修改《绍兴市古树名木认养办法》(绍政发〔2015〕3号)第三条,认养期限为三年。",
            "amends num:绍政发〔2015〕3号",
        ),
        (
            "拟修订",
            "拟修订《绍兴市古树名木认养办法》,扩大认养范围。",
            "amends_planned title:330600:绍兴市古树名木认养办法",
        ),
        ("废止", "废止《绍兴市古树名木认养办法》。", "repeals title:330600:绍兴市古树名木认养办法"),
        (
            "制定, of what is to come",
            "年内制定《绍兴市古树名木养护技术规程》。",
            "produces title:330600:绍兴市古树名木养护技术规程",
        ),
        (
            "制订实施, of what is to come",
            "制订实施《绍兴市古树名木养护技术规程》。",
            "produces title:330600:绍兴市古树名木养护技术规程",
        ),
        (
            "a number in the brackets of a title",
            "按照《财政部公告2022年第14号》要求,开展普查。",
            "based_on num:财政部公告2022年第14号",
        ),
        (
            "编制, of what is to come",
            "组织编制《绍兴市古树名木保护规划》。",
            "produces title:330600:绍兴市古树名木保护规划",
        ),
        (
            "出台了, of what has been",
            "去年我市出台了《绍兴市古树名木认养办法》。",
            "mentions title:330600:绍兴市古树名木认养办法",
        ),
        (
            "印发, of what another has done",
            "2021年6月,省林业局印发《浙江省古树名木养护规程》。",
            "mentions title:330000:浙江省古树名木养护规程",
        ),
        ("no cue at all", "《浙江省古树名木保护办法》的宣传要进校园。", "mentions title:330000:浙江省古树名木保护办法"),
        (
            "an issuer between cue and title",
            "为贯彻落实省林业局《浙江省古树名木养护规程》,现通知如下。",
            "implements title:330000:浙江省古树名木养护规程",
        ),
    ]);
}

#[test]
fn frames_around_a_title_tell_the_relation_too() {
    cites(&[
        ("推进 … 的实施", "推进《绍兴市古树名木保护条例》的实施。", "implements title:330600:绍兴市古树名木保护条例"),
        (
            "修订准备工作 is not amending",
            "适时做好《绍兴市古树名木保护条例》修订准备工作。",
            "amends_planned title:330600:绍兴市古树名木保护条例",
        ),
        (
            "推进 … 修订工作",
            "推进《绍兴市古树名木保护条例》修订工作。",
            "amends_planned title:330600:绍兴市古树名木保护条例",
        ),
        (
            "同时废止, with a date of effect before it",
            "本通知自2022年7月1日起施行,《绍兴市古树名木认养办法》(绍政发〔2015〕3号)同时废止。",
            "repeals num:绍政发〔2015〕3号",
        ),
        ("予以废止", "《绍兴市古树名木认养办法》予以废止。", "repeals title:330600:绍兴市古树名木认养办法"),
        ("继续有效", "《绍兴市古树名木认养办法》继续有效。", "extends_validity title:330600:绍兴市古树名木认养办法"),
        (
            "有效期延长至",
            "《绍兴市古树名木认养办法》有效期延长至2025年12月31日。",
            "extends_validity title:330600:绍兴市古树名木认养办法",
        ),
        (
            "将 … 修改为",
            "将《绍兴市古树名木认养办法》第三条修改为:“认养期限为三年。”",
            "amends title:330600:绍兴市古树名木认养办法",
        ),
        (
            "落实 … 的各项要求",
            "落实《绍兴市古树名木保护条例》的各项要求。",
            "implements title:330600:绍兴市古树名木保护条例",
        ),
    ]);
}

#[test]
fn titles_in_a_list_share_a_cue_and_a_new_cue_ends_it() {
    let three = "based_on title:100000:中华人民共和国森林法; based_on title:330000:浙江省古树名木保护办法; based_on title:330600:绍兴市古树名木保护条例";
    cites(&[
        (
            "、 and 和",
            "根据《中华人民共和国森林法》、《浙江省古树名木保护办法》和《绍兴市古树名木保护条例》,现通知如下。",
            three,
        ),
        (
            "nothing between",
            "根据《中华人民共和国森林法》《浙江省古树名木保护办法》《绍兴市古树名木保护条例》,现通知如下。",
            three,
        ),
        (
            "以及",
            "根据《中华人民共和国森林法》《浙江省古树名木保护办法》以及《绍兴市古树名木保护条例》,现通知如下。",
            three,
        ),
        (
            "及",
            "根据《中华人民共和国森林法》、《浙江省古树名木保护办法》及《绍兴市古树名木保护条例》,现通知如下。",
            three,
        ),
        (
            "a number between",
            "根据《浙江省古树名木保护办法》(浙江省人民政府令第356号)、《绍兴市古树名木保护条例》,现通知如下。",
            "based_on num:浙江省人民政府令第356号; based_on title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a new cue",
            "根据《浙江省古树名木保护办法》,参照《绍兴市古树名木认养办法》,现通知如下。",
            "based_on title:330000:浙江省古树名木保护办法; refers_to title:330600:绍兴市古树名木认养办法",
        ),
        (
            "two cues of one kind",
            "为贯彻落实《浙江省古树名木保护办法》,推进落实《绍兴市古树名木保护条例》,现通知如下。",
            "implements title:330000:浙江省古树名木保护办法; implements title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a new sentence has no cue of the last",
            "根据《浙江省古树名木保护办法》制定名录。《绍兴市古树名木保护条例》的宣传要进校园。",
            "based_on title:330000:浙江省古树名木保护办法; mentions title:330600:绍兴市古树名木保护条例",
        ),
        (
            "an issuer inside the list",
            "根据《浙江省古树名木保护办法》和市人大常委会《绍兴市古树名木保护条例》,现通知如下。",
            "based_on title:330000:浙江省古树名木保护办法; based_on title:330600:绍兴市古树名木保护条例",
        ),
        (
            "a frame behind a list holds for all of it",
            "《绍兴市古树名木认养办法》《绍兴市古树名木养护规程》同时废止。",
            "repeals title:330600:绍兴市古树名木认养办法; repeals title:330600:绍兴市古树名木养护规程",
        ),
    ]);
}

#[test]
fn a_title_inside_a_cited_notice_is_cited_with_it() {
    let nested = "implements num:绍政发〔2021〕8号; › implements title:330600:绍兴市古树名木保护行动方案";
    cites(&[
        ("〈〉", "落实《绍兴市人民政府关于印发〈绍兴市古树名木保护行动方案〉的通知》(绍政发〔2021〕8号)要求。", nested),
        ("<>", "落实《绍兴市人民政府关于印发<绍兴市古树名木保护行动方案>的通知》(绍政发〔2021〕8号)要求。", nested),
        (
            "full-width ＜＞",
            "落实《绍兴市人民政府关于印发＜绍兴市古树名木保护行动方案＞的通知》（绍政发〔2021〕8号）要求。",
            nested,
        ),
        (
            "《》 inside 《》",
            "落实《绍兴市人民政府关于印发《绍兴市古树名木保护行动方案》的通知》(绍政发〔2021〕8号)要求。",
            nested,
        ),
        (
            "转发",
            "落实《绍兴市人民政府转发〈浙江省古树名木养护规程〉的通知》(绍政发〔2021〕9号)要求。",
            "implements num:绍政发〔2021〕9号; › implements title:330000:浙江省古树名木养护规程",
        ),
        (
            "an amending decision does not amend again",
            "2019年,市人大常委会通过《关于修改〈绍兴市古树名木保护条例〉的决定》。",
            "mentions title:330600:关于修改〈绍兴市古树名木保护条例〉的决定; › mentions title:330600:绍兴市古树名木保护条例",
        ),
    ]);
}

#[test]
fn a_number_is_bound_to_the_title_before_it() {
    let bound = "based_on num:浙政发〔2021〕9号";
    cites(&[
        ("in round brackets", "根据《浙江省人民政府关于加强林木保护的意见》(浙政发〔2021〕9号),现通知如下。", bound),
        (
            "in full-width round brackets",
            "根据《浙江省人民政府关于加强林木保护的意见》（浙政发〔2021〕9号），现通知如下。",
            bound,
        ),
        (
            "square brackets of the year",
            "根据《浙江省人民政府关于加强林木保护的意见》(浙政发[2021]9号),现通知如下。",
            bound,
        ),
        ("without brackets", "根据《浙江省人民政府关于加强林木保护的意见》浙政发〔2021〕9号,现通知如下。", bound),
        ("a blank between", "根据《浙江省人民政府关于加强林木保护的意见》 (浙政发〔2021〕9号),现通知如下。", bound),
        ("文号 as a label", "根据《浙江省人民政府关于加强林木保护的意见》(文号:浙政发〔2021〕9号),现通知如下。", bound),
        (
            "an issuer before the title",
            "根据国家林业和草原局等3部门《关于加强古树名木保护的指导意见》(林资发〔2021〕12号),现通知如下。",
            "based_on num:林资发〔2021〕12号",
        ),
        (
            "not bound across a sentence",
            "根据《浙江省古树名木保护办法》。浙政发〔2021〕9号另有规定的除外。",
            "based_on title:330000:浙江省古树名木保护办法",
        ),
    ]);
}

#[test]
fn a_number_may_cite_alone() {
    cites(&[
        ("根据", "根据浙政发〔2021〕9号文件要求,现通知如下。", "based_on~ num:浙政发〔2021〕9号"),
        ("按照 is not part of the code", "按照浙林绿〔2020〕15号要求开展普查。", "based_on~ num:浙林绿〔2020〕15号"),
        ("贯彻落实", "为贯彻落实国办发〔2021〕19号文件精神,现通知如下。", "implements~ num:国办发〔2021〕19号"),
        ("令", "依照国务院令第687号的规定,迁移须经批准。", "based_on~ num:国务院令第687号"),
        (
            "two in a list",
            "根据浙政发〔2021〕9号、绍政发〔2021〕8号文件,现通知如下。",
            "based_on~ num:浙政发〔2021〕9号; based_on~ num:绍政发〔2021〕8号",
        ),
    ]);
}

#[test]
fn a_short_name_stands_for_the_title_that_it_was_given_for() {
    let thrice = "based_on title:330000:浙江省古树名木保护办法; mentions title:330000:浙江省古树名木保护办法; implements title:330000:浙江省古树名木保护办法";
    let numbered = "based_on num:浙政发〔2021〕9号; mentions num:浙政发〔2021〕9号; implements num:浙政发〔2021〕9号";
    cites(&[
        (
            "以下简称《》",
            "根据《浙江省古树名木保护办法》(以下简称《办法》),现通知如下。各地要严格执行《办法》。",
            thrice,
        ),
        (
            "以下简称 in quotes",
            "根据《浙江省古树名木保护办法》(以下简称“《办法》”),现通知如下。各地要严格执行《办法》。",
            thrice,
        ),
        (
            "full-width brackets",
            "根据《浙江省古树名木保护办法》（以下简称《办法》），现通知如下。各地要严格执行《办法》。",
            thrice,
        ),
        (
            "in brackets behind the number's",
            "根据《浙江省人民政府关于加强林木保护的意见》(浙政发〔2021〕9号)(以下简称《意见》),现通知如下。各地要认真落实《意见》。",
            numbered,
        ),
        (
            "a short name that nobody gave is ambiguous",
            "各地要认真落实《实施方案》。",
            "implements title:330600:实施方案 (ambiguous)",
        ),
    ]);
}

#[test]
fn a_title_without_brackets_is_cited_where_it_names_its_region() {
    cites(&[
        (
            "behind 持续落实",
            "持续落实绍兴市古树名木认养办法,扩大认养范围。",
            "implements~ title:330600:绍兴市古树名木认养办法",
        ),
        ("behind 根据", "根据浙江省古树名木保护办法,现通知如下。", "based_on~ title:330000:浙江省古树名木保护办法"),
        (
            "behind 贯彻实施",
            "贯彻实施绍兴市古树名木保护条例,加强巡查。",
            "implements~ title:330600:绍兴市古树名木保护条例",
        ),
        ("a policy in general is none", "根据有关规定,现通知如下。", "-"),
        ("the decisions of a congress are no document", "全面贯彻落实党的二十大精神和省委、市委决策部署。", "-"),
        ("a campaign is no document", "开展“绿盾”“护绿”等专项行动。", "-"),
    ]);
}

#[test]
fn a_document_does_not_cite_itself() {
    cites(&[
        ("本通知", "本通知自印发之日起施行。", "-"),
        ("本办法", "违反本办法的,依法处理。", "-"),
        ("本意见", "各地要按照本意见要求抓好落实。", "-"),
    ]);
}

#[test]
fn broken_brackets_swallow_no_sentence() {
    check(&[
        (
            "a title that is not closed",
            notice("根据《浙江省古树名木保护办法的规定,现通知如下。各地要严格执行《绍兴市古树名木保护条例》。"),
            &[("cites title:330600:绍兴市古树名木保护条例", "implements")],
        ),
        (
            "a title broken over two lines",
            notice("根据《浙江省古树名木\n保护办法》,现通知如下。"),
            &[("citations", "based_on title:330000:浙江省古树名木保护办法"), ("has broken_title", "yes")],
        ),
        (
            "a blank inside a title",
            notice("根据《浙江省 古树名木保护办法》,现通知如下。"),
            &[("citations", "based_on title:330000:浙江省古树名木保护办法")],
        ),
        (
            "a closing bracket too many",
            notice("根据《浙江省古树名木保护办法》》,现通知如下。"),
            &[("citations", "based_on title:330000:浙江省古树名木保护办法")],
        ),
    ]);
}

#[test]
fn titles_have_one_key_however_they_are_written() {
    let key = "implements title:330000:浙江省古树名木保护规划(2021—2035年)";
    cites(&[
        ("a hyphen between years", "落实《浙江省古树名木保护规划(2021-2035年)》。", key),
        ("a dash", "落实《浙江省古树名木保护规划(2021—2035年)》。", key),
        ("two dashes", "落实《浙江省古树名木保护规划(2021——2035年)》。", key),
        ("full-width brackets and digits", "落实《浙江省古树名木保护规划（２０２１—２０３５年）》。", key),
        ("a wave", "落实《浙江省古树名木保护规划(2021~2035年)》。", key),
        ("of the state", "落实《国家公园空间布局方案》。", "implements title:100000:国家公园空间布局方案"),
        (
            "of a group of provinces",
            "落实《长三角林业有害生物联防协议》。",
            "implements title:310000+320000+330000+340000:长三角林业有害生物联防协议",
        ),
    ]);
}
