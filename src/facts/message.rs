//! Messages: where each stands in its thread, what it says, links to and carries, and who sent it.

use super::catalogue::Field;
use super::category::Category;
use super::contact::mail_class;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::hosts::HostClass;
use super::texts::TextOf;
use super::{domains, files};
use crate::dossier::{Attachment, MailHeaders, Message, Path, Place, Section};
use std::borrow::Cow;

/// What the messages say of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let messages = &ctx.dossier.messages;
    if messages.is_empty() && !ctx.covers(Section::Messages) {
        return;
    }
    builder.known(Field::SubjectMessageChannels);
    let mut channels = Vec::new();
    let mut sent = 0_u32;
    let mut side_missing = false;
    for (index, message) in messages.iter().enumerate() {
        side_missing |= message.from_subject.is_none();
        if message.from_subject != Some(true) {
            continue;
        }
        sent += 1;
        if let Some(channel) = message.channel
            && !channels.contains(&channel)
        {
            channels.push(channel);
            builder.text(Field::SubjectMessageChannels, channel.as_str(), Path::at("/messages/*/channel", index));
        }
    }
    if !side_missing {
        let origin = Origin::derived(Place::whole(Path::plain("/messages")));
        builder.number(Field::SubjectMessagesSent, f64::from(sent), origin);
    }
}

/// Each message.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for (index, message) in ctx.dossier.messages.iter().enumerate() {
        content(ctx, builder, index, message);
        turn(ctx, builder, index, message);
        link_facts(ctx, builder, index, message);
        for (position, attachment) in message.attachments.iter().enumerate() {
            attachment_facts(ctx, builder, Path::at2("/messages/*/attachments/*/name", index, position), attachment);
        }
        if ctx.covers(Section::Messages) || !message.attachments.is_empty() {
            builder.known(Field::MessageAttachmentExtension);
            builder.known(Field::MessageAttachmentRisk);
        }
        sender(ctx, builder, index, message);
        builder.element(Category::Message, Path::at("/messages/*", index));
    }
}

fn content<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, message: &'d Message) {
    let says_employer = ctx.knowledge.employers.says_employer();
    let texts = [
        (Field::MessageSubject, "/messages/*/subject", &message.subject, TextOf::MessageSubject(index)),
        (Field::MessageText, "/messages/*/text", &message.text, TextOf::MessageText(index)),
    ];
    for (field, template, text, slot) in texts {
        let Some(text) = text else { continue };
        let path = Path::at(template, index);
        builder.text(field, text.0.as_str(), path);
        let hits = ctx.texts.of(slot);
        ctx.say_intents(builder, Field::MessageIntent, path, hits);
        builder.known(Field::MessageSaysEmployer);
        for hit in hits.iter().filter(|hit| Some(hit.intent) == says_employer) {
            if let Some(span) = hit.value.clone()
                && let Some(name) = text.get(span.clone())
            {
                let origin = Origin::read(Place::part(path, span.start, span.end));
                builder.fact(Field::MessageSaysEmployer, Value::Text(lower(name)), origin);
            }
        }
    }
    if let Some(channel) = message.channel {
        builder.text(Field::MessageChannel, channel.as_str(), Path::at("/messages/*/channel", index));
    }
}

fn turn<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, message: &'d Message) {
    let messages = &ctx.dossier.messages;
    let Some(turn) = ctx.conversation.turn(index) else { return };
    let path = Path::at("/messages/*", index);
    let at = |index: usize| Place::whole(Path::at("/messages/*/at", index));
    if let Some(own) = message.from_subject {
        let origin = Origin::read(Place::whole(Path::at("/messages/*/from_subject", index)));
        builder.flag(Field::MessageFromSubject, own, origin);
    }
    if let Some(position) = turn.position {
        builder.number(Field::MessagePosition, f64::from(position), Origin::derived(Place::whole(path)));
    }
    if let Some(asked) = turn.was_asked {
        let question = turn.answers.map_or(path, |answers| Path::at("/messages/*", answers as usize));
        builder.flag(Field::MessageWasAsked, asked, Origin::derived(Place::whole(question)));
    }
    let Some(sent) = message.at else { return };
    let dated = |other: Option<u32>| {
        let other = other? as usize;
        Some((other, messages.get(other)?.at?))
    };
    if let Some((began, first)) = dated(turn.began) {
        let days = if began == index { 0.0 } else { first.days_until(sent).0.max(0.0) };
        builder.number(Field::MessageDaysIntoThread, days, Origin::derived_from([at(began), at(index)]));
    }
    if let Some((answers, asked)) = dated(turn.answers) {
        let hours = asked.days_until(sent).0.max(0.0) * 24.0;
        builder.number(Field::MessageReplyHours, hours, Origin::derived_from([at(answers), at(index)]));
    }
}

