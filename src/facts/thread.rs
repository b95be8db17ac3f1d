//! Threads: how a conversation went, from the subject's side.

use super::catalogue::Field;
use super::category::Category;
use super::context::Context;
use super::element::{ElementsBuilder, Origin, Value};
use super::links::LinkClass;
use super::names;
use super::near::Compared;
use super::texts::TextOf;
use crate::dossier::{Message, Path, Place};

/// A message of fewer different words repeats nothing.
const FEWEST_WORDS: usize = 5;

/// Each thread.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    for thread in ctx.conversation.threads() {
        let Some(&first) = thread.first() else { continue };
        let path = Path::at("/messages/*", first as usize);
        let messages: Vec<(usize, &'d Message)> = thread
            .iter()
            .filter_map(|index| Some((*index as usize, ctx.dossier.messages.get(*index as usize)?)))
            .collect();
        counts(builder, &messages, path);
        intents(ctx, builder, &messages);
        span(builder, &messages);
        first_link(ctx, builder, &messages);
        names_disagree(ctx, builder, &messages);
        follow_ups(builder, &messages, path);
        builder.element(Category::Thread, path);
    }
}

fn counts<'d>(builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)], path: Path) {
    let whole = || Origin::derived(Place::whole(path));
    builder.number(Field::ThreadMessages, messages.len() as f64, whole());
    let sides = messages.iter().map(|(_, message)| message.from_subject);
    let own = sides.clone().filter(|side| *side == Some(true)).count();
    let others = sides.clone().filter(|side| *side == Some(false)).count();
    let all_known = sides.clone().all(|side| side.is_some());
    if all_known {
        builder.number(Field::ThreadMessagesFromSubject, own as f64, whole());
    }
    if own > 0 && others > 0 {
        builder.flag(Field::ThreadAnswered, true, whole());
    } else if all_known {
        builder.flag(Field::ThreadAnswered, false, whole());
    }
    if let Some((first, message)) = messages.first() {
        if let Some(own) = message.from_subject {
            let place = Place::whole(Path::at("/messages/*/from_subject", *first));
            builder.flag(Field::ThreadFirstFromSubject, own, Origin::read(place));
        }
        if let Some(channel) = message.channel {
            builder.text(Field::ThreadFirstChannel, channel.as_str(), Path::at("/messages/*/channel", *first));
        }
    }
    let mut channels = Vec::new();
    for (index, message) in messages {
        if let Some(channel) = message.channel
            && !channels.contains(&channel)
        {
            channels.push(channel);
            builder.text(Field::ThreadChannels, channel.as_str(), Path::at("/messages/*/channel", *index));
        }
    }
}

/// Each intent once, where the subject's messages first have it.
fn intents<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)]) {
    let mut seen = Vec::new();
    for (index, message) in messages.iter().filter(|(_, message)| message.from_subject == Some(true)) {
        let texts = [
            (message.subject.is_some(), "/messages/*/subject", TextOf::MessageSubject(*index)),
            (message.text.is_some(), "/messages/*/text", TextOf::MessageText(*index)),
        ];
        for (_, template, text) in texts.into_iter().filter(|(written, ..)| *written) {
            builder.known(Field::ThreadIntent);
            for hit in ctx.texts.of(text) {
                if !seen.contains(&hit.intent) {
                    seen.push(hit.intent);
                    let place = Place::part(Path::at(template, *index), hit.span.start, hit.span.end);
                    let value = Value::Text(ctx.intent_name(hit.intent).into());
                    builder.fact(Field::ThreadIntent, value, Origin::read(place));
                }
            }
        }
    }
}

fn at(index: usize) -> Place {
    Place::whole(Path::at("/messages/*/at", index))
}

fn span<'d>(builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)]) {
    let mut dated = messages.iter().filter_map(|(index, message)| Some((*index, message.at?)));
    let Some((first, began)) = dated.next() else { return };
    let (last, ended) = dated.next_back().unwrap_or((first, began));
    let days = if first == last { 0.0 } else { began.days_until(ended).0.max(0.0) };
    builder.number(Field::ThreadDays, days, Origin::derived_from([at(first), at(last)]));
}

fn first_link<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)]) {
    let own = |message: &Message| message.from_subject == Some(true);
    if messages.iter().any(|(_, message)| own(message)) {
        builder.known(Field::ThreadDaysBeforeFirstLink);
        builder.known(Field::ThreadMessagesBeforeFirstLink);
        builder.known(Field::ThreadFirstLinkClass);
    }
    let has_links = |index: usize| !ctx.conversation.links_of(index).is_empty();
    let carries =
        |(index, message): &(usize, &Message)| own(message) && (has_links(*index) || !message.attachments.is_empty());
    if let Some((index, _)) = messages.iter().find(|(index, message)| own(message) && has_links(*index)) {
        let links = ctx.conversation.links_of(*index);
        let class = links.iter().fold(LinkClass::default(), |class, link| class.and(link.class));
        let Some(link) = links.first() else { return };
        for word in class.words() {
            builder.fact(Field::ThreadFirstLinkClass, Value::Text(word.into()), Origin::read(link.place));
        }
    }
    let Some(position) = messages.iter().position(carries) else { return };
    let (index, message) = messages[position];
    let place = Place::whole(Path::at("/messages/*", index));
    builder.number(Field::ThreadMessagesBeforeFirstLink, position as f64, Origin::derived(place));
    if let Some(sent) = message.at
        && let Some((first, began)) = messages.iter().find_map(|(index, message)| Some((*index, message.at?)))
    {
        let days = if first == index { 0.0 } else { began.days_until(sent).0.max(0.0) };
        builder.number(Field::ThreadDaysBeforeFirstLink, days, Origin::derived_from([at(first), at(index)]));
    }
}

