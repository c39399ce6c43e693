//! 归一: whose a document is, whose a cited title is, and where nothing tells.

use super::check;

#[test]
fn a_heading_in_markdown_is_the_title() {
    let rule = |head: &str| format!("{head}\n\n第一条 为了保护古树名木,制定本条例。\n\n第二条 本条例适用于本市。\n");
    check(&[
        (
            "a heading of the first level, who adopted it below",
            rule("# 宁德市古树名木保护条例\n\n2019年3月28日 宁德市第四届人民代表大会常务委员会第十五次会议通过"),
            &[
                ("title", "宁德市古树名木保护条例"),
                ("region", "350900"),
                ("works", "document title:350900:宁德市古树名木保护条例"),
                ("has missing_title", "no"),
            ],
        ),
        (
            "its copy on two lines below adds nothing, the number below the copy is its own",
            rule(
                "# 宁德市古树名木保护和管理条例\n\n2019年3月28日 宁德市第四届人民代表大会常务委员会第十五次会议通过\n\n宁德市古树名木\n\n保护和管理条例\n\n宁人常〔2019〕8号",
            ),
            &[("title", "宁德市古树名木保护和管理条例"), ("number", "宁人常〔2019〕8号")],
        ),
        (
            "a title of two levels, and marks of bold type",
            rule("## **宁德市古树名木保护条例** ##"),
            &[("title", "宁德市古树名木保护条例")],
        ),
        ("a chapter is no title", rule("## 第一章 总则"), &[("title", "-")]),
        (
            "the notice below wins over the heading of what it carries",
            "# 宁德市工资支付办法\n\n关于印发《宁德市工资支付办法》的通知\n\n宁人社〔2019〕8号\n\n各县(市、区)人力资源和社会保障局:\n\n现将《宁德市工资支付办法》印发给你们。\n"
                .to_owned(),
            &[("title", "关于印发〈宁德市工资支付办法〉的通知"), ("number", "宁人社〔2019〕8号")],
        ),
    ]);
}

#[test]
fn a_number_in_brackets_behind_a_title_is_the_number() {
    let body = "各县(市、区)人民政府:\n为做好防汛工作,现将有关事项通知如下。\n一、排查隐患。\n二、备足物资。\n";
    check(&[
        (
            "behind the title",
            format!("宁德市人民政府关于做好防汛工作的通知(宁政〔2021〕9号)\n{body}"),
            &[("title", "宁德市人民政府关于做好防汛工作的通知"), ("number", "宁政〔2021〕9号")],
        ),
        (
            "on the line below, with full-width brackets",
            format!("宁德市人民政府关于做好防汛工作的通知\n（宁政〔2021〕9号）\n{body}"),
            &[("title", "宁德市人民政府关于做好防汛工作的通知"), ("number", "宁政〔2021〕9号")],
        ),
        (
            "touching the title",
            format!("宁德市人民政府关于做好防汛工作的通知宁政〔2021〕9号\n{body}"),
            &[("title", "宁德市人民政府关于做好防汛工作的通知"), ("number", "宁政〔2021〕9号")],
        ),
        (
            "in the block's title",
            format!("标题:宁德市人民政府关于做好防汛工作的通知(宁政〔2021〕9号)\n发布机构:宁德市人民政府\n{body}"),
            &[("title", "宁德市人民政府关于做好防汛工作的通知"), ("number", "宁政〔2021〕9号")],
        ),
    ]);
}

#[test]
fn a_title_run_together_with_its_addressees_is_read() {
    check(&[(
        "without number",
        "宁德市教育局关于开展校园安全检查的通知各县(市、区)教育局:近期校园安全形势平稳,但隐患仍存。现就有关事项通知如下。一、全面排查。二、立即整改。特此通知。\n"
            .to_owned(),
        &[
            ("title", "宁德市教育局关于开展校园安全检查的通知"),
            ("addressees", "各县(市、区)教育局"),
            ("finding run_together", "知各"),
        ],
    )]);
}

