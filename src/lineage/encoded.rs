//! IRIs as people paste them.

/// Text with its percent-encoded bytes as characters; as it is where they are none.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = code.filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = &tail[if code.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_undone_where_it_is_one() {
        for (text, decoded) in
            [("%E5%9B%BD", "国"), ("国%2F", "国/"), ("%", "%"), ("%zz%4", "%zz%4"), ("%FF", "%FF"), ("%+5", "%+5")]
        {
            assert_eq!(percent_decoded(text), decoded);
        }
    }
}
