//! Every form of input, each made here: what text is read, what is told of it.

/// 随附元数据 and JSON Lines, through the program.
mod beside;

/// Whatever the bytes, no panic.
mod hostile;

/// HTML.
mod html;

/// Small files of each format, written in code.
pub(crate) mod made;

/// DOCX, OFD, PDF.
mod office;

use crate::support::Faults;
use zhengmai::read::source_of;

/// Reads each row's bytes and compares the text; a fault's words stand for the text where there is one.
pub(crate) fn check(rows: &[(&str, &str, Vec<u8>, &str)]) {
    let mut faults = Faults::default();
    for (name, file, bytes, expected) in rows {
        let read = source_of(file, bytes).map_or_else(|fault| fault.to_string(), |source| source.text);
        faults.compare(name, file, expected, &read);
    }
    faults.assert_none();
}
