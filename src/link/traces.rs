//! Keys of what the person leaves behind: portraits, documents, code, sessions and shipments, payments, domains.

use super::canonical;
use super::collector::{Collector, Value};
use super::key::KeyKind;
use super::knowledge::LinkKnowledge;
use super::ways::own_messages;
use crate::content::key as folded;
use crate::dossier::{
    Code, Commit, DeclarationKind, Document, DocumentKind, Domain, Observation, ObservationKind, Path, Payment,
    PaymentMethod, Precision,
};
use crate::facts::domains;
use crate::facts::hosts::HostClass;
use std::collections::BTreeSet;

/// Portraits; one of a picture library is anybody's.
pub(crate) fn photos(collector: &mut Collector<'_>) {
    for (index, photo) in collector.dossier.subject.photos.iter().enumerate() {
        if photo.stock_hit == Some(true) {
            continue;
        }
        let digest = photo.sha256.as_deref().and_then(canonical::digest).map(|digest| (KeyKind::Photo, digest));
        collector.add(digest, Path::at("/subject/photos/*/sha256", index));
        let hash = photo.phash.as_deref().and_then(canonical::perceptual_hash).map(|hash| (KeyKind::PhotoHash, hash));
        collector.add(hash, Path::at("/subject/photos/*/phash", index));
    }
}

/// Documents and attached files; a contract is written by an employer for all who sign it.
pub(crate) fn documents(collector: &mut Collector<'_>) {
    let digest = |raw: &Option<String>| Some((KeyKind::Document, canonical::digest(raw.as_deref()?)?));
    let papers = collector.dossier.documents.iter().enumerate();
    for (index, document) in papers.filter(|(_, document)| document.kind != DocumentKind::Contract) {
        collector.add(digest(&document.sha256), Path::at("/documents/*/sha256", index));
        let author = author(collector, document);
        collector.add(author, Path::at("/documents/*/metadata/author", index));
    }
    for (index, message) in own_messages(collector) {
        for (nth, attachment) in message.attachments.iter().enumerate() {
            collector.add(digest(&attachment.sha256), Path::at2("/messages/*/attachments/*/sha256", index, nth));
        }
    }
}

/// The author of a document with the program and the second of its making; less says too little.
fn author(collector: &Collector<'_>, document: &Document) -> Option<Value> {
    let metadata = &document.metadata;
    let author = folded(metadata.author.as_deref()?);
    let producer = folded(metadata.producer.as_deref().or(metadata.creator.as_deref())?);
    let created = metadata.created.filter(|created| created.precision() == Precision::Second)?;
    let says_nothing = author.is_empty() || producer.is_empty() || collector.knowledge.is_placeholder(&author);
    (!says_nothing).then(|| (KeyKind::Author, format!("{author}|{producer}|{created}")))
}

/// Repositories and the mail addresses of the person's own commits.
pub(crate) fn code(collector: &mut Collector<'_>) {
    let dossier = collector.dossier;
    for (index, code) in dossier.code.iter().enumerate() {
        let (page, path) = repository(collector, code);
        collector.add(page, Path::at(path, index));
        let is_alone = has_one_author(code);
        for (nth, commit) in code.commits.iter().enumerate() {
            let is_own = commit.author_name.as_deref().and_then(|name| collector.names().agrees(name)) == Some(true);
            let Some(mail) = commit.author_email.as_deref().filter(|_| is_own || is_alone) else { continue };
            let key = collector.mail(mail);
            let path = Path::at2("/code/*/commits/*/author_email", index, nth);
            if let Some((KeyKind::Mailbox, mailbox)) = &key {
                collector.add(Some((KeyKind::CommitEmail, mailbox.clone())), path);
            }
            collector.add(key, path);
        }
    }
}

