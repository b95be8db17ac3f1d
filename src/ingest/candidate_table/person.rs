//! A row as a dossier: who it is, how to reach them, what they claim, and what was noted about the application.
//!
//! An empty cell is unknown. What a cell holds beyond what its field can take is kept under `extra`, as it is.

use super::cells::{self, Values};
use crate::dossier::{
    Account, Certification, Contact, ContactKind, Date, Document, DocumentKind, Dossier, Education, Employment,
    Language, Location, Name, NameKind, ObservationKind, Role, Text,
};
use crate::ingest::column_map::{self, DateOrder, Field, Plain};
use crate::ingest::profiles::observation;
use serde_json::Value;

/// The filled cells of a row with their fields, in order of columns.
pub(crate) struct Row<'r> {
    cells: Vec<(&'r Field, &'r str)>,
    dates: DateOrder,
}

impl<'r> Row<'r> {
    /// From fields and cells; blank ones are left out.
    pub(crate) fn new(cells: impl Iterator<Item = (&'r Field, &'r str)>, dates: DateOrder) -> Self {
        let cells = cells.map(|(field, cell)| (field, cell.trim())).filter(|(_, cell)| !cell.is_empty());
        Self { cells: cells.collect(), dates }
    }

    fn all(&self, plain: Plain) -> impl Iterator<Item = &'r str> {
        self.cells.iter().filter(move |(field, _)| **field == Field::Plain(plain)).map(|(_, cell)| *cell)
    }

    fn one(&self, plain: Plain) -> Option<&'r str> {
        self.all(plain).next()
    }

    fn owned(&self, plain: Plain) -> Option<String> {
        self.one(plain).map(str::to_owned)
    }

    fn text(&self, plain: Plain) -> Option<Text> {
        self.one(plain).map(Text::from)
    }

    /// What tells the person and the application from others.
    pub(super) fn identity(&self) -> String {
        let tells = |field: &Field| match field {
            Field::Plain(plain) => matches!(
                plain,
                Plain::Id
                    | Plain::Name
                    | Plain::FirstName
                    | Plain::LastName
                    | Plain::Email
                    | Plain::Phone
                    | Plain::Profile
                    | Plain::AppliedAt
            ),
            Field::Account(_) => true,
            Field::Messenger(_) | Field::Extra(_) => false,
        };
        let cells = self.cells.iter().filter(|(field, _)| tells(field));
        let lines: Vec<String> = cells.map(|(field, cell)| format!("{} {cell}", field.path())).collect();
        lines.join("\n")
    }

    /// Fills a dossier.
    ///
    /// # Errors
    /// If nobody can be told apart by the row, in a sentence.
    pub(super) fn fill(&self, dossier: &mut Dossier, role: Option<Role>) -> Result<(), String> {
        let tells = self.cells.iter().any(|(field, _)| field.is_name() || field.is_contact());
        if !tells {
            return Err("the row has neither a name nor a mail address nor a profile (fill in one of them)".to_owned());
        }
        let stated = self.one(Plain::Role).and_then(column_map::role_of);
        dossier.role = stated.or(role).unwrap_or(Role::Candidate);
        if stated.is_none() {
            self.keep_all(dossier, Plain::Role);
        }
        self.claims(dossier);
        Ok(())
    }

    /// Fills a dossier with what the cells claim, whoever the person is. What its fields held before is lost.
    pub(crate) fn claims(&self, dossier: &mut Dossier) {
        self.names(dossier);
        self.contacts(dossier);
        dossier.subject.headline = self.text(Plain::Headline);
        dossier.subject.about = self.text(Plain::About);
        dossier.subject.location = self.location();
        let languages = self.all(Plain::Languages).flat_map(cells::words);
        dossier.subject.languages = languages.map(|name| Language { name: name.to_owned(), level: None }).collect();
        dossier.skills = self.all(Plain::Skills).flat_map(cells::words).map(str::to_owned).collect();
        let certificates = self.all(Plain::Certifications).flat_map(cells::words);
        dossier.certifications =
            certificates.map(|name| Certification { name: name.to_owned(), ..Certification::default() }).collect();
        self.work(dossier);
        self.documents(dossier);
        self.observations(dossier);
        self.keep_all(dossier, Plain::Id);
        for (field, cell) in &self.cells {
            if let Field::Extra(name) = field {
                keep(dossier, name, cell);
            }
        }
    }

    /// Keeps the cells of a field as they are.
    fn keep_all(&self, dossier: &mut Dossier, plain: Plain) {
        for cell in self.all(plain) {
            keep(dossier, &Field::Plain(plain).path(), cell);
        }
    }

    fn names(&self, dossier: &mut Dossier) {
        let names = &mut dossier.subject.names;
        let mut add = |value: String, kind: NameKind| {
            if !names.iter().any(|known| known.value == value) {
                names.push(Name { value, kind, ..Name::default() });
            }
        };
        for name in self.all(Plain::Name) {
            add(joined(name), NameKind::Display);
        }
        let parts = [Plain::FirstName, Plain::LastName].into_iter().filter_map(|part| self.one(part));
        let both = parts.map(joined).collect::<Vec<_>>().join(" ");
        if !both.is_empty() {
            add(both, NameKind::Display);
        }
        for name in self.all(Plain::FormerName) {
            add(joined(name), NameKind::Former);
        }
    }

    fn contacts(&self, dossier: &mut Dossier) {
        for (field, cell) in &self.cells {
            let (kind, values) = match field {
                Field::Plain(Plain::Email) => (ContactKind::Email, cells::mails(cell)),
                Field::Plain(Plain::Phone) => (ContactKind::Phone, cells::phones(cell)),
                Field::Plain(Plain::Profile | Plain::Url) => (ContactKind::Url, cells::links(cell)),
                Field::Plain(Plain::Address) => (ContactKind::Address, Values { found: vec![*cell], complete: true }),
                Field::Account(_) | Field::Messenger(_) => (ContactKind::Messenger, cells::handles(cell)),
                Field::Plain(_) | Field::Extra(_) => continue,
            };
            if !values.complete {
                keep(dossier, &field.path(), cell);
            }
            for value in values.found {
                if let Field::Account(network) = field {
                    let account = account(network, value);
                    if !dossier.accounts.contains(&account) {
                        dossier.accounts.push(account);
                    }
                    continue;
                }
                let network = if let Field::Messenger(network) = field { Some(network.clone()) } else { None };
                let value = value.to_owned();
                let contact = Contact { kind, value, network, source: None, first_seen: None };
                if !dossier.contacts.contains(&contact) {
                    dossier.contacts.push(contact);
                }
            }
        }
    }

    fn location(&self) -> Option<Location> {
        let country = self.one(Plain::Country);
        let is_code = |text: &&str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let parts = [self.one(Plain::City), self.one(Plain::Region), country];
        let text = self.one(Plain::Location).map(str::to_owned).or_else(|| {
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        });
        // A country that is written out has no field of its own.
        let text = match (text, country.filter(|country| !is_code(country))) {
            (Some(text), Some(country)) if !text.contains(country) => Some(format!("{text}, {country}")),
            (text, _) => text,
        };
        let location = Location {
            text,
            country: country.filter(is_code).map(str::to_ascii_uppercase),
            region: self.owned(Plain::Region),
            city: self.owned(Plain::City),
            time_zone: self.owned(Plain::TimeZone),
        };
        (location != Location::default()).then_some(location)
    }

    /// A date; what is none, or may be two, is kept as it is.
    fn date(&self, dossier: &mut Dossier, plain: Plain) -> Option<Date> {
        let cell = self.one(plain)?;
        let date = self.dates.date(cell);
        if date.is_none() {
            keep(dossier, &Field::Plain(plain).path(), cell);
        }
        date
    }

    fn work(&self, dossier: &mut Dossier) {
        let mut current = Employment {
            title: self.text(Plain::Title),
            start: self.date(dossier, Plain::Start),
            end: self.date(dossier, Plain::End),
            description: self.text(Plain::Work),
            ..Employment::default()
        };
        current.employer.name = self.owned(Plain::Employer);
        let mut previous = Employment { title: self.text(Plain::PreviousTitle), ..Employment::default() };
        previous.employer.name = self.owned(Plain::PreviousEmployer);
        let jobs = [current, previous].into_iter().filter(|job| *job != Employment::default());
        dossier.employment = jobs.collect();
        let mut studies = Education {
            degree: self.owned(Plain::Degree),
            field: self.owned(Plain::StudyField),
            end: self.date(dossier, Plain::Graduated),
            ..Education::default()
        };
        studies.school.name = self.owned(Plain::School);
        dossier.education = Some(studies).filter(|studies| *studies != Education::default()).into_iter().collect();
    }

    fn documents(&self, dossier: &mut Dossier) {
        for (plain, kind) in [
            (Plain::Resume, DocumentKind::Resume),
            (Plain::CoverLetterFile, DocumentKind::CoverLetter),
            (Plain::Portfolio, DocumentKind::Portfolio),
        ] {
            let named =
                self.all(plain).map(|name| Document { kind, name: Some(name.to_owned()), ..Document::default() });
            dossier.documents.extend(named);
        }
        for (plain, kind) in
            [(Plain::ResumeText, DocumentKind::Resume), (Plain::CoverLetter, DocumentKind::CoverLetter)]
        {
            let Some(text) = self.text(plain) else { continue };
            match dossier.documents.iter_mut().find(|document| document.kind == kind) {
                Some(document) => document.text = Some(text),
                None => dossier.documents.push(Document { kind, text: Some(text), ..Document::default() }),
            }
        }
    }

    fn observations(&self, dossier: &mut Dossier) {
        for (kind, at, ip, note) in [
            (ObservationKind::Application, Plain::AppliedAt, Some(Plain::Ip), Plain::Note),
            (ObservationKind::Interview, Plain::InterviewedAt, None, Plain::InterviewNote),
        ] {
            let at = self.date(dossier, at);
            let ip = ip.and_then(|ip| self.owned(ip));
            let notes: Vec<&str> = self.all(note).collect();
            let note = (!notes.is_empty()).then(|| Text::from(notes.join("\n\n")));
            if at.is_some() || ip.is_some() || note.is_some() {
                dossier.observations.push(observation(kind, at, ip, note));
            }
        }
    }
}

/// Keeps a cell as it is, where no rule reads.
fn keep(dossier: &mut Dossier, name: &str, cell: &str) {
    match dossier.extra.get_mut(name) {
        Some(Value::String(kept)) => {
            kept.push('\n');
            kept.push_str(cell);
        }
        _ => drop(dossier.extra.insert(name.to_owned(), Value::from(cell))),
    }
}

/// An account by its address or its handle.
fn account(network: &str, value: &str) -> Account {
    let network = Some(network.to_owned());
    if value.contains('/') {
        Account { network, url: Some(value.to_owned()), ..Account::default() }
    } else {
        Account { network, handle: Some(value.to_owned()), ..Account::default() }
    }
}

/// A name on one line.
fn joined(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
