//! The program: see [`zhengmai::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    zhengmai::cli::run()
}
