//! Whether a store holds what its hashes say. Nothing is changed.

use super::{Store, StoreError, nodes, version};
use crate::model::sha256;
use oxigraph::model::NamedNode;
use std::{collections::BTreeSet, fs};

/// Something in a store that is not as it should be.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Fault {
    /// A graph has other contents than when it was written.
    Graph(String),
    /// A graph is there whose hash nobody noted.
    Unnoted(String),
    /// A graph is gone whose hash is noted.
    Gone(String),
    /// The bytes of a source are other ones than when they were read.
    Bytes(String),
    /// The bytes of a source are gone.
    NoBytes(String),
    /// A file beside the sources is of no source.
    Orphan(String),
}

impl Store {
    /// Every layer whose contents are not what its hash says. O(n log n) for n quads.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn verify_graphs(&self) -> Result<Vec<Fault>, StoreError> {
        let noted = version::hashes(self)?;
        let layers = self.iris.layer("").into_string();
        let provenance = self.iris.layer("provenance").into_string();
        let names = self.graph_names()?.into_iter();
        let present: BTreeSet<String> = names.filter(|name| name.starts_with(&layers) && *name != provenance).collect();
        let mut faults = Vec::new();
        for name in &present {
            let Some(hash) = noted.get(name) else {
                faults.push(Fault::Unnoted(name.clone()));
                continue;
            };
            let quads = self.graph(&NamedNode::new_unchecked(name))?;
            let lines = nodes::lines(&quads);
            // Derived layers have a sum, which follows changes; the others one hash of all.
            let is_as_noted =
                version::graph_hash(&lines).as_ref() == Some(hash) || version::sum_of(&lines).as_ref() == Some(hash);
            if !is_as_noted {
                faults.push(Fault::Graph(name.clone()));
            }
        }
        faults.extend(noted.into_keys().filter(|name| !present.contains(name)).map(Fault::Gone));
        Ok(faults)
    }

    /// Every file of `sources/` that is not what its name says, or is of no source; and every source whose bytes are
    /// gone though others have theirs. O(size of the sources).
    ///
    /// # Errors
    /// When the disk fails.
    pub fn verify_bytes(&self) -> Result<Vec<Fault>, StoreError> {
        let Some(folder) = &self.folder else { return Ok(Vec::new()) };
        let folder = folder.path().join("sources");
        let wrong = |error| StoreError::Io { path: folder.clone(), error };
        let known: BTreeSet<String> = self.sources()?.into_iter().collect();
        let (mut faults, mut kept) = (Vec::new(), BTreeSet::new());
        for entry in fs::read_dir(&folder).map_err(wrong)? {
            let entry = entry.map_err(wrong)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !known.contains(&name) {
                faults.push(Fault::Orphan(name));
                continue;
            }
            if sha256(&fs::read(entry.path()).map_err(wrong)?) != name {
                faults.push(Fault::Bytes(name.clone()));
            }
            kept.insert(name);
        }
        faults.extend(known.into_iter().filter(|name| !kept.contains(name)).map(Fault::NoBytes));
        faults.sort();
        Ok(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, Quad};

    fn quad(graph: &NamedNode, value: i32) -> Quad {
        let node = NamedNode::new_unchecked("urn:a");
        Quad::new(node.clone(), node, Literal::from(value), GraphName::from(graph.clone()))
    }

    #[test]
    fn sources_that_are_not_what_was_read_are_found() {
        let place = tempfile::tempdir().unwrap();
        let folder = crate::store::folder::Folder::open(place.path(), None).unwrap();
        let iris = crate::model::IriScheme::new(folder.base());
        let store = Store::of(oxigraph::store::Store::new().unwrap(), iris, Some(std::sync::Arc::new(folder)));
        let [kept, changed, gone] = ["防汛", "清淤", "绿化"].map(|text| (sha256(text.as_bytes()), text));
        for (hash, text) in [&kept, &changed, &gone] {
            let graph = store.iris().source_graph(hash);
            store.replace(vec![(graph.clone(), vec![quad(&graph, 1)])]).unwrap();
            store.keep_bytes(hash, text.as_bytes()).unwrap();
        }
        assert_eq!(store.verify_bytes().unwrap(), []);
        let file = |name: &str| place.path().join("sources").join(name);
        fs::write(file(&changed.0), "别的").unwrap();
        fs::remove_file(file(&gone.0)).unwrap();
        fs::write(file("stray"), "").unwrap();
        let expected = [Fault::Bytes(changed.0), Fault::NoBytes(gone.0), Fault::Orphan("stray".to_owned())];
        assert_eq!(store.verify_bytes().unwrap(), expected);
    }

    #[test]
    fn what_is_changed_past_the_hashes_is_found() {
        let store = Store::in_memory("http://127.0.0.1:7979").unwrap();
        let [kept, changed, gone] = ["kept", "changed", "gone"].map(|name| store.iris().source_graph(name));
        let of = |graph: &NamedNode| (graph.clone(), vec![quad(graph, 1)]);
        store.replace(vec![of(&kept), of(&changed), of(&gone)]).unwrap();
        assert_eq!(store.verify_graphs().unwrap(), []);
        store.inner().insert(&quad(&changed, 2)).unwrap();
        store.inner().remove_named_graph(&gone).unwrap();
        let planted = store.iris().source_graph("planted");
        store.inner().insert(&quad(&planted, 1)).unwrap();
        // Graphs of the users' own have no hash.
        store.inner().insert(&quad(&NamedNode::new_unchecked("urn:own"), 1)).unwrap();
        assert_eq!(
            store.verify_graphs().unwrap(),
            [
                Fault::Graph(changed.into_string()),
                Fault::Unnoted(planted.into_string()),
                Fault::Gone(gone.into_string())
            ]
        );
    }
}