#[test]
fn the_documents_region_has_its_surest_sign() {
    let text = |head: &str, body: &str| format!("{head}\n{body}\n");
    check(&[
        (
            "the head of the title before what the text names",
            text("河北省养老服务规定", "学习上海市、上海市浦东新区、上海市闵行区经验,上海市各区做法供参考。"),
            &[("region", "130000")],
        ),
        (
            "和县级以上 names no county",
            text(
                "为规范行政执法,制定本办法。",
                "市和县级以上部门依法履职。市和县级以上部门应当公开。市和县级以上部门负责解释。",
            ),
            &[("region", "000000")],
        ),
        (
            "a mining area is no district",
            text("为加强废弃矿区治理,制定本办法。", "矿区治理分年度推进。矿区边坡须加固。老矿区优先安排。"),
            &[("region", "000000")],
        ),
        (
            "together with county organs is no 会同县",
            text("结合我县实际,制定以下措施。", "县住建局会同县财政局落实。县教育局会同县财政局核实。"),
            &[("region", "000000")],
        ),
        (
            "本省 without a name is not the state",
            text(
                "为加强节水管理,根据国家有关规定,结合本省实际,制定本办法。",
                "国家鼓励节水。国家推广节水器具。国家实行定额管理。本省行政区域内的用水适用本办法。",
            ),
            &[("region", "000000")],
        ),
        (
            "本省 and the one province that the text names",
            text(
                "为加强节水管理,根据《河北省节约用水条例》,结合本省实际,制定本办法。",
                "本省行政区域内的用水适用本办法。",
            ),
            &[("region", "130000")],
        ),
        (
            "a rule that it is based on decides nothing alone",
            text("根据《浙江省供水条例》和《浙江省节水条例》,经研究,同意你公司的申请。", "请依法办理有关手续。"),
            &[("region", "000000")],
        ),
        (
            "who adopted it",
            text(
                "古树名木保护条例\n2019年3月28日宁德市第四届人民代表大会常务委员会第十五次会议通过",
                "第一条 为了保护古树名木,制定本条例。",
            ),
            &[("region", "350900")],
        ),
        (
            "an order of the state, whatever provinces the text names",
            text(
                "湖泊采砂管理条例\n2001年10月25日 国务院令第320号公布\n2002年1月1日 施行",
                "第一条 江西省、湖南省的湖泊采砂适用本条例。江西省、江西省、江西省应当编制规划。",
            ),
            &[("region", "100000")],
        ),
        (
            "a news item opens with its region behind a date",
            text("4月3日,山东省潍坊市召开会议。", "会议传达上海市、江苏省、浙江省经验。"),
            &[("region", "370700")],
        ),
        (
            "so it does with a body of the state; a place of its seat is no branch",
            text("2月1日,中国人民银行上海总部召开会议。", "会议部署全年工作。"),
            &[("region", "100000")],
        ),
        (
            "a line of the story is no adoption",
            text(
                "一、出台背景\n2020年10月,国务院办公厅印发《关于学校体育的意见》,作出总体部署。",
                "福建省人民政府结合我省实际制定实施方案。福建省教育厅负责落实。",
            ),
            &[("region", "350000")],
        ),
        (
            "an autonomous prefecture by its short name",
            text("楚雄州古树保护办法", "第一条 为了保护古树,制定本办法。"),
            &[("region", "532300")],
        ),
        (
            "a city without its 市",
            text("南宁住房公积金提取办法", "第一条 缴存职工可以提取住房公积金。"),
            &[("region", "450100")],
        ),
        (
            "Taiwan in a report to the nation",
            text(
                "各位代表:",
                "同台湾同胞一道,推动两岸关系发展。台湾当局应当承认九二共识。国务院领导全国工作。国务院部署改革。国家财政稳健。国家统计局公布数据。",
            ),
            &[("region", "100000")],
        ),
    ]);
}

#[test]
fn words_beside_a_title_tell_whose_it_is() {
    let text = |words: &str| {
        format!(
            "宁德市教育局关于开展检查的通知\n宁教〔2021〕9号\n各县(市、区)教育局:\n{words}\n\n宁德市教育局\n2021年5月6日\n"
        )
    };
    check(&[
        (
            "no sign: not identified, and never of no region",
            text("根据《关于加强食堂管理的意见》要求开展检查。"),
            &[("citations", "based_on title:350900:关于加强食堂管理的意见 (ambiguous)")],
        ),
        (
            "who issued it stands before it",
            text("国务院发布的《女职工保护规定》应当遵守。"),
            &[("citations", "mentions title:100000:女职工保护规定")],
        ),
        (
            "the first of ten departments",
            text("教育部等十部门印发《关于加强食堂管理的意见》。"),
            &[("citations", "mentions title:100000:关于加强食堂管理的意见")],
        ),
        (
            "a list has one issuer",
            text("教育部印发了《食堂管理指南》、《营养餐指南》。"),
            &[("citations", "mentions title:100000:食堂管理指南; mentions title:100000:营养餐指南")],
        ),
        (
            "the province before it, and its office",
            text("我省《食堂管理办法》和省教育厅《营养餐指南》一并执行。"),
            &[("citations", "mentions title:350000:食堂管理办法; mentions title:350000:营养餐指南")],
        ),
        (
            "an issuer wins over a place in the title",
            text("国务院《关于支持厦门市深化改革的意见》已经印发。"),
            &[("citations", "mentions title:100000:关于支持厦门市深化改革的意见")],
        ),
        (
            "the numbers of standards: the state's, a province's",
            text("执行《食堂卫生规范》(GB 31654-2021)和《营养餐规范》(DB35/T 1790-2018)。"),
            &[("citations", "implements title:100000:食堂卫生规范; implements title:350000:营养餐规范")],
        ),
        (
            "a city without its 市 at the head",
            text("参照《武汉都市圈发展规划》和《珠海高新区人才办法》执行。"),
            &[("citations", "refers_to title:420100:武汉都市圈发展规划; refers_to title:440400:珠海高新区人才办法")],
        ),
        (
            "an amendment to the criminal law",
            text("根据《刑法修正案(九)》处理。"),
            &[("citations", "based_on title:100000:刑法修正案(九)")],
        ),
        (
            "what the notice sends out itself",
            text("现将《校园食堂检查细则》印发给你们。"),
            &[("citations", "promulgates title:350900:校园食堂检查细则")],
        ),
        (
            "a form is nobody's work",
            text("教育部统一印制《食堂从业人员登记表》和《食堂检查汇总表》。"),
            &[("citations", "mentions title:350900:食堂检查汇总表 (ambiguous)")],
        ),
        (
            "what is told once holds in the whole file",
            text("国务院发布的《女职工保护规定》应当遵守。违反《女职工保护规定》的,予以处理。"),
            &[("citations", "mentions title:100000:女职工保护规定; mentions title:100000:女职工保护规定")],
        ),
        (
            "a wiki's link is no part of a title",
            text("依照《[[中华人民共和国草原法]]》处理。"),
            &[("citations", "based_on title:100000:中华人民共和国草原法")],
        ),
    ]);
}