fn link_facts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, message: &'d Message) {
    if message.text.is_none() && message.links.is_empty() {
        return;
    }
    for field in
        [Field::MessageLinkHost, Field::MessageLinkDomain, Field::MessageLinkClass, Field::MessageLinkLookalikeOf]
    {
        builder.known(field);
    }
    let mut differs: Option<(Place, bool)> = None;
    for link in ctx.conversation.links_of(index) {
        let origin = || Origin::read(link.place);
        builder.fact(Field::MessageLinkHost, Value::Text(link.host.clone()), origin());
        let domain = domains::registrable_of(link.host.clone());
        builder.fact(Field::MessageLinkDomain, Value::Text(domain), origin());
        for word in link.class.words() {
            builder.fact(Field::MessageLinkClass, Value::Text(word.into()), origin());
        }
        if let Some(imitates) = &link.imitates {
            let of = Value::Text(imitates.clone().into());
            builder.fact(Field::MessageLinkLookalikeOf, of, Origin::derived(link.place));
        }
        if let Some((_, other)) = link.visible
            && differs.is_none_or(|(_, seen)| other && !seen)
        {
            differs = link.visible;
        }
    }
    if let Some((place, differs)) = differs {
        builder.flag(Field::MessageLinkTextDiffers, differs, Origin::derived(place));
    }
}

fn attachment_facts<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, path: Path, attachment: &'d Attachment) {
    let mut risk = |word: &'static str| {
        builder.fact(Field::MessageAttachmentRisk, Value::Text(word.into()), Origin::derived(Place::whole(path)));
    };
    if attachment.encrypted == Some(true) {
        risk("encrypted");
    }
    let Some(name) = attachment.name.as_deref() else { return };
    ctx.knowledge.files.risk(name).words().for_each(&mut risk);
    if files::has_double_extension(name) {
        risk("double-extension");
    }
    if files::has_bidi_control(name) {
        risk("bidi-name");
    }
    if let Some(extension) = files::extension(name) {
        builder.text(Field::MessageAttachmentExtension, extension, path);
    }
}

fn sender<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, message: &'d Message) {
    let path = Path::at("/messages/*/sender/email", index);
    let host = message.sender.email.as_deref().and_then(domains::mail_host);
    if let Some(host) = &host {
        builder.text(Field::MessageSenderDomain, domains::registrable_of(host.clone()), path);
        builder.text(Field::MessageSenderMailClass, mail_class(ctx, host), path);
        builder.known(Field::MessageSenderLookalikeOf);
        if let Some(imitation) = ctx.employers.imitated(host, ctx.knowledge)
            && !imitation.kinds.only_suffix()
        {
            let origin = Origin::derived(Place::whole(path));
            builder.fact(Field::MessageSenderLookalikeOf, Value::Text(imitation.of.to_owned().into()), origin);
        }
    }
    if message.from_subject == Some(true)
        && let Some((agrees, path)) = sender_name_agrees(ctx, index, message)
    {
        builder.flag(Field::MessageSenderNameAgrees, agrees, Origin::derived(Place::whole(path)));
    }
    if let Some(mail) = &message.mail {
        headers(ctx, builder, index, mail, host.as_deref());
    }
}

