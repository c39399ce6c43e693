//! Small files of each format, written in code.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A package of parts.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/></w:lvlOverride></w:num></w:numbering>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="Tiao"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>"#;

/// A DOCX of a body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    let notes = r#"<w:footnotes xmlns:w="w"><w:footnote><w:p><w:r><w:t>注：以上为参考。</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    package(&[
        ("word/document.xml", &document),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", notes),
    ])
}

/// An OFD of pages, each of objects (left, top, text) in millimetres.
pub(crate) fn ofd(pages: &[&[(f64, f64, &str)]]) -> Vec<u8> {
    let mut parts = vec![(
        "OFD.xml".to_owned(),
        r#"<ofd:OFD xmlns:ofd="o"><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"#
            .to_owned(),
    )];
    let mut list = String::new();
    for (n, page) in pages.iter().enumerate() {
        let _ = write!(list, r#"<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>"#);
        let objects: Vec<String> = page
            .iter()
            .map(|(left, top, text)| {
                format!(r#"<ofd:TextObject Boundary="{left} {top} 160 6" Size="5"><ofd:TextCode X="0" Y="4" DeltaX="g {} 5">{text}</ofd:TextCode></ofd:TextObject>"#, text.chars().count() - 1)
            })
            .collect();
        let objects = objects.concat();
        parts.push((
            format!("Doc_0/Pages/Page_{n}/Content.xml"),
            format!(
                r#"<ofd:Page xmlns:ofd="o"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"#
            ),
        ));
    }
    parts.push((
        "Doc_0/Document.xml".to_owned(),
        format!(r#"<ofd:Document xmlns:ofd="o"><ofd:Pages>{list}</ofd:Pages></ofd:Document>"#),
    ));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    package(&parts)
}

/// A PDF of pages, each of rows (left, height from the foot, text) in points, in a font that is not embedded.
pub(crate) fn pdf(pages: &[&[(u32, u32, &str)]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>".to_owned(),
    ];
    for (n, rows) in pages.iter().enumerate() {
        let rows: Vec<String> = rows
            .iter()
            .map(|(left, height, text)| {
                let code: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect::<Vec<_>>().concat();
                format!("BT /F1 12 Tf 1 0 0 1 {left} {height} Tm <{code}> Tj ET\n")
            })
            .collect();
        let rows = rows.concat();
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>", 6 + 2 * n));
        objects.push(format!("<< /Length {} >>\nstream\n{rows}endstream", rows.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ = write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}
