//! What is risky about a file, by its name; the lists of endings say which endings do what.

use crate::content::{Content, List};
use foldhash::HashMap;
use std::borrow::Cow;

/// What a file ending means; several may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FileRisk(u8);

impl FileRisk {
    pub(crate) const EXECUTABLE: Self = Self(1);
    pub(crate) const DISK_IMAGE: Self = Self(2);
    pub(crate) const ARCHIVE: Self = Self(4);
    pub(crate) const SHORTCUT: Self = Self(8);
    pub(crate) const MACRO: Self = Self(16);

    const WORDS: [(Self, &'static str); 5] = [
        (Self::EXECUTABLE, "executable"),
        (Self::DISK_IMAGE, "disk-image"),
        (Self::ARCHIVE, "archive"),
        (Self::SHORTCUT, "shortcut"),
        (Self::MACRO, "macro"),
    ];

    /// Whether any of the risks holds.
    pub(crate) fn any(self, risks: Self) -> bool {
        self.0 & risks.0 != 0
    }

    /// Either's risks.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The words that stand in the catalogue.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        Self::WORDS.into_iter().filter(move |(risk, _)| self.any(*risk)).map(|(_, word)| word)
    }
}

/// File endings of the lists.
#[derive(Debug, Default)]
pub(crate) struct FileKnowledge<'c> {
    endings: HashMap<&'c str, FileRisk>,
}

impl<'c> FileKnowledge<'c> {
    /// Reads the lists of endings; a missing one is empty.
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut knowledge = Self::default();
        for (name, risk) in [
            ("executable-extensions", FileRisk::EXECUTABLE),
            ("disk-image-extensions", FileRisk::DISK_IMAGE),
            ("archive-extensions", FileRisk::ARCHIVE),
            ("shortcut-extensions", FileRisk::SHORTCUT),
            ("macro-extensions", FileRisk::MACRO),
        ] {
            for ending in content.list(name).into_iter().flat_map(List::values) {
                knowledge.insert(ending, risk);
            }
        }
        knowledge
    }

    pub(crate) fn insert(&mut self, ending: &'c str, risk: FileRisk) {
        self.endings.entry(ending).or_default().0 |= risk.0;
    }

    /// What the lists say of a file name's ending.
    pub(crate) fn risk(&self, name: &str) -> FileRisk {
        extension(name).and_then(|ending| self.endings.get(ending.as_ref()).copied()).unwrap_or_default()
    }
}

/// The ending of a file name, in lower case, without its dot.
pub(crate) fn extension(name: &str) -> Option<Cow<'_, str>> {
    let (stem, ending) = name.trim_end().rsplit_once('.')?;
    if stem.is_empty()
        || ending.is_empty()
        || ending.len() > 12
        || !ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        return None;
    }
    Some(if ending.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(ending.to_ascii_lowercase())
    } else {
        Cow::Borrowed(ending)
    })
}

/// Whether a name has the ending of a document in front of the ending that counts: `offer.pdf.exe`, `offer.pdf   .lnk`.
///
/// Only endings of documents and pictures count, so that `report.v2.zip` and `backup.tar.gz` do not.
pub(crate) fn has_double_extension(name: &str) -> bool {
    const SHOWN: [&str; 14] =
        ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "hwp", "hwpx", "rtf", "txt", "jpg", "jpeg", "png"];
    let Some((stem, ending)) = name.trim_end().rsplit_once('.') else { return false };
    let shown = |ending: &str| SHOWN.iter().any(|known| known.eq_ignore_ascii_case(ending));
    !shown(ending) && extension(stem).is_some_and(|inner| shown(&inner))
}

/// Whether a name holds a control that turns the direction of text, and so can hide its ending.
pub(crate) fn has_bidi_control(name: &str) -> bool {
    name.bytes().any(|byte| byte == 0xe2)
        && name.chars().any(|letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_read_as_systems_read_them() {
        assert_eq!(extension("Offer.PDF").as_deref(), Some("pdf"));
        assert_eq!(extension("archive.tar.gz").as_deref(), Some("gz"));
        for name in ["noending", ".hidden", "dot.", "a.b c"] {
            assert_eq!(extension(name), None, "{name}");
        }
    }

    #[test]
    fn a_document_ending_in_front_of_another_is_seen() {
        for name in ["offer.pdf.exe", "offer.PDF   .lnk", "채용.hwp.lnk"] {
            assert!(has_double_extension(name), "{name}");
        }
        for name in ["offer.pdf", "report.v2.zip", "backup.tar.gz", "cv.docx.pdf", "noending"] {
            assert!(!has_double_extension(name), "{name}");
        }
    }

    #[test]
    fn a_turned_ending_is_seen_and_plain_foreign_names_are_not() {
        assert!(has_bidi_control("offer\u{202e}fdp.exe"));
        assert!(!has_bidi_control("履歴書.pdf") && !has_bidi_control("“offer”.pdf"));
    }

    #[test]
    fn risks_come_from_the_lists() {
        let mut knowledge = FileKnowledge::default();
        knowledge.insert("exe", FileRisk::EXECUTABLE);
        knowledge.insert("zip", FileRisk::ARCHIVE);
        assert_eq!(knowledge.risk("setup.EXE").words().collect::<Vec<_>>(), ["executable"]);
        assert_eq!(knowledge.risk("cv.pdf"), FileRisk::default());
    }
}
