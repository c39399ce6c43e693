//! The lines of a page as a reader sees them: paragraphs, rows of tables with tabs between the cells; each
//! with the element that it stands in and how much of it is links.

use super::tree::{Content, NodeId, ROOT, Tree};

/// A line of the page.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// The element that it stands in.
    pub(super) node: NodeId,
    /// Its characters that are links.
    pub(super) linked: usize,
    /// It stands in an element that is of the page, not of the document: a menu, a share bar, a footer.
    pub(super) is_chrome: bool,
    /// A row of a table.
    pub(super) is_row: bool,
}

impl Line {
    /// Its characters that are no blanks.
    pub(super) fn characters(&self) -> usize {
        self.text.chars().filter(|c| !c.is_whitespace()).count()
    }
}

/// Elements whose text is not shown.
const UNSEEN: [&str; 16] = [
    "script", "style", "noscript", "template", "head", "iframe", "select", "button", "textarea", "svg", "object",
    "audio", "video", "canvas", "map", "input",
];

/// Elements that are of the page.
const OF_THE_PAGE: [&str; 4] = ["nav", "footer", "aside", "dialog"];

/// Elements that stand within a line.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label", "mark",
    "o:p", "q", "s", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// Words in the class or id of elements that are of the page.
const PAGE_WORDS: [&str; 34] = [
    "nav",
    "menu",
    "breadcrumb",
    "crumb",
    "crumbs",
    "share",
    "bdshare",
    "bshare",
    "sharebox",
    "footer",
    "foot",
    "sidebar",
    "toolbar",
    "pager",
    "pagination",
    "copyright",
    "related",
    "recommend",
    "hotnews",
    "qrcode",
    "ewm",
    "erweima",
    "login",
    "search",
    "wza",
    "aria",
    "print",
    "fontsize",
    "curpage",
    "position",
    "location",
    "weizhi",
    "dqwz",
    "dangqian",
];

/// All lines of a page.
pub(super) fn lines(tree: &Tree) -> Vec<Line> {
    let mut page = Page { tree, lines: Vec::new(), line: String::new(), linked: 0 };
    page.walk();
    page.lines
}

struct Page<'a> {
    tree: &'a Tree,
    lines: Vec<Line>,
    line: String,
    linked: usize,
}

/// What is above a node while the page is walked.
#[derive(Clone, Copy)]
struct Above {
    block: NodeId,
    in_link: bool,
    is_chrome: bool,
    /// Within the cell of a table of data, where line ends are blanks.
    in_cell: bool,
}

enum Step {
    Enter(NodeId, Above),
    EndBlock(Above),
    EndCell,
    EndRow(Above),
}

