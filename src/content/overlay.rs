//! The content that a user adds to, or puts in place of, what the binary carries, and the digest of the sum.
//!
//! Reading a folder is left to the command line; this only says how two sets of files become one.

use super::embedded::ContentFile;
use crate::dossier::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The base with the overlay laid over it, sorted by path.
///
/// A file of the same path replaces; a file of another path is added. `lists/<name>.add.txt` is such an added file:
/// [`Content::load`](crate::content::Content::load) adds its lines to the list `<name>`.
pub fn overlay(base: Vec<ContentFile>, over: Vec<ContentFile>) -> Vec<ContentFile> {
    let merged: BTreeMap<String, ContentFile> =
        base.into_iter().chain(over).map(|file| (file.path.clone(), file)).collect();
    merged.into_values().collect()
}

/// SHA-256 over paths and texts in order of path, in lower-case hexadecimal: two runs with the same digest judged by
/// the same content.
pub fn digest(files: &[ContentFile]) -> String {
    let mut sorted: Vec<&ContentFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hasher = Sha256::new();
    for file in sorted {
        // Lengths keep apart what concatenation would blur.
        for part in [file.path.as_bytes(), file.text.as_bytes()] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    hex(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::{digest, overlay};
    use crate::content::embedded::ContentFile;

    fn file(path: &str, text: &'static str) -> ContentFile {
        ContentFile { path: path.to_owned(), text: text.into() }
    }

    #[test]
    fn the_same_path_replaces_and_another_adds() {
        let merged = overlay(
            vec![file("lists/b.txt", "old"), file("lists/a.txt", "kept")],
            vec![file("lists/b.txt", "new"), file("lists/a.add.txt", "more")],
        );
        let seen: Vec<_> = merged.iter().map(|file| (file.path.as_str(), file.text.as_ref())).collect();
        assert_eq!(seen, [("lists/a.add.txt", "more"), ("lists/a.txt", "kept"), ("lists/b.txt", "new")]);
    }

    #[test]
    fn the_digest_ignores_order_and_tells_path_from_text() {
        let (a, b) = (file("a", "1"), file("b", "2"));
        assert_eq!(digest(&[a.clone(), b.clone()]), digest(&[b, a]));
        assert_ne!(digest(&[file("ab", "c")]), digest(&[file("a", "bc")]));
        assert_eq!(digest(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
