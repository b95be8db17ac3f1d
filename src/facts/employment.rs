//! Claimed jobs: lengths, overlaps, and dates that cannot both hold.

use super::context::Context;
use super::element::ElementsBuilder;

pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn elements<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

/// When technologies were released and organisations founded.
#[derive(Debug, Default)]
pub(crate) struct Timeline {}

impl Timeline {
    pub(crate) fn new(_content: &crate::content::Content) -> Self {
        Self {}
    }
}
