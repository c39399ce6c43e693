//! The index at rest: in a folder beside the graphs, or in memory; made from the store where there is none of its
//! version, and brought up to date by what commits have touched.

use super::{
    SearchError, bigrams,
    facets::Facet,
    fold::fold,
    schema::{Fields, MEASURE, WORK},
    units::{Measure, Text, Units, Work},
};
use crate::{
    model::numbers_in,
    store::{Follower, Store, Touched},
};
use oxrdf::NamedNode;
use std::{
    collections::BTreeSet,
    fs, io,
    path::Path,
    sync::{Mutex, PoisonError},
};
use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
    collector::DocSetCollector,
    directory::MmapDirectory,
    query::TermQuery,
    schema::{IndexRecordOption, Value as _},
    tokenizer::TextAnalyzer,
};

/// The way in which documents of the index are made. An index of another way is made anew.
const FORMAT: &str = "zhengmai-search/1";

/// Bytes that a writer keeps before it writes a segment.
const BUFFER: usize = 64 << 20;

/// An index that follows a store.
pub(super) struct Index {
    store: Store,
    inner: tantivy::Index,
    reader: IndexReader,
    pub(super) fields: Fields,
    follower: Follower,
    updating: Mutex<()>,
}

impl Index {
    /// Opens the index of a store in a folder, or in memory; makes it where there is none, or it is of another version.
    pub(super) fn open(store: &Store, folder: Option<&Path>) -> Result<Self, SearchError> {
        let fields = Fields::new();
        let follower = store.follow();
        let inner = match folder {
            Some(folder) => in_folder(folder, &fields)?,
            None => tantivy::Index::create_in_ram(fields.schema.clone()),
        };
        let index = Self::of(store, inner, fields, follower)?;
        if index.is_current()? {
            return Ok(index);
        }
        match index.rebuild() {
            // Another process is making it, or the folder may not be written: this one makes its own.
            Err(SearchError::Index(tantivy::TantivyError::LockFailure(..) | tantivy::TantivyError::IoError(_)))
                if folder.is_some() =>
            {
                Self::open(store, None)
            }
            done => done.map(|()| index),
        }
    }

    fn of(store: &Store, inner: tantivy::Index, fields: Fields, follower: Follower) -> Result<Self, SearchError> {
        inner.tokenizers().register(bigrams::NAME, TextAnalyzer::from(bigrams::Bigrams));
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { store: store.clone(), inner, reader, fields, follower, updating: Mutex::default() })
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// What is in the index now.
    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Bytes of the index.
    pub(super) fn size(&self) -> Result<u64, SearchError> {
        Ok(self.searcher().space_usage().map_err(tantivy::TantivyError::from)?.total().get_bytes())
    }

    fn is_current(&self) -> Result<bool, SearchError> {
        Ok(self.inner.load_metas()?.payload == Some(payload(&self.store.version()?)))
    }

    /// Makes all of it from the store. O(n) for n characters.
    fn rebuild(&self) -> Result<(), SearchError> {
        let version = self.store.version()?;
        // What has been touched so far is in what is read now.
        let _ = self.follower.take();
        let units = Units::of(&self.store);
        self.write(&version, |writer| {
            writer.delete_all_documents()?;
            for work in &units.works()? {
                self.add(writer, &units, work)?;
            }
            Ok(())
        })
    }

    /// Brings it up to date with the store's commits. Costs what these have touched.
    pub(super) fn update(&self) -> Result<(), SearchError> {
        // Nothing is kept under the lock.
        let _one_at_a_time = self.updating.lock().unwrap_or_else(PoisonError::into_inner);
        // The version first: were something committed in between, the index on the disk would be taken for older than
        // it is, and made anew; never for newer.
        let version = self.store.version()?;
        let touched = self.follower.take();
        if touched.is_nothing() {
            return Ok(());
        }
        let done = if touched.everything { self.rebuild() } else { self.update_touched(&touched, &version) };
        if done.is_err() {
            self.follower.put_back(&touched);
        }
        done
    }

    fn update_touched(&self, touched: &Touched, version: &str) -> Result<(), SearchError> {
        let units = Units::of(&self.store);
        let mut works = touched.works.clone();
        for sha256 in &touched.sources {
            works.extend(units.works_in(sha256)?);
            works.extend(self.works_of(sha256)?);
        }
        self.write(version, |writer| {
            for work in &works {
                writer.delete_term(Term::from_field_text(self.fields.work, work.as_str()));
                self.add(writer, &units, work)?;
            }
            Ok(())
        })
    }

    /// Leaves nothing of what has been taken out: else its words stay on the disk until parts of the index are merged.
    /// O(n) for n characters of the parts that it was in.
    pub(super) fn purge(&self) -> Result<(), SearchError> {
        self.update()?;
        // Nothing is kept under the lock.
        let _one_at_a_time = self.updating.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = self.inner.searchable_segment_metas()?.into_iter();
        let with_deleted: Vec<_> =
            segments.filter(|segment| segment.num_deleted_docs() > 0).map(|segment| segment.id()).collect();
        if with_deleted.is_empty() {
            return Ok(());
        }
        let mut writer: IndexWriter = self.inner.writer_with_num_threads(1, BUFFER)?;
        writer.merge(&with_deleted).wait()?;
        // Files that a reader has open stay.
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        Ok(writer.wait_merging_threads()?)
    }

