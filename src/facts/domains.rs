//! Registrable domains and the class of a mail address.

use crate::content::Content;
use std::marker::PhantomData;

/// Lists and tables of this file.
#[derive(Debug)]
pub(crate) struct DomainKnowledge<'c> {
    content: PhantomData<&'c Content>,
}

impl<'c> DomainKnowledge<'c> {
    pub(crate) fn new(_content: &'c Content) -> Self {
        Self { content: PhantomData }
    }
}
