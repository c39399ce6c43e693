//! The head of a page: `<meta>` by the state's standard for government websites, the title, the charset.

use super::tree::Tree;
use crate::model::{GivenValue, MetadataField, Origin};

/// What the head tells.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) given: Vec<GivenValue>,
}

/// Names of `<meta>` and the fields that they fill (国办发〔2017〕47号, 附件: 网页标签规范).
const NAMES: [(&str, MetadataField); 6] = [
    ("articletitle", MetadataField::Title),
    ("pubdate", MetadataField::DatePublished),
    ("publishdate", MetadataField::DatePublished),
    ("contentsource", MetadataField::Publisher),
    ("docnumber", MetadataField::DocumentNumber),
    ("indexno", MetadataField::IndexNumber),
];

/// Reads the head.
pub(super) fn read(tree: &Tree) -> Head {
    let mut head = Head::default();
    let mut title = None;
    for id in tree.elements() {
        match tree.name(id) {
            "meta" => meta(&mut head, tree.attribute(id, "name"), tree.attribute(id, "content")),
            "title" if title.is_none() => title = Some(tree.text(id)).filter(|title| !title.is_empty()),
            "link" if tree.attribute(id, "rel") == "canonical" => {
                head.url = Some(tree.attribute(id, "href").to_owned());
            }
            _ => (),
        }
    }
    let named = head.given.iter().find(|value| value.field == MetadataField::Title).map(|value| value.text.clone());
    head.title = named.or_else(|| title.map(|title| without_site(&title)));
    head
}

fn meta(head: &mut Head, name: &str, content: &str) {
    let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
    if content.is_empty() {
        return;
    }
    let name = name.to_lowercase();
    if name == "url" {
        head.url = Some(content);
        return;
    }
    let Some((_, field)) = NAMES.iter().find(|(known, _)| *known == name) else { return };
    if head.given.iter().all(|value| value.field != *field) {
        head.given.push(GivenValue { field: *field, text: content, origin: Origin::Page });
    }
}

/// `某通知_某市人民政府门户网站`: the longest part is the document's.
fn without_site(title: &str) -> String {
    let parts =
        title.split(['_', '|', '｜', '丨']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split("--"));
    parts.map(str::trim).max_by_key(|part| part.chars().count()).unwrap_or(title).to_owned()
}

/// The charset that the first bytes of a page say it has.
pub(in crate::read) fn charset(bytes: &[u8]) -> Option<String> {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(label.len());
    (end > 0).then(|| label[..end].to_owned())
}
