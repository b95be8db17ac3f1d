//! The people of a log while it is read: what is kept of each, however their rows are mixed.
//!
//! What rules read of sign-ins are changes: of place, network, device and hour. So of equal rows that follow each other
//! within an hour of the clock the first and the last are kept. How many were left out is counted.

use super::headers::Column;
use super::row::Seen;
use crate::dossier::{Contact, ContactKind, Date, Dossier, Locator, Name, NameKind, Provenance, Role};
use crate::ingest::id;
use crate::ingest::item::Record;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What `--input-format`, ids and provenance call the format.
pub(super) const NAME: &str = "sign-ins";
/// Sign-ins of one person that are kept, the latest.
const MOST: usize = 10_000;
/// Names of one login that are kept.
const NAMES: usize = 8;
const HOUR: i64 = 3_600;
/// What was left out, as it is counted.
const REPEATED: &str = "sign-ins like the one before, within an hour";
const EARLIER: &str = "sign-ins before the latest 10000";
/// What stands between the mail of a guest and the domain of the host, in logins of Microsoft Entra.
const GUEST: &str = "#EXT#";

/// Everybody met so far.
#[derive(Default)]
pub(super) struct People {
    all: Vec<Person>,
    /// Position of each by the login, in lower case.
    by_login: HashMap<String, usize>,
    /// What was seen, each once.
    seen: HashSet<Arc<Seen>>,
}

/// One person.
pub(super) struct Person {
    login: String,
    line: u64,
    names: Vec<String>,
    role: Option<Role>,
    rows: Vec<(Option<Date>, Arc<Seen>)>,
    /// Cells that were left out, by column.
    left_out: Vec<u64>,
}

impl People {
    /// The person of a login, met or new.
    pub(super) fn of(&mut self, login: &str, line: u64, columns: usize) -> &mut Person {
        let next = self.all.len();
        let at = *self.by_login.entry(login.to_lowercase()).or_insert(next);
        if at == next {
            let left_out = vec![0; columns];
            let login = login.to_owned();
            self.all.push(Person { login, line, names: Vec::new(), role: None, rows: Vec::new(), left_out });
        }
        &mut self.all[at]
    }

    /// The same for what was seen.
    pub(super) fn shared(&mut self, seen: Seen) -> Arc<Seen> {
        if let Some(known) = self.seen.get(&seen) {
            return Arc::clone(known);
        }
        let seen = Arc::new(seen);
        self.seen.insert(Arc::clone(&seen));
        seen
    }

    /// Everybody, in the order in which they were met.
    pub(super) fn into_all(self) -> Vec<Person> {
        self.all
    }
}

impl Person {
    pub(super) fn add(&mut self, at: Option<Date>, seen: Arc<Seen>) {
        self.rows.push((at, seen));
    }

    pub(super) fn name(&mut self, name: Option<&str>) {
        if let Some(name) = name
            && self.names.len() < NAMES
            && !self.names.iter().any(|known| known == name)
        {
            self.names.push(name.to_owned());
        }
    }

    pub(super) fn role(&mut self, role: Option<Role>) {
        self.role = self.role.or(role);
    }

    pub(super) fn leave_out(&mut self, columns: impl Iterator<Item = usize>) {
        for at in columns {
            if let Some(count) = self.left_out.get_mut(at) {
                *count += 1;
            }
        }
    }

    pub(super) fn record(
        self,
        columns: &[(String, Column)],
        provenance: &Provenance,
        source: &Locator,
        unknown: Vec<String>,
    ) -> Record {
        let mut dossier = Dossier::new(id::of(NAME, &self.login.to_lowercase()));
        dossier.role = self.role.unwrap_or_default();
        let name = |value: String, kind| Name { value, kind, ..Name::default() };
        dossier.subject.names = self.names.into_iter().map(|shown| name(shown, NameKind::Display)).collect();
        match mail_of(&self.login) {
            Some(value) => dossier.contacts.push(Contact {
                kind: ContactKind::Email,
                value,
                network: None,
                source: None,
                first_seen: None,
            }),
            None => dossier.subject.names.push(name(self.login, NameKind::Username)),
        }
        let Kept { rows, repeated, earlier } = kept(self.rows);
        dossier.observations = rows.into_iter().map(|(at, seen)| seen.observation(at)).collect();
        let counted = columns.iter().map(|(name, _)| name.as_str()).zip(self.left_out);
        for (what, count) in counted.chain([(REPEATED, repeated), (EARLIER, earlier)]) {
            if count > 0 {
                *dossier.dropped.entry(what.to_owned()).or_default() += count;
            }
        }
        dossier.provenance = vec![provenance.clone()];
        Record::ready(Locator { line: Some(self.line), ..source.clone() }, dossier, unknown)
    }
}

