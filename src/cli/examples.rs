//! Examples that help shows, as they stand in `examples.txt`.

/// What can be typed, by command.
const TEXT: &str = include_str!("examples.txt");

/// What stands below a heading: the path of a command such as `rules check`, or `falseface` for what it says by itself.
pub(super) fn of(heading: &str) -> Option<&'static str> {
    let parts = TEXT.split("\n## ").skip(1);
    let mut named = parts.filter_map(|part| part.split_once('\n'));
    named.find(|(name, _)| *name == heading).map(|(_, text)| text.trim_end())
}

/// Every heading, in order.
#[cfg(test)]
pub(super) fn headings() -> impl Iterator<Item = &'static str> {
    TEXT.lines().filter_map(|line| line.strip_prefix("## "))
}
