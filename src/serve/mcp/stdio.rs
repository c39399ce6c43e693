//! Messages over standard input and output: a line each way. Several are worked on at once, and one that is
//! cancelled is stopped.

use super::answer;
use crate::serve::state::AppState;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    io::{self, BufRead, Write},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::{AbortHandle, JoinSet};

/// Answers the messages of `input` on `output` until it ends.
///
/// # Errors
/// When `output` refuses, or `input` is no text.
pub async fn talk(
    state: AppState,
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
) -> io::Result<()> {
    let mut lines = reading(input);
    let output = Arc::new(Mutex::new(output));
    let mut under_way: JoinSet<io::Result<()>> = JoinSet::new();
    let mut calls: BTreeMap<String, AbortHandle> = BTreeMap::new();
    while let Some(line) = lines.recv().await {
        let line = line?;
        if let Some(id) = cancelled(&line) {
            calls.remove(&id).as_ref().map(AbortHandle::abort);
            continue;
        }
        let (state, output, id) = (state.clone(), Arc::clone(&output), id(&line));
        let call = under_way.spawn(async move {
            match answer(&state, line.as_bytes()).await {
                Some(answer) => write(&output, &answer),
                None => Ok(()),
            }
        });
        calls.retain(|_, call| !call.is_finished());
        calls.extend(id.map(|id| (id, call)));
        while let Some(done) = under_way.try_join_next() {
            done.unwrap_or(Ok(()))?;
        }
    }
    while let Some(done) = under_way.join_next().await {
        // One that was cancelled has nothing to say.
        done.unwrap_or(Ok(()))?;
    }
    Ok(())
}

/// The lines, read on a thread that may block.
fn reading(input: impl BufRead + Send + 'static) -> tokio::sync::mpsc::Receiver<io::Result<String>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    std::thread::spawn(move || {
        for line in input.lines().filter(|line| line.as_ref().map_or(true, |line| !line.trim().is_empty())) {
            let is_last = line.is_err();
            if sender.blocking_send(line).is_err() || is_last {
                break;
            }
        }
    });
    receiver
}

fn write(output: &Mutex<impl Write>, answer: &Value) -> io::Result<()> {
    // A message is written whole or the connection is over.
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(output, "{answer}")?;
    output.flush()
}

/// The id of a request, as it is written.
fn id(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    message.get("id").map(Value::to_string)
}

/// The id of the request that a message takes back.
fn cancelled(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    (message["method"] == "notifications/cancelled").then(|| message["params"]["requestId"].to_string())
}
