//! 时限: until when.

use super::{WUHUA, check};

#[test]
fn deadlines_are_dates_or_have_no_end() {
    let by = |date: &str| format!("responsible 昆明市五华区民政局; by {date}");
    let continuing = "responsible 昆明市五华区民政局; continuing";
    let rows: Vec<(&str, String, String)> = [
        ("the end of a month", "2022年6月底前完成", by("2022-06-30")),
        ("the end of a month of 31 days", "2022年8月底前完成", by("2022-08-31")),
        ("the end of February in a leap year", "2024年2月底前完成", by("2024-02-29")),
        ("the end of a year", "2023年底前", by("2023-12-31")),
        ("the end of a year, 末", "2023年末前完成", by("2023-12-31")),
        ("a month of the document's year", "9月底前完成", by("2022-09-30")),
        ("the end of the document's year", "年底前完成", by("2022-12-31")),
        ("this year", "今年底前完成", by("2022-12-31")),
        ("a day", "2022年5月20日前完成", by("2022-05-20")),
        ("a day of the document's year", "5月20日前完成", by("2022-05-20")),
        ("持续推进", "持续推进", continuing.to_owned()),
        ("长期坚持", "长期坚持", continuing.to_owned()),
        ("长期", "长期", continuing.to_owned()),
        ("a date and no end", "2022年底前取得阶段性成效,持续推进", by("2022-12-31")),
        ("two dates: the first", "2022年6月底前完成选址,2023年6月底前投入使用", by("2022-06-30")),
        ("hours are no date", "24小时内处置", "responsible 昆明市五华区民政局".to_owned()),
        ("working days are no date", "10个工作日内办结", "responsible 昆明市五华区民政局".to_owned()),
    ]
    .into_iter()
    .map(|(name, words, expected)| (name, format!("(区民政局负责;{words})"), expected))
    .collect();
    let rows: Vec<(&str, &str, &str, &str)> =
        rows.iter().map(|(name, clause, expected)| (*name, WUHUA, clause.as_str(), expected.as_str())).collect();
    check(&rows);
}

#[test]
fn a_deadline_in_the_sentence_is_one_and_other_dates_are_none() {
    check(&[
        ("a demand", WUHUA, "2022年10月底前建成20个助浴点。", "by 2022-10-31"),
        ("力争", WUHUA, "力争2023年底前实现街道全覆盖。", "by 2023-12-31"),
        ("确保", WUHUA, "确保2022年9月底前投入使用。", "by 2022-09-30"),
        ("a report of what was done", WUHUA, "截至2021年底,已建成10个助浴点。", "-"),
        ("a cut-off date of eligibility", WUHUA, "对2021年12月31日前已登记的老人给予补贴。", "-"),
        ("since a year", WUHUA, "自2019年起开展试点。", "-"),
        ("a period", WUHUA, "按照2021—2025年规划布局。", "-"),
    ]);
}
