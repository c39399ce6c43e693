//! When something went wrong: what, where, what to do.

use super::{
    html as respond,
    layout::{Page, page},
    parts::bi,
};
use crate::serve::{
    error::{ApiError, Fault},
    state::AppState,
    suggest,
};
use axum::response::Html;
use maud::{Markup, html};

/// The page of a failure.
pub(in crate::serve) fn failure(state: &AppState, error: &ApiError) -> Html<String> {
    let fault = error.fault;
    let body = html! {
        article.failure {
            p.kicker { span.chip { (fault.status().as_u16()) } " " span.en lang="en" { (fault.english()) } }
            h1 { (fault.chinese()) }
            p.detail { (error.detail) }
            p { (fault.remedy()) }
            @if !error.near.is_empty() {
                h2 { (bi("您找的也许是", "did you mean")) }
                ul.names { @for (href, label) in &error.near { li { a href=(href) { (label) } } } }
            }
            p.actions { a.button href="/" { "回到首页" } " " a href="/search" { "查找文件" }
                @if let Some(suggestion) = suggest::most_implemented(state).filter(|_| fault == Fault::NotFound) { " · " a href=(suggestion.path) { "谁落实了 " (suggestion.words) } }
            }
        }
    };
    respond(page(&Page { title: fault.chinese(), query: "", data: None, body }))
}

/// The page that explains all kinds of failure, for those who follow the type of a problem.
pub(in crate::serve) fn problems() -> Markup {
    let body = html! {
        article.document {
            header.doc-head {
                h1 { "错误说明" }
                p.lead { "出错时，程序收到 " code { "application/problem+json" } "(RFC 9457),浏览器收到页面。" span.en lang="en" { " What the codes of failures mean." } }
            }
            table.terms {
                thead { tr { th scope="col" { "代码" } th scope="col" { "状态" } th scope="col" { "意思" } th scope="col" { "怎么办" } } }
                tbody { @for fault in Fault::ALL { tr id=(fault.code()) {
                    td { code { (fault.code()) } } td { (fault.status().as_u16()) }
                    td { (fault.chinese()) " " span.en lang="en" { (fault.english()) } } td { (fault.remedy()) }
                } } }
            }
        }
    };
    page(&Page { title: "错误说明", query: "", data: None, body })
}
