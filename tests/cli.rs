//! Command lines as data: what is typed, what is printed, how it ends. `TRYCMD=overwrite cargo test --test cli`
//! writes what is printed now; read the difference before you keep it.

#![expect(clippy::disallowed_methods, reason = "pages of the book are laid out beside the samples, and written back")]

use std::fs;
use std::path::{Path, PathBuf};
use trycmd::TestCases;

#[test]
fn command_lines_behave_as_written() {
    TestCases::new().env("NO_COLOR", "1").case("tests/cmd/*.md").case("README.md");
}

/// Commands of the book run where a reader would type them, beside the samples, and may write there: each page has a
/// copy to itself, outside of the project.
#[test]
fn commands_of_the_book_behave_as_written() {
    let desk = tempfile::tempdir().expect("a folder for copies");
    for folder in ["samples", "examples/hiring"] {
        copy_folder(Path::new(folder), &desk.path().join("beside").join(folder));
    }
    let pages = pages();
    for page in &pages {
        let copy = desk.path().join(page.file_name().expect("a page has a name"));
        fs::copy(page, &copy).expect("a page can be copied");
        fs::write(copy.with_extension("in"), "beside").expect("what lies beside a page can be named");
        fs::create_dir(copy.with_extension("out")).expect("a page may write");
    }
    TestCases::new().env("NO_COLOR", "1").case(desk.path().join("*.md")).run();
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for page in &pages {
            let copy = desk.path().join(page.file_name().expect("a page has a name"));
            fs::copy(copy, page).expect("a page can be written");
        }
    }
}

fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir("docs").expect("the book").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file can be copied");
        }
    }
}
