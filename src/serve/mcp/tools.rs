//! The tools: what each is for, what it takes and what it answers, as JSON Schema.

use super::{arguments::Arguments, calls};
use crate::serve::{error::ApiError, state::AppState};
use serde_json::{Value, json};

/// A tool.
pub(super) struct Tool {
    pub(super) name: &'static str,
    title: &'static str,
    description: &'static str,
    /// JSON Schema of its arguments.
    pub(super) input: fn() -> Value,
    /// JSON Schema of its answer.
    output: fn() -> Value,
    pub(super) call: fn(&AppState, &Arguments) -> Result<Value, ApiError>,
}

impl Tool {
    /// As a client is told of it.
    pub(super) fn described(&self) -> Value {
        json!({
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": (self.input)(),
            "outputSchema": (self.output)(),
            "annotations": { "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
        })
    }
}

/// Every tool.
pub(super) const TOOLS: [Tool; 7] = [
    Tool {
        name: "find_work",
        title: "找文件",
        description: "由文号(括号随意)、标题或其中的字找到文件。found=one 是唯一的,several 是几个候选(不要替用户选),none 时 near 是相近的。 Finds documents by number (in any brackets), title or words.",
        input: || {
            object(
                &json!({
                    "words": string("文号、标题或其中的字,如 国知发运字[2022]47号 (number, title or words)"),
                    "limit": integer("最多列几份 works,缺省 20 (how many works to list)", 50),
                }),
                &["words"],
            )
        },
        output: || {
            answer(&json!({
                "found": { "type": "string", "enum": ["one", "several", "none"] },
                "candidates": list(), "near": list(), "works": list(),
                "agencies": list(), "regions": list(), "measures": list(),
            }))
        },
        call: calls::find_work,
    },
    Tool {
        name: "lineage",
        title: "文件的脉络",
        description: "一份文件上承何文、下启何文:nodes 是政策,edges 是关系,每条 edge 的 evidence 是原句与位置。 What a document rests on (up) and what rests on it (down), each edge with its sentences.",
        input: || {
            object(
                &json!({
                    "work": string("IRI、文号或标题 (IRI, number or title)"),
                    "direction": { "type": "string", "enum": ["up", "down", "both"], "description": "缺省 both" },
                    "depth": integer("几步,缺省 1 (how many steps)", 6),
                    "relations": string("如 implements,based_on,或 all;缺省为除提及、制定外的全部 (which relations)"),
                    "limit": integer("每个方向最多几个政策,缺省 30 (policies in each direction)", 200),
                }),
                &["work"],
            )
        },
        output: || answer(&json!({ "start": { "type": "string" }, "nodes": list(), "edges": list() })),
        call: calls::lineage,
    },
    Tool {
        name: "evidence",
        title: "凭哪一句",
        description: "一份文件与别的文件之间的关系所凭的每一句原文,可限定另一份文件。 Every sentence on which the relations of a document to others rest; with `other`, only those between the two.",
        input: || {
            object(
                &json!({
                    "work": string("IRI、文号或标题 (IRI, number or title)"),
                    "other": string("另一份文件 (the other document): IRI、文号或标题"),
                }),
                &["work"],
            )
        },
        output: || answer(&json!({ "statements": list() })),
        call: calls::evidence,
    },
    Tool {
        name: "duties",
        title: "机关的任务",
        description: "名称含有所给文字的机关承担的措施、角色、时限与原文;给 by 则只列到那天须完成的。 What agencies must do, in which role, by when, and the words that say so.",
        input: || {
            object(
                &json!({
                    "agency": string("机关名称或其一部分 (a name or part of one)"),
                    "by": string("YYYY-MM-DD"),
                    "limit": integer("最多几行,缺省 50 (rows)", 1000),
                    "offset": integer("从第几行起 (the first row)", 1_000_000),
                }),
                &["agency"],
            )
        },
        output: rows,
        call: calls::duties,
    },
    Tool {
        name: "list_queries",
        title: "现成的问题",
        description: "run_query 可以问的问题、各自的参数与列。 The named queries, with their parameters and columns.",
        input: || object(&json!({}), &[]),
        output: || answer(&json!({ "queries": list() })),
        call: calls::list_queries,
    },
    Tool {
        name: "run_query",
        title: "问现成的问题",
        description: "问 list_queries 所列的一个问题。没有给的参数取缺省值,空字符串则不限。 Asks a named query; a parameter that is left out has its default, an empty string leaves it open.",
        input: || {
            object(
                &json!({
                    "name": string("list_queries 中的名字 (a name of list_queries)"),
                    "parameters": { "type": "object", "description": "参数名 → 值 (name → value)",
                                    "additionalProperties": { "type": ["string", "integer"] } },
                    "limit": integer("最多几行,缺省 50 (rows)", 1000),
                    "offset": integer("从第几行起 (the first row)", 1_000_000),
                }),
                &["name"],
            )
        },
        output: rows,
        call: calls::run_query,
    },
    Tool {
        name: "sparql",
        title: "SPARQL 查询",
        description: "对整个图问 SPARQL 1.1:SELECT 得 rows,ASK 得 boolean,CONSTRUCT 与 DESCRIBE 得 graph(Turtle)。前缀 zm: <https://w3id.org/zhengmai#>;词汇见 /ontology。不能写。 Any SPARQL 1.1 query over the union of the layers; read only.",
        input: || {
            object(
                &json!({
                    "query": string("SPARQL 1.1"),
                    "limit": integer("最多几行,缺省 50 (rows)", 1000),
                }),
                &["query"],
            )
        },
        output: || {
            json!({ "type": "object", "properties": {
                "columns": list(), "rows": list(), "more": { "type": "boolean" },
                "boolean": { "type": "boolean" }, "graph": { "type": "string" },
            } })
        },
        call: calls::sparql,
    },
];

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn string(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn integer(description: &str, maximum: u32) -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": maximum, "description": description })
}

fn list() -> Value {
    json!({ "type": "array" })
}

/// An answer that always has these members.
fn answer(properties: &Value) -> Value {
    let required: Vec<String> = properties.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn rows() -> Value {
    answer(&json!({ "columns": list(), "rows": list(), "more": { "type": "boolean" } }))
}
