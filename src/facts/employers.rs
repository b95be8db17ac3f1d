//! Employers that the person names: in jobs, headline, sender and text.

use super::knowledge::Knowledge;
use super::texts::Texts;
use crate::dossier::{Dossier, Path};

/// An employer that the person names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Employer<'d> {
    /// As written.
    pub(crate) name: Option<&'d str>,
    /// Registrable domain, folded.
    pub(crate) domain: Option<std::borrow::Cow<'d, str>>,
    /// Where it was read.
    pub(crate) path: Path,
}

/// Employers that the person names.
#[derive(Debug, Default)]
pub(crate) struct Employers<'d> {
    pub(crate) all: Vec<Employer<'d>>,
}

impl<'d> Employers<'d> {
    pub(crate) fn new(_dossier: &'d Dossier, _knowledge: &'d Knowledge<'d>, _texts: &Texts) -> Self {
        Self::default()
    }
}
