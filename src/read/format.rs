//! 格式 (format) by content: the first bytes tell; the name is only a hint between formats that begin alike.

use super::Fault;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Text,
    Html,
    Docx,
    Ofd,
    Pdf,
}

/// Formats that are known by their first bytes and not read, and what to do.
const NOT_READ: [(&[u8], &str, &str); 14] = [
    (b"\x89PNG", "图片", PICTURE),
    (b"\xFF\xD8\xFF", "图片", PICTURE),
    (b"GIF8", "图片", PICTURE),
    (b"II*\0", "图片", PICTURE),
    (b"MM\0*", "图片", PICTURE),
    (b"Rar!", "压缩包", ARCHIVE),
    (b"7z\xBC\xAF\x27\x1C", "压缩包", ARCHIVE),
    (b"\x1F\x8B", "压缩包", ARCHIVE),
    (b"BZh", "压缩包", ARCHIVE),
    (b"\x28\xB5\x2F\xFD", "压缩包", ARCHIVE),
    (b"\xFD7zXZ", "压缩包", ARCHIVE),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "旧版 Word/WPS 文件 .doc .wps",
        "请另存为 DOCX 或 PDF (save it as DOCX or PDF)",
    ),
    (b"{\\rtf", "RTF 文件", "请另存为 DOCX 或纯文本 (save it as DOCX or text)"),
    (b"SQLite format 3", "数据库", "请导出为文本 (export it as text)"),
];
const PICTURE: &str = "请先做文字识别, 存为文本 (OCR it first and save the text)";
const ARCHIVE: &str = "请先解压 (unpack it first)";

impl Format {
    /// The format of bytes.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Self, Fault> {
        if let Some((_, format, advice)) = NOT_READ.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
            return Err(Fault::Unsupported { format, advice });
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return Self::of_package(bytes);
        }
        // Some writers put a line or a mark before the header.
        let head = &bytes[..bytes.len().min(1024)];
        if head.windows(5).any(|window| window == b"%PDF-") {
            return Ok(Self::Pdf);
        }
        Ok(if is_page(name, head) { Self::Html } else { Self::Text })
    }

    fn of_package(bytes: &[u8]) -> Result<Self, Fault> {
        let package = super::package::Package::open(bytes, "ZIP")?;
        let names = package.names();
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        match () {
            () if has("word/document.xml") => Ok(Self::Docx),
            () if has("OFD.xml") => Ok(Self::Ofd),
            () if has("xl/workbook.xml") => Err(Fault::Unsupported {
                format: "XLSX 工作簿",
                advice: "文件清单请命名为 metadata.xlsx, 与文件同放 (a list of files is read as metadata.xlsx beside them)",
            }),
            () if has("ppt/presentation.xml") => {
                Err(Fault::Unsupported { format: "PPTX 演示文稿", advice: "请另存为 PDF (save it as PDF)" })
            }
            () if has("content.xml") => {
                Err(Fault::Unsupported { format: "ODF 文件", advice: "请另存为 DOCX (save it as DOCX)" })
            }
            () => Err(Fault::Unsupported { format: "压缩包", advice: ARCHIVE }),
        }
    }
}

/// A page begins with its doctype or its first element; a fragment is one where its name says so.
fn is_page(name: &str, head: &[u8]) -> bool {
    let ascii: String =
        head.iter().filter(|byte| **byte != 0).map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let start = ascii.trim_start_matches(|c: char| !c.is_ascii() || c.is_whitespace());
    let start = skip_comments(start);
    if ["<!doctype html", "<html", "<head", "<body", "<meta"].iter().any(|tag| start.starts_with(tag)) {
        return true;
    }
    let named = [".html", ".htm", ".xhtml", ".shtml"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    let is_xhtml = start.starts_with("<?xml") && ascii.contains("<html");
    is_xhtml || (named && start.starts_with('<')) || (named && ascii.contains("<p") | ascii.contains("<div"))
}

fn skip_comments(mut text: &str) -> &str {
    while let Some(rest) = text.strip_prefix("<!--") {
        let Some(end) = rest.find("-->") else { return "" };
        text = rest[end + 3..].trim_start();
    }
    text
}
