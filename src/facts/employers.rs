//! Employers that the person names, in jobs, headline, adverts and texts, with the domains that are theirs.
//!
//! A domain that the person gives for an employer is taken as the employer's, unless it imitates the domain that an
//! analyst or the table of brands gives for an employer of that name.

use super::domains;
use super::hosts::HostClass;
use super::imitation::{Imitation, Target};
use super::knowledge::Knowledge;
use super::texts::{TextOf, Texts};
use crate::content::Hit;
use crate::dossier::{Dossier, Organisation, Path, Place};
use std::borrow::Cow;

/// Separators after which a headline says something else.
const HEADLINE_ENDS: [char; 10] = ['|', '·', '•', ',', ';', '/', '–', '—', '\n', '('];

/// An employer that the person names; one that is named twice stands twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Employer<'d> {
    /// As written.
    pub(crate) name: Option<&'d str>,
    /// Registrable domain, folded, as the person gives it.
    pub(crate) domain: Option<Cow<'d, str>>,
    /// The name as [`super::employer_names::CompanyForms::key`] folds it; empty without a name.
    pub(crate) key: String,
    /// Where the name was read, or else the domain.
    pub(crate) place: Place,
    /// The person says that they write for it, rather than only that they worked there.
    pub(crate) speaks_for: bool,
}

/// A domain that belongs to an employer that the person names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnDomain<'d> {
    pub(crate) domain: Cow<'d, str>,
    pub(crate) path: Path,
}

/// Employers that the person names.
#[derive(Debug, Default)]
pub(crate) struct Employers<'d> {
    /// Each naming of an employer, in the order of the dossier.
    pub(crate) all: Vec<Employer<'d>>,
    /// The employers' domains, each once.
    pub(crate) own: Vec<OwnDomain<'d>>,
    /// Domains that may be imitated: the employers' and those of other organisations of the dossier.
    targets: Vec<Target<'d>>,
}

