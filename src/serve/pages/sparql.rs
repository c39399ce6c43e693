//! The query form, and tables of answers.

use super::{
    page,
    parts::{href, query_value, short},
};
use crate::query::{CATALOGUE, Row};
use maud::{Markup, html};
use oxrdf::Term;

const EXAMPLE: &str = "PREFIX zm: <https://w3id.org/zhengmai#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# 哪项政策贯彻落实哪项政策
SELECT ?政策 ?落实了 {
  ?a a zm:Policy ; zm:implements ?b ; skos:prefLabel ?政策 .
  ?b a zm:Policy ; skos:prefLabel ?落实了 .
}
ORDER BY ?落实了 ?政策";

/// The page with the query form and the named queries.
pub(in crate::serve) fn query_form() -> Markup {
    page("SPARQL 查询", "", &html! {
        h1 { span lang="en" { "SPARQL" } " 查询" }
        p.lead { "默认图是各层的并集；只读。" }
        form.query action="/sparql" method="get" {
            label for="query" { "查询语句" }
            textarea id="query" name="query" rows="14" spellcheck="false" lang="en" { (EXAMPLE) }
            div.controls {
                label for="format" { "结果格式" }
                select id="format" name="format" {
                    option value="html" selected { "网页表格" }
                    option value="json" { "JSON" }
                    option value="csv" { "CSV" }
                    option value="tsv" { "TSV" }
                    option value="xml" { "XML" }
                    option value="turtle" { "Turtle (CONSTRUCT)" }
                }
                button type="submit" { "查询" }
            }
        }
        section {
            h2 { "现成的问题" }
            ul.results {
                @for query in CATALOGUE {
                    @let (chinese, english) = query.summary().split_once(" / ").unwrap_or((query.summary(), ""));
                    // A query whose parameters have no defaults can't be asked from here.
                    @let bound = query.bound(&[], crate::model::IriScheme::DEFAULT_BASE);
                    li {
                        p.line {
                            @match &bound {
                                Ok(text) => a href={ "/sparql?query=" (query_value(text)) } { (chinese) },
                                Err(_) => (chinese),
                            }
                        }
                        p.from { span lang="en" { (english) } " · " code { (query.name) } }
                    }
                }
            }
        }
    })
}

/// The page with the answer to a SELECT.
pub(in crate::serve) fn query_table(variables: &[String], rows: &[Row]) -> Markup {
    page("查询结果", "", &html! {
        h1 { "查询结果" }
        p.lead { (rows.len()) " 行。" a href="/sparql" { "另问一个" } }
        @if rows.is_empty() { p.empty { "没有符合的行。" } }
        @else {
            div.scroll tabindex="0" role="region" aria-label="结果表" {
                table {
                    thead { tr { @for variable in variables { th scope="col" { (variable) } } } }
                    tbody {
                        @for row in rows { tr { @for variable in variables { td { (cell(row.term(variable))) } } } }
                    }
                }
            }
        }
    })
}

fn cell(term: Option<&Term>) -> Markup {
    html! {
        @match term {
            None => {},
            Some(Term::NamedNode(node)) => {
                @match href(node.as_str()) {
                    Some(href) => a.iri href=(href) title=(node.as_str()) { (short(node.as_str())) },
                    None => span.iri title=(node.as_str()) { (short(node.as_str())) },
                }
            }
            Some(Term::Literal(literal)) => (literal.value()),
            Some(other) => (other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::Literal;

    #[test]
    fn what_a_store_holds_is_text_on_a_page() {
        let literal = Term::from(Literal::new_simple_literal("<script>"));
        assert_eq!(cell(Some(&literal)).into_string(), "&lt;script&gt;");
        assert_eq!(cell(None).into_string(), "");
    }
}
