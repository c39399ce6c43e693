//! 连写的机关 (organs in a row): 某省教育厅某省财政厅 is two organs, 国家税务总局某省税务局 is one.

use super::Register;

/// No organ's name is longer, in characters.
const LONGEST: usize = 24;

impl Register {
    /// The organs that `words` name in a row without separators, with their places in bytes; one for words that
    /// name one.
    #[must_use]
    pub fn organs_in_row<'a>(&self, words: &'a str) -> Vec<(usize, &'a str)> {
        let mut organs = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let rest = &words[start..];
            let end = self.organ_end(rest).unwrap_or(rest.len());
            organs.push((start, &rest[..end]));
            start += end;
        }
        organs
    }

    /// Where the organ ends that `words` start with, if another starts there.
    fn organ_end(&self, words: &str) -> Option<usize> {
        let least = self.agencies.national_at_start(words).map_or(0, |(_, length)| {
            // 国家税务总局某省…: a branch goes on behind its region.
            length + self.regions.at_start(&words[length..], None).map_or(0, |region| region.span.end as usize)
        });
        let mut ends = words.char_indices().map(|(at, _)| at).filter(|&at| at > 0 && at >= least);
        ends.find(|&at| self.starts_organ(&words[at..]) && self.is_agency_name(&words[..at]))
    }

    /// Whether an organ's name starts `words`, with a region or a body of the state at its head.
    #[must_use]
    pub fn starts_organ(&self, words: &str) -> bool {
        let starts = ["中共", "省", "自治区"].iter().any(|start| words.starts_with(start))
            || self.agencies.national_at_start(words).is_some()
            || self.regions.at_start(words, None).is_some();
        let mut ends = words.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).skip(1);
        starts && ends.any(|end| self.is_agency_name(&words[..end]))
    }
}
