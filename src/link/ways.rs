//! Keys of the ways to reach the person: contacts, accounts, senders, adverts, and those who vouch for them.

use super::collector::{Collector, Value};
use super::key::KeyKind;
use super::mailbox::host_of;
use crate::dossier::{Channel, Contact, ContactKind, Message, Path};
use crate::facts::domains;

/// Contacts of the person.
pub(crate) fn contacts(collector: &mut Collector<'_>) {
    for (index, contact) in collector.dossier.contacts.iter().enumerate() {
        let key = way(collector, contact);
        collector.add(key, Path::at("/contacts/*/value", index));
    }
}

/// Accounts, by handle and by the address of their page.
pub(crate) fn accounts(collector: &mut Collector<'_>) {
    for (index, account) in collector.dossier.accounts.iter().enumerate() {
        let handle = account.handle.as_deref().and_then(|handle| collector.handle(account.network.as_deref(), handle));
        collector.add(handle, Path::at("/accounts/*/handle", index));
        let page = account.url.as_deref().and_then(|url| collector.page(url));
        collector.add(page, Path::at("/accounts/*/url", index));
    }
}

/// Where the person writes from, and where they want the answer.
pub(crate) fn messages(collector: &mut Collector<'_>) {
    for (index, message) in own_messages(collector) {
        let sender = &message.sender;
        let mail = sender.email.as_deref().and_then(|mail| collector.mail(mail));
        collector.add(mail, Path::at("/messages/*/sender/email", index));
        let handle = sender.handle.as_deref().and_then(|handle| collector.handle(network(message.channel), handle));
        collector.add(handle, Path::at("/messages/*/sender/handle", index));
        let page = sender.url.as_deref().and_then(|url| collector.page(url));
        collector.add(page, Path::at("/messages/*/sender/url", index));
        let answers = message.mail.as_ref().and_then(|headers| headers.reply_to.as_deref());
        let answers = answers.and_then(|mail| collector.mail(mail));
        collector.add(answers, Path::at("/messages/*/mail/reply_to", index));
    }
}

/// Whom the person's adverts say to write to.
pub(crate) fn adverts(collector: &mut Collector<'_>) {
    for (index, post) in collector.dossier.job_posts.iter().enumerate() {
        let mail = post.contact_email.as_deref().and_then(|mail| collector.mail(mail));
        collector.add(mail, Path::at("/job_posts/*/contact_email", index));
    }
}

/// How those who vouch for the person are reached; a manager at an employer that is registered has vouched for many.
pub(crate) fn references(collector: &mut Collector<'_>) {
    for (index, reference) in collector.dossier.references.iter().enumerate() {
        for (nth, contact) in reference.contacts.iter().enumerate() {
            let key = way(collector, contact)
                .filter(|(kind, value)| match kind {
                    KeyKind::Mailbox => !is_registered(collector, host_of(value)),
                    kind => matches!(kind, KeyKind::Phone | KeyKind::Handle),
                })
                .map(|(kind, value)| (KeyKind::Reference, format!("{kind}:{value}")));
            collector.add(key, Path::at2("/references/*/contacts/*/value", index, nth));
        }
    }
}

/// Messages that the person wrote.
pub(crate) fn own_messages<'d>(collector: &Collector<'d>) -> impl Iterator<Item = (usize, &'d Message)> + use<'d> {
    collector.dossier.messages.iter().enumerate().filter(|(_, message)| message.from_subject == Some(true))
}

/// The key of a contact; a postal address alone is a house.
fn way(collector: &Collector<'_>, contact: &Contact) -> Option<Value> {
    let value = contact.value.as_str();
    match contact.kind {
        ContactKind::Email => collector.mail(value),
        ContactKind::Phone => collector.phone(value),
        ContactKind::Url if domains::mail_host(value).is_some() && !value.contains("//") => collector.mail(value),
        ContactKind::Url => collector.page(value),
        ContactKind::Messenger => collector.handle(contact.network.as_deref(), value),
        ContactKind::Address => None,
    }
}

/// The network that a handle of a channel belongs to; mail, text messages and the unknown have none.
fn network(channel: Option<Channel>) -> Option<&'static str> {
    channel.filter(|channel| !matches!(channel, Channel::Email | Channel::Sms | Channel::Other)).map(Channel::as_str)
}

