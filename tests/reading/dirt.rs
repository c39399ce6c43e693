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
