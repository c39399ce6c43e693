//! `zhengmai backup` and `zhengmai restore`.

use super::{StoreArgs, clock, complain};
use crate::store::{BackupError, Manifest, Store, StoreError, check, restore, unpack};
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "服务在写时, 经服务备份, 须 admin 令牌 (while a server writes, the backup goes through it, with a token of the role admin)\n\n例 (examples):\n  zhengmai backup /backup/2024-06-01 --store /srv/zhengmai\n  ZHENGMAI_TOKEN=zm_… zhengmai backup /backup/2024-06-01 --store /srv/zhengmai\n  curl -X POST -H \"Authorization: Bearer $TOKEN\" https://…/api/v1/admin/backup > backup.tar"
)]
pub(super) struct BackupArgs {
    /// 备份到这个新文件夹 (the new folder to back up to)
    directory: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
    /// 写入库的服务的地址 (the address of the server that writes the store)
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7979")]
    server: String,
    /// 经服务备份所用的 admin 令牌; 宜放在环境变量里 (the token for the server; better in the environment)
    #[arg(long, value_name = "TOKEN", hide_env_values = true)]
    token: Option<String>,
}

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai restore /backup/2024-06-01 --store /srv/zhengmai\n  zhengmai restore /backup/2024-06-01 --check"
)]
pub(super) struct RestoreArgs {
    /// 备份的文件夹 (the folder of the backup)
    backup: PathBuf,
    #[command(flatten)]
    store: StoreArgs,
    /// 只核对备份, 不恢复 (only check the backup)
    #[arg(long)]
    check: bool,
}

pub(super) fn backup(args: &BackupArgs) -> Result<ExitCode> {
    let manifest = match Store::open_read_only(&args.store.store) {
        Ok(store) => {
            let snapshot = store.snapshot(&clock::now())?;
            snapshot.copy_to(&args.directory)?;
            snapshot.manifest.clone()
        }
        Err(busy @ StoreError::Busy { .. }) => through_server(args, &busy)?,
        Err(error) => return Err(error.into()),
    };
    tell("已备份到 (backed up to)", &args.directory, &manifest)
}

/// Asks the server that has the store.
fn through_server(args: &BackupArgs, busy: &StoreError) -> Result<Manifest> {
    let Some(token) = &args.token else {
        bail!(
            "{busy}\n经服务备份须 admin 令牌 (through the server it takes a token of the role admin): ZHENGMAI_TOKEN=… zhengmai backup …"
        );
    };
    if !args.server.starts_with("http://") {
        bail!(
            "{}: 只经 http:// 问本机的服务; 远处的用 curl (only http://, to a server on this machine; for others curl, as --help says)",
            args.server
        );
    }
    let url = format!("{}/api/v1/admin/backup", args.server.trim_end_matches('/'));
    complain(&format!("经服务备份 (through the server) {url}"));
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let asked = agent.post(&url).header("authorization", format!("Bearer {token}")).send_empty();
    let mut answer = asked.with_context(|| format!("问不到服务 (cannot ask the server) {url}; 见 --server"))?;
    if answer.status() != 200 {
        let words = answer.body_mut().read_to_string().unwrap_or_default();
        let problem: serde_json::Value = serde_json::from_str(&words).unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or(&words).to_owned();
        bail!("服务拒绝 (the server refused): {} {detail}", answer.status());
    }
    Ok(unpack(answer.into_body().into_reader(), &args.directory)?)
}

pub(super) fn restore_store(args: &RestoreArgs) -> Result<ExitCode> {
    if args.check {
        return tell("备份完好 (the backup is whole)", &args.backup, &check(&args.backup)?);
    }
    let look = |draft: &Path, manifest: &Manifest| -> Result<()> {
        let store = Store::open_read_only(draft)?;
        let found = store.version()?;
        if found != manifest.version {
            let damaged = "备份的库打开后版本不符 (the restored store has another version)";
            return Err(anyhow!("{damaged}: {found}, {}", manifest.version));
        }
        store.validate()?;
        Ok(())
    };
    let manifest =
        restore::<Refusal>(&args.backup, &args.store.store, |draft, manifest| look(draft, manifest).map_err(Refusal));
    tell("已恢复到 (restored to)", &args.store.store, &manifest.map_err(|Refusal(error)| error)?)
}

/// Why there is no restored store.
struct Refusal(anyhow::Error);

impl From<BackupError> for Refusal {
    fn from(error: BackupError) -> Self {
        Self(error.into())
    }
}

fn tell(what: &str, folder: &Path, manifest: &Manifest) -> Result<ExitCode> {
    let (count, mebibytes) = (manifest.files.len(), manifest.bytes().div_ceil(1 << 20));
    writeln!(
        io::stdout(),
        "{what} {}: {count} 个文件 (files), {mebibytes} MiB, {}, 版本 (version) {}",
        folder.display(),
        manifest.created,
        manifest.version.get(..16).unwrap_or(&manifest.version)
    )?;
    Ok(ExitCode::SUCCESS)
}
