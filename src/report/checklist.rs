//! What to check of everybody in a role, whatever was found. The same steps for every person, so that nobody is
//! asked for more because of who they seem to be.

use crate::dossier::Role;
use std::collections::BTreeSet;

/// The lists for several roles; roles may share one.
pub(super) fn lists(roles: &BTreeSet<Role>) -> BTreeSet<(&'static str, &'static [&'static str])> {
    roles.iter().map(|role| of(*role)).collect()
}

/// The steps for a role, with the words that introduce them.
fn of(role: Role) -> (&'static str, &'static [&'static str]) {
    match role {
        Role::Recruiter | Role::Counterparty => (
            "For every recruiter or unknown contact, whatever was found:",
            &[
                "Find the employer's site by yourself, and ask through its switchboard or careers page whether the person and the opening exist.",
                "Continue only with an address at the employer's own domain.",
                "Run no code, open no archive and paste no command on a device that holds work, keys or money.",
                "Pay nothing and hand over no identity document, account or code before a contract that you have checked.",
            ],
        ),
        Role::Candidate => (
            "For every candidate, whatever was found:",
            &[
                "Talk with the camera on, or in person, or through an accommodation that serves the same end.",
                "Ask former employers and schools through contacts that you have found yourself.",
                "Compare the person of the interview with the one of the first day and with the identity document.",
                "Ship equipment only to an address that the person has documented.",
            ],
        ),
        Role::Contractor | Role::Employee => (
            "For every contractor or employee, whatever was found:",
            &[
                "Compare contract, identity document, payee and the person in a call; ask about each difference before concluding.",
                "Ask where the work is done and through which network, and compare with the sign-ins.",
                "Change payout details only after a call to a number that was known before.",
                "Give access step by step, and end it on the last day.",
            ],
        ),
        Role::Unknown => (
            "For everybody, whatever was found:",
            &[
                "Ask the person about each item before concluding; most have an ordinary explanation.",
                "Check each item against a source that the person does not control.",
            ],
        ),
    }
}
