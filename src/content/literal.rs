//! Literals that announce an expression or must be near: the ways to match it, each with the sets of literals that it
//! needs one of, rarest first.
//!
//! What an expression requires is worked out by [`requirement`](crate::content::requirement).

use super::list::List;
use super::requirement::{BOUNDARY, Extractor, Strings};
use memchr::memmem;
use regex_syntax::hir::Hir;

/// The start of a literal, and where it must be the start or the end of a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal {
    /// UTF-8 of folded text, at most [`LONGEST`] bytes of it.
    pub bytes: Vec<u8>,
    /// No ASCII letter, digit or underscore stands before it.
    pub starts_word: bool,
    /// No ASCII letter, digit or underscore stands after it.
    pub ends_word: bool,
}

/// Longest literal in bytes: this many are compared at once.
pub(crate) const LONGEST: usize = 16;

/// Longest literal of ASCII. More would tell little more, and let nearly equal literals pile up.
const LONGEST_ASCII: usize = 12;

/// Literals, at least one of which is in every match.
pub(crate) type LiteralSet = Vec<Literal>;

/// A way to match an expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Way {
    /// The rarest set that a match has.
    pub announcing: LiteralSet,
    /// Most bytes of a match before a literal of it starts, and most after that; `usize::MAX` if there is no limit.
    pub reach: (usize, usize),
    /// What else it has, rarest first; and whether its literal starts before one of the announcing set does.
    pub others: Vec<(LiteralSet, Side)>,
}

/// Where a literal starts, seen from the start of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    Before,
    After,
}

/// Sets commoner than this tell too little for what finding them costs. Four literals of three bytes are at 0.36.
const COMMONEST: f64 = 1.2;

/// Shortest literal in bytes, in Latin script or one ideograph, of a set that does not announce.
const SHORTEST_OTHER: usize = 3;

/// Most sets of a way that are looked for; the rarest tell most.
const MOST_SETS: usize = 4;

/// The ways to match an expression: every match takes one, and has a literal of each of its sets. `None` if some match
/// requires nothing.
///
/// Sets that are common in any text are left out of a way that has others; `common` are words that most texts have.
pub(crate) fn ways(hir: &Hir, common: &List) -> Option<Vec<Way>> {
    let mut ways = Vec::new();
    let extractor = Extractor { common };
    for way in extractor.ways(extractor.part(hir)) {
        let mut sets: Vec<_> = way.into_iter().enumerate().collect();
        sets.sort_by(|(_, a), (_, b)| a.commonness.total_cmp(&b.commonness));
        let mut sets = sets.into_iter();
        let (place, announcing) = sets.next()?;
        let others = sets
            .take_while(|(_, set)| set.commonness <= COMMONEST)
            .map(|(at, set)| (literals(&set.strings).0, if at < place { Side::Before } else { Side::After }))
            .filter(|(set, _)| set.iter().all(|literal| literal.bytes.len() >= SHORTEST_OTHER))
            .take(MOST_SETS - 1);
        let others = others.collect();
        let (literals, shift) = literals(&announcing.strings);
        let reach = (announcing.before.saturating_add(shift), announcing.after);
        ways.push(Way { announcing: literals, reach, others });
    }
    ways.sort();
    ways.dedup();
    Some(ways)
}

/// The literals that strings with marks stand for, without those that hold another; and most bytes that a literal
/// starts after the start of a string that it stands for.
fn literals(strings: &Strings) -> (LiteralSet, usize) {
    let mut literals = LiteralSet::new();
    let mut shift = 0;
    for string in strings {
        // Long sets are taken as they are: comparing all pairs would be slow, and a superfluous literal only costs
        // room.
        let shorter =
            strings.iter().take(if strings.len() <= 48 { 48 } else { 0 }).filter(|other| other.len() < string.len());
        if let Some(offset) = shorter.filter_map(|other| memmem::find(string, other)).max() {
            shift = shift.max(offset + MOST_SPACES);
            continue;
        }
        let (literal, spaces) = literal(string);
        literals.push(literal);
        shift = shift.max(spaces);
    }
    literals.sort_unstable();
    literals.dedup();
    (literals, shift)
}

/// Most spaces that a literal leaves out at its start.
const MOST_SPACES: usize = 2;

