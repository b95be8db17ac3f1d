//! What of a dossier lists are compared with: its keys, and hosts, pages and names that the person uses.

use super::entry::EntryKind;
use super::value::{name, own_host};
use crate::dossier::{Dossier, Path, Place};
use crate::facts::{domains, links, mails};
use crate::link::canonical;
use crate::link::key::KeyKind;
use crate::link::keys::keys;
use crate::link::knowledge::LinkKnowledge;
use crate::link::page::Page;
use std::collections::BTreeSet;

/// Comparable values with their places, sorted by place, each once.
pub(super) type Seen = BTreeSet<(Place, EntryKind, String)>;

/// Everything of a dossier that a list may name.
///
/// Beside the person's keys: addresses in what they wrote and in their adverts, since whoever sends a link uses it.
pub(super) fn seen(dossier: &Dossier, knowledge: &LinkKnowledge<'_>) -> Seen {
    let mut seeing = Seeing { knowledge, seen: Seen::new() };
    for key in keys(dossier, knowledge).into_iter().filter(|key| key.kind != KeyKind::Domain) {
        seeing.seen.insert((key.place, EntryKind::Key(key.kind), key.value));
    }
    for (index, given) in dossier.subject.names.iter().enumerate() {
        if let Some(name) = name(&given.value) {
            seeing.seen.insert((Place::whole(Path::at("/subject/names/*/value", index)), EntryKind::Name, name));
        }
    }
    for (index, contact) in dossier.contacts.iter().enumerate() {
        seeing.host(Some(&contact.value), Path::at("/contacts/*/value", index));
    }
    for (index, account) in dossier.accounts.iter().enumerate() {
        seeing.host(account.url.as_deref(), Path::at("/accounts/*/url", index));
    }
    for (index, message) in dossier.messages.iter().enumerate().filter(|(_, own)| own.from_subject == Some(true)) {
        seeing.host(message.sender.email.as_deref(), Path::at("/messages/*/sender/email", index));
        seeing.host(message.sender.url.as_deref(), Path::at("/messages/*/sender/url", index));
        let answers = message.mail.as_ref().and_then(|headers| headers.reply_to.as_deref());
        seeing.host(answers, Path::at("/messages/*/mail/reply_to", index));
        for (nth, link) in message.links.iter().enumerate() {
            seeing.page(&link.href, Place::whole(Path::at2("/messages/*/links/*/href", index, nth)));
        }
        seeing.text(message.subject.as_deref(), Path::at("/messages/*/subject", index));
        seeing.text(message.text.as_deref(), Path::at("/messages/*/text", index));
    }
    for (index, post) in dossier.job_posts.iter().enumerate() {
        seeing.host(post.contact_email.as_deref(), Path::at("/job_posts/*/contact_email", index));
        let pages = [(&post.url, "/job_posts/*/url"), (&post.apply_url, "/job_posts/*/apply_url")];
        for (page, template) in pages {
            if let Some(page) = page {
                seeing.page(page, Place::whole(Path::at(template, index)));
            }
        }
        seeing.text(post.text.as_deref(), Path::at("/job_posts/*/text", index));
    }
    seeing.seen
}

struct Seeing<'k> {
    knowledge: &'k LinkKnowledge<'k>,
    seen: Seen,
}

impl Seeing<'_> {
    /// The host of a mail or web address, and the domain that was registered.
    fn host(&mut self, raw: Option<&str>, path: Path) {
        let Some(raw) = raw else { return };
        let mail = domains::mail_host(raw).filter(|_| !raw.contains("//"));
        if let Some(host) = mail.or_else(|| domains::host(raw)) {
            self.named(&host, Place::whole(path));
        }
    }

    fn named(&mut self, host: &str, place: Place) {
        for host in [own_host(host), domains::registrable(host)] {
            self.seen.insert((place, EntryKind::Domain, host.to_owned()));
        }
    }

    /// A web address: its host, and the page or account that it leads to.
    fn page(&mut self, raw: &str, place: Place) {
        if let Some(host) = domains::host(raw) {
            self.named(&host, place);
        }
        let page = match self.knowledge.pages.read(raw) {
            Some(Page::Account(account)) => Some((KeyKind::Handle, account)),
            Some(Page::Number(number)) => canonical::phone(&number).map(|phone| (KeyKind::Phone, phone)),
            Some(Page::Site { address, .. }) => Some((KeyKind::Url, address)),
            None => None,
        };
        self.seen.extend(page.map(|(kind, value)| (place, EntryKind::Key(kind), value)));
    }

    /// Web and mail addresses in a text.
    fn text(&mut self, text: Option<&str>, path: Path) {
        let Some(text) = text else { return };
        links::find(text, |found| {
            let place = Place::part(path, found.span.start, found.span.end);
            self.page(&text[found.span], place);
        });
        for span in mails::find(text) {
            let address = &text[span.clone()];
            let place = Place::part(path, span.start, span.end);
            if let Some(host) = domains::mail_host(address) {
                self.named(&host, place);
            }
            let mailbox = self.knowledge.mail.mailbox(address);
            self.seen.extend(mailbox.map(|mailbox| (place, EntryKind::Key(KeyKind::Mailbox), mailbox)));
        }
    }
}
