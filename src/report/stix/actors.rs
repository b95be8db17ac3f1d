//! What of a person's evidence is certainly the actor's own, and may be shared; and why the rest may not.
//!
//! Only one thing can be told from the evidence alone: an address of which a fact says that it imitates another one was
//! made to be taken for it. Whatever else stands in evidence may belong to somebody whose name is used, to a bystander, or
//! to a service that everybody uses. So a thing goes out because of what it is, never because nothing speaks against it.

use crate::dossier::Role;
use crate::report::weighed::weighed;
use crate::screening::{Assessment, Evidence, Finding, Observable, RuleInfo, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What names of fields end with that hold the domain which another one imitates.
const IMITATED: &str = "lookalike_of";

/// A domain that imitates another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Imitation {
    /// In the form of the domain name system: lower case, ASCII.
    pub(super) domain: String,
    /// The name of the rule that found it.
    pub(super) rule: String,
    /// Its title.
    pub(super) title: String,
}

/// Why something that could be searched for elsewhere stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LeftOut {
    /// It is of somebody who applies or works: an identity that may be stolen, a person who may be forced.
    Worker,
    /// It names or reaches a person: mailboxes, numbers, wallets, names of files.
    Personal,
    /// It is, or may be, of the employer whose name is used.
    Impersonated,
    /// It matches what others published, under their terms.
    Published,
    /// Nothing says whose it is.
    Unclear,
}

impl LeftOut {
    /// Words for a reader of the bundle.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Worker => "things of people who apply or work, who may be victims",
            Self::Personal => "things that name or reach a person (mailboxes, numbers, wallets, files)",
            Self::Impersonated => "things that may be an impersonated employer's",
            Self::Published => "things that others published, under terms of their own",
            Self::Unclear => "things of which the record does not tell whose they are",
        }
    }
}

/// What of a person may be shared, and how many things stay out, by the reason.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Actors {
    pub(super) imitations: Vec<Imitation>,
    pub(super) left_out: BTreeMap<LeftOut, u64>,
}

/// What may be shared of a person: nothing below `escalate`.
pub(super) fn of(assessment: &Assessment) -> Actors {
    let mut actors = Actors::default();
    if assessment.verdict < Verdict::Escalate {
        return actors;
    }
    let mut findings: Vec<_> =
        weighed(assessment).into_iter().filter(|one| one.most() > 0.0).map(|one| one.finding).collect();
    // The rule that looked at the domain says why it goes out, and no rule over findings.
    findings.sort_by_key(|finding| finding.rule.combination);
    let imitated = imitated(&findings);
    let mut refused: BTreeMap<(&str, &str), (LeftOut, Option<String>)> = BTreeMap::new();
    for finding in findings {
        for piece in &finding.evidence {
            let Some(observable) = &piece.observable else { continue };
            let domain = domain_of(observable);
            match imitation(assessment.screened.role, finding, piece, domain.as_deref(), &imitated) {
                Ok(domain) => actors.add(domain, &finding.rule),
                Err(reason) => {
                    refused.entry((observable.kind, &observable.value)).or_insert((reason, domain));
                }
            }
        }
    }
    // One thing is counted once, and not at all where another finding lets its domain out.
    let is_out = |domain: &Option<String>| actors.imitations.iter().any(|known| Some(&known.domain) == domain.as_ref());
    let reasons: Vec<_> =
        refused.into_values().filter(|(_, domain)| !is_out(domain)).map(|(reason, _)| reason).collect();
    for reason in reasons {
        *actors.left_out.entry(reason).or_default() += 1;
    }
    actors
}

impl Actors {
    /// Adds a domain, if it is not there yet.
    fn add(&mut self, domain: &str, rule: &RuleInfo) {
        if self.imitations.iter().all(|known| known.domain != domain) {
            let (rule, title) = (rule.name.clone(), rule.title.clone());
            self.imitations.push(Imitation { domain: domain.to_owned(), rule, title });
        }
    }
}

/// The domains that something in the findings imitates.
fn imitated(findings: &[&Finding]) -> BTreeSet<String> {
    let derived = findings.iter().flat_map(|finding| &finding.evidence).filter_map(|piece| piece.derived.as_ref());
    derived
        .filter(|derived| derived.field.ends_with(IMITATED))
        .filter_map(|derived| domain_name(&derived.value))
        .collect()
}

