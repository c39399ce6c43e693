//! Answers that may be long: written on a blocking thread, held back until they are whole or large, then
//! streamed. A failure before the first byte is an error with a status; one after it breaks the connection
//! off, so that no truncated answer looks whole.

use super::{
    error::{ApiError, Fault},
    state::AppState,
};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_body::Frame;
use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    time::{Instant, Sleep, sleep_until},
};

/// An answer up to this size is sent only when it is whole.
const HELD_BACK: usize = 256 * 1024;

/// Size of the pieces that travel from the thread that writes.
const PIECE: usize = 32 * 1024;

/// Pieces under way; a slow reader makes the writer wait.
const UNDER_WAY: usize = 4;

enum Message {
    MediaType(String),
    Piece(Bytes),
    Done(Result<(), ApiError>),
}

/// Where an answer is written.
pub(super) struct Pipe {
    sender: Sender<Message>,
    buffer: Vec<u8>,
}

impl Pipe {
    /// Says what the answer will be; before its first byte.
    pub(super) fn media_type(&self, media_type: &str) {
        // Nobody listens any more: the next write says so.
        let _ = self.sender.blocking_send(Message::MediaType(media_type.to_owned()));
    }

    fn send(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE)));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the client is gone");
        if piece.is_empty() { Ok(()) } else { self.sender.blocking_send(Message::Piece(piece)).map_err(gone) }
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

/// Stops the work when nobody waits for it any more.
struct Stop(Box<dyn Fn() + Send + Sync>);

impl Drop for Stop {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// Runs `write` on a blocking thread and answers with what it writes. `stop` is called when the answer is no
/// longer wanted: past the deadline, when the client is gone, and when all is sent.
///
/// # Errors
/// What `write` fails with, where nothing has been sent yet; past the deadline, a timeout.
pub(super) async fn answer(
    state: &AppState,
    deadline: Option<Instant>,
    stop: impl Fn() + Send + Sync + 'static,
    write: impl FnOnce(&AppState, &mut Pipe) -> Result<(), ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let stop = Stop(Box::new(stop));
    let (sender, mut receiver) = channel(UNDER_WAY);
    let own = state.clone();
    tokio::task::spawn_blocking(move || {
        let mut pipe = Pipe { sender: sender.clone(), buffer: Vec::new() };
        let done = write(&own, &mut pipe)
            .and_then(|()| pipe.flush().map_err(|error| ApiError::new(Fault::Failed, error.to_string())));
        let _ = sender.blocking_send(Message::Done(done));
    });
    let mut media_type = String::new();
    let mut held = Vec::new();
    loop {
        let message = match deadline {
            Some(deadline) => {
                tokio::time::timeout_at(deadline, receiver.recv()).await.map_err(|_| state.out_of_time())?
            }
            None => receiver.recv().await,
        };
        match message {
            Some(Message::MediaType(name)) => media_type = name,
            Some(Message::Piece(piece)) => {
                held.extend_from_slice(&piece);
                if held.len() > HELD_BACK {
                    let sleep = deadline.map(|deadline| Box::pin(sleep_until(deadline)));
                    let rest = Rest { first: Some(held.into()), receiver, is_done: false, sleep, _stop: stop };
                    return Ok(respond(&media_type, Body::new(rest)));
                }
            }
            Some(Message::Done(Ok(()))) => return Ok(respond(&media_type, Body::from(held))),
            Some(Message::Done(Err(error))) => return Err(error),
            // The thread ended without a word: it panicked.
            None => return Err(ApiError::new(Fault::Failed, "答案没有写完。 The answer could not be completed.")),
        }
    }
}

fn respond(media_type: &str, body: Body) -> Response {
    let mut response = body.into_response();
    if let Ok(value) = HeaderValue::from_str(media_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}

/// What is still to come of an answer.
struct Rest {
    first: Option<Bytes>,
    receiver: Receiver<Message>,
    /// All is sent. Whoever compresses asks again after the end.
    is_done: bool,
    sleep: Option<Pin<Box<Sleep>>>,
    _stop: Stop,
}

impl HttpBody for Rest {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if self.is_done {
            return Poll::Ready(None);
        }
        let broken = |words: String| {
            tracing::warn!(reason = words, "an answer was broken off");
            Poll::Ready(Some(Err(io::Error::other(words))))
        };
        let late = self.sleep.as_mut().is_some_and(|sleep| sleep.as_mut().poll(context).is_ready());
        if late {
            return broken("out of time".to_owned());
        }
        match self.receiver.poll_recv(context) {
            Poll::Ready(Some(Message::Piece(piece))) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            Poll::Ready(Some(Message::Done(Ok(())))) => {
                self.is_done = true;
                Poll::Ready(None)
            }
            Poll::Ready(Some(Message::Done(Err(error)))) => broken(error.detail),
            Poll::Ready(Some(Message::MediaType(_)) | None) => broken("the writer ended early".to_owned()),
            Poll::Pending => Poll::Pending,
        }
    }
}
