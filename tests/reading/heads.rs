//! 文头 and 文尾: labels, titles, issuers, addressees, dates.

use super::check;

const BODY: &str = "为做好今年汛期防汛工作,现将有关事项通知如下。\n一、排查隐患\n对山塘水库逐一排查。\n二、备足物资\n按需补充编织袋和抽水泵。";

/// The text under a publisher's block.
fn below(block: &str) -> String {
    format!(
        "{block}\n\n宁德市人民政府办公室关于做好2022年防汛工作的通知\n\n各县(市、区)人民政府:\n{BODY}\n\n宁德市人民政府办公室\n2022年4月6日\n"
    )
}

#[test]
fn labels_of_publishers_blocks_are_known_however_they_are_spaced() {
    let block = |lines: &[&str]| below(&lines.join("\n"));
    check(&[
        (
            "the State Council's portal: blanks inside the labels",
            block(&[
                "索 引 号：000014350/2022-00021",
                "主题分类：水利、水务\\防汛抗旱",
                "发文机关：宁德市人民政府办公室",
                "成文日期：2022年4月6日",
                "标　　题：宁德市人民政府办公室关于做好2022年防汛工作的通知",
                "发文字号：宁政办〔2022〕21号",
                "发布日期：2022年4月8日",
            ]),
            &[
                (
                    "metadata",
                    "index_number 000014350/2022-00021; subject 水利、水务\\防汛抗旱; publisher 宁德市人民政府办公室; date_written 2022年4月6日; title 宁德市人民政府办公室关于做好2022年防汛工作的通知; document_number 宁政办〔2022〕21号; date_published 2022年4月8日",
                ),
                ("number", "宁政办〔2022〕21号"),
                ("title", "宁德市人民政府办公室关于做好2022年防汛工作的通知"),
            ],
        ),
        (
            "Beijing's portal: joint issuers, dates of effect and repeal",
            block(&[
                "主题分类：水利",
                "发文机构：宁德市人民政府办公室",
                "联合发文单位：",
                "实施日期：2022-05-01",
                "成文日期：2022-04-06",
                "发文字号：宁政办〔2022〕21号",
                "废止日期：2024-05-01",
                "发布日期：2022-04-08",
                "有效性：有效",
            ]),
            &[(
                "metadata",
                "subject 水利; publisher 宁德市人民政府办公室; joint_issuers ∅; date_effective 2022-05-01; date_written 2022-04-06; document_number 宁政办〔2022〕21号; date_expires 2024-05-01; date_published 2022-04-08; validity 有效",
            )],
        ),
        (
            "Guizhou's labels",
            block(&[
                "发布机构:宁德市人民政府办公室",
                "生成日期:2022-04-06",
                "文号:宁政办〔2022〕21号",
                "是否有效:是",
                "名称:宁德市人民政府办公室关于做好2022年防汛工作的通知",
            ]),
            &[(
                "metadata",
                "publisher 宁德市人民政府办公室; date_written 2022-04-06; document_number 宁政办〔2022〕21号; validity 是; title 宁德市人民政府办公室关于做好2022年防汛工作的通知",
            )],
        ),
        (
            "EN SPACE inside labels, bullets, a blank before the colon",
            block(&[
                "名\u{2002}\u{2002}称 : 宁德市人民政府办公室关于做好2022年防汛工作的通知",
                "  • 索\u{2002}引\u{2002}号 :11350900004000000A/2022-00021",
                "  • 发\u{2002}布\u{2002}机\u{2002}构 :宁德市水利局",
                "  • 有\u{2002}效\u{2002}性 :有效",
            ]),
            &[(
                "metadata",
                "title 宁德市人民政府办公室关于做好2022年防汛工作的通知; index_number 11350900004000000A/2022-00021; publisher 宁德市水利局; validity 有效",
            )],
        ),
        (
            "NO-BREAK SPACE and TAB inside labels",
            block(&["文\u{a0}\u{a0}号：宁政办〔2022〕21号", "发\t布\t日\t期：2022-04-08"]),
            &[("metadata", "document_number 宁政办〔2022〕21号; date_published 2022-04-08")],
        ),
        (
            "two labels on a line",
            block(&[
                "索引号:11350900004000000A/2022-00021  发布日期:2022-04-08",
                "文号:宁政办〔2022〕21号  有效性:有效",
            ]),
            &[(
                "metadata",
                "index_number 11350900004000000A/2022-00021; date_published 2022-04-08; document_number 宁政办〔2022〕21号; validity 有效",
            )],
        ),
        (
            "an empty label is a value that nobody knows",
            block(&["发文字号:", "成文日期:", "发布日期:2022-04-08"]),
            &[
                ("metadata", "document_number ∅; date_written ∅; date_published 2022-04-08"),
                ("dates", "written 2022-04-06; published 2022-04-08"),
                ("has empty_field", "yes"),
            ],
        ),
        (
            "a label in a sentence is none",
            below("").replace(BODY, "各地报送材料时应写明发文字号:以正式印发的为准。"),
            &[("metadata", "-")],
        ),
    ]);
}