/// The page of a repository, by its address or by host and name; an employer's is all its people's.
fn repository(collector: &Collector<'_>, code: &Code) -> (Option<Value>, &'static str) {
    let path = if code.url.is_some() { "/code/*/url" } else { "/code/*/repository" };
    let is_employers = |name: &str| name.split('/').next().is_some_and(|owner| collector.is_employers_name(owner));
    if code.repository.as_deref().is_some_and(is_employers) {
        return (None, path);
    }
    let page = code.url.clone().or_else(|| {
        let (host, name) = (code.host.as_deref()?, code.repository.as_deref()?);
        let host = if host.contains('.') { host } else { collector.knowledge.pages.host_of_network(host)? };
        Some(format!("{host}/{name}"))
    });
    let page = page
        .and_then(|page| collector.page(&page))
        .filter(|(_, address)| !address.split_once('/').is_some_and(|(_, name)| is_employers(name)));
    (page, path)
}

/// Whether all commits of a repository are of one author, who is then its owner: it is neither a fork nor a copy.
fn has_one_author(code: &Code) -> bool {
    let same = |first: &Commit, other: &Commit| {
        (&first.author_name, &first.author_email) == (&other.author_name, &other.author_email)
    };
    let Some(first) = code.commits.first() else { return false };
    code.fork != Some(true) && code.copied_from.is_none() && code.commits.iter().all(|other| same(first, other))
}

/// Devices, addresses of sessions, and where something was sent.
pub(crate) fn observations(collector: &mut Collector<'_>) {
    for (index, seen) in collector.dossier.observations.iter().enumerate() {
        match seen.kind {
            ObservationKind::Shipment => {
                let address = seen.address.as_deref().and_then(|address| shipping(collector.knowledge, address));
                let address = address.map(|words| (KeyKind::Shipping, words));
                collector.add(address, Path::at("/observations/*/address", index));
            }
            // Others answered.
            ObservationKind::ReferenceCheck => {}
            // Somebody tries the doors of many.
            _ if seen.is_mere_attempt() => {}
            _ => {
                let device = seen.device.as_deref().and_then(canonical::device).map(|id| (KeyKind::Device, id));
                collector.add(device, Path::at("/observations/*/device", index));
                let session = session(collector, seen);
                collector.add(session, Path::at("/observations/*/ip", index));
            }
        }
    }
}

/// The address of a session; exits of a VPN or a hosting company are shared by strangers.
fn session(collector: &Collector<'_>, seen: &Observation) -> Option<Value> {
    let through_vpn = seen.vpn.as_deref().is_some_and(|vpn| !vpn.trim().is_empty());
    let network = &collector.knowledge.facts.network;
    let is_hosted = seen.asn.and_then(|number| network.is_hosting(number)) == Some(true);
    let address = canonical::session(seen.ip.as_deref().filter(|_| !through_vpn && !is_hosted)?)?;
    Some((KeyKind::Session, address))
}

/// House, street and town, whatever their order and form; with the number of a flat, if there is one.
pub(crate) fn shipping(knowledge: &LinkKnowledge<'_>, address: &str) -> Option<String> {
    let parts = knowledge.facts.addresses.parts(address);
    if !parts.are_complete() {
        return None;
    }
    let words: Vec<&str> = parts.numbers.iter().chain(&parts.words).map(String::as_str).collect();
    Some(words.join(" "))
}

