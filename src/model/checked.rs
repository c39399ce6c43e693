//! Values with what was doubtful while they were made.

use super::Span;

/// A value, and everything that was doubtful while it was made.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The value. There always is one: dirty input is the input.
    pub value: T,
    /// What is wrong with the text it was made from.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// Goes on with the value and keeps the findings of both steps, in order.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Checked<U>) -> Checked<U> {
        let mut findings = self.findings;
        let mut made = next(self.value);
        findings.append(&mut made.findings);
        Checked { value: made.value, findings }
    }
}

impl<T> From<T> for Checked<T> {
    fn from(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }
}

/// 问题 (finding): something wrong, missing or doubtful in the source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    /// What kind of fault it is.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The least text that shows it, in the clean text; `None` for a fault of the whole file.
    pub span: Option<Span>,
    /// What was seen and what was concluded, in Chinese, for a reader.
    pub message: String,
}

impl Finding {
    /// A finding at a place.
    pub fn at(code: FindingCode, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity, span: Some(span), message: message.into() }
    }

    /// A finding about the whole file.
    pub fn whole(code: FindingCode, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, span: None, message: message.into() }
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// Good to know.
    Info,
    /// The reader should know before relying on the text here.
    Warn,
    /// The text here must not be relied on.
    Error,
}

impl Severity {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// 置信等级 (confidence): a grade whose precision is measured, not a made-up number.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Confidence {
    /// Read from weak signs; look before you rely on it.
    Low,
    /// Read from the usual signs, with one step of inference.
    Medium,
    /// Stands in the text in so many words.
    High,
}

impl Confidence {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

macro_rules! finding_codes {
    ($($variant:ident $name:literal $doc:literal;)*) => {
        /// The codes of findings: the closed list of the extraction record, and what is only information.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum FindingCode { $(#[doc = $doc] $variant,)* }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the extraction record.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

finding_codes! {
    SpamInjection "spam_injection" "Foreign words in the place of words of the document.";
    GarbageRun "garbage_run" "Signs that are no text.";
    PageChrome "page_chrome" "The web page's own words in the text.";
    LostLines "lost_lines" "The line structure of the file is gone.";
    RunTogether "run_together" "Two parts touch without a separator.";
    BrokenTitle "broken_title" "A title broken by a line end or blanks inside it.";
    BracketMisuse "bracket_misuse" "Missing, unbalanced or unusual brackets.";
    TruncatedText "truncated_text" "Text or title cut off, or a named part that is not there.";
    DuplicateText "duplicate_text" "Words, a title or the whole text printed twice.";
    Typo "typo" "A wrong, missing, doubled or misread character.";
    NumberMalformed "number_malformed" "A document number of wrong shape.";
    NumberConflict "number_conflict" "Two numbers for what must be one document.";
    TitleVariant "title_variant" "Two wordings of one work's title.";
    DateConflict "date_conflict" "Two dates that cannot both hold.";
    IssuerConflict "issuer_conflict" "Publisher, signature, title or number name different issuers.";
    EmptyField "empty_field" "A metadata label without value.";
    MissingTitle "missing_title" "No title line in the file.";
    MissingNumber "missing_number" "No document number in the file.";
    MissingSignature "missing_signature" "No issuing organ signs the text.";
    PersonalData "personal_data" "A private person's name with telephone number or the like.";
    UnregisteredCode "unregistered_code" "The issuer code of a number is not in the register (information only).";
    UnresolvedAgency "unresolved_agency" "An agency whose full name could not be told (information only).";
    Decoding "decoding" "Bytes that are no valid text of the file's encoding (information only).";
}

impl FindingCode {
    /// Whether a finding of this code may be an error or a warning (the closed list of the record).
    #[must_use]
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::UnregisteredCode | Self::UnresolvedAgency | Self::Decoding)
    }

    /// Whether the fault is of the whole file, so that its place says nothing.
    #[must_use]
    pub fn is_of_the_file(self) -> bool {
        matches!(self, Self::MissingTitle | Self::MissingNumber | Self::MissingSignature | Self::LostLines)
    }
}
