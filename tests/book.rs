//! The pages below `docs` hang together, as a book and as pages that are read where the code lies.

#![expect(clippy::disallowed_methods, reason = "the test reads the project's own pages")]

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What a page offers to others and asks of them.
#[derive(Debug, Default)]
struct Page {
    /// Its headings, as links name them.
    anchors: BTreeSet<String>,
    /// Where its links lead, but for whole addresses.
    links: Vec<String>,
    /// What would be taken for HTML, and not be seen.
    markup: Vec<String>,
}

impl Page {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut page = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add_anchor(&heading.take().unwrap_or_default()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) if !dest_url.contains("://") => {
                    page.links.push(dest_url.into_string());
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::Html(markup) | Event::InlineHtml(markup) => page.markup.push(markup.trim().to_owned()),
                _ => {}
            }
        }
        page
    }

    /// Code hosts and the book name headings alike: in lower case, without punctuation, with hyphens for spaces, and
    /// numbered where several read the same.
    fn add_anchor(&mut self, heading: &str) {
        let lower = heading.trim().to_lowercase();
        let kept =
            lower.chars().filter(|letter| letter.is_alphanumeric() || letter.is_whitespace() || "_-".contains(*letter));
        let name: String = kept.map(|letter| if letter.is_whitespace() { '-' } else { letter }).collect();
        let numbered = std::iter::once(name.clone()).chain((1..).map(|number| format!("{name}-{number}")));
        let free = { numbered }.find(|name| !self.anchors.contains(name));
        self.anchors.extend(free);
    }
}

/// The pages of the book by their paths, as the project's folder sees them.
fn book() -> BTreeMap<PathBuf, Page> {
    let entries = fs::read_dir("docs").expect("the book").map(|entry| entry.expect("an entry").path());
    let pages = entries.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.map(|path| (path.clone(), Page::read(&path))).collect()
}

/// Where a link of a page leads: a path, and what stands behind `#`.
fn target<'l>(page: &Path, link: &'l str) -> (PathBuf, Option<&'l str>) {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    if path.is_empty() {
        return (page.to_owned(), anchor);
    }
    let mut target = page.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(target.pop()),
            part => target.push(part),
        }
    }
    (target, anchor)
}

/// What is wrong with the links of a page, where `within` is the folder that they may not leave.
fn broken(path: &Path, page: &Page, book: &BTreeMap<PathBuf, Page>, within: &Path) -> Vec<String> {
    let wrong = page.links.iter().filter_map(|link| {
        let (target, anchor) = target(path, link);
        if !target.starts_with(within) {
            Some(format!("{}: {link} leads out of the book", path.display()))
        } else if !target.exists() {
            Some(format!("{}: {link} leads nowhere", path.display()))
        } else if anchor.is_some_and(|anchor| !book.get(&target).is_some_and(|page| page.anchors.contains(anchor))) {
            Some(format!("{}: no heading of {} is {link}", path.display(), target.display()))
        } else {
            None
        }
    });
    wrong.collect()
}

#[test]
fn every_page_stands_in_the_contents_once() {
    let contents = Path::new("docs/SUMMARY.md");
    let book = book();
    let mut named: Vec<PathBuf> = book[contents].links.iter().map(|link| target(contents, link).0).collect();
    named.sort();
    let pages: Vec<PathBuf> = book.into_keys().filter(|path| path != contents).collect();
    assert_eq!(named, pages, "docs/SUMMARY.md names every page once, and no other");
}

#[test]
fn every_link_leads_to_a_page_and_its_heading() {
    let book = book();
    let mut wrong: Vec<String> =
        book.iter().flat_map(|(path, page)| broken(path, page, &book, Path::new("docs"))).collect();
    let readme = Path::new("README.md");
    wrong.extend(broken(readme, &Page::read(readme), &book, Path::new("")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_says_what_would_be_taken_for_html() {
    let marker = |markup: &String| markup.starts_with("<!-- made from here on:");
    let book = book();
    let seen = book.iter().flat_map(|(path, page)| page.markup.iter().map(move |markup| (path, markup)));
    let wrong: Vec<String> = seen
        .filter(|(_, markup)| !marker(markup))
        .map(|(path, markup)| format!("{}: {markup} is not seen: write it as code", path.display()))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn headings_are_named_as_code_hosts_and_the_book_name_them() {
    let mut page = Page::default();
    for heading in ["What changed: `--baseline`", "Résumés as documents", "  Again ", "Again", "`dom-young`"] {
        page.add_anchor(heading);
    }
    let expected = ["again", "again-1", "dom-young", "résumés-as-documents", "what-changed---baseline"];
    assert_eq!(page.anchors, expected.map(str::to_owned).into());
}
