//! Image editors that the metadata of a document may name.

use crate::content::Content;

/// Image editors, as metadata name them.
#[derive(Debug, Default)]
pub(crate) struct DocumentKnowledge {
    /// Folded names; `None` without the list.
    editors: Option<Vec<Box<str>>>,
}

impl DocumentKnowledge {
    /// Reads the list `image-editors`.
    pub(crate) fn new(content: &Content) -> Self {
        Self { editors: content.list("image-editors").map(|list| list.values().map(Into::into).collect()) }
    }

    /// Whether a program's name holds that of an image editor as whole words.
    pub(crate) fn is_editor(&self, program: &str) -> Option<bool> {
        let editors = self.editors.as_ref()?;
        let program = program.to_lowercase();
        let in_word = |beside: Option<char>| beside.is_some_and(char::is_alphanumeric);
        Some(editors.iter().any(|editor| {
            program.match_indices(&**editor).any(|(start, found)| {
                !in_word(program[..start].chars().next_back())
                    && !in_word(program[start + found.len()..].chars().next())
            })
        }))
    }
}
