//! Facts: from a dossier to elements, a pure function.
//!
//! A fact is a value and the place where it was read. Nothing here judges; rules do.
//! [`Knowledge`] is resolved once for a run; a `Context` once for a dossier; then each file
//! below says what its part of the dossier shows, of the dossier as a whole and of each element.

mod added_words;
mod address_words;
mod addresses;
mod artefacts;
mod autorun;
mod catalogue;
mod category;
mod claims;
mod code;
mod companies;
mod confusable;
pub(crate) mod contact;
mod context;
mod conversation;
mod document;
pub(crate) mod domains;
mod editors;
mod education;
mod element;
mod employer_names;
pub(crate) mod employers;
mod employment;
mod encoded;
mod experience;
mod files;
mod gazetteer;
mod history;
pub(crate) mod hosts;
mod identity;
mod imitation;
mod jobs;
mod jsonc;
mod knowledge;
pub(crate) mod links;
mod lookalike;
pub(crate) mod mails;
mod message;
pub(crate) mod name_forms;
pub(crate) mod names;
mod near;
pub(crate) mod network;
mod organisation;
mod pay;
mod payees;
mod payment;
mod place;
pub(crate) mod places;
mod posting;
mod ranges;
mod references;
mod reuse;
mod sessions;
pub(crate) mod spelling;
#[cfg(test)]
mod tests;
pub(crate) mod texts;
mod thread;
mod timeline;
mod vocation;
mod whereabouts;

pub use catalogue::{CATALOGUE, Field, FieldSet, FieldSpec, Kind};
pub use category::Category;
pub use element::{Element, Elements, ElementsBuilder, Fact, Known, More, Origin, Value};
pub use knowledge::Knowledge;

use crate::dossier::{Date, Dossier, Path};
use context::Context;

/// Every element of a dossier, with its facts. `now` is the time of the run.
pub fn facts<'d>(dossier: &'d Dossier, knowledge: &'d Knowledge<'d>, now: Date) -> Elements<'d> {
    let context = Context::new(dossier, knowledge, now);
    let mut builder = Elements::builder(dossier);

    identity::dossier(&context, &mut builder);
    employment::dossier(&context, &mut builder);
    education::dossier(&context, &mut builder);
    contact::dossier(&context, &mut builder);
    reuse::dossier(&context, &mut builder);
    payment::dossier(&context, &mut builder);
    code::dossier(&context, &mut builder);
    network::dossier(&context, &mut builder);
    message::dossier(&context, &mut builder);
    posting::dossier(&context, &mut builder);
    organisation::dossier(&context, &mut builder);
    builder.element(Category::Dossier, Path::ROOT);

    identity::accounts(&context, &mut builder);
    employment::elements(&context, &mut builder);
    education::elements(&context, &mut builder);
    contact::elements(&context, &mut builder);
    payment::elements(&context, &mut builder);
    document::elements(&context, &mut builder);
    code::elements(&context, &mut builder);
    network::elements(&context, &mut builder);
    message::elements(&context, &mut builder);
    thread::elements(&context, &mut builder);
    posting::elements(&context, &mut builder);
    organisation::elements(&context, &mut builder);
    builder.finish()
}
