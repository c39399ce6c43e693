//! 置信等级 (confidence grades): how often each of them is right.

use super::scores::share;

/// What was said with one grade, and how much of it is right.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct GradeCounts {
    /// Statements with this grade that the gold judges.
    pub judged: u32,
    /// Those that name the right work (or agency).
    pub identity: u32,
    /// Those that say the right relation (or role).
    pub role: u32,
    /// Those that are right in both.
    pub both: u32,
}

impl GradeCounts {
    pub(super) fn count(&mut self, identity: bool, role: bool) {
        self.judged += 1;
        self.identity += u32::from(identity);
        self.role += u32::from(role);
        self.both += u32::from(identity && role);
    }

    fn add(&mut self, other: &Self) {
        self.judged += other.judged;
        self.identity += other.identity;
        self.role += other.role;
        self.both += other.both;
    }

    /// Precision of the identity, of the role, and of both together.
    #[must_use]
    pub fn precision(&self) -> [Option<f64>; 3] {
        [self.identity, self.role, self.both].map(|right| share(right, self.judged))
    }
}

/// The grades, the surest first.
pub const GRADES: [&str; 3] = ["high", "medium", "low"];

/// Counts by grade, in the order of [`GRADES`].
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Grades {
    /// Citations: key and relation.
    pub citations: [GradeCounts; 3],
    /// Duties from explicit clauses: agency and role.
    pub duties: [GradeCounts; 3],
}

impl Grades {
    pub(super) fn add(&mut self, other: &Self) {
        for (mine, more) in self.citations.iter_mut().zip(&other.citations) {
            mine.add(more);
        }
        for (mine, more) in self.duties.iter_mut().zip(&other.duties) {
            mine.add(more);
        }
    }
}

/// Counts a statement under its grade; one without a grade counts nowhere.
pub(super) fn count(grades: &mut [GradeCounts; 3], grade: Option<&str>, identity: bool, role: bool) {
    let place = grade.and_then(|grade| GRADES.iter().position(|known| *known == grade));
    if let Some(counts) = place.and_then(|place| grades.get_mut(place)) {
        counts.count(identity, role);
    }
}
