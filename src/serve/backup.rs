//! `/api/v1/admin/backup`: the store as it is now, as one stream, while others write.

use super::{
    error::{ApiError, Fault},
    job::Job,
    state::AppState,
    stream::{self, Pipe},
    who::Who,
};
use crate::{
    access::{Role, now},
    store::BackupError,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::Response,
};

/// A tar archive for admins: it holds the sources as they are, and the hashes of tokens.
pub(super) async fn backup(State(state): State<AppState>, who: Who) -> Result<Response, ApiError> {
    who.may(Role::Admin)?;
    stream::copy(&state, Job::named("backup"), move |state, pipe: &mut Pipe| {
        let snapshot = state.store().snapshot(&now()).map_err(|error| failed(&error));
        let status = snapshot.as_ref().map_or_else(|error| error.fault.status(), |_| StatusCode::OK);
        who.note(state, ("backup", "/"), status)?;
        pipe.media_type("application/x-tar");
        pipe.header(header::CONTENT_DISPOSITION, "attachment; filename=\"zhengmai-backup.tar\"");
        snapshot?.write_tar(pipe).map_err(|error| failed(&error))
    })
    .await
}

fn failed(error: &BackupError) -> ApiError {
    ApiError::new(Fault::Failed, error.to_string())
}
