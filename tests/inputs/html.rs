//! HTML: the document's own text out of the page.

use super::check;
use zhengmai::{model::MetadataField, read::source_of};

const TITLE: &str = "青河市水利局关于河道清淤工作的通知";
const BODY: &str = "<p>各区水利局：</p><p>&emsp;&emsp;为落实《青河省河道管理办法》，根据有关规定，现就河道清淤工作有关事项通知如下，请认真贯彻执行。</p><p>一、清淤范围。包括城区全部河道，长度<b>120</b>公里，<br>分三年完成，由各区组织实施。</p>";

/// A page in the manner of government sites.
fn page(before: &str, body: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}_青河市人民政府</title><meta name=\"ArticleTitle\" content=\"{TITLE}\"><meta name=\"PubDate\" content=\"2023-05-06 10:00\"></head><body>\
<div class=\"header\"><ul class=\"nav\"><li><a href=\"/\">首页</a></li><li><a href=\"/zw\">政务公开</a></li></ul></div>\
<div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/tz\">通知公告</a></div>{before}<h1>{TITLE}</h1>\
<div class=\"content\">{body}</div><div class=\"newsShare\">分享到：微信 微博</div>\
<div class=\"footer\">主办：青河市人民政府办公室，承办：青河市大数据局。青ICP备00000000号，网站标识码：0000000000</div><script>var a='通知。，；';</script></body></html>")
    .into_bytes()
}

#[test]
fn a_page_is_read_as_its_document() {
    let text = format!(
        "{TITLE}\n各区水利局：\n为落实《青河省河道管理办法》，根据有关规定，现就河道清淤工作有关事项通知如下，请认真贯彻执行。\n一、清淤范围。包括城区全部河道，长度120公里，\n分三年完成，由各区组织实施。\n"
    );
    let table = "<table><tr><td>索 引 号：</td><td>QH01/2023-0001</td><td>组配分类</td><td>通知</td></tr><tr><td>发文字号：</td><td>青水发〔2023〕7号</td><td>成文日期：</td><td>2023-05-01</td></tr></table>";
    let list = "<table><tr><th>序号</th><th>河道</th></tr><tr><td>1</td><td><p>青河</p></td></tr></table>";
    let hidden = "<div style=\"display: none\">内部测试，不予公开，请勿阅读。</div>";
    check(&[
        ("navigation, share buttons and footers are not in the text", "a.html", page("", BODY), &text),
        ("the content tells that it is a page", "a.txt", page("", BODY), &text),
        (
            "a header table is labels",
            "a.html",
            page(table, BODY),
            &format!("索引号：QH01/2023-0001\n发文字号：青水发〔2023〕7号\n成文日期：2023-05-01\n{text}"),
        ),
        (
            "a table is rows with tabs",
            "a.html",
            page("", &format!("{BODY}{list}")),
            &format!("{text}序号\t河道\n1\t青河\n"),
        ),
        ("what is hidden is not there", "a.html", page("", &format!("{BODY}{hidden}")), &text),
    ]);
}

#[test]
fn the_head_of_a_page_gives_metadata_and_what_was_left_out_is_told() {
    let source = source_of("a.html", &page("", BODY)).unwrap();
    let published = source.given(MetadataField::DatePublished).unwrap();
    assert_eq!((published.text.as_str(), published.origin.name()), ("2023-05-06 10:00", "page"));
    assert!(source.findings.iter().any(|finding| finding.message.contains("首页")), "{:?}", source.findings);
}

#[test]
fn charsets_are_honoured_and_mojibake_is_noticed() {
    let said = |charset: &str, text: &[u8]| {
        [b"<html><head><meta charset=\"", charset.as_bytes(), b"\"></head><body><p>", text, b"</p></body></html>"]
            .concat()
    };
    check(&[
        ("GB18030 of a page", "a.html", said("gb2312", b"\xd5\xfe\xb2\xdf"), "政策\n"),
        ("Big5 that the page says", "a.html", said("big5", b"\xac\x46\xb5\xa6"), "政策\n"),
        ("UTF-16 with a mark", "a.txt", b"\xFF\xFE\x3F\x65\x56\x7B".to_vec(), "政策"),
    ]);
    let source = source_of("a.txt", "鏀跨瓥鏂囦欢鐨勯€氱煡鍜屾剰瑙佸叧浜庡姞寮虹鐞嗙殑".as_bytes()).unwrap();
    assert_eq!(source.findings.len(), 1, "{:?}", source.findings);
}
