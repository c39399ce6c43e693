//! 责任分工 and 时限, in regions, roles, orders and separators of their own.

use crate::support::{Faults, duties, joined, read};

/// The measure of a plan of `place`, dated 2022-03-15, that ends with `clause`.
fn plan(place: &str, clause: &str) -> String {
    let office = if place.ends_with('省') || place.ends_with("自治区") { "办公厅" } else { "办公室" };
    format!(
        "{place}社区养老服务提升工作方案\n\n为提升社区养老服务水平,制定本方案。\n\n一、完善服务设施\n\n\
         1.建设社区食堂和助浴点。{clause}\n\n2.为高龄老人家庭安装呼叫装置。\n\n{place}人民政府{office}\n2022年3月15日\n"
    )
}

/// Compares who does what by when in the first measure of the plan: `lead 甲; joint 乙、丙; by 2022-06-30`.
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut faults = Faults::default();
    for (name, place, clause, expected) in rows {
        let text = plan(place, clause);
        let record = read(&text);
        let found = record.measures.first().map_or_else(
            || "no measure".to_owned(),
            |measure| {
                let mut parts = duties(&measure.responsibilities);
                if let Some(deadline) = &measure.deadline {
                    parts.extend(deadline.iso.as_ref().map(|iso| format!("by {iso}")));
                    parts.extend(deadline.continuing.then(|| "continuing".to_owned()));
                }
                joined(parts)
            },
        );
        faults.compare(name, &format!("{place}: {clause}"), expected, &found);
    }
    faults.assert_none();
}

const WEST_LAKE: &str = "杭州市西湖区";
const WUHUA: &str = "昆明市五华区";
const NANSHAN: &str = "广东省深圳市南山区";
const INNER_MONGOLIA: &str = "内蒙古自治区";

#[test]
fn a_short_name_is_the_organ_of_the_documents_own_region() {
    check(&[
        (
            "a district of a city has the city before it",
            WEST_LAKE,
            "(区民政局负责;持续推进)",
            "responsible 杭州市西湖区民政局; continuing",
        ),
        (
            "人社 is 人力资源和社会保障",
            WUHUA,
            "(区人社局负责;持续推进)",
            "responsible 昆明市五华区人力资源和社会保障局; continuing",
        ),
        ("发改 is 发展和改革", WUHUA, "(区发改局负责;持续推进)", "responsible 昆明市五华区发展和改革局; continuing"),
        (
            "工信 is 工业和信息化",
            WUHUA,
            "(区工信局负责;持续推进)",
            "responsible 昆明市五华区工业和信息化局; continuing",
        ),
        ("卫健 is 卫生健康", WEST_LAKE, "(区卫健局负责;持续推进)", "responsible 杭州市西湖区卫生健康局; continuing"),
        (
            "住建 is 住房和城乡建设",
            NANSHAN,
            "(区住建局负责;持续推进)",
            "responsible 深圳市南山区住房和城乡建设局; continuing",
        ),
        (
            "市场监管 is 市场监督管理",
            NANSHAN,
            "(区市场监管局负责;持续推进)",
            "responsible 深圳市南山区市场监督管理局; continuing",
        ),
        ("科技 is 科学技术", NANSHAN, "(区科技局负责;持续推进)", "responsible 深圳市南山区科学技术局; continuing"),
        ("应急 is 应急管理", WEST_LAKE, "(区应急局负责;持续推进)", "responsible 杭州市西湖区应急管理局; continuing"),
        ("医保 is 医疗保障", WEST_LAKE, "(区医保局负责;持续推进)", "responsible 杭州市西湖区医疗保障局; continuing"),
        (
            "退役军人 is 退役军人事务",
            WEST_LAKE,
            "(区退役军人局负责;持续推进)",
            "responsible 杭州市西湖区退役军人事务局; continuing",
        ),
        (
            "规划和自然资源, written out, stays",
            WEST_LAKE,
            "(区规划和自然资源局负责;持续推进)",
            "responsible 杭州市西湖区规划和自然资源局; continuing",
        ),
        (
            "妇联 is a mass organisation of the district",
            WUHUA,
            "(区妇联负责;持续推进)",
            "responsible 昆明市五华区妇女联合会; continuing",
        ),
        ("残联", WUHUA, "(区残联负责;持续推进)", "responsible 昆明市五华区残疾人联合会; continuing"),
        (
            "a tax bureau is the state's",
            WEST_LAKE,
            "(区税务局负责;持续推进)",
            "responsible 国家税务总局杭州市西湖区税务局; continuing",
        ),
        ("a court has 人民", WUHUA, "(区法院负责;持续推进)", "responsible 昆明市五华区人民法院; continuing"),
        (
            "a procuratorate has 人民",
            WUHUA,
            "(区检察院负责;持续推进)",
            "responsible 昆明市五华区人民检察院; continuing",
        ),
        (
            "an office of the government",
            WEST_LAKE,
            "(区政府办公室负责;持续推进)",
            "responsible 杭州市西湖区人民政府办公室; continuing",
        ),
        ("the government itself", WEST_LAKE, "(区政府负责;持续推进)", "responsible 杭州市西湖区人民政府; continuing"),
        (
            "国资委 belongs to the government",
            "玉溪市",
            "(市国资委负责;持续推进)",
            "responsible 玉溪市人民政府国有资产监督管理委员会; continuing",
        ),
    ]);
}

