//! 问题目录 (the catalogue): the files of `queries/`, each a question with a summary and parameters
//! (grlc's decorators: <https://github.com/CLARIAH/grlc>).

use oxigraph::model::Term;

macro_rules! queries {
    ($($name:literal),* $(,)?) => {
        /// Every named query, by name.
        pub const CATALOGUE: &[NamedQuery] = &[
            $(NamedQuery { name: $name, text: include_str!(concat!("../../queries/", $name, ".rq")) }),*
        ];
    };
}

queries! {
    "how-many-findings-by-code",
    "how-many-policies-by-level",
    "how-many-relations-between-levels",
    "how-many-relations-by-type",
    "what-cites",
    "what-does-a-policy-contain",
    "what-does-it-rest-on",
    "what-has-been-read",
    "what-implements",
    "what-is-downstream",
    "what-is-due-by",
    "what-is-upstream",
    "what-must-an-agency-do",
    "what-must-an-agency-do-by",
    "what-needs-review",
    "what-was-rejected",
    "where-does-it-say-so",
    "which-agencies-have-most-duties",
    "which-agreements-were-made",
    "which-documents-change-others",
    "which-documents-did-an-agency-issue",
    "which-documents-have-no-number",
    "which-findings-have-a-code",
    "which-measures-have-no-agency",
    "which-national-policies-lack-local-implementation",
    "which-numbers-conflict",
    "which-policies-cite-nothing-above",
    "which-targets-are-set",
    "which-texts-are-nearly-the-same",
    "which-titles-are-nearly-the-same",
    "which-works-are-cited-by-several",
    "which-works-are-missing",
    "which-works-belong-to-a-region",
    "which-works-have-texts-that-disagree",
}

/// A named query.
#[derive(Clone, Copy, Debug)]
pub struct NamedQuery {
    /// Its name, a question in kebab-case.
    pub name: &'static str,
    /// Its text with decorators.
    pub text: &'static str,
}

/// What a parameter must be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ParameterType {
    /// An absolute IRI.
    Iri,
    /// A plain string.
    Text,
    /// An integer.
    Integer,
    /// A date, YYYY-MM-DD.
    Date,
}

/// A parameter of a named query: `?_work_iri` is `work`, an IRI.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The variable, without the question mark.
    pub variable: String,
    /// What it must be.
    pub kind: ParameterType,
    /// The value it has when nobody gives one.
    pub default: Option<String>,
}

impl NamedQuery {
    /// The query of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        CATALOGUE.iter().find(|query| query.name == name)
    }

    /// Its summary: Chinese, then English behind " / ".
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.decorator("summary")
    }

    /// Its description.
    #[must_use]
    pub fn description(&self) -> &'static str {
        self.decorator("description")
    }

    fn decorator(&self, name: &str) -> &'static str {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("#+ "));
        lines.into_iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map_or("", str::trim)
    }

    /// Its parameters in the order in which they first stand in the text.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for variable in variables(self.text) {
            if parameters.iter().any(|known| known.variable == variable) {
                continue;
            }
            let inner = &variable[1..];
            let (name, kind) = match inner.rsplit_once('_') {
                Some((name, "iri")) => (name, ParameterType::Iri),
                Some((name, "integer")) => (name, ParameterType::Integer),
                Some((name, "date")) => (name, ParameterType::Date),
                _ => (inner, ParameterType::Text),
            };
            let default = self.default_of(name);
            parameters.push(Parameter { name: name.to_owned(), kind, default, variable: variable.to_owned() });
        }
        parameters
    }

    fn default_of(&self, name: &str) -> Option<String> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("#+"));
        let mut lines = lines
            .skip_while(|line| line.trim() != "defaults:")
            .skip(1)
            .map_while(|line| line.trim().strip_prefix("- "));
        lines
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(|value| value.trim().trim_matches('"').to_owned())
    }

    /// The text with its parameters bound: to `given` (name, value), else to their defaults. A default IRI
    /// below the default base is moved below `base`.
    ///
    /// # Errors
    /// Says which value does not fit its parameter, or which name is none.
    pub fn bound(&self, given: &[(String, String)], base: &str) -> Result<String, String> {
        let parameters = self.parameters();
        if let Some((name, _)) = given.iter().find(|(name, _)| !parameters.iter().any(|known| known.name == *name)) {
            let known: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            return Err(format!("没有参数 (no parameter) {name}; 可用 (known): {}", known.join(" ")));
        }
        let mut bindings: Vec<(&str, Term)> = Vec::new();
        for parameter in &parameters {
            let value = given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.clone());
            let default = || {
                let value = parameter.default.clone()?;
                Some(value.replacen(crate::model::IriScheme::DEFAULT_BASE, base, 1))
            };
            let Some(value) = value.or_else(default) else { continue };
            bindings.push((parameter.variable.as_str(), term_of(parameter, &value)?));
        }
        Ok(bind(self.text, &bindings))
    }
}

