//! DOCX, OFD, PDF.

use super::{
    check,
    made::{docx, ofd, package, pdf},
};

fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn in_list(list: u8, level: u8, text: &str) -> String {
    paragraph(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

const NOTE: &str = "注：以上为参考。\n";

#[test]
fn word_documents_are_read_as_they_are_printed() {
    let lists = [
        in_list(1, 0, "总体要求"),
        in_list(1, 1, "目标"),
        in_list(1, 2, "建库"),
        in_list(1, 2, "联网"),
        in_list(1, 0, "保障"),
        in_list(1, 1, "经费"),
    ];
    let tiao = r#"<w:pStyle w:val="Tiao"/>"#;
    check(&[
        (
            "automatic numbers stand in the text",
            "a.docx",
            docx(&lists.concat()),
            &format!("一、总体要求\n（一）目标\n1.建库\n2.联网\n二、保障\n（一）经费\n{NOTE}"),
        ),
        (
            "numbers of a style, from where the list starts",
            "a.docx",
            docx(&[paragraph(tiao, "施行。"), paragraph(tiao, "解释。")].concat()),
            &format!("第二十条 施行。\n第二十一条 解释。\n{NOTE}"),
        ),
        (
            "deletions are out, insertions in",
            "a.docx",
            docx(
                "<w:p><w:del><w:r><w:delText>旧文</w:delText></w:r></w:del><w:ins><w:r><w:t>新文</w:t></w:r></w:ins><w:r><w:t>不变</w:t></w:r></w:p>",
            ),
            &format!("新文不变\n{NOTE}"),
        ),
        (
            "a row of a table is a line",
            "a.docx",
            docx(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>市</w:t></w:r></w:p><w:p><w:r><w:t>财政局</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            ),
            &format!("任务\t市 财政局\n{NOTE}"),
        ),
        (
            "a text box is read once",
            "a.docx",
            docx(
                "<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>青河市人民政府文件</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>青河市人民政府文件</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:r><w:t>青政发〔2023〕15号</w:t></w:r></w:p>",
            ),
            &format!("青河市人民政府文件\n青政发〔2023〕15号\n{NOTE}"),
        ),
        (
            "hidden text, entities, tabs and line ends",
            "a.docx",
            docx(
                "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>甲&amp;乙&#12290;</w:t><w:br/><w:t>丙</w:t><w:tab/><w:t>丁</w:t></w:r></w:p>",
            ),
            &format!("甲&乙。\n丙\t丁\n{NOTE}"),
        ),
        ("the content tells, not the name", "a.txt", docx(&paragraph("", "通知")), &format!("通知\n{NOTE}")),
    ]);
}

#[test]
fn printed_pages_become_paragraphs() {
    let first = "为落实《青河省河道管理办法》，根据《青河市“十四五”";
    let second = "水利发展规划》，现就有关事项通知如下。";
    let rows = [
        (80, 740, "关于河道清淤的通知"),
        (104, 700, first),
        (80, 680, second),
        (104, 660, "一、总体要求"),
        (280, 40, "- 1 -"),
    ];
    let last = [(104, 740, "二、组织实施"), (280, 40, "— 2 —")];
    let text = format!("关于河道清淤的通知\n{first}{second}\n一、总体要求\n二、组织实施\n");
    let head = |n: &'static str| [(80, 800, "青河市水利局文件汇编"), (104, 700, n), (280, 40, "第 1 页")];
    let (a, b, c) = (head("甲事项已办结。"), head("乙事项已办结。"), head("丙事项已办结。"));
    let objects = [
        (30.0, 40.0, "青河市水利局关于清淤的通知"),
        (40.0, 60.0, "为落实《青河省河道管理办法》，根据《青河市"),
        (30.0, 70.0, "水利规划》，现通知如下。"),
        (90.0, 280.0, "— 1 —"),
    ];
    check(&[
        ("rows of print are joined, a title across them too; numbers are out", "a.pdf", pdf(&[&rows, &last]), &text),
        ("running heads are out", "a.pdf", pdf(&[&a, &b, &c]), "甲事项已办结。\n乙事项已办结。\n丙事项已办结。\n"),
        (
            "pages without text are a scan",
            "a.pdf",
            pdf(&[&[]]),
            "没有文字层, 是扫描件 (no text layer: a scan); 请先做文字识别 (OCR it first)",
        ),
        (
            "OFD",
            "a.ofd",
            ofd(&[&objects]),
            "青河市水利局关于清淤的通知\n为落实《青河省河道管理办法》，根据《青河市水利规划》，现通知如下。\n",
        ),
        (
            "OFD without text",
            "a.ofd",
            ofd(&[&[]]),
            "没有文字层, 是扫描件 (no text layer: a scan); 请先做文字识别 (OCR it first)",
        ),
    ]);
}

#[test]
fn what_is_not_read_says_what_to_do() {
    check(&[
        (
            "old Word",
            "a.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest".to_vec(),
            "不读旧版 Word/WPS 文件 .doc .wps (this format is not read); 请另存为 DOCX 或 PDF (save it as DOCX or PDF)",
        ),
        (
            "a picture",
            "a.txt",
            b"\x89PNG\r\n\x1a\n".to_vec(),
            "不读图片 (this format is not read); 请先做文字识别, 存为文本 (OCR it first and save the text)",
        ),
        (
            "an archive",
            "a.zip",
            package(&[("a.txt", "通知")]),
            "不读压缩包 (this format is not read); 请先解压 (unpack it first)",
        ),
        ("bytes", "a.bin", vec![0, 1, 2, 3], "不是文本文件 (not a text file); 请先转换为 UTF-8 或 GB18030 文本"),
    ]);
}
