//! Dumps to download: everything or a layer, each a file that is written once for a state of the store, so that a
//! download can go on where it was interrupted.

use super::{
    caller::Caller,
    documents::accept,
    error::{ApiError, Fault},
    job::Job,
    negotiate::wants_page,
    pages,
    params::Params,
    ranges::{Part, part},
    state::AppState,
    stream,
};
use crate::{
    access::now,
    store::{Compression, DUMPED, Dump, ExportFormat},
};
use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    io::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// How much of a file is read at once.
const READ: usize = 64 * 1024;

/// The formats of dumps: name, suffix, media type.
const FORMATS: [(&str, &str, &str, ExportFormat); 5] = [
    ("nquads", "nq", "application/n-quads", ExportFormat::NQuads),
    ("trig", "trig", "application/trig", ExportFormat::TriG),
    ("turtle", "ttl", "text/turtle; charset=utf-8", ExportFormat::Turtle),
    ("ntriples", "nt", "application/n-triples", ExportFormat::NTriples),
    ("jsonld", "jsonld", "application/ld+json", ExportFormat::JsonLd),
];

/// How dumps are compressed: name, suffix, media type.
const COMPRESSIONS: [(&str, &str, &str, Compression); 3] = [
    ("none", "", "", Compression::None),
    ("gzip", ".gz", "application/gzip", Compression::Gzip),
    ("zstd", ".zst", "application/zstd", Compression::Zstd),
];

/// Which dump is meant, by the places in the tables.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Kind {
    layer: usize,
    format: usize,
    compression: usize,
}

impl Kind {
    /// Every dump there is.
    fn all() -> impl Iterator<Item = Self> {
        let kind = |layer, format| (0..COMPRESSIONS.len()).map(move |compression| Self { layer, format, compression });
        let layers =
            (0..DUMPED.len()).flat_map(move |layer| (0..FORMATS.len()).flat_map(move |format| kind(layer, format)));
        layers.filter(|kind| kind.is_there())
    }

    /// Whether its format holds as many graphs as it has.
    fn is_there(self) -> bool {
        FORMATS[self.format].3.holds_graphs() || !matches!(DUMPED[self.layer].0, "all" | "claims")
    }

    fn of(params: &Params) -> Result<Self, ApiError> {
        let place = |name: &str, known: &[&str]| {
            let wanted = params.get(name).unwrap_or(known[0]);
            let wanted = match wanted {
                "nq" => "nquads",
                "ttl" => "turtle",
                "nt" => "ntriples",
                other => other,
            };
            let detail = || format!("{name}={wanted}；可用 (known): {}", known.join(" "));
            let place = known.iter().position(|one| *one == wanted);
            place.ok_or_else(|| ApiError::new(Fault::BadRequest, detail()))
        };
        let kind = Self {
            layer: place("layer", &DUMPED.map(|(name, _)| name))?,
            format: place("format", &FORMATS.map(|(name, ..)| name))?,
            compression: place("compression", &COMPRESSIONS.map(|(name, ..)| name))?,
        };
        if kind.is_there() {
            return Ok(kind);
        }
        let detail = "此格式不能区分各图；请用 nquads 或 trig，或选一层。 This format holds one graph: nquads or trig, or one layer.";
        Err(ApiError::new(Fault::BadRequest, detail))
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        (DUMPED[self.layer].0, FORMATS[self.format].0, COMPRESSIONS[self.compression].0)
    }

    fn file(self) -> String {
        let (layer, suffix) = (DUMPED[self.layer].0, FORMATS[self.format].1);
        format!("zhengmai-{layer}.{suffix}{}", COMPRESSIONS[self.compression].1)
    }

    fn media_type(self) -> &'static str {
        match COMPRESSIONS[self.compression].2 {
            "" => FORMATS[self.format].2,
            compressed => compressed,
        }
    }

    fn href(self) -> String {
        let (layer, format, compression) = self.names();
        format!("/dump?layer={layer}&format={format}&compression={compression}")
    }
}

/// A dump, and of when it is.
#[derive(Debug)]
pub(super) struct Made {
    dump: Dump,
    at: String,
    commits: u64,
}

/// The dumps that were made.
#[derive(Debug, Default)]
pub(super) struct Dumps(Mutex<BTreeMap<Kind, Arc<Made>>>);

impl Dumps {
    fn made(&self) -> MutexGuard<'_, BTreeMap<Kind, Arc<Made>>> {
        // What is made is put in whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The dump of what the store holds now, if it was made.
    fn found(&self, state: &AppState, kind: Kind) -> Option<Arc<Made>> {
        let commits = state.store().commits();
        self.made().get(&kind).filter(|made| made.commits == commits).cloned()
    }