#[test]
fn the_title_is_found_on_one_line_or_two() {
    check(&[
        ("on one line", below(""), &[("title", "宁德市人民政府办公室关于做好2022年防汛工作的通知"), ("kind", "通知")]),
        (
            "broken over two lines",
            below("").replace("关于做好2022年防汛工作的通知", "\n关于做好2022年防汛工作的通知"),
            &[("title", "宁德市人民政府办公室关于做好2022年防汛工作的通知"), ("number", "-")],
        ),
        (
            "broken inside a word",
            below("").replace("关于做好2022年防汛工作的通知", "关于做好2022年\n防汛工作的通知"),
            &[("title", "宁德市人民政府办公室关于做好2022年防汛工作的通知"), ("has broken_title", "yes")],
        ),
        (
            "twice, a web page's and the document's own",
            format!("宁德市人民政府办公室关于做好2022年防汛工作的通知\n2022-04-08 09:30\n{}", below("")),
            &[("title", "宁德市人民政府办公室关于做好2022年防汛工作的通知"), ("dates", "written 2022-04-06; published 2022-04-08")],
        ),
        (
            "none at all",
            format!("各县(市、区)人民政府:\n{BODY}\n宁德市人民政府办公室\n2022年4月6日"),
            &[("title", "-"), ("has missing_title", "yes")],
        ),
        (
            "an opinion",
            "宁德市人民政府关于加快推进海上养殖转型升级的实施意见\n\n为推进海上养殖转型升级,提出如下实施意见。\n宁德市人民政府\n2022年4月6日".to_owned(),
            &[("kind", "意见"), ("form", "实施意见")],
        ),
        (
            "a form that is no statutory kind",
            "宁德市海上养殖综合治理三年行动方案\n\n为推进综合治理,制定本方案。\n".to_owned(),
            &[("kind", "-"), ("form", "三年行动方案")],
        ),
        (
            "a suffix in brackets does not hide the kind",
            "宁德市海上养殖管理办法(试行)\n\n第一条 为规范养殖,制定本办法。\n".to_owned(),
            &[("title", "宁德市海上养殖管理办法(试行)"), ("form", "管理办法")],
        ),
        (
            "a draft for comment",
            "宁德市海上养殖管理办法(征求意见稿)\n\n第一条 为规范养殖,制定本办法。\n".to_owned(),
            &[("title", "宁德市海上养殖管理办法(征求意见稿)"), ("form", "管理办法")],
        ),
        (
            "a reply to a lower organ",
            "宁德市人民政府关于同意设立海洋牧场的批复\n\n霞浦县人民政府:\n你县的请示收悉。经研究,同意设立。\n宁德市人民政府\n2022年4月6日".to_owned(),
            &[("kind", "批复"), ("addressees", "霞浦县人民政府")],
        ),
        (
            "a public notice",
            "宁德市公安局关于调整限行路段的通告\n\n为保障施工,决定调整限行路段。\n宁德市公安局\n2022年4月6日".to_owned(),
            &[("kind", "通告"), ("issuers", "issuer 宁德市公安局")],
        ),
    ]);
}