fn sender_name_agrees(ctx: &Context<'_>, index: usize, message: &Message) -> Option<(bool, Path)> {
    let name = message.sender.name.as_deref().and_then(|name| ctx.names.agrees(name));
    if let Some(agrees) = name {
        return Some((agrees, Path::at("/messages/*/sender/name", index)));
    }
    let agrees = ctx.names.handle_agrees(message.sender.handle.as_deref()?)?;
    Some((agrees, Path::at("/messages/*/sender/handle", index)))
}

fn headers<'d>(
    ctx: &Context<'d>,
    builder: &mut ElementsBuilder<'d>,
    index: usize,
    mail: &MailHeaders,
    sender: Option<&str>,
) {
    let is_relay = |host: &str| ctx.knowledge.domains.classes(host).any(HostClass::RELAY);
    if let (Some(sender), Some(reply)) = (sender, mail.reply_to.as_deref().and_then(domains::mail_host))
        && !is_relay(sender)
        && !is_relay(&reply)
    {
        let same = domains::registrable(sender) == domains::registrable(&reply)
            || (ctx.employers.owner_of(sender).is_some() && ctx.employers.owner_of(&reply).is_some());
        let places = ["/messages/*/mail/reply_to", "/messages/*/sender/email"];
        let origin = Origin::derived_from(places.map(|place| Place::whole(Path::at(place, index))));
        builder.flag(Field::MessageReplyToDiffers, !same, origin);
    }
    let is = |result: &Option<String>, word: &str| result.as_deref().map(|found| found.eq_ignore_ascii_case(word));
    let dkim_passed = is(&mail.dkim, "pass");
    if let Some(passed) = dkim_passed {
        let origin = Origin::read(Place::whole(Path::at("/messages/*/mail/dkim", index)));
        builder.flag(Field::MessageDkimPass, passed, origin);
    }
    // A forwarded mail fails SPF and keeps its signature.
    let spf = is(&mail.spf, "fail").map(|failed| failed && dkim_passed != Some(true));
    let results = [
        (spf, "/messages/*/mail/spf"),
        (is(&mail.dkim, "fail"), "/messages/*/mail/dkim"),
        (is(&mail.dmarc, "fail"), "/messages/*/mail/dmarc"),
    ];
    let failed = results.iter().find(|(result, _)| *result == Some(true));
    if let Some((result, path)) = failed.or_else(|| results.iter().find(|(result, _)| result.is_some())) {
        let origin = Origin::derived(Place::whole(Path::at(path, index)));
        builder.flag(Field::MessageAuthFailed, *result == Some(true), origin);
    }
}

