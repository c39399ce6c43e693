//! What is sent to be stored. What is long is put down on the disk while it comes, and read from there triple by
//! triple: no writer waits for a slow client, and memory does not grow with what is sent.

use super::{
    error::{ApiError, Fault},
    state::AppState,
};
use crate::{query::triples_read, store::Scratch};
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{FromRequest as _, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use oxrdf::Triple;
use std::{
    future::poll_fn,
    io::{self, Cursor, Read, Write as _},
    pin::Pin,
};

/// How much is held before it is put down.
const HELD: usize = 1 << 20;

/// A document that was sent.
pub(super) struct Document {
    media_type: String,
    content: Box<dyn Read + Send>,
}

impl Document {
    /// Its triples, as they are read; the last may be what is wrong with it.
    pub(super) fn triples(self, base: &str) -> Box<dyn Iterator<Item = Result<Triple, ApiError>>> {
        match triples_read(self.content, &self.media_type, base) {
            Ok(triples) => Box::new(triples.map(|triple| triple.map_err(ApiError::from))),
            Err(error) => Box::new(std::iter::once(Err(error.into()))),
        }
    }
}

/// What was sent: a document, or the parts of a form.
///
/// # Errors
/// When it is too large, or breaks off.
pub(super) async fn documents(state: &AppState, request: Request) -> Result<Vec<Document>, ApiError> {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = media_type.unwrap_or_default().to_owned();
    if !media_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        let mut body = request.into_body();
        let most = state.settings().most_body;
        let (mut spool, mut length) = (Spool::default(), 0);
        while let Some(piece) = next(&mut body).await? {
            length += piece.len();
            if length > most {
                // Whoever is still sending does not listen: a little too much is read to its end.
                while length <= 2 * most
                    && let Some(piece) = next(&mut body).await?
                {
                    length += piece.len();
                }
                return Err(too_large(most));
            }
            spool.add(state, &piece).await?;
        }
        return Ok(vec![Document { media_type, content: spool.done().await? }]);
    }
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|error| ApiError::new(Fault::BadRequest, error.body_text()))?;
    let broken = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(state.settings().most_body),
        _ => ApiError::new(Fault::BadRequest, error.body_text()),
    };
    let mut documents = Vec::new();
    while let Some(mut field) = multipart.next_field().await.map_err(broken)? {
        let media_type = field.content_type().unwrap_or_default().to_owned();
        let mut spool = Spool::default();
        while let Some(piece) = field.chunk().await.map_err(broken)? {
            spool.add(state, &piece).await?;
        }
        documents.push(Document { media_type, content: spool.done().await? });
    }
    Ok(documents)
}

fn too_large(most: usize) -> ApiError {
    let most = most >> 20;
    ApiError::new(Fault::TooLarge, format!("至多 {most} MiB（--max-request）。 At most {most} MiB (--max-request)."))
}

/// The next piece of a body.
async fn next(body: &mut Body) -> Result<Option<Bytes>, ApiError> {
    while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
        let broken = |error| ApiError::new(Fault::BadRequest, format!("没有收完 (it broke off): {error}"));
        // What is no data are trailers.
        if let Ok(data) = frame.map_err(broken)?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

/// What has come so far: in memory while it is little, then on the disk.
#[derive(Default)]
struct Spool {
    held: Vec<u8>,
    scratch: Option<Scratch>,
}

impl Spool {
    async fn add(&mut self, state: &AppState, piece: &[u8]) -> Result<(), ApiError> {
        self.held.extend_from_slice(piece);
        if self.held.len() < HELD {
            return Ok(());
        }
        let (held, scratch, state) = (std::mem::take(&mut self.held), self.scratch.take(), state.clone());
        let put_down = move || -> io::Result<Scratch> {
            let mut scratch = match scratch {
                Some(scratch) => scratch,
                None => state.store().scratch()?,
            };
            scratch.write_all(&held)?;
            Ok(scratch)
        };
        self.scratch = Some(blocking(put_down).await?);
        Ok(())
    }

    async fn done(self) -> Result<Box<dyn Read + Send>, ApiError> {
        let Some(mut scratch) = self.scratch else { return Ok(Box::new(Cursor::new(self.held))) };
        let read = blocking(move || {
            scratch.write_all(&self.held)?;
            scratch.read()
        });
        Ok(Box::new(read.await?))
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, ApiError> {
    let failed = |error: String| ApiError::new(Fault::Failed, error);
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| failed(error.to_string()))?;
    done.map_err(|error| failed(error.to_string()))
}
