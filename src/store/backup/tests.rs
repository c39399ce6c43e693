use super::*;
use tempfile::TempDir;

/// A folder that looks like a store, with graphs that no database needs to read.
fn store() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("zhengmai.store", "layout=1\nbase=http://127.0.0.1:7979\n"),
        ("lock", ""),
        ("tokens.json", "[]"),
        ("tokens.draft", "[half"),
        ("audit.jsonl", "{\"who\":\"t-1\"}\n{\"who\":\"t-"),
        ("sources/aa", "某市水利局关于防汛的通知"),
        ("sources/bb.draft", "half"),
        ("search/index", "can be made anew"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// A snapshot with a checkpoint such as the database makes.
fn snapshot(store: &Path) -> Snapshot {
    let checkpoint = Checkpoint(store.join("checkpoint-0"));
    fs::create_dir_all(checkpoint.0.join("graphs")).unwrap();
    fs::write(checkpoint.0.join("graphs/000001.sst"), vec![7; 300_000]).unwrap();
    let header = Header {
        created: "2024-01-01T00:00:00Z".to_owned(),
        version: "v".to_owned(),
        base: "http://127.0.0.1:7979".to_owned(),
    };
    Snapshot::of(store, checkpoint, header).unwrap()
}

fn backup(store: &Path, place: &Path) -> PathBuf {
    let backup = place.join("backup");
    snapshot(store).copy_to(&backup).unwrap();
    backup
}

const WHOLE: [&str; 5] = ["audit.jsonl", "graphs/000001.sst", "sources/aa", "tokens.json", "zhengmai.store"];

fn paths(manifest: &Manifest) -> Vec<&str> {
    manifest.files.iter().map(|file| file.path.as_str()).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "it stands for one that may refuse")]
fn fine(_: &Path, _: &Manifest) -> Result<(), BackupError> {
    Ok(())
}

#[test]
fn a_backup_holds_what_can_not_be_made_anew_and_whole_lines() {
    let (store, place) = (store(), tempfile::tempdir().unwrap());
    let backup = backup(store.path(), place.path());
    let manifest = check(&backup).unwrap();
    assert_eq!(paths(&manifest), WHOLE);
    assert_eq!(fs::read_to_string(backup.join("audit.jsonl")).unwrap(), "{\"who\":\"t-1\"}\n");
    assert!(manifest.bytes() > 300_000);
    assert!(!store.path().join("checkpoint-0").exists(), "the checkpoint goes with the snapshot");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing half made is left");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&backup).unwrap().permissions()) & 0o777, 0o700);
}

#[test]
fn a_restored_store_is_the_one_that_was_backed_up() {
    let (store, place) = (store(), tempfile::tempdir().unwrap());
    let backup = backup(store.path(), place.path());
    let restored = place.path().join("new/store");
    let mut looked = String::new();
    let manifest = restore::<BackupError>(&backup, &restored, |draft, manifest| {
        assert!(draft.join("zhengmai.store").exists() && !restored.exists());
        looked.clone_from(&manifest.version);
        Ok(())
    })
    .unwrap();
    assert_eq!((looked.as_str(), manifest.files.len()), ("v", WHOLE.len()));
    for path in WHOLE {
        assert_eq!(fs::read(restored.join(path)).unwrap(), fs::read(backup.join(path)).unwrap(), "{path}");
    }
    assert!(!restored.join(MANIFEST).exists());
}

#[test]
fn a_damaged_backup_is_refused_and_the_files_are_named() {
    for (path, damage, words) in [
        ("graphs/000001.sst", Some("short"), "graphs/000001.sst 内容不符"),
        ("sources/aa", None, "sources/aa 缺失"),
        (MANIFEST, Some("{"), "backup.json 损坏"),
        (MANIFEST, None, "不是备份"),
    ] {
        let (store, place) = (store(), tempfile::tempdir().unwrap());
        let backup = backup(store.path(), place.path());
        match damage {
            Some(text) => fs::write(backup.join(path), text).unwrap(),
            None => fs::remove_file(backup.join(path)).unwrap(),
        }
        let target = place.path().join("store");
        let error = restore(&backup, &target, fine).unwrap_err().to_string();
        assert!(error.contains(words), "{path}: {error}");
        assert!(!target.exists() && fs::read_dir(place.path()).unwrap().count() == 1, "{path}");
    }
}

