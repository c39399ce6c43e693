//! 置信区间 (confidence intervals) of a share that was counted.

/// The 97.5 % point of the normal distribution: of 100 intervals 95 hold the true share.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of `hits` out of `total`; none of nothing.
///
/// With few items, or shares near 0 and 1, it stays sensible where the usual ± does not: 5 of 5 is not "100 % ± 0".
///
/// ```
/// let (low, high) = zhengmai::evaluate::wilson(5, 5).unwrap_or_default();
/// assert!((low - 0.566).abs() < 0.001 && high > 0.999);
/// assert_eq!(zhengmai::evaluate::wilson(0, 0), None);
/// ```
#[must_use]
pub fn wilson(hits: u32, total: u32) -> Option<(f64, f64)> {
    if total == 0 {
        return None;
    }
    let n = f64::from(total);
    let share = f64::from(hits) / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z / scale * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let low = if hits == 0 { 0.0 } else { middle - half };
    let high = if hits == total { 1.0 } else { middle + half };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_published_values() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (hits, total, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(hits, total).expect("not empty");
            assert!((found.0 - low).abs() < 1e-4 && (found.1 - high).abs() < 1e-4, "{hits}/{total}: {found:?}");
        }
    }
}
