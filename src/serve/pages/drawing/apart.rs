//! Things in a row, apart.

use super::count;

/// Between boxes of a row, and beside an arrow that passes a row.
pub(super) const GAP: f64 = 24.0;

/// Places for things of these widths that keep their order and do not touch, as near to where they want to be
/// as may be (least squares: isotonic regression by pooling adjacent violators).
pub(super) fn apart(wanted: &[f64], widths: &[f64]) -> Vec<f64> {
    let mut offsets = vec![0.0; wanted.len()];
    for i in 1..wanted.len() {
        offsets[i] = offsets[i - 1] + f64::midpoint(widths[i - 1], widths[i]) + GAP;
    }
    // Blocks of equal value: sum and length.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&offsets) {
        blocks.push((want - offset, 1));
        while let [.., (a, n), (b, m)] = blocks.as_slice() {
            if a / count(*n) <= b / count(*m) {
                break;
            }
            let pooled = (a + b, n + m);
            blocks.truncate(blocks.len() - 2);
            blocks.push(pooled);
        }
    }
    let values = blocks.iter().flat_map(|(sum, length)| std::iter::repeat_n(sum / count(*length), *length));
    values.zip(&offsets).map(|(value, offset)| value + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_moved_apart_as_little_as_may_be() {
        assert_eq!(apart(&[0.0, 0.0], &[10.0, 10.0]), [-17.0, 17.0]);
        assert_eq!(apart(&[0.0, 100.0], &[10.0, 10.0]), [0.0, 100.0]);
        assert_eq!(apart(&[], &[]), Vec::<f64>::new());
    }
}