impl<'d> Employers<'d> {
    /// Reads what the person names.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &'d Knowledge<'d>, texts: &Texts) -> Self {
        let mut employers = Self::default();
        employers.read_claims(dossier, knowledge, texts);
        employers.read_established(dossier, knowledge);
        employers.adopt_claimed_domains(knowledge);
        employers
    }

    /// Whether a host lies under a domain of an employer, and where that domain was read.
    pub(crate) fn owner_of(&self, host: &str) -> Option<&OwnDomain<'d>> {
        self.own.iter().find(|own| domains::is_within(host, &own.domain))
    }

    /// Whether the person names an employer of that folded name.
    pub(crate) fn names_key(&self, key: &str) -> bool {
        !key.is_empty() && self.all.iter().any(|employer| employer.key == key)
    }

    /// What a host imitates: a domain of the dossier's organisations, or a brand.
    pub(crate) fn imitated<'a>(&'a self, host: &str, knowledge: &'a Knowledge<'d>) -> Option<Imitation<'a>> {
        if self.owner_of(host).is_some() || knowledge.domains.classes(host).any(HostClass::SERVICE) {
            return None;
        }
        knowledge.lookalike.imitated(host, &self.targets)
    }

    /// Employers on whose behalf the person says they write, those of similar names taken as one.
    pub(crate) fn spoken_for(&self) -> Vec<&Employer<'d>> {
        let mut distinct: Vec<&Employer<'d>> = Vec::new();
        for employer in self.all.iter().filter(|employer| employer.speaks_for && !employer.key.is_empty()) {
            if !distinct.iter().any(|other| similar(&other.key, &employer.key)) {
                distinct.push(employer);
            }
        }
        distinct
    }

    fn read_claims(&mut self, dossier: &'d Dossier, knowledge: &'d Knowledge<'d>, texts: &Texts) {
        for (index, job) in dossier.employment.iter().enumerate() {
            let paths = ["/employment/*/employer/name", "/employment/*/employer/domain", "/employment/*/employer/url"];
            self.claim(&job.employer, paths.map(|path| Path::at(path, index)), knowledge);
        }
        for (index, post) in dossier.job_posts.iter().enumerate() {
            let paths = ["/job_posts/*/employer/name", "/job_posts/*/employer/domain", "/job_posts/*/employer/url"];
            self.claim(&post.employer, paths.map(|path| Path::at(path, index)), knowledge);
        }
        if let Some(headline) = &dossier.subject.headline {
            let path = Path::plain("/subject/headline");
            self.said(headline, path, texts.of(TextOf::Headline), knowledge);
            self.headline(headline, path, knowledge);
        }
        if let Some(about) = &dossier.subject.about {
            self.said(about, Path::plain("/subject/about"), texts.of(TextOf::About), knowledge);
        }
        for (index, message) in dossier.messages.iter().enumerate() {
            if message.from_subject != Some(true) {
                continue;
            }
            if let Some(subject) = &message.subject {
                let path = Path::at("/messages/*/subject", index);
                self.said(subject, path, texts.of(TextOf::MessageSubject(index)), knowledge);
            }
            if let Some(text) = &message.text {
                self.said(text, Path::at("/messages/*/text", index), texts.of(TextOf::MessageText(index)), knowledge);
            }
        }
    }

    fn claim(&mut self, employer: &'d Organisation, paths: [Path; 3], knowledge: &Knowledge<'_>) {
        let name = employer.name.as_deref().filter(|name| !name.trim().is_empty());
        let domain = organisation_domain(employer, knowledge);
        let path = match (name, &domain) {
            (Some(_), _) => paths[0],
            (None, Some((_, false))) => paths[1],
            (None, Some((_, true))) => paths[2],
            (None, None) => return,
        };
        self.all.push(Employer {
            key: name.map(|name| knowledge.employers.key(name)).unwrap_or_default(),
            name,
            domain: domain.map(|(domain, _)| domain),
            place: Place::whole(path),
            speaks_for: false,
        });
    }

    /// Employers that a phrase of the lexicon names.
    fn said(&mut self, text: &'d str, path: Path, hits: &[Hit], knowledge: &Knowledge<'_>) {
        for hit in hits {
            if Some(hit.intent) != knowledge.employers.says_employer() {
                continue;
            }
            let Some(span) = hit.value.clone() else { continue };
            let Some(name) = text.get(span.clone()) else { continue };
            let key = knowledge.employers.key(name);
            if !key.is_empty() {
                let place = Place::part(path, span.start, span.end);
                self.all.push(Employer { name: Some(name), domain: None, key, place, speaks_for: true });
            }
        }
    }

    /// `Talent Partner at Acme | …`, `Recruiter @ Acme`: the form is a convention of networks, not of a language.
    fn headline(&mut self, headline: &'d str, path: Path, knowledge: &Knowledge<'_>) {
        for mark in [" at ", " @ ", " @"] {
            let Some(start) = headline.find(mark).map(|at| at + mark.len()) else { continue };
            let rest = &headline[start..];
            let name = rest[..rest.find(HEADLINE_ENDS).unwrap_or(rest.len())].trim();
            let key = knowledge.employers.key(name);
            if !key.is_empty() && name.len() <= 60 {
                if !self.all.iter().any(|employer| employer.speaks_for && employer.key == key) {
                    let place = Place::part(path, start, start + name.len());
                    self.all.push(Employer { name: Some(name), domain: None, key, place, speaks_for: true });
                }
                return;
            }
        }
    }

    /// Domains that an analyst or the table gives for an employer that the person names.
    fn read_established(&mut self, dossier: &'d Dossier, knowledge: &'d Knowledge<'d>) {
        for (index, organisation) in dossier.organisations.iter().enumerate() {
            let key = organisation.name.as_deref().map(|name| knowledge.employers.key(name)).unwrap_or_default();
            let domain = organisation_domain(organisation, knowledge);
            let named = self.all.iter().any(|employer| {
                (!key.is_empty() && employer.key == key)
                    || domain.as_ref().is_some_and(|(domain, _)| employer.domain.as_ref() == Some(domain))
            });
            if let Some((domain, from_url)) = domain {
                let path = if from_url { "/organisations/*/url" } else { "/organisations/*/domain" };
                self.establish(domain, Path::at(path, index), named);
            }
            for (position, affiliate) in organisation.affiliates.iter().enumerate() {
                if let Some(host) = domains::host(affiliate) {
                    let path = Path::at2("/organisations/*/affiliates/*", index, position);
                    self.establish(domains::registrable_of(host), path, named);
                }
            }
        }
        for position in 0..self.all.len() {
            let Some(employer) = self.all.get(position) else { break };
            if let Some(domain) = knowledge.lookalike.domain_of_name(&employer.key) {
                let path = employer.place.path;
                self.establish(Cow::Borrowed(domain), path, true);
            }
        }
    }

    fn establish(&mut self, domain: Cow<'d, str>, path: Path, named: bool) {
        if named && !self.own.iter().any(|own| own.domain == domain) {
            self.own.push(OwnDomain { domain: domain.clone(), path });
        }
        if !self.targets.iter().any(|target| target.domain() == domain) {
            self.targets.push(Target::new(domain));
        }
    }

    fn adopt_claimed_domains(&mut self, knowledge: &Knowledge<'_>) {
        for position in 0..self.all.len() {
            let Some(employer) = self.all.get(position) else { break };
            let Some(domain) = employer.domain.clone() else { continue };
            if self.own.iter().any(|own| own.domain == domain) {
                continue;
            }
            let imitates = knowledge.lookalike.imitated(&domain, &self.targets).is_some_and(|imitation| {
                !imitation.kinds.only_suffix() && bears_name(&employer.key, domains::label(imitation.of))
            });
            if !imitates {
                let path = employer.place.path;
                self.establish(domain, path, true);
            }
        }
    }
}

/// Whether an employer's folded name begins with the label of a domain, or is the beginning of it.
fn bears_name(key: &str, label: &str) -> bool {
    let plain: String = label.chars().filter(|letter| *letter != '-').collect();
    key.is_empty() || key.starts_with(&plain) || plain.starts_with(key)
}

/// The registrable domain that an organisation gives for itself, and whether only its page's address gave it;
/// a page on a network or other service is not its own.
pub(crate) fn organisation_domain<'d>(
    organisation: &'d Organisation,
    knowledge: &Knowledge<'_>,
) -> Option<(Cow<'d, str>, bool)> {
    let own = |raw: &'d str| {
        let host = domains::host(raw)?;
        let shared = HostClass::FREE.and(HostClass::DISPOSABLE);
        (!knowledge.domains.classes(&host).any(shared)).then(|| domains::registrable_of(host))
    };
    if let Some(domain) = organisation.domain.as_deref().and_then(own) {
        return Some((domain, false));
    }
    let domain = organisation.url.as_deref().and_then(own)?;
    (!knowledge.domains.classes(&domain).any(HostClass::SERVICE)).then_some((domain, true))
}

/// Whether two folded names may be one employer's: the same, one the beginning of the other, or one edit apart.
fn similar(first: &str, second: &str) -> bool {
    let shorter = first.chars().count().min(second.chars().count());
    first == second
        || (shorter >= 4 && (first.starts_with(second) || second.starts_with(first)))
        || (shorter >= 6 && strsim::osa_distance(first, second) <= 1)
}
