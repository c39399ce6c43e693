//! `zhengmai serve`: pages, linked data and SPARQL over HTTP.

use super::{StoreArgs, complain, open_for_writing};
use crate::{
    access::{Access, Role},
    fetch::Host,
    register::Register,
    serve::{self, AppState, Settings, Writing},
    store::Store,
};
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use std::{
    io::{self, Write as _},
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, runtime::Runtime};
use tracing_subscriber::EnvFilter;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are flags")]
#[command(
    after_help = "例 (examples):\n  zhengmai serve                                   http://127.0.0.1:7979\n  zhengmai serve --store /srv/zhengmai --bind 0.0.0.0:80 --query-timeout 10\n  curl --data-urlencode 'query=ASK { ?s ?p ?o }' http://127.0.0.1:7979/sparql"
)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 监听地址 (the address to listen on)
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:7979")]
    bind: String,
    /// 一次查询最多几秒 (seconds that a query may take)
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    query_timeout: u64,
    #[command(flatten)]
    limits: Limits,
    /// 被要求停下时, 正在做的至多再做几秒 (seconds that requests under way may still take when told to end)
    #[arg(long, value_name = "S", default_value_t = 8, value_parser = clap::value_parser!(u64).range(..=3600))]
    grace: u64,
    /// 只读, 不论别处如何设置 (read only, whatever is set elsewhere)
    #[arg(long)]
    read_only: bool,
    /// 接受写入 (更新与图存储), 只写各层图之外的图; 须 writer 令牌 (accept writes to graphs beside the layers, with a token of the role writer)
    #[arg(long)]
    allow_update: bool,
    /// 写入不须令牌; 只许本机地址 (writes without a token: loopback addresses only)
    #[arg(long)]
    insecure_no_auth: bool,
    /// 读也须令牌 (reading needs a token, too)
    #[arg(long)]
    no_anonymous: bool,
    #[command(flatten)]
    outside: Outside,
    #[command(flatten)]
    clients: Clients,
}

/// Who comes, how much they may take, and what is noted of it.
#[derive(Args, Debug)]
struct Clients {
    /// 每个来者每分钟可用几秒运算 (16 MiB 结果算一秒), 0 不限; 本机不限 (seconds of evaluation a minute for each client, 16 MiB of answers counting as one; 0 for any; none on loopback)
    #[arg(long, value_name = "S", default_value_t = 60)]
    rate_limit: u32,
    /// 本机的来者也限 (limit clients on loopback, too)
    #[arg(long)]
    rate_limit_loopback: bool,
    /// 反向代理的地址, 只信它们的 X-Forwarded-For (addresses of proxies whose X-Forwarded-For counts)
    #[arg(long, value_name = "ADDRESS,…", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,
    /// 查询日志, 每行一个 JSON, 疑似个人信息与令牌已遮去 (a log of queries, a line of JSON each, without what looks like personal data or tokens)
    #[arg(long, value_name = "FILE")]
    query_log: Option<PathBuf>,
    /// 运行日志的格式 (the format of the program's own log): text json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
}

/// How the program's own log is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

/// Where the service goes out to.
#[derive(Args, Debug)]
struct Outside {
    /// SERVICE 可访问的主机, 缺省一个也没有 (hosts that SERVICE may ask; none by default)
    #[arg(long, value_name = "HOST[:PORT],…", value_delimiter = ',')]
    allow_service: Vec<Host>,
    /// LOAD 可取的主机, 缺省一个也没有 (hosts that LOAD may load from; none by default)
    #[arg(long, value_name = "HOST[:PORT],…", value_delimiter = ',')]
    allow_load: Vec<Host>,
    /// 从别的主机一次最多取几 MiB (MiB that may come from another host at once)
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    max_fetch: u16,
}

/// What queries may take.
#[derive(Args, Debug)]
#[expect(clippy::struct_field_names, reason = "they are the names of the flags")]
struct Limits {
    /// 同时运行几个查询; 缺省为处理器数的两倍 (queries that run at once; default: twice the processors)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    max_queries: Option<u16>,
    /// 另有几个可以等候 (queries that may wait for their turn)
    #[arg(long, value_name = "N", default_value_t = 64)]
    max_waiting: u16,
    /// 一个结果最多几行; 缺省不限 (rows of an answer; default: any number)
    #[arg(long, value_name = "N")]
    max_rows: Option<u64>,
    /// 一个结果最多几 MiB, 压缩之前 (MiB of an answer, before compression)
    #[arg(long, value_name = "MIB", default_value_t = 4096)]
    max_answer: u32,
    /// 运行中的查询合计可占几 MiB 内存 (MiB of memory that running queries may take together)
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    max_memory: u32,
    /// 一个请求最多几 MiB (MiB of a request)
    #[arg(long, value_name = "MIB", default_value_t = 16)]
    max_request: u16,
}

impl ServeArgs {
    fn may_write(&self) -> bool {
        self.allow_update && !self.read_only
    }
}

