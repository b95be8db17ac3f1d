//! Whom the records of a file tell of: everything that it says of one account or mail address becomes one dossier.

use crate::dossier::{
    Account, Code, Commit, ContactKind, Dossier, Locator, Provenance, Rejected, SCHEMA, Section, Skipped,
};
use crate::ingest::adapter::{Context, Items, Opened};
use crate::ingest::fields::{Fields, Notes};
use crate::ingest::foreign::parsed;
use crate::ingest::id;
use crate::ingest::item::{Item, Record};
use crate::ingest::json;
use crate::ingest::profiles::{contact, names};
use crate::ingest::tap::Tap;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufReader;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// A format of records that each tell of one person.
pub(super) struct Records {
    /// The adapter's name.
    pub(super) name: &'static str,
    /// Lists that it cannot fill.
    pub(super) absent: &'static [Section],
    /// Whom a record tells of, and what it says.
    pub(super) tell: fn(Fields<'_>) -> Result<Told, Refused>,
}

/// What a record says of somebody.
pub(super) struct Told {
    /// What the person is known by: the address of an account, or else of a mailbox; compared without case.
    pub(super) whose: String,
    /// What is said, without id and origin.
    pub(super) dossier: Dossier,
}

/// Why a record tells of nobody.
pub(super) enum Refused {
    /// It is not of the format.
    Bad(String),
    /// It is of nobody who could be screened; what such records are, in the plural.
    Nobody(&'static str),
}

/// What is left out because nobody is behind it.
pub(super) const PROGRAMS: &str = "records of what programs did, which are left out";

/// Somebody of whom no more is known than that they wrote a commit.
pub(super) fn author(name: Option<String>, mail: Option<String>, code: Code) -> Result<Told, Refused> {
    let Some(mail) = mail else {
        let expected = "expected a commit with its author's account or mail address, found neither";
        return Err(Refused::Bad(expected.to_owned()));
    };
    if name.as_deref().is_some_and(|name| name.ends_with("[bot]")) {
        return Err(Refused::Nobody(PROGRAMS));
    }
    let whose = mail.clone();
    let mut dossier =
        Dossier { code: vec![code], contacts: vec![contact(ContactKind::Email, mail)], ..Dossier::default() };
    dossier.subject.names = names(name);
    Ok(Told { whose, dossier })
}

/// Reads a file whose records tell of people. All that it says is held until its end.
pub(super) fn read(opened: Opened, context: &Context, records: &'static Records) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || gather(opened, &context, records)).flatten())
}

fn gather(opened: Opened, context: &Context, records: &Records) -> std::vec::IntoIter<Item> {
    let mut gathered = Gathered::default();
    let mut sha256 = None;
    if let Opened::Stream { reader, head, name } = opened {
        let tap = Tap::new(Box::new(reader), Arc::default(), true);
        let reader = Box::new(BufReader::with_capacity(1 << 17, tap.clone()));
        gathered.read(Opened::Stream { reader, head, name }, context, records);
        sha256 = tap.finish().sha256;
    } else {
        let reason = "expected a file, found an archive (unpack it, then name its folder)".to_owned();
        gathered.rejected.push(Rejected { source: context.source.clone(), reason });
    }
    let origin = Provenance {
        adapter: Some(records.name.to_owned()),
        source: Some(context.source.input_name().to_owned()),
        sha256,
        ..Provenance::default()
    };
    gathered.into_items(&origin, records, &context.source).into_iter()
}

#[derive(Default)]
struct Gathered {
    places: HashMap<String, usize>,
    people: Vec<Person>,
    rejected: Vec<Rejected>,
    /// Records of nobody, by what they are: how many, and where the first stands.
    nobody: BTreeMap<&'static str, (u64, Locator)>,
}

impl Gathered {
    fn read(&mut self, opened: Opened, context: &Context, records: &Records) {
        let most = context.limits.max_entry_bytes;
        let mut held = 0_u64;
        for piece in json::pieces(opened, context) {
            let (place, bytes) = match piece {
                Ok(piece) => piece,
                Err(rejected) => {
                    self.rejected.push(rejected);
                    continue;
                }
            };
            held += bytes.len() as u64;
            if held > most {
                let reason = format!(
                    "the file has more than the {most} bytes that may be held of one (raise --max-entry-bytes if it is meant); rest unread"
                );
                self.rejected.push(Rejected { source: place, reason });
                return;
            }
            match parsed(&bytes, &place, context.limits.max_depth) {
                Ok(value) => self.value(value, place, records),
                Err(rejected) => self.rejected.push(rejected),
            }
        }
    }