/// The literal that a string with marks stands for, and how many spaces it leaves out at its start.
fn literal(marked: &[u8]) -> (Literal, usize) {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let (starts, ends) = (marked.first() == Some(&BOUNDARY), marked.last() == Some(&BOUNDARY));
    let mut bytes: Vec<u8> = marked.iter().copied().filter(|&byte| byte != BOUNDARY).collect();
    // White space before a letter says that a word starts there, and words are looked for at their starts.
    let spaces = bytes.iter().take_while(|&&byte| byte == b' ' || byte == b'\n').count();
    let after_space = (1..=MOST_SPACES).contains(&spaces) && is_word(bytes.get(spaces));
    if after_space {
        bytes.drain(..spaces);
    }
    // A boundary beside anything else than an ASCII letter is left to the expression.
    let starts_word = after_space || starts && is_word(bytes.first());
    let longest = if bytes.is_ascii() { LONGEST_ASCII } else { LONGEST };
    let ends_word = ends && is_word(bytes.last()) && bytes.len() <= longest;
    bytes.truncate(longest);
    (Literal { bytes, starts_word, ends_word }, if after_space { spaces } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::{List, Literal, ways};

    /// The sets of each way; `<` and `>` show where a word must start and end.
    fn of(pattern: &str) -> Option<Vec<Vec<String>>> {
        let show = |literal: Literal| {
            let bytes = String::from_utf8(literal.bytes).expect("is text");
            let (start, end) = (if literal.starts_word { "<" } else { "" }, if literal.ends_word { ">" } else { "" });
            format!("{start}{bytes}{end}")
        };
        let ways = ways(&regex_syntax::parse(pattern).expect("parses"), &List::default())?;
        let shown = |set: Vec<Literal>| set.into_iter().map(show).collect::<Vec<_>>().join("|");
        let sets = ways.into_iter().map(|way| {
            let others = way.others.into_iter().map(|(set, side)| format!("{side:?} {}", shown(set)));
            std::iter::once(shown(way.announcing)).chain(others).collect()
        });
        Some(sets.collect())
    }

    fn expect(pattern: &str, shown: &[&[&str]]) {
        assert_eq!(of(pattern).expect("requires something"), shown, "{pattern}");
    }

    #[test]
    fn the_rarest_set_may_be_in_the_middle() {
        expect(
            r"\b(?:add|text)\b[^.]{0,40}\b(?:on|via)\b[^.]{0,14}\b(?:telegram|whats ?app)\b.*",
            &[&["<telegram>|<whats app>|<whatsapp>", "Before <add>|<text>"]],
        );
    }

    #[test]
    fn optional_parts_are_multiplied_out_and_the_rest_left_out() {
        expect(
            "colou?r (?:x|yz){2}",
            &[&["color xx|color xyz|color yzx|color yzyz|colour xx|colour xyz|colour yzx|colour yzyz"]],
        );
        expect("(?:pay)+ment.*", &[&["ment", "Before pay"]]);
        expect("pay(?:ment)*[a-z]+", &[&["pay"]]);
    }

    #[test]
    fn branches_of_more_than_words_are_ways_of_their_own() {
        expect(
            "(?:send.*money|pay.*fee) first",
            &[&["<first", "Before money", "Before send"], &["<first", "Before pay", "Before fee"]],
        );
        expect("(?:send.*money|crypto)", &[&["crypto"], &["money", "Before send"]]);
    }

    #[test]
    fn boundaries_around_branches_are_those_of_their_words() {
        expect(r"\b(?:send.*money|pay.*fee)\b", &[&["money>", "Before <send"], &["<pay", "After fee>"]]);
        expect(r"\b(?:send.*|pay)now\b", &[&["now>", "Before <pay"], &["<send", "After now>"]]);
    }

    #[test]
    fn a_way_without_literals_leaves_nothing_to_require() {
        assert_eq!(of(r"(?:telegram|\w+)"), None);
        assert_eq!(of("(?:a|b)?"), None);
        expect(r"[0-3]+\w*", &[&["0|1|2|3"]]);
    }

    #[test]
    fn literals_that_hold_another_are_superfluous() {
        expect("(?:signal|signal messenger|my signal)", &[&["signal"]]);
    }
}
