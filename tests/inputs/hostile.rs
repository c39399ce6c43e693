//! Whatever the bytes, no panic, no hang: a document or one fault.

use super::made::{docx, ofd, package, pdf};
use proptest::prelude::*;
use zhengmai::read::{Fault, source_of};

#[test]
fn what_unpacks_or_nests_without_end_is_refused() {
    let blank = " ".repeat(8 << 20);
    let bomb = package(&[("word/document.xml", &format!("<w:document>{blank}</w:document>"))]);
    assert!(matches!(source_of("a.docx", &bomb), Err(Fault::Beyond { .. })), "a bomb");
    let deep = docx(&"<w:p>".repeat(10_000));
    assert!(matches!(source_of("a.docx", &deep), Err(Fault::Beyond { .. })), "deep XML");
    let page = format!("<html><body>{}", "<div><b>".repeat(50_000));
    assert!(matches!(source_of("a.html", page.as_bytes()), Err(Fault::Beyond { .. })), "a deep page");
    assert!(matches!(source_of("a.pdf", b"%PDF-1.7\nnothing"), Err(Fault::Damaged { .. })), "a damaged PDF");
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let page = "<!DOCTYPE html><html><body><table><tr><td>文号</td><td>青政发〔2023〕15号</td></tr></table><p>根据有关规定，现通知如下。</p></body></html>";
    vec![
        ("a.docx", docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")),
        ("a.ofd", ofd(&[&[(30.0, 40.0, "关于清淤的通知")]])),
        ("a.pdf", pdf(&[&[(80, 740, "关于河道清淤的通知")]])),
        ("a.html", page.as_bytes().to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn changed_files_are_read_or_refused(changes in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..20), cut in any::<u16>()) {
        for (name, mut bytes) in files() {
            for (at, byte) in &changes {
                let at = usize::from(*at) % bytes.len();
                bytes[at] = *byte;
            }
            bytes.truncate(bytes.len().saturating_sub(usize::from(cut) % 64));
            let _ = source_of(name, &bytes);
        }
    }

    #[test]
    fn any_bytes_behind_a_magic_number_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for magic in [&b"PK\x03\x04"[..], b"%PDF-1.4\n", b"<html>", b""] {
            let _ = source_of("a", &[magic, &bytes].concat());
        }
    }
}
