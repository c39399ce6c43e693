//! Linked data and what leads to it: documents, downloads, descriptions, reconciliation.

use super::{
    operations::{Body, DOCUMENT_FORMAT, GET, Operation, Request},
    parameters::{Parameter, iri, page, text, words},
};
use crate::{
    serve::{
        negotiate,
        reconcile::{BATCH, EntityKind, PROPERTIES},
    },
    store::DUMPED,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every route of linked data that a program asks for.
pub(super) const LINKED: &[Operation] = &[
    Operation {
        path: "/id",
        id: "resolve",
        tag: "linked-data",
        summary: "由文号、标题、名称到 IRI:303,几个候选则 300 · From a number or a name to an IRI",
        parameters: &[
            Parameter::query("q", "文号、标题、机关、地区或 IRI (number, title, agency, region, IRI)", words)
                .required()
                .such_as("津丽知略[2021]1号"),
            DOCUMENT_FORMAT,
        ],
        status: 303,
        also: &[(300, &[Body::Plain("application/json"), Body::Plain("text/html")])],
        ..GET
    },
    Operation {
        path: "/doc/work/num/{code}/{year}/{serial}",
        id: "work-by-number",
        tag: "linked-data",
        summary: "有文号的文件;/id/… 同形,303 到这里 · A work by its number; /id/… leads here",
        parameters: &[
            Parameter::path("code", "机关代字 (issuer's code)", "津丽知略"),
            Parameter::path("year", "年份 (year)", "2021"),
            Parameter::path("serial", "序号 (serial)", "1"),
            DOCUMENT_FORMAT,
        ],
        answers: &[Body::Offers(negotiate::DOCUMENT)],
        ..GET
    },
    Operation {
        path: "/dump",
        id: "dump",
        tag: "linked-data",
        summary: "全图或一层,可续传 · The graph or a layer, with ranges",
        parameters: &[
            Parameter::query("layer", "all effective claims links decisions registers provenance ontology", layer)
                .such_as("links"),
            Parameter::query("format", "nquads trig jsonld;一层的还有 turtle ntriples", dump_format).such_as("nquads"),
            Parameter::query("compression", "none gzip zstd", compression),
        ],
        answers: &[
            Body::Plain("application/n-quads"),
            Body::Plain("application/trig"),
            Body::Plain("application/ld+json"),
            Body::Plain("text/turtle"),
            Body::Plain("application/n-triples"),
            Body::Plain("application/gzip"),
            Body::Plain("application/zstd"),
        ],
        ..GET
    },
    Operation {
        path: "/dumps",
        id: "dumps",
        tag: "linked-data",
        summary: "可下载的文件,有散列与日期 · The files that can be downloaded, with hash and date",
        answers: &[Body::Json("Dumps"), Body::Plain("text/html")],
        ..GET
    },
    Operation {
        path: "/ontology/{file}",
        id: "ontology",
        tag: "linked-data",
        summary: "本体的一个文件 · A file of the ontology",
        parameters: &[Parameter::path("file", "zhengmai.ttl kinds.ttl shapes.ttl context.jsonld", "zhengmai.ttl")],
        answers: &[Body::Plain("text/turtle"), Body::Plain("application/ld+json")],
        ..GET
    },
    Operation {
        path: "/fragments",
        id: "fragment",
        tag: "linked-data",
        summary: "三元组模式的片段 · A Triple Pattern Fragment",
        parameters: &[
            Parameter::query("subject", "IRI", iri),
            Parameter::query("predicate", "IRI", iri).such_as("https://w3id.org/zhengmai#implements"),
            Parameter::query("object", "IRI 或字面量 (or a literal)", term),
            Parameter::query("page", "第几页 (page)", page),
        ],
        answers: &[Body::Offers(negotiate::FRAGMENT)],
        ..GET
    },
    Operation {
        path: "/.well-known/void",
        id: "void",
        tag: "linked-data",
        summary: "数据集的描述:VoID 与 DCAT · The data set described",
        answers: &[Body::Offers(negotiate::DATA_ONLY)],
        ..GET
    },
    Operation {
        path: "/.well-known/sparql-examples",
        id: "sparql-examples",
        tag: "linked-data",
        summary: "示例查询(SHACL) · Example queries",
        answers: &[Body::Offers(negotiate::DATA_ONLY)],
        ..GET
    },
    Operation {
        path: "/feed.atom",
        id: "feed",
        tag: "linked-data",
        summary: "最近的变化 · The latest changes",
        answers: &[Body::Plain("application/atom+xml")],
        ..GET
    },
    Operation {
        path: "/reconcile",
        id: "reconcile",
        tag: "reconciliation",
        summary: "对齐服务(OpenRefine 0.2)的清单,或 queries、extend 的回答 · Reconciliation: the manifest, or an answer",
        parameters: &[
            Parameter::query("queries", "一批问题 (JSON)", batch)
                .in_json()
                .such_as(r#"{"q0":{"query":"津丽知略〔2021〕1号"}}"#),
            Parameter::query("extend", "要补的属性 (JSON)", extension).in_json(),
        ],
        answers: &[Body::Plain("application/json")],
        ..GET
    },
    Operation {
        method: "post",
        path: "/reconcile",
        id: "reconcile-batch",
        tag: "reconciliation",
        summary: "同上,表单 · The same by a form",
        body: Some(Request { media_types: &[("application/x-www-form-urlencoded", form)], is_required: false }),
        answers: &[Body::Plain("application/json")],
        ..GET
    },
    Operation {
        path: "/reconcile/suggest/{what}",
        id: "suggest",
        tag: "reconciliation",
        summary: "边打边找 · Suggestions while one types",
        parameters: &[
            Parameter::path("what", "entity type property", "entity"),
            Parameter::query("prefix", "已打的字 (what has been typed)", text).such_as("知识产权"),
        ],
        answers: &[Body::Plain("application/json")],
        ..GET
    },
];

fn one_of(names: &[&str]) -> Value {
    json!({ "type": "string", "enum": names })
}

fn layer() -> Value {
    one_of(&DUMPED.map(|(layer, _)| layer))
}

fn dump_format() -> Value {
    one_of(&["nquads", "trig", "turtle", "ntriples", "jsonld"])
}

fn compression() -> Value {
    one_of(&["none", "gzip", "zstd"])
}

/// A term as fragments write it: an IRI, or a literal in quotes with its language or datatype.
fn term() -> Value {
    json!({ "type": "string", "anyOf": [{ "format": "iri" }, { "pattern": "^\"[^\"]*\"(@[a-z]{2,8})?$" }] })
}

/// A batch of reconciliation queries, by names of the client's own.
fn batch() -> Value {
    let kind = one_of(&EntityKind::ALL.map(EntityKind::id));
    json!({
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "properties": {
                "query": words(),
                "type": { "anyOf": [kind, { "type": "array", "items": kind }] },
                "limit": { "type": "integer", "minimum": 1 },
            },
            "required": ["query"],
        },
    })
}

/// Which properties are wanted of which entities.
fn extension() -> Value {
    let ids: Vec<&str> = PROPERTIES.iter().map(|property| property.id).collect::<BTreeSet<_>>().into_iter().collect();
    json!({
        "type": "object",
        "properties": {
            "ids": { "type": "array", "items": text(), "maxItems": BATCH },
            "properties": {
                "type": "array",
                "items": { "type": "object", "properties": { "id": one_of(&ids) }, "required": ["id"] },
            },
        },
        "required": ["ids", "properties"],
    })
}

fn form() -> Value {
    let json =
        |schema: Value| json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": schema });
    json!({ "type": "object", "properties": { "queries": json(batch()), "extend": json(extension()) } })
}