#[test]
fn nothing_is_written_over() {
    let (store, place) = (store(), tempfile::tempdir().unwrap());
    let backup = backup(store.path(), place.path());
    let taken = place.path().join("taken");
    fs::create_dir(&taken).unwrap();
    restore(&backup, &taken, fine).unwrap();
    assert!(matches!(restore(&backup, &taken, fine), Err(BackupError::Exists { .. })));
    assert!(matches!(snapshot(store.path()).copy_to(&backup), Err(BackupError::Exists { .. })));
    fs::create_dir(place.path().join("other.partial")).unwrap();
    let other = place.path().join("other");
    assert!(matches!(restore(&backup, &other, fine), Err(BackupError::LeftOver { .. })));
    let refused =
        restore(&backup, &place.path().join("third"), |_, _| Err(BackupError::NoBackup { path: PathBuf::new() }));
    assert!(refused.is_err() && !place.path().join("third").exists() && !place.path().join("third.partial").exists());
}

#[test]
fn a_backup_of_a_later_program_says_which_one_to_take() {
    let (store, place) = (store(), tempfile::tempdir().unwrap());
    let backup = backup(store.path(), place.path());
    for (old, new) in [("zhengmai-backup/1", "zhengmai-backup/2"), ("\"layout\": 1", "\"layout\": 99")] {
        let text = fs::read_to_string(backup.join(MANIFEST)).unwrap();
        fs::write(backup.join(MANIFEST), text.replace(old, new)).unwrap();
        let error = check(&backup).unwrap_err();
        assert!(matches!(error, BackupError::TooNew { .. }), "{error}");
        fs::write(backup.join(MANIFEST), text).unwrap();
    }
    check(&backup).unwrap();
}

#[test]
fn a_stream_becomes_the_same_backup_or_none() {
    let (store, place) = (store(), tempfile::tempdir().unwrap());
    let taken = snapshot(store.path());
    let mut archive = Vec::new();
    taken.write_tar(&mut archive).unwrap();
    let target = place.path().join("backup");
    assert_eq!(unpack(archive.as_slice(), &target).unwrap(), taken.manifest);
    assert_eq!(check(&target).unwrap(), taken.manifest);
    for (name, end) in [("nothing", 0), ("half", archive.len() / 2), ("no last file", archive.len() - 2048)] {
        let cut = place.path().join(name);
        assert!(unpack(&archive[..end], &cut).is_err(), "{name}");
        assert!(!cut.exists(), "{name}");
    }
    let mut changed = archive.clone();
    let at = changed.windows(9).position(|bytes| bytes == [7; 9]).unwrap();
    changed[at + 1000] = 8;
    let error = unpack(changed.as_slice(), &place.path().join("changed")).unwrap_err();
    assert!(matches!(error, BackupError::Damaged { count: 1, .. }), "{error}");
}

#[test]
fn an_archive_can_not_write_outside_its_folder() {
    let place = tempfile::tempdir().unwrap();
    for path in ["../out", "/tmp/out", "a/../../out"] {
        let mut archive = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_size(1);
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        archive.append(&header, &b"x"[..]).unwrap();
        let archive = archive.into_inner().unwrap();
        assert!(unpack(archive.as_slice(), &place.path().join("in")).is_err(), "{path}");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0, "{path}");
    }
    for (path, inside) in [("a/b", true), ("a//b", false), ("", false), ("..", false), ("./a", false), ("a\\b", false)]
    {
        assert_eq!(manifest::is_inside(path), inside, "{path}");
    }
}