#[test]
fn a_relative_name_goes_up_to_the_level_that_it_says() {
    check(&[
        (
            "a city's bureau in a district's plan is the city's",
            WEST_LAKE,
            "(市民政局负责;持续推进)",
            "responsible 杭州市民政局; continuing",
        ),
        (
            "a province's department in a district's plan",
            WUHUA,
            "(省民政厅负责;持续推进)",
            "responsible 云南省民政厅; continuing",
        ),
        ("a county goes by its own name", "桐庐县", "(县教育局负责;持续推进)", "responsible 桐庐县教育局; continuing"),
        ("a county's city", "桐庐县", "(市教育局负责;持续推进)", "responsible 杭州市教育局; continuing"),
        (
            "市 in a county-level city is that city",
            "义乌市",
            "(市商务局负责;持续推进)",
            "responsible 义乌市商务局; continuing",
        ),
        (
            "州 in an autonomous prefecture",
            "大理白族自治州",
            "(州民政局负责;持续推进)",
            "responsible 大理白族自治州民政局; continuing",
        ),
        ("旗 in Inner Mongolia", "准格尔旗", "(旗教育局负责;持续推进)", "responsible 准格尔旗教育局; continuing"),
        (
            "自治区 in Inner Mongolia",
            INNER_MONGOLIA,
            "(自治区民政厅负责;持续推进)",
            "responsible 内蒙古自治区民政厅; continuing",
        ),
        (
            "自治区 with a short form",
            INNER_MONGOLIA,
            "(自治区发展改革委负责;持续推进)",
            "responsible 内蒙古自治区发展和改革委员会; continuing",
        ),
        (
            "区 in a district of a municipality",
            "重庆市渝中区",
            "(区民政局负责;持续推进)",
            "responsible 重庆市渝中区民政局; continuing",
        ),
        (
            "市 in a district of a municipality",
            "重庆市渝中区",
            "(市民政局负责;持续推进)",
            "responsible 重庆市民政局; continuing",
        ),
        (
            "a new area of a municipality",
            "上海市浦东新区",
            "(区民政局负责;持续推进)",
            "responsible 上海市浦东新区民政局; continuing",
        ),
        (
            "a name written out in full",
            WEST_LAKE,
            "(杭州市西湖区民政局负责;持续推进)",
            "responsible 杭州市西湖区民政局; continuing",
        ),
        (
            "a name that starts with the district",
            WEST_LAKE,
            "(西湖区民政局负责;持续推进)",
            "responsible 杭州市西湖区民政局; continuing",
        ),
        (
            "a bureau without a region is the document's own",
            WUHUA,
            "(民政局负责;持续推进)",
            "responsible 昆明市五华区民政局; continuing",
        ),
        (
            "the neighbour's bureau stays the neighbour's",
            WUHUA,
            "(昆明市盘龙区民政局负责;持续推进)",
            "responsible 昆明市盘龙区民政局; continuing",
        ),
    ]);
}

