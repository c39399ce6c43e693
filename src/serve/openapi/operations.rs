//! The routes for programs, but for the named queries: what each takes and answers.

use super::parameters::{
    Parameter, direction, document_format, graph_format, iri, iris, offset, relations, seconds, sparql_format, text,
    texts, up_to_100, up_to_1000, words, yes_or_no,
};
use crate::{
    search::{Facet, LISTED},
    serve::negotiate::{self, Offer},
};
use serde_json::{Value, json};

/// A route with a method.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) tag: &'static str,
    pub(super) summary: &'static str,
    pub(super) parameters: &'static [Parameter],
    pub(super) body: Option<Request>,
    pub(super) status: u16,
    pub(super) answers: &'static [Body],
    /// Other answers than `status`, which are no failures.
    pub(super) also: &'static [(u16, &'static [Body])],
    pub(super) token: Token,
}

/// Whether an operation takes a token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Token {
    /// No: anybody may.
    No,
    /// For a part of what it does.
    Partly,
    /// Always.
    Needed,
}

/// What is sent: media types with the shape of each.
pub(super) struct Request {
    pub(super) media_types: &'static [(&'static str, Shape)],
    pub(super) is_required: bool,
}

/// JSON Schema, made when it is asked for.
pub(super) type Shape = fn() -> Value;

