//! Temporary.
use zhengmai::{map::to_quads, model::IriScheme, pipeline::{RULE_SET, process}, read, record::record, register::Register};
fn main() {
    let register = Register::embedded().unwrap_or_else(|e| panic!("{e}"));
    let iris = IriScheme::new(IriScheme::DEFAULT_BASE);
    let rdf = std::env::var("RDF").is_ok();
    for path in std::env::args().skip(1) {
        let source = read::read(std::path::Path::new(&path)).unwrap();
        let checked = process(&register, &source);
        if rdf { for q in to_quads(&iris, RULE_SET, &source, &checked) { println!("{q} ."); } continue; }
        println!("{}", serde_json::to_string(&record(&source, &checked)).unwrap());
    }
}
