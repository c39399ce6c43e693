//! What the key of a work tells: its title, region and level.

use crate::{
    model::{IriScheme, Level, WorkKey},
    register::Register,
};
use oxrdf::NamedNode;

/// The jurisdiction of a work by its key: of a title the one it was keyed in, of a number its issuer's.
#[must_use]
pub fn region_of_key(register: &Register, key: &str) -> Option<String> {
    if let Some(rest) = key.strip_prefix("title:").or_else(|| key.strip_prefix("anon:")) {
        return rest.split(':').next().filter(|region| *region != "000000").map(str::to_owned);
    }
    let number = key.strip_prefix("num:")?.parse::<crate::model::DocNumber>().ok()?;
    let codes = register.issuer_codes.longest_prefix(&number.code);
    let first = codes.first();
    let agree = first.filter(|first| codes.iter().all(|code| code.region == first.region));
    let exact = agree.filter(|code| code.code == number.code).map(|code| code.region.clone());
    exact
        .or_else(|| register.regions.of_code(&number.code).map(|region| region.code.clone()))
        .or_else(|| agree.map(|code| code.region.clone()))
        .or_else(|| register.agencies.national_at_start(&number.code).map(|_| "100000".to_owned()))
}

/// The level of a work by its key.
#[must_use]
pub fn level_of_key(register: &Register, key: &str) -> Level {
    region_of_key(register, key).map_or(Level::Unknown, |region| Level::of_region(&region))
}

/// The key of a title: (region, title).
pub(crate) fn title_of_key(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("title:")?.split_once(':')
}

/// The key under which a title goes that is cited without its issuer: 某省人民政府关于… as 关于….
pub(super) fn without_issuer(register: &Register, key: &str) -> Option<String> {
    let (region, title) = title_of_key(key)?;
    let at = ["关于", "印发", "转发"].iter().filter_map(|word| title.find(word)).min()?;
    let issuers = register.organs_in_row(&title[..at]);
    let named = !issuers.is_empty() && issuers.iter().all(|(_, name)| register.is_agency_name(name));
    named.then(|| format!("title:{region}:{}", &title[at..]))
}

/// The work that a title key names.
pub(crate) fn work_of_title_key(iris: &IriScheme, key: &str) -> Option<NamedNode> {
    let (region, title) = title_of_key(key)?;
    let key = WorkKey::Title { region: region.to_owned(), title: title.to_owned() };
    Some(iris.work(&key, None))
}
