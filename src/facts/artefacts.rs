//! Names on what surrounds the person (accounts, senders, calls, documents, commits) against the names that they
//! gave. Payees are judged in `payment` only, so that one payment is never counted as two kinds of evidence.

use super::catalogue::Field;
use super::context::Context;
use super::element::{ElementsBuilder, Origin};
use crate::dossier::{NameKind, Path, Place};
use foldhash::HashSet;

/// On what a name stands; the same name on two of them is two artefacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Artefact {
    Name,
    Account,
    Sender,
    Call,
    Document,
    Commits,
}

/// Artefacts while they are gone through.
struct Artefacts<'c, 'd> {
    ctx: &'c Context<'d>,
    seen: HashSet<(Artefact, &'d str)>,
    /// At least one could be compared.
    compared: bool,
    disagree: Vec<Place>,
}

/// Says how many artefacts bear a name that agrees with none that the person gave; unknown if none can be compared.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    if ctx.names.is_empty() {
        return;
    }
    let mut artefacts = Artefacts { ctx, seen: HashSet::default(), compared: false, disagree: Vec::new() };
    artefacts.all();
    if artefacts.compared {
        let count = artefacts.disagree.len() as f64;
        let given = ctx.names.paths().map(Place::whole);
        let origin = Origin::derived_from(artefacts.disagree.into_iter().chain(given));
        builder.number(Field::SubjectNameArtifactsDisagree, count, origin);
    }
}

impl<'d> Artefacts<'_, 'd> {
    fn all(&mut self) {
        let dossier = self.ctx.dossier;
        for (index, name) in dossier.subject.names.iter().enumerate().filter(|(_, name)| !name.declared) {
            let path = Path::at("/subject/names/*/value", index);
            match name.kind {
                NameKind::Meeting => self.compare(Artefact::Name, &name.value, path, None),
                // A second name on a profile is held against the others.
                NameKind::Display if index > 0 => self.compare(Artefact::Name, &name.value, path, Some(path)),
                NameKind::Display
                | NameKind::Legal
                | NameKind::Former
                | NameKind::Payee
                | NameKind::Transliteration
                | NameKind::Username => {}
            }
        }
        for (index, account) in dossier.accounts.iter().enumerate() {
            for (nth, name) in account.names.iter().enumerate() {
                self.compare(Artefact::Account, name, Path::at2("/accounts/*/names/*", index, nth), None);
            }
        }
        for (index, message) in dossier.messages.iter().enumerate() {
            if message.from_subject == Some(true)
                && let Some(name) = &message.sender.name
            {
                self.compare(Artefact::Sender, name, Path::at("/messages/*/sender/name", index), None);
            }
        }
        for (index, observation) in dossier.observations.iter().enumerate() {
            if let Some(name) = &observation.display_name {
                self.compare(Artefact::Call, name, Path::at("/observations/*/display_name", index), None);
            }
        }
        for (index, document) in dossier.documents.iter().enumerate() {
            if let Some(name) = &document.name_on_document {
                self.compare(Artefact::Document, name, Path::at("/documents/*/name_on_document", index), None);
            }
        }
        self.commits();
    }

    /// Repositories with one author; where several people commit, another name is a colleague's.
    fn commits(&mut self) {
        for (index, code) in self.ctx.dossier.code.iter().enumerate().filter(|(_, code)| code.fork != Some(true)) {
            let mut authors = code.commits.iter().filter_map(|commit| commit.author_name.as_deref());
            if let Some(author) = authors.next()
                && authors.all(|other| other == author)
            {
                self.compare(Artefact::Commits, author, Path::at("/code/*/commits", index), None);
            }
        }
    }

    fn compare(&mut self, artefact: Artefact, name: &'d str, path: Path, left_out: Option<Path>) {
        if left_out.is_none() && self.ctx.names.is_given(name) {
            self.compared = true;
        } else if self.seen.insert((artefact, name))
            && let Some(agrees) = self.ctx.names.agrees_beside(name, left_out)
        {
            self.compared = true;
            if !agrees {
                self.disagree.push(Place::whole(path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{values, with_facts};
    use serde_json::{Value, json};

    fn disagree(dossier: Value) -> Option<String> {
        let mut found = None;
        with_facts(dossier, |elements| {
            found = values(elements, Category::Dossier, 0, Field::SubjectNameArtifactsDisagree)
                .map(|values| values.join(" "));
        });
        found
    }

    #[test]
    fn each_artefact_counts_once() {
        let dossier = json!({
            "subject": {"names": [{"value": "Jonas Weber"}]},
            "accounts": [{"names": ["Viktor Sorin", "Jonas Weber"]}],
            "documents": [{"name_on_document": "Paul Henning"}],
            "observations": [{"kind": "call", "display_name": "Marco Bellini"}],
            "messages": [
                {"from_subject": true, "sender": {"name": "Viktor Sorin"}},
                {"from_subject": true, "sender": {"name": "Viktor Sorin"}},
                {"from_subject": false, "sender": {"name": "Ida Holm"}},
            ],
            "payments": [{"payee": "Ida Holm"}],
        });
        assert_eq!(disagree(dossier).as_deref(), Some("4"));
    }

    #[test]
    fn declared_names_and_colleagues_do_not_count() {
        let dossier = json!({
            "subject": {"names": [{"value": "Jonas Weber"}, {"value": "Viktor Sorin", "kind": "former"}]},
            "accounts": [{"names": ["Viktor Sorin"]}],
            "code": [
                {"commits": [{"author_name": "Jonas Weber"}, {"author_name": "Per Lind"}]},
                {"fork": true, "commits": [{"author_name": "Per Lind"}]},
            ],
        });
        assert_eq!(disagree(dossier).as_deref(), Some("0"));
    }

    #[test]
    fn a_second_profile_name_and_a_single_author_are_compared() {
        let dossier = json!({
            "subject": {"names": [{"value": "Jonas Weber"}, {"value": "Viktor Sorin"}]},
            "code": [{"commits": [{"author_name": "Per Lind"}, {"author_name": "Per Lind"}]}],
        });
        assert_eq!(disagree(dossier).as_deref(), Some("2"));
    }

    #[test]
    fn without_names_to_compare_nothing_is_said() {
        assert_eq!(disagree(json!({"accounts": [{"names": ["Viktor Sorin"]}]})), None);
        assert_eq!(disagree(json!({"subject": {"names": [{"value": "Jonas Weber"}]}})), None);
    }
}
