//! What is found, and where it stands.

use super::{empty, find, five, measures, question, read, titles, write};
use crate::support::slice;
use oxrdf::Term;
use std::collections::BTreeSet;
use zhengmai::{
    query::select,
    search::{Facet, Filters, Question, Search, SearchError, Wanted},
};

const OPINION: &str = "关于加快推动知识产权服务业高质量发展的意见";

#[test]
fn every_part_of_a_title_finds_its_work() {
    let (store, search) = five();
    let works = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?work ?label { ?work a zm:PolicyDocument ; skos:prefLabel ?label }";
    let rows = select(store, works, &[]).expect("works");
    assert!(rows.len() > 30, "{}", rows.len());
    let mut asked = 0;
    for (at, row) in rows.iter().enumerate() {
        let label: Vec<char> = row.text("label").chars().collect();
        // Each title at another length and another place, so that all lengths and places come up.
        for length in [1 + at % 3, 4 + at % 5, label.len()] {
            let from = (at * 7) % (label.len().saturating_sub(length) + 1);
            let part: String = label.iter().skip(from).take(length).collect();
            if !part.chars().any(char::is_alphanumeric) {
                continue;
            }
            let answer = find(search, &part);
            let found = answer.hits.iter().any(|hit| hit.work.iri.as_str() == row.text("work"));
            assert!(found && !answer.is_nearly, "“{part}” of {}", row.text("label"));
            asked += 1;
        }
    }
    assert!(asked > 90, "{asked}");
}

