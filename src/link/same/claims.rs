//! What a record says of whose it is: identifiers, names, and on which side of an application it stands.

use super::identifier::{Held, Identifier, identifiers};
use crate::dossier::{Dossier, Locator, Role};
use crate::facts::names::{KnownNames, agree_spelled};
use crate::facts::spelling::{NameKnowledge, Spelled};
use crate::link::knowledge::LinkKnowledge;
use std::collections::BTreeMap;

/// What one record says of whose it is.
#[derive(Debug, Clone)]
pub struct Claims {
    /// The record's number in the batch.
    pub(super) number: u32,
    pub(super) source: Locator,
    pub(super) identifiers: BTreeMap<Identifier, Held>,
    /// The name that a reader sees.
    pub(super) shown: Option<String>,
    names: Vec<Spelled>,
    side: Side,
}

/// On which side of an application a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    OffersWork,
    Works,
    Unsaid,
}

/// Whether two records may be one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// A name of one is a name of the other.
    SameName,
    /// One of them gives no full name, or they cannot be compared.
    NothingAgainst,
    /// They give different names, or stand on both sides of an application.
    Apart,
}

impl Claims {
    /// What a record of a number says.
    pub fn of(number: u32, dossier: &Dossier, source: Locator, knowledge: &LinkKnowledge<'_>) -> Self {
        let names = KnownNames::new(dossier, &knowledge.facts.names);
        Self {
            number,
            source,
            identifiers: identifiers(dossier, knowledge),
            shown: dossier.subject.shown_name().map(str::to_owned),
            names: names.spelled().cloned().collect(),
            side: match dossier.role {
                Role::Recruiter => Side::OffersWork,
                Role::Candidate | Role::Contractor | Role::Employee => Side::Works,
                Role::Counterparty | Role::Unknown => Side::Unsaid,
            },
        }
    }

    /// Whether this and another record may be one person's.
    ///
    /// Two full names that share a part are two people's, as in a family, unless one is a form of the other.
    pub(super) fn agreement(&self, other: &Self, knowledge: &NameKnowledge) -> Agreement {
        if self.side != other.side && self.side != Side::Unsaid && other.side != Side::Unsaid {
            return Agreement::Apart;
        }
        let mut agreement = Agreement::NothingAgainst;
        for name in &self.names {
            for beside in &other.names {
                match agree_spelled(name, beside, knowledge) {
                    Some(true) => return Agreement::SameName,
                    Some(false) => agreement = Agreement::Apart,
                    None if name.is_full() && beside.is_full() && name.script == beside.script => {
                        agreement = Agreement::Apart;
                    }
                    None => {}
                }
            }
        }
        agreement
    }
}
