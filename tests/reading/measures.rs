//! 措施 and 目标.

use super::check;

fn plan(body: &str) -> String {
    format!("郑州市老旧小区改造工作方案\n\n为改善居住条件,制定本方案。\n\n{body}\n\n郑州市人民政府\n2022年2月8日\n")
}

#[test]
fn a_measure_is_the_lowest_numbered_item_that_sets_a_task() {
    check(&[
        (
            "一、 and 1. running on through the sections",
            plan("一、改造设施\n1.更新管网。\n2.加装电梯。\n二、健全机制\n3.成立业主委员会。\n4.引入物业服务。"),
            &[("measures", "一、1.; 一、2.; 二、3.; 二、4.")],
        ),
        (
            "一、, (一), 1. starting anew",
            plan("一、改造设施\n(一)地下\n1.更新管网。\n2.改造雨污水管。\n(二)地上\n1.加装电梯。\n2.增设车位。"),
            &[("measures", "一、(一)1.; 一、(一)2.; 一、(二)1.; 一、(二)2.")],
        ),
        (
            "一、 alone",
            plan("一、更新管网。对老旧管网逐一排查。\n二、加装电梯。由业主协商。\n三、增设车位。利用边角地。"),
            &[("measures", "一、; 二、; 三、")],
        ),
        (
            "full-width brackets",
            plan("一、改造设施\n（一）更新管网。\n（二）加装电梯。"),
            &[("measures", "一、（一）; 一、（二）")],
        ),
        ("1、 and 1．", plan("一、改造设施\n1、更新管网。\n2、加装电梯。"), &[("measures", "一、1、; 一、2、")]),
        (
            "full-width figures",
            plan("一、改造设施\n１．更新管网。\n２．加装电梯。"),
            &[("measures", "一、１．; 一、２．")],
        ),
        (
            "more than ten sections",
            plan(
                "九、更新管网。对老旧管网逐一排查。\n十、加装电梯。由业主协商。\n十一、增设车位。利用边角地。\n十二、补植绿化。利用空地。",
            ),
            &[("measures", "九、; 十、; 十一、; 十二、")],
        ),
        (
            "guiding thought and aims are none",
            plan(
                "一、指导思想\n以人民为中心。\n二、主要目标\n三年完成改造。\n三、重点任务\n1.更新管网。\n2.加装电梯。",
            ),
            &[("measures", "三、1.; 三、2.")],
        ),
        (
            "a sum and a decimal in the text start nothing",
            plan("一、改造设施\n1.更新管网3.5公里,安排资金1.2亿元。\n2.加装电梯。"),
            &[("measures", "一、1.; 一、2.")],
        ),
        (
            "every kind of agency in one item",
            plan("一、改造设施\n1.更新管网。(市城管局牵头,市财政局配合;2022年底前完成)\n2.加装电梯。"),
            &[("measures", "一、1.; 一、2.")],
        ),
        ("a text without numbers has none", plan("各区要抓好改造,及时报送进展。"), &[("measures", "-")]),
    ]);
}

#[test]
fn targets_are_numbers_with_a_unit_and_a_horizon() {
    let aim = |words: &str| plan(&format!("一、改造设施\n1.{words}\n2.加装电梯。"));
    check(&[
        ("to a year", aim("到2025年,改造老旧小区800个。"), &[("targets", "800个 by 2025")]),
        ("万 is ten thousand", aim("到2025年,惠及居民12.5万户。"), &[("targets", "125000户 by 2025")]),
        (
            "two in a sentence",
            aim("到2025年,加装电梯2000部,增设车位1.5万个。"),
            &[("targets", "2000部 by 2025; 15000个 by 2025")],
        ),
        ("a result is no target", aim("2021年,全市改造老旧小区600个。"), &[("targets", "-")]),
        ("a count of chains is no target", aim("围绕十二条产业链开展服务。"), &[("targets", "-")]),
        ("hours are no target", aim("落实24小时值班制度。"), &[("targets", "-")]),
        ("a hotline is no target", aim("发挥12345热线作用。"), &[("targets", "-")]),
    ]);
}
