//! `/dump`: everything, as N-Quads.

use super::{error::ApiError, state::AppState, stream::streamed};
use crate::store::ExportFormat;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

/// All graphs in the order of their names, written while they are sent.
pub(super) async fn whole(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let answer = streamed(&state, |state, _, mut outlet| {
        outlet.media_type = "application/n-quads";
        state.store().export(None, ExportFormat::NQuads, &mut outlet).map_err(|error| ApiError::Failed(error.to_string()))?;
        outlet.finish();
        Ok(())
    });
    match answer.await {
        Ok(mut response) => {
            let name = HeaderValue::from_static("attachment; filename=\"zhengmai.nq\"");
            response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
            response
        }
        Err(error) => error.answer(&headers),
    }
}
