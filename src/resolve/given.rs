//! 随附元数据 (given metadata) beside the text: it fills what the text does not say, and disagreement is a finding.

use super::{agencies::Naming, document::Facts};
use crate::model::{
    Agency, AgencyRole, DateRole, DatedRole, DocNumber, Finding, FindingCode, GivenValue, MetadataField, MetadataValue,
    NumberForm, Origin, PartialDate, Place, Severity, Source, Span, Stated, dates_in, is_han, is_title_variant,
    normal_title, numbers_in, squeeze,
};

/// What is given of a document.
pub(super) struct Given {
    values: Vec<GivenValue>,
    pub(super) title: Option<Stated<String>>,
    pub(super) number: Option<Stated<DocNumber>>,
}

/// The fields of dates and what they say.
const DATES: [(MetadataField, DateRole); 4] = [
    (MetadataField::DateWritten, DateRole::Written),
    (MetadataField::DatePublished, DateRole::Published),
    (MetadataField::DateEffective, DateRole::Effective),
    (MetadataField::DateExpires, DateRole::Expires),
];

impl Given {
    pub(super) fn of(source: &Source) -> Self {
        let stated = |value: &GivenValue| Place::Given(value.clone());
        let title = source
            .given(MetadataField::Title)
            .map(|value| Stated { value: normal_title(&value.text), place: stated(value) });
        let number = source.given(MetadataField::DocumentNumber).and_then(|value| {
            let number = number_of(&value.text)?;
            Some(Stated { value: number, place: stated(value) })
        });
        Self { values: source.given.clone(), title, number }
    }

    /// The names of the agencies that are given, issuers first.
    pub(super) fn agencies(&self) -> impl Iterator<Item = &str> {
        [MetadataField::Issuer, MetadataField::Publisher]
            .into_iter()
            .flat_map(|field| self.values.iter().filter(move |value| value.field == field))
            .flat_map(|value| names_in(&value.text))
    }

    /// The values as fields of the publisher's block.
    pub(super) fn metadata(&self) -> impl Iterator<Item = MetadataValue> {
        self.values.iter().map(|value| MetadataValue {
            field: value.field,
            label: None,
            value: Some(Place::Given(value.clone())),
        })
    }

    /// Fills what the text does not say, and reports what it says otherwise.
    pub(super) fn fill(&self, facts: &mut Facts, naming: &Naming<'_>, findings: &mut Vec<Finding>) {
        self.compare_title(facts, findings);
        self.fill_number(facts, findings);
        self.fill_issuers(facts, naming, findings);
        for (field, role) in DATES {
            self.fill_date(field, role, facts, findings);
        }
    }

    fn compare_title(&self, facts: &Facts, findings: &mut Vec<Finding>) {
        let (Some(given), Some(own)) = (&self.title, &facts.title) else { return };
        if given.value != own.value && is_title_variant(&given.value, &own.value) {
            let message = format!("标题有两种写法: 文中《{}》, 元数据《{}》", own.value, given.value);
            findings.push(conflict(FindingCode::TitleVariant, own.place.span(), message));
        }
    }

    /// The publisher's own record of the number goes before what the page shows; the page's head only fills.
    fn fill_number(&self, facts: &mut Facts, findings: &mut Vec<Finding>) {
        let Some(given) = &self.number else { return };
        let Some(own) = facts.number.as_ref().filter(|own| own.value != given.value) else {
            facts.number.get_or_insert_with(|| given.clone());
            return;
        };
        let message = format!("文号不一: 文中 {}, 元数据 {}, 请核对", own.value, given.value);
        findings.push(conflict(FindingCode::NumberConflict, own.place.span(), message));
        if is_beside(&given.place) {
            facts.number = Some(given.clone());
        }
    }

