//! 公文 as parsed: its parts and their places, nothing interpreted yet. All places are in the clean text.

use super::{DocNumber, PartialDate, Span, Spanned};

/// 公文 (document): what the layout of one file tells.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The publisher's block of labels and values, wherever it stands.
    pub metadata: Vec<MetadataEntry>,
    /// The works whose text the file holds, in order: a notice and what it promulgates, or one document.
    pub parts: Vec<TextPart>,
    /// 层次 (numbered structure) of all parts, in the order of the text.
    pub items: Vec<Item>,
}

/// One work's text within a file.
#[derive(Clone, Debug)]
pub struct TextPart {
    /// What it is to the other works of the file.
    pub role: WorkRole,
    /// From its title to its last line.
    pub span: Span,
    /// 标题, line ends inside it included.
    pub title: Option<Span>,
    /// 发文字号 on a line of its own (or, where the metadata block alone has it, there).
    pub number: Option<Spanned<DocNumber>>,
    /// 主送机关, one by one.
    pub addressees: Vec<Span>,
    /// 发文机关署名, one by one.
    pub signature: Vec<Span>,
    /// 成文日期 under the signature.
    pub date: Option<Spanned<PartialDate>>,
    /// 正文: what stands between the addressees and the signature.
    pub body: Span,
}

/// What a text is to the other texts of its file.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum WorkRole {
    /// 印发或转发通知, which carries another text.
    Notice,
    /// 所印发的文件.
    Promulgated,
    /// 单独成文.
    Document,
}

impl WorkRole {
    /// The word of the extraction record, and the local name of the individual.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Promulgated => "promulgated",
            Self::Document => "document",
        }
    }
}

/// A label of the publisher's block and its value.
#[derive(Clone, Debug)]
pub struct MetadataEntry {
    /// Which field it is.
    pub field: MetadataField,
    /// The label as written; `None` for a value that stands without one (a web page's time stamp).
    pub label: Option<Span>,
    /// The value; `None` where the label stands empty.
    pub value: Option<Span>,
}

macro_rules! metadata_fields {
    ($($variant:ident $name:literal [$($label:literal)*];)*) => {
        /// Fields of publishers' blocks (GB/T 33480-2016 where it has them).
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum MetadataField { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl MetadataField {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the extraction record.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The field of a label, blanks already taken out of it.
            #[must_use]
            pub fn of_label(label: &str) -> Option<Self> {
                match label { $($($label)|* => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

metadata_fields! {
    Title "title" ["名称" "标题" "文件名称" "信息名称" "公文名称"];
    IndexNumber "index_number" ["索引号" "信息索引号" "索引编号"];
    Publisher "publisher" ["发布机构" "发布机关" "发文机关" "发文机构" "发文单位" "发布单位" "制发机关" "公开机构" "公开责任部门" "制定机关"];
    Issuer "issuer" ["issuer"];
    DocumentNumber "document_number" ["发文字号" "文号" "文件编号" "发文文号" "文件字号"];
    Subject "subject" ["主题分类" "主题" "分类" "信息分类" "体裁分类" "服务对象分类"];
    Keywords "keywords" ["主题词" "关键词" "关键字"];
    DateWritten "date_written" ["成文日期" "生成日期" "成文时间" "生成时间" "发文日期" "制发日期"];
    DatePublished "date_published" ["发布日期" "发布时间" "公开日期" "公布日期" "公开时间" "发布于"];
    DateEffective "date_effective" ["实施日期" "施行日期" "生效日期" "实施时间" "生效时间"];
    DateExpires "date_expires" ["废止日期" "失效日期" "失效时间" "废止时间"];
    Validity "validity" ["有效性" "是否有效" "时效性" "效力状态" "时效" "有效状态"];
    JointIssuers "joint_issuers" ["联合发文单位" "联合发文机关"];
    AmendRepealBasis "amend_repeal_basis" ["修改和废止依据" "废止依据"];
    Category "category" ["类别" "信息类别" "公文种类" "文种"];
    Signer "signer" ["签发领导" "签发人"];
    Openness "openness" ["公开属性" "公开方式" "公开形式" "公开类别"];
    ContactPerson "contact_person" ["工作人员" "联系人" "经办人" "承办人"];
    ContactPhone "contact_phone" ["联系电话" "电话" "咨询电话" "联系方式"];
}

impl MetadataField {
    /// Whether the field holds a date.
    #[must_use]
    pub fn is_date(self) -> bool {
        matches!(self, Self::DateWritten | Self::DatePublished | Self::DateEffective | Self::DateExpires)
    }

    /// Whether the field's value is personal data.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(self, Self::ContactPerson | Self::ContactPhone)
    }
}

/// 层次 (numbered item): 一、 （一） 1. （1） 第一条, with its place in the structure.
#[derive(Clone, Debug)]
pub struct Item {
    /// Index of the part it belongs to.
    pub part: usize,
    /// The number as written, with its punctuation.
    pub label: Span,
    /// Index of the item above it.
    pub parent: Option<usize>,
    /// Text up to the first 。 where it is short enough for a heading, or the whole line without one.
    pub heading: Option<Span>,
    /// From the number to the last character before the next item.
    pub span: Span,
    /// The printed number of the item.
    pub ordinal: u32,
    /// How deep its kind of number stands: 第一章 0, 第一节 1, 第一条 2, 一、 3, （一） 4, 1. 5, （1） 6, ① 7.
    pub rank: u8,
}

impl Document {
    /// The labels from the outermost heading down to the item itself.
    #[must_use]
    pub fn path(&self, item: usize) -> Vec<Span> {
        let mut path = Vec::new();
        let mut next = Some(item);
        while let Some(item) = next.and_then(|index| self.items.get(index)) {
            path.push(item.label);
            next = item.parent;
        }
        path.reverse();
        path
    }

    /// The item in whose text `span` lies, the deepest one.
    #[must_use]
    pub fn item_at(&self, span: Span) -> Option<usize> {
        let after = self.items.partition_point(|item| item.label.start <= span.start);
        let mut next = after.checked_sub(1);
        while let Some(index) = next {
            let item = &self.items[index];
            if item.span.contains(span) {
                return Some(index);
            }
            next = item.parent;
        }
        None
    }

    /// The part in which `span` lies.
    #[must_use]
    pub fn part_at(&self, span: Span) -> usize {
        let after = self.parts.partition_point(|part| part.span.start <= span.start);
        after.saturating_sub(1)
    }
}
