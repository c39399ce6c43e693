//! How much one client may take.

use super::{serving, store};
use zhengmai::{
    access::{Access, Role},
    serve::{AppState, Settings},
};

/// Limited, on loopback too; a proxy there says who comes.
fn limited(rate: u32) -> (super::client::Client, String) {
    let access = Access::in_memory();
    let (_, token) = access.create(Role::Reader, "某人").expect("a token");
    let settings = Settings {
        rate,
        is_loopback_limited: true,
        proxies: vec!["127.0.0.1".parse().expect("an address")],
        ..Settings::default()
    };
    (serving(AppState::with_access(store(), settings, access).expect("a state")), token)
}

#[test]
fn who_has_used_up_their_share_waits_and_others_do_not() {
    let (client, token) = limited(1);
    let bearer = format!("Bearer {token}");
    let ask = |from: &str, token: Option<&str>| {
        let mut headers = vec![("x-forwarded-for", from)];
        headers.extend(token.map(|token| ("authorization", token)));
        client.send("GET", "/sparql?query=ASK {}", &headers, b"")
    };
    let first = ask("198.51.100.7", None);
    assert_eq!((first.status, first.header("ratelimit-policy").as_str()), (200, "\"cost\";q=1;w=60"));
    assert!(first.header("ratelimit").starts_with("\"cost\";r="), "{}", first.header("ratelimit"));
    let refused = (0..500).map(|_| ask("198.51.100.7", None)).find(|answer| answer.status != 200).expect("a limit");
    assert_eq!((refused.status, refused.json()["code"].as_str()), (429, Some("too-many")));
    assert!(refused.header("ratelimit").starts_with("\"cost\";r=0;t="), "{}", refused.header("ratelimit"));
    let wait: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(ask("198.51.100.8", None).status, 200, "another address");
    assert_eq!(ask("198.51.100.7, 198.51.100.8", None).status, 200, "the last address is the client");
    assert_eq!(ask("198.51.100.8", Some(&bearer)).status, 200, "a token");
    for path in ["/healthz", "/assets/style.css"] {
        assert_eq!(client.send("GET", path, &[("x-forwarded-for", "198.51.100.7")], b"").status, 200, "{path}");
    }
}

#[test]
fn guessing_tokens_is_slow() {
    let (client, _) = limited(3);
    let headers = [("x-forwarded-for", "198.51.100.9"), ("authorization", "Bearer zm_0")];
    let statuses: Vec<u16> = (0..6).map(|_| client.send("GET", "/nothing", &headers, b"").status).collect();
    assert!(statuses[..3] == [401; 3] && statuses[5] == 429, "{statuses:?}");
}

#[test]
fn this_machine_is_not_limited_unless_it_is_said() {
    let client = super::start(store(), Settings { rate: 1, ..Settings::default() });
    let answers: Vec<_> = (0..150).map(|_| client.get("/sparql?query=ASK {}", "*/*")).collect();
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.header("ratelimit").is_empty()));
}