#[test]
fn every_part_of_a_text_finds_its_work_and_the_passage() {
    let (store, search) = five();
    let texts = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
        SELECT ?work ?plain ?start ?end { ?text eli:realizes ?work ; eli:is_embodied_by ?source ; zm:start ?start ; zm:end ?end .
            ?source zm:plainText ?plain } ORDER BY ?work ?source";
    let rows = select(store, texts, &[]).expect("texts");
    assert!(rows.len() >= 7, "{}", rows.len());
    let mut asked = 0;
    for row in &rows {
        let (start, end) = (row.number("start").expect("a start"), row.number("end").expect("an end"));
        let text: Vec<char> = slice(row.text("plain"), start, end).chars().collect();
        for (n, from) in (0..text.len().saturating_sub(20)).step_by(97).enumerate() {
            let part: String = text[from..from + 2 + n % 19].iter().collect();
            if !part.chars().any(char::is_alphanumeric) {
                continue;
            }
            let answer = find(search, &part);
            let hit = answer.hits.iter().find(|hit| hit.work.iri.as_str() == row.text("work"));
            let hit = hit.unwrap_or_else(|| panic!("“{part}” of {}", row.text("work")));
            assert!(hit.snippet.is_some() && !answer.is_nearly, "“{part}”");
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn a_number_is_found_in_whichever_brackets_and_its_own_work_stands_first() {
    let (_, search) = five();
    for number in [
        "国知发运字〔2022〕47号",
        "国知发运字[2022]47号",
        "国知发运字（2022）47号",
        "国知发运字【2022】47号",
        "国知发运字［２０２２］ 第047号",
    ] {
        let found = titles(search, number);
        assert_eq!(found[0], OPINION, "{number}");
        assert!(found.len() > 1, "{number}: who cites it has it, too");
        assert_eq!(found.len(), titles(search, "国知发运字〔2022〕47号").len(), "{number}");
    }
    let other = find(search, "国知发运字〔2022〕48号");
    assert!(other.is_nearly, "another number is another document");
}

#[test]
fn an_agency_is_found_by_its_other_names() {
    let store = empty();
    let text = "天津市东丽区关于做好专利工作的通知\n\n各街道办事处:\n一、由市场监督管理局牵头,国家知识产权局指导。\n\n天津市东丽区人民政府\n2021年5月9日\n";
    write(&store, vec![read(text)]);
    let search = Search::open(&store).expect("an index");
    for name in ["市场监督管理局", "市场监管局", "国家知识产权局", "国知局", "东丽区市场监管局", "东丽 市场监管局"]
    {
        assert_eq!(titles(&search, name).len(), 1, "{name}");
    }
    assert_eq!(find(&search, "生态环境局").total, 0);
}

#[test]
fn titles_come_before_texts_and_what_is_held_before_what_is_cited() {
    let store = empty();
    let citing = "绍兴市水利局关于河道清淤的通知\n绍市水〔2021〕8号\n\n为贯彻落实《绍兴市河道清淤管理办法》,加强河道清淤管理办法的执行。河道清淤管理办法,河道清淤管理办法。\n\n绍兴市水利局\n2021年5月9日\n";
    let held = "绍兴市河道清淤管理办法实施细则\n\n第一条 为了清淤,制定本细则。\n\n绍兴市水利局\n2020年5月9日\n";
    write(&store, vec![read(citing), read(held)]);
    let search = Search::open(&store).expect("an index");
    let found = titles(&search, "河道清淤管理办法");
    assert_eq!(found, ["绍兴市河道清淤管理办法实施细则", "绍兴市河道清淤管理办法", "绍兴市水利局关于河道清淤的通知"]);
    // The whole title is before all that only have it.
    assert_eq!(titles(&search, "《绍兴市河道清淤管理办法》")[0], "绍兴市河道清淤管理办法");
}

#[test]
fn words_may_stand_apart_and_what_is_nearly_right_is_said_to_be() {
    let (_, search) = five();
    assert!(titles(search, "知识产权 金融").len() > 1);
    // The region is a word of the registers: what stands between it and the rest does not matter.
    assert!(titles(search, "天津知识产权保护条例").contains(&"天津市知识产权保护条例".to_owned()));
    let nearly = find(search, "天津市知识产权保护条列");
    assert!(nearly.is_nearly && nearly.hits[0].work.label == "天津市知识产权保护条例");
    assert!(!nearly.hits[0].marks.is_empty());
    let nothing = find(search, "没有这样的文件");
    assert!(nothing.total == 0 && !nothing.is_nearly && nothing.hits.is_empty());
}

#[test]
fn passages_and_marks_are_at_exact_places() {
    let (store, search) = five();
    let plain = |sha256: &str| {
        let source = store.iris().source(sha256);
        let rows = select(
            store,
            "PREFIX zm: <https://w3id.org/zhengmai#> SELECT ?text { ?_source zm:plainText ?text }",
            &[("_source", source.into())],
        );
        rows.expect("a text")[0].text("text").to_owned()
    };
    let mut passages = 0;
    for text in ["知识产权", "十四五规划", "2021", "国知发运字[2022]47号", "金融", "专利 质押", "区市场监管局"]
    {
        for wanted in [Wanted::Works, Wanted::Measures] {
            let question = Question { wanted, ..question(text) };
            for hit in search.find(&question).expect("an answer").hits {
                for (start, end) in &hit.marks {
                    assert!(start < end && *end <= hit.work.label.chars().count(), "{text}");
                }
                let Some(passage) = hit.snippet else { continue };
                assert_eq!(passage.text, slice(&plain(&passage.sha256), passage.start, passage.end), "{text}");
                assert!(!passage.marks.is_empty(), "{text}");
                for (start, end) in passage.marks {
                    let marked = slice(&passage.text, start, end);
                    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                    let is_asked =
                        |part: &str| bare(&marked).contains(&bare(part)) || bare(part).contains(&bare(&marked));
                    assert!(text.split(' ').any(is_asked) || marked.contains("市场监督管理局"), "{text}: {marked}");
                    passages += 1;
                }
            }
        }
    }
    assert!(passages > 50, "{passages}");
}

#[test]
fn counts_of_facets_are_what_choosing_gives_and_add_up() {
    let (_, search) = five();
    for text in ["", "知识产权", "天津", "39号", "服务业 发展"] {
        let all = find(search, text);
        assert!(all.total > 0, "{text}");
        for facet in Facet::ALL {
            let counts = &all.facets[&facet];
            if !matches!(facet, Facet::Region | Facet::Issuer) {
                assert_eq!(counts.values.values().sum::<usize>() + counts.none, all.total, "{text} {}", facet.name());
            }
            for (value, count) in &counts.values {
                let mut filters = Filters::default();
                filters.ask(facet, value).expect("a value");
                let chosen = search.find(&Question { filters: filters.clone(), ..question(text) }).expect("an answer");
                assert_eq!(chosen.total, *count, "{text} {}={value}", facet.name());
                assert_eq!(chosen.hits.len(), *count, "{text} {}={value}", facet.name());
                // What could be chosen instead stays.
                assert_eq!(chosen.facets[&facet], *counts, "{text} {}={value}", facet.name());
                let measures = measures(search, text, &filters).total;
                assert!(measures <= super::measures(search, text, &Filters::default()).total);
            }
        }
    }
}

#[test]
fn several_values_of_one_facet_are_any_of_them_and_of_two_facets_both() {
    let (_, search) = five();
    let count = |asked: &[(Facet, &str)]| {
        let mut filters = Filters::default();
        for (facet, value) in asked {
            filters.ask(*facet, value).expect("a value");
        }
        search.find(&Question { filters, ..question("知识产权") }).expect("an answer").total
    };
    let (held, stub) = (count(&[(Facet::Status, "held")]), count(&[(Facet::Status, "stub")]));
    assert!(held > 0 && stub > 0);
    assert_eq!(count(&[(Facet::Status, "held"), (Facet::Status, "stub")]), held + stub);
    let national = count(&[(Facet::Level, "national")]);
    assert!(count(&[(Facet::Level, "national"), (Facet::Status, "held")]) < national.min(held + 1));
    // A district lies within its city.
    assert!(count(&[(Facet::Region, "120000")]) > count(&[(Facet::Region, "120110")]));
    assert!(count(&[(Facet::Region, "120110")]) > 0);
}

#[test]
fn pages_follow_each_other_and_nothing_comes_twice() {
    let (_, search) = five();
    let whole: Vec<String> = find(search, "知识产权").hits.into_iter().map(|hit| hit.work.iri.into_string()).collect();
    let mut paged = Vec::new();
    for offset in (0..whole.len() + 7).step_by(7) {
        let page = Question { limit: 7, offset, ..question("知识产权") };
        paged.extend(search.find(&page).expect("a page").hits.into_iter().map(|hit| hit.work.iri.into_string()));
    }
    assert!(whole.len() > 14);
    assert_eq!(paged, whole);
    assert_eq!(paged.iter().collect::<BTreeSet<_>>().len(), paged.len());
}

#[test]
fn what_is_asked_wrongly_is_refused_with_the_reason() {
    let (_, search) = five();
    let asked = |text: &str| search.find(&question(text)).expect_err("no answer");
    assert!(matches!(asked("《 》"), SearchError::Nothing(_)));
    assert!(matches!(asked(&"知".repeat(201)), SearchError::TooLong { found: 201, most: 200 }));
    let far = Question { offset: usize::MAX, ..question("知识") };
    assert!(matches!(search.find(&far), Err(SearchError::TooFar { .. })));
    let mut filters = Filters::default();
    let error = filters.ask(Facet::Level, "省").expect_err("no such level");
    assert!(error.is_of_the_question() && error.to_string().contains("province"), "{error}");
    // Anything else has an answer, if only that there is nothing.
    for text in
        ["a", "\u{0}知识", "\\", "知识 \u{10FFFF}", "*:* OR 1", "title:知识", "%", "🙂", "　", &"知识".repeat(100)]
    {
        assert!(search.find(&question(text)).is_ok(), "{text}");
    }
    let nothing = Question { limit: 0, ..question("知识产权") };
    assert!(search.find(&nothing).expect("a count").total > 0);
}

#[test]
fn measures_are_found_with_the_words_they_stand_in() {
    let (store, search) = five();
    let found = measures(search, "金融", &Filters::default());
    assert!(found.total > 3);
    for hit in &found.hits {
        let measure = hit.measure.as_ref().expect("a measure");
        let stands = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> SELECT ?work ?quote { ?_m a zm:Measure ; eli:is_part_of ?work ; zm:quote ?quote }";
        let rows = select(store, stands, &[("_m", Term::from(measure.iri.clone()))]).expect("a measure");
        assert_eq!(rows[0].text("work"), hit.work.iri.as_str());
        assert_eq!(rows[0].text("quote"), measure.text.text);
    }
}
