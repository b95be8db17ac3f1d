//! The files of detection content that the binary carries.
//!
//! What they mean is left to the modules that parse them; files that a user adds come through
//! [`overlay`](crate::content::overlay).

use std::borrow::Cow;

/// A file of detection content, by its path inside the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// Such as `lexicons/off-platform.yml`.
    pub path: String,
    /// What it says.
    pub text: Cow<'static, str>,
}

/// Every file that the binary carries, sorted by path.
pub fn embedded() -> Vec<ContentFile> {
    const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
    EMBEDDED.iter().map(|(path, text)| ContentFile { path: (*path).to_owned(), text: Cow::Borrowed(text) }).collect()
}