/// The domain of a piece of evidence, if the record says that it imitates another and is the person's.
fn imitation<'d>(
    role: Role,
    finding: &Finding,
    piece: &Evidence,
    domain: Option<&'d str>,
    imitated: &BTreeSet<String>,
) -> Result<&'d str, LeftOut> {
    if !role.approaches() {
        return Err(LeftOut::Worker);
    }
    if finding.rule.published {
        return Err(LeftOut::Published);
    }
    let is_employers = piece.pointer.starts_with("/employment/") || piece.pointer.starts_with("/organisations/");
    if is_employers || domain.is_some_and(|domain| imitated.iter().any(|other| is_at_or_below(domain, other))) {
        return Err(LeftOut::Impersonated);
    }
    let says_so = piece.derived.as_ref().is_some_and(|derived| derived.field.ends_with(IMITATED));
    match domain {
        Some(domain) if says_so && piece.dossier.is_none() && is_written_by_person(finding, &piece.pointer) => {
            Ok(domain)
        }
        Some(_) if piece.observable.as_ref().is_some_and(|observable| observable.kind != "email") => {
            Err(LeftOut::Unclear)
        }
        _ => Err(LeftOut::Personal),
    }
}

/// The domain that a thing is, or is at.
fn domain_of(observable: &Observable) -> Option<String> {
    let host = match observable.kind {
        "domain" => Some(observable.value.as_str()),
        "email" => observable.value.rsplit_once('@').map(|(_, host)| host),
        "url" => host_of_url(&observable.value),
        _ => None,
    };
    host.and_then(domain_name)
}

