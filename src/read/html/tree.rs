//! The tree of a page: html5ever's parser into one vector of nodes, bounded in depth and number.

use crate::read::{
    Fault,
    limits::{DEEPEST, MOST_NODES},
};
use html5ever::{
    Attribute, ParseOpts, QualName,
    interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    parse_document,
    tendril::{StrTendril, TendrilSink as _},
};
use std::{borrow::Cow, cell::RefCell, rc::Rc};

/// The index of a node.
pub(super) type NodeId = usize;

/// The document itself.
pub(super) const ROOT: NodeId = 0;

/// An element, a text, or what is neither and is passed over.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<NodeId>,
    pub(super) children: Vec<NodeId>,
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Document,
    Element { name: Rc<QualName>, attributes: Vec<(Rc<str>, String)> },
    Text(String),
    Other,
}

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Parses a page. O(n): what is nested deeper or has more nodes than any page is refused on the way.
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        const CHUNK: usize = 1 << 13;
        let mut parser = parse_document(Sink::new(), ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let mut end = CHUNK.min(rest.len());
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            parser.process(StrTendril::from_slice(&rest[..end]));
            rest = &rest[end..];
            let growing = parser.tokenizer.sink.sink.growing.borrow();
            if growing.deepest > DEEPEST {
                return Err(Fault::Beyond {
                    what: "网页元素的嵌套 (nesting of the page)", limit: DEEPEST as u64
                });
            }
            if growing.nodes.len() > MOST_NODES {
                return Err(Fault::Beyond { what: "网页元素数 (nodes of the page)", limit: MOST_NODES as u64 });
            }
        }
        Ok(parser.finish())
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id]
    }

    /// The local name of an element, empty for other nodes.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].content {
            Content::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// An attribute's value, empty where there is none.
    pub(super) fn attribute(&self, id: NodeId, wanted: &str) -> &str {
        match &self.nodes[id].content {
            Content::Element { attributes, .. } => {
                attributes.iter().find(|(name, _)| &**name == wanted).map_or("", |(_, value)| value)
            }
            _ => "",
        }
    }

    /// A node and all above it, from the inside out.
    pub(super) fn with_ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |&id| self.nodes[id].parent)
    }

    /// All elements in the order of the page.
    pub(super) fn elements(&self) -> impl Iterator<Item = NodeId> {
        let mut pending = vec![ROOT];
        std::iter::from_fn(move || {
            let id = pending.pop()?;
            pending.extend(self.nodes[id].children.iter().rev());
            Some(id)
        })
        .filter(|&id| matches!(self.nodes[id].content, Content::Element { .. }))
    }

    /// All text below a node, blanks run together.
    pub(super) fn text(&self, id: NodeId) -> String {
        let mut text = String::new();
        let mut pending = vec![id];
        while let Some(id) = pending.pop() {
            if let Content::Text(words) = &self.nodes[id].content {
                text.push_str(words);
            }
            pending.extend(self.nodes[id].children.iter().rev());
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

struct Growing {
    nodes: Vec<Node>,
    depths: Vec<usize>,
    deepest: usize,
}

struct Sink {
    growing: RefCell<Growing>,
    nameless: Rc<QualName>,
}

impl Sink {
    fn new() -> Self {
        let document = Node { parent: None, children: Vec::new(), content: Content::Document };
        let growing = Growing { nodes: vec![document], depths: vec![0], deepest: 0 };
        let nameless = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        Self { growing: RefCell::new(growing), nameless: Rc::new(nameless) }
    }

    fn handle(&self, content: Content) -> Handle {
        let name = match &content {
            Content::Element { name, .. } => Rc::clone(name),
            _ => Rc::clone(&self.nameless),
        };
        Handle { id: self.growing.borrow_mut().add(content), name }
    }
}

impl Growing {
    fn add(&mut self, content: Content) -> NodeId {
        self.nodes.push(Node { parent: None, children: Vec::new(), content });
        self.depths.push(0);
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: NodeId) {
        if let Some(parent) = self.nodes[id].parent.take() {
            self.nodes[parent].children.retain(|&child| child != id);
        }
    }

    /// Puts a node or text below `parent`, before its child at `at` or as its last.
    fn put(&mut self, parent: NodeId, at: Option<usize>, child: NodeOrText<Handle>) {
        let before = at.unwrap_or(self.nodes[parent].children.len());
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(words) => {
                let last = before.checked_sub(1).map(|at| self.nodes[parent].children[at]);
                if let Some(Content::Text(text)) = last.map(|last| &mut self.nodes[last].content) {
                    text.push_str(&words);
                    return;
                }
                self.add(Content::Text(words.to_string()))
            }
        };
        let before = before.min(self.nodes[parent].children.len());
        self.nodes[parent].children.insert(before, id);
        self.nodes[id].parent = Some(parent);
        self.depths[id] = self.depths[parent] + 1;
        self.deepest = self.deepest.max(self.depths[id]);
    }
}

fn attributes_of(attributes: Vec<Attribute>) -> Vec<(Rc<str>, String)> {
    attributes.into_iter().map(|one| (Rc::from(&*one.name.local), one.value.to_string())).collect()
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        Tree { nodes: self.growing.into_inner().nodes }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: Rc::clone(&self.nameless) }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.handle(Content::Element { name: Rc::new(name), attributes: attributes_of(attributes) })
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.handle(Content::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.handle(Content::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.growing.borrow_mut().put(parent.id, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.growing.borrow().nodes[element.id].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut growing = self.growing.borrow_mut();
        if let NodeOrText::AppendNode(handle) = &child {
            growing.detach(handle.id);
        }
        let Some(parent) = growing.nodes[sibling.id].parent else { return };
        let at = growing.nodes[parent].children.iter().position(|&child| child == sibling.id);
        growing.put(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, more: Vec<Attribute>) {
        if let Content::Element { attributes, .. } = &mut self.growing.borrow_mut().nodes[target.id].content {
            for (name, value) in attributes_of(more) {
                if attributes.iter().all(|(known, _)| *known != name) {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.growing.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = std::mem::take(&mut self.growing.borrow_mut().nodes[node.id].children);
        for id in children {
            let mut growing = self.growing.borrow_mut();
            growing.nodes[id].parent = Some(new_parent.id);
            growing.nodes[new_parent.id].children.push(id);
        }
    }
}