    /// A record, or the records in the envelope of an answer or on a page of several.
    fn value(&mut self, value: Value, place: Locator, records: &Records) {
        let (inner, below) = match value {
            Value::Array(values) => (values, ""),
            Value::Object(mut object) => match object.remove("items") {
                Some(Value::Array(values)) if object.contains_key("total_count") => (values, "/items"),
                Some(other) => {
                    object.insert("items".to_owned(), other);
                    return self.object(object, place, records);
                }
                None => return self.object(object, place, records),
            },
            _ => {
                let reason = "expected an object, found something else".to_owned();
                return self.rejected.push(Rejected { source: place, reason });
            }
        };
        for (index, value) in inner.into_iter().enumerate() {
            self.value(value, place.below(&format!("{below}/{index}")), records);
        }
    }

    fn object(&mut self, object: Map<String, Value>, place: Locator, records: &Records) {
        let notes = Notes::default();
        match (records.tell)(Fields::new(object, &notes)) {
            Ok(Told { whose, dossier }) => {
                let whose = whose.to_lowercase();
                let at = *self.places.entry(whose.clone()).or_insert(self.people.len());
                if at == self.people.len() {
                    self.people.push(Person::new(whose, place));
                }
                if let Some(person) = self.people.get_mut(at) {
                    person.add(dossier, notes);
                }
            }
            Err(Refused::Bad(reason)) => self.rejected.push(Rejected { source: place, reason }),
            Err(Refused::Nobody(what)) => self.nobody.entry(what).or_insert((0, place)).0 += 1,
        }
    }

    fn into_items(self, origin: &Provenance, records: &Records, source: &Locator) -> Vec<Item> {
        let people = self.people.into_iter().map(|person| Item::Record(person.into_record(origin.clone(), records)));
        let nobody = self.nobody.into_iter().map(|(what, (count, first))| {
            Item::Skipped(Skipped { source: source.clone(), reason: format!("{what}: {count} (the first is {first})") })
        });
        people.chain(self.rejected.into_iter().map(Item::Rejected)).chain(nobody).collect()
    }
}

/// Somebody, while records add to what is known of them.
struct Person {
    whose: String,
    place: Locator,
    dossier: Dossier,
    unknown: BTreeSet<String>,
    /// Where a repository stands, by its name; and a commit in it, or a message, by a hash of what it is told by.
    repositories: HashMap<String, usize>,
    told: HashMap<u128, usize>,
}

impl Person {
    fn new(whose: String, place: Locator) -> Self {
        Self {
            whose,
            place,
            dossier: Dossier::default(),
            unknown: BTreeSet::new(),
            repositories: HashMap::new(),
            told: HashMap::new(),
        }
    }

