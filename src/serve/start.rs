//! The start page.

use super::{error::ApiError, facts::overview, pages, state::AppState, suggest};
use axum::{extract::State, response::Html};

pub(super) async fn start(State(state): State<AppState>) -> Result<Html<String>, ApiError> {
    state
        .read(|state| Ok(pages::html(pages::start(state, &overview::load(state)?, suggest::picture(state).as_ref()))))
        .await
}
