//! What documents bear: names, addresses, programs, zones.

use super::context::Context;
use super::element::ElementsBuilder;

pub(crate) fn elements<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}
