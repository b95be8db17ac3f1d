//! What facts of one dossier share, computed once: the person's names, the claimed place, the employers they
//! name, the time that ages are counted to, and the intents of every text.

use super::catalogue::Field;
use super::conversation::Conversation;
use super::element::{ElementsBuilder, Origin, Value};
use super::employers::Employers;
use super::jobs::Jobs;
use super::knowledge::Knowledge;
use super::names::KnownNames;
use super::places::Claimed;
use super::texts::Texts;
use crate::content::{Hit, IntentId};
use crate::dossier::{Date, DeclarationKind, Dossier, Path, Place, Section};

/// What facts of one dossier share.
#[derive(Debug)]
pub(crate) struct Context<'d> {
    pub(crate) dossier: &'d Dossier,
    pub(crate) knowledge: &'d Knowledge<'d>,
    /// The time of the run.
    pub(crate) now: Date,
    /// Names that the person gave.
    pub(crate) names: KnownNames<'d>,
    /// Where the person claims to be, with declared travel and addresses.
    pub(crate) place: Claimed<'d>,
    /// Employers that the person names.
    pub(crate) employers: Employers<'d>,
    /// Claimed jobs as spans of time.
    pub(crate) jobs: Jobs<'d>,
    /// Intents of every text, searched once.
    pub(crate) texts: Texts,
    /// Threads and links of the messages.
    pub(crate) conversation: Conversation<'d>,
    /// The time that ages are counted to: the subject's first message, or now if there is none.
    pub(crate) reference: Date,
    /// Where [`Self::reference`] was read.
    pub(crate) reference_path: Path,
}

impl<'d> Context<'d> {
    /// Reads what the facts share.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &'d Knowledge<'d>, now: Date) -> Self {
        let (reference, reference_path) = first_message(dossier).unwrap_or((now, Path::NOW));
        let texts = Texts::search(dossier, knowledge);
        let employers = Employers::new(dossier, knowledge, &texts);
        let conversation = Conversation::new(dossier, knowledge, &employers, reference);
        Self {
            dossier,
            knowledge,
            now,
            names: KnownNames::new(dossier, &knowledge.names),
            place: Claimed::new(dossier, &knowledge.places),
            employers,
            jobs: Jobs::new(dossier, knowledge, now),
            texts,
            conversation,
            reference,
            reference_path,
        }
    }

    /// Name of an intent.
    pub(crate) fn intent_name(&self, intent: IntentId) -> &'d str {
        self.knowledge.content.intents().get(usize::from(intent.0)).map_or("", String::as_str)
    }

    /// Whether the export had a section, even if it is empty.
    pub(crate) fn covers(&self, section: Section) -> bool {
        self.dossier.coverage.present.contains(&section)
    }

    /// Whether the person declared something of a kind.
    pub(crate) fn declares(&self, kind: DeclarationKind) -> bool {
        self.dossier.declarations.iter().any(|declaration| declaration.kind == kind)
    }

    /// Says which intents a text at a path has; that there are none is said too.
    pub(crate) fn say_intents(&self, builder: &mut ElementsBuilder<'d>, field: Field, path: Path, hits: &[Hit]) {
        builder.known(field);
        for hit in hits {
            let place = Place::part(path, hit.span.start, hit.span.end);
            builder.fact(field, Value::Text(self.intent_name(hit.intent).into()), Origin::read(place));
        }
    }

    /// Whether each further source's place is in the claimed country, and where that source says it; sources whose
    /// place is unknown are left out.
    pub(crate) fn places_of_views(&self) -> Vec<(bool, Path)> {
        let views = self.dossier.subject.views.iter().enumerate();
        views
            .filter_map(|(index, view)| {
                let agrees = self.place.location_agrees(view.location.as_ref()?)?;
                Some((agrees, Path::at("/subject/views/*/location", index)))
            })
            .collect()
    }

    /// The greatest number of days from a date to [`Self::reference`], with both places; never negative.
    pub(crate) fn age_days(&self, since: Date, path: Path) -> (f64, Origin) {
        let (_, most) = since.days_until(self.reference);
        (most.max(0.0), Origin::derived_from([Place::whole(path), Place::whole(self.reference_path)]))
    }
}

/// The subject's first dated message; one whose side is not stated counts as the subject's.
fn first_message(dossier: &Dossier) -> Option<(Date, Path)> {
    dossier
        .messages
        .iter()
        .enumerate()
        .filter(|(_, message)| message.from_subject != Some(false))
        .filter_map(|(index, message)| Some((message.at?, index)))
        .min_by_key(|(at, _)| at.interval())
        .map(|(at, index)| (at, Path::at("/messages/*/at", index)))
}