/// Compares each new sender name with the first; two spellings of one name agree.
fn names_disagree<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)]) {
    let mut own = messages
        .iter()
        .filter(|(_, message)| message.from_subject == Some(true))
        .filter_map(|(index, message)| Some((*index, message.sender.name.as_deref()?)));
    let Some((first, name)) = own.next() else { return };
    let place = |index| Place::whole(Path::at("/messages/*/sender/name", index));
    let mut compared = None;
    let mut last = name;
    for (index, other) in own {
        if other == name || other == last {
            compared = compared.or(Some((index, true)));
            continue;
        }
        last = other;
        match names::agree(name, other, &ctx.knowledge.names) {
            Some(false) => {
                compared = Some((index, false));
                break;
            }
            Some(true) => compared = compared.or(Some((index, true))),
            None => {}
        }
    }
    if let Some((index, agree)) = compared {
        let origin = Origin::derived_from([place(first), place(index)]);
        builder.flag(Field::ThreadSenderNamesDisagree, !agree, origin);
    }
}

fn follow_ups<'d>(builder: &mut ElementsBuilder<'d>, messages: &[(usize, &'d Message)], path: Path) {
    if !messages.iter().all(|(_, message)| message.from_subject.is_some()) {
        return;
    }
    let mut places = Vec::new();
    let mut before: Option<Compared<'_>> = None;
    for (index, message) in messages {
        let text = message.text.as_deref().filter(|_| message.from_subject == Some(true)).map(Compared::new);
        if let (Some(first), Some(second)) = (&before, &text)
            && first.nearly_equals(second, FEWEST_WORDS) == Some(true)
        {
            places.push(Place::whole(Path::at("/messages/*/text", *index)));
        }
        before = text;
    }
    let count = places.len() as f64;
    let origin = if places.is_empty() { Origin::derived(Place::whole(path)) } else { Origin::derived_from(places) };
    builder.number(Field::ThreadRepeatedFollowUps, count, origin);
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::facts::tests::{values, with_facts};
    use serde_json::json;

    fn thread(elements: &crate::facts::Elements<'_>, field: Field) -> Option<String> {
        values(elements, Category::Thread, 0, field).map(|found| found.join(" "))
    }

    #[test]
    fn a_thread_tells_how_the_conversation_went() {
        let dossier = json!({"messages": [
            {"thread": "t", "from_subject": true, "at": "2026-03-01T08:00:00Z", "channel": "linkedin", "text": "Hello"},
            {"thread": "t", "from_subject": false, "at": "2026-03-02T08:00:00Z", "channel": "linkedin", "text": "Hi"},
            {"thread": "t", "from_subject": true, "at": "2026-03-21T08:00:00Z", "channel": "email",
             "text": "As promised: https://meet.example/7 and https://shrt.example/x"},
        ]});
        with_facts(dossier, |elements| {
            for (field, expected) in [
                (Field::ThreadMessages, "3"),
                (Field::ThreadMessagesFromSubject, "2"),
                (Field::ThreadDays, "20"),
                (Field::ThreadFirstFromSubject, "true"),
                (Field::ThreadFirstChannel, "linkedin"),
                (Field::ThreadChannels, "linkedin email"),
                (Field::ThreadAnswered, "true"),
                (Field::ThreadMessagesBeforeFirstLink, "2"),
                (Field::ThreadDaysBeforeFirstLink, "20"),
                (Field::ThreadFirstLinkClass, "shortener meeting"),
                (Field::ThreadRepeatedFollowUps, "0"),
            ] {
                assert_eq!(thread(elements, field).as_deref(), Some(expected), "{field:?}");
            }
        });
    }

    #[test]
    fn follow_ups_without_an_answer_are_counted() {
        let text = "Hi Ana, did you have time to look at the role we spoke about?";
        let dossier = json!({"messages": [
            {"from_subject": true, "text": text},
            {"from_subject": true, "text": text},
            {"from_subject": true, "text": text},
            {"from_subject": false, "text": "Please stop writing."},
            {"from_subject": true, "text": text},
        ]});
        with_facts(dossier, |elements| {
            assert_eq!(thread(elements, Field::ThreadRepeatedFollowUps).as_deref(), Some("2"));
            assert_eq!(thread(elements, Field::ThreadFirstLinkClass).as_deref(), Some(""), "known to be none");
        });
    }

    #[test]
    fn sender_names_that_are_two_people_disagree() {
        let dossier = |second: &str| {
            json!({"messages": [
                {"from_subject": true, "sender": {"name": "Ana Example"}, "text": "Hello"},
                {"from_subject": true, "sender": {"name": second}, "text": "Hello again"},
            ]})
        };
        with_facts(dossier("Boris Sampleton"), |elements| {
            assert_eq!(thread(elements, Field::ThreadSenderNamesDisagree).as_deref(), Some("true"));
        });
        with_facts(dossier("Ana Example"), |elements| {
            assert_eq!(thread(elements, Field::ThreadSenderNamesDisagree).as_deref(), Some("false"));
        });
    }
}
