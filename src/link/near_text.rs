//! Texts that may return in another record, as sets of shingles: pairs of words that follow each other, or five
//! characters where no spaces divide words.
//!
//! Which of them meet is left to [`sketch`](crate::link::sketch), whether those are really alike to
//! [`similarity`](crate::link::similarity).

use crate::content::{WordHash, fold_into, is_letter, is_unspaced};
use crate::dossier::{DocumentKind, Dossier, Folded, FoldedBuilder, Path};

/// A text of fewer words, or of fewer letters where no spaces divide words, says too little to be compared.
const FEWEST_WORDS: usize = 20;
const FEWEST_CHARACTERS: usize = 60;

/// So does one with fewer shingles that are none of ordinary phrases.
const FEWEST_OWN: usize = 10;

/// Characters of a shingle where no spaces divide words.
const CHARACTERS: usize = 5;

/// Which text of a dossier it is; only texts of one kind are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextKind {
    About,
    /// The description of a job.
    Experience,
    /// A cover letter.
    Letter,
    /// A résumé.
    Resume,
    /// A message that the person wrote.
    Message,
    /// A job advert.
    Advert,
}

impl TextKind {
    /// A word for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Experience => "experience",
            Self::Letter => "letter",
            Self::Resume => "resume",
            Self::Message => "message",
            Self::Advert => "advert",
        }
    }
}

/// A text that may return in another record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparable<'d> {
    pub(super) kind: TextKind,
    pub(super) path: Path,
    pub(super) text: &'d str,
}

/// What the person wrote about themselves, to others and as an offer.
pub(super) fn texts(dossier: &Dossier) -> Vec<Comparable<'_>> {
    let about = [(TextKind::About, Path::plain("/subject/about"), dossier.subject.about.as_ref())];
    let views = dossier.subject.views.iter().enumerate();
    let views =
        views.map(|(index, view)| (TextKind::About, Path::at("/subject/views/*/about", index), view.about.as_ref()));
    let jobs = dossier.employment.iter().enumerate().map(|(index, job)| {
        (TextKind::Experience, Path::at("/employment/*/description", index), job.description.as_ref())
    });
    // Other documents are others' texts: a client's contract, an issuer's diploma.
    let documents = dossier.documents.iter().enumerate().filter_map(|(index, document)| {
        let kind = match document.kind {
            DocumentKind::Resume => TextKind::Resume,
            DocumentKind::CoverLetter => TextKind::Letter,
            _ => return None,
        };
        Some((kind, Path::at("/documents/*/text", index), document.text.as_ref()))
    });
    let own = dossier.messages.iter().enumerate().filter(|(_, message)| message.from_subject == Some(true));
    let messages =
        own.map(|(index, message)| (TextKind::Message, Path::at("/messages/*/text", index), message.text.as_ref()));
    let posts = dossier.job_posts.iter().enumerate();
    let adverts =
        posts.map(|(index, post)| (TextKind::Advert, Path::at("/job_posts/*/text", index), post.text.as_ref()));
    about
        .into_iter()
        .chain(views)
        .chain(jobs)
        .chain(documents)
        .chain(messages)
        .chain(adverts)
        .filter_map(|(kind, path, text)| Some(Comparable { kind, path, text: &text?.0 }))
        // A word has at least a letter and a space; shorter texts need not be looked at.
        .filter(|comparable| comparable.text.len() >= 2 * FEWEST_WORDS)
        .collect()
}

/// A word, or a character where no spaces divide words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of its letters.
    pub(super) hash: WordHash,
    pub(super) is_unspaced: bool,
}

impl Token {
    fn new(start: usize, is_unspaced: bool) -> Self {
        Self { start, end: start, hash: WordHash::default(), is_unspaced }
    }

    fn add(&mut self, letter: char, end: usize) {
        self.hash.add(letter);
        self.end = end;
    }
}

/// A text as it is compared: folded, so that neither case nor disguise keeps nearly equal ones apart.
pub(super) fn folded(text: &str) -> Folded {
    let mut builder = FoldedBuilder::default();
    fold_into(text, &mut builder);
    builder.finish()
}

/// Whether a letter is of a script in which no spaces divide words: ideographs, kana, Thai, Lao, Myanmar, Khmer.
fn stands_alone(letter: char) -> bool {
    is_unspaced(letter) || matches!(letter, '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// The words of a folded text in order; letters of scripts without spaces stand one by one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 6);
    let mut word: Option<Token> = None;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        if stands_alone(letter) {
            tokens.extend(word.take());
            let mut character = Token::new(at, true);
            character.add(letter, end);
            tokens.push(character);
        } else if is_letter(letter) || letter.is_ascii_digit() {
            word.get_or_insert(Token::new(at, false)).add(letter, end);
        } else {
            tokens.extend(word.take());
        }
    }
    tokens.extend(word);
    tokens
}

/// Hashes of the shingles of a text that are no shingles of ordinary phrases, in order, each once; none if it says too
/// little.
pub(super) fn shingles(tokens: &[Token], is_ordinary: impl Fn(u64) -> bool) -> Option<Vec<u64>> {
    let unspaced = tokens.iter().filter(|token| token.is_unspaced).count();
    if tokens.len() - unspaced < FEWEST_WORDS && unspaced < FEWEST_CHARACTERS {
        return None;
    }
    let mut shingles: Vec<u64> = shingles_of_phrase(tokens).filter(|shingle| !is_ordinary(*shingle)).collect();
    shingles.sort_unstable();
    shingles.dedup();
    (shingles.len() >= FEWEST_OWN).then_some(shingles)
}

/// Hashes of the shingles of a few words, as they come.
pub(super) fn shingles_of_phrase(tokens: &[Token]) -> impl Iterator<Item = u64> + '_ {
    let joined = |tokens: &[Token]| {
        tokens.iter().fold(0, |joined: u64, token| mixed(joined.rotate_left(5) ^ token.hash.finish()))
    };
    let words = tokens.windows(2).filter(|pair| pair.iter().all(|token| !token.is_unspaced)).map(joined);
    let characters = tokens.windows(CHARACTERS).filter(|run| run.iter().all(|token| token.is_unspaced)).map(joined);
    words.chain(characters)
}

/// Spreads a number over all bits (the finalizer of SplitMix64; Steele, Lea, Flood 2014).
pub(super) const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
