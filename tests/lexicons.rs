//! Every lexicon and list that the binary carries is free of missing and noisy examples.

use falseface::content::{Content, Diagnostic, embedded};

fn shown(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| problem.render(false)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn embedded_content_keeps_its_promises() {
    let content = Content::load(&embedded()).unwrap_or_else(|problems| panic!("{}", shown(&problems)));
    let problems = content.check();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), shown(&problems));
}
