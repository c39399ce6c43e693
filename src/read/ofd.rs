//! OFD (GB/T 33190-2016): a zip of XML; the text of its pages.

use super::{
    Content, Fault,
    limits::MOST_PAGES,
    package::Package,
    pages::{self, Piece},
    xml::{self, Step, Tag},
};

const FORMAT: &str = "OFD";

/// Reads a document: every body of the file, page by page.
pub(super) fn read(bytes: &[u8]) -> Result<Content, Fault> {
    let mut package = Package::open(bytes, FORMAT)?;
    let mut all = Vec::new();
    for root in texts(&mut package, "OFD.xml", "DocRoot")? {
        let folder = folder_of(&root);
        for page in locations(&mut package, &root)? {
            if all.len() == MOST_PAGES {
                return Err(Fault::Beyond { what: "页数 (pages)", limit: MOST_PAGES as u64 });
            }
            let path = resolved(folder, &page);
            let Some(bytes) = package.part(&path)? else { continue };
            all.push(pieces(&xml::text(&bytes, FORMAT)?)?);
        }
    }
    let text = pages::text(all);
    if text.trim().is_empty() {
        return Err(Fault::NoTextLayer);
    }
    Ok(Content { text, encoding: FORMAT, ..Content::default() })
}

/// The texts of the elements of a name in a part.
fn texts(package: &mut Package<'_>, part: &str, wanted: &str) -> Result<Vec<String>, Fault> {
    let missing = || Fault::Damaged { format: FORMAT, reason: format!("缺少 (missing) {part}") };
    let bytes = package.part(part)?.ok_or_else(missing)?;
    let mut found: Vec<String> = Vec::new();
    let mut inside = false;
    xml::walk(&xml::text(&bytes, FORMAT)?, FORMAT, |step| match step {
        Step::Open(tag) if tag.name == wanted => {
            inside = true;
            found.push(String::new());
        }
        Step::Close(name) if name == wanted => inside = false,
        Step::Text(words) if inside => found.iter_mut().rev().take(1).for_each(|last| last.push_str(words.trim())),
        _ => (),
    })?;
    Ok(found)
}

/// Where the pages of a document lie, in order.
fn locations(package: &mut Package<'_>, root: &str) -> Result<Vec<String>, Fault> {
    let missing = || Fault::Damaged { format: FORMAT, reason: format!("缺少 (missing) {root}") };
    let bytes = package.part(root)?.ok_or_else(missing)?;
    let mut found = Vec::new();
    let mut in_pages = false;
    xml::walk(&xml::text(&bytes, FORMAT)?, FORMAT, |step| match step {
        Step::Open(tag) if tag.name == "Pages" => in_pages = true,
        Step::Close("Pages") => in_pages = false,
        Step::Open(tag) if tag.name == "Page" && in_pages => found.extend(tag.attribute("BaseLoc").map(str::to_owned)),
        _ => (),
    })?;
    Ok(found)
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

/// A location from the root of the package, or from the folder of the document.
fn resolved(folder: &str, location: &str) -> String {
    match location.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}{}", location.trim_start_matches("./")),
    }
}

/// A text object while its codes are read.
#[derive(Default)]
struct Object {
    left: f64,
    top: f64,
    size: f64,
    /// Where the next code begins, and how far apart its characters stand.
    x: f64,
    y: f64,
    steps: Vec<f64>,
}

/// The pieces of a page.
fn pieces(page: &str) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    let mut object = Object::default();
    let mut code = String::new();
    let mut in_code = false;
    xml::walk(page, FORMAT, |step| match step {
        Step::Open(tag) if tag.name == "TextObject" => object = Object::of(tag),
        Step::Open(tag) if tag.name == "TextCode" => {
            object.begin(tag);
            code.clear();
            in_code = true;
        }
        Step::Text(words) if in_code => code.push_str(words),
        Step::Close("TextCode") => {
            in_code = false;
            pieces.push(object.piece(&code));
        }
        _ => (),
    })?;
    Ok(pieces)
}

impl Object {
    fn of(tag: &Tag) -> Self {
        let boundary = figures(tag.attribute("Boundary").unwrap_or_default());
        let at = |index: usize| boundary.get(index).copied().unwrap_or_default();
        let matrix = figures(tag.attribute("CTM").unwrap_or_default());
        let scale = matrix.first().copied().filter(|scale| *scale > 0.0).unwrap_or(1.0);
        let size = tag.attribute("Size").and_then(|size| size.parse::<f64>().ok()).unwrap_or(5.0) * scale;
        Self { left: at(0), top: at(1), size, ..Self::default() }
    }

    fn begin(&mut self, tag: &Tag) {
        let figure = |name| tag.attribute(name).and_then(|figure| figure.parse::<f64>().ok());
        self.x = figure("X").unwrap_or(self.x);
        self.y = figure("Y").unwrap_or(self.y);
        self.steps = figures(tag.attribute("DeltaX").unwrap_or_default());
    }

    fn piece(&self, code: &str) -> Piece {
        let left = self.left + self.x;
        let advance: f64 = self.steps.iter().sum();
        let narrow = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        let width = if self.steps.is_empty() {
            code.chars().map(narrow).sum::<f64>() * self.size
        } else {
            advance + code.chars().next_back().map_or(0.0, narrow) * self.size
        };
        Piece { left, right: left + width, top: self.top + self.y, size: self.size, text: code.to_owned() }
    }
}

/// Figures with blanks between; `g 3 4.2` is three times 4.2.
fn figures(text: &str) -> Vec<f64> {
    const MOST: usize = 10_000;
    let mut found = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0).min(MOST);
            let figure = words.next().and_then(|figure| figure.parse::<f64>().ok()).unwrap_or_default();
            found.extend(std::iter::repeat_n(figure, count));
        } else if let Ok(figure) = word.parse::<f64>() {
            found.push(figure);
        }
        if found.len() > MOST {
            break;
        }
    }
    found.into_iter().filter(|figure: &f64| figure.is_finite()).collect()
}
