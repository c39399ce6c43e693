//! Several things that words may mean, to choose from.

use super::{
    layout::{Page, page},
    relations::count,
};
use crate::serve::resolve::Choice;
use maud::{Markup, html};

/// The page of the choices; `total` is how many there are in all.
pub(in crate::serve) fn choices(words: &str, total: usize, choices: &[Choice]) -> Markup {
    let title = format!("“{words}”不止一个");
    let body = html! {
        article.document {
            header.doc-head {
                p.kicker { span.chip { "300" } " " span.en lang="en" { "Multiple choices" } }
                h1 { (title) }
                p.lead { "请选定一个。" span.en lang="en" { " Choose the one that is meant." } }
            }
            section aria-labelledby="choices-h" {
                h2 #choices-h { "候选" (count(total)) " " span.en lang="en" { "choices" } }
                ul.works { @for choice in choices {
                    li.work-item {
                        p.work-title { a href=(choice.href) { (choice.label) } }
                        p.work-facts { span { (choice.description) } }
                    }
                } }
            }
        }
    };
    page(&Page { title: &title, query: words, data: None, body })
}
