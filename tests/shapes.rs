//! Shapes: what conforms, and what does not when it is broken on purpose.

use crate::queries::five;
use zhengmai::query::violations;

#[test]
fn timing() {
    let store = five();
    let begin = std::time::Instant::now();
    let found = violations(&store).expect("checks");
    println!("{:?}", begin.elapsed());
    for v in &found { println!("{} {} {:?} {:?}", v.name(), v.focus, v.path, v.value); }
    assert!(found.is_empty());
}