/// Wallets and accounts; the account of an agency that the person declared is that of all who work through it.
pub(crate) fn payments(collector: &mut Collector<'_>) {
    for (index, payment) in collector.dossier.payments.iter().enumerate() {
        if is_agencys(collector, payment) || payment.method == Some(PaymentMethod::GiftCard) {
            continue;
        }
        let wallet = |raw: &Option<String>| Some((KeyKind::Wallet, canonical::wallet(raw.as_deref()?)?));
        collector.add(wallet(&payment.wallet), Path::at("/payments/*/wallet", index));
        let path = Path::at("/payments/*/account", index);
        if payment.method == Some(PaymentMethod::Crypto) {
            collector.add(wallet(&payment.account), path);
            continue;
        }
        let Some(raw) = payment.account.as_deref() else { continue };
        match (payment.method, collector.mail(raw)) {
            (method, Some((KeyKind::Mailbox, mailbox))) => {
                let kind = method.map_or(PaymentMethod::Other.as_str(), PaymentMethod::as_str);
                collector.add(Some((KeyKind::Account, format!("{kind}:{mailbox}"))), path);
                collector.add(Some((KeyKind::Mailbox, mailbox)), path);
            }
            (_, Some(other)) => collector.add(Some(other), path),
            // A mail address that ties nobody is no number of an account either.
            (_, None) if raw.contains('@') => {}
            (_, None) if raw.contains('/') => {
                let page = collector.page(raw).filter(|(kind, _)| *kind == KeyKind::Handle);
                collector.add(page.map(|(_, account)| (KeyKind::Account, account)), path);
            }
            (method, None) => {
                collector.add(canonical::account(raw, method).map(|account| (KeyKind::Account, account)), path);
            }
        }
    }
}

/// Whether a payment goes to an agency that the person declared.
fn is_agencys(collector: &Collector<'_>, payment: &Payment) -> bool {
    let facts = collector.knowledge.facts;
    let Some(payee) = payment.payee.as_deref().map(|payee| facts.payment.payee(payee)) else { return false };
    let mut agencies =
        collector.dossier.declarations.iter().filter(|declaration| declaration.kind == DeclarationKind::Agency);
    agencies
        .any(|agency| agency.value.as_deref().is_some_and(|value| payee.is(&facts.payment.payee(value), &facts.names)))
}

/// How the domains that the person uses were registered.
pub(crate) fn domains(collector: &mut Collector<'_>) {
    if collector.dossier.domains.is_empty() {
        return;
    }
    let used = used_domains(collector);
    for (index, entry) in collector.dossier.domains.iter().enumerate() {
        let Some(host) = domains::host(&entry.name) else { continue };
        let domain = domains::registrable(&host);
        let is_service = collector.knowledge.facts.domains.classes(domain).any(HostClass::SERVICE);
        if used.contains(domain) && !is_service && !collector.is_employers(domain) {
            collector.add(registration(entry), Path::at("/domains/*", index));
        }
    }
}

/// Registrable domains of the person's mail addresses, pages, adverts and links.
fn used_domains(collector: &Collector<'_>) -> BTreeSet<String> {
    let dossier = collector.dossier;
    let contacts = dossier.contacts.iter().map(|contact| contact.value.as_str());
    let accounts = dossier.accounts.iter().filter_map(|account| account.url.as_deref());
    let posts = dossier.job_posts.iter().flat_map(|post| [&post.contact_email, &post.url, &post.apply_url]);
    let messages = own_messages(collector).flat_map(|(_, message)| {
        let answers = message.mail.as_ref().and_then(|headers| headers.reply_to.as_deref());
        let links = message.links.iter().map(|link| link.href.as_str());
        [message.sender.email.as_deref(), message.sender.url.as_deref(), answers].into_iter().flatten().chain(links)
    });
    let addresses = contacts.chain(accounts).chain(posts.filter_map(Option::as_deref)).chain(messages);
    let hosts = addresses.filter_map(|raw| domains::mail_host(raw).or_else(|| domains::host(raw)));
    hosts.map(|host| domains::registrable(&host).to_owned()).collect()
}

/// Registrar, day and name servers of a domain; less is shared by thousands.
fn registration(domain: &Domain) -> Option<Value> {
    let registrar = folded(domain.registrar.as_deref()?);
    let created = domain.created_at.filter(|created| created.precision() >= Precision::Day)?;
    let servers: BTreeSet<String> =
        domain.name_servers.iter().filter_map(|server| domains::host(server)).map(Into::into).collect();
    if registrar.is_empty() || servers.is_empty() {
        return None;
    }
    let day = created.to_string();
    let day = day.split('T').next().unwrap_or(&day);
    let servers: Vec<String> = servers.into_iter().collect();
    Some((KeyKind::Domain, format!("{registrar}|{day}|{}", servers.join(","))))
}
