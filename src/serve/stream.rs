//! Answers that may be long: written on a blocking thread, held back until they are whole or large, then
//! streamed. A failure before the first byte is an error with a status; one after it breaks the connection
//! off, so that no truncated answer looks whole.

use super::{
    error::{ApiError, Fault},
    job::{Ended, Job},
    state::{AppState, Waiting},
    turn::Turn,
};
use crate::query::{Stop, Watch};
use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_body::Frame;
use std::{
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::{
        mpsc::{Receiver, Sender, channel},
        oneshot,
    },
    time::{Instant, Sleep, sleep_until},
};

/// An answer up to this size is sent only when it is whole. Of a longer one the reader has the beginning as soon as it
/// is there.
const HELD_BACK: usize = 4 * 1024;

/// And with a time limit below this up to that size: what is so soon at its end is whole, or there is none of it.
const SHORT: Duration = Duration::from_secs(1);
const HELD_BACK_SHORT: usize = 1024 * 1024;

/// Size of the pieces that travel from the thread that writes.
const PIECE: usize = 32 * 1024;

/// Pieces under way; a slow reader makes the writer wait.
const UNDER_WAY: usize = 4;

/// What the thread that writes says to the one that answers: as little as can be, for each time one wakes the other.
enum Message {
    /// The beginning of an answer that is large.
    Begun(HeaderMap, Bytes),
    Piece(Bytes),
    /// The end of one that was begun.
    Done(Result<(), ApiError>),
    /// An answer that is whole, or what it failed with.
    Whole(Result<(HeaderMap, Bytes), ApiError>),
}

/// Where an answer is written.
pub(super) struct Pipe {
    sender: Sender<Message>,
    /// The headers of an answer that is not begun.
    headers: Option<HeaderMap>,
    buffer: Vec<u8>,
    /// The size at which the next piece goes.
    piece: usize,
    /// How many bytes there may still be.
    left: u64,
}

impl Pipe {
    fn new(sender: Sender<Message>, held_back: usize, most: u64) -> Self {
        Self { sender, headers: Some(HeaderMap::new()), buffer: Vec::new(), piece: held_back + 1, left: most }
    }

    /// Says what the answer will be; before its first byte.
    pub(super) fn media_type(&mut self, media_type: &str) {
        self.header(header::CONTENT_TYPE, media_type);
    }

    /// Gives the answer a header; before its first byte.
    pub(super) fn header(&mut self, name: HeaderName, value: &str) {
        if let (Some(headers), Ok(value)) = (&mut self.headers, HeaderValue::from_str(value)) {
            headers.append(name, value);
        }
    }

    fn send(&mut self) -> io::Result<()> {
        self.piece = PIECE;
        // Room for what goes beyond, so that it need not grow.
        let piece = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE + PIECE / 4)));
        let message = match self.headers.take() {
            Some(headers) => Message::Begun(headers, piece),
            None if piece.is_empty() => return Ok(()),
            None => Message::Piece(piece),
        };
        self.sender.blocking_send(message).map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "the client is gone"))
    }

    /// Says how it ended.
    fn end(mut self, written: Result<(), ApiError>) {
        let message = match self.headers.take() {
            Some(headers) => Message::Whole(written.map(|()| (headers, self.buffer.into()))),
            None => Message::Done(written),
        };
        // Whoever does not listen any more needs no word.
        let _ = self.sender.blocking_send(message);
    }
}

impl Write for Pipe {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    /// Serializers write a few bytes at a time: without the loop of the provided method.
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= self.piece { self.send() } else { Ok(()) }
    }

    /// What is held back until it is whole or large stays so.
    fn flush(&mut self) -> io::Result<()> {
        if self.headers.is_some() { Ok(()) } else { self.send() }
    }
}

/// What an answer may take.
struct Terms {
    /// When it must be done, and how long that is after the start.
    limit: Option<(Instant, Duration)>,
    bytes: u64,
}

/// Runs `write` when its turn comes, on a thread for queries, and answers with what it writes. It is stopped
/// when the answer is no longer wanted: past the deadline and when the client is gone.
///
/// # Errors
/// What `write` fails with, where nothing has been sent yet; past the deadline, a timeout.
pub(super) async fn query(
    state: &AppState,
    job: Job,
    limit: Duration,
    write: impl FnOnce(&AppState, &mut Pipe) -> Result<(), ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let deadline = Instant::now() + limit;
    let settings = state.settings();
    let watch = Watch::new(Some(deadline.into_std()), settings.most_rows);
    let turn = turn(state, &job, &watch, deadline).await?;
    let terms = Terms { limit: Some((deadline, limit)), bytes: settings.most_bytes };
    answer(state, job, terms, watch, Some(turn), write).await
}

/// As [`query`], at once and for as long as it takes: for what is simply read out.
///
/// # Errors
/// As [`query`].
pub(super) async fn copy(
    state: &AppState,
    job: Job,
    write: impl FnOnce(&AppState, &mut Pipe) -> Result<(), ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    answer(state, job, Terms { limit: None, bytes: u64::MAX }, Watch::new(None, u64::MAX), None, write).await
}

