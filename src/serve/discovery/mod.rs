//! 发现 (discovery): what tells crawlers and tools what is here: the data set's description (`VoID`, DCAT), the example
//! queries, the site map, the feed of changes.

mod feed;
mod partitions;
mod sitemap;
mod void;

pub(super) use feed::feed;
pub(super) use partitions::Partitions;
pub(super) use sitemap::{robots, sitemap, sitemap_part};
pub(super) use void::{examples, void};