#[test]
fn a_branch_is_the_upper_bureaus() {
    check(&[
        (
            "a branch by its district",
            WEST_LAKE,
            "(公安西湖分局负责;持续推进)",
            "responsible 杭州市公安局西湖分局; continuing",
        ),
        (
            "with the bureau's name in front",
            WEST_LAKE,
            "(市公安局西湖分局负责;持续推进)",
            "responsible 杭州市公安局西湖分局; continuing",
        ),
        (
            "of another city",
            WUHUA,
            "(公安五华分局牵头,区司法局配合;持续推进)",
            "lead 昆明市公安局五华分局; support 昆明市五华区司法局; continuing",
        ),
        (
            "of a municipality's new area",
            "上海市浦东新区",
            "(公安浦东分局负责;持续推进)",
            "responsible 上海市公安局浦东分局; continuing",
        ),
        (
            "of ecology",
            NANSHAN,
            "(市生态环境局南山分局负责;持续推进)",
            "responsible 深圳市生态环境局南山分局; continuing",
        ),
    ]);
}

#[test]
fn a_party_organ_has_the_party_before_its_region() {
    check(&[
        ("组织部", WEST_LAKE, "(区委组织部负责;持续推进)", "responsible 中共杭州市西湖区委组织部; continuing"),
        (
            "宣传部 of the province",
            WEST_LAKE,
            "(省委宣传部负责;持续推进)",
            "responsible 中共浙江省委宣传部; continuing",
        ),
        (
            "网信办 of the city",
            WEST_LAKE,
            "(市委网信办负责;持续推进)",
            "responsible 中共杭州市委网络安全和信息化委员会办公室; continuing",
        ),
        (
            "办公室 of the district's committee",
            WEST_LAKE,
            "(区委办公室负责;持续推进)",
            "responsible 中共杭州市西湖区委办公室; continuing",
        ),
        (
            "办公室 of a county's committee",
            "桐庐县",
            "(县委办公室负责;持续推进)",
            "responsible 中共桐庐县委办公室; continuing",
        ),
        (
            "宣传部 of a county-level city",
            "义乌市",
            "(市委宣传部负责;持续推进)",
            "responsible 中共义乌市委宣传部; continuing",
        ),
        (
            "party and government side by side",
            WUHUA,
            "(区委宣传部、区教育局按职责分工负责;持续推进)",
            "joint 中共昆明市五华区委宣传部、昆明市五华区教育局; continuing",
        ),
    ]);
}

#[test]
fn a_class_of_agencies_is_never_one_of_them() {
    check(&[
        (
            "towns and subdistricts",
            WEST_LAKE,
            "(区民政局牵头,各镇街按职责分工负责;持续推进)",
            "lead 杭州市西湖区民政局; joint 各镇街; continuing",
        ),
        (
            "brackets inside a class",
            "玉溪市",
            "(市民政局牵头,各县(市、区)人民政府按职责分工负责;2022年6月底前完成)",
            "lead 玉溪市民政局; joint 各县(市、区)人民政府; by 2022-06-30",
        ),
        ("every member", WUHUA, "(各成员单位按职责分工负责;持续推进)", "joint 各成员单位; continuing"),
        (
            "whoever it concerns",
            WUHUA,
            "(区民政局负责,各有关单位配合;持续推进)",
            "responsible 昆明市五华区民政局; support 各有关单位; continuing",
        ),
        (
            "departments that it concerns",
            WUHUA,
            "(区民政局牵头,各有关部门按职责分工负责;持续推进)",
            "lead 昆明市五华区民政局; joint 各有关部门; continuing",
        ),
        ("subdistricts alone", NANSHAN, "(各街道办事处负责;持续推进)", "responsible 各街道办事处; continuing"),
    ]);
}