    fn get(&self, state: &AppState, kind: Kind) -> Result<Arc<Made>, ApiError> {
        if let Some(made) = self.found(state, kind) {
            return Ok(made);
        }
        let (_, prefix) = DUMPED[kind.layer];
        let (format, compression) = (FORMATS[kind.format].3, COMPRESSIONS[kind.compression].3);
        let (dump, commits) = state.store().dump(prefix, format, compression)?;
        let made = Arc::new(Made { dump, at: now(), commits });
        let mut all = self.made();
        // Whoever still reads an old one has it until then.
        all.retain(|_, old| old.commits == commits);
        all.insert(kind, Arc::clone(&made));
        Ok(made)
    }
}

/// The dump of what the store holds now, made where it was not yet; at the cost of whoever asks first.
async fn made(state: &AppState, kind: Kind) -> Result<Arc<Made>, ApiError> {
    if let Some(made) = state.dumps().found(state, kind) {
        return Ok(made);
    }
    let (alone, own, caller) = (state.alone().await, state.clone(), Caller::current());
    let task = tokio::task::spawn_blocking(move || {
        let _alone = alone;
        let began = Instant::now();
        let made = own.dumps().get(&own, kind);
        if let Some(client) = &caller.client {
            own.rates().charge(client, began.elapsed(), 0, Instant::now());
        }
        made
    });
    task.await.map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?
}

/// `/dump`: a file, whole or a part of it.
pub(super) async fn dump(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let kind = Kind::of(&Params::parse(query.as_deref().unwrap_or_default())?)?;
    let made = made(&state, kind).await?;
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let tag = format!("\"{}\"", made.dump.sha256);
    let has_it = text(header::IF_NONE_MATCH).is_some_and(|shown| {
        shown.split(',').any(|one| matches!(one.trim(), "*") || one.trim().trim_start_matches("W/") == tag)
    });
    // A part of another file is of no use.
    let is_same = text(header::IF_RANGE).is_none_or(|shown| shown.trim() == tag);
    let asked = text(header::RANGE).filter(|_| is_same);
    let length = made.dump.bytes;
    let mut response = match part(asked, length) {
        _ if has_it => StatusCode::NOT_MODIFIED.into_response(),
        Part::Beyond => {
            let detail = format!("文件有 {length} 字节。 The file has {length} bytes.");
            let mut response = ApiError::new(Fault::Range, detail).into_response();
            response.headers_mut().insert(header::CONTENT_RANGE, value(&format!("bytes */{length}"))?);
            return Ok(response);
        }
        Part::Whole => sent(&state, kind, &made, 0, length).await?,
        Part::Bytes(range) => {
            let mut response = sent(&state, kind, &made, range.start, range.end).await?;
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let said = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            response.headers_mut().insert(header::CONTENT_RANGE, value(&said)?);
            response
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::ETAG, value(&tag)?);
    let scope = if state.settings().anonymous { "no-cache" } else { "private, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(scope));
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("attachment; filename=\"{}\"", kind.file()))?);
    Ok(response)
}

fn value(text: &str) -> Result<HeaderValue, ApiError> {
    HeaderValue::from_str(text).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
}

async fn sent(state: &AppState, kind: Kind, made: &Arc<Made>, start: u64, end: u64) -> Result<Response, ApiError> {
    let made = Arc::clone(made);
    let mut response = stream::copy(state, Job::named("dump"), move |_, pipe| {
        pipe.media_type(kind.media_type());
        let failed = |error: std::io::Error| ApiError::new(Fault::Failed, error.to_string());
        let mut piece = vec![0; READ];
        let mut at = start;
        while at < end {
            let most = usize::try_from(end - at).unwrap_or(READ).min(READ);
            let read = made.dump.read_at(&mut piece[..most], at).map_err(failed)?;
            if read == 0 {
                return Err(ApiError::new(Fault::Failed, "the file of the dump ended early"));
            }
            pipe.write_all(&piece[..read]).map_err(failed)?;
            at += read as u64;
        }
        Ok(())
    })
    .await?;
    response.headers_mut().insert(header::CONTENT_LENGTH, (end - start).into());
    Ok(response)
}

/// `/dumps`: which there are; with hash, size and date where they were made already.
pub(super) async fn dumps(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let listed: Vec<_> = Kind::all().map(|kind| (kind, state.dumps().found(&state, kind))).collect();
    let mut response = if wants_page(accept(&headers).as_deref()) {
        let row = |(kind, made): &(Kind, Option<Arc<Made>>)| {
            let made = made.as_ref().map(|made| (made.dump.sha256.clone(), made.dump.bytes, made.at.clone()));
            (DUMPED[kind.layer].0, kind.file(), kind.href(), made)
        };
        pages::html(pages::dumps(&listed.iter().map(row).collect::<Vec<_>>())).into_response()
    } else {
        let dumps = listed.iter().map(|(kind, made)| {
            let (layer, format, compression) = kind.names();
            json!({
                "layer": layer, "format": format, "compression": compression,
                "href": kind.href(), "file": kind.file(), "mediaType": kind.media_type(),
                "sha256": made.as_ref().map(|made| &made.dump.sha256),
                "bytes": made.as_ref().map(|made| made.dump.bytes),
                "made": made.as_ref().map(|made| &made.at),
            })
        });
        Json(json!({ "dumps": dumps.collect::<Vec<_>>() })).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
