//! 关系: how one document stands to another.

macro_rules! relations {
    ($($variant:ident $name:literal $property:literal [$($parent:literal),*] $zh:literal;)*) => {
        /// How a citing document stands to the cited one: one word each in the extraction record, here
        /// and in the graph.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Relation { $(#[doc = $zh] $variant,)* }

        impl Relation {
            /// Every relation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the extraction record.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The local name of the property in the project's namespace.
            #[must_use]
            pub fn property(self) -> &'static str {
                match self { $(Self::$variant => $property,)* }
            }

            /// The relation in Chinese, for readers.
            #[must_use]
            pub fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $zh,)* }
            }

            /// The properties that the relation implies, as prefixed names (`eli:`, `dcterms:`, `cito:`).
            #[must_use]
            pub fn super_properties(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($parent),*],)* }
            }

            /// The relation of a word of the extraction record, or of a local name of the namespace.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|relation| relation.name() == word || relation.property() == word)
            }
        }
    };
}

relations! {
    Implements "implements" "implements" ["eli:applies", "eli:cites"] "贯彻落实";
    BasedOn "based_on" "basedOn" ["eli:based_on", "eli:cites"] "依据";
    RefersTo "refers_to" "refersTo" ["eli:refers_to", "eli:cites"] "参照";
    Mentions "mentions" "mentions" ["eli:cites"] "提及";
    Promulgates "promulgates" "promulgates" ["eli:related_to", "eli:cites"] "印发";
    Forwards "forwards" "forwards" ["eli:related_to", "eli:cites"] "转发";
    Amends "amends" "amends" ["eli:amends", "eli:cites"] "修改";
    PlansToAmend "amends_planned" "plansToAmend" ["eli:related_to", "eli:cites"] "拟修改";
    Repeals "repeals" "repeals" ["eli:repeals", "eli:cites"] "废止";
    Replaces "replaces" "replaces" ["eli:changes", "dcterms:replaces", "eli:cites"] "替代";
    ExtendsValidityOf "extends_validity" "extendsValidityOf" ["eli:changes", "eli:cites"] "延长有效期";
    RespondsTo "responds_to" "respondsTo" ["eli:related_to", "cito:repliesTo", "eli:cites"] "答复";
    Produces "produces" "produces" [] "制定";
}

impl Relation {
    /// Whether the citing document carries the cited one: its text is the notice's 附件.
    #[must_use]
    pub fn carries(self) -> bool {
        matches!(self, Self::Promulgates | Self::Forwards)
    }
}
