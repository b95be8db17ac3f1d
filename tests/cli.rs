//! Command lines as data: what is typed, what is printed, how it ends. `TRYCMD=overwrite cargo test --test cli`
//! writes what is printed now; read the difference before you keep it.

#[test]
fn command_lines_behave_as_written() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("tests/cmd/*.md").case("README.md");
}
