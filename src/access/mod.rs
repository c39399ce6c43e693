//! Who may do what: roles, tokens, the log of who wrote what, and that of queries. Tokens and the log of writes lie in
//! the folder of the store beside the graph, never in it, and so in no query, page or dump.

mod audit;
mod file;
mod line;
mod queries;

pub use audit::{Entry, Noted};
pub use line::now;
pub use queries::{QueryLine, QueryLog, redacted};

use crate::model::sha256;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    fs::File,
    io,
    path::{Path, PathBuf},
    str::FromStr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use subtle::ConstantTimeEq as _;

/// What somebody may do; each may do what those before may.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read, where reading is not open to anybody.
    Reader,
    /// Decide on claims.
    Reviewer,
    /// Write graphs beside the layers.
    Writer,
    /// All there is.
    Admin,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Reviewer, Self::Writer, Self::Admin];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Writer => "writer",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::name).join(" ");
        let found = Self::ALL.into_iter().find(|role| role.name() == name);
        found.ok_or_else(|| format!("没有角色 {name}; 可用 (known roles): {}", known()))
    }
}

/// A token as it is kept: its hash, not itself.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Token {
    /// What the log calls its holder.
    pub id: String,
    /// What people call its holder.
    pub name: String,
    /// What its holder may do.
    pub role: Role,
    /// When it was made.
    pub created: String,
    /// SHA-256 of the token. It is 256 random bits: nothing to guess, so nothing to salt or to slow down.
    sha256: String,
}

/// What can go wrong with tokens and the log.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// The folder holds no store.
    #[error("{0}: 这里没有政脉库 (no store here); 先运行 (first run) zhengmai ingest PATH --store {0}")]
    Missing(PathBuf),
    /// The file system refused.
    #[error("{path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// The file of tokens was damaged.
    #[error("{path}: 令牌文件损坏 (the file of tokens is damaged): {error}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// The system gave no random bits.
    #[error("系统没有给出随机数 (no random bits): {0}")]
    Random(String),
}

/// The tokens and the log of a store. A server sees what the command line changes beside it.
#[derive(Debug)]
pub struct Access {
    folder: Option<PathBuf>,
    /// Tokens that no folder keeps.
    unkept: Mutex<Arc<[Token]>>,
    /// Those that were last read from the folder.
    read: Mutex<Option<(file::Stamp, Arc<[Token]>)>>,
}

impl Access {
    /// Those of a store in a folder.
    ///
    /// # Errors
    /// When there is no store, or its tokens can't be read.
    pub fn open(store: &Path) -> Result<Self, AccessError> {
        if !store.join("zhengmai.store").exists() {
            return Err(AccessError::Missing(store.to_owned()));
        }
        let access = Self { folder: Some(store.to_owned()), ..Self::in_memory() };
        access.tokens()?;
        Ok(access)
    }

