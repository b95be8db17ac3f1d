//! Whether two spellings name the same person. Only agreement is ever said, never what a name is.

use crate::content::Content;
use crate::dossier::Dossier;
use std::marker::PhantomData;

/// Nicknames and families of romanisation.
#[derive(Debug, Default)]
pub(crate) struct NameKnowledge {}

impl NameKnowledge {
    pub(crate) fn new(_content: &Content) -> Self {
        Self {}
    }
}

/// Names that the person gave.
#[derive(Debug)]
pub(crate) struct KnownNames<'d> {
    names: PhantomData<&'d str>,
}

impl<'d> KnownNames<'d> {
    pub(crate) fn new(_dossier: &'d Dossier, _knowledge: &'d NameKnowledge) -> Self {
        Self { names: PhantomData }
    }

    /// Whether a full name (of an account, a sender, a payee …) agrees with one that the person gave;
    /// `None` where it cannot be said.
    pub(crate) fn agrees(&self, _name: &str) -> Option<bool> {
        None
    }

    /// Whether a handle or the local part of a mail address bears a name that agrees with one that the person
    /// gave; `None` where it bears no person's name.
    pub(crate) fn handle_agrees(&self, _handle: &str) -> Option<bool> {
        None
    }
}

/// Whether two names, neither of which need be the subject's, are spellings of one; `None` where it cannot be said.
pub(crate) fn agree(_first: &str, _second: &str, _knowledge: &NameKnowledge) -> Option<bool> {
    None
}
