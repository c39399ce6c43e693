//! 问题目录 (the catalogue): the files of `queries/`, each a question with a summary and parameters
//! (grlc's decorators: <https://github.com/CLARIAH/grlc>).

use oxigraph::model::Term;
use oxsdatatypes::Date;

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

impl ParameterType {
    /// What a value must be, in Chinese and English.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Iri => "IRI (absolute)",
            Self::Text => "文字 (text)",
            Self::Integer => "整数 (an integer)",
            Self::Date => "日期 (a date) YYYY-MM-DD",
        }
    }

    /// Its name for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Iri => "iri",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Date => "date",
        }
    }
}

/// A parameter that a query does not have, or a value that it can't take.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// There is no such parameter.
    #[error("没有参数 (no parameter) {name}; 可用 (known): {known}")]
    Unknown {
        /// The name that was given.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The value is of another type.
    #[error("参数 {name} 应为{}: {value}", .kind.words())]
    Mistyped {
        /// The parameter.
        name: String,
        /// What it must be.
        kind: ParameterType,
        /// What was given.
        value: String,
    },
    /// Two values for one parameter.
    #[error("参数 {0} 给了不止一次 (the parameter is given more than once)")]
    Repeated(String),
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

    /// What it is about: the words of its `tags`.
    #[must_use]
    pub fn tags(&self) -> Vec<&'static str> {
        self.list("tags").collect()
    }

    /// The columns of its answer, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match spargebra::SparqlParser::new().parse_query(self.text) {
            Ok(spargebra::Query::Select { pattern, .. }) => super::page::columns(&pattern),
            _ => Vec::new(),
        }
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

    /// The items of a decorator that is a list.
    fn list(&self, name: &str) -> impl Iterator<Item = &'static str> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("#+").map(str::trim));
        let heading = format!("{name}:");
        lines.skip_while(move |line| *line != heading).skip(1).map_while(|line| line.strip_prefix("- "))
    }

    fn default_of(&self, name: &str) -> Option<String> {
        let value = self.list("defaults").find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        Some(value.trim().trim_matches('"').to_owned())
    }

    /// A default as a store has it: an IRI below the default base is moved below `base`.
    #[must_use]
    pub fn default_in(parameter: &Parameter, base: &str) -> Option<String> {
        let value = parameter.default.as_ref()?;
        Some(value.replacen(crate::model::IriScheme::DEFAULT_BASE, base, 1))
    }

    /// The text with its parameters bound: to `given` (name, value), else to their defaults
    /// ([`default_in`](Self::default_in)). An empty value leaves a parameter open: any will do.
    ///
    /// # Errors
    /// Says which value does not fit its parameter, or which name is none.
    pub fn bound(&self, given: &[(String, String)], base: &str) -> Result<String, ParameterError> {
        let parameters = self.parameters();
        for (at, (name, _)) in given.iter().enumerate() {
            if !parameters.iter().any(|known| known.name == *name) {
                let known: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                return Err(ParameterError::Unknown { name: name.clone(), known: known.join(" ") });
            }
            if given[..at].iter().any(|(before, _)| before == name) {
                return Err(ParameterError::Repeated(name.clone()));
            }
        }
        let mut bindings: Vec<(&str, Term)> = Vec::new();
        for parameter in &parameters {
            let value = given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.clone());
            let value = value.or_else(|| Self::default_in(parameter, base)).filter(|value| !value.is_empty());
            if let Some(value) = value {
                bindings.push((parameter.variable.as_str(), term_of(parameter, &value)?));
            }
        }
        Ok(bind(self.text, &bindings))
    }
}

/// The term that a parameter's value is.
fn term_of(parameter: &Parameter, value: &str) -> Result<Term, ParameterError> {
    use oxigraph::model::{Literal, NamedNode, vocab::xsd};
    let mistyped =
        || ParameterError::Mistyped { name: parameter.name.clone(), kind: parameter.kind, value: value.to_owned() };
    Ok(match parameter.kind {
        ParameterType::Iri => NamedNode::new(value).map_err(|_| mistyped())?.into(),
        ParameterType::Text => Literal::new_simple_literal(value).into(),
        ParameterType::Integer => {
            let number: i64 = value.parse().map_err(|_| mistyped())?;
            Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into()
        }
        ParameterType::Date => {
            let date = date_of(value).ok_or_else(mistyped)?;
            Literal::new_typed_literal(date.to_string(), xsd::DATE).into()
        }
    })
}

/// A day written as YYYY-MM-DD that there is, in any year of four digits; without a time zone.
fn date_of(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
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
    fn a_date_is_a_day_that_there_is() {
        for (text, is_date) in [
            ("2021-12-31", true),
            ("2024-02-29", true),
            ("8355-10-22", true),
            ("0001-01-01", true),
            ("2023-02-29", false),
            ("2021-13-01", false),
            ("2021-1-01", false),
            ("2021-12", false),
            ("20211-2-3", false),
            ("+021-12-31", false),
            ("-021-12-31", false),
            ("2021-12-1Z", false),
            ("2021-12-31-", false),
            ("今天", false),
        ] {
            assert_eq!(date_of(text).is_some(), is_date, "{text}");
        }
    }

    #[test]
    fn the_decorators_are_those_that_grlc_knows() {
        for query in CATALOGUE {
            let mut names = Vec::new();
            for line in query.text.lines().filter_map(|line| line.strip_prefix("#+ ")) {
                match line.trim_start().strip_prefix("- ") {
                    Some(item) => assert!(!item.is_empty(), "{}: {line}", query.name),
                    None => names.extend(line.split_once(':').map(|(name, _)| name)),
                }
            }
            let parameters = query.parameters();
            let mut expected = vec!["summary", "description", "endpoint", "tags", "method"];
            let has_default = parameters.iter().any(|parameter| parameter.default.is_some());
            expected.extend(has_default.then_some("defaults"));
            assert_eq!(names, expected, "{}", query.name);
            for given in query.list("defaults").filter_map(|item| item.split_once(':')) {
                assert!(parameters.iter().any(|known| known.name == given.0), "{}: {}", query.name, given.0);
            }
            assert!(!query.tags().is_empty() && !query.columns().is_empty(), "{}", query.name);
        }
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
