//! A label compared with one that it may imitate, and how it does.

use super::added_words::AddedWords;
use super::confusable::{confusable_ascii, letters_of, skeleton_of};
use super::domains::label;
use std::borrow::Cow;

/// How a domain imitates another; several may hold at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const DIGITS: Self = Self(1);
    pub(crate) const SKELETON: Self = Self(2);
    pub(crate) const PUNYCODE: Self = Self(4);
    pub(crate) const EDIT: Self = Self(8);
    pub(crate) const ADDED_WORD: Self = Self(16);
    pub(crate) const SUFFIX: Self = Self(32);
    pub(crate) const SUBDOMAIN: Self = Self(64);

    const WORDS: [(Self, &'static str); 7] = [
        (Self::DIGITS, "digits"),
        (Self::SKELETON, "skeleton"),
        (Self::PUNYCODE, "punycode"),
        (Self::EDIT, "edit"),
        (Self::ADDED_WORD, "added-word"),
        (Self::SUFFIX, "suffix"),
        (Self::SUBDOMAIN, "subdomain"),
    ];

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The words that stand in the catalogue.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        Self::WORDS.into_iter().filter(move |(kind, _)| self.has(*kind)).map(|(_, word)| word)
    }

    /// Only the suffix differs: weaker, since companies own their name under several.
    pub(crate) fn only_suffix(self) -> bool {
        self == Self::SUFFIX
    }
}

/// What a domain imitates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Imitation<'a> {
    /// The domain that is imitated.
    pub(crate) of: &'a str,
    pub(crate) kinds: Kinds,
}

/// A domain that may be imitated, prepared for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target<'a> {
    pub(crate) domain: Cow<'a, str>,
    pub(crate) skeleton: Box<str>,
    /// The label is a word of everyday language, as `target` is; only the dossier's own employers are compared then.
    pub(crate) ordinary: bool,
}

impl<'a> Target<'a> {
    /// Prepares a registrable domain.
    pub(crate) fn new(domain: Cow<'a, str>) -> Self {
        let mut skeleton = String::new();
        skeleton_of(label(&domain), &mut skeleton);
        Self { skeleton: skeleton.into(), domain, ordinary: false }
    }

    /// The registrable domain.
    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }

    pub(crate) fn label(&self) -> &str {
        label(&self.domain)
    }
}

/// How close two labels must be: brands of the table need more, since nobody named them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Least length of a label for one edit, and for two.
    pub(crate) edits: [usize; 2],
    /// Least length of a label beside an added word, with a hyphen between and without.
    pub(crate) added: [usize; 2],
}

pub(crate) const EMPLOYER: Limits = Limits { edits: [5, 9], added: [2, 4] };
pub(crate) const BRAND: Limits = Limits { edits: [7, 11], added: [3, 5] };
/// A skeleton says little of shorter labels.
pub(crate) const SHORTEST_SKELETON: usize = 4;

/// A label that may imitate.
pub(crate) struct Candidate<'h> {
    pub(crate) label: &'h str,
    domain: &'h str,
    /// The label in letters that are confusable with ASCII ones; the label itself if it is ASCII.
    pub(crate) ascii: Cow<'h, str>,
    pub(crate) skeleton: String,
}

impl<'h> Candidate<'h> {
    pub(crate) fn new(label: &'h str, domain: &'h str) -> Self {
        let ascii = if label.starts_with("xn--") {
            let (unicode, _) = idna::domain_to_unicode(label);
            Cow::Owned(confusable_ascii(&unicode))
        } else {
            Cow::Borrowed(label)
        };
        let mut skeleton = String::with_capacity(ascii.len());
        skeleton_of(&ascii, &mut skeleton);
        Self { label, domain, ascii, skeleton }
    }

    pub(crate) fn puny(&self) -> Kinds {
        if matches!(self.ascii, Cow::Owned(_)) { Kinds::PUNYCODE } else { Kinds::default() }
    }

    /// How the label imitates a target of the same skeleton.
    pub(crate) fn same_skeleton(&self, target: &Target<'_>) -> Option<Kinds> {
        if target.label().len() < SHORTEST_SKELETON {
            return None;
        }
        if self.puny() != Kinds::default() {
            return Some(Kinds::PUNYCODE);
        }
        Some(spelling(&self.ascii, target.label()))
    }

    pub(crate) fn with_added_word(&self, rest: &str, target: &Target<'_>) -> Kinds {
        let spelled = if rest == target.label() { Kinds::default() } else { spelling(rest, target.label()) };
        Kinds::ADDED_WORD.and(spelled).and(self.puny())
    }

    pub(crate) fn imitates_employer<'a>(
        &self,
        target: &'a Target<'_>,
        words: &AddedWords<'_>,
    ) -> Option<Imitation<'a>> {
        let found = |kinds| Some(Imitation { of: &target.domain, kinds });
        if self.label == target.label() {
            return (self.domain != target.domain && !is_national(self.domain))
                .then_some(Kinds::SUFFIX)
                .and_then(found);
        }
        if *self.skeleton == *target.skeleton
            && let Some(kinds) = self.same_skeleton(target)
        {
            return found(kinds);
        }
        let mut stripped = String::new();
        for (rest, hyphen) in words.stripped(&self.ascii) {
            let least = EMPLOYER.added[usize::from(!hyphen)];
            stripped.clear();
            skeleton_of(rest, &mut stripped);
            if target.label().len() >= least && *stripped == *target.skeleton {
                return found(self.with_added_word(rest, target));
            }
        }
        if self.is_edit_of(target.label(), EMPLOYER) { found(Kinds::EDIT.and(self.puny())) } else { None }
    }

    /// Whether few edits (an adjacent swap is one) make the target's label of this one.
    pub(crate) fn is_edit_of(&self, target: &str, limits: Limits) -> bool {
        let shorter = self.ascii.len().min(target.len());
        let allowed = limits.edits.iter().filter(|least| shorter >= **least).count();
        allowed > 0
            && self.ascii != target
            && self.ascii.len().abs_diff(target.len()) <= allowed
            && (letters_of(&self.ascii) ^ letters_of(target)).count_ones() as usize <= 2 * allowed
            && strsim::osa_distance(&self.ascii, target) <= allowed
    }
}

/// How a label is spelled like another of the same skeleton.
fn spelling(label: &str, target: &str) -> Kinds {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if digits(label) > digits(target) {
        Kinds::DIGITS
    } else if label.len() != target.len() && label.contains('-') != target.contains('-') {
        Kinds::EDIT
    } else {
        Kinds::SKELETON
    }
}

/// A suffix of a country: companies own their name under many of them.
fn is_national(domain: &str) -> bool {
    domain.rsplit('.').next().is_some_and(|top| top.len() == 2)
}
