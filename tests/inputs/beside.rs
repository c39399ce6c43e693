//! 随附元数据 and JSON Lines, through the program.

use crate::support::program::run;
use std::fs;

const TEXT: &str = "各区县人民政府:\n为落实《青河省河道管理办法》,现就有关事项通知如下。\n";

#[test]
fn metadata_beside_a_file_fill_what_its_text_does_not_say() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    fs::write(folder.path().join("b.txt"), TEXT).unwrap();
    fs::write(folder.path().join("a.meta.json"), r#"{"发文字号":"青政发〔2023〕15号","联系电话":"12345678"}"#).unwrap();
    fs::write(folder.path().join("metadata.csv"), "文件,发布机构,成文日期\na.txt,青河市人民政府,2023-05-06\n").unwrap();
    let records = run(folder.path(), &["extract", "a.txt", "b.txt"], b"").exits(0).json_lines();
    let number = &records[0]["document"]["number"];
    assert_eq!((number["norm"].as_str(), number["origin"].as_str()), (Some("青政发〔2023〕15号"), Some("metadata")));
    assert!(number["start"].is_null());
    assert_eq!(records[0]["document"]["dates"][0]["iso"], "2023-05-06");
    assert_eq!(records[0]["works"][0]["key"], "num:青政发〔2023〕15号");
    assert!(records[0]["source"]["metadata_sha256"].is_string());
    assert!(!records[0].to_string().contains("12345678"), "personal data");
    assert!(records[1]["source"]["metadata_sha256"].is_null() && records[1]["document"]["number"].is_null());
}

#[test]
fn metadata_that_disagree_with_the_text_are_findings() {
    let line = r#"{"id":"x","text":"青河市水利局关于清淤的通知\n\n青水发〔2022〕3号\n\n各区:\n请执行。\n\n青河市水利局\n2022年5月9日\n","meta":{"doc_number":"青水发〔2022〕4号","date":"2022-05-10"}}"#;
    let record = &run(std::path::Path::new("."), &["extract"], line.as_bytes()).exits(0).json_lines()[0];
    let codes: Vec<&str> =
        record["findings"].as_array().unwrap().iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert!(codes.contains(&"number_conflict") && codes.contains(&"date_conflict"), "{codes:?}");
    assert_eq!(record["document"]["number"]["norm"], "青水发〔2022〕4号");
}

#[test]
fn a_file_of_json_lines_is_a_document_a_line_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "{\"id\":\"甲\",\"text\":\"一\"}\n\n{\"text\":\"二\"}\nnone\n{\"id\":\"丙\",\"text\":\"三\"}\n";
    for name in ["a.jsonl", "a.txt"] {
        fs::write(folder.path().join(name), lines).unwrap();
        let outcome = run(folder.path(), &["extract", name], b"").exits(1).says(&["第4行", name]);
        let names: Vec<String> =
            outcome.json_lines().iter().map(|record| record["source"]["name"].as_str().unwrap().to_owned()).collect();
        assert_eq!(names, ["甲".to_owned(), format!("{name}-3"), "丙".to_owned()]);
    }
}

#[test]
fn a_table_that_names_no_file_is_one_error_and_the_documents_are_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), TEXT).unwrap();
    fs::write(folder.path().join("metadata.csv"), "标题,文号\n甲,乙\n").unwrap();
    let outcome = run(folder.path(), &["extract", "a.txt"], b"").exits(1).says(&["metadata.csv", "缺少文件名一列"]);
    assert_eq!(outcome.json_lines().len(), 1);
}
