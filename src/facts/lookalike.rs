//! Whether a domain imitates another.

use crate::content::Content;
use std::marker::PhantomData;

/// Lists and tables of this file.
#[derive(Debug)]
pub(crate) struct LookalikeKnowledge<'c> {
    content: PhantomData<&'c Content>,
}

impl<'c> LookalikeKnowledge<'c> {
    pub(crate) fn new(_content: &'c Content) -> Self {
        Self { content: PhantomData }
    }
}
