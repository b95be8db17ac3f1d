//! Chats, whichever messenger exported them: who wrote what in which conversation, and so one dossier for each person
//! who wrote to the owner.
//!
//! A format says who took part and what was said; what it cannot say is told from all conversations together. A message
//! is put aside as it is met, so that memory grows by some forty bytes a message and with the number of people.

mod chats;
mod dossiers;
mod files;
mod owner;

pub(crate) use chats::{Chats, Conversation, Person};
pub(crate) use files::{each, is_certain, walk};

use super::adapter::{Adapter, Context, Items};
use super::item::Item;
use crate::dossier::Rejected;
use dossiers::Dossiers;
use std::io;

/// The dossiers of an input that a format gathers when its turn comes.
pub(crate) fn items(
    adapter: &'static Adapter,
    context: &Context,
    gather: impl FnOnce(&mut Chats, &Context) -> io::Result<()> + Send + 'static,
) -> Items {
    let context = context.clone();
    let read = move || -> Items {
        let gathered = Chats::new(adapter).and_then(|mut chats| gather(&mut chats, &context).map(|()| chats));
        match gathered {
            Ok(chats) => Box::new(Dossiers::new(chats, &context)),
            Err(error) => Box::new(std::iter::once(Item::Rejected(Rejected {
                source: context.source.clone(),
                reason: format!("could not put messages aside: {error}"),
            }))),
        }
    };
    Box::new(std::iter::once_with(read).flatten())
}
