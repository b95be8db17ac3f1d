//! Which dossiers, and which of their messages, the user asked for.

use crate::dossier::{Date, Dossier};

/// A choice of people, conversations and a time from which on messages count. Empty means everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Names, profile URLs, mail addresses or ids; a dossier is kept if any of them is its own.
    pub only: Vec<String>,
    /// Conversations; a dossier keeps the messages of these, and is kept if it has one.
    pub thread: Vec<String>,
    /// Messages before this date are left out; those without a date are kept.
    pub since: Option<Date>,
}

impl Narrow {
    /// Whether anything is left out at all.
    pub fn is_everything(&self) -> bool {
        self.only.is_empty() && self.thread.is_empty() && self.since.is_none()
    }

    /// Leaves out the messages that were not asked for; `false` if the dossier itself was not.
    ///
    /// With `--since`, a dossier that had messages is kept only if one is left.
    pub fn keep(&self, dossier: &mut Dossier) -> bool {
        if !self.only.is_empty() && !self.only.iter().any(|wanted| is_called(dossier, wanted)) {
            return false;
        }
        if self.thread.is_empty() && self.since.is_none() {
            return true;
        }
        let had_messages = !dossier.messages.is_empty();
        dossier.messages.retain(|message| {
            let in_thread = self.thread.is_empty()
                || message.thread.as_ref().is_some_and(|thread| self.thread.iter().any(|wanted| wanted == thread));
            let late_enough = match (self.since, message.at) {
                (Some(since), Some(at)) => !at.is_before(since),
                _ => true,
            };
            in_thread && late_enough
        });
        !dossier.messages.is_empty() || (self.thread.is_empty() && !had_messages)
    }
}

/// Whether a name, URL, address or id is the person's.
pub(crate) fn is_called(dossier: &Dossier, wanted: &str) -> bool {
    let wanted = plain(wanted);
    let is_it = |value: &str| plain(value) == wanted;
    dossier.id.eq_ignore_ascii_case(&wanted)
        || dossier.subject.names.iter().any(|name| is_it(&name.value))
        || dossier.contacts.iter().any(|contact| is_it(&contact.value))
        || dossier.accounts.iter().any(|account| {
            account.url.as_deref().is_some_and(is_it)
                || account.handle.as_deref().is_some_and(is_it)
                || account.names.iter().any(|name| is_it(name))
        })
}

/// A name, URL or address as it is compared: without case, scheme, `www.`, query and closing slash.
fn plain(value: &str) -> String {
    let lower = value.trim().to_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = if rest.contains('/') { rest.split(['?', '#']).next().unwrap_or(rest) } else { rest };
    let words: Vec<&str> = rest.trim_end_matches('/').split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Account, Message, Name};

    fn dossier() -> Dossier {
        let mut dossier = Dossier::new("d1");
        dossier.subject.names.push(Name { value: "Ana Example".to_owned(), ..Name::default() });
        dossier
            .accounts
            .push(Account { url: Some("https://www.linkedin.com/in/ana-example".to_owned()), ..Account::default() });
        for (thread, at) in [("t1", "2026-01-01"), ("t2", "2026-06-01")] {
            dossier.messages.push(Message {
                thread: Some(thread.to_owned()),
                at: at.parse().ok(),
                ..Message::default()
            });
        }
        dossier
    }

    #[test]
    fn a_person_is_found_by_name_or_address() {
        for wanted in ["ana  example", "linkedin.com/in/ana-example/?trk=x", "http://linkedin.com/in/Ana-Example", "d1"]
        {
            let narrow = Narrow { only: vec![wanted.to_owned()], ..Narrow::default() };
            assert!(narrow.keep(&mut dossier()), "{wanted}");
        }
        let narrow = Narrow { only: vec!["Ana".to_owned()], ..Narrow::default() };
        assert!(!narrow.keep(&mut dossier()));
    }

    #[test]
    fn messages_outside_thread_and_time_are_left_out() {
        let mut kept = dossier();
        let narrow = Narrow { since: "2026-03".parse().ok(), ..Narrow::default() };
        assert!(narrow.keep(&mut kept));
        assert_eq!(kept.messages.len(), 1);
        let narrow = Narrow { thread: vec!["t9".to_owned()], ..Narrow::default() };
        assert!(!narrow.keep(&mut dossier()));
    }
}