/// What is answered.
pub(super) enum Body {
    /// JSON of a shape.
    Json(&'static str),
    /// What is negotiated.
    Offers(&'static [Offer]),
    /// One media type.
    Plain(&'static str),
}

/// A read without a body.
pub(super) const GET: Operation = Operation {
    method: "get",
    path: "",
    id: "",
    tag: "",
    summary: "",
    parameters: &[],
    body: None,
    status: 200,
    answers: &[],
    also: &[],
    token: Token::No,
};

/// The parameters of the SPARQL Protocol but for the query itself.
const GRAPHS: Parameter = Parameter::query("default-graph-uri", "缺省图,可重复 (repeatable)", iris);
const NAMED_GRAPHS: Parameter = Parameter::query("named-graph-uri", "命名图,可重复 (repeatable)", iris);
const TIMEOUT: Parameter = Parameter::query("timeout", "至多几秒 (seconds at most)", seconds);
const EXPLAIN: Parameter = Parameter::query("explain", "true:不给结果,给计划 (the plan instead)", yes_or_no);
const FORMAT: Parameter =
    Parameter::query("format", "优先于 Accept,也可写媒体类型 (before Accept; a media type too)", sparql_format);
pub(super) const DOCUMENT_FORMAT: Parameter =
    Parameter::query("format", "优先于 Accept (before Accept)", document_format);
/// Tables and graphs, or the plan.
const ANSWERS: &[Body] =
    &[Body::Offers(negotiate::TABLE), Body::Offers(negotiate::GRAPH), Body::Plain("application/json")];
const GRAPH_FORMAT: Parameter = Parameter::query("format", "优先于 Accept (before Accept)", graph_format);
const GRAPH: Parameter =
    Parameter::query("graph", "图的 IRI (the graph)", iri).such_as("http://127.0.0.1:7979/graph/links");

/// What the W3C's documents are sent as.
const RDF: Request = Request {
    media_types: &[
        ("text/turtle", text),
        ("application/n-triples", text),
        ("application/rdf+xml", text),
        ("application/ld+json", text),
    ],
    is_required: true,
};

/// Every route for programs.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/v1/works",
        id: "works",
        tag: "works",
        summary: "文件,可筛选、翻页 · Works, by filters, page by page",
        parameters: &[
            Parameter::query("q", "标题或文号中的字 (words in the title or number)", text).such_as("知识产权"),
            Parameter::query("level", "national province prefecture county …", level),
            Parameter::query("status", "held(有文)或 stub(只被引)", status).such_as("held"),
            Parameter::query("region", "GB/T 2260", text),
            Parameter::query("kind", "文种 (kind), 如 notice", text),
            Parameter::query("form", "体裁 (form)", text),
            Parameter::query("limit", "一页几份,缺省 50 (works on a page)", up_to_1000).such_as("5"),
            Parameter::query("offset", "从第几份起 (the first)", offset),
        ],
        answers: &[Body::Json("WorksPage")],
        ..GET
    },
    Operation {
        path: "/api/v1/search",
        id: "search",
        tag: "works",
        summary: "这些字指什么,有它们的是什么 · What words mean, and what has them",
        parameters: &[
            Parameter::query("q", "字、文号(括号随意)或名称 (words, a number or a name)", words)
                .required()
                .such_as("国知发运字[2022]47号"),
            Parameter::query("what", "找什么 (what is looked for)", wanted).such_as("works"),
            Parameter::query("level", "层级,可重复 (repeatable)", levels),
            Parameter::query("region", "地区,可重复 (repeatable)", texts),
            Parameter::query("kind", "文种,可重复 (repeatable)", texts),
            Parameter::query("form", "体裁,可重复 (repeatable)", texts),
            Parameter::query("issuer", "发文机关,可重复 (repeatable)", texts),
            Parameter::query("year", "年份,可重复 (repeatable)", texts),
            Parameter::query("status", "held stub,可重复 (repeatable)", statuses),
            Parameter::query("limit", "一页几项,缺省 50 (results on a page)", up_to_1000).such_as("5"),
            Parameter::query("offset", "从第几项起 (the first)", search_offset),
        ],
        answers: &[Body::Json("Search")],
        ..GET
    },
    Operation {
        path: "/api/v1/lineage",
        id: "lineage",
        tag: "works",
        summary: "一份文件的脉络,每条边带原句 · The lineage of a work, each edge with its sentences",
        parameters: &[
            Parameter::query("work", "IRI、文号或标题 (IRI, number or title)", words)
                .required()
                .such_as("津丽知略〔2021〕1号"),
            Parameter::query("direction", "方向 (direction)", direction),
            Parameter::query("depth", "几步,缺省 3 (steps)", up_to_100).such_as("2"),
            Parameter::query("limit", "每个方向最多几个政策 (policies in each direction)", up_to_1000),
            Parameter::query("relations", "如 implements,based_on 或 all", relations),
        ],
        answers: &[Body::Json("Lineage")],
        ..GET
    },
    Operation {
        path: "/api/v1/queries",
        id: "queries",
        tag: "queries",
        summary: "现成的问题 · The named queries",
        answers: &[Body::Json("QueryList")],
        ..GET
    },
    Operation {
        path: "/sparql",
        id: "query",
        tag: "sparql",
        summary: "SPARQL 1.1 查询;没有 query 则是服务说明 · A query; without one, the service description",
        parameters: &[
            Parameter::query("query", "SPARQL 1.1", text).such_as("SELECT * { ?s ?p ?o } LIMIT 3"),
            GRAPHS,
            NAMED_GRAPHS,
            FORMAT,
            TIMEOUT,
            EXPLAIN,
        ],
        answers: ANSWERS,
        ..GET
    },
    Operation {
        method: "post",
        path: "/sparql",
        id: "query-or-update",
        tag: "sparql",
        summary: "SPARQL 1.1 查询或更新(更新须 writer 令牌) · A query, or an update (role writer)",
        parameters: &[FORMAT, TIMEOUT, EXPLAIN],
        body: Some(Request {
            media_types: &[
                ("application/sparql-query", text),
                ("application/sparql-update", text),
                ("application/x-www-form-urlencoded", form),
            ],
            is_required: true,
        }),
        answers: ANSWERS,
        also: &[(204, &[])],
        token: Token::Partly,
        ..GET
    },
    Operation {
        path: "/store",
        id: "graph",
        tag: "store",
        summary: "读一个图 · Read a graph",
        parameters: &[GRAPH, GRAPH_FORMAT],
        answers: &[Body::Offers(negotiate::GRAPH_ONLY)],
        ..GET
    },
    Operation {
        method: "put",
        path: "/store",
        id: "replace-graph",
        tag: "store",
        summary: "换一个图(writer) · Replace a graph",
        parameters: &[GRAPH],
        body: Some(RDF),
        status: 204,
        also: &[(201, &[])],
        token: Token::Needed,
        ..GET
    },
    Operation {
        method: "post",
        path: "/store",
        id: "add-to-graph",
        tag: "store",
        summary: "往图里加(writer);不指明图则起一个名 · Add to a graph; without one, a new name",
        parameters: &[GRAPH],
        body: Some(RDF),
        status: 204,
        also: &[(201, &[])],
        token: Token::Needed,
        ..GET
    },
    Operation {
        method: "delete",
        path: "/store",
        id: "delete-graph",
        tag: "store",
        summary: "删一个图(writer) · Delete a graph",
        parameters: &[GRAPH],
        status: 204,
        token: Token::Needed,
        ..GET
    },
    Operation {
        method: "post",
        path: "/mcp",
        id: "mcp",
        tag: "mcp",
        summary: "Model Context Protocol:一条消息,一个回答 · One message, one answer",
        body: Some(Request { media_types: &[("application/json", message)], is_required: true }),
        answers: &[Body::Plain("application/json")],
        also: &[(202, &[])],
        ..GET
    },
    Operation {
        path: "/openapi.json",
        id: "openapi",
        tag: "operations",
        summary: "本说明 · This description",
        answers: &[Body::Plain("application/json")],
        ..GET
    },
    Operation {
        path: "/healthz",
        id: "alive",
        tag: "operations",
        summary: "还活着 · Alive",
        answers: &[Body::Plain("text/plain")],
        ..GET
    },
    Operation {
        path: "/readyz",
        id: "ready",
        tag: "operations",
        summary: "库可答 · The store answers",
        answers: &[Body::Plain("text/plain")],
        ..GET
    },
    Operation {
        path: "/metrics",
        id: "metrics",
        tag: "operations",
        summary: "给 Prometheus 的数字 · Figures for Prometheus",
        answers: &[Body::Plain("application/openmetrics-text")],
        ..GET
    },
];

fn wanted() -> Value {
    json!({ "type": "string", "enum": ["works", "measures"], "default": "works" })
}

/// What lies farther is not listed.
fn search_offset() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": LISTED })
}

fn level() -> Value {
    json!({ "type": "string", "enum": Facet::Level.known() })
}

fn levels() -> Value {
    json!({ "type": "array", "items": level() })
}

fn status() -> Value {
    json!({ "type": "string", "enum": Facet::Status.known() })
}

fn statuses() -> Value {
    json!({ "type": "array", "items": status() })
}

fn form() -> Value {
    json!({
        "type": "object",
        "properties": { "query": text(), "update": text() },
        "oneOf": [{ "required": ["query"] }, { "required": ["update"] }],
    })
}

/// A request, or a notification, which has no `id`.
fn message() -> Value {
    json!({
        "type": "object",
        "properties": {
            "jsonrpc": { "const": "2.0" },
            "id": { "type": ["string", "integer"] },
            "method": text(),
            "params": { "type": ["object", "array", "null"] },
        },
        "required": ["jsonrpc", "method"],
    })
}
