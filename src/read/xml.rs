//! XML parts of packages, as a walk over elements and text; bounded in depth, entities of its own refused.

use super::{Fault, limits::DEEPEST};
use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

/// A step of the walk.
pub(super) enum Step<'a> {
    /// An element begins.
    Open(&'a Tag),
    /// An element of this local name ends.
    Close(&'a str),
    /// Text.
    Text(&'a str),
}

/// The start of an element: local name and attributes without prefixes.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().flatten().map(|attribute| {
            let name = text_of(attribute.key.local_name().as_ref());
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
            (name, value)
        });
        Self { name: text_of(start.local_name().as_ref()), attributes: attributes.collect() }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of the attribute `val`.
    pub(super) fn value(&self) -> Option<&str> {
        self.attribute("val")
    }

    /// Whether an element that switches something on does so: `<w:vanish/>`, `<w:vanish w:val="0"/>`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value(), Some("0" | "false" | "off" | "none"))
    }
}

fn text_of(name: impl AsRef<str>) -> String {
    name.as_ref().to_owned()
}

/// Walks a part. O(n).
pub(super) fn walk(xml: &str, format: &'static str, mut visit: impl FnMut(Step<'_>)) -> Result<(), Fault> {
    let damaged = |reason: String| Fault::Damaged { format, reason };
    let mut reader = Reader::from_str(xml);
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|error| damaged(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Fault::Beyond {
                        what: "XML 元素的嵌套 (nesting of elements)", limit: DEEPEST as u64
                    });
                }
                visit(Step::Open(&Tag::of(&start)));
            }
            Event::Empty(start) => {
                let tag = Tag::of(&start);
                visit(Step::Open(&tag));
                visit(Step::Close(&tag.name));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Step::Close(&text_of(end.local_name().as_ref())));
            }
            Event::Text(text) => visit(Step::Text(&text)),
            Event::CData(text) => visit(Step::Text(&text)),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => visit(Step::Text(c.encode_utf8(&mut [0; 4]))),
                _ => visit(Step::Text(resolve_predefined_entity(&name).unwrap_or_default())),
            },
            Event::Eof => return Ok(()),
            _ => (),
        }
    }
}

/// A part's text: UTF-8 or UTF-16 with a mark.
pub(super) fn text(bytes: &[u8], format: &'static str) -> Result<String, Fault> {
    let decoded = super::decode(bytes);
    decoded
        .map(|decoded| decoded.text)
        .ok_or_else(|| Fault::Damaged { format, reason: "XML 不是文本 (no text)".to_owned() })
}
