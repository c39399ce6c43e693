//! What pages share: links, badges, evidence.

use super::reader::{Reader, decoded, local};
use crate::{lineage::render::level_chinese, model::Level, model::Relation, query::QueryError};
use maud::{Markup, html};
use oxrdf::{NamedNode, Term};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a path can't hold. `%` can: paths of IRIs are encoded already where they must be.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'\\');

/// The kinds of things below `/id/`.
const KINDS: [&str; 10] =
    ["work", "policy", "source", "text", "claim", "agency", "region", "link", "decision", "run"];

/// Where a reader finds a thing or a term: its page, the ontology; nowhere for what others describe.
pub(super) fn href(iri: &str) -> Option<String> {
    if let Some(term) = iri.strip_prefix(crate::model::vocab::ZM) {
        return Some(format!("/ontology#{}", utf8_percent_encode(term, PATH)));
    }
    let (_, path) = iri.split_once("/id/")?;
    let kind = path.split('/').next()?;
    KINDS.contains(&kind).then(|| format!("/doc/{}", utf8_percent_encode(path, PATH)))
}

/// The page with the lineage of a policy.
pub(super) fn lineage_href(policy: &NamedNode) -> String {
    let path = policy.as_str().split_once("/id/policy/").map_or("", |(_, path)| path);
    format!("/lineage/{}", utf8_percent_encode(path, PATH))
}

/// A search.
pub(super) fn search_href(q: &str) -> String {
    format!("/search?q={}", query_value(q))
}

/// A value of a query string.
pub(super) fn query_value(text: &str) -> String {
    utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A link with words of one's own; the words alone where there is no page.
pub(super) fn link(node: &NamedNode, words: &str) -> Markup {
    html! {
        @match href(node.as_str()) {
            Some(href) => a href=(href) { (words) },
            None => span { (words) },
        }
    }
}

/// A link with the node's label.
pub(super) fn named(reader: Reader<'_>, node: &NamedNode) -> Result<Markup, QueryError> {
    Ok(link(node, &reader.label(node)?))
}

/// A value: a link with its label, or the words.
pub(super) fn value(reader: Reader<'_>, term: &Term) -> Result<Markup, QueryError> {
    Ok(match term {
        Term::NamedNode(node) => named(reader, node)?,
        Term::Literal(literal) => html! { (literal.value()) },
        other => html! { (other.to_string()) },
    })
}

/// An IRI as short as it can be said.
pub(super) fn short(iri: &str) -> String {
    for (prefix, namespace) in crate::model::vocab::PREFIXES {
        if let Some(rest) = iri.strip_prefix(namespace) {
            return format!("{prefix}:{rest}");
        }
    }
    iri.split_once("/id/").map_or_else(|| iri.to_owned(), |(_, path)| decoded(path))
}

/// 有文 or 仅被引.
pub(super) fn status(is_held: bool) -> Markup {
    html! {
        @if is_held { span.badge.held title="库中有全文" { "有文" } }
        @else { span.badge.stub title="库中没有全文, 只见于其他文件的引用" { "仅被引" } }
    }
}

/// The level of a local name such as `county`.
pub(super) fn level_of(name: &str) -> Level {
    use Level::{County, International, National, Prefecture, Province, Unknown};
    let known = [International, National, Province, Prefecture, County];
    known.into_iter().find(|level| level.name() == name).unwrap_or(Unknown)
}

/// 行政层级.
pub(super) fn level(level: Level) -> Markup {
    html! { span.badge.level { (level_chinese(level)) } }
}

/// high, medium or low.
pub(super) fn confidence(name: &str) -> Markup {
    let words = match name {
        "high" => "可信度高",
        "medium" => "可信度中",
        "low" => "可信度低",
        _ => return html! {},
    };
    html! { span.badge.confidence.{ "c-" (name) } { (words) } }
}

/// error, warn or info.
pub(super) fn severity(name: &str) -> Markup {
    let words = match name {
        "error" => "错误",
        "warn" => "存疑",
        _ => "提示",
    };
    html! { span.badge.severity.{ "s-" (name) } { (words) } }
}

/// A property in Chinese: of the fields of works, the roles of agencies, the relations.
pub(super) fn property_chinese(name: &str) -> &str {
    match name {
        "title" => "标题",
        "number" => "发文字号",
        "type_document" => "文种",
        "form" => "公文形式",
        "passed_by" => "发文机关",
        "publisher_agent" => "发布单位",
        "coHandler" => "会办单位",
        "addressee" => "主送机关",
        "date_document" => "成文日期",
        "date_publication" => "发布日期",
        "first_date_entry_in_force" => "施行日期",
        "date_no_longer_in_force" => "失效日期",
        "datePrinted" => "印发日期",
        "jurisdiction" => "适用地域",
        "lead" => "牵头",
        "joint" => "分工负责",
        "responsible" => "负责",
        "support" => "配合",
        "assignedTo" => "责任单位",
        "deadline" => "完成时限",
        "continuing" => "持续推进",
        "hasTarget" => "目标",
        "sameWorkAs" => "同一文件",
        "possibleSameAs" => "疑为同一文件",
        _ => match Relation::parse(name) {
            Some(relation) => relation.chinese(),
            None => name,
        },
    }
}

/// The relation that a claim states, as a word on a colour.
pub(super) fn relation(name: &str) -> Markup {
    html! { span.relation.{ "r-" (name) } { (property_chinese(name)) } }
}

/// The local name of a node of a row.
pub(super) fn local_of<'a>(row: &'a crate::query::Row, variable: &str) -> &'a str {
    local(row.text(variable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_and_terms_of_ours_have_pages() {
        for (iri, page) in [
            ("http://h:1/id/work/num/国发/2023/1", Some("/doc/work/num/%E5%9B%BD%E5%8F%91/2023/1")),
            ("http://h:1/id/work/title/000000/GB%2FT%201", Some("/doc/work/title/000000/GB%2FT%201")),
            ("https://w3id.org/zhengmai#implements", Some("/ontology#implements")),
            ("http://data.europa.eu/eli/ontology#cites", None),
            ("http://elsewhere/id/person/1", None),
        ] {
            assert_eq!(href(iri).as_deref(), page, "{iri}");
        }
    }
}
