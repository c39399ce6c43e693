//! What a change gained and lost: two readings compared line by line.

use std::collections::BTreeMap;

/// Lines that only one of two readings has, in the order in which they stand there.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Changes {
    /// What is no longer read.
    pub lost: Vec<String>,
    /// What is read now.
    pub gained: Vec<String>,
}

/// Compares two readings; a line that stands twice counts twice.
///
/// ```
/// let changes = zhengmai::evaluate::changes(["a", "b", "b"], ["b", "c"]);
/// assert_eq!((changes.lost, changes.gained), (vec!["a".to_owned(), "b".to_owned()], vec!["c".to_owned()]));
/// ```
#[must_use]
pub fn changes<'a>(before: impl IntoIterator<Item = &'a str>, now: impl IntoIterator<Item = &'a str>) -> Changes {
    let (before, now): (Vec<&str>, Vec<&str>) = (before.into_iter().collect(), now.into_iter().collect());
    Changes { lost: only_in_first(&before, &now), gained: only_in_first(&now, &before) }
}

fn only_in_first(first: &[&str], second: &[&str]) -> Vec<String> {
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    for line in second {
        *there.entry(line).or_default() += 1;
    }
    let is_only = |line: &&&str| match there.get_mut(**line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    first.iter().filter(is_only).map(|line| (*line).to_owned()).collect()
}
