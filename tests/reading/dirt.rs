//! Dirt: injected advertising, lost characters, the web page's own words, personal data.

use super::check;

fn notice(body: &str, foot: &str) -> String {
    format!("关于印发《成都市天府文化推广若干措施》的通知\n\n各有关单位:\n\n{body}\n\n2022年7月12日\n{foot}")
}

#[test]
fn injected_words_are_never_an_agency_and_what_was_meant_is_told() {
    let injected = |word: &str, code: &str| {
        notice(&format!("为贯彻落实{word}等5部门《关于促进文化消费的意见》({code}),现印发给你们。"), "")
    };
    check(&[
        (
            "of football, where the code says 文化和旅游部",
            injected("英超直播", "文旅产业发〔2022〕18号"),
            &[("agency 直播", "no"), ("finding spam_injection", "英超直播"), ("numbers", "文旅产业发〔2022〕18号")],
        ),
        (
            "of a lottery, where the code says 国家发展和改革委员会",
            injected("时时彩", "发改社会〔2022〕41号"),
            &[("agency 时时彩", "no"), ("has spam_injection", "yes"), ("numbers", "发改社会〔2022〕41号")],
        ),
        (
            "that no register knows, where the code says who it was",
            injected("极速快三大小单双", "国知发运字〔2022〕47号").replace("现印发给你们", "现将有关事项通知如下"),
            &[("agency 快三", "no"), ("has spam_injection", "yes"), ("numbers", "国知发运字〔2022〕47号")],
        ),
        (
            "an agency in the slot is no spam",
            injected("商务部", "商服贸发〔2022〕7号"),
            &[("has spam_injection", "no")],
        ),
        (
            "in the page's foot",
            notice("现印发给你们。", "主办:六合宝典开奖网 承办:六合宝典开奖网技术部\n"),
            &[("agency 六合", "no"), ("has spam_injection", "yes")],
        ),
        (
            "as the signature",
            notice("现印发给你们。\n\n澳门赌场娱乐城", ""),
            &[("agency 赌场", "no"), ("has spam_injection", "yes")],
        ),
        (
            "live streaming as a business is no spam",
            notice("鼓励文旅直播带货,打造直播基地。", ""),
            &[("has spam_injection", "no")],
        ),
        ("lottery funds are no spam", notice("安排体育彩票公益金支持。", ""), &[("has spam_injection", "no")]),
    ]);
    // Not only that there is a finding: it names the organ that the code stands for.
    let record =
        crate::support::read(&injected("英超直播", "国知发运字〔2022〕47号").replace("现印发给你们", "现通知如下"));
    let message =
        record.findings.iter().find(|finding| finding.code == "spam_injection").map(|finding| finding.message.as_str());
    assert!(message.is_some_and(|message| message.contains("国家知识产权局")), "{message:?}");
}

#[test]
fn lost_characters_are_reported_and_no_title() {
    check(&[
        (
            "lines of one mark",
            notice("现印发给你们。\n?\n?\n(此页无正文)\n?", ""),
            &[("title", "关于印发〈成都市天府文化推广若干措施〉的通知")],
        ),
        (
            "a run before the date",
            notice("现印发给你们。\n???????????? 2022年7月10日", "").replace("\n\n2022年7月12日\n", "\n"),
            &[("has garbage_run", "yes"), ("dates", "written 2022-07-10")],
        ),
        ("a run inside a sentence", notice("现印发给你们,请?????认真执行。", ""), &[("has garbage_run", "yes")]),
        (
            "one question mark is a question",
            notice("现印发给你们。为什么要推广?因为文化要活。", ""),
            &[("has garbage_run", "no")],
        ),
        ("rows of signs", notice("现印发给你们。\n====================", ""), &[("has garbage_run", "yes")]),
        ("left-over markup", notice("现印发给你们。&nbsp;&nbsp;请认真执行。", ""), &[("has garbage_run", "yes")]),
    ]);
}

#[test]
fn the_pages_own_words_are_no_text_of_the_document() {
    let with_foot = |foot: &str| notice("现印发给你们。", foot);
    check(&[
        (
            "share buttons",
            with_foot("分享到:\n打印本页 关闭窗口\n"),
            &[("citations", "promulgates title:510100:成都市天府文化推广若干措施"), ("addressees", "各有关单位")],
        ),
        (
            "filing numbers",
            with_foot("蜀ICP备05000000号-1 川公网安备 51010000000000号\n"),
            &[("numbers", "-"), ("number", "-")],
        ),
        ("a site's map", with_foot("网站声明 | 联系我们 | 网站地图\n"), &[("issuers", "-")]),
    ]);
}

