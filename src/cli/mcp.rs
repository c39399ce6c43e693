//! `zhengmai mcp`: the graph as tools for a language model, over standard input and output.

use super::StoreArgs;
use crate::{
    serve::{AppState, Settings, talk},
    store::Store,
};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, BufReader},
    process::ExitCode,
    time::Duration,
};
use tokio::runtime::Runtime;

#[derive(Args, Debug)]
#[command(
    after_help = "由支持 MCP 的程序启动, 不是给人输入的 (to be started by a program that speaks MCP):\n  {\"mcpServers\": {\"zhengmai\": {\"command\": \"zhengmai\", \"args\": [\"mcp\", \"--store\", \"/srv/zhengmai\"]}}}\n服务运行时用 http://127.0.0.1:7979/mcp (while zhengmai serve runs, use that address)"
)]
pub(super) struct McpArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 一次查询最多几秒 (seconds that a query may take)
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    query_timeout: u64,
}

pub(super) fn run(args: &McpArgs) -> Result<ExitCode> {
    let settings = Settings { query_timeout: Duration::from_secs(args.query_timeout), ..Settings::default() };
    let state = AppState::new(Store::open_read_only(&args.store.store)?, settings)?;
    let runtime = Runtime::new()?;
    runtime.block_on(talk(state, BufReader::new(io::stdin()), io::stdout()))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(ExitCode::SUCCESS)
}
