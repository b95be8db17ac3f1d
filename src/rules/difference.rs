//! What differs between two sets of rules: which are new, which are gone, and what of the others was changed.

use super::rule::Rule;
use crate::evaluation::RuleChange;
use crate::screening::{Detector, PerDetector};

/// Every rule that the two do not have alike, in order of name. Both must be sorted by name.
pub(super) fn changes(old: &[Rule], new: &[Rule]) -> Vec<RuleChange> {
    let find = |rules: &[Rule], name: &str| rules.binary_search_by(|rule| rule.info.name.as_str().cmp(name)).ok();
    let mut changes: Vec<(&str, RuleChange)> = Vec::new();
    for rule in old {
        let info = &rule.info;
        let change = match find(new, &info.name).and_then(|at| new.get(at)) {
            None => RuleChange::Removed { rule: info.name.clone(), weights: info.weights },
            Some(other) => {
                let differences = differences(rule, other);
                if differences.is_empty() {
                    continue;
                }
                RuleChange::Changed { rule: info.name.clone(), differences }
            }
        };
        changes.push((&info.name, change));
    }
    for rule in new.iter().filter(|rule| find(old, &rule.info.name).is_none()) {
        let info = &rule.info;
        changes.push((&info.name, RuleChange::Added { rule: info.name.clone(), weights: info.weights }));
    }
    changes.sort_by_key(|(name, _)| *name);
    changes.into_iter().map(|(_, change)| change).collect()
}

/// What of a rule can change a verdict; words of explanation and examples are left out.
fn differences(old: &Rule, new: &Rule) -> Vec<String> {
    let mut found = Vec::new();
    for detector in Detector::ALL {
        let weight = |weights: &PerDetector<Option<f64>>| {
            weights[detector].map_or_else(|| "none".to_owned(), |weight| format!("{weight:+}"))
        };
        let (before, after) = (weight(&old.info.weights), weight(&new.info.weights));
        if before != after {
            found.push(format!("{} {before} → {after}", detector.as_str()));
        }
    }
    if old.condition != new.condition {
        found.push(format!("condition `{}` → `{}`", old.condition, new.condition));
    }
    for (name, selection) in &old.selections {
        match new.selections.get(name) {
            None => found.push(format!("selection `{name}` removed")),
            Some(other) if other != selection => found.push(format!("selection `{name}` changed")),
            Some(_) => {}
        }
    }
    for name in new.selections.keys().filter(|name| !old.selections.contains_key(*name)) {
        found.push(format!("selection `{name}` added"));
    }
    for (what, changed) in [
        ("element", old.category != new.category),
        ("family", old.info.family != new.info.family),
        ("offsets", old.info.offsets != new.info.offsets),
        ("published", old.info.published != new.info.published),
    ] {
        if changed {
            found.push(format!("{what} changed"));
        }
    }
    found
}
