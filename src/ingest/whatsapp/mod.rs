//! WhatsApp's "Export chat": a text with one message a line or more, alone or in the zip that an iPhone makes.

mod dates;
mod line;
mod text;
mod words;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::chat::{self, Chats, Conversation};
use crate::dossier::{Channel, ContactKind, Message, NameKind, Section, Sender};
use crate::ingest::bounded;
use line::{Head, Layout};
use std::collections::BTreeSet;
use std::io::{self, BufRead};
use words::{Means, plain};

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: "whatsapp",
    description: "WhatsApp's \"Export chat\": `WhatsApp Chat with X.txt`, `_chat.txt`, or the zip of one",
    recognised_by: "a text that is named as WhatsApp names exports, or whose lines begin with date, time and a name; a zip with such a text",
    becomes: "one dossier for each person who wrote to the owner",
    shows: &[Section::Contacts, Section::Messages],
    gathers: Some(is_member),
    detect,
    open,
};

/// Whether a file is such an export.
///
/// Logs of programs look the same: without the messenger's name for a file nobody can be certain.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if let Some(entries) = glimpse.entries {
        return entries.iter().any(|name| is_named(name)).then_some(Confidence::Certain);
    }
    if !glimpse.has_extension(&["txt"]) && glimpse.name.contains('.') {
        return None;
    }
    let head = String::from_utf8_lossy(glimpse.head);
    let mut lines = head.lines().filter(|line| !plain(line).is_empty());
    let first = lines.next().and_then(line::head)?;
    let is_marked = is_named(glimpse.name)
        || words::meaning(first.rest) == Some(Means::System)
        || text::author(first.rest).is_some_and(|(_, said)| words::meaning(said) == Some(Means::System));
    Some(if is_marked { Confidence::Certain } else { Confidence::Possible })
}

/// Chats of one phone, wherever in a folder they lie, are one input: who wrote in two is one person.
fn is_member(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool {
    chat::is_certain(path, "txt", head, detect)
}

/// Whether the messenger calls its exports so.
fn is_named(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let Some((stem, last)) = name.rsplit_once('.') else { return false };
    last.eq_ignore_ascii_case("txt") && (stem == "_chat" || words::after(stem, Means::With).is_some())
}

/// The other's name, or the group's, as the name of the file or of the folder or archive around it gives it.
fn named_after(path: &str) -> Option<String> {
    path.rsplit(['/', '\\']).find_map(|part| {
        let stem = part.rsplit_once('.').filter(|(_, last)| last.len() <= 3).map_or(part, |(stem, _)| stem);
        let name = plain(words::after(stem, Means::With)?);
        // A second download is called `… (1)`.
        let name = name.rsplit_once(" (").filter(|(_, copy)| copy.trim_end_matches(')').parse::<u8>().is_ok());
        let name = name.map_or_else(|| words::after(stem, Means::With).map(plain), |(name, _)| Some(name));
        name.filter(|name| !name.is_empty()).map(str::to_owned)
    })
}

/// Reads an export.
fn open(opened: Opened, context: &Context) -> Items {
    chat::items(&ADAPTER, context, |chats, context| {
        let most = context.limits.max_entry_bytes;
        let around = context.source.path.to_string();
        chat::each(
            opened,
            chats,
            context,
            |name| is_named(name).then_some(0),
            |reader, name, chats| match whole(reader, most) {
                Ok(bytes) => read(&bytes, named_after(&format!("{around}/{name}")).as_deref(), chats),
                Err(reason) => {
                    chats.gathered.reject(None, reason);
                    Ok(())
                }
            },
        )
    })
}

/// The order of day and month shows only at the end: a chat is held as a whole. The messenger exports 40,000 messages.
fn whole(reader: &mut dyn BufRead, most: u64) -> Result<Vec<u8>, String> {
    let bytes = bounded::read(reader, most).map_err(|error| error.to_string())?;
    bytes.ok_or_else(|| format!("it has more than the {most} bytes that an entry may have"))
}

/// A message with the lines that go on with it.
struct Block<'a> {
    head: Head<'a>,
    line: u64,
    /// Lines after the first.
    more: Vec<&'a str>,
}

