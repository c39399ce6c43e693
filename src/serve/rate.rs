//! How much one client may take: an account that is filled evenly and charged with what answers cost, in seconds of
//! evaluation. It may run into debt, since nobody knows beforehand what a query costs; who is in debt waits (429).

use super::error::{ApiError, Fault};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// What every request costs.
pub(super) const REQUEST: Duration = Duration::from_millis(10);

/// What a token that is none costs: guessing is slow.
pub(super) const WRONG_TOKEN: Duration = Duration::from_secs(1);

/// How many bytes of an answer cost as much as a second of evaluation.
const BYTES: f64 = 16.0 * 1024.0 * 1024.0;

/// How many accounts are kept before those that are full are given up.
const KEPT: usize = 10_000;

/// Whose account it is.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Client {
    /// The holder of a token, by its id.
    Token(String),
    /// An address of IPv4, or the network of 64 bits that an address of IPv6 belongs to.
    Address(IpAddr),
}

impl Client {
    /// Whoever is at an address.
    pub(super) fn at(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address @ IpAddr::V4(_) => address,
        })
    }
}

/// The address that a request comes from. What a trusted proxy says of it counts (`X-Forwarded-For`, its last entry
/// that is no trusted proxy), what anybody else says does not.
pub(super) fn address(peer: IpAddr, trusted: &[IpAddr], headers: &HeaderMap) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(&peer) {
        return peer;
    }
    let said = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let said: Vec<&str> = said.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut told =
        said.iter().rev().map_while(|text| text.parse::<IpAddr>().ok()).map(|address| address.to_canonical());
    told.find(|address| !trusted.contains(address)).unwrap_or(peer)
}

#[derive(Clone, Copy, Debug)]
struct Account {
    /// Seconds of evaluation; less than none is debt.
    left: f64,
    at: Instant,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Standing {
    left: f64,
    /// How long until it is full again.
    full_in: Duration,
}

/// The accounts of all clients.
#[derive(Debug)]
pub(super) struct Rates {
    /// What an account holds at most, and what is filled in within a minute.
    per_minute: f64,
    accounts: Mutex<BTreeMap<Client, Account>>,
}

impl Rates {
    /// Accounts of so many seconds of evaluation a minute.
    pub(super) fn new(per_minute: u32) -> Self {
        Self { per_minute: per_minute.into(), accounts: Mutex::default() }
    }

    fn accounts(&self) -> MutexGuard<'_, BTreeMap<Client, Account>> {
        // An account is whole at any time.
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a client stands.
    pub(super) fn standing(&self, client: &Client, now: Instant) -> Standing {
        let account = self.accounts().get(client).map(|account| self.filled(*account, now));
        let left = account.map_or(self.per_minute, |account| account.left);
        Standing { left, full_in: self.filling(self.per_minute - left) }
    }

    /// How long it takes until so much has been filled in.
    fn filling(&self, seconds: f64) -> Duration {
        Duration::from_secs_f64((seconds / self.per_minute * 60.0).max(0.0))
    }

    /// That a client who stands so may ask.
    ///
    /// # Errors
    /// When it is in debt: until when.
    pub(super) fn allow(&self, standing: Standing) -> Result<(), ApiError> {
        if standing.left > 0.0 {
            return Ok(());
        }
        let wait = self.filling(-standing.left).as_secs() + 1;
        let detail = format!(
            "用量已满：每分钟 {0} 秒运算，{wait} 秒后再来。 Used up: {0} s of evaluation a minute; come again in {wait} s.",
            self.per_minute
        );
        Err(ApiError { retry_after: Some(wait), ..ApiError::new(Fault::TooMany, detail) })
    }

    /// Charges a client with what it was answered.
    pub(super) fn charge(&self, client: &Client, took: Duration, bytes: u64, now: Instant) {
        #[expect(clippy::cast_precision_loss, reason = "a cost need not be exact to the byte")]
        let cost = took.as_secs_f64() + bytes as f64 / BYTES;
        let mut accounts = self.accounts();
        if accounts.len() >= KEPT {
            accounts.retain(|_, account| self.filled(*account, now).left < self.per_minute);
        }
        let new = Account { left: self.per_minute, at: now };
        let account = accounts.entry(client.clone()).or_insert(new);
        *account = self.filled(*account, now);
        account.left -= cost;
    }

    fn filled(&self, account: Account, now: Instant) -> Account {
        let since = now.saturating_duration_since(account.at).as_secs_f64();
        Account { left: (account.left + since / 60.0 * self.per_minute).min(self.per_minute), at: now }
    }

    /// The headers of draft-ietf-httpapi-ratelimit-headers.
    pub(super) fn headers(&self, standing: Standing) -> [(HeaderName, Option<HeaderValue>); 2] {
        let policy = format!("\"cost\";q={};w=60", self.per_minute);
        let now = format!("\"cost\";r={:.0};t={}", standing.left.max(0.0).floor(), standing.full_in.as_secs());
        let header = |name, value: String| (HeaderName::from_static(name), HeaderValue::from_str(&value).ok());
        [header("ratelimit-policy", policy), header("ratelimit", now)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_filled_evenly_and_debt_is_waited_off() {
        let rates = Rates::new(60);
        let client = Client::at("192.0.2.1".parse().unwrap());
        let began = Instant::now();
        let at = |seconds: u64| began + Duration::from_secs(seconds);
        let left = |seconds: u64| {
            let standing = rates.standing(&client, at(seconds));
            rates.allow(standing).map(|()| standing.left.round())
        };
        assert_eq!(left(0).ok(), Some(60.0));
        rates.charge(&client, Duration::from_secs(40), 0, at(0));
        assert_eq!(left(0).ok(), Some(20.0));
        assert_eq!(left(10).ok(), Some(30.0));
        rates.charge(&client, Duration::from_secs(60), 16 << 20, at(10));
        let refused = left(10).unwrap_err();
        assert_eq!((refused.fault, refused.retry_after), (Fault::TooMany, Some(32)));
        assert!(left(32).is_err() && left(42).is_ok());
        assert_eq!(left(1000).ok(), Some(60.0));
        let other = Client::at("192.0.2.2".parse().unwrap());
        assert!(rates.allow(rates.standing(&other, at(10))).is_ok(), "each has an account of its own");
    }

    #[test]
    fn what_is_full_need_not_be_kept() {
        let rates = Rates::new(60);
        let began = Instant::now();
        for number in 0..KEPT {
            let network = IpAddr::from(Ipv6Addr::from_bits((number as u128) << 64));
            rates.charge(&Client::at(network), Duration::ZERO, 0, began);
        }
        rates.charge(&Client::Token("t-1".into()), Duration::from_secs(1), 0, began + Duration::from_secs(60));
        assert_eq!(rates.accounts().len(), 1);
    }

    #[test]
    fn an_address_is_what_a_trusted_proxy_says_and_nobody_else() {
        let trusted = ["127.0.0.1", "192.0.2.9"].map(|address| address.parse().unwrap());
        for (peer, said, address_of_client) in [
            ("198.51.100.7", "203.0.113.5", "198.51.100.7"),
            ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
            ("::ffff:127.0.0.1", "203.0.113.5", "203.0.113.5"),
            ("127.0.0.1", "10.0.0.1, 203.0.113.5, 192.0.2.9", "203.0.113.5"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "203.0.113.5, nonsense", "127.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(said));
            let found = address(peer.parse().unwrap(), &trusted, &headers);
            assert_eq!(found, address_of_client.parse::<IpAddr>().unwrap(), "{peer} {said}");
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let client = |text: &str| Client::at(text.parse().unwrap());
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:1"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
    }
}
