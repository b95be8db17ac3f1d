//! From a dossier to its keys: what the person uses, hands over and leaves behind.
//!
//! Only what is the person's own: nothing of the other side of a conversation, of employers and their people, of
//! relays and machines, of services that many use. Texts are not searched. Where a value stands twice, the first
//! place counts.

use super::collector::Collector;
use super::key::Key;
use super::knowledge::LinkKnowledge;
use super::{traces, ways};
use crate::dossier::Dossier;

/// The keys of a dossier, sorted by kind and value, each once.
pub fn keys<'d>(dossier: &'d Dossier, knowledge: &'d LinkKnowledge<'d>) -> Vec<Key> {
    let mut collector = Collector::new(dossier, knowledge);
    ways::contacts(&mut collector);
    ways::accounts(&mut collector);
    ways::messages(&mut collector);
    ways::adverts(&mut collector);
    ways::references(&mut collector);
    traces::photos(&mut collector);
    traces::documents(&mut collector);
    traces::code(&mut collector);
    traces::observations(&mut collector);
    traces::payments(&mut collector);
    traces::domains(&mut collector);
    collector.finish()
}
