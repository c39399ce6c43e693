//! The built program, from outside.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    thread,
};

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Outcome {
    /// Standard output as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.out.clone()).expect("UTF-8 on standard output")
    }

    /// Each line of standard output as JSON.
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        self.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// This outcome, if the exit code is `code`.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", String::from_utf8_lossy(&self.out), self.err);
        // Nothing but sentences: no panic, no debug form of an error, no colour where there is no terminal.
        for word in ["panicked", "RUST_BACKTRACE", "Err(", "\u{1b}["] {
            assert!(!self.err.contains(word), "{word:?} on standard error: {}", self.err);
        }
        self
    }

    /// This outcome, if standard error has all these words.
    #[track_caller]
    pub(crate) fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "{word:?} is not in: {}", self.err);
        }
        self
    }
}

/// The program, ready to run in `folder` with an environment of its own.
pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengmai"));
    command
        .current_dir(folder)
        .env_remove("ZHENGMAI_STORE")
        .env_remove("ZHENGMAI_REGISTERS")
        .env_remove("ZHENGMAI_BY")
        .env_remove("RUST_BACKTRACE");
    command
}

/// Runs the program in `folder` with `input` on standard input.
pub(crate) fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Outcome {
    finish(command(folder).args(arguments), input)
}

/// Runs a command with `input` on standard input.
pub(crate) fn finish(command: &mut Command, input: &[u8]) -> Outcome {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_vec();
    // Who does not read its input to the end breaks the pipe; that is no fault here.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("a writer");
    Outcome {
        code: output.status.code(),
        out: output.stdout,
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
