//! Answers as JSON, or with `callback` as a script that hands the JSON to a function (JSONP), which older clients
//! need.

use super::bad;
use crate::serve::{error::ApiError, params::Params};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

/// How the client wants its answers.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    callback: Option<String>,
}

/// Longer names are no functions.
const LONGEST: usize = 128;

impl Answer {
    /// # Errors
    /// When `callback` is no name of a function.
    pub(super) fn of(params: &Params) -> Result<Self, ApiError> {
        let callback = params.get("callback").map(str::to_owned);
        let is_name = |name: &String| {
            name.len() <= LONGEST
                && name.split('.').all(|part| {
                    part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
                        && part.starts_with(|c: char| !c.is_ascii_digit())
                })
        };
        match callback {
            Some(name) if !is_name(&name) => {
                Err(bad(format!("callback={name}：应为函数名。 It must be the name of a function.")))
            }
            callback => Ok(Self { callback }),
        }
    }

    /// # Errors
    /// When a value is no JSON.
    pub(super) fn with(&self, value: &impl Serialize) -> Result<Response, ApiError> {
        let json = serde_json::to_string(value)
            .map_err(|error| ApiError::new(crate::serve::error::Fault::Failed, error.to_string()))?;
        let (media_type, text) = match &self.callback {
            // The comment keeps what is called from being the first bytes of the file.
            Some(name) => ("text/javascript; charset=utf-8", format!("/**/{name}({json});")),
            None => ("application/json", json),
        };
        Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(media_type))], text).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_is_a_name_and_nothing_else() {
        for (callback, is_name) in [
            ("jsonp123", true),
            ("jQuery.fn._a$1", true),
            ("", true),
            ("1a", false),
            ("a..b", false),
            ("alert(1)//", false),
            ("a;b", false),
            ("名", false),
        ] {
            let params = Params::parse(&format!("callback={callback}")).unwrap();
            assert_eq!(Answer::of(&params).is_ok(), is_name, "{callback}");
        }
    }
}
