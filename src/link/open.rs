//! 所指未定的引用 (open citations): which work each means, once the corpus tells.

use super::{
    Statement,
    corpus::Corpus,
    counts::Change,
    links::{Grounds, LinkKind, Pair, SHORTEST_TITLE, WITNESSES},
    title_of_key,
};
use crate::model::vocab::eli;
use oxrdf::{NamedNode, Term};
use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
};

/// Citations whose documents do not tell which work is meant, and the titles of the corpus that could tell.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Citation → its source and what it says.
    all: BTreeMap<NamedNode, (String, Statement)>,
    /// Title → open citations that cite it.
    by_title: BTreeMap<String, BTreeSet<NamedNode>>,
    /// Citing work → its open citations.
    by_citing: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
    /// Title → keys in use, one for each region that has such a title.
    bearers: BTreeMap<String, BTreeSet<String>>,
    meanings: BTreeMap<NamedNode, NamedNode>,
    /// Citations to look at again, besides those of touched titles.
    touched: BTreeSet<NamedNode>,
}

impl Open {
    /// The keys that an open citation could mean.
    pub(super) fn candidates(&self, citation: &NamedNode) -> &[String] {
        self.all.get(citation).map_or(&[], |(_, statement)| &statement.candidates)
    }

    /// The work that an open citation means, where the corpus tells.
    pub(super) fn meaning(&self, citation: &NamedNode) -> Option<&NamedNode> {
        self.meanings.get(citation)
    }

    /// Notes that a title key is in use, or no longer.
    pub(super) fn bear(&mut self, key: &str, is_used: bool) {
        let Some((_, title)) = title_of_key(key) else { return };
        let keys = self.bearers.entry(title.to_owned()).or_default();
        if is_used {
            keys.insert(key.to_owned());
        } else {
            keys.remove(key);
        }
        if keys.is_empty() {
            self.bearers.remove(title);
        }
    }

    /// Notes that the open citations of a work are to be looked at again.
    pub(super) fn touch_citing(&mut self, work: &NamedNode) {
        self.touched.extend(self.by_citing.get(work).into_iter().flatten().cloned());
    }

    /// Notes that a citation is to be looked at again, if it is an open one.
    pub(super) fn touch(&mut self, citation: &NamedNode) {
        if self.all.contains_key(citation) {
            self.touched.insert(citation.clone());
        }
    }

    /// The citations that what has changed may give another meaning.
    fn take_touched(&mut self, keys: &BTreeSet<String>) -> BTreeSet<NamedNode> {
        let mut touched = std::mem::take(&mut self.touched);
        let titles: BTreeSet<&str> = keys.iter().filter_map(|key| title_of_key(key)).map(|(_, title)| title).collect();
        touched.extend(titles.into_iter().filter_map(|title| self.by_title.get(title)).flatten().cloned());
        touched
    }
}

/// Takes a citation out of those of a key, and the key with the last of them.
fn take_out<K: Ord + Borrow<Q>, Q: Ord + ?Sized>(
    index: &mut BTreeMap<K, BTreeSet<NamedNode>>,
    key: &Q,
    claim: &NamedNode,
) {
    if let Some(citations) = index.get_mut(key) {
        citations.remove(claim);
        if citations.is_empty() {
            index.remove(key);
        }
    }
}

/// The title that an open citation cites.
fn cited_title(statement: &Statement) -> Option<&str> {
    statement.candidates.first().and_then(|key| title_of_key(key)).map(|(_, title)| title)
}