/// A name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    if name.chars().any(char::is_uppercase) { Cow::Owned(name.to_lowercase()) } else { Cow::Borrowed(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    fn message(position: usize, field: Field) -> impl Fn(&crate::facts::Elements<'_>) -> Option<Vec<String>> {
        move |elements| values(elements, Category::Message, position, field)
    }

    #[test]
    fn a_message_knows_its_place_in_the_thread() {
        let conversation = json!({"messages": [
            {"thread": "t", "from_subject": true, "at": "2026-03-04T10:00:00Z", "text": "Third"},
            {"thread": "t", "from_subject": true, "at": "2026-03-01T10:00:00Z", "text": "First"},
            {"thread": "t", "from_subject": false, "at": "2026-03-02T10:00:00Z", "text": "Second"},
            {"thread": "u", "from_subject": true, "text": "Another thread"},
        ]});
        with_facts(conversation, |elements| {
            let get = |position, field| message(position, field)(elements).map(|found| found.concat());
            assert_eq!(get(0, Field::MessagePosition).as_deref(), Some("2"));
            assert_eq!(get(1, Field::MessagePosition).as_deref(), Some("1"));
            assert_eq!(get(2, Field::MessagePosition).as_deref(), Some("1"), "counted for each side");
            assert_eq!(get(3, Field::MessagePosition).as_deref(), Some("1"));
            assert_eq!(get(0, Field::MessageDaysIntoThread).as_deref(), Some("3"));
            assert_eq!(get(3, Field::MessageDaysIntoThread), None, "no date");
            assert_eq!(get(0, Field::MessageWasAsked).as_deref(), Some("true"));
            assert_eq!(get(1, Field::MessageWasAsked).as_deref(), Some("false"));
            assert_eq!(get(0, Field::MessageReplyHours).as_deref(), Some("48"));
            assert_eq!(get(1, Field::MessageReplyHours), None);
        });
    }

    #[test]
    fn an_unknown_side_leaves_what_follows_unknown() {
        let conversation = json!({"messages": [{"text": "Whose?"}, {"from_subject": true, "text": "Mine"}]});
        with_facts(conversation, |elements| {
            assert_eq!(message(0, Field::MessageFromSubject)(elements), None);
            assert_eq!(message(1, Field::MessagePosition)(elements), None);
            assert_eq!(message(1, Field::MessageWasAsked)(elements), None);
            assert_eq!(values(elements, Category::Dossier, 0, Field::SubjectMessagesSent), None);
        });
    }

    #[test]
    fn links_are_told_by_kind() {
        let text = "https://shrt.example/x https://code.example/northwindaero/tool https://code.example/someone/tool \
                    https://a.static-host.example/ https://meet.example/7 https://files.other.example/setup.exe \
                    https://203.0.113.7/ https://jobs.northwind.example/1 https://u@other.example/ \
                    https://northwind-jobs.example/apply https://plain.example/";
        let dossier = json!({
            "employment": [{"employer": {"name": "Northwind Aero"}}],
            "messages": [{"from_subject": true, "text": text}],
        });
        with_facts(dossier, |elements| {
            assert_eq!(
                message(0, Field::MessageLinkClass)(elements).expect("known"),
                [
                    "shortener",
                    "code-host",
                    "code-host-employer",
                    "code-host",
                    "payload-host",
                    "meeting",
                    "download",
                    "ip-literal",
                    "employer",
                    "credentials-in-link",
                    "lookalike",
                    "other",
                ]
            );
            assert_eq!(message(0, Field::MessageLinkLookalikeOf)(elements).expect("known"), ["northwind.example"]);
        });
        with_facts(json!({"messages": [{"from_subject": true, "text": "No link here."}]}), |elements| {
            assert_eq!(message(0, Field::MessageLinkClass)(elements), Some(vec![]), "known to be none");
        });
        with_facts(json!({"messages": [{"from_subject": true}]}), |elements| {
            assert_eq!(message(0, Field::MessageLinkClass)(elements), None, "the text is unknown");
        });
    }

    #[test]
    fn a_young_domain_is_young_when_the_message_was_sent() {
        let dossier = |sent: &str| {
            json!({
                "domains": [{"name": "new.example", "created_at": "2026-03-01"}],
                "messages": [{"from_subject": true, "at": sent, "text": "https://x.new.example/"}],
            })
        };
        with_facts(dossier("2026-04-01T00:00:00Z"), |elements| {
            assert_eq!(message(0, Field::MessageLinkClass)(elements).expect("known"), ["young-domain"]);
        });
        with_facts(dossier("2026-09-01T00:00:00Z"), |elements| {
            assert_eq!(message(0, Field::MessageLinkClass)(elements).expect("known"), ["other"]);
        });
    }

    #[test]
    fn visible_text_that_names_another_domain_is_seen() {
        let with_link = |href: &str, text: &str| json!({"messages": [{"from_subject": true, "text": "Hi", "links": [{"href": href, "text": text}]}]});
        for (href, text, expected) in [
            ("https://evil.example/x", "https://acme.example/login", Some("true")),
            ("https://www.acme.example/x", "https://acme.example/login", Some("false")),
            ("https://evil.example/x", "Click here", None),
            ("https://gateway.example/?u=1", "https://acme.example/", None),
        ] {
            with_facts(with_link(href, text), |elements| {
                let found = message(0, Field::MessageLinkTextDiffers)(elements).map(|found| found.concat());
                assert_eq!(found.as_deref(), expected, "{href} {text}");
            });
        }
    }

    #[test]
    fn attachments_are_judged_by_name_and_lock() {
        let dossier = json!({"messages": [{"from_subject": true, "attachments": [
            {"name": "Offer.pdf.EXE"}, {"name": "cv\u{202e}fdp.zip", "encrypted": true}, {"name": "plan.pdf"},
        ]}]});
        with_facts(dossier, |elements| {
            assert_eq!(message(0, Field::MessageAttachmentExtension)(elements).expect("known"), ["exe", "zip", "pdf"]);
            assert_eq!(
                message(0, Field::MessageAttachmentRisk)(elements).expect("known"),
                ["executable", "double-extension", "encrypted", "archive", "bidi-name"]
            );
        });
        with_facts(json!({"messages": [{"text": "Hi"}]}), |elements| {
            assert_eq!(message(0, Field::MessageAttachmentRisk)(elements), None);
        });
        with_facts(json!({"coverage": {"present": ["messages"]}, "messages": [{"text": "Hi"}]}), |elements| {
            assert_eq!(message(0, Field::MessageAttachmentRisk)(elements), Some(vec![]));
        });
    }

    #[test]
    fn senders_have_a_class_and_headers_a_result() {
        let dossier = json!({
            "employment": [{"employer": {"name": "Northwind Aero GmbH"}}],
            "messages": [
                {"from_subject": true, "sender": {"email": "Ana <ana@careers.northwind.example>"}},
                {"from_subject": true, "sender": {"email": "ana@northw1nd.example"},
                 "mail": {"reply_to": "ana@mail.example", "spf": "fail", "dkim": "none", "dmarc": "none"}},
                {"from_subject": true, "sender": {"email": "ana@mail.example"},
                 "mail": {"reply_to": "ana@mail.example", "spf": "fail", "dkim": "pass"}},
                {"from_subject": true, "sender": {"email": "no-reply@hiring-system.example"},
                 "mail": {"reply_to": "ana@northwind.example"}},
            ],
        });
        with_facts(dossier, |elements| {
            let get = |position, field| message(position, field)(elements).map(|found| found.concat());
            assert_eq!(get(0, Field::MessageSenderMailClass).as_deref(), Some("employer"));
            assert_eq!(get(1, Field::MessageSenderMailClass).as_deref(), Some("other"));
            assert_eq!(get(1, Field::MessageSenderLookalikeOf).as_deref(), Some("northwind.example"));
            assert_eq!(get(1, Field::MessageReplyToDiffers).as_deref(), Some("true"));
            assert_eq!(get(1, Field::MessageAuthFailed).as_deref(), Some("true"));
            assert_eq!(get(2, Field::MessageSenderMailClass).as_deref(), Some("free"));
            assert_eq!(get(2, Field::MessageReplyToDiffers).as_deref(), Some("false"));
            assert_eq!(get(2, Field::MessageAuthFailed).as_deref(), Some("false"), "forwarded: the signature holds");
            assert_eq!(get(2, Field::MessageDkimPass).as_deref(), Some("true"));
            assert_eq!(get(3, Field::MessageSenderMailClass).as_deref(), Some("relay"));
            assert_eq!(get(3, Field::MessageReplyToDiffers), None, "a relay answers for others");
        });
    }

    #[test]
    fn what_the_subject_says_they_write_for_is_counted_once() {
        let dossier = json!({"messages": [
            {"from_subject": true, "text": "I am a recruiter for Northwind Aero. Hello!"},
            {"from_subject": true, "text": "I am a recruiter at Northwind Aero, as I said."},
            {"from_subject": true, "text": "I am a recruiter for Blue Harbour."},
            {"from_subject": false, "text": "I was a recruiter for Other Company."},
        ]});
        with_facts(dossier, |elements| {
            assert_eq!(message(0, Field::MessageSaysEmployer)(elements).expect("known"), ["northwind aero"]);
            let claimed = values(elements, Category::Dossier, 0, Field::SubjectEmployersClaimed).expect("known");
            assert_eq!(claimed, ["2"]);
            let domains = values(elements, Category::Dossier, 0, Field::SubjectEmployerDomains).expect("known");
            assert_eq!(domains, ["northwind.example"], "the table of brands knows it");
        });
    }
}
