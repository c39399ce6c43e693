//! The page of what can be downloaded.

use super::layout::{Page, page};
use maud::{Markup, html};

/// A dump: its layer, its file, where it is; hash, bytes and date where it was made already.
type Listed = (&'static str, String, String, Option<(String, u64, String)>);

/// What is in each layer.
const LAYERS: &[(&str, &str, &str)] = &[
    ("all", "全部", "everything"),
    ("effective", "生效图", "what follows from claims, links and decisions"),
    ("claims", "各来源的陈述", "the claims of all sources, with their sentences"),
    ("links", "链接", "links between works"),
    ("decisions", "裁定", "decisions of people"),
    ("registers", "登记表", "regions"),
    ("provenance", "来历", "what was read when, by which rules"),
    ("ontology", "本体", "the ontology, kinds and shapes"),
];

/// The page of all dumps.
pub(in crate::serve) fn dumps(listed: &[Listed]) -> Markup {
    let body = html! {
        article.document {
            header.doc-head {
                h1 { "下载" }
                p.lead { "全图或其中一层；每个文件对应库的一个状态，首次取时写成，中断后可续传（Range）。" span.en lang="en" { " The graph or a layer of it, as files; downloads can be resumed." } }
                p { "程序可取同一地址的 JSON，其中有散列与日期。" span.en lang="en" { " The same address gives JSON to programs, with hashes and dates." } }
            }
            table.terms {
                thead { tr { th scope="col" { "层" } th scope="col" { "文件" } th scope="col" { "SHA-256" } th scope="col" { "字节" } th scope="col" { "日期" } } }
                tbody { @for (layer, file, href, made) in listed { tr {
                    td { @for (_, zh, en) in LAYERS.iter().filter(|(name, ..)| name == layer) { (zh) " " span.en lang="en" { (en) } } }
                    td { a href=(href) { code { (file) } } }
                    @match made {
                        Some((sha256, bytes, at)) => { td { code title=(sha256) { (sha256.get(..16).unwrap_or_default()) "…" } } td { (bytes) } td { (at) } }
                        None => { td { } td { } td { } }
                    }
                } } }
            }
        }
    };
    page(&Page { title: "下载", query: "", data: None, body })
}