impl Corpus<'_> {
    /// A citation that does not tell its work comes or goes.
    pub(super) fn leave_open(&mut self, sha256: &str, statement: &Statement, change: Change) {
        let claim = &statement.claim;
        let title = cited_title(statement).unwrap_or_default();
        if change == Change::Comes {
            self.open.by_title.entry(title.to_owned()).or_default().insert(claim.clone());
            self.open.by_citing.entry(statement.subject.clone()).or_default().insert(claim.clone());
            self.open.all.insert(claim.clone(), (sha256.to_owned(), statement.clone()));
        } else {
            self.mean(claim, None);
            take_out(&mut self.open.by_title, title, claim);
            take_out(&mut self.open.by_citing, &statement.subject, claim);
            self.open.all.remove(claim);
        }
        self.open.touched.insert(claim.clone());
        self.touched.nodes.insert(claim.clone());
    }

    /// Finds again what those open citations mean that touched titles, or decisions, may have changed. O(t log n)
    /// for t of them.
    pub(super) fn settle_open(&mut self, keys: &BTreeSet<String>) {
        let mut before: BTreeMap<Pair, Grounds> = BTreeMap::new();
        let mut found: BTreeMap<Pair, Grounds> = BTreeMap::new();
        for claim in self.open.take_touched(keys) {
            self.touched.nodes.insert(claim.clone());
            for pair in self.links.of(&claim).cloned().collect::<Vec<_>>() {
                before.extend(self.links.take(&pair).map(|grounds| (pair, grounds)));
            }
            let meaning = self.meaning(&claim);
            self.mean(&claim, meaning.as_ref().map(|(work, _)| work));
            found.extend(meaning.map(|(work, grounds)| ((LinkKind::Meaning, claim, work), grounds)));
        }
        self.apply(&before, found);
    }

    /// From now on a citation means this work.
    fn mean(&mut self, claim: &NamedNode, work: Option<&NamedNode>) {
        let before = self.open.meanings.get(claim).cloned();
        if before.as_ref() == work {
            return;
        }
        let Some((_, statement)) = self.open.all.get(claim).cloned() else { return };
        if let Some(before) = before {
            self.open.meanings.remove(claim);
            self.state(&statement, &before.into(), Change::Goes);
        }
        if let Some(work) = work {
            self.open.meanings.insert(claim.clone(), work.clone());
            self.state(&statement, &work.clone().into(), Change::Comes);
        }
    }

    /// The one work that an open citation can mean: in the whole corpus it alone bears the title, its text is
    /// held, it is of a region that the citation may speak of, and it was there before the citation. A title that
    /// two works bear, wherever they are, tells nothing.
    fn meaning(&self, claim: &NamedNode) -> Option<(NamedNode, Grounds)> {
        let (sha256, statement) = self.open.all.get(claim)?;
        let title = cited_title(statement).filter(|title| title.chars().count() >= SHORTEST_TITLE)?;
        let mut bearers = self.open.bearers.get(title)?.iter();
        let (Some(key), None) = (bearers.next(), bearers.next()) else { return None };
        // One candidate alone is one of several works that bear one key.
        if statement.candidates.len() < 2 || !statement.candidates.contains(key) {
            return None;
        }
        let bearer = self.bearer(key).map(|(work, _)| work.clone());
        if bearer.is_none() && self.named(key).next().is_some() {
            return None;
        }
        let works = bearer.into_iter().chain(self.titled(key));
        let work = works.into_iter().find(|work| self.held.has(work))?;
        let bound = Statement { object: Some(work.clone().into()), ..statement.clone() };
        let is_rejected = self.rejections.rejects(sha256, &bound)
            || self.rejections.rejects_link(claim, &LinkKind::Meaning.property(), &work);
        if is_rejected || work == statement.subject || !self.is_older(&work, &statement.subject) {
            return None;
        }
        let named = self.bearer(key).filter(|(bearer, _)| **bearer == work).map(|(_, claims)| claims);
        let witnesses = self.claims_on.of(&work).chain(named.into_iter().flatten()).take(WITNESSES);
        let grounds = Grounds {
            evidence: witnesses.chain([claim]).cloned().collect(),
            message: "库中只有这一份文件用此标题, 在引用者所属的地区之内, 且不晚于引用者".to_owned(),
        };
        Some((work, grounds))
    }

    /// Whether a work may have been there when another was written, as far as both are dated.
    fn is_older(&self, work: &NamedNode, citing: &NamedNode) -> bool {
        let dates = |work: &NamedNode| -> Vec<String> {
            let dates = self.says.of(work).filter(|said| said.predicate == eli("date_document"));
            let written = dates.filter_map(|said| match &said.object {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            });
            written.collect()
        };
        let (Some(first), Some(last)) = (dates(work).into_iter().min(), dates(citing).into_iter().max()) else {
            return true;
        };
        let precise = first.len().min(last.len());
        first[..precise] <= last[..precise]
    }
}