#[test]
fn issuers_are_read_from_the_signature_the_title_or_the_number() {
    let signed = |signature: &str| {
        format!("关于做好2022年防汛工作的通知\n\n各县(市、区)人民政府:\n{BODY}\n\n{signature}\n2022年4月6日\n")
    };
    check(&[
        ("one", signed("宁德市水利局"), &[("issuers", "issuer 宁德市水利局"), ("dates", "written 2022-04-06")]),
        (
            "a relative name",
            signed("市水利局").replace("关于做好2022年防汛工作的通知", "关于印发《宁德市2022年防汛工作要点》的通知"),
            &[("issuers", "issuer 宁德市水利局")],
        ),
        (
            "two with blanks",
            signed("宁德市水利局  宁德市应急管理局"),
            &[("issuers", "issuer 宁德市水利局; issuer 宁德市应急管理局")],
        ),
        (
            "two with an IDEOGRAPHIC SPACE",
            signed("宁德市水利局　宁德市应急管理局"),
            &[("issuers", "issuer 宁德市水利局; issuer 宁德市应急管理局")],
        ),
        (
            "two with a NO-BREAK SPACE",
            signed("宁德市水利局\u{a0}宁德市应急管理局"),
            &[("issuers", "issuer 宁德市水利局; issuer 宁德市应急管理局")],
        ),
        (
            "three on lines of their own",
            signed("宁德市水利局\n宁德市应急管理局\n宁德市自然资源局"),
            &[("issuers", "issuer 宁德市水利局; issuer 宁德市应急管理局; issuer 宁德市自然资源局")],
        ),
        (
            "和 inside a name does not split it",
            signed("宁德市人力资源和社会保障局"),
            &[("issuers", "issuer 宁德市人力资源和社会保障局")],
        ),
        (
            "party and government offices",
            signed("中共宁德市委办公室  宁德市人民政府办公室"),
            &[("issuers", "issuer 中共宁德市委办公室; issuer 宁德市人民政府办公室")],
        ),
        (
            "the date on the line of the name",
            format!("关于做好2022年防汛工作的通知\n\n各县(市、区)人民政府:\n{BODY}\n\n宁德市水利局 2022年4月6日\n"),
            &[("issuers", "issuer 宁德市水利局"), ("dates", "written 2022-04-06")],
        ),
        (
            "the title where nobody signs",
            format!("宁德市水利局关于做好2022年防汛工作的通知\n\n各县(市、区)水利局:\n{BODY}\n"),
            &[("issuers", "issuer 宁德市水利局"), ("has missing_signature", "yes")],
        ),
        (
            "two in the title",
            format!("宁德市水利局 宁德市应急管理局关于做好2022年防汛工作的通知\n\n各县(市、区)水利局:\n{BODY}\n"),
            &[("issuers", "issuer 宁德市水利局; issuer 宁德市应急管理局")],
        ),
        (
            "the number where neither says",
            format!("津政办规〔2022〕9号\n关于做好2022年防汛工作的通知\n\n各区人民政府:\n{BODY}\n"),
            &[("issuers", "issuer 天津市人民政府办公厅"), ("region", "120000")],
        ),
        (
            "issuer a publisher is no",
            format!(
                "发布机构:宁德市水利局\n\n宁德市人民政府办公室关于做好2022年防汛工作的通知\n\n各县(市、区)人民政府:\n{BODY}\n\n宁德市人民政府办公室\n2022年4月6日\n"
            ),
            &[("issuers", "issuer 宁德市人民政府办公室; publisher 宁德市水利局")],
        ),
    ]);
}

#[test]
fn addressees_are_the_list_before_the_first_colon() {
    let to = |list: &str| format!("福州市鼓楼区水务工作通知\n\n{list}\n{BODY}\n\n福州市鼓楼区水务局\n2022年4月6日\n");
    check(&[
        ("a class of several words", to("各区、街道(镇)人民政府:"), &[("addressees", "各区、街道(镇)人民政府")]),
        (
            "classes with commas",
            to("各街道办事处,区政府各部门,各有关单位:"),
            &[("addressees", "各街道办事处; 区政府各部门; 各有关单位")],
        ),
        ("full-width comma and colon", to("各街道办事处，各有关单位："), &[("addressees", "各街道办事处; 各有关单位")]),
        ("named agencies", to("区应急局、区财政局:"), &[("addressees", "福州市鼓楼区应急管理局; 福州市鼓楼区财政局")]),
        ("a sentence with a colon is no list", to("现将要求通知如下:做好值班。"), &[("addressees", "-")]),
        ("none", to(""), &[("addressees", "-")]),
    ]);
}

