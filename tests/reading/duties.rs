//! 责任分工 and 时限, in regions, roles, orders and separators of their own.

mod deadlines;

mod names;

mod roles;

use crate::support::{Faults, duties, joined, read};

/// The measure of a plan of `place`, dated 2022-03-15, that ends with `clause`.
fn plan(place: &str, clause: &str) -> String {
    let office = if place.ends_with('省') || place.ends_with("自治区") { "办公厅" } else { "办公室" };
    format!(
        "{place}社区养老服务提升工作方案\n\n为提升社区养老服务水平,制定本方案。\n\n一、完善服务设施\n\n\
         1.建设社区食堂和助浴点。{clause}\n\n2.为高龄老人家庭安装呼叫装置。\n\n{place}人民政府{office}\n2022年3月15日\n"
    )
}

/// Compares who does what by when in the first measure of the plan: `lead 甲; joint 乙、丙; by 2022-06-30`.
fn check(rows: &[(&str, &str, &str, &str)]) {
    let mut faults = Faults::default();
    for (name, place, clause, expected) in rows {
        let text = plan(place, clause);
        let record = read(&text);
        let found = record.measures.first().map_or_else(
            || "no measure".to_owned(),
            |measure| {
                let mut parts = duties(&measure.responsibilities);
                if let Some(deadline) = &measure.deadline {
                    parts.extend(deadline.iso.as_ref().map(|iso| format!("by {iso}")));
                    parts.extend(deadline.continuing.then(|| "continuing".to_owned()));
                }
                joined(parts)
            },
        );
        faults.compare(name, &format!("{place}: {clause}"), expected, &found);
    }
    faults.assert_none();
}

const WEST_LAKE: &str = "杭州市西湖区";
const WUHUA: &str = "昆明市五华区";
const NANSHAN: &str = "广东省深圳市南山区";
const INNER_MONGOLIA: &str = "内蒙古自治区";
