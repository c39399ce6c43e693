//! The quads of a graph in the order of their lines, however many they are: what is too much to be held is sorted in
//! parts, which lie on the disk and are merged.

use super::{Store, StoreError};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphNameRef, NamedNode, Quad},
};
use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    env::temp_dir,
    fs::File,
    io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write},
};

/// How many quads are held at once.
const HELD: usize = 100_000;

impl Store {
    /// Shows the quads of a graph, sorted. Memory: 100,000 quads, whatever the graph holds.
    ///
    /// # Errors
    /// When the disk fails, or `visit` does.
    pub(super) fn in_order(
        &self,
        graph: &NamedNode,
        visit: impl FnMut(&Quad) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        self.in_order_holding(HELD, graph, visit)
    }

    fn in_order_holding(
        &self,
        most: usize,
        graph: &NamedNode,
        mut visit: impl FnMut(&Quad) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let at = |error| StoreError::Io { path: graph.as_str().into(), error };
        let mut parts = Vec::new();
        let mut held: Vec<(String, Quad)> = Vec::new();
        let name = GraphNameRef::NamedNode(graph.as_ref());
        for quad in self.inner().quads_for_pattern(None, None, None, Some(name)) {
            let quad = quad?;
            held.push((quad.to_string(), quad));
            if held.len() == most {
                parts.push(self.put_down(&mut held).map_err(at)?);
            }
        }
        held.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        if parts.is_empty() {
            return held.iter().try_for_each(|(_, quad)| visit(quad)).map_err(at);
        }
        parts.push(self.put_down(&mut held).map_err(at)?);
        merge(parts, visit).map_err(at)
    }

    /// Writes lines to a file that is gone when it is closed.
    fn put_down(&self, held: &mut Vec<(String, Quad)>) -> io::Result<BufReader<File>> {
        held.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let mut file = self.scratch()?;
        for (line, _) in held.drain(..) {
            writeln!(file, "{line}")?;
        }
        file.read()
    }

    /// Somewhere to put down what is too much for memory: on the disk of the store, where it has one.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn scratch(&self) -> io::Result<Scratch> {
        Ok(Scratch(BufWriter::new(self.scratch_file()?)))
    }

    /// A file without a name, which is gone when it is closed.
    pub(super) fn scratch_file(&self) -> io::Result<File> {
        let folder = self.folder.as_ref().map_or_else(temp_dir, |folder| folder.path().to_owned());
        tempfile::tempfile_in(folder)
    }
}

/// A file without a name, which is written and then read.
#[derive(Debug)]
pub struct Scratch(BufWriter<File>);

impl Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Scratch {
    /// What was written, from the beginning.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read(self) -> io::Result<BufReader<File>> {
        let mut file = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok(BufReader::new(file))
    }
}

fn merge(parts: Vec<BufReader<File>>, mut visit: impl FnMut(&Quad) -> io::Result<()>) -> io::Result<()> {
    let mut parts: Vec<_> = parts.into_iter().map(BufReader::lines).collect();
    let mut heads = BinaryHeap::new();
    for (part, lines) in parts.iter_mut().enumerate() {
        heads.extend(lines.next().transpose()?.map(|line| Reverse((line, part))));
    }
    while let Some(Reverse((mut line, part))) = heads.pop() {
        heads.extend(parts[part].next().transpose()?.map(|line| Reverse((line, part))));
        line.push_str(" .");
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(&line) {
            visit(&quad.map_err(io::Error::other)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal};

    #[test]
    fn a_graph_that_is_sorted_in_parts_is_in_the_order_of_one_that_is_not() {
        let store = Store::in_memory("http://127.0.0.1:7979").unwrap();
        let graph = NamedNode::new_unchecked("urn:g");
        let name = GraphName::NamedNode(graph.clone());
        let node = |n: usize| NamedNode::new_unchecked(format!("urn:n{n}"));
        for n in 0..100 {
            let literal = Literal::new_language_tagged_literal_unchecked(format!("第{n}行\n\t\"\\"), "zh");
            store.inner().insert(&Quad::new(node(n * 7 % 10), node(n % 3), literal, name.clone())).unwrap();
            store.inner().insert(&Quad::new(node(n), node(1), Literal::from(n as u64), name.clone())).unwrap();
        }
        let order = |most: usize| {
            let mut quads = Vec::new();
            let seen = store.in_order_holding(most, &graph, |quad| {
                quads.push(quad.to_string());
                Ok(())
            });
            seen.unwrap();
            quads
        };
        let whole = order(1000);
        assert!(whole.len() == 200 && whole.is_sorted());
        for most in [1, 7, 100, 200] {
            assert_eq!(order(most), whole, "{most}");
        }
    }
}
