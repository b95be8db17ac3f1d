//! The mailbox that a mail address is delivered to, and whether a person or a machine, or a whole house, reads it.

use crate::content::{Content, List, Table, defang};
use crate::facts::domains;
use foldhash::HashMap;

/// How a host of mail reads the part before the `@`.
#[derive(Debug, Clone, Copy)]
struct MailHost<'c> {
    /// The host under which the same mailboxes go.
    mailbox: &'c str,
    ignores_dots: bool,
    /// What a tag begins with.
    tag: Option<char>,
}

/// What is known of mail addresses: hosts that ignore dots and tags, names of machines and of shared mailboxes.
#[derive(Debug, Default)]
pub(crate) struct MailKnowledge<'c> {
    hosts: HashMap<&'c str, MailHost<'c>>,
    unattended: Vec<&'c str>,
    shared: Option<&'c List>,
}

impl<'c> MailKnowledge<'c> {
    /// Reads the table `mail-hosts` and the lists `unattended-mailboxes` and `shared-mailboxes`.
    pub(crate) fn new(content: &'c Content) -> Self {
        let mut hosts = HashMap::default();
        for row in content.table("mail-hosts").into_iter().flat_map(Table::rows) {
            let host = MailHost {
                mailbox: row.cell(1),
                ignores_dots: row.cell(2) == "ignored",
                tag: row.cell(3).chars().next(),
            };
            hosts.insert(row.cell(0), host);
        }
        let unattended = content.list("unattended-mailboxes").into_iter().flat_map(List::values).collect();
        Self { hosts, unattended, shared: content.list("shared-mailboxes") }
    }

    /// The mailbox of an address: lower case, without a display name, and without dots and a tag where the host is
    /// known to ignore them; `None` for what is no address.
    pub(crate) fn mailbox(&self, raw: &str) -> Option<String> {
        let raw = raw.trim();
        let plain = defang::undone(raw);
        let raw = plain.as_deref().unwrap_or(raw);
        let host = domains::mail_host(raw)?;
        let mut local = domains::mail_local(raw)?.trim().to_lowercase();
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[]{},;:\\\"@".contains(c);
        if local.contains(is_odd) {
            return None;
        }
        let known = self.hosts.get(&*host).copied();
        if let Some(known) = known {
            local.truncate(known.tag.and_then(|tag| local.find(tag)).unwrap_or(local.len()));
            local.retain(|c| c != '.' || !known.ignores_dots);
        }
        local
            .contains(char::is_alphanumeric)
            .then(|| format!("{local}@{}", known.map_or(&*host, |known| known.mailbox)))
    }

    /// Whether a mailbox sends only, such as `no-reply`: whatever the separators, at either end of the name.
    pub(crate) fn is_unattended(&self, mailbox: &str) -> bool {
        let letters: String = local_of(mailbox).chars().filter(|c| c.is_alphanumeric()).collect();
        self.unattended.iter().any(|word| letters.starts_with(word) || letters.ends_with(word))
    }

    /// Whether a mailbox bears the name of a task that several people share, such as `info`.
    pub(crate) fn is_shared(&self, mailbox: &str) -> bool {
        self.shared.is_some_and(|list| list.contains(local_of(mailbox)))
    }
}

/// What stands before the `@`.
pub(crate) fn local_of(mailbox: &str) -> &str {
    mailbox.rsplit_once('@').map_or(mailbox, |(local, _)| local)
}

/// What stands behind the `@`.
pub(crate) fn host_of(mailbox: &str) -> &str {
    mailbox.rsplit_once('@').map_or("", |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::MailKnowledge;
    use crate::link::tests::content;
    use proptest::prelude::*;

    #[test]
    fn dots_and_tags_are_dropped_where_the_host_ignores_them() {
        let content = content();
        let mail = MailKnowledge::new(&content);
        for (raw, expected) in [
            ("Ana.Example+jobs@Dotless.example", "anaexample@dotless.example"),
            ("Ana Example <a.na.example@old-dotless.example>", "anaexample@dotless.example"),
            ("ana[at]dotless[.]example", "ana@dotless.example"),
            ("ana.example+jobs@tagged.example", "ana.example@tagged.example"),
            ("mailto:ana.example+jobs@elsewhere.example?subject=x", "ana.example+jobs@elsewhere.example"),
        ] {
            assert_eq!(mail.mailbox(raw).as_deref(), Some(expected), "{raw}");
        }
        for raw in
            ["", "ana", "@dotless.example", "+jobs@dotless.example", ".@tagged.example", "a b@mail.example", "a@b"]
        {
            assert_eq!(mail.mailbox(raw), None, "{raw}");
        }
    }

    #[test]
    fn machines_and_shared_mailboxes_are_told_from_people() {
        let content = content();
        let mail = MailKnowledge::new(&content);
        for mailbox in ["no-reply@mail.example", "jobs.noreply@mail.example", "noreply-42@mail.example"] {
            assert!(mail.is_unattended(mailbox), "{mailbox}");
        }
        assert!(!mail.is_unattended("noria.eply@mail.example"));
        assert!(mail.is_shared("info@mail.example") && !mail.is_shared("ana.info@mail.example"));
    }

    proptest! {
        #[test]
        fn the_mailbox_of_a_mailbox_is_itself(local in "[A-Za-z.+<> é@(\\[-]{0,12}", host in "(dotless|tagged|mail)[.\\[\\]]{1,3}example") {
            let content = content();
            let mail = MailKnowledge::new(&content);
            if let Some(mailbox) = mail.mailbox(&format!("{local}@{host}")) {
                prop_assert_eq!(mail.mailbox(&mailbox), Some(mailbox));
            }
        }
    }
}
