//! Parameters of a query string or of a form (`application/x-www-form-urlencoded`), repeated ones too.

use super::error::{ApiError, Fault};
use percent_encoding::percent_decode_str;

/// As far as a page may begin behind the first: beyond it nothing is held.
pub(super) const FARTHEST: usize = 1_000_000_000;

/// Parameters in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    /// Parses a query string or a form.
    ///
    /// # Errors
    /// When what is encoded is no UTF-8.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        let decode = |part: &str| {
            let spaced = part.replace('+', " ");
            let decoded = percent_decode_str(&spaced).decode_utf8().map(std::borrow::Cow::into_owned);
            decoded.map_err(|_| {
                ApiError::new(
                    Fault::BadRequest,
                    "参数不是 UTF-8 编码。请以 UTF-8 编码后再试。 A parameter is not UTF-8; encode it as UTF-8.",
                )
            })
        };
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        });
        Ok(Self(pairs.collect::<Result<_, ApiError>>()?))
    }

    /// The first value of a name; an empty one is none.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next().filter(|value| !value.trim().is_empty())
    }

    /// Every value of a name.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every name and value, in the order in which they came.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The parameters, with those of another list behind them.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The one value of a name that may stand once, empty or not.
    ///
    /// # Errors
    /// When it stands more than once.
    pub(super) fn single(&self, name: &str) -> Result<Option<&str>, ApiError> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_none() {
            return Ok(first);
        }
        let detail = format!("{name} 出现了不止一次。 {name} stands more than once.");
        Err(ApiError::new(Fault::BadRequest, detail))
    }

    /// A number between two bounds; `default` where there is none.
    ///
    /// # Errors
    /// When it is no number or out of bounds, or stands more than once.
    pub(super) fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, ApiError> {
        let Some(text) = self.single(name)? else { return Ok(default) };
        text.trim().parse().ok().filter(|number| *number <= most).ok_or_else(|| {
            let detail = format!(
                "参数 {name} 应为 0 到 {most} 的整数，收到的是“{text}”。 The parameter {name} must be an integer from 0 to {most}."
            );
            ApiError::new(Fault::BadRequest, detail)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_decoded_and_repeated_ones_kept() {
        for (text, name, values) in [
            ("q=39%E5%8F%B7", "q", vec!["39号"]),
            ("q=a+b%2Bc", "q", vec!["a b+c"]),
            ("g=1&x=2&g=3", "g", vec!["1", "3"]),
            ("q", "q", vec![""]),
            ("q=知识产权", "q", vec!["知识产权"]),
            ("", "q", vec![]),
        ] {
            let params = Params::parse(text).unwrap();
            assert_eq!(params.all(name).collect::<Vec<_>>(), values, "{text}");
        }
        assert!(Params::parse("q=%FF").is_err());
    }

    #[test]
    fn a_number_stands_once_and_is_one() {
        for (text, number) in [
            ("", Some(50)),
            ("limit=7", Some(7)),
            ("limit=%207", Some(7)),
            ("limit=100", Some(100)),
            ("limit=101", None),
            ("limit=-1", None),
            ("limit=1.5", None),
            ("limit=", None),
            ("limit", None),
            ("limit=7&limit=8", None),
        ] {
            assert_eq!(Params::parse(text).unwrap().number("limit", 50, 100).ok(), number, "{text}");
        }
    }
}