impl Page<'_> {
    fn walk(&mut self) {
        let above = Above { block: ROOT, in_link: false, is_chrome: false, in_cell: false };
        let mut steps = vec![Step::Enter(ROOT, above)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id, above) => self.enter(id, above, &mut steps),
                Step::EndBlock(above) => self.end_line(above, false),
                Step::EndCell => self.line.push('\t'),
                Step::EndRow(above) => self.end_line(above, true),
            }
        }
    }

    fn enter(&mut self, id: NodeId, mut above: Above, steps: &mut Vec<Step>) {
        let node = self.tree.node(id);
        match &node.content {
            Content::Text(words) => return self.words(words, above),
            Content::Other => return,
            Content::Document | Content::Element { .. } => (),
        }
        let name = self.tree.name(id);
        if UNSEEN.contains(&name) || is_hidden(self.tree, id) {
            return;
        }
        if name == "a" && is_switch(self.tree, id) {
            return;
        }
        above.in_link |= name == "a" && !self.tree.attribute(id, "href").is_empty();
        if INLINE.contains(&name) {
            return steps.extend(node.children.iter().rev().map(|&child| Step::Enter(child, above)));
        }
        if name == "br" || name == "hr" {
            return if above.in_cell { self.line.push(' ') } else { self.end_line(above, false) };
        }
        if above.in_cell {
            self.line.push(' ');
            return steps.extend(node.children.iter().rev().map(|&child| Step::Enter(child, above)));
        }
        self.end_line(above, false);
        above.block = id;
        above.is_chrome |= is_of_the_page(self.tree, id);
        if name == "tr" && is_row_of_data(self.tree, id) {
            steps.push(Step::EndRow(above));
            for &cell in node.children.iter().rev().filter(|&&cell| is_cell(self.tree, cell)) {
                steps.push(Step::EndCell);
                steps.push(Step::Enter(cell, Above { in_cell: true, ..above }));
            }
            return;
        }
        steps.push(Step::EndBlock(above));
        steps.extend(node.children.iter().rev().map(|&child| Step::Enter(child, above)));
    }

    fn words(&mut self, words: &str, above: Above) {
        let before = self.line.len();
        for c in words.chars() {
            match c {
                '\n' if self.tree.name(above.block) == "pre" => self.end_line(above, false),
                // A line end of the page's source between two characters of Chinese is no blank.
                '\n' | '\r' if self.line.ends_with(is_wide) => (),
                c if c.is_whitespace() => {
                    if !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
        if above.in_link {
            let added = self.line.get(before..).unwrap_or_default();
            self.linked += added.chars().filter(|c| !c.is_whitespace()).count();
        }
    }

    fn end_line(&mut self, above: Above, is_row: bool) {
        let cells: Vec<&str> = self.line.split('\t').map(str::trim).collect();
        let text = cells.join("\t").trim_end().to_owned();
        if !text.trim().is_empty() {
            let linked = self.linked;
            let text = if is_row { text } else { text.trim().to_owned() };
            self.lines.push(Line { text, node: above.block, linked, is_chrome: above.is_chrome, is_row });
        }
        self.line.clear();
        self.linked = 0;
    }
}

fn is_wide(c: char) -> bool {
    crate::model::is_han(c) || "，。；：、（）《》“”〔〕".contains(c)
}

fn is_cell(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "td" | "th")
}

/// A row with several cells of which none holds a page's worth of its own: no table inside, no long text of
/// several paragraphs.
fn is_row_of_data(tree: &Tree, row: NodeId) -> bool {
    const LONGEST_CELL: usize = 400;
    let cells: Vec<NodeId> = tree.node(row).children.iter().copied().filter(|&id| is_cell(tree, id)).collect();
    cells.len() > 1
        && cells.iter().all(|&cell| {
            let mut pending = vec![cell];
            let (mut characters, mut paragraphs) = (0, 0);
            while let Some(id) = pending.pop() {
                match (&tree.node(id).content, tree.name(id)) {
                    (_, "table") => return false,
                    (_, "script" | "style") => continue,
                    (Content::Text(words), _) => characters += words.chars().filter(|c| !c.is_whitespace()).count(),
                    (_, "p" | "div" | "h1" | "h2" | "h3" | "li") => paragraphs += 1,
                    _ => (),
                }
                pending.extend(&tree.node(id).children);
            }
            characters <= LONGEST_CELL || paragraphs < 3
        })
}

/// A link that runs a script and has a word or two for a name is a switch of the page.
fn is_switch(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "href").trim_start().starts_with("javascript:") && tree.text(id).chars().count() <= 8
}

fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    let style: String =
        tree.attribute(id, "style").chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let hides = ["display:none", "visibility:hidden", "text-indent:-999", "opacity:0;"];
    // Pages hide their body until their scripts have run.
    if tree.name(id) == "body" {
        return false;
    }
    hides.iter().any(|word| style.contains(word)) || has_attribute(tree, id, "hidden")
}

fn has_attribute(tree: &Tree, id: NodeId, wanted: &str) -> bool {
    matches!(&tree.node(id).content, Content::Element { attributes, .. } if attributes.iter().any(|(name, _)| &**name == wanted))
}

/// An element with as many sentences is no part of the page's frame.
const SENTENCES: usize = 4;

fn is_of_the_page(tree: &Tree, id: NodeId) -> bool {
    let name = tree.name(id);
    if OF_THE_PAGE.contains(&name) || matches!(tree.attribute(id, "role"), "navigation" | "contentinfo" | "search") {
        return true;
    }
    if matches!(name, "body" | "html" | "form") {
        return false;
    }
    let named = format!("{} {}", tree.attribute(id, "class"), tree.attribute(id, "id"));
    if !words_of(&named).any(|word| PAGE_WORDS.contains(&word.as_str())) {
        return false;
    }
    // What holds several sentences is called so by chance: <div class="content print">.
    tree.text(id).matches('。').count() < SENTENCES
}

/// The words of a name: newsShare, news-share.
fn words_of(name: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            spaced.push(' ');
        }
        spaced.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' });
    }
    spaced.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}
