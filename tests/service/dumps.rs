//! Dumps: whole, in parts, compressed, and of one state of the store.

use super::{client::Client, five, start, store};
use std::io::Read as _;
use zhengmai::{
    serve::{Settings, Writing},
    store::ExportFormat,
};

fn get(client: &Client, path: &str, headers: &[(&str, &str)]) -> super::client::Answer {
    client.send("GET", path, headers, b"")
}

#[test]
fn a_download_that_was_interrupted_goes_on() {
    let path = "/dump?layer=effective";
    let whole = get(five(), path, &[]);
    assert_eq!((whole.status, whole.header("accept-ranges").as_str()), (200, "bytes"));
    let (length, tag) = (whole.body.len(), whole.header("etag"));
    assert_eq!(whole.header("content-length"), length.to_string());
    assert!(length > 10_000 && tag.starts_with('"'), "a strong tag: {tag}");
    let last = format!("bytes 5000-{}/{length}", length - 1);
    for (range, condition, status, from, to, said) in [
        ("bytes=0-99", tag.as_str(), 206, 0, 100, format!("bytes 0-99/{length}")),
        ("bytes=5000-", tag.as_str(), 206, 5000, length, last.clone()),
        ("bytes=-7", tag.as_str(), 206, length - 7, length, format!("bytes {}-{}/{length}", length - 7, length - 1)),
        ("bytes=0-1,3-4", tag.as_str(), 200, 0, length, String::new()),
        ("bytes=5000-", "\"other\"", 200, 0, length, String::new()),
        ("bytes=5000-", "W/\"weak\"", 200, 0, length, String::new()),
    ] {
        let part = get(five(), path, &[("range", range), ("if-range", condition), ("accept-encoding", "gzip")]);
        assert_eq!((part.status, part.header("content-range")), (status, said), "{range} {condition}");
        assert!(part.body == whole.body[from..to], "{range} {condition}");
        assert_eq!(part.header("etag"), tag);
    }
    let beyond = get(five(), path, &[("range", &format!("bytes={length}-"))]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{length}")));
    assert_eq!(beyond.json()["code"], "range");
    assert_eq!(get(five(), path, &[("if-none-match", &tag)]).status, 304);
    let head = five().head(path, "*/*");
    assert_eq!((head.status, head.header("content-length"), head.header("etag")), (200, length.to_string(), tag));
}

#[test]
fn every_layer_comes_in_every_format_and_unpacks_to_the_export() {
    let store = store();
    for (layer, prefix, name, format, suffix) in [
        ("all", None, "nquads", ExportFormat::NQuads, "nq"),
        ("claims", Some("source/"), "trig", ExportFormat::TriG, "trig"),
        ("links", Some("links"), "turtle", ExportFormat::Turtle, "ttl"),
        ("links", Some("links"), "ntriples", ExportFormat::NTriples, "nt"),
    ] {
        let mut expected = Vec::new();
        store.export(prefix, format, &mut expected).expect("an export");
        for (compression, ending) in [("none", ""), ("gzip", ".gz"), ("zstd", ".zst")] {
            let path = format!("/dump?layer={layer}&format={name}&compression={compression}");
            let answer = get(five(), &path, &[]);
            assert_eq!(answer.status, 200, "{path}");
            let mut unpacked = Vec::new();
            match compression {
                "gzip" => flate2::read::GzDecoder::new(&*answer.body).read_to_end(&mut unpacked).expect("gzip"),
                "zstd" => zstd::Decoder::new(&*answer.body).expect("zstd").read_to_end(&mut unpacked).expect("zstd"),
                _ => answer.body.as_slice().read_to_end(&mut unpacked).expect("bytes"),
            };
            assert!(unpacked == expected, "{path}");
            let file = format!("attachment; filename=\"zhengmai-{layer}.{suffix}{ending}\"");
            assert_eq!(answer.header("content-disposition"), file);
        }
    }
    for path in
        ["/dump?layer=nothing", "/dump?format=csv", "/dump?compression=lzma", "/dump?layer=claims&format=turtle"]
    {
        let answer = get(five(), path, &[]);
        assert_eq!((answer.status, answer.json()["code"].as_str()), (400, Some("bad-request")), "{path}");
    }
}

#[test]
fn the_list_has_the_hash_of_what_was_made_and_a_write_makes_it_old() {
    let client = start(store(), Settings { writing: Writing::Anybody, ..Settings::default() });
    let path = "/dump?layer=all&format=nquads&compression=none";
    let listed = || {
        let list = client.get("/dumps", "application/json").json();
        let dumps = list["dumps"].as_array().expect("a list").clone();
        dumps.into_iter().find(|dump| dump["href"] == path).expect("the dump")
    };
    assert!(listed()["sha256"].is_null());
    let first = client.get(path, "*/*");
    let made = listed();
    assert_eq!(format!("\"{}\"", made["sha256"].as_str().expect("a hash")), first.header("etag"));
    assert_eq!(made["bytes"].as_u64(), Some(first.body.len() as u64));
    assert!(made["made"].as_str().is_some_and(|time| time.ends_with('Z')));
    let put = client.send("PUT", "/store?graph=urn:mine", &[("content-type", "text/turtle")], b"<urn:a> <urn:b> 1 .");
    assert_eq!(put.status, 201);
    assert!(listed()["sha256"].is_null(), "what was made is of another state");
    let second = client.get(path, "*/*");
    assert!(second.header("etag") != first.header("etag") && second.text().contains("<urn:mine>"));
    let page = client.get("/dumps", "text/html");
    assert!(page.status == 200 && page.text().contains("zhengmai-links.trig.zst"));
}
