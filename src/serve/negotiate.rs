//! Content negotiation (RFC 9110, section 12.5.1): quality first, then specificity, then our own order.

use axum::http::{HeaderMap, header};

/// What an Accept header says of one media type: (quality in thousandths, specificity).
fn rank(accept: &str, media_type: &str) -> Option<(u16, u8)> {
    let (kind, _) = media_type.split_once('/')?;
    let mut best: Option<(u8, u16)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let specificity = match name.as_str() {
            "*/*" => 0,
            _ if name == media_type => 2,
            _ if name.strip_suffix("/*") == Some(kind) => 1,
            _ => continue,
        };
        let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        // Qualities have three decimals at most (RFC 9110, 12.4.2).
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
        let quality = (quality.clamp(0.0, 1.0) * 1000.0).round() as u16;
        // The most specific range that fits a type decides its quality.
        if best.is_none_or(|(known, _)| specificity > known) {
            best = Some((specificity, quality));
        }
    }
    best.map(|(specificity, quality)| (quality, specificity))
}

/// The offered media type that an Accept header wants most; the first offered one where there is no
/// header or nothing decides; `None` where it wants none of them.
pub(super) fn choose<'a>(accept: Option<&str>, offered: &[&'a str]) -> Option<&'a str> {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return offered.first().copied() };
    let ranked = offered.iter().enumerate().filter_map(|(place, media_type)| {
        let (quality, specificity) = rank(accept, media_type)?;
        (quality > 0).then_some((quality, specificity, std::cmp::Reverse(place), *media_type))
    });
    ranked.max().map(|(.., media_type)| media_type)
}

/// The Accept header.
pub(super) fn accept(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok())
}

/// Whether a browser asks: HTML is named and wanted no less than anything else.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    let Some(accept) = accept(headers) else { return false };
    accept.contains("text/html") && choose(Some(accept), &["text/html", "application/json", "text/turtle"]) == Some("text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_that_is_wanted_most_is_chosen() {
        const OFFERED: [&str; 3] = ["text/html", "text/turtle", "application/ld+json"];
        for (accept, chosen) in [
            (None, Some("text/html")),
            (Some("text/turtle"), Some("text/turtle")),
            (Some("*/*"), Some("text/html")),
            (Some("text/turtle;q=0.5, application/ld+json"), Some("application/ld+json")),
            (Some("text/*;q=0.3, text/turtle;q=0.7"), Some("text/turtle")),
            (Some("application/ld+json, */*;q=0.1"), Some("application/ld+json")),
            (Some("text/html;q=0, */*"), Some("text/turtle")),
            (Some("image/png"), None),
            (Some("TEXT/TURTLE"), Some("text/turtle")),
        ] {
            assert_eq!(choose(accept, &OFFERED), chosen, "{accept:?}");
        }
    }
}
