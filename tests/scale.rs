//! How long it takes to link many documents: a batch costs what it changes, however much the store holds.

#![allow(clippy::print_stdout, reason = "what was measured")]

use crate::support::register;
use oxrdf::Quad;
use rayon::prelude::*;
use std::{
    env, fs,
    sync::OnceLock,
    time::{Duration, Instant},
};
use zhengmai::{
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET, Source},
    pipeline::process,
    read::{parse_line, source_of},
    store::{ReadBy, Store},
};

/// As many documents as `ingest` puts into one transaction.
const BATCH: usize = 256;

type Read = (String, Option<Vec<Quad>>);

fn read(source: &Source) -> Read {
    let quads = to_quads(&IriScheme::new(IriScheme::DEFAULT_BASE), RULE_SET, source, &process(register(), source));
    (source.sha256.clone(), Some(quads))
}

/// Documents of one city that cite each other by number and by title.
fn made_up(count: usize) -> Vec<Source> {
    let text = |n: usize| {
        let (near, far) = (n / 2, n.saturating_sub(1));
        format!(
            "绍兴市水利局关于印发《绍兴市第{n}片区河道保护管理办法》的通知\n绍市水〔2021〕{n}号\n\n各区、县(市)水利局:\n为贯彻落实\
             《绍兴市第{near}片区河道保护管理办法》(绍市水〔2021〕{near}号),根据《绍兴市第{far}片区河道保护管理办法》,\
             现印发给你们,请认真执行。\n\n绍兴市水利局\n2022年5月9日\n"
        )
    };
    (1..=count).filter_map(|n| source_of(&format!("{n}.txt"), text(n).as_bytes()).ok()).collect()
}

/// The documents of the JSON Lines that `ZHENGMAI_LINES` names, or made-up ones.
fn sources() -> Vec<Source> {
    let Some(path) = env::var_os("ZHENGMAI_LINES") else { return made_up(24 * BATCH) };
    let text = fs::read_to_string(path).expect("a readable file");
    let lines: Vec<(usize, &str)> = text.lines().enumerate().collect();
    lines
        .par_iter()
        .filter_map(|(n, line)| parse_line(line.as_bytes(), n + 1, None).ok())
        .map(|loaded| loaded.source)
        .collect()
}

/// Seconds that this thread has been at work, so that what else the machine does counts little; where the system
/// does not tell, those of the clock.
fn now() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let start = *START.get_or_init(Instant::now);
    let worked = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = worked.and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos).as_secs_f64()
}

/// Seconds for each batch, in order.
fn seconds(store: &Store, batches: &[Vec<Read>]) -> Vec<f64> {
    let mut linker = Linker::load(store, register()).expect("a linker");
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    let mut seconds = Vec::new();
    for batch in batches {
        let batch = batch.clone();
        let start = now();
        linker.replace_sources(batch, &run, &ReadBy::default()).expect("a written store");
        seconds.push(now() - start);
    }
    seconds
}

#[test]
#[ignore = "measures time; make verify"]
fn a_batch_costs_what_it_changes_however_much_the_store_holds() {
    let mut reads: Vec<Read> = sources().par_iter().map(read).collect();
    reads.sort_by(|a, b| a.0.cmp(&b.0));
    reads.dedup_by(|a, b| a.0 == b.0);
    let batches: Vec<Vec<Read>> = reads.chunks(BATCH).map(<[Read]>::to_vec).collect();
    let memory = || Store::in_memory(IriScheme::DEFAULT_BASE).expect("memory");
    let in_batches = memory();
    let each = seconds(&in_batches, &batches);
    println!("{} documents in {} batches: {:.1} s", reads.len(), batches.len(), each.iter().sum::<f64>());
    println!("each: {}", each.iter().map(|s| format!("{s:.2}")).collect::<Vec<_>>().join(" "));
    let at_once = memory();
    println!("at once: {:.1} s", seconds(&at_once, &[reads])[0]);
    assert_eq!(in_batches.version().expect("a version"), at_once.version().expect("a version"));
    // A quarter of the batches from the middle of the first half, and the last but one quarter.
    let quarter = (batches.len() / 4).max(1);
    let sum = |from: usize| each.iter().skip(from).take(quarter).sum::<f64>();
    let (early, late) = (sum(quarter / 2), sum(batches.len() - quarter - 1));
    assert!(late < early * 3.0, "early batches {early:.2} s, late ones {late:.2} s");
}
