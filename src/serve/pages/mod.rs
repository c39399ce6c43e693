//! Pages for readers, as HTML that needs no script: one function for each kind of page, from the store to
//! markup.

mod agency;
mod claim;
mod drawing;
mod fields;
mod figure;
mod fulltext;
mod lanes;
mod lineage;
mod measures;
mod ontology;
mod parts;
mod policy;
mod reader;
mod region;
mod relations;
mod route;
mod said;
mod search;
mod source;
mod sparql;
mod start;
mod text;
mod thing;
mod work;

pub(super) use lineage::lineage;
pub(super) use ontology::ontology;
pub(super) use search::search;
pub(super) use sparql::{query_form, query_table};
pub(super) use start::start;

use crate::{lineage::Lineage, query::QueryError, store::Store};
use maud::{DOCTYPE, Markup, html};
use oxrdf::NamedNode;
use reader::Reader;

/// The style sheet of every page.
pub(super) const STYLE: &str = include_str!("../style.css");

/// The page of a thing below `/id/`; `None` where the store knows nothing of it.
pub(super) fn node(store: &Store, lineage: &Lineage, iri: &NamedNode) -> Result<Option<Markup>, QueryError> {
    let reader = Reader::new(store);
    let classes = reader.classes(iri)?;
    let is = |class: &str| classes.iter().any(|known| known == class);
    if is("PolicyDocument") {
        work::work(reader, lineage, iri).map(Some)
    } else if is("Policy") {
        policy::policy(reader, lineage, iri)
    } else if is("SourceFile") {
        source::source(reader, iri).map(Some)
    } else if is("DocumentText") {
        source::text(reader, iri).map(Some)
    } else if is("Measure") {
        measures::measure(reader, iri)
    } else if is("Agency") || is("AgencyClass") {
        agency::agency(reader, iri).map(Some)
    } else if is("Region") {
        region::region(reader, iri).map(Some)
    } else if ["Citation", "FieldClaim", "Assignment", "DeadlineClaim", "Target"].into_iter().any(is) {
        claim::claim(reader, iri)
    } else {
        thing::thing(reader, iri, &classes)
    }
}

/// A page that says what went wrong, and what may have been meant: (where, what).
pub(super) fn error(status: u16, title: &str, detail: &str, candidates: &[(String, String)]) -> Markup {
    page(title, "", &html! {
        p.eyebrow { (status) }
        h1 { (title) }
        p.lead { (detail) }
        @if !candidates.is_empty() {
            h2 { "也许是" }
            ul.results { @for (href, label) in candidates { li { a href=(href) { (label) } } } }
        }
        p { a href="/" { "回到首页" } }
    })
}

/// A whole page. `q` is what stands in the search box.
fn page(title: &str, q: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) @if title != "政脉" { " · 政脉" } }
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#main" { "跳到正文" }
                header.site {
                    div.bar {
                        a.brand href="/" { "政脉" }
                        form.search action="/search" method="get" role="search" {
                            input type="search" name="q" value=(q) aria-label="文号、标题或机关" placeholder="文号、标题或机关";
                            button type="submit" { "查找" }
                        }
                        nav aria-label="主导航" {
                            a href="/" { "首页" }
                            a href="/sparql" { span lang="en" { "SPARQL" } }
                            a href="/ontology" { "本体" }
                        }
                    }
                }
                main id="main" { (main) }
                footer.site {
                    div.bar {
                        p { "每一条都可回到原句。关系由规则从原文读出，未经人工逐条核对；引用前请查对公布机关的正式文本。" }
                        p {
                            "公文来自公布机关的网站；行政区划依 GB/T 2260；程序按 " span lang="en" { "Apache-2.0" } " 许可使用。"
                            a href="/dump" { "下载全部数据" } " · " a href="/sparql" { span lang="en" { "SPARQL" } " 查询" }
                        }
                    }
                }
            }
        }
    }
}
