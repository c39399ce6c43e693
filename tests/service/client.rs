//! A client that shows what came, and does not follow, decode or mend anything unless told to.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};
use ureq::{Agent, http::Response as Raw};

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The values of a header, joined.
    pub(super) fn header(&self, name: &str) -> String {
        let values = self.headers.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// A client of one server.
#[derive(Clone, Debug)]
pub(super) struct Client {
    address: SocketAddr,
    agent: Agent,
}

impl Client {
    pub(super) fn new(address: SocketAddr) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .accept_encoding("identity")
            .allow_non_standard_methods(true)
            .build();
        Self { address, agent: config.into() }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{}", self.address, encoded(path))
    }

    pub(super) fn get(&self, path: &str, accept: &str) -> Answer {
        answer(self.agent.get(self.url(path)).header("accept", accept).call())
    }

    pub(super) fn head(&self, path: &str, accept: &str) -> Answer {
        answer(self.agent.head(self.url(path)).header("accept", accept).call())
    }

    /// With gzip allowed; the client decodes it.
    pub(super) fn get_compressed(&self, path: &str) -> Answer {
        answer(self.agent.get(self.url(path)).header("accept-encoding", "gzip").call())
    }

    pub(super) fn post(&self, path: &str, content_type: &str, accept: &str, body: &[u8]) -> Answer {
        let request = self.agent.post(self.url(path)).header("content-type", content_type).header("accept", accept);
        answer(request.send(body))
    }

    /// With any method, any headers.
    pub(super) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(self.agent.run(request.body(body).expect("a request")))
    }

    /// Sends the beginning of a request and goes.
    pub(super) fn raw_half(&self, request: &[u8]) {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.write_all(request).expect("a request sent");
    }

    /// Sends bytes as they are and returns what comes until the connection ends.
    pub(super) fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        stream.write_all(request).expect("a request sent");
        let mut answer = Vec::new();
        // A connection that is broken off ends too.
        let _ = stream.read_to_end(&mut answer);
        answer
    }
}

fn answer(response: Result<Raw<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.expect("an answer");
    let header = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().iter().map(header).collect(),
        body: response.body_mut().with_config().limit(1 << 30).read_to_vec().expect("a body"),
    }
}

/// A value with every byte encoded.
pub(super) fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| format!("{encoded}%{byte:02X}"))
}

/// A path as a browser sends it.
pub(super) fn encoded(path: &str) -> String {
    let mut encoded = String::new();
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
        if is_plain {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