/// Whether an analyst found the organisation of a host in a register.
fn is_registered(collector: &Collector<'_>, host: &str) -> bool {
    let mut registered = collector.dossier.organisations.iter().filter(|entry| entry.registered == Some(true));
    registered.any(|entry| {
        let own = entry.domain.as_deref().or(entry.url.as_deref()).and_then(domains::host);
        own.is_some_and(|own| domains::is_within(host, domains::registrable(&own)))
    })
}

#[cfg(test)]
mod tests {
    use crate::link::tests::{digest, found, said};
    use serde_json::{Value, json};

    /// A contact of a kind, in a dossier with an employer.
    fn contact(kind: &str, value: &str) -> Value {
        json!({
            "employment": [{"employer": {"name": "Acme Tools Ltd", "domain": "acme.example"}}],
            "declarations": [{"kind": "agency", "value": "Talent House"}],
            "organisations": [{"name": "Acme Tools Ltd", "domain": "acme.example", "phones": ["+44 20 7946 0100"]}],
            "contacts": [{"kind": kind, "value": value}],
        })
    }

    #[test]
    fn each_contact_is_one_key() {
        for (kind, value, expected) in [
            ("email", "Ana.Example+cv@dotless.example", "mailbox anaexample@dotless.example"),
            ("email", "ana@acme.example", "mailbox ana@acme.example"),
            ("email", "acme.hr.jobs@freemail.example", "mailbox acme.hr.jobs@freemail.example"),
            ("email", "info@ana-example.example", "mailbox info@ana-example.example"),
            ("email", "7+ana-dev@private.code.example", "handle code:ana-dev"),
            ("phone", "+1 (202) 555-0177", "phone +12025550177"),
            ("url", "https://www.ana-example.example/pieces/?x=1", "url ana-example.example/pieces"),
            ("url", "https://xx.network.example/in/Ana-Example", "handle network:ana-example"),
            ("url", "https://code.example/ana/tool", "url code.example/ana/tool"),
            ("url", "https://ana.pages.example/", "url ana.pages.example"),
            ("url", "https://cards.example/ana", "url cards.example/ana"),
            ("url", "https://call.example/12025550177", "phone +12025550177"),
            ("url", "mailto:ana@freemail.example", "mailbox ana@freemail.example"),
        ] {
            assert_eq!(said(contact(kind, value)), [expected], "{value}");
        }
    }

    #[test]
    fn what_is_not_the_persons_own_is_no_key() {
        for (kind, value) in [
            ("email", "careers@acme.example"),
            ("email", "info@hr.acme.example"),
            ("email", "info@talenthouse.example"),
            ("email", "x@hiring-system.example"),
            ("email", "no-reply@mail.example"),
            ("email", "root@laptop.local"),
            ("email", "n/a"),
            ("phone", "+44 20 7946 0100"),
            ("phone", "020 7946 0991"),
            ("phone", "+1 000 000 0000"),
            ("url", "https://acme.example/team/ana"),
            ("url", "https://talenthouse.example/people/ana"),
            ("url", "https://network.example/company/acme"),
            ("url", "https://network.example/in/"),
            ("url", "https://cards.example"),
            ("url", "https://pages.example/"),
            ("url", "https://shrt.example/x1"),
            ("url", "https://meet.example/room"),
            ("url", "https://jobs.hiring-system.example/acme/1"),
            ("url", "https://chat.example/join/abc"),
            ("url", "https://code.example/acme"),
            ("url", "http://192.168.1.1/"),
            ("url", "nowhere.example"),
            ("messenger", "anaex"),
            ("address", "12 Sample Street, Toronto, Canada"),
            ("url", ""),
        ] {
            assert_eq!(said(contact(kind, value)), Vec::<String>::new(), "{value}");
        }
    }

