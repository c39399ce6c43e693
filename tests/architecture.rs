//! The direction of the imports, as a table: a module may name only what stands beside it.
//!
//! Rust lets the modules of one crate import in circles, so the direction has to be a test. It reads the text of
//! `src/`, without comments and strings, and looks at every path in it. Whoever changes a table here changes its
//! counterpart in `ARCHITECTURE.md` in the same commit.

mod planted;

mod source;

use source::{File, Named};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// A module of this crate, and the modules it may name. In the order in which a document flows.
const INSIDE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("register", &["model"]),
    ("read", &["model"]),
    // The verbs. None of them knows another; only `pipeline` knows their order.
    ("clean", &["model", "register"]),
    ("parse", &["model", "register"]),
    ("extract", &["model", "register"]),
    ("resolve", &["model", "register"]),
    ("map", &["model"]),
    ("record", &["model"]),
    ("pipeline", &["model", "register", "read", "clean", "parse", "extract", "resolve", "map", "record"]),
    ("names", &["model"]),
    // The edges: where the graph rests, and who asks.
    ("store", &["model"]),
    ("link", &["store", "query", "model", "register"]),
    ("fetch", &[]),
    ("query", &["store", "fetch", "model"]),
    ("lineage", &["query", "store", "names", "model"]),
    ("search", &["store", "query", "model", "register"]),
    ("review", &["store", "query", "link", "model"]),
    ("evaluate", &["register", "record", "pipeline", "read", "model"]),
    ("exchange", &["model"]),
    ("access", &["model"]),
    (
        "serve",
        &[
            "access", "fetch", "query", "lineage", "names", "search", "review", "link", "exchange", "pipeline", "read",
            "record", "register", "store", "config", "model",
        ],
    ),
    ("config", &[]),
    ("cli", &["*"]),
    ("main", &["cli"]),
];

/// A name from outside, and the modules that may name it. Every dependency has a row.
const OUTSIDE: &[(&str, &[&str])] = &[
    // Of the standard library: what reaches out of the process.
    ("std::fs", &["read", "store", "search", "lineage", "access", "config", "evaluate", "cli"]),
    ("std::env", &["config", "store", "cli", "main"]),
    ("std::net", &["config", "fetch", "serve", "cli"]),
    ("std::process", &["cli", "main"]),
    ("tokio::fs", &[]),
    // Crates.
    ("aho_corasick", &["register", "clean", "extract"]),
    ("anyhow", &["cli", "main"]),
    ("axum", &["serve"]),
    ("calamine", &["read"]),
    ("clap", &["cli", "main"]),
    ("clap_complete", &["cli"]),
    ("csv", &["register", "read"]),
    ("encoding_rs", &["read"]),
    ("flate2", &["store"]),
    ("getrandom", &["access"]),
    ("html5ever", &["read"]),
    ("http_body", &["serve"]),
    ("indicatif", &["cli"]),
    ("jiff", &["access", "cli"]),
    ("maud", &["serve"]),
    ("memory_stats", &["serve"]),
    ("mimalloc", &["main"]),
    ("oxigraph", &["store", "query", "exchange"]),
    ("oxiri", &["fetch", "query"]),
    ("oxrdf", &["model", "map", "store", "link", "query", "lineage", "search", "review", "exchange", "serve", "cli"]),
    ("oxsdatatypes", &["query"]),
    ("pdf_oxide", &["read"]),
    ("percent_encoding", &["model", "fetch", "serve"]),
    ("petgraph", &["lineage"]),
    ("prometheus_client", &["serve"]),
    ("quick_xml", &["read"]),
    ("rayon", &["pipeline", "link", "evaluate", "serve", "cli"]),
    ("rustls", &["fetch"]),
    ("rustls_native_certs", &["fetch"]),
    ("serde", &["read", "record", "store", "query", "lineage", "access", "serve", "config", "evaluate", "cli"]),
    ("serde_json", &["read", "record", "store", "query", "lineage", "access", "serve", "config", "evaluate", "cli"]),
    ("sha2", &["model", "register", "read", "store", "lineage", "exchange"]),
    ("sophia", &["exchange"]),
    ("spargebra", &["query"]),
    ("sparopt", &["query"]),
    ("subtle", &["access"]),
    ("tantivy", &["search"]),
    ("tar", &["store"]),
    ("tempfile", &["store", "access"]),
    ("thiserror", &["*"]),
    ("tokio", &["serve", "cli", "main"]),
    ("toml", &["config", "cli"]),
    ("tower_http", &["serve"]),
    (
        "tracing",
        &[
            "pipeline", "store", "link", "query", "lineage", "search", "review", "evaluate", "exchange", "serve",
            "config", "cli", "main",
        ],
    ),
    ("tracing_subscriber", &["cli", "main"]),
    ("unicode_normalization", &["model", "clean", "search"]),
    ("ureq", &["fetch", "cli"]),
    ("uuid", &["serve", "cli"]),
    ("zip", &["read", "exchange"]),
    ("zstd", &["store"]),
];