/// The term that a parameter's value is.
fn term_of(parameter: &Parameter, value: &str) -> Result<Term, String> {
    use oxigraph::model::{Literal, NamedNode, vocab::xsd};
    let name = &parameter.name;
    Ok(match parameter.kind {
        ParameterType::Iri => NamedNode::new(value).map_err(|error| format!("参数 {name} 应为 IRI: {error}"))?.into(),
        ParameterType::Text => Literal::new_simple_literal(value).into(),
        ParameterType::Integer => {
            value.parse::<i64>().map_err(|_| format!("参数 {name} 应为整数 (an integer): {value}"))?;
            Literal::new_typed_literal(value, xsd::INTEGER).into()
        }
        ParameterType::Date => {
            let shaped = value.len() == 10
                && value
                    .bytes()
                    .enumerate()
                    .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
            if !shaped {
                return Err(format!("参数 {name} 应为日期 (a date) YYYY-MM-DD: {value}"));
            }
            Literal::new_typed_literal(value, xsd::DATE).into()
        }
    })
}

/// The variables of a query that are parameters: `?_…`, outside comments.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| {
        line.match_indices("?_").map(move |(at, _)| {
            let rest = &line[at + 1..];
            &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
        })
    })
}

/// Replaces each parameter variable by its term, written as SPARQL writes terms: what is in the value can't
/// become anything else of the query. O(length of the text).
#[must_use]
pub fn bind(text: &str, parameters: &[(&str, Term)]) -> String {
    let mut bound = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("?_") {
        bound.push_str(&rest[..at]);
        let variable = &rest[at + 1..];
        let length = variable.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(variable.len());
        match parameters.iter().find(|(name, _)| *name == &variable[..length]) {
            Some((_, term)) => bound.push_str(&term.to_string()),
            None => bound.push_str(&rest[at..at + 1 + length]),
        }
        rest = &variable[length..];
    }
    bound.push_str(rest);
    bound
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn a_value_can_not_break_out_of_its_term() {
        let hostile = Literal::new_simple_literal("\" } INSERT { ?s ?p ?o } #").into();
        let bound = bind("SELECT * { ?s ?p ?_q . ?s ?p ?_quite }", &[("_q", hostile)]);
        assert_eq!(bound, r#"SELECT * { ?s ?p "\" } INSERT { ?s ?p ?o } #" . ?s ?p ?_quite }"#);
    }

    #[test]
    fn every_query_has_a_summary_and_parses_with_its_defaults() {
        for query in CATALOGUE {
            assert!(query.summary().contains(" / "), "{}: summary in Chinese and English", query.name);
            let text = query.bound(&[], crate::model::IriScheme::DEFAULT_BASE).unwrap();
            let parsed = oxigraph::sparql::SparqlEvaluator::new().parse_query(&text);
            assert!(parsed.is_ok(), "{}: {:?}", query.name, parsed.err());
        }
    }
}
