//! The detections that the binary carries: they compile, and `rules check` has nothing against them.

use falseface::content::{Content, Diagnostic, embedded};
use falseface::rules::{RuleSet, lint};

fn shown(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| diagnostic.render(false) + "\n\n").collect()
}

#[test]
fn the_embedded_detections_are_without_complaint() {
    let files = embedded();
    let content = Content::load(&files).unwrap_or_else(|errors| panic!("{}", shown(&errors)));
    let rules = RuleSet::compile(&files, &content, &[]).unwrap_or_else(|errors| panic!("{}", shown(&errors)));
    assert!(!rules.rules().is_empty());
    let complaints = lint(&rules, &content);
    assert!(complaints.is_empty(), "{} complaints\n\n{}", complaints.len(), shown(&complaints));
}