#[test]
fn personal_data_is_found_and_covered_and_hotlines_are_not() {
    let clerk = |words: &str| notice(&format!("现印发给你们。\n{words}"), "");
    check(&[
        (
            "a clerk and a telephone",
            clerk("联系人:钱多多 联系电话:028-61880000"),
            &[("has personal_data", "yes"), ("agency 钱多多", "no")],
        ),
        ("full-width colons", clerk("联系人：钱多多　联系电话：61880000"), &[("has personal_data", "yes")]),
        ("in brackets", clerk("(联系人:钱多多,电话:61880000)"), &[("has personal_data", "yes")]),
        ("a mobile number alone", clerk("有疑问请拨打13900000000。"), &[("has personal_data", "yes")]),
        ("already covered", clerk("联系人:■■■ 联系电话:■■■■■■■■"), &[("has personal_data", "yes")]),
        ("a public hotline", clerk("投诉请拨打12345热线。"), &[("has personal_data", "no")]),
        ("an official signature", clerk("签发人:孙平平"), &[("has personal_data", "no")]),
        ("clerks in general", clerk("工作人员要热情服务。"), &[("has personal_data", "no")]),
    ]);
    // What is found never comes out in a quote.
    let text = clerk("联系人:钱多多 联系电话:028-61880000");
    let record = serde_json::to_string(&crate::support::read(&text)).expect("JSON");
    assert!(!record.contains("钱多多") && !record.contains("61880000"), "{record}");
}

#[test]
fn other_faults_of_a_text_are_reported() {
    check(&[
        ("no number", notice("现印发给你们。", ""), &[("has missing_number", "yes")]),
        ("no signature", notice("现印发给你们。", ""), &[("has missing_signature", "yes")]),
    ]);
}

#[test]
fn two_works_of_like_titles_are_no_variants() {
    let text = |words: &str| format!("某市人民政府关于清理文件的决定\n{words}\n");
    check(&[
        (
            "two laws of the state",
            text("依照《中华人民共和国刑事诉讼法》办理,民事部分依照《中华人民共和国民事诉讼法》办理。"),
            &[("finding title_variant", "-")],
        ),
        (
            "two titles of one list",
            text("修改《某某江航道养护管理条例》《某某江河道养护管理条例》。"),
            &[("finding title_variant", "-")],
        ),
        (
            "one title in two wordings",
            text(
                "根据《某市强化知识产权保护推动计划》开展工作。\n一、落实任务。按照《某市强化知识产权保护推进计划》的分工执行。",
            ),
            &[("finding title_variant", "某市强化知识产权保护推进计划")],
        ),
    ]);
}

#[test]
fn a_signature_run_together_with_its_date_signs() {
    let text = |tail: &str| format!("各市人民政府:\n《某省数据共享办法》已经审定,现印发给你们,请认真贯彻执行。{tail}");
    check(&[
        (
            "behind the last sentence, with words of the page behind it",
            text("福建省人民政府2022年12月5日更多信息请关注官方微信“某某发布”"),
            &[
                ("has missing_signature", "no"),
                ("issuers", "issuer 福建省人民政府"),
                ("finding page_chrome", "更多信息请关注官方微信“某某发布”"),
            ],
        ),
        (
            "behind the annexes",
            text("附件:数据目录福建省人民政府2022年12月5日"),
            &[("has missing_signature", "no"), ("issuers", "issuer 福建省人民政府")],
        ),
        (
            "a date of effect is no signature",
            text(
                "本办法自2022年12月5日起施行,有效期五年,由省数据局负责解释,各地可以结合实际制定实施细则并报省数据局备案。",
            ),
            &[("has run_together", "no"), ("has missing_signature", "yes")],
        ),
        (
            "nor is a term",
            text(
                "申请受理期限为每季度第一个工作日。补贴政策实施期限截至2022年12月31日,到期后由省财政厅会同有关部门组织评估并提出完善建议报省政府。",
            ),
            &[("has run_together", "no")],
        ),
    ]);
}

#[test]
fn an_office_of_a_ministry_is_no_spam() {
    check(&[(
        "a department of a ministry before 等",
        "根据教育部高等教育司等部门《关于开展教学评估的通知》(教高司函〔2021〕8号)要求开展评估。\n".to_owned(),
        &[("finding spam_injection", "-")],
    )]);
}
