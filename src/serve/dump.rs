//! The whole graph as N-Quads.

use super::{
    error::{ApiError, Fault},
    state::AppState,
    stream,
};
use crate::store::ExportFormat;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};

/// Everything, as it comes; compressed where the client takes it so. Ends when the client goes.
pub(super) async fn dump(State(state): State<AppState>) -> Result<Response, ApiError> {
    let mut response = stream::copy(&state, |state, pipe| {
        pipe.media_type("application/n-quads");
        let written = state.store().export(None, ExportFormat::NQuads, &mut *pipe);
        written.map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
    })
    .await?;
    let name = HeaderValue::from_static("attachment; filename=\"zhengmai.nq\"");
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}