    /// None but those that are made later, and no log: for a store that ends with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { folder: None, unkept: Mutex::default(), read: Mutex::default() }
    }

    fn path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("tokens.json"))
    }

    /// Every token.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn tokens(&self) -> Result<Arc<[Token]>, AccessError> {
        let Some(path) = self.path() else { return Ok(Arc::clone(&locked(&self.unkept))) };
        let Some(stamp) = file::Stamp::of(&path)? else { return Ok(Arc::default()) };
        if let Some((known, tokens)) = &*locked(&self.read)
            && *known == stamp
        {
            return Ok(Arc::clone(tokens));
        }
        let tokens: Arc<[Token]> = file::read(&path)?.into();
        // By a time within the clock's grain a change would go unseen.
        *locked(&self.read) = stamp.is_settled().then(|| (stamp, Arc::clone(&tokens)));
        Ok(tokens)
    }

    /// The token that somebody shows, if it is one of these. All are compared, in constant time.
    ///
    /// # Errors
    /// When the tokens can't be read.
    pub fn holder(&self, shown: &str) -> Result<Option<Token>, AccessError> {
        let hash = sha256(shown.as_bytes());
        let mut holder = None;
        let tokens = self.tokens()?;
        for token in tokens.iter() {
            if bool::from(token.sha256.as_bytes().ct_eq(hash.as_bytes())) {
                holder = Some(token);
            }
        }
        Ok(holder.cloned())
    }

    /// Makes a token. This is the only time that it can be seen.
    ///
    /// # Errors
    /// When it can't be kept.
    pub fn create(&self, role: Role, name: &str) -> Result<(Token, String), AccessError> {
        let shown = format!("zm_{}", random(32)?);
        let token = Token {
            id: format!("t-{}", random(6)?),
            name: name.to_owned(),
            role,
            created: now(),
            sha256: sha256(shown.as_bytes()),
        };
        self.change(|tokens| tokens.push(token.clone()))?;
        Ok((token, shown))
    }

    /// Takes a token back. Whether there was one.
    ///
    /// # Errors
    /// When the change can't be kept.
    pub fn revoke(&self, id: &str) -> Result<bool, AccessError> {
        let mut was_there = false;
        self.change(|tokens| {
            let before = tokens.len();
            tokens.retain(|token| token.id != id);
            was_there = tokens.len() < before;
        })?;
        Ok(was_there)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Token>)) -> Result<(), AccessError> {
        let lock = self.folder.as_ref().map(|folder| file::lock(&folder.join("tokens.lock"))).transpose()?;
        let mut tokens = self.tokens()?.to_vec();
        change(&mut tokens);
        if let Some(path) = self.path() {
            file::write(&path, &tokens)?;
        } else {
            *locked(&self.unkept) = tokens.into();
        }
        drop::<Option<File>>(lock);
        Ok(())
    }
}

/// What is kept is replaced whole, so that a panic leaves nothing half done.
fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Random bits, in hexadecimal.
fn random(bytes: usize) -> Result<String, AccessError> {
    let mut bits = vec![0; bytes];
    getrandom::fill(&mut bits).map_err(|error| AccessError::Random(error.to_string()))?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_token_is_known_by_itself_until_it_is_revoked() {
        let access = Access::in_memory();
        let (writer, shown) = access.create(Role::Writer, "张三").unwrap();
        let (_, other) = access.create(Role::Reader, "李四").unwrap();
        assert_ne!(shown, other);
        assert_eq!(
            access.holder(&shown).unwrap().map(|token| (token.id, token.role)),
            Some((writer.id.clone(), Role::Writer))
        );
        for wrong in ["", "zm_", &shown[..shown.len() - 1], &format!("{shown}0"), &writer.id] {
            assert!(access.holder(wrong).unwrap().is_none(), "{wrong}");
        }
        assert!(access.revoke(&writer.id).unwrap() && !access.revoke(&writer.id).unwrap());
        assert!(access.holder(&shown).unwrap().is_none() && access.holder(&other).unwrap().is_some());
    }

    #[test]
    fn what_one_process_changes_another_sees_and_no_file_holds_the_token() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Access::open(folder.path()), Err(AccessError::Missing(_))));
        fs::write(folder.path().join("zhengmai.store"), "").unwrap();
        let (server, command) = (Access::open(folder.path()).unwrap(), Access::open(folder.path()).unwrap());
        let (token, shown) = command.create(Role::Admin, "值班").unwrap();
        assert_eq!(server.holder(&shown).unwrap().map(|token| token.role), Some(Role::Admin));
        let kept = fs::read_to_string(folder.path().join("tokens.json")).unwrap();
        assert!(kept.contains("值班") && !kept.contains(&shown));
        assert!(command.revoke(&token.id).unwrap());
        assert!(server.holder(&shown).unwrap().is_none());
    }

    #[test]
    fn roles_have_an_order_and_names() {
        assert!(Role::Reader < Role::Reviewer && Role::Reviewer < Role::Writer && Role::Writer < Role::Admin);
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
        }
        assert!("root".parse::<Role>().is_err());
    }
}
