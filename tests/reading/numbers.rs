//! 发文字号 in every shape, as a document's own and cited; and what only looks like one.

use super::{Row, check};

fn own(number: &str) -> String {
    format!(
        "长沙市人民政府办公厅关于做好秋收工作的通知\n\n{number}\n\n各区县(市)人民政府:\n\n请抓好秋收。\n\n长沙市人民政府办公厅\n2022年9月1日\n"
    )
}

fn cited(words: &str) -> String {
    format!(
        "长沙市人民政府办公厅关于做好秋收工作的通知\n\n各区县(市)人民政府:\n\n{words}\n\n长沙市人民政府办公厅\n2022年9月1日\n"
    )
}

/// Each number as a document's own, and in brackets behind a title.
#[test]
fn a_number_in_any_bracket_is_the_same_number() {
    let rows = [
        ("square brackets of six-angle shape", "长政办发〔2022〕31号", "长政办发〔2022〕31号"),
        ("square", "长政办发[2022]31号", "长政办发〔2022〕31号"),
        ("full-width square", "长政办发［2022］31号", "长政办发〔2022〕31号"),
        ("lenticular", "长政办发【2022】31号", "长政办发〔2022〕31号"),
        ("round", "长政办发(2022)31号", "长政办发〔2022〕31号"),
        ("full-width round", "长政办发（2022）31号", "长政办发〔2022〕31号"),
        ("mixed", "长政办发〔2022]31号", "长政办发〔2022〕31号"),
        ("small tortoise shell", "长政办发﹝2022﹞31号", "长政办发〔2022〕31号"),
        ("full-width digits", "长政办发〔２０２２〕３１号", "长政办发〔2022〕31号"),
        ("第", "长政办发〔2022〕第31号", "长政办发〔2022〕31号"),
        ("a leading zero", "长政办发〔2022〕031号", "长政办发〔2022〕31号"),
        ("a blank before 号", "长政办发〔2022〕31 号", "长政办发〔2022〕31号"),
        ("a blank before the bracket", "长政办发 〔2022〕31号", "长政办发〔2022〕31号"),
        ("字 at the end of the code", "长财字〔2022〕5号", "长财字〔2022〕5号"),
        ("a letter by telegraph", "国办发明电〔2022〕4号", "国办发明电〔2022〕4号"),
        ("a function letter", "长政办函〔2022〕18号", "长政办函〔2022〕18号"),
        ("joint", "工信部联企业〔2022〕58号", "工信部联企业〔2022〕58号"),
        ("of one character and 发", "湘发〔2022〕3号", "湘发〔2022〕3号"),
    ];
    let texts: Vec<[(&str, &str); 1]> = rows.iter().map(|(_, _, norm)| [("number", *norm)]).collect();
    let rows_own: Vec<Row<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((name, written, _), expected)| (*name, own(written), expected.as_slice()))
        .collect();
    check(&rows_own);
    let texts: Vec<[(&str, &str); 1]> = rows.iter().map(|(_, _, norm)| [("numbers", *norm)]).collect();
    let rows_cited: Vec<Row<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((name, written, _), expected)| {
            (*name, cited(&format!("根据《湖南省粮食安全保障办法》({written}),请抓好秋收。")), expected.as_slice())
        })
        .collect();
    check(&rows_cited);
}

#[test]
fn orders_and_announcements_have_numbers_of_their_own() {
    check(&[
        (
            "an order",
            cited("根据《粮食流通管理条例》(国务院令第740号),请抓好秋收。"),
            &[("numbers", "国务院令第740号")],
        ),
        (
            "an order by its short code",
            cited("根据《粮食流通管理条例》(国令第740号),请抓好秋收。"),
            &[("numbers", "国令第740号")],
        ),
        (
            "a provincial order",
            cited("根据《湖南省粮食安全保障办法》(湖南省人民政府令第288号),请抓好秋收。"),
            &[("numbers", "湖南省人民政府令第288号")],
        ),
        (
            "blanks inside",
            cited("根据《粮食流通管理条例》(国务院令 第740号),请抓好秋收。"),
            &[("numbers", "国务院令第740号")],
        ),
    ]);
}

#[test]
fn what_only_ends_like_a_number_is_none() {
    let none: &[(&str, &str)] = &[("number", "-"), ("numbers", "-"), ("citations", "-")];
    check(&[
        ("an ICP licence", cited("湘ICP备05000618号-3"), none),
        ("a public security filing", cited("湘公网安备 43010202000119号"), none),
        ("the size of letters", cited("字号:大 中 小"), none),
        ("a house number", cited("地址:长沙市芙蓉区五一大道128号。"), none),
        ("a licence", cited("食品经营许可证号JY14301020045678号已注销。"), none),
        ("a name of a campaign", cited("开展“雷霆1号”执法行动。"), none),
        ("a building", cited("集中到3号仓库。"), none),
        ("a day", cited("请于9月15号前报送。"), none),
        ("a proposal's number", cited("第12号提案已办结。"), none),
        ("a year in brackets with no serial", cited("长沙市秋收(2022)工作已启动。"), none),
    ]);
}

#[test]
fn two_numbers_of_one_title_conflict() {
    check(&[
        (
            "a year apart",
            cited(
                "贯彻落实《湖南省粮食局关于做好秋收工作的意见》(湘粮〔2021〕16号)。\n继续执行《湖南省粮食局关于做好秋收工作的意见》(湘粮〔2022〕16号)。",
            ),
            &[("has number_conflict", "yes")],
        ),
        (
            "one title, one number, twice",
            cited(
                "贯彻落实《湖南省粮食局关于做好秋收工作的意见》(湘粮〔2022〕16号)。\n继续执行《湖南省粮食局关于做好秋收工作的意见》(湘粮〔2022〕16号)。",
            ),
            &[("has number_conflict", "no")],
        ),
        (
            "titles that differ in one word of making",
            cited("贯彻落实《长沙市粮食安全保障能力推进计划》。\n继续执行《长沙市粮食安全保障能力推动计划》。"),
            &[("has title_variant", "yes")],
        ),
        (
            "titles that differ in a year are two",
            cited(
                "贯彻落实《长沙市粮食安全保障能力2021年推进计划》。\n继续执行《长沙市粮食安全保障能力2022年推进计划》。",
            ),
            &[("has title_variant", "no")],
        ),
    ]);
}

#[test]
fn a_number_behind_the_date_of_its_issue_is_the_titles() {
    let rows = [
        ("a full date", "《湘江禁渔办法》(2003年4月4日湘政发[2003]9号)", "based_on num:湘政发〔2003〕9号"),
        ("a year alone", "《农药登记办法》(1997年化工部令第12号)", "based_on num:化工部令第12号"),
        (
            "approved by one, issued by another",
            "《实验动物办法》(1988年10月31日国务院批准,1988年11月14日国家科学技术委员会令第2号发布)",
            "based_on num:国家科学技术委员会令第2号",
        ),
        (
            "the number of an amendment is not",
            "《湘江禁渔办法》(2003年4月4日湘政发[2003]9号修订)",
            "based_on title:430000:湘江禁渔办法",
        ),
    ];
    let texts: Vec<[(&str, &str); 1]> = rows.iter().map(|(_, _, key)| [("citations", *key)]).collect();
    let rows: Vec<Row<'_>> = rows
        .iter()
        .zip(&texts)
        .map(|((name, words, _), expected)| (*name, cited(&format!("请按照省政府{words}执行。")), expected.as_slice()))
        .collect();
    check(&rows);
}