fn settings(args: &ServeArgs) -> Settings {
    let (limits, standard) = (&args.limits, Settings::default());
    Settings {
        query_timeout: Duration::from_secs(args.query_timeout),
        writing: match (args.may_write(), args.insecure_no_auth) {
            (false, _) => Writing::Never,
            (true, false) => Writing::WithToken,
            (true, true) => Writing::Anybody,
        },
        anonymous: !args.no_anonymous,
        most_queries: limits.max_queries.map_or(standard.most_queries, usize::from),
        most_waiting: usize::from(limits.max_waiting),
        most_rows: limits.max_rows.unwrap_or(standard.most_rows),
        most_bytes: u64::from(limits.max_answer) << 20,
        most_memory: u64::from(limits.max_memory) << 20,
        most_body: usize::from(limits.max_request) << 20,
        services: args.outside.allow_service.clone(),
        loads: args.outside.allow_load.clone(),
        most_fetched: u64::from(args.outside.max_fetch) << 20,
        rate: args.clients.rate_limit,
        is_loopback_limited: args.clients.rate_limit_loopback,
        proxies: args.clients.trusted_proxy.clone(),
        query_log: args.clients.query_log.clone(),
        register: None,
        grace: Duration::from_secs(args.grace),
    }
}

pub(super) fn run(args: &ServeArgs, register: Register) -> Result<ExitCode> {
    // A second subscriber changes nothing: the first one stays.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let _ = match args.clients.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    let runtime = Runtime::new()?;
    let listener = runtime.block_on(listen(&args.bind))?;
    let address = listener.local_addr()?;
    check(args, address)?;
    let store = open(args)?;
    let access = Access::open(&args.store.store)?;
    check_tokens(args, &access)?;
    let state =
        AppState::with_access(store, Settings { register: Some(Arc::new(register)), ..settings(args) }, access)?;
    greet(&state, address, &args.store)?;
    runtime.block_on(serve::serve(listener, state, stopped()))?;
    // A query that does not stop when asked to does not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(ExitCode::SUCCESS)
}

async fn listen(bind: &str) -> Result<TcpListener> {
    match TcpListener::bind(bind).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            bail!(
                "{bind} 已被占用, 也许 zhengmai 已在运行; 请换一个 --bind (in use, perhaps by zhengmai itself: choose another --bind)"
            )
        }
        Err(error) => {
            Err(error).with_context(|| format!("无法监听 (cannot listen on) {bind}; --bind 应如 127.0.0.1:7979"))
        }
    }
}

/// What may be served where.
fn check(args: &ServeArgs, address: SocketAddr) -> Result<()> {
    let is_local = address.ip().is_loopback();
    for (flag, is_given) in
        [("--insecure-no-auth", args.insecure_no_auth), ("--allow-load", !args.outside.allow_load.is_empty())]
    {
        if is_given && !args.allow_update {
            bail!("{flag} 须与 --allow-update 同用 (goes with --allow-update)");
        }
    }
    if args.insecure_no_auth && !is_local {
        bail!("--insecure-no-auth 只许本机地址 (loopback addresses only): {address}");
    }
    if !is_local {
        let who =
            if args.no_anonymous { "凭令牌可读 (with a token)" } else { "任何人可读 (open to anybody)" };
        complain(&format!("注意: {address} 可从别的机器访问 (reachable from other machines); {who}"));
        if args.may_write() || args.no_anonymous {
            complain("令牌在网上须加密: 请置于 TLS 反向代理之后 (tokens need encryption: put a TLS proxy in front)");
        }
    }
    Ok(())
}

/// Says so where tokens are asked for and there are none that would do.
fn check_tokens(args: &ServeArgs, access: &Access) -> Result<()> {
    let needed = match (args.may_write() && !args.insecure_no_auth, args.no_anonymous) {
        (true, _) => Role::Writer,
        (false, true) => Role::Reader,
        (false, false) => return Ok(()),
    };
    if !access.tokens()?.iter().any(|token| token.role >= needed) {
        complain(&format!(
            "注意: 还没有令牌 (no token yet): zhengmai token create --role {needed} --name … --store {}",
            args.store.store.display()
        ));
    }
    Ok(())
}

/// The store, for reading; where updates are accepted for writing, and made where there is none.
fn open(args: &ServeArgs) -> Result<Store> {
    let path = &args.store.store;
    if !args.may_write() {
        return Ok(Store::open_read_only(path)?);
    }
    open_for_writing(path, None)
}

/// Says where the service is, and what to try first.
fn greet(state: &AppState, address: SocketAddr, store: &StoreArgs) -> Result<()> {
    let mut out = io::stdout().lock();
    let site = format!("http://{address}");
    let store = store.as_option();
    writeln!(out, "政脉 zhengmai  {site}\n")?;
    match (serve::most_implemented(state), serve::conflicting_number(state)) {
        (None, None) => writeln!(
            out,
            "库里还没有可看的; 先读入文件 (nothing to see yet; load documents first): zhengmai ingest data/documents{store}"
        )?,
        (implemented, conflict) => {
            writeln!(out, "先试试 (try first):")?;
            if let Some(it) = implemented {
                writeln!(out, "  谁落实了 (who implements) {}  {}", it.words, it.title)?;
                writeln!(out, "    {site}{}", it.path)?;
                writeln!(out, "    zhengmai lineage '{}' --direction down{store}", it.words)?;
            }
            if let Some(it) = conflict {
                writeln!(out, "  {} 是哪一份, 有两个候选 (which one is it? two candidates)", it.words)?;
                writeln!(out, "    {site}{}", it.path)?;
            }
        }
    }
    writeln!(out, "\nSPARQL  {site}/sparql    停止 (stop)  Ctrl+C")?;
    out.flush()?;
    Ok(())
}

/// Resolves when the process is asked to end.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => (),
                _ = terminated.recv() => (),
            }
            return;
        }
    }
    // Without a way to be told, the process is ended from outside.
    let _ = interrupted.await;
}