/// The mail address in a login; a guest's is the one before the mark, with its last underscore for the at sign.
fn mail_of(login: &str) -> Option<String> {
    let is_mail = |text: &str| {
        text.rsplit_once('@').is_some_and(|(local, host)| {
            !local.is_empty() && host.contains('.') && !text.contains(|c: char| c.is_whitespace() || c == '|')
        })
    };
    let found = match login.split_once(GUEST) {
        Some((guest, _)) => guest.rsplit_once('_').map(|(local, host)| format!("{local}@{host}"))?,
        None => login.to_owned(),
    };
    is_mail(&found).then_some(found)
}

struct Kept {
    rows: Vec<(Option<Date>, Arc<Seen>)>,
    repeated: u64,
    earlier: u64,
}

/// The rows that say something new, in order of time; those without one come first.
fn kept(mut all: Vec<(Option<Date>, Arc<Seen>)>) -> Kept {
    let second = |row: &(Option<Date>, Arc<Seen>)| row.0.map(|at| at.interval().earliest);
    all.sort_by_key(second);
    let met = all.len();
    let mut undated = HashSet::new();
    all.retain(|(at, seen)| at.is_some() || undated.insert(Arc::as_ptr(seen)));
    let hour = |row: &(Option<Date>, Arc<Seen>)| second(row).map(|second| second.div_euclid(HOUR));
    let mut rows = Vec::new();
    for run in all.chunk_by(|one, next| Arc::ptr_eq(&one.1, &next.1) && hour(one) == hour(next)) {
        rows.extend(run.first().cloned());
        rows.extend(run.last().filter(|last| second(last) != second(&run[0])).cloned());
    }
    let earlier = rows.len().saturating_sub(MOST);
    let repeated = met - rows.len();
    rows.drain(..earlier);
    Kept { rows, repeated: repeated as u64, earlier: earlier as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[(&str, usize)]) -> (Vec<String>, u64, u64) {
        let kinds = [Arc::new(Seen::default()), Arc::new(Seen::default())];
        let rows = of.iter().map(|(at, kind)| (at.parse().ok(), Arc::clone(&kinds[*kind]))).collect();
        let kept = kept(rows);
        let times = kept.rows.iter().map(|(at, _)| at.map_or_else(String::new, |at| at.to_string()));
        (times.collect(), kept.repeated, kept.earlier)
    }

    #[test]
    fn of_equal_rows_within_an_hour_the_first_and_the_last_are_kept() {
        let (times, repeated, earlier) = rows(&[
            ("2026-03-01T10:40:00Z", 0),
            ("2026-03-01T10:10:00Z", 0),
            ("2026-03-01T10:20:00Z", 0),
            ("2026-03-01T10:50:00Z", 1),
            ("2026-03-01T10:55:00Z", 0),
            ("2026-03-01T11:01:00Z", 0),
            ("2026-03-01T11:01:00Z", 0),
            ("", 1),
            ("", 1),
        ]);
        let expected = ["", "10:10", "10:40", "10:50", "10:55", "11:01"];
        assert_eq!(times.len(), expected.len(), "{times:?}");
        assert!(times.iter().zip(expected).all(|(time, part)| time.contains(part)), "{times:?}");
        assert_eq!((repeated, earlier), (3, 0));
    }

    #[test]
    fn the_latest_are_kept_and_the_others_counted() {
        let start: Date = "2020-01-01T00:00:00Z".parse().expect("a date");
        let at = |hour: usize| {
            let hour = i64::try_from(hour).expect("small");
            Date::from_timestamp(start.interval().earliest + hour * HOUR)
        };
        let seen = Arc::new(Seen::default());
        let kept = kept((0..MOST + 5).rev().map(|hour| (at(hour), Arc::clone(&seen))).collect());
        assert_eq!((kept.rows.len(), kept.earlier, kept.repeated), (MOST, 5, 0));
        assert_eq!(kept.rows[0].0, at(5));
    }

    #[test]
    fn a_guest_has_their_own_mail() {
        assert_eq!(mail_of("ana_e_mail.example#EXT#@firm.example").as_deref(), Some("ana_e@mail.example"));
        assert_eq!(mail_of("ana@mail.example").as_deref(), Some("ana@mail.example"));
        assert_eq!(mail_of("FIRM\\ana"), None);
        assert_eq!(mail_of("7f3c@local"), None);
    }
}
