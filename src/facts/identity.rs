//! Who the person presents themselves to be, and whether their accounts, names and places agree.

use super::context::Context;
use super::element::ElementsBuilder;

pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn accounts<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}
