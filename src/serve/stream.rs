//! Answers that are written while they are sent: memory does not grow with them, and one that breaks off
//! is visibly broken.

use super::{error::ApiError, state::AppState};
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use futures_core::Stream;
use oxigraph::sparql::CancellationToken;
use std::{
    io::{self, Write},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};
use tokio::sync::{mpsc, oneshot};

/// What is held back before the status is settled: what fails within it is still an error response.
const HELD_BACK: usize = 256 << 10;
/// The size of a piece.
const PIECE: usize = 64 << 10;
/// Pieces of an answer under way to a slow client.
const PIECES: usize = 16;

type Opening = Arc<Mutex<Option<oneshot::Sender<Result<Response, ApiError>>>>>;

/// Answers with what `work` writes to its outlet. Up to [`HELD_BACK`] bytes are sent as a whole, more as
/// they come. When `work` fails before that, the answer is its error; after that the connection is cut
/// without the end of the body, so that no part looks whole.
pub(super) async fn streamed<F>(state: &AppState, work: F) -> Result<Response, ApiError>
where
    F: FnOnce(&AppState, &CancellationToken, Outlet) -> Result<(), ApiError> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(PIECES);
    let (opening, opened) = oneshot::channel();
    let opening: Opening = Arc::new(Mutex::new(Some(opening)));
    let outlet = Outlet {
        media_type: "application/octet-stream",
        opening: Arc::clone(&opening),
        body: Some(Body::from_stream(Pieces(receiver))),
        sender: sender.clone(),
        held: Vec::new(),
    };
    let state = state.clone();
    tokio::spawn(async move {
        let Err(error) = state.blocking(move |state, cancel| work(state, cancel, outlet)).await else { return };
        match take(&opening) {
            Some(opening) => drop(opening.send(Err(error))),
            None => drop(sender.send(Err(io::Error::other("broken off"))).await),
        }
    });
    opened.await.map_err(|_| ApiError::Internal)?
}

fn take(opening: &Opening) -> Option<oneshot::Sender<Result<Response, ApiError>>> {
    opening.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Where blocking work writes its answer.
pub(super) struct Outlet {
    /// The media type of the answer, to be set before anything is written.
    pub(super) media_type: &'static str,
    opening: Opening,
    body: Option<Body>,
    sender: mpsc::Sender<io::Result<Bytes>>,
    held: Vec<u8>,
}

impl Outlet {
    /// Answers with a page.
    pub(super) fn page(&mut self, html: &str) {
        if let Some(opening) = take(&self.opening) {
            drop(opening.send(Ok(Html(html.to_owned()).into_response())));
        }
    }

    /// The answer is whole.
    pub(super) fn finish(mut self) {
        let held = std::mem::take(&mut self.held);
        match take(&self.opening) {
            Some(opening) => drop(opening.send(Ok(typed(self.media_type, held.into())))),
            None => drop(self.sender.blocking_send(Ok(held.into()))),
        }
    }

    /// Sends what is held, opening the answer if that has not been done.
    fn send(&mut self) -> io::Result<()> {
        if let (Some(opening), Some(body)) = (take(&self.opening), self.body.take()) {
            drop(opening.send(Ok(typed(self.media_type, body))));
        }
        let held = std::mem::take(&mut self.held);
        // The receiver is gone when the client is: then the work stops.
        self.sender.blocking_send(Ok(held.into())).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        let limit = if self.body.is_some() { HELD_BACK } else { PIECE };
        if self.held.len() >= limit {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A response of a media type; text is UTF-8.
pub(super) fn typed(media_type: &'static str, body: Body) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, content_type(media_type));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    response
}

fn content_type(media_type: &'static str) -> HeaderValue {
    let is_text = media_type.starts_with("text/");
    let value = if is_text { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// The pieces of a body as they are written.
struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