/// How long a file may be. What does not fit is two things.
const LINES: usize = 500;

#[test]
fn imports_flow_one_way() -> io::Result<()> {
    let faults = faults(Path::new(env!("CARGO_MANIFEST_DIR")))?;
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    Ok(())
}

/// Everything in the crate at `root` that the tables do not allow, each with the place where it stands.
fn faults(root: &Path) -> io::Result<Vec<String>> {
    let mut faults = unowned_dependencies(&fs::read_to_string(root.join("Cargo.toml"))?);
    let src = root.join("src");
    for path in files(&src)? {
        let relative = path.strip_prefix(&src).unwrap_or(&path);
        let text = fs::read_to_string(&path)?;
        let place = format!("src/{}", relative.display());
        let lines = text.lines().count();
        if lines > LINES {
            faults.push(format!("{place}: {lines} lines, more than {LINES}"));
        }
        let file = File::new(relative, &text);
        let found = if file.module == "lib" {
            unknown_modules(&file)
        } else if is_module(&file.module) {
            forbidden_paths(&file)
        } else {
            vec![(1, not_in_table(&file.module))]
        };
        faults.extend(found.iter().map(|(line, fault)| format!("{place}:{line}: {fault}")));
    }
    Ok(faults)
}

/// Dependencies that no row of the table of outside names knows.
fn unowned_dependencies(manifest: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['=', '.', '#']).next())
        .map(|name| name.trim().replace('-', "_"))
        .filter(|name| !name.is_empty() && OUTSIDE.iter().all(|(known, _)| known != name))
        .map(|name| format!("Cargo.toml: no module in the table owns `{name}`"))
        .collect()
}

fn unknown_modules(lib: &File) -> Vec<(usize, String)> {
    lib.declared().filter(|(_, name)| !is_module(name)).map(|(line, name)| (line, not_in_table(name))).collect()
}

fn forbidden_paths(file: &File) -> Vec<(usize, String)> {
    file.paths().iter().filter_map(|path| Some((path.line, forbidden(&file.module, path)?))).collect()
}

/// What is wrong with a path, if anything is.
fn forbidden(module: &str, path: &Named) -> Option<String> {
    let written = path.segments.join("::");
    let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
    let inside = match segments.as_slice() {
        ["super", "super", ..] => {
            return Some(format!("`{written}`: write `crate::` and the module"));
        }
        ["super", rest @ ..] if path.below_root => rest,
        ["crate" | "zhengmai", rest @ ..] => rest,
        outside => return forbidden_outside(module, outside, &written),
    };
    let allowed = may_name(module);
    match inside.first().copied().unwrap_or("self") {
        "*" | "self" => Some(format!("`{module}` names the whole crate")),
        target if !is_module(target) => Some(format!("`{module}` names `{written}`, which is no module in the table")),
        target if target == module || allows(allowed, target) => None,
        _ => Some(format!("`{module}` may not name `{written}`, only {allowed:?}")),
    }
}

fn forbidden_outside(module: &str, path: &[&str], written: &str) -> Option<String> {
    let (_, owners) = OUTSIDE.iter().find(|(name, owners)| {
        let name: Vec<&str> = name.split("::").collect();
        path.starts_with(&name) && !allows(owners, module)
    })?;
    Some(format!("`{module}` may not name `{written}`, only {owners:?} may"))
}

fn may_name(module: &str) -> &'static [&'static str] {
    let row = INSIDE.iter().find(|(name, _)| *name == module);
    row.map_or(&[], |(_, allowed)| allowed)
}

/// `*` in a table is everybody.
fn allows(allowed: &[&str], name: &str) -> bool {
    allowed.contains(&name) || allowed.contains(&"*")
}

fn is_module(name: &str) -> bool {
    INSIDE.iter().any(|(known, _)| *known == name)
}

fn not_in_table(module: &str) -> String {
    format!("module `{module}` is not in the table")
}

/// Every `.rs` file below `folder`, in a fixed order.
fn files(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(path);
        }
    }
    Ok(found)
}