/// Reads one chat, which may be called after the other side.
fn read(bytes: &[u8], called: Option<&str>, chats: &mut Chats) -> io::Result<()> {
    let text = String::from_utf8_lossy(bytes);
    if text.contains('\u{fffd}') && std::str::from_utf8(bytes).is_err() {
        chats.gathered.note(None, "chats that are not all UTF-8: what could not be read stands as \u{fffd}");
    }
    let blocks = blocks(&text, chats);
    if blocks.is_empty() {
        chats.gathered.reject(None, "expected lines that begin with date, time and a name, found none".to_owned());
        return Ok(());
    }
    let heads: Vec<&Head<'_>> = blocks.iter().map(|block| &block.head).collect();
    let order = match dates::order(&heads) {
        Ok(order) => order,
        Err(reason) => {
            chats.gathered.reject(None, reason.to_owned());
            return Ok(());
        }
    };
    // One word before all times is a preposition; several tell halves of the day that nobody knows.
    let words: BTreeSet<&str> = heads.iter().map(|head| head.word).filter(|word| !word.is_empty()).collect();
    let has_time = words.len() < 2;
    if !has_time {
        chats.gathered.note(None, "chats whose times have words that nobody knows, so that only days are kept");
    }
    let label = called.unwrap_or_default().to_owned();
    let conversation = chats.converse(Conversation { label, ..Conversation::default() });
    let source = chats.gathered.name(chats.gathered.current());
    let mut authors = BTreeSet::new();
    for block in &blocks {
        let Some((author, said)) = text::author(block.head.rest) else {
            chats.gathered.note(Some(block.line), "lines of the messenger, which nobody wrote");
            continue;
        };
        let Some(content) = text::content(said, &block.more) else {
            chats.gathered.note(Some(block.line), "lines of the messenger, which nobody wrote");
            continue;
        };
        let at = order.date(&block.head, has_time);
        if at.is_none() {
            chats.gathered.note(Some(block.line), "messages whose date is none, which is left open");
        }
        let person = person(author, &source, chats);
        authors.insert(person);
        let message = Message {
            at,
            channel: Some(Channel::Whatsapp),
            sender: Sender { name: Some(author.to_owned()), ..Sender::default() },
            text: content.text.map(Into::into),
            attachments: content.attachments,
            ..Message::default()
        };
        chats.say(conversation, person, block.line, &message)?;
    }
    // A chat of two is called after the other; a group may be called anything.
    if let Some(called) = called {
        let other = chats.person(called);
        let is_pair = authors.contains(&other) && authors.len() <= 2;
        if let Some(conversation) = chats.conversation(conversation).filter(|_| is_pair) {
            conversation.other = Some(other);
        }
    }
    Ok(())
}

/// The messages of a chat: what is laid out as most of its lines begins one, everything else goes on.
fn blocks<'t>(text: &'t str, chats: &mut Chats) -> Vec<Block<'t>> {
    let heads: Vec<Option<Head<'t>>> = text.lines().map(line::head).collect();
    let layout = layout(&heads);
    let mut blocks: Vec<Block<'t>> = Vec::new();
    for ((line, written), head) in (1_u64..).zip(text.lines()).zip(heads) {
        let head = head.filter(|head| layout == Some(head.layout));
        match (head, blocks.last_mut()) {
            (Some(head), _) => blocks.push(Block { head, line, more: Vec::new() }),
            (None, Some(block)) => block.more.push(written),
            (None, None) if plain(written).is_empty() => {}
            (None, None) => chats.gathered.note(Some(line), "lines before the first message"),
        }
    }
    blocks
}

/// The layout that most lines are in, of several the first: a message may quote a line of another export, and a damaged line
/// may look like one.
fn layout(heads: &[Option<Head<'_>>]) -> Option<Layout> {
    let mut counts: Vec<(Layout, usize)> = Vec::new();
    for head in heads.iter().flatten() {
        match counts.iter_mut().find(|(layout, _)| *layout == head.layout) {
            Some((_, count)) => *count += 1,
            None => counts.push((head.layout, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(layout, _)| layout)
}

/// Whoever is shown by a name or, where the phone does not know them, by their number.
fn person(author: &str, source: &str, chats: &mut Chats) -> u32 {
    let number = chats.person(author);
    if let Some(person) = chats.known(number) {
        if text::is_phone(author) {
            person.contact(ContactKind::Phone, author.to_owned(), source);
        } else {
            // Unknown people are shown by the name that they chose, after `~`.
            person.name(plain(author.trim_start_matches('~')), NameKind::Display, source);
        }
    }
    number
}
