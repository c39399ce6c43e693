//! Settings from outside the command line: the file `zhengmai.toml` and the environment. What settings there are is
//! for the command line to say; here stand the names they go by, and what a file of them may look like.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
};

/// The file that is read where nobody names another, in the folder that the program runs in.
pub const USUAL_FILE: &str = "zhengmai.toml";

/// The variable that names the file.
pub const FILE_VARIABLE: &str = "ZHENGMAI_CONFIG";

/// A file of settings that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It can't be read.
    #[error("{path}: 设置文件无法读取 (cannot read the file of settings): {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// It is no TOML.
    #[error("{path}: 不是 TOML (not TOML): {error}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where, and what.
        error: Box<toml::de::Error>,
    },
    /// It has a key that is none.
    #[error("{path}:{line}: 没有设置 (no setting) {key}{}; 全部见 (all of them) zhengmai config", perhaps(.near.as_deref()))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The line, counting from 1.
        line: usize,
        /// The key.
        key: String,
        /// The setting that may have been meant.
        near: Option<String>,
    },
    /// A setting that can't be so.
    #[error("{path}:{line}: {key}: {message}")]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, counting from 1.
        line: usize,
        /// The key.
        key: String,
        /// What is wrong.
        message: String,
    },
}

fn perhaps(key: Option<&str>) -> String {
    key.map(|key| format!(", 是不是 (perhaps) {key}")).unwrap_or_default()
}

/// A file of settings: key → value, as the command line takes it.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    text: String,
    values: BTreeMap<String, String>,
}

impl File {
    /// The file that is named, else that of the environment, else the usual one where it is there.
    ///
    /// # Errors
    /// When there is none where one is named, or it is no file of settings.
    pub fn find(named: Option<PathBuf>) -> Result<Option<Self>, ConfigError> {
        let named = named.or_else(|| env::var_os(FILE_VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from));
        match named {
            Some(path) => Self::read(&path).map(Some),
            None if Path::new(USUAL_FILE).exists() => Self::read(Path::new(USUAL_FILE)).map(Some),
            None => Ok(None),
        }
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text =
            fs::read_to_string(path).map_err(|error| ConfigError::Unreadable { path: path.to_owned(), error })?;
        Self::parse(path, text)
    }

    /// A file of this text.
    ///
    /// # Errors
    /// When it is no TOML, or a value is neither text, a number, nor true or false.
    pub fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        let table: toml::Table =
            text.parse().map_err(|error| ConfigError::Syntax { path: path.to_owned(), error: Box::new(error) })?;
        let mut file = Self { path: path.to_owned(), text, values: BTreeMap::new() };
        for (key, value) in table {
            let several = |values: &[toml::Value]| {
                let texts: Option<Vec<&str>> = values.iter().map(toml::Value::as_str).collect();
                texts.map(|texts| texts.join(","))
            };
            let value = match value {
                toml::Value::Array(values) if several(&values).is_some() => several(&values).unwrap_or_default(),
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(yes) => yes.to_string(),
                other => {
                    let message = format!(
                        "应为文字、整数或 true/false, 不是 (must be text, an integer or a boolean, not) {}",
                        other.type_str()
                    );
                    return Err(file.wrong(&key, message));
                }
            };
            file.values.insert(key, value);
        }
        Ok(file)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Every key with its value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// That every key is a setting.
    ///
    /// # Errors
    /// Names the first that is none, with the setting that may have been meant.
    pub fn check<'a>(&self, known: impl Iterator<Item = &'a str> + Clone) -> Result<(), ConfigError> {
        let Some(key) = self.values.keys().find(|key| known.clone().all(|known| known != key.as_str())) else {
            return Ok(());
        };
        let distances = known.map(|known| (distance(key, known), known));
        // Half of it may be wrong before it is another word.
        let nearest = distances.min().filter(|(distance, known)| *distance * 2 <= known.len());
        Err(ConfigError::Unknown {
            path: self.path.clone(),
            line: self.line(key),
            near: nearest.map(|(_, known)| known.to_owned()),
            key: key.clone(),
        })
    }

    /// That a value can't be so, with its place.
    #[must_use]
    pub fn wrong(&self, key: &str, message: String) -> ConfigError {
        ConfigError::Value { path: self.path.clone(), line: self.line(key), key: key.to_owned(), message }
    }

    fn line(&self, key: &str) -> usize {
        let is_of = |line: &str| {
            let name = line.split(['=', '.', ']']).next().unwrap_or_default();
            name.trim_matches(|c: char| c.is_whitespace() || "\"'[".contains(c)) == key
        };
        self.text.lines().position(is_of).map_or(1, |at| at + 1)
    }
}

/// The variable of a setting: `query-timeout` is `ZHENGMAI_QUERY_TIMEOUT`.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("ZHENGMAI_{}", key.to_uppercase().replace('-', "_"))
}

/// Whether the value of a setting is for nobody to see.
#[must_use]
pub fn is_secret(key: &str) -> bool {
    key.split('-').any(|word| matches!(word, "token" | "secret" | "password"))
}

/// How many letters are to be put in, left out or changed to make one word the other. O(length²).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<File, ConfigError> {
        File::parse(Path::new("z.toml"), text.to_owned())
    }

    #[test]
    fn values_are_taken_as_the_command_line_takes_them() {
        let file =
            file("bind = '0.0.0.0:80'\nquery-timeout = 10\nhosts = ['a', 'b:1']\nallow-update = true\n").unwrap();
        let all: Vec<_> = file.iter().collect();
        assert_eq!(
            all,
            [("allow-update", "true"), ("bind", "0.0.0.0:80"), ("hosts", "a,b:1"), ("query-timeout", "10")]
        );
        assert_eq!((file.get("bind"), file.get("store")), (Some("0.0.0.0:80"), None));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, words) in [
            ("bind = \n", "z.toml: 不是 TOML"),
            ("# 注\nqery-timeout = 1", "z.toml:2: 没有设置 (no setting) qery-timeout, 是不是 (perhaps) query-timeout"),
            ("query_timeout = 1", "是不是 (perhaps) query-timeout"),
            ("colour = 1", "没有设置 (no setting) colour; 全部"),
            ("\n[serve]\nbind = 'x'", "z.toml:2: serve: 应为文字"),
            ("bind = [1]", "z.toml:1: bind: 应为文字"),
            ("bind = {}", "z.toml:1: bind: 应为文字"),
        ] {
            let known = ["bind", "query-timeout", "store"];
            let error = file(text).and_then(|file| file.check(known.into_iter())).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn words_are_as_far_apart_as_letters_differ() {
        for (one, other, letters) in [
            ("", "", 0),
            ("bind", "bind", 0),
            ("bnid", "bind", 2),
            ("bin", "bind", 1),
            ("", "ab", 2),
            ("store", "stone", 1),
        ] {
            assert_eq!((distance(one, other), distance(other, one)), (letters, letters), "{one} {other}");
        }
    }

    #[test]
    fn a_key_has_a_variable_and_some_are_secret() {
        assert_eq!(variable("query-timeout"), "ZHENGMAI_QUERY_TIMEOUT");
        assert!(is_secret("token") && is_secret("admin-token") && !is_secret("tokens") && !is_secret("bind"));
    }
}