#[test]
fn dates_have_the_role_that_their_place_gives_them() {
    let dated = |date: &str| {
        format!("宁德市水利局关于做好2022年防汛工作的通知\n\n各县(市、区)水利局:\n{BODY}\n\n宁德市水利局\n{date}\n")
    };
    check(&[
        ("in digits", dated("2022年4月6日"), &[("dates", "written 2022-04-06")]),
        ("with leading zeros", dated("2022年04月06日"), &[("dates", "written 2022-04-06")]),
        ("in Chinese numerals", dated("二〇二二年四月六日"), &[("dates", "written 2022-04-06")]),
        ("in Chinese numerals with ○", dated("二○二二年四月六日"), &[("dates", "written 2022-04-06")]),
        ("two-figure Chinese numerals", dated("二〇二二年十二月二十六日"), &[("dates", "written 2022-12-26")]),
        ("with dots", dated("2022.4.6"), &[("dates", "written 2022-04-06")]),
        ("with hyphens", dated("2022-04-06"), &[("dates", "written 2022-04-06")]),
        ("full-width digits", dated("２０２２年４月６日"), &[("dates", "written 2022-04-06")]),
        ("blanks inside", dated("2022 年 4 月 6 日"), &[("dates", "written 2022-04-06")]),
        ("a day that no month has", dated("2022年4月31日"), &[("dates", "-")]),
        (
            "effect from a day",
            dated("2022年4月6日").replace(BODY, "本办法自2022年5月1日起施行,有效期至2027年4月30日。"),
            &[("dates", "written 2022-04-06; effective 2022-05-01; expires 2027-04-30")],
        ),
        (
            "effect from the day of issue",
            dated("2022年4月6日").replace(BODY, "本通知自印发之日起施行。"),
            &[("dates", "written 2022-04-06; effective 2022-04-06")],
        ),
        (
            "the day of printing under the copies",
            format!("{}\n抄送:市委各部门。\n宁德市水利局办公室 2022年4月8日印发\n", dated("2022年4月6日")),
            &[("dates", "written 2022-04-06; printed 2022-04-08")],
        ),
    ]);
}

#[test]
fn the_region_is_the_issuing_organs() {
    let titled = |title: &str| format!("{title}\n\n为加强管理,制定本办法。\n");
    check(&[
        ("a province", titled("福建省海域使用管理办法"), &[("region", "350000")]),
        ("a prefecture", titled("宁德市海上养殖管理办法"), &[("region", "350900")]),
        ("a district", titled("福州市鼓楼区网格管理办法"), &[("region", "350102")]),
        ("a district of a municipality", titled("重庆市渝中区网格管理办法"), &[("region", "500103")]),
        ("an autonomous region", titled("内蒙古自治区草原管理办法"), &[("region", "150000")]),
        ("an autonomous prefecture", titled("大理白族自治州洱海管理办法"), &[("region", "532900")]),
        ("a county-level city", titled("义乌市市场管理办法"), &[("region", "330782")]),
        ("a banner", titled("准格尔旗草原管理办法"), &[("region", "150622")]),
        ("the state", titled("国务院关于加强海域使用管理的通知"), &[("region", "100000")]),
        ("nothing tells", titled("网格管理办法"), &[("region", "000000")]),
        (
            "a district whose name four cities have says nothing alone",
            titled("鼓楼区网格管理办法"),
            &[("region", "000000")],
        ),
    ]);
}

#[test]
fn organs_in_a_row_are_several() {
    let text = |signature: &str| {
        format!(
            "关于做好评估工作的通知\n各有关单位:\n现就有关事项通知如下。\n一、全面自查。\n\n{signature}\n2022年4月6日\n"
        )
    };
    check(&[
        (
            "two of a province",
            text("福建省教育厅福建省财政厅"),
            &[("issuers", "issuer 福建省教育厅; issuer 福建省财政厅")],
        ),
        (
            "bodies of the state",
            text("工业和信息化部办公厅国家发展改革委办公厅"),
            &[("issuers", "issuer 工业和信息化部办公厅; issuer 国家发展和改革委员会办公厅")],
        ),
        (
            "a branch is one with its body of the state",
            text("福建省财政厅国家税务总局福建省税务局"),
            &[("issuers", "issuer 福建省财政厅; issuer 国家税务总局福建省税务局")],
        ),
        (
            "party and government",
            text("中共福建省委福建省人民政府"),
            &[("issuers", "issuer 中共福建省委员会; issuer 福建省人民政府")],
        ),
    ]);
}

#[test]
fn only_a_short_name_has_the_head_of_those_before_it() {
    let text =
        |list: &str| format!("福建省人民政府关于做好评估工作的通知\n{list}:\n现就有关事项通知如下。\n一、全面自查。\n");
    check(&[
        ("a bureau", text("各市教育局,财政局"), &[("addressees", "各市教育局; 福建省各市财政局")]),
        (
            "a body of its own name",
            text("各市人民政府,武夷山管理委员会,厅属有关单位"),
            &[("addressees", "各市人民政府; 福建省武夷山管理委员会; 厅属有关单位")],
        ),
    ]);
}