    /// Adds what another record says. What was said first stays where both cannot stand.
    fn add(&mut self, said: Dossier, notes: Notes) {
        let (unknown, dropped) = notes.finish();
        self.unknown.extend(unknown);
        for (key, count) in dropped {
            *self.dossier.dropped.entry(key).or_default() += count;
        }
        let known = &mut self.dossier;
        add_new(&mut known.subject.names, said.subject.names);
        fill(&mut known.subject.about, said.subject.about);
        fill(&mut known.subject.location, said.subject.location);
        add_new(&mut known.employment, said.employment);
        add_new(&mut known.contacts, said.contacts);
        add_new(&mut known.coverage.present, said.coverage.present);
        known.extra.extend(said.extra);
        for account in said.accounts {
            add_account(&mut known.accounts, account);
        }
        for message in said.messages {
            let hash = message.id.as_ref().map(|id| xxh3_128(id.as_bytes()));
            let place = self.dossier.messages.len();
            if hash.is_none_or(|hash| *self.told.entry(hash).or_insert(place) == place) {
                self.dossier.messages.push(message);
            }
        }
        for code in said.code {
            self.add_code(code);
        }
    }

    fn add_code(&mut self, mut said: Code) {
        let part = |part: &Option<String>| part.as_deref().unwrap_or_default().to_lowercase();
        let name = format!("{}/{}", part(&said.host), part(&said.repository));
        let at = *self.repositories.entry(name.clone()).or_insert(self.dossier.code.len());
        let commits = std::mem::take(&mut said.commits);
        let Some(known) = self.dossier.code.get_mut(at) else {
            self.dossier.code.push(said);
            return self.add_commits(at, &name, commits);
        };
        fill(&mut known.url, said.url);
        fill(&mut known.created_at, said.created_at);
        fill(&mut known.fork, said.fork);
        fill(&mut known.stars, said.stars);
        fill(&mut known.language, said.language);
        fill(&mut known.readme, said.readme);
        if known.pushed_at.is_none_or(|known| said.pushed_at.is_some_and(|said| known.is_before(said))) {
            known.pushed_at = said.pushed_at.or(known.pushed_at);
        }
        self.add_commits(at, &name, commits);
    }

    fn add_commits(&mut self, at: usize, repository: &str, commits: Vec<Commit>) {
        let Some(code) = self.dossier.code.get_mut(at) else { return };
        for commit in commits {
            let hash = commit.sha.as_ref().map(|sha| xxh3_128(format!("{repository} {sha}").as_bytes()));
            let place = hash.map_or(code.commits.len(), |hash| *self.told.entry(hash).or_insert(code.commits.len()));
            let Some(known) = code.commits.get_mut(place) else {
                code.commits.push(commit);
                continue;
            };
            // A push does not say when its commits were made; the list of commits does.
            fill(&mut known.at, commit.at);
            fill(&mut known.author_name, commit.author_name);
            fill(&mut known.author_email, commit.author_email);
            fill(&mut known.message, commit.message);
        }
    }

    fn into_record(self, origin: Provenance, records: &Records) -> Record {
        let mut dossier = self.dossier;
        SCHEMA.clone_into(&mut dossier.schema);
        dossier.id = id::of(records.name, &self.whose);
        dossier.provenance = vec![origin];
        dossier.coverage.absent = records.absent.to_vec();
        Record::ready(self.place, dossier, self.unknown.into_iter().collect())
    }
}

fn fill<T>(known: &mut Option<T>, said: Option<T>) {
    if known.is_none() {
        *known = said;
    }
}

fn add_new<T: PartialEq>(known: &mut Vec<T>, said: Vec<T>) {
    for one in said {
        if !known.contains(&one) {
            known.push(one);
        }
    }
}

fn add_account(accounts: &mut Vec<Account>, said: Account) {
    let handle = |account: &Account| account.handle.as_deref().map(str::to_lowercase);
    let same = |known: &&mut Account| known.network == said.network && handle(known) == handle(&said);
    let Some(known) = accounts.iter_mut().find(same) else { return accounts.push(said) };
    fill(&mut known.url, said.url);
    fill(&mut known.id, said.id);
    fill(&mut known.created_at, said.created_at);
    fill(&mut known.followers, said.followers);
    fill(&mut known.following, said.following);
    add_new(&mut known.names, said.names);
}