    fn fill_issuers(&self, facts: &mut Facts, naming: &Naming<'_>, findings: &mut Vec<Finding>) {
        for (field, role) in
            [(MetadataField::Issuer, AgencyRole::Issuer), (MetadataField::Publisher, AgencyRole::Publisher)]
        {
            let Some(value) = self.values.iter().find(|value| value.field == field) else { continue };
            if value.origin == Origin::Page && is_medium(&value.text) {
                continue;
            }
            let given: Vec<Agency> = names_in(&value.text).map(|name| agency(naming, name, value, role)).collect();
            let own: Vec<&Agency> = facts.issuers.iter().filter(|agency| agency.role == Some(role)).collect();
            let agrees = given.iter().any(|one| own.iter().any(|agency| agency.name.name == one.name.name));
            match own.first() {
                None => facts.issuers.extend(given),
                Some(first) if !agrees && role == AgencyRole::Issuer && value.origin == Origin::Metadata => {
                    let message = format!("发文机关不一: 文中“{}”, 元数据“{}”", first.name.name, value.text);
                    findings.push(conflict(FindingCode::IssuerConflict, first.place.span(), message));
                }
                Some(_) => (),
            }
        }
    }

    fn fill_date(&self, field: MetadataField, role: DateRole, facts: &mut Facts, findings: &mut Vec<Finding>) {
        let Some(value) = self.values.iter().find(|value| value.field == field) else { return };
        let Some(date) = date_of(&value.text) else { return };
        if facts.dates.iter().any(|own| own.role == role && own.date == date) {
            return;
        }
        match facts.dates.iter().find(|own| own.role == role) {
            None => facts.dates.push(DatedRole { place: Place::Given(value.clone()), date, role }),
            Some(own) if value.origin == Origin::Metadata => {
                let message = format!("日期不一: 文中 {}, 元数据 {date}", own.date);
                findings.push(conflict(FindingCode::DateConflict, own.place.span(), message));
            }
            Some(_) => (),
        }
    }
}

/// 市政府官网, 某某公众号: where a page was taken from, not who issued it.
fn is_medium(source: &str) -> bool {
    ["网", "网站", "公众号", "报", "客户端", "平台"].iter().any(|ending| source.ends_with(ending))
}

fn agency(naming: &Naming<'_>, name: &str, value: &GivenValue, role: AgencyRole) -> Agency {
    let named = naming.name(name);
    let given = GivenValue { text: name.to_owned(), ..value.clone() };
    Agency {
        place: Place::Given(given),
        name: named.name,
        role: Some(role),
        is_person: false,
        rule: "issuer.given",
        confidence: named.confidence,
    }
}

/// The number that a value is. What only names one (依据某发〔2021〕5号) is none of the document's own.
fn number_of(text: &str) -> Option<DocNumber> {
    let text = squeeze(text);
    let read = numbers_in(&text).into_iter().next().filter(|(span, _)| span.start == 0);
    read.map(|(_, number)| number).or_else(|| bracketed(&text))
}

/// CODE〔YEAR〕SERIAL号, whatever characters the code has: a value of the field needs no search for its start.
fn bracketed(text: &str) -> Option<DocNumber> {
    let open = text.find(['〔', '[', '【', '('])?;
    let (code, rest) = text.split_at(open);
    let mut rest = rest.chars();
    rest.next();
    let rest = rest.as_str();
    let close = rest.find(['〕', ']', '】', ')'])?;
    let year = rest[..close].parse().ok().filter(|year| (1949..2100).contains(year))?;
    let serial = rest[close..].trim_start_matches(['〕', ']', '】', ')', '第']);
    let serial = serial.strip_suffix('号').unwrap_or(serial).trim_start_matches('0');
    let is_serial = !serial.is_empty() && serial.len() < 8 && serial.bytes().all(|byte| byte.is_ascii_digit());
    let is_code = !code.is_empty() && code.chars().all(is_han);
    (is_serial && is_code).then(|| DocNumber {
        code: code.to_owned(),
        year: Some(year),
        serial: serial.to_owned(),
        form: NumberForm::Bracketed,
    })
}

/// 甲局、乙局; 甲局,乙局.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', '，', ';', '；', ' ', '\u{3000}']).map(str::trim).filter(|name| !name.is_empty())
}

/// The first date of a value; 20211021 too.
fn date_of(text: &str) -> Option<PartialDate> {
    let text = squeeze(text);
    let digits = (text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    dates_in(digits.as_deref().unwrap_or(&text)).into_iter().next().map(|(_, date)| date)
}

fn is_beside(place: &Place) -> bool {
    matches!(place, Place::Given(value) if value.origin == Origin::Metadata)
}

fn conflict(code: FindingCode, span: Option<Span>, message: String) -> Finding {
    Finding { code, severity: Severity::Warn, span, message }
}
