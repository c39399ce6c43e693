//! Bytes to text: UTF-8, UTF-16 with a mark, GB18030, Big5.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};

/// Text from bytes, and how it was had.
#[derive(Debug, Eq, PartialEq)]
pub struct Decoded {
    /// The text, without a mark.
    pub text: String,
    /// The encoding's name.
    pub encoding: &'static str,
    /// How many characters had to be replaced.
    pub replaced: usize,
}

/// Decodes bytes: by their byte-order mark, else as UTF-8 where they are valid, else as GB18030, or as Big5
/// where they are clearly that. `None` where the bytes are no text (a NUL, or more than one replaced character in ten).
///
/// ```
/// use zhengmai::read::{Decoded, decode};
/// let text = |encoding| Some(Decoded { text: "政策".into(), encoding, replaced: 0 });
/// assert_eq!(decode("政策".as_bytes()), text("UTF-8"));
/// assert_eq!(decode(b"\xd5\xfe\xb2\xdf"), text("GB18030"));
/// assert_eq!(decode(b"\x00\x01\x02"), None);
/// ```
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    decode_labelled(bytes, None)
}

/// As [`decode`], with the encoding that the text says it has, which is believed where it can be.
pub(super) fn decode_labelled(bytes: &[u8], label: Option<&str>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decoded(encoding, &bytes[mark..]);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!text.contains('\0')).then(|| Decoded { text: text.to_owned(), encoding: "UTF-8", replaced: 0 });
    }
    let said = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match said.filter(|said| *said == BIG5 || *said == UTF_8) {
        Some(said) => decoded(said, bytes).filter(|text| text.replaced == 0).or_else(|| decoded(GB18030, bytes)),
        None => best_of(decoded(GB18030, bytes), decoded(BIG5, bytes)),
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    let replaced = text.matches('\u{FFFD}').count();
    let is_text = !text.contains('\0') && replaced * 10 <= text.chars().count();
    is_text.then(|| Decoded { text: text.into_owned(), encoding: name, replaced })
}

/// GB18030, unless Big5 reads without a fault and has several times as many of the commonest characters.
fn best_of(gb: Option<Decoded>, big5: Option<Decoded>) -> Option<Decoded> {
    let Some(big5) = big5 else { return gb };
    let Some(gb) = gb else { return Some(big5) };
    let (in_gb, in_big5) = (common(&gb.text), common(&big5.text));
    let clearly = big5.replaced <= gb.replaced && in_big5 >= 8 && in_big5 > 3 * in_gb;
    Some(if clearly { big5 } else { gb })
}

/// How many characters of the first thousands are among those that no official text does without.
fn common(text: &str) -> usize {
    const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府市知局委员办關於為與個國這時來們發會動過說產種現實業體對從學進經後還應開無當點兩間條將題長給號請規劃機構處辦財務";
    let mut found = 0;
    for c in text.chars().filter(|c| !c.is_ascii()).take(4000) {
        found += usize::from(COMMON.contains(c));
    }
    found
}

/// Whether text was read in the wrong encoding before it came here: UTF-8 taken for GBK (锘挎斂绛), GBK or UTF-8
/// taken for Latin (æ”¿ç­–, Õþ²ß), or replacement characters taken for GBK (锟斤拷). The words that show it.
#[must_use]
pub fn mojibake(text: &str) -> Option<&'static str> {
    if text.contains("锟斤拷") {
        return Some("锟斤拷");
    }
    let (mut all, mut latin, mut gbk) = (0usize, 0usize, 0usize);
    for c in text.chars().take(20_000).filter(|c| !c.is_ascii()) {
        all += 1;
        latin += usize::from(('\u{80}'..='\u{FF}').contains(&c) && c != '·' && c != '\u{A0}' && c != '×');
        gbk += usize::from("锛鐨銆涓浜鍏鍙鍦鎴鏄鏂鏈鏉鏃绠绛缁閮闂鍜鍒瀹殑鏀绗紝锟".contains(c));
    }
    if all >= 20 && latin * 2 > all {
        return Some("Latin-1");
    }
    (all >= 20 && gbk * 5 > all).then_some("GBK")
}
