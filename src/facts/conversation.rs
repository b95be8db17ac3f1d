//! Conversations: which messages make a thread, in what order, and where each leads.
//!
//! The order of a thread is that of time where times are known, else that of the record.
//! What is a fact of it is said by `message` and `thread`.

use super::domains;
use super::employers::Employers;
use super::hosts::HostClass;
use super::knowledge::Knowledge;
use super::links::{self, LinkClass};
use crate::dossier::{Date, Dossier, Message, Path, Place};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Threads and links of a dossier's messages, read once.
#[derive(Debug, Default)]
pub(crate) struct Conversation<'d> {
    /// Positions of messages, thread by thread, each thread in its order.
    order: Vec<u32>,
    threads: Vec<Range<u32>>,
    /// For each message of the dossier, where it stands.
    turns: Vec<Turn>,
    links: Vec<MessageLink<'d>>,
    /// For each message, the end of its links.
    link_ends: Vec<u32>,
}

/// Where a message stands in its thread.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Turn {
    /// Among the messages of its side, from 1; unknown after a message whose side is not stated.
    pub(crate) position: Option<u32>,
    /// The first message of the thread that has a date.
    pub(crate) began: Option<u32>,
    /// The other side's last message before this one.
    pub(crate) answers: Option<u32>,
    /// Whether the other side had written before.
    pub(crate) was_asked: Option<bool>,
}

/// A link of a message.
#[derive(Debug)]
pub(crate) struct MessageLink<'d> {
    pub(crate) host: Cow<'d, str>,
    pub(crate) class: LinkClass,
    /// The domain that its host imitates.
    pub(crate) imitates: Option<String>,
    pub(crate) place: Place,
    /// Where its visible text stands and whether that names another domain; only where it names one.
    pub(crate) visible: Option<(Place, bool)>,
}

impl<'d> Conversation<'d> {
    /// Orders the threads and reads the links.
    pub(crate) fn new(dossier: &'d Dossier, knowledge: &Knowledge<'d>, employers: &Employers<'d>, now: Date) -> Self {
        let mut conversation = Self::default();
        if dossier.messages.is_empty() {
            return conversation;
        }
        conversation.order_threads(&dossier.messages);
        conversation.take_turns(&dossier.messages);
        for (index, message) in dossier.messages.iter().enumerate() {
            conversation.read_links(index, message, dossier, knowledge, employers, now);
            conversation.link_ends.push(narrow(conversation.links.len()));
        }
        conversation
    }

    /// The threads, by their first message in the record; each as positions of messages, in order.
    pub(crate) fn threads(&self) -> impl Iterator<Item = &[u32]> {
        self.threads.iter().filter_map(|range| self.order.get(range.start as usize..range.end as usize))
    }

    /// Where a message stands in its thread.
    pub(crate) fn turn(&self, message: usize) -> Option<Turn> {
        self.turns.get(message).copied()
    }

    /// The links of a message.
    pub(crate) fn links_of(&self, message: usize) -> &[MessageLink<'d>] {
        let end = |index: usize| self.link_ends.get(index).map_or(0, |end| *end as usize);
        let start = message.checked_sub(1).map_or(0, end);
        self.links.get(start..end(message)).unwrap_or_default()
    }

    /// Every link with the position of its message.
    pub(crate) fn links(&self) -> impl Iterator<Item = (usize, &MessageLink<'d>)> {
        (0..self.link_ends.len()).flat_map(|message| self.links_of(message).iter().map(move |link| (message, link)))
    }

    fn order_threads(&mut self, messages: &[Message]) {
        let mut numbers: BTreeMap<Option<&str>, u32> = BTreeMap::new();
        let mut last_time: Vec<i64> = Vec::new();
        let mut keys: Vec<(u32, i64, u32)> = Vec::with_capacity(messages.len());
        for (index, message) in messages.iter().enumerate() {
            let next = narrow(numbers.len());
            let number = *numbers.entry(message.thread.as_deref()).or_insert(next);
            if last_time.len() <= number as usize {
                last_time.push(i64::MIN);
            }
            // A message without a date stays behind the one that it follows in the record.
            let last = &mut last_time[number as usize];
            if let Some(at) = message.at {
                let interval = at.interval();
                *last = i64::midpoint(interval.earliest, interval.latest);
            }
            keys.push((number, *last, narrow(index)));
        }
        keys.sort_unstable();
        for chunk in keys.chunk_by(|first, second| first.0 == second.0) {
            let start = narrow(self.order.len());
            self.order.extend(chunk.iter().map(|(.., index)| *index));
            self.threads.push(start..narrow(self.order.len()));
        }
    }

    fn take_turns(&mut self, messages: &[Message]) {
        self.turns = vec![Turn::default(); messages.len()];
        for range in &self.threads {
            let mut written = [0_u32; 2];
            let mut last: [Option<u32>; 2] = [None; 2];
            let mut side_missing = false;
            let mut began = None;
            for &index in &self.order[range.start as usize..range.end as usize] {
                let message = &messages[index as usize];
                if began.is_none() && message.at.is_some() {
                    began = Some(index);
                }
                let turn = &mut self.turns[index as usize];
                turn.began = began;
                let Some(own) = message.from_subject.map(usize::from) else {
                    side_missing = true;
                    continue;
                };
                written[own] += 1;
                turn.position = (!side_missing).then_some(written[own]);
                turn.answers = last[1 - own];
                turn.was_asked = match last[1 - own] {
                    Some(_) => Some(true),
                    None => (!side_missing).then_some(false),
                };
                last[own] = Some(index);
            }
        }
    }

    fn read_links(
        &mut self,
        index: usize,
        message: &'d Message,
        dossier: &Dossier,
        knowledge: &Knowledge<'d>,
        employers: &Employers<'d>,
        now: Date,
    ) {
        let at = message.at.unwrap_or(now);
        let mut push = |url: &str, host: Cow<'d, str>, place: Place, visible| {
            let (class, imitation) = links::classify(url, &host, at, dossier, knowledge, employers);
            let imitates = imitation.map(|imitation| imitation.of.to_owned());
            self.links.push(MessageLink { host, class, imitates, place, visible });
        };
        let texts = [("/messages/*/subject", &message.subject), ("/messages/*/text", &message.text)];
        for (template, text) in texts {
            let Some(text) = text else { continue };
            links::find(text, |found| {
                let place = Place::part(Path::at(template, index), found.span.start, found.span.end);
                push(&text[found.span], found.host, place, None);
            });
        }
        for (position, link) in message.links.iter().enumerate() {
            let Some(host) = domains::host(&link.href) else { continue };
            let place = Place::whole(Path::at2("/messages/*/links/*/href", index, position));
            let visible = link.text.as_deref().and_then(|text| {
                let differs = names_other_domain(text, &host, knowledge)?;
                Some((Place::whole(Path::at2("/messages/*/links/*/text", index, position)), differs))
            });
            push(&link.href, host, place, visible);
        }
    }
}

/// Whether a link's visible text names another domain than its target; `None` if it names none, or if the target
/// is a gateway or mailing tool that rewrites every link.
fn names_other_domain(text: &str, host: &str, knowledge: &Knowledge<'_>) -> Option<bool> {
    if knowledge.domains.classes(host).any(HostClass::WRAPPER.and(HostClass::RELAY)) {
        return None;
    }
    let mut differs = None;
    links::find(text, |found| {
        let other = domains::registrable(&found.host) != domains::registrable(host);
        differs = Some(differs.unwrap_or(false) || other);
    });
    differs
}

/// Records hold fewer than 4 billion messages and links.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