#[test]
fn each_word_of_duty_has_its_role() {
    check(&[
        ("牵头", WUHUA, "(区民政局牵头;持续推进)", "lead 昆明市五华区民政局; continuing"),
        ("牵头负责", WUHUA, "(区民政局牵头负责;持续推进)", "lead 昆明市五华区民政局; continuing"),
        ("负责", WUHUA, "(由区民政局负责;持续推进)", "responsible 昆明市五华区民政局; continuing"),
        (
            "按职责分工负责",
            WUHUA,
            "(区民政局、区财政局按职责分工负责;持续推进)",
            "joint 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
        (
            "按照职责分工负责",
            WUHUA,
            "(区民政局、区财政局按照职责分工负责;持续推进)",
            "joint 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
        (
            "分工负责",
            WUHUA,
            "(区民政局、区财政局分工负责;持续推进)",
            "joint 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
        (
            "配合",
            WUHUA,
            "(区民政局负责,区财政局配合;持续推进)",
            "responsible 昆明市五华区民政局; support 昆明市五华区财政局; continuing",
        ),
        (
            "协助",
            WUHUA,
            "(区民政局负责,区财政局协助;持续推进)",
            "responsible 昆明市五华区民政局; support 昆明市五华区财政局; continuing",
        ),
        (
            "参与",
            WUHUA,
            "(区民政局牵头,区财政局、区残联参与;持续推进)",
            "lead 昆明市五华区民政局; support 昆明市五华区财政局、昆明市五华区残疾人联合会; continuing",
        ),
        (
            "会同 in a clause of its own",
            WUHUA,
            "(区民政局负责,会同区财政局;持续推进)",
            "responsible 昆明市五华区民政局; support 昆明市五华区财政局; continuing",
        ),
        (
            "a lead and others with it",
            WEST_LAKE,
            "(区民政局牵头,区财政局、区卫健局按职责分工负责;2022年9月底前完成)",
            "lead 杭州市西湖区民政局; joint 杭州市西湖区财政局、杭州市西湖区卫生健康局; by 2022-09-30",
        ),
        (
            "a lead and supporters",
            WEST_LAKE,
            "(区民政局牵头,区财政局、区卫健局配合)",
            "lead 杭州市西湖区民政局; support 杭州市西湖区财政局、杭州市西湖区卫生健康局",
        ),
        (
            "two leads",
            WEST_LAKE,
            "(区民政局、区卫健局牵头,区财政局配合)",
            "lead 杭州市西湖区民政局、杭州市西湖区卫生健康局; support 杭州市西湖区财政局",
        ),
        (
            "a lead, others, supporters",
            WEST_LAKE,
            "(区民政局牵头,区卫健局按职责分工负责,各街道配合)",
            "lead 杭州市西湖区民政局; joint 杭州市西湖区卫生健康局; support 各街道",
        ),
        (
            "等 at the end of a list",
            WUHUA,
            "(区民政局、区财政局等部门按职责分工负责;持续推进)",
            "joint 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
    ]);
}

#[test]
fn labels_say_the_role_before_the_names() {
    check(&[
        (
            "责任单位 in brackets",
            NANSHAN,
            "(责任单位:区民政局、区财政局)",
            "responsible 深圳市南山区民政局、深圳市南山区财政局",
        ),
        ("责任单位 with a full-width colon", NANSHAN, "（责任单位：区民政局）", "responsible 深圳市南山区民政局"),
        (
            "责任单位, and joint by the words behind",
            NANSHAN,
            "(责任单位:区民政局、区财政局按职责分工负责)",
            "joint 深圳市南山区民政局、深圳市南山区财政局",
        ),
        (
            "牵头单位 and 配合单位 in brackets",
            NANSHAN,
            "(牵头单位:区民政局;配合单位:区财政局、各街道办事处)",
            "lead 深圳市南山区民政局; support 深圳市南山区财政局、各街道办事处",
        ),
        (
            "牵头单位 and 配合单位 on lines of their own",
            NANSHAN,
            "\n牵头单位：区民政局\n配合单位：区财政局、区卫健局",
            "lead 深圳市南山区民政局; support 深圳市南山区财政局、深圳市南山区卫生健康局",
        ),
        (
            "牵头单位 and 责任单位",
            WUHUA,
            "(牵头单位:区民政局;责任单位:区财政局、区残联)",
            "lead 昆明市五华区民政局; responsible 昆明市五华区财政局、昆明市五华区残疾人联合会",
        ),
        (
            "责任部门 and a deadline",
            WUHUA,
            "(责任部门:区民政局;完成时限:2022年底)",
            "responsible 昆明市五华区民政局; by 2022-12-31",
        ),
    ]);
}

#[test]
fn what_a_sentence_is_about_is_not_who_acts() {
    check(&[
        ("负责人 is no 负责", WUHUA, "加强重点企业负责人培训。", "-"),
        ("应对 is no 应", WUHUA, "支持企业应对突发情况。", "-"),
        ("要求 is no 要", WUHUA, "对问题部门要求整改。", "-"),
        (
            "an article's number is no part of a name",
            WUHUA,
            "第五条 区民政局要定期抽查。",
            "responsible 昆明市五华区民政局",
        ),
        ("a level in brackets begins a name", WUHUA, "县(市、区)人民政府要定期抽查。", "-"),
        ("由 stands before who acts", WUHUA, "运营点由区民政局负责。", "responsible 昆明市五华区民政局"),
        ("with whom is not who", WUHUA, "与政府部门配合开展监管。", "-"),
        ("what 的 describes is no name", WUHUA, "设置食堂的机构要定期抽查。", "-"),
        ("for whom is not who", WUHUA, "为民政部门负责同志授课。", "-"),
        ("a bureau that acts is one", WUHUA, "区民政局要定期抽查。", "responsible 昆明市五华区民政局"),
    ]);
}

#[test]
fn separators_and_order_do_not_matter() {
    let full = "lead 昆明市五华区民政局; support 昆明市五华区财政局; by 2022-06-30";
    let joint = "joint 昆明市五华区民政局、昆明市五华区财政局; continuing";
    check(&[
        ("full-width punctuation", WUHUA, "（区民政局牵头，区财政局配合；2022年6月底前完成）", full),
        ("full-width digits", WUHUA, "（区民政局牵头，区财政局配合；２０２２年６月底前完成）", full),
        ("a comma before the deadline", WUHUA, "(区民政局牵头,区财政局配合,2022年6月底前完成)", full),
        ("a semicolon between the duties", WUHUA, "(区民政局牵头;区财政局配合;2022年6月底前完成)", full),
        (
            "the bracket before the stop",
            WUHUA,
            "指导老年助餐点运营(区民政局牵头,区财政局配合;2022年6月底前完成)。",
            full,
        ),
        ("the deadline first", WUHUA, "(2022年6月底前完成;区民政局牵头,区财政局配合)", full),
        ("the bracket on a line of its own", WUHUA, "\n(区民政局牵头,区财政局配合;2022年6月底前完成)", full),
        ("a line broken inside the bracket", WUHUA, "(区民政局牵头,区财政局\n配合;2022年6月底前完成)", full),
        ("commas in the list", WUHUA, "(区民政局,区财政局按职责分工负责;持续推进)", joint),
        ("blanks in the list", WUHUA, "(区民政局 区财政局按职责分工负责;持续推进)", joint),
        (
            "和 inside a name",
            WUHUA,
            "(区人力资源和社会保障局、区住房和城乡建设局按职责分工负责;持续推进)",
            "joint 昆明市五华区人力资源和社会保障局、昆明市五华区住房和城乡建设局; continuing",
        ),
        ("blanks in the words", WUHUA, "( 区民政局 牵头, 区财政局 配合; 2022年6月底前完成 )", full),
    ]);
}

#[test]
fn malformed_clauses_are_read_as_far_as_they_can_be() {
    check(&[
        (
            "a name behind the word of duty",
            WUHUA,
            "(区民政局负责、区财政局;持续推进)",
            "responsible 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
        (
            "a comma before the bracket",
            WUHUA,
            "形成良好氛围,(区民政局负责;持续推进)",
            "responsible 昆明市五华区民政局; continuing",
        ),
        (
            "two names that touch",
            WUHUA,
            "(区民政局各街道办按职责分工负责;持续推进)",
            "joint 昆明市五华区民政局、各街道办; continuing",
        ),
        (
            "a separator too many",
            WUHUA,
            "(区民政局、、区财政局按职责分工负责;;持续推进)",
            "joint 昆明市五华区民政局、昆明市五华区财政局; continuing",
        ),
        (
            "a full-width and a half-width bracket",
            WUHUA,
            "（区民政局负责;持续推进)",
            "responsible 昆明市五华区民政局; continuing",
        ),
        ("nothing inside", WUHUA, "()", "-"),
        ("a deadline alone", WUHUA, "(2022年6月底前完成)", "by 2022-06-30"),
        ("a bracket that is no clause", WUHUA, "(含助浴点、康复点)", "-"),
    ]);
}

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
