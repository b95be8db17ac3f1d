//! What every text of a dossier says: each text is folded and searched once, and whoever needs it looks it up.

use super::knowledge::Knowledge;
use super::timeline::Mention;
use crate::content::{Hit, Scratch};
use crate::dossier::{Dossier, Text};
use std::cell::RefCell;

/// A text of a dossier, by the index of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextOf {
    Headline,
    About,
    EmploymentTitle(usize),
    EmploymentDescription(usize),
    Document(usize),
    Readme(usize),
    ObservationNote(usize),
    ObservationAddress(usize),
    MessageSubject(usize),
    MessageText(usize),
    JobPostTitle(usize),
    JobPostText(usize),
    JobPostRequirements(usize),
    JobPostBenefits(usize),
}

/// Intents of every text.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    hits: Vec<Hit>,
    /// End of each text's hits; texts stand in a fixed order, a missing one has none.
    ends: Vec<u32>,
    employment: usize,
    documents: usize,
    code: usize,
    observations: usize,
    messages: usize,
    job_posts: usize,
    /// Technologies that descriptions of ended jobs name, by the index of the job.
    technologies: Vec<(usize, Mention)>,
}

thread_local! {
    /// Searching needs memory that is worth keeping from dossier to dossier; it carries nothing over.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Texts {
    /// Searches every text.
    pub(crate) fn search(dossier: &Dossier, knowledge: &Knowledge<'_>) -> Self {
        SCRATCH.with_borrow_mut(|scratch| {
            let mut search = Search { knowledge, scratch, texts: Self::default() };
            search.all(dossier);
            search.texts
        })
    }

    /// Technologies that the description of an ended job names.
    pub(crate) fn technologies(&self, job: usize) -> impl Iterator<Item = &Mention> {
        self.technologies.iter().filter(move |(of, _)| *of == job).map(|(_, mention)| mention)
    }

    /// The intents of a text, by position; none for a text that is missing.
    pub(crate) fn of(&self, text: TextOf) -> &[Hit] {
        let slot = match text {
            TextOf::Headline => 0,
            TextOf::About => 1,
            TextOf::EmploymentTitle(entry) => self.employment + 2 * entry,
            TextOf::EmploymentDescription(entry) => self.employment + 2 * entry + 1,
            TextOf::Document(entry) => self.documents + entry,
            TextOf::Readme(entry) => self.code + entry,
            TextOf::ObservationNote(entry) => self.observations + 2 * entry,
            TextOf::ObservationAddress(entry) => self.observations + 2 * entry + 1,
            TextOf::MessageSubject(entry) => self.messages + 2 * entry,
            TextOf::MessageText(entry) => self.messages + 2 * entry + 1,
            TextOf::JobPostTitle(entry) => self.job_posts + 4 * entry,
            TextOf::JobPostText(entry) => self.job_posts + 4 * entry + 1,
            TextOf::JobPostRequirements(entry) => self.job_posts + 4 * entry + 2,
            TextOf::JobPostBenefits(entry) => self.job_posts + 4 * entry + 3,
        };
        let start = slot.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(slot).copied().unwrap_or(start);
        self.hits.get(start as usize..end as usize).unwrap_or_default()
    }
}

struct Search<'s> {
    knowledge: &'s Knowledge<'s>,
    scratch: &'s mut Scratch,
    texts: Texts,
}

impl Search<'_> {
    fn all(&mut self, dossier: &Dossier) {
        self.text(dossier.subject.headline.as_ref());
        self.text(dossier.subject.about.as_ref());
        self.texts.employment = self.texts.ends.len();
        for (index, job) in dossier.employment.iter().enumerate() {
            self.text(job.title.as_ref());
            self.text(job.description.as_ref());
            if let Some(description) = job.description.as_ref().filter(|_| job.end.is_some()) {
                let folded = self.scratch.folded();
                let technologies = self.knowledge.timeline.technologies(description, folded);
                self.texts.technologies.extend(technologies.map(|mention| (index, mention)));
            }
        }
        self.texts.documents = self.texts.ends.len();
        for document in &dossier.documents {
            self.text(document.text.as_ref());
        }
        self.texts.code = self.texts.ends.len();
        for code in &dossier.code {
            self.text(code.readme.as_ref());
        }
        self.texts.observations = self.texts.ends.len();
        for observation in &dossier.observations {
            self.text(observation.note.as_ref());
            self.raw(observation.address.as_deref());
        }
        self.texts.messages = self.texts.ends.len();
        for message in &dossier.messages {
            self.text(message.subject.as_ref());
            self.text(message.text.as_ref());
        }
        self.texts.job_posts = self.texts.ends.len();
        for post in &dossier.job_posts {
            self.text(post.title.as_ref());
            self.text(post.text.as_ref());
            self.text(post.requirements.as_ref());
            self.text(post.benefits.as_ref());
        }
    }

    fn text(&mut self, text: Option<&Text>) {
        self.raw(text.map(|text| text.0.as_str()));
    }

    fn raw(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            self.knowledge.content.search(text, self.scratch, &mut self.texts.hits);
        }
        self.texts.ends.push(u32::try_from(self.texts.hits.len()).unwrap_or(u32::MAX));
    }
}