/// Does work when its turn comes, on a thread for queries, within a time limit.
///
/// # Errors
/// Those of `work`; past the deadline, a timeout, and what it would have changed has not changed.
pub(super) async fn in_turn<T: Send + 'static>(
    state: &AppState,
    job: Job,
    limit: Duration,
    work: impl FnOnce(&AppState) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let deadline = Instant::now() + limit;
    let waiting = Waiting(Watch::new(Some(deadline.into_std()), u64::MAX));
    let turn = turn(state, &job, &waiting.0, deadline).await?;
    let (sender, mut receiver) = oneshot::channel();
    let (own, watch) = (state.now(), waiting.0.clone());
    state.turns().run(move || {
        let _turn = turn;
        let began = std::time::Instant::now();
        let done = watch.within(|| work(&own));
        job.ended(&own, &watch, &Ended { took: began.elapsed(), bytes: 0, error: done.as_ref().err() });
        // Whoever does not listen any more needs no word.
        let _ = sender.send(done);
    });
    let done = if let Ok(done) = tokio::time::timeout_at(deadline, &mut receiver).await {
        done
    } else {
        waiting.0.stop(Stop::OutOfTime);
        if waiting.0.stopped().is_some() {
            return Err(ApiError::out_of_time(limit));
        }
        // It is being committed: what is answered is what happens.
        receiver.await
    };
    done.unwrap_or_else(|_| Err(ApiError::new(Fault::Failed, "没有做完。 It could not be completed.")))
}

/// Waits for a turn.
async fn turn(state: &AppState, job: &Job, watch: &Watch, deadline: Instant) -> Result<Turn, ApiError> {
    let began = Instant::now();
    let turn = state.turns().turn(watch, deadline).await;
    state.metrics().waited(began.elapsed());
    if let Err(error) = &turn {
        job.ended(state, watch, &Ended { took: Duration::ZERO, bytes: 0, error: Some(error) });
    }
    turn
}

async fn answer(
    state: &AppState,
    job: Job,
    terms: Terms,
    watch: Watch,
    turn: Option<Turn>,
    write: impl FnOnce(&AppState, &mut Pipe) -> Result<(), ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let waiting = Waiting(watch.clone());
    let receiver = start(state, job, &terms, watch, turn, write);
    collect(terms.limit, waiting, receiver).await
}

/// Starts the thread that writes.
fn start(
    state: &AppState,
    job: Job,
    terms: &Terms,
    watch: Watch,
    turn: Option<Turn>,
    write: impl FnOnce(&AppState, &mut Pipe) -> Result<(), ApiError> + Send + 'static,
) -> Receiver<Message> {
    let (sender, receiver) = channel(UNDER_WAY);
    let (own, bytes, has_turn) = (state.now(), terms.bytes, turn.is_some());
    let is_short = terms.limit.is_some_and(|(_, limit)| limit < SHORT);
    let held_back = if is_short { HELD_BACK_SHORT } else { HELD_BACK };
    let run = move || {
        // The turn ends with the work, not with the answer.
        let _turn = turn;
        let began = std::time::Instant::now();
        let mut pipe = Pipe::new(sender, held_back, bytes);
        let written = watch.within(|| {
            write(&own, &mut pipe)?;
            pipe.flush().map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
        });
        let (took, bytes) = (began.elapsed(), bytes - pipe.left);
        job.ended(&own, &watch, &Ended { took, bytes, error: written.as_ref().err() });
        pipe.end(written);
    };
    if has_turn {
        state.turns().run(run);
    } else {
        tokio::task::spawn_blocking(run);
    }
    receiver
}

/// Waits until the answer is whole or large.
async fn collect(
    limit: Option<(Instant, Duration)>,
    waiting: Waiting,
    mut receiver: Receiver<Message>,
) -> Result<Response, ApiError> {
    let message = match limit {
        Some((deadline, limit)) => tokio::time::timeout_at(deadline, receiver.recv()).await.map_err(|_| {
            waiting.0.stop(Stop::OutOfTime);
            ApiError::out_of_time(limit)
        })?,
        None => receiver.recv().await,
    };
    match message {
        Some(Message::Whole(answer)) => answer.map(|(headers, whole)| respond(headers, Body::from(whole))),
        Some(Message::Begun(headers, first)) => {
            let sleep = limit.map(|(deadline, _)| Box::pin(sleep_until(deadline)));
            let rest = Rest { first: First::Held(first), receiver, is_done: false, sleep, _waiting: waiting };
            Ok(respond(headers, Body::new(rest)))
        }
        // The thread ended without a word: it panicked.
        Some(Message::Piece(_) | Message::Done(_)) | None => {
            Err(ApiError::new(Fault::Failed, "答案没有写完。 The answer could not be completed."))
        }
    }
}

fn respond(headers: HeaderMap, body: Body) -> Response {
    let mut response = body.into_response();
    response.headers_mut().extend(headers);
    response
}

/// The beginning of an answer.
enum First {
    Held(Bytes),
    /// Given to the connection, which gathers what it is given until there is nothing more for the moment.
    Given,
    Sent,
}

/// What is still to come of an answer.
struct Rest {
    first: First,
    receiver: Receiver<Message>,
    /// All is sent. Whoever compresses asks again after the end.
    is_done: bool,
    sleep: Option<Pin<Box<Sleep>>>,
    _waiting: Waiting,
}

impl HttpBody for Rest {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match std::mem::replace(&mut self.first, First::Sent) {
            First::Held(first) => {
                self.first = First::Given;
                return Poll::Ready(Some(Ok(Frame::data(first))));
            }
            // Nothing more for the moment: so that the reader has the beginning before the rest is there.
            First::Given => {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            First::Sent => (),
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
            Poll::Ready(Some(Message::Begun(..) | Message::Whole(_)) | None) => {
                broken("the writer ended early".to_owned())
            }
            Poll::Pending => Poll::Pending,
        }
    }
}
