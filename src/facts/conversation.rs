//! Messages and the threads they make.

use super::context::Context;
use super::element::ElementsBuilder;

pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn messages<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn threads<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}