    /// The works that the index has from a source.
    fn works_of(&self, sha256: &str) -> Result<BTreeSet<NamedNode>, SearchError> {
        let searcher = self.searcher();
        let term = Term::from_field_text(self.fields.source, sha256);
        let mut found: Vec<DocAddress> =
            searcher.search(&TermQuery::new(term, IndexRecordOption::Basic), &DocSetCollector)?.into_iter().collect();
        found.sort_unstable();
        let mut works = BTreeSet::new();
        for address in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let iri = document.get_first(self.fields.work).and_then(|value| value.as_str());
            works.extend(iri.map(NamedNode::new_unchecked));
        }
        Ok(works)
    }

    fn write(
        &self,
        version: &str,
        work: impl FnOnce(&IndexWriter) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let mut writer: IndexWriter = self.inner.writer_with_num_threads(1, BUFFER)?;
        work(&writer)?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload(version));
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(())
    }

    fn add(&self, writer: &IndexWriter, units: &Units<'_>, iri: &NamedNode) -> Result<(), SearchError> {
        let Some(work) = units.work(iri)? else { return Ok(()) };
        let (texts, measures) = (units.texts(iri)?, units.measures(iri)?);
        writer.add_document(self.work(&work, &texts, &measures))?;
        for measure in &measures {
            writer.add_document(self.measure(&work, measure))?;
        }
        Ok(())
    }

    fn work(&self, work: &Work, texts: &[Text], measures: &[Measure]) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = self.document(WORK, &work.iri, work);
        document.add_text(fields.order, format!("{}\0{}", work.label, work.iri.as_str()));
        let titles: BTreeSet<String> = work.titles.iter().chain([&work.label]).map(|title| fold(title)).collect();
        for title in &titles {
            document.add_text(fields.exact, title);
        }
        for title in titles.into_iter().chain(work.numbers.iter().map(|number| fold(number))) {
            document.add_text(fields.title, title);
        }
        for number in &work.numbers {
            document.add_text(fields.number, number);
        }
        let mut cited = BTreeSet::new();
        for text in texts {
            document.add_text(fields.body, fold(&text.text));
            document.add_text(fields.source, &text.sha256);
            cited.extend(numbers_in(&text.text).into_iter().map(|(_, number)| number.to_string()));
        }
        for number in cited {
            document.add_text(fields.cited, number);
        }
        let assigned = measures.iter().flat_map(|measure| &measure.agencies);
        for agency in work.agencies.iter().chain(assigned).collect::<BTreeSet<_>>() {
            document.add_text(fields.agencies, fold(agency));
        }
        document
    }

    fn measure(&self, work: &Work, measure: &Measure) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = self.document(MEASURE, &measure.iri, work);
        let Measure { text, position, iri, .. } = measure;
        document.add_text(fields.order, format!("{}\0{}\0{position:06}{}", work.label, text.sha256, iri.as_str()));
        document.add_text(fields.source, &measure.text.sha256);
        if let Some(heading) = &measure.heading {
            document.add_text(fields.title, fold(heading));
        }
        document.add_text(fields.body, fold(&measure.text.text));
        for agency in &measure.agencies {
            document.add_text(fields.agencies, fold(agency));
        }
        document
    }

    /// What works and measures have alike: a measure has the facets of its work.
    fn document(&self, class: &str, iri: &NamedNode, work: &Work) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        document.add_text(fields.iri, iri.as_str());
        document.add_text(fields.class, class);
        document.add_text(fields.work, work.iri.as_str());
        for facet in Facet::ALL {
            for value in values(work, facet) {
                document.add_text(fields.facet(facet), value);
            }
        }
        document.add_u64(fields.date, work.date.as_deref().map_or(0, ordinal));
        document
    }
}

/// The values that a work has of a facet.
fn values(work: &Work, facet: Facet) -> Vec<&str> {
    match facet {
        Facet::Level => vec![work.level.as_str()],
        Facet::Region => work.regions.iter().map(String::as_str).collect(),
        Facet::Kind => work.kind.as_deref().into_iter().collect(),
        Facet::Form => work.form.as_deref().into_iter().collect(),
        Facet::Issuer => work.issuers.iter().map(String::as_str).collect(),
        Facet::Year => work.year.as_deref().into_iter().collect(),
        Facet::Status => vec![if work.is_held { "held" } else { "stub" }],
    }
}

/// A date as a number that later dates exceed: 20210509; 20210500 where the day is not said.
fn ordinal(date: &str) -> u64 {
    let digits: String = date.chars().filter(char::is_ascii_digit).take(8).collect();
    format!("{digits:0<8}").parse().unwrap_or_default()
}

fn payload(version: &str) -> String {
    format!("{FORMAT} {version}")
}

/// The index in a folder, empty where there is none that can be read.
fn in_folder(folder: &Path, fields: &Fields) -> Result<tantivy::Index, SearchError> {
    let at = |error: io::Error| SearchError::Io { path: folder.to_owned(), error };
    let open = || -> tantivy::Result<tantivy::Index> {
        let directory = MmapDirectory::open(folder)?;
        tantivy::Index::open_or_create(directory, fields.schema.clone())
    };
    match fs::create_dir_all(folder) {
        // A store that may only be read has its index in memory.
        Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) => {
            return Ok(tantivy::Index::create_in_ram(fields.schema.clone()));
        }
        done => done.map_err(at)?,
    }
    // What is damaged, or of another layout, is made anew: all of it follows from the store.
    open().or_else(|_| {
        fs::remove_dir_all(folder).and_then(|()| fs::create_dir_all(folder)).map_err(at)?;
        Ok(open()?)
    })
}
