//! Claimed studies against founding dates and other sources.

use super::context::Context;
use super::element::ElementsBuilder;

pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn elements<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}
