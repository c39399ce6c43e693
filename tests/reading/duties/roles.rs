//! Who leads, shares and supports, in clauses of every shape.

use super::{NANSHAN, WEST_LAKE, WUHUA, check};

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
        ("what 的 describes is no name", WUHUA, "设置食堂的机构要定期抽查。", "-"),
        ("with whom is not who", WUHUA, "与政府部门配合开展监管。", "-"),
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
