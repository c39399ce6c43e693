//! 输入 (inputs): the documents of files and streams, one by one, without reading them all.

use super::{
    Fault, Loaded, ReadError,
    limits::LARGEST_FILE,
    lines,
    metadata::{Beside, Given},
};
use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

/// As many bytes of lines are taken together at most; bounds memory.
const BATCH_BYTES: usize = 8 << 20;

/// 待读 (unread): one document that has been found and not been decoded.
#[derive(Debug)]
pub struct Unread {
    file: Option<PathBuf>,
    content: Content,
    given: Option<Arc<Given>>,
}

#[derive(Debug)]
enum Content {
    File,
    Line { number: usize, bytes: Vec<u8> },
}

impl Unread {
    /// Reads and decodes it.
    ///
    /// # Errors
    /// When the system refuses, or the bytes are no document.
    pub fn read(self) -> Result<Loaded, ReadError> {
        let mut loaded = match (self.content, self.file) {
            (Content::Line { number, bytes }, file) => lines::parse_line(&bytes, number, file.as_deref())?,
            (Content::File, Some(path)) => super::read_file(&path)?,
            (Content::File, None) => return Err(no_text(Path::new("-"))),
        };
        if let Some(given) = self.given {
            given.lay_on(&mut loaded.source);
        }
        Ok(loaded)
    }

    /// Whether it is a further line of a file that has been counted.
    #[must_use]
    pub fn is_further_line(&self) -> bool {
        matches!(self.content, Content::Line { number: 2.., .. })
    }

    fn size(&self) -> usize {
        match &self.content {
            Content::File => 0,
            Content::Line { bytes, .. } => bytes.len(),
        }
    }
}

/// The documents of files in order; of a file of JSON Lines one for each line.
pub struct Inputs {
    files: std::vec::IntoIter<PathBuf>,
    lines: Option<Lines>,
    found: VecDeque<Result<Unread, ReadError>>,
    beside: Beside,
}

struct Lines {
    file: Option<PathBuf>,
    stream: Box<dyn BufRead>,
    number: usize,
}

impl Inputs {
    /// The documents of files, each with the metadata beside it.
    #[must_use]
    pub fn of_files(files: Vec<PathBuf>) -> Self {
        Self { files: files.into_iter(), lines: None, found: VecDeque::new(), beside: Beside::default() }
    }

    /// The documents of a stream of JSON Lines.
    #[must_use]
    pub fn of_stream(stream: Box<dyn BufRead>) -> Self {
        let lines = Lines { file: None, stream, number: 0 };
        Self { lines: Some(lines), ..Self::of_files(Vec::new()) }
    }

    /// The next documents, `most` at most; none at the end.
    pub fn batch(&mut self, most: usize) -> Vec<Result<Unread, ReadError>> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < most && bytes < BATCH_BYTES {
            let Some(next) = self.next() else { break };
            bytes += next.as_ref().map_or(0, Unread::size);
            batch.push(next);
        }
        batch
    }

    /// Opens the next file: as lines, or as one document.
    fn find_in(&mut self, path: PathBuf) {
        match open_lines(&path) {
            Ok(Some(stream)) => self.lines = Some(Lines { file: Some(path), stream, number: 0 }),
            Ok(None) => {
                let (given, errors) = self.beside.of(&path);
                self.found.extend(errors.into_iter().map(Err));
                self.found.push_back(Ok(Unread { file: Some(path), content: Content::File, given }));
            }
            Err(error) => self.found.push_back(Err(error)),
        }
    }
}

impl Iterator for Inputs {
    type Item = Result<Unread, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.found.pop_front() {
                return Some(next);
            }
            if let Some(lines) = &mut self.lines {
                let next = lines.next();
                if !matches!(next, Some(Ok(_))) {
                    self.lines = None;
                }
                if next.is_some() {
                    return next;
                }
            }
            let path = self.files.next()?;
            self.find_in(path);
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Unread, ReadError>;

    /// The next line that is not blank. An error ends the stream.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            match self.stream.by_ref().take(LARGEST_FILE + 1).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(read) if read as u64 > LARGEST_FILE => {
                    let path = self.file.clone().unwrap_or_else(|| PathBuf::from("-"));
                    let fault = Fault::Beyond { what: "行的长度 (length of a line)", limit: LARGEST_FILE };
                    return Some(Err(ReadError::Content { path, fault }));
                }
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => (),
                Ok(_) => {
                    let content = Content::Line { number: self.number, bytes };
                    return Some(Ok(Unread { file: self.file.clone(), content, given: None }));
                }
                Err(error) => {
                    let path = self.file.clone().unwrap_or_else(|| PathBuf::from("-"));
                    return Some(Err(ReadError::Io { path, error }));
                }
            }
        }
    }
}

/// A file as lines, where it is JSON Lines: by its name, or because its first line is an object with a `text`.
fn open_lines(path: &Path) -> Result<Option<Box<dyn BufRead>>, ReadError> {
    const HEAD: usize = 1 << 16;
    let io = |error| ReadError::Io { path: path.to_owned(), error };
    let mut stream = BufReader::with_capacity(HEAD, File::open(path).map_err(io)?);
    let head = stream.fill_buf().map_err(io)?;
    let named = path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson");
    let blank = head.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if head.get(blank) != Some(&b'{') && !named {
        return Ok(None);
    }
    let end = head[blank..].iter().position(|&byte| byte == b'\n').map(|end| blank + end);
    let first = match end {
        Some(end) => lines::is_line(&head[blank..end]),
        None => first_line(path).map_err(io)?.is_some_and(|line| lines::is_line(&line)),
    };
    Ok((named || first).then(|| Box::new(stream) as Box<dyn BufRead>))
}

/// The first line of a file whose first line is long.
fn first_line(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = BufReader::new(File::open(path)?.take(LARGEST_FILE)).read_until(b'\n', &mut line)?;
    Ok((read > 0).then_some(line))
}

fn no_text(path: &Path) -> ReadError {
    ReadError::Content { path: path.to_owned(), fault: Fault::NotText }
}