fn is_at_or_below(domain: &str, other: &str) -> bool {
    domain.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether a place is where the person says how they can be reached, or where they wrote: a contact, an advert of theirs,
/// or a message of which the same finding shows that they sent it.
fn is_written_by_person(finding: &Finding, pointer: &str) -> bool {
    if pointer.starts_with("/contacts/") || pointer.starts_with("/job_posts/") {
        return true;
    }
    let number = pointer.strip_prefix("/messages/").and_then(|rest| rest.split('/').next());
    number.is_some_and(|number| {
        let sent = format!("/messages/{number}/from_subject");
        finding.evidence.iter().any(|piece| piece.pointer == sent && piece.quote == "true" && piece.dossier.is_none())
    })
}

/// The host of an address with a scheme.
fn host_of_url(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    Some(host.split_once(':').map_or(host, |(host, _)| host))
}

/// A host as the domain name system has it; `None` if it is no name of several parts, or an address in numbers.
fn domain_name(host: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(host.trim_end_matches('.')).ok()?;
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let last = ascii.rsplit('.').next()?;
    let is_name = ascii.len() <= 253 && ascii.contains('.') && ascii.split('.').all(is_label);
    (is_name && last.bytes().any(|byte| byte.is_ascii_lowercase())).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::{Actors, LeftOut, domain_name, host_of_url, of};
    use crate::dossier::Role;
    use crate::screening::{
        Assessment, Derived, DetectorResult, Evidence, Finding, Observable, PerDetector, RuleInfo, RulePoints,
        Screened, Term, Verdict,
    };
    use std::sync::Arc;

    /// Evidence of an observable; `imitates` is the domain that it was found to imitate.
    fn piece(pointer: &str, kind: &'static str, value: &str, imitates: Option<&str>) -> Evidence {
        Evidence {
            pointer: pointer.to_owned(),
            quote: value.to_owned(),
            observable: Some(Observable { kind, value: value.to_owned() }),
            derived: imitates.map(|domain| Derived {
                field: "contact.lookalike_of",
                value: domain.to_owned(),
                from: Vec::new(),
            }),
            ..Evidence::default()
        }
    }

    /// What goes out of a finding of a person in this capacity.
    fn shared(role: Role, verdict: Verdict, published: bool, evidence: Vec<Evidence>) -> Actors {
        let info = RuleInfo { name: "dom-lookalike".to_owned(), published, ..RuleInfo::default() };
        let finding =
            Finding { rule: Arc::new(info), element: String::new(), count: 1, fingerprint: String::new(), evidence };
        let points = RulePoints { rule: "dom-lookalike".to_owned(), weight: 10.0, points: 10.0 };
        let term = Term { family: "contact".to_owned(), points: 10.0, rules: vec![points] };
        let result = DetectorResult { verdict, terms: vec![term], ..DetectorResult::default() };
        of(&Assessment {
            screened: Screened { role, findings: vec![finding], ..Screened::default() },
            verdict,
            detectors: PerDetector([Some(result), None, None]),
            clusters: Vec::new(),
            earlier: Vec::new(),
            change: None,
        })
    }

    fn domains(actors: &Actors) -> Vec<&str> {
        actors.imitations.iter().map(|imitation| imitation.domain.as_str()).collect()
    }

    const IMITATED: &str = "example-aerospace.example";

    fn lookalike() -> Evidence {
        piece("/contacts/0/value", "email", "ana@examp1e-aerospace.example", Some(IMITATED))
    }

    #[test]
    fn the_imitation_goes_out_and_the_imitated_stays() {
        let employer = piece("/employment/0/employer/domain", "domain", IMITATED, Some(IMITATED));
        let below = piece("/contacts/1/value", "url", "https://jobs.example-aerospace.example/", Some(IMITATED));
        let actors = shared(Role::Recruiter, Verdict::Escalate, false, vec![lookalike(), employer, below]);
        assert_eq!(domains(&actors), ["examp1e-aerospace.example"]);
        assert_eq!(actors.left_out.get(&LeftOut::Impersonated), Some(&2));
    }

    #[test]
    fn nothing_goes_out_of_applicants_and_below_escalate() {
        let worker = shared(Role::Candidate, Verdict::Escalate, false, vec![lookalike()]);
        assert_eq!((domains(&worker).len(), worker.left_out.get(&LeftOut::Worker)), (0, Some(&1)));
        assert_eq!(shared(Role::Recruiter, Verdict::Review, false, vec![lookalike()]), Actors::default());
        let listed = shared(Role::Recruiter, Verdict::Escalate, true, vec![lookalike()]);
        assert_eq!((domains(&listed).len(), listed.left_out.get(&LeftOut::Published)), (0, Some(&1)));
    }

    #[test]
    fn what_does_not_tell_whose_it_is_stays() {
        let evidence = vec![
            piece("/contacts/0/value", "email", "ana@freemail.example", None),
            piece("/contacts/1/value", "phone", "+1 202 555 0142", None),
            piece("/messages/0/links/0/href", "url", "https://code.example/take-home", None),
            // Nothing shows who wrote this message.
            piece("/messages/1/links/0/href", "url", "https://examp1e-aerospace.example/x", Some(IMITATED)),
            Evidence { dossier: Some("another".to_owned()), ..lookalike() },
        ];
        let actors = shared(Role::Recruiter, Verdict::Escalate, false, evidence);
        assert_eq!(domains(&actors), Vec::<&str>::new());
        assert_eq!(actors.left_out.into_iter().collect::<Vec<_>>(), [(LeftOut::Personal, 3), (LeftOut::Unclear, 2)]);
    }

    #[test]
    fn a_link_goes_out_where_the_finding_shows_who_sent_it() {
        let link = piece("/messages/1/links/0/href", "url", "https://examp1e-aerospace.example/x", Some(IMITATED));
        let sent = |number: u8| Evidence {
            pointer: format!("/messages/{number}/from_subject"),
            quote: "true".to_owned(),
            ..Evidence::default()
        };
        let by_person = shared(Role::Counterparty, Verdict::Escalate, false, vec![link.clone(), sent(1)]);
        assert_eq!(domains(&by_person), ["examp1e-aerospace.example"]);
        let another = shared(Role::Counterparty, Verdict::Escalate, false, vec![link, sent(0)]);
        assert_eq!(domains(&another), Vec::<&str>::new());
    }

    #[test]
    fn only_names_of_several_parts_are_domains() {
        assert_eq!(domain_name("Bücher.example.").as_deref(), Some("xn--bcher-kva.example"));
        assert_eq!(domain_name("localhost"), None);
        assert_eq!(domain_name("203.0.113.7"), None);
        assert_eq!(domain_name("a'b.example"), None);
        assert_eq!(domain_name("a..example"), None);
    }

    #[test]
    fn the_host_of_a_link_is_where_it_leads() {
        assert_eq!(host_of_url("https://user:pw@cam-fix.example:8443/i?x=@y"), Some("cam-fix.example"));
        assert_eq!(host_of_url("https://cam-fix.example\\@other.example/"), Some("cam-fix.example"));
        assert_eq!(host_of_url("mailto:ana@mail.example"), None);
    }
}
