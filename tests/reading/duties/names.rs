//! Whom a short name means.

use super::{INNER_MONGOLIA, NANSHAN, WEST_LAKE, WUHUA, check};

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
