//! What others observed: sign-ins, calls, devices, shipments.

use super::context::Context;
use super::element::ElementsBuilder;
use crate::content::Content;
use std::marker::PhantomData;

/// Lists and tables of this file.
#[derive(Debug)]
pub(crate) struct NetworkKnowledge<'c> {
    content: PhantomData<&'c Content>,
}

impl<'c> NetworkKnowledge<'c> {
    pub(crate) fn new(_content: &'c Content) -> Self {
        Self { content: PhantomData }
    }
}

pub(crate) fn dossier<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}

pub(crate) fn elements<'d>(_ctx: &Context<'d>, _builder: &mut ElementsBuilder<'d>) {}
