//! What every page has: head, navigation, foot.

use super::parts::bi;
use crate::{model::sha256, serve::negotiate::DATA};
use maud::{DOCTYPE, Markup, html};
use std::sync::LazyLock;

/// The style sheet.
pub(in crate::serve) const STYLE: &str = include_str!("../style.css");

/// The script: conveniences only.
pub(in crate::serve) const SCRIPT: &str = include_str!("../script.js");

/// The icon.
pub(in crate::serve) const ICON: &str = include_str!("../icon.svg");

/// A name for an asset that changes with it, so that it can be kept for ever.
fn version(asset: &str) -> String {
    sha256(asset.as_bytes())[..12].to_owned()
}

static STYLE_VERSION: LazyLock<String> = LazyLock::new(|| version(STYLE));
static SCRIPT_VERSION: LazyLock<String> = LazyLock::new(|| version(SCRIPT));

/// Where the style sheet is.
pub(in crate::serve) fn style_address() -> String {
    format!("/assets/style.css?v={}", *STYLE_VERSION)
}

/// A page.
pub(in crate::serve) struct Page<'a> {
    /// What it is called in tabs and bookmarks.
    pub(in crate::serve) title: &'a str,
    /// What stands in the search box.
    pub(in crate::serve) query: &'a str,
    /// The path of the same in RDF formats, if it has any.
    pub(in crate::serve) data: Option<&'a str>,
    pub(in crate::serve) body: Markup,
}

/// The whole of a page.
pub(in crate::serve) fn page(page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if page.title.is_empty() { "政脉 · 政策脉络" } @else { (page.title) " · 政脉" } }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href=(style_address());
                script defer src=(format!("/assets/script.js?v={}", *SCRIPT_VERSION)) {}
                link rel="alternate" type="application/atom+xml" title="最近的变化 latest changes" href="/feed.atom";
                @if let Some(path) = page.data {
                    @for (format, title) in DATA {
                        link rel="alternate" type=(media_type(format)) title=(title) href=(format!("{path}?format={format}"));
                    }
                }
            }
            body {
                a.skip href="#main" { "跳到正文" }
                header.site {
                    div.bar {
                        a.brand href="/" { (logo()) span { "政脉" } }
                        form.search role="search" action="/search" method="get" {
                            label.hidden for="site-q" { "查找文件、文号、机关" }
                            input #site-q type="search" name="q" value=(page.query) placeholder="标题、文号、机关" autocomplete="off" enterkeyhint="search";
                            button type="submit" { "查找" }
                        }
                        nav aria-label="主导航" {
                            a href="/search" { "文件" }
                            a href="/sparql" { "查询" }
                            a href="/ontology" { "本体" }
                        }
                    }
                }
                main #main { (page.body) }
                footer.site {
                    @if let Some(path) = page.data {
                        p.formats { span { (bi("本页的数据", "this page as data")) } @for (format, title) in DATA { a href=(format!("{path}?format={format}")) lang="en" { (title) } } }
                    }
                    p { "政脉 " span.en lang="en" { "zhengmai" } " · 谁落实谁，凭哪一句 " span.en lang="en" { "who implements what, and the sentence it rests on" } }
                    p { a href="/sparql" lang="en" { "SPARQL" } " · " a href="/dumps" { "下载" } " · " a href="/feed.atom" { "最近的变化" } " · " a href="/ontology" { "本体" } " · " a href="/problems" { "错误说明" } }
                }
            }
        }
    }
}

fn media_type(format: &str) -> &'static str {
    crate::query::ResultFormat::parse(format).map_or("text/turtle", crate::query::ResultFormat::media_type)
}

/// The sign of the house: a vein that rises through three levels.
fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false" {
            path d="M16 29V17M16 17C16 11 8 12 8 5M16 17c0-6 8-5 8-12" {}
            circle cx="8" cy="5" r="3" {}
            circle cx="24" cy="5" r="3" {}
            circle cx="16" cy="17" r="3" {}
        }
    }
}
