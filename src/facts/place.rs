//! A place, and which country the parts of a text speak for; where places come from is for the
//! [`gazetteer`](super::gazetteer).

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A place without qualifier is the most populous of its name only if it is this many times as populous as the next.
const DOMINANT: u32 = 5;

/// ISO 3166-1 alpha-2, upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Country([u8; 2]);

impl Country {
    /// Reads a code in any case; `UK` is read as `GB`.
    pub(crate) fn read(code: &str) -> Option<Self> {
        let code: [u8; 2] = code.trim().as_bytes().try_into().ok()?;
        let code = code.map(|byte| byte.to_ascii_uppercase());
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(if code == *b"UK" { *b"GB" } else { code }))
    }

    /// The code.
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceKind {
    Country,
    Region,
    City,
}

#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) kind: PlaceKind,
    pub(crate) country: Country,
    pub(crate) region: Box<str>,
    pub(crate) zones: Box<[u16]>,
    pub(crate) population: u32,
}

/// Whether a place is so much more populous than another of its name that the name alone means it.
pub(crate) fn dominates(population: u32, next: u32) -> bool {
    population / DOMINANT >= next
}

/// The country that most segments agree on; `None` where two are as likely.
pub(crate) fn country_of(segments: &[Vec<&Place>]) -> Option<Country> {
    let mut votes: Vec<(Country, Vote)> = Vec::new();
    let mut after_country = false;
    for (position, segment) in segments.iter().enumerate() {
        for (nth, place) in segment.iter().enumerate() {
            let again = segment[..nth].iter().any(|other| other.country == place.country);
            let index = votes.iter().position(|(country, _)| *country == place.country).unwrap_or_else(|| {
                votes.push((place.country, Vote::default()));
                votes.len() - 1
            });
            let (_, vote) = votes.get_mut(index)?;
            vote.segments += u32::from(!again);
            vote.qualified |= position > 0 && !after_country && place.kind != PlaceKind::City;
            vote.country |= place.kind == PlaceKind::Country;
            vote.region |= place.kind == PlaceKind::Region;
            vote.population = vote.population.max(place.population);
        }
        after_country |= segment.iter().any(|place| place.kind == PlaceKind::Country);
    }
    votes.sort_by_key(|(_, vote)| std::cmp::Reverse((vote.segments, vote.qualified, vote.population)));
    match votes[..] {
        [] => None,
        [(country, _)] => Some(country),
        [(first, best), (second, next), ..] => {
            if (best.segments, best.qualified) != (next.segments, next.qualified) {
                return Some(first);
            }
            let tied =
                || votes.iter().filter(|(_, vote)| (vote.segments, vote.qualified) == (best.segments, best.qualified));
            let countries = tied().filter(|(_, vote)| vote.country).count();
            let regions = tied().filter(|(_, vote)| vote.region && !vote.country).count();
            match (countries, regions) {
                // `Georgia` is a country and a state; `Panama` a country and a town.
                (1, 0) => tied().find(|(_, vote)| vote.country).map(|(country, _)| *country),
                (0, _) => (dominates(best.population, next.population)).then_some(first),
                _ if first == second => Some(first),
                _ => None,
            }
        }
    }
}

/// What speaks for a country.
#[derive(Debug, Clone, Copy, Default)]
struct Vote {
    segments: u32,
    /// A part after the first names it, or a region of it, and no part before it names a country.
    qualified: bool,
    country: bool,
    region: bool,
    population: u32,
}

pub(crate) fn is_separator(character: char) -> bool {
    matches!(
        character,
        ',' | '/' | '|' | '·' | '•' | '(' | ')' | '[' | ']' | ';' | '、' | '，' | '–' | '—' | '\n' | ':' | '&' | '+'
    )
}

/// [`fold`] where nothing has to be decomposed, as in most texts.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if std::mem::take(&mut gap) && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(char::from(byte.to_ascii_lowercase()));
        } else if !matches!(byte, b'.' | b'\'') {
            gap = true;
        }
    }
    folded
}

/// Lower case, without diacritics on Latin letters, one space between words.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folding = Folding { folded: String::with_capacity(text.len()), gap: false };
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(|character| folding.take(character));
    } else {
        text.nfkc().for_each(|character| folding.take(character));
    }
    folding.folded
}

/// A text while it is folded.
struct Folding {
    folded: String,
    gap: bool,
}

impl Folding {
    fn take(&mut self, character: char) {
        match character {
            'a'..='z' | '0'..='9' => self.push(character),
            'A'..='Z' => self.push(character.to_ascii_lowercase()),
            '.' | '\'' | '’' | '‘' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200f}' => {}
            '\0'..='\u{7f}' => self.gap = true,
            '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if character.is_alphabetic() => {
                for letter in deunicode::deunicode_char(character).unwrap_or_default().chars() {
                    self.push(letter.to_ascii_lowercase());
                }
            }
            _ if character.is_alphanumeric() => {
                for letter in character.to_lowercase() {
                    self.push(letter);
                }
            }
            _ if unicode_normalization::char::is_combining_mark(character) => {}
            _ => self.gap = true,
        }
    }

    fn push(&mut self, letter: char) {
        if std::mem::take(&mut self.gap) && !self.folded.is_empty() {
            self.folded.push(' ');
        }
        self.folded.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_ascii};

    #[test]
    fn both_ways_of_folding_agree() {
        for text in ["St. John's, NL", "  Winston-Salem / NC ", "O'Fallon (MO)", ""] {
            // A trailing character beyond ASCII that folds to nothing takes the long way.
            assert_eq!(fold_ascii(text), fold(&format!("{text}\u{ad}")), "{text}");
        }
    }
}
