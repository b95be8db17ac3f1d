//! How much of the rules' weight could be evaluated, and what the export would have needed for the rest.

use super::rule::Rule;
use crate::dossier::{Dossier, Section};
use crate::facts::{Category, Field};
use crate::screening::PerDetector;

/// Sections of a dossier, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sections(u32);

impl Sections {
    /// The sections that a rule rests on: that of its elements, and those behind what it reads of the whole dossier.
    pub(super) fn of(rule: &Rule) -> Self {
        let own = rule.category.section().into_iter();
        let read = rule.fields().into_iter().filter(|field| field.spec().category == Category::Dossier);
        let mut sections = Self::default();
        for section in own.chain(read.filter_map(section_behind)) {
            sections.0 |= 1 << section as u32;
        }
        sections
    }

    fn contains(self, section: Section) -> bool {
        self.0 & (1 << section as u32) != 0
    }
}

/// Coverage of each detector, 0 to 1, and the sections whose absence lowered it. `weights` are those of all rules,
/// `sections` those that each rule rests on.
pub(super) fn of(
    rules: &[Rule],
    weights: &PerDetector<f64>,
    sections: &[Sections],
    not_evaluable: &[u32],
    dossier: &Dossier,
) -> (PerDetector<f64>, PerDetector<Vec<Section>>) {
    let mut lost = PerDetector([0.0; 3]);
    let mut wanted = PerDetector([Sections::default(); 3]);
    for position in not_evaluable {
        let Some(rule) = rules.get(*position as usize) else { continue };
        for (detector, weight) in rule.info.weights.iter() {
            let weight = weight.unwrap_or_default();
            if weight > 0.0 && !rule.category.is_from_elsewhere() {
                lost[detector] += weight;
                wanted[detector].0 |= sections.get(*position as usize).map_or(0, |sections| sections.0);
            }
        }
    }
    let coverage = PerDetector::from_fn(|detector| {
        let whole = weights[detector];
        if whole > 0.0 { ((whole - lost[detector]) / whole).clamp(0.0, 1.0) } else { 0.0 }
    });
    let missing = PerDetector::from_fn(|detector| {
        let wanted = Section::ALL.iter().copied().filter(|section| wanted[detector].contains(*section));
        wanted.filter(|section| is_missing(dossier, *section)).collect()
    });
    (coverage, missing)
}

/// Whether an export says nothing of a section: it lists no entry, and does not state that there is none.
fn is_missing(dossier: &Dossier, section: Section) -> bool {
    let empty = match section {
        Section::Accounts => dossier.accounts.is_empty(),
        Section::Employment => dossier.employment.is_empty(),
        Section::Education => dossier.education.is_empty(),
        Section::Skills => dossier.skills.is_empty(),
        Section::Certifications => dossier.certifications.is_empty(),
        Section::Recommendations => dossier.recommendations.is_empty(),
        Section::References => dossier.references.is_empty(),
        Section::Declarations => dossier.declarations.is_empty(),
        Section::Contacts => dossier.contacts.is_empty(),
        Section::Payments => dossier.payments.is_empty(),
        Section::Documents => dossier.documents.is_empty(),
        Section::Code => dossier.code.is_empty(),
        Section::Observations => dossier.observations.is_empty(),
        Section::Messages => dossier.messages.is_empty(),
        Section::JobPosts => dossier.job_posts.is_empty(),
        Section::Organisations => dossier.organisations.is_empty(),
        Section::Domains => dossier.domains.is_empty(),
        Section::Photos => dossier.subject.photos.is_empty(),
    };
    empty && !dossier.coverage.present.contains(&section)
}

/// The section without which a fact about the whole dossier is unknown; none where it rests on several.
fn section_behind(field: Field) -> Option<Section> {
    Some(match field {
        Field::SubjectDeclares => Section::Declarations,
        Field::SubjectMailClass | Field::SubjectContactChanges60Days => Section::Contacts,
        Field::SubjectNameChanges => Section::Accounts,
        Field::SubjectEmployerDomains
        | Field::SubjectRecruitingMonths
        | Field::SubjectCareerMonths
        | Field::SubjectFullTimeOverlaps
        | Field::SubjectEmployersUnverified
        | Field::SubjectEmploymentConflicts
        | Field::SubjectDefenceEmployer => Section::Employment,
        Field::SubjectExperienceBeforeEducationMonths => Section::Education,
        Field::SubjectSkillCount => Section::Skills,
        Field::SubjectPhotoFoundUnderOtherName | Field::SubjectPhotoStock | Field::SubjectPhotoGenerator => {
            Section::Photos
        }
        Field::SubjectStaffNameOtherContact => Section::Organisations,
        Field::SubjectReferencesFreeMail
        | Field::SubjectReferencesShareContact
        | Field::SubjectReferenceDomainYoung => Section::References,
        Field::SubjectPayees | Field::SubjectUndeclaredPayees | Field::SubjectPaymentChanges60Days => Section::Payments,
        Field::SubjectVpnShare
        | Field::SubjectVpnDrops
        | Field::SubjectElsewhereShare
        | Field::SubjectDeliveriesElsewhereShare
        | Field::SubjectDeviceLoginApartDays
        | Field::SubjectCountries24Hours
        | Field::SubjectImpossibleTravels
        | Field::SubjectLongestActiveHours
        | Field::SubjectCameraRefusals
        | Field::SubjectMeetingsAvoided
        | Field::SubjectRemoteAccessTools
        | Field::SubjectShippingAddresses
        | Field::SubjectAnalystNoteIntent => Section::Observations,
        Field::SubjectCommitAuthorNames | Field::SubjectReposBeforeAccount => Section::Code,
        Field::SubjectEmployersClaimed | Field::SubjectMessageChannels | Field::SubjectMessagesSent => {
            Section::Messages
        }
        Field::SubjectRecommendationsReceived => Section::Recommendations,
        _ => return None,
    })
}