#[test]
fn a_short_name_is_what_it_names() {
    let text = |words: &str| format!("宁德市教育局关于开展检查的通知\n宁教〔2021〕9号\n各县(市、区)教育局:\n{words}\n");
    let number = "num:国发〔2004〕20号";
    check(&[
        (
            "named in the brackets of the number",
            text(
                "根据《国务院关于改革体制的决定》（国发〔2004〕20号，以下简称《决定》）开展检查。各地按照《决定》整改。",
            ),
            &[(
                "citations",
                "based_on num:国发〔2004〕20号; mentions num:国发〔2004〕20号; based_on num:国发〔2004〕20号",
            )],
        ),
        (
            "named with another word, behind a date",
            text(
                "根据《国务院关于改革体制的决定》(国发〔2004〕20号,2004年7月16日,下称《决定》)检查。各地按照《决定》整改。",
            ),
            &[("cites num:国发〔2004〕20号", "based_on; mentions; based_on")],
        ),
        (
            "not named, and one title ends so",
            text("根据《国务院关于改革体制的决定》(国发〔2004〕20号)开展检查。各地按照《决定》整改。"),
            &[("citations", &format!("based_on {number}; based_on {number}"))],
        ),
        (
            "not named, and two titles end so",
            text(
                "根据《国务院关于改革体制的决定》(国发〔2004〕20号)和《国务院关于节能的决定》(国发〔2006〕28号)开展检查。各地按照《决定》整改。",
            ),
            &[(
                "citations",
                "based_on num:国发〔2004〕20号; based_on num:国发〔2006〕28号; based_on title:350900:决定 (ambiguous)",
            )],
        ),
        (
            "as doubtful as what it names",
            text("根据《关于食堂的指导意见》(以下简称《意见》)开展检查。各地按照《意见》整改。"),
            &[(
                "citations",
                "based_on title:350900:关于食堂的指导意见 (ambiguous); mentions title:350900:关于食堂的指导意见 (ambiguous); based_on title:350900:关于食堂的指导意见 (ambiguous)",
            )],
        ),
    ]);
}

#[test]
fn works_of_one_title_are_told_apart() {
    let rule = |words: &str| format!("# 山东省渔业管理条例\n\n{words}\n\n第一条 为了加强渔业管理,制定本条例。\n");
    check(&[
        (
            "one decision to amend",
            rule(
                "2004年7月30日 山东省第十届人民代表大会常务委员会第九次会议《关于修改〈山东省渔业管理条例〉的决定》修正",
            ),
            &[("cites title:370000:关于修改〈山东省渔业管理条例〉的决定", "mentions"), ("title", "山东省渔业管理条例")],
        ),
        (
            "two decisions of one title",
            rule(
                "2004年7月30日 山东省第十届人民代表大会常务委员会第九次会议《关于修改〈山东省渔业管理条例〉的决定》第一次修正\n\n2010年9月29日 山东省第十一届人民代表大会常务委员会第十九次会议《关于修改〈山东省渔业管理条例〉的决定》第二次修正",
            ),
            &[(
                "citations",
                "mentions title:370000:关于修改〈山东省渔业管理条例〉的决定 (ambiguous); › mentions title:370000:山东省渔业管理条例; mentions title:370000:关于修改〈山东省渔业管理条例〉的决定 (ambiguous); › mentions title:370000:山东省渔业管理条例",
            )],
        ),
    ]);
    let repeals = "第九条 本条例自2020年1月1日起施行。1997年8月16日通过的《山东省渔业管理条例》同时废止。";
    check(&[(
        "an older version is not the text itself",
        rule(repeals),
        &[("cites title:370000:山东省渔业管理条例", "-"), ("works", "document title:370000:山东省渔业管理条例")],
    )]);
}
