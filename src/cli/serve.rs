//! `zhengmai serve`.

use super::StoreArgs;
use crate::{
    query::select,
    serve::{AppState, serve},
    store::Store,
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::{
    io::{self, Write as _},
    net::SocketAddr,
    process::ExitCode,
    time::Duration,
};
use tokio::{net::TcpListener, signal};

#[derive(Args, Debug)]
#[command(after_help = "例 (examples):\n  zhengmai serve\n  zhengmai serve --store /srv/zhengmai --bind 127.0.0.1:8080 --query-timeout 10")]
pub(super) struct ServeArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 监听地址 (address to listen on)
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:7979", env = "ZHENGMAI_BIND")]
    bind: SocketAddr,
    /// 每个查询的时限, 秒 (what a query may take, in seconds)
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    query_timeout: u64,
    /// 接受 SPARQL 更新, 只写各层图之外的图; 须本机地址 (take updates of graphs beside the layers; loopback only)
    #[arg(long, requires = "insecure_no_auth")]
    allow_update: bool,
    /// 更新不验身份: 本机任何程序都能写 (updates need no credentials: any program on this machine can write)
    #[arg(long)]
    insecure_no_auth: bool,
}

pub(super) fn run(args: &ServeArgs) -> Result<ExitCode> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .with_writer(io::stderr)
        .init();
    if args.allow_update && !args.bind.ip().is_loopback() {
        bail!("--allow-update 不验身份, 只能监听本机地址, 如 127.0.0.1:7979 (only on a loopback address); 现为 {}", args.bind);
    }
    let deadline = Duration::from_secs(args.query_timeout);
    let (hints, state) = if args.allow_update {
        let store = Store::open(&args.store.store, None)?;
        (hints(&store, args)?, AppState::with_updates(store, deadline)?)
    } else {
        let store = Store::open_read_only(&args.store.store)?;
        (hints(&store, args)?, AppState::new(store, deadline)?)
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let taken = || format!("无法监听 (cannot listen on) {}: 端口可能已被占用; 用 --bind 换一个 (the port may be taken)", args.bind);
        let listener = TcpListener::bind(args.bind).await.with_context(taken)?;
        writeln!(io::stdout(), "政脉 http://{}\n{hints}", listener.local_addr()?)?;
        serve(listener, state, stopped()).await?;
        anyhow::Ok(())
    })?;
    // A query that does not look at its token must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(ExitCode::SUCCESS)
}

/// Ends at ctrl-c or SIGTERM.
async fn stopped() {
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = signal::ctrl_c() => (),
        () = terminated => (),
    }
}

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX eli: <http://data.europa.eu/eli/ontology#> ";

/// What to try first, from what is in the store: the numbered work (a national one, if any) that most implement, and a number that
/// two works could be.
fn hints(store: &Store, args: &ServeArgs) -> Result<String> {
    let at = format!("http://{}", args.bind);
    let mut lines = vec!["先试试 (try first):".to_owned()];
    let most = format!(
        "{PREFIXES} SELECT ?number ?label (COUNT(DISTINCT ?other) AS ?n) {{ ?work eli:number ?number ; zm:memberOf ?policy ; skos:prefLabel ?label ; zm:level ?level .
         ?other zm:implements ?policy ; a zm:Policy . BIND (?level = zm:national AS ?national) }}
         GROUP BY ?number ?label ?national ORDER BY DESC(?national) DESC(?n) DESC(?number) LIMIT 1"
    );
    if let Some(row) = select(store, &most, &[])?.first() {
        let number = row.text("number");
        lines.push(format!("  谁落实了 {number}《{}》 (who implements it)", row.text("label")));
        lines.push(format!("    {at}/id?q={number}"));
        lines.push(format!("    zhengmai lineage {number} --direction down --store {}", args.store.store.display()));
    }
    let conflict = format!("{PREFIXES} SELECT ?key {{ ?link zm:linkKind \"number-conflict\" ; rdf:subject ?work . ?work zm:key ?key ; zm:possibleSameAs ?other }} ORDER BY ?key LIMIT 1");
    if let Some(row) = select(store, &conflict, &[])?.first() {
        let serial = row.text("key").rsplit('〕').next().unwrap_or_default().to_owned();
        lines.push(format!("  {serial}有两个候选 (two candidates)"));
        lines.push(format!("    {at}/search?q={serial}"));
        lines.push(format!("    zhengmai lineage {serial} --store {}", args.store.store.display()));
    }
    lines.push(format!("  SPARQL  {at}/sparql"));
    Ok(lines.join("\n"))
}
