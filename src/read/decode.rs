//! Bytes to text: UTF-8, UTF-16 with a mark, GB18030.

use encoding_rs::{Encoding, GB18030};

/// Decodes bytes: by their byte-order mark, else as UTF-8 where they are valid, else as GB18030.
/// Returns the text without a mark, the encoding's name and how many characters had to be replaced;
/// `None` where the bytes are no text (a NUL, or more than one replaced character in ten).
///
/// ```
/// use zhengmai::read::decode;
/// assert_eq!(decode("政策".as_bytes()), Some(("政策".into(), "UTF-8", 0)));
/// assert_eq!(decode(b"\xd5\xfe\xb2\xdf"), Some(("政策".into(), "GB18030", 0)));
/// assert_eq!(decode(b"\x00\x01\x02"), None);
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<(String, &'static str, usize)> {
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (Some(encoding), &bytes[mark..]),
        None => (None, bytes),
    };
    if let (None, Ok(text)) = (encoding, std::str::from_utf8(body)) {
        return (!text.contains('\0')).then(|| (text.to_owned(), "UTF-8", 0));
    }
    let encoding = encoding.unwrap_or(GB18030);
    let (text, _) = encoding.decode_without_bom_handling(body);
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    let replaced = text.matches('\u{FFFD}').count();
    let is_text = !text.contains('\0') && replaced * 10 <= text.chars().count();
    is_text.then(|| (text.into_owned(), name, replaced))
}