    #[test]
    fn an_account_is_one_by_handle_and_by_page() {
        let accounts = json!({"accounts": [
            {"network": "Network", "handle": "Ana-Example", "url": "https://www.network.example/in/ana-example/"},
            {"network": "other", "handle": "ana"},
            {"network": "other", "handle": "n/a"},
            {"network": "other", "handle": "Ana Example"},
            {"handle": "nobody"},
        ]});
        let keys = found(accounts.clone());
        assert_eq!(said(accounts), ["handle network:ana-example", "handle other:ana"]);
        assert_eq!(keys[0].place.path.to_string(), "/accounts/0/handle");
    }

    #[test]
    fn a_messengers_handle_may_be_a_number() {
        let of = |network: &str, value: &str| {
            said(json!({"contacts": [{"kind": "messenger", "network": network, "value": value}]}))
        };
        assert_eq!(of("Old Chatter", "@AnaEx"), ["handle chatter:anaex"]);
        assert_eq!(of("Chatter", "https://chat.example/anaex"), ["handle chatter:anaex"]);
        assert_eq!(of("Caller", "+1 202 555 0177"), ["phone +12025550177"]);
        assert_eq!(of("Chatter", "ana@freemail.example"), ["mailbox ana@freemail.example"]);
        assert_eq!(of("Chatter", "none"), Vec::<String>::new());
    }

    #[test]
    fn only_what_the_person_wrote_has_their_addresses() {
        let message = |own: bool, name: &str| {
            json!({
                "from_subject": own, "channel": "telegram", "text": "write to other@freemail.example",
                "sender": {"email": format!("{name}@freemail.example"), "handle": format!("@{name}"),
                           "url": format!("https://network.example/in/{name}")},
                "mail": {"reply_to": format!("{name}.answers@freemail.example")},
                "attachments": [{"sha256": digest('a')}],
            })
        };
        let own = said(json!({"messages": [message(true, "ana"), message(false, "owner")]}));
        let expected = [
            "mailbox ana.answers@freemail.example".to_owned(),
            "mailbox ana@freemail.example".to_owned(),
            "handle network:ana".to_owned(),
            "handle telegram:ana".to_owned(),
            format!("document {}", digest('a')),
        ];
        assert_eq!(own, expected);
        assert_eq!(said(json!({"messages": [{"sender": {"email": "ana@freemail.example"}}]})), Vec::<String>::new());
        let post =
            |mail: &str| said(json!({"job_posts": [{"employer": {"domain": "acme.example"}, "contact_email": mail}]}));
        assert_eq!(post("ana.jobs@freemail.example"), ["mailbox ana.jobs@freemail.example"]);
        assert_eq!(post("jobs@acme.example"), Vec::<String>::new());
    }

    #[test]
    fn a_reference_is_told_by_the_way_to_it() {
        let of = |registered: bool, value: &str| {
            said(json!({
                "organisations": [{"name": "Acme", "domain": "acme.example", "registered": registered}],
                "references": [{"name": "Ida Holm", "contacts": [{"kind": "email", "value": value}]}],
            }))
        };
        assert_eq!(of(true, "ida@freemail.example"), ["reference mailbox:ida@freemail.example"]);
        assert_eq!(of(false, "ida@acme.example"), ["reference mailbox:ida@acme.example"]);
        assert_eq!(of(true, "ida@acme.example"), Vec::<String>::new());
    }

    #[test]
    fn what_bears_the_persons_name_is_theirs() {
        let of = |name: &str| {
            said(json!({
                "subject": {"names": [{"value": name}]},
                "employment": [{"employer": {"name": "Ana Example Ltd", "domain": "ana-example.example"}}],
                "accounts": [{"network": "code", "handle": "ana-example"}],
                "contacts": [{"kind": "email", "value": "info@ana-example.example"},
                             {"kind": "url", "value": "https://ana-example.example/"}],
            }))
        };
        let own = ["mailbox info@ana-example.example", "handle code:ana-example", "url ana-example.example"];
        assert_eq!(of("Ana Example"), own);
        assert_eq!(of("Petra Novak"), Vec::<String>::new(), "an employer's");
    }
}
