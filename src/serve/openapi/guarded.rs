//! The routes below `/api/v1` that take a role: decisions, bytes of sources, the log of writes, backups.

use super::{
    operations::{Body, GET, Operation, Request, Token},
    parameters::{Parameter, text, up_to_10000},
};
use serde_json::{Value, json};

/// Every route that takes a role, and the list of decisions, which is for anybody.
pub(super) const GUARDED: &[Operation] = &[
    Operation {
        path: "/api/v1/review/decisions",
        id: "decisions",
        tag: "review",
        summary: "现行的裁定 · The decisions that stand",
        answers: &[Body::Json("Decisions")],
        ..GET
    },
    Operation {
        method: "post",
        path: "/api/v1/review/decisions",
        id: "decide",
        tag: "review",
        summary: "否决或恢复一条陈述(reviewer) · Reject a claim, or take that back",
        body: Some(Request { media_types: &[("application/json", verdict)], is_required: true }),
        status: 201,
        answers: &[Body::Plain("application/json")],
        also: &[(200, &[Body::Plain("application/json")])],
        token: Token::Needed,
        ..GET
    },
    Operation {
        method: "delete",
        path: "/api/v1/review/decisions/{id}",
        id: "withdraw",
        tag: "review",
        summary: "撤回一项裁定(reviewer) · Withdraw a decision",
        parameters: &[Parameter::path("id", "裁定的 id (of the decision)", "0")],
        status: 204,
        token: Token::Needed,
        ..GET
    },
    Operation {
        path: "/api/v1/sources/{sha256}",
        id: "source",
        tag: "operations",
        summary: "来源的字节,未遮盖(admin) · The bytes of a source, with nothing masked",
        parameters: &[Parameter::path("sha256", "SHA-256", "0")],
        answers: &[Body::Plain("application/octet-stream")],
        token: Token::Needed,
        ..GET
    },
    Operation {
        path: "/api/v1/audit",
        id: "audit",
        tag: "operations",
        summary: "审计日志的末几行(admin) · The last lines of the log of writes",
        parameters: &[Parameter::query("last", "几行,缺省 100 (lines)", up_to_10000)],
        answers: &[Body::Plain("application/json")],
        token: Token::Needed,
        ..GET
    },
    Operation {
        method: "post",
        path: "/api/v1/admin/backup",
        id: "backup",
        tag: "operations",
        summary: "整个库此刻的备份(admin) · A backup of the store as it is now (role admin)",
        answers: &[Body::Plain("application/x-tar")],
        token: Token::Needed,
        ..GET
    },
];

fn verdict() -> Value {
    json!({
        "type": "object",
        "properties": {
            "claim": text(),
            "decision": { "type": "string", "enum": ["reject", "accept"] },
            "reason": text(),
            "all": { "type": "boolean", "default": false },
        },
        "required": ["claim", "decision"],
        "additionalProperties": false,
    })
}
