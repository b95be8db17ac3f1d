//! Image editors that the metadata of a document may name, and generators that the file of a portrait may name.

use crate::content::Content;

/// Image editors and generators, as files name them.
#[derive(Debug, Default)]
pub(crate) struct DocumentKnowledge {
    /// Folded names; `None` without the list.
    editors: Option<Vec<Box<str>>>,
    /// Folded names of image generators; `None` without the list.
    generators: Option<Vec<Box<str>>>,
}

impl DocumentKnowledge {
    /// Reads the lists `image-editors` and `image-generators`.
    pub(crate) fn new(content: &Content) -> Self {
        let names = |list| Some(content.list(list)?.values().map(Into::into).collect());
        Self { editors: names("image-editors"), generators: names("image-generators") }
    }

    /// Whether a program's name holds that of an image editor as whole words.
    pub(crate) fn is_editor(&self, program: &str) -> Option<bool> {
        let editors = self.editors.as_ref()?;
        let program = program.to_lowercase();
        Some(editors.iter().any(|editor| names(&program, editor)))
    }

    /// Image generators whose names a file name or address holds as whole words.
    pub(crate) fn generators_in(&self, file: &str) -> Option<impl Iterator<Item = &str>> {
        let generators = self.generators.as_ref()?;
        let file = file.to_lowercase();
        Some(generators.iter().map(|generator| &**generator).filter(move |generator| names(&file, generator)))
    }
}

/// Whether a text holds a name as whole words.
fn names(text: &str, name: &str) -> bool {
    let in_word = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
    text.match_indices(name).any(|(start, found)| {
        !in_word(text[..start].chars().next_back()) && !in_word(text[start + found.len()..].chars().next())
    })
}
