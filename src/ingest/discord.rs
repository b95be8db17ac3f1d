//! Discord, as DiscordChatExporter writes it as JSON: one channel or conversation a file.

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::chat::{self, Chats, Conversation};
use super::fields::{Fields, Notes};
use super::json::{
    self,
    stream::{Path, Walk, Way},
};
use super::narrow::is_called;
use crate::dossier::{Account, Attachment, Channel, Date, Message, NameKind, Section, Sender};
use serde_json::{Map, Value};
use std::io;

const NAME: &str = "discord";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "Discord as DiscordChatExporter writes it as JSON: one channel or conversation a file",
    recognised_by: "JSON with `guild`, `channel`, `exportedAt` and `messages`",
    becomes: "one dossier for each person who wrote to the owner",
    shows: &[Section::Accounts, Section::Messages],
    gathers: Some(is_member),
    detect,
    open,
};

/// The first second from which Discord counts the time in its ids.
const EPOCH: u64 = 1_420_070_400_000;
/// The least id that was ever given to somebody's account; smaller ones are made up.
const FIRST_ID: u64 = 10_000_000_000_000_000;
/// Kinds of messages that somebody wrote.
const WRITTEN: [&str; 2] = ["Default", "Reply"];
/// Fields of a message that are known and have no place in the record.
const DROPPED: [&str; 16] = [
    "timestampEdited",
    "callEndedTimestamp",
    "isPinned",
    "embeds",
    "stickers",
    "reactions",
    "mentions",
    "reference",
    "interaction",
    "inlineEmojis",
    "forwardedMessage",
    "roles",
    "color",
    "avatarUrl",
    "poll",
    "components",
];

/// Whether a file is such an export.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let marks = ["\"guild\"", "\"channel\"", "\"exportedAt\"", "\"messages\""];
    json::has_all(glimpse, &marks).then_some(Confidence::Certain)
}

/// Conversations of one account, wherever in a folder they lie, are one input: who wrote in two is one person.
fn is_member(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool {
    chat::is_certain(path, "json", head, detect)
}

/// Whether a file is called as JSON is.
fn is_json(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case("json"))
}

/// Reads an export.
fn open(opened: Opened, context: &Context) -> Items {
    chat::items(&ADAPTER, context, |chats, context| {
        let turn = |name: &str| is_json(name).then_some(0);
        chat::each(opened, chats, context, turn, |reader, _, chats| {
            let conversation =
                chats.converse(Conversation { pointer: Some("/messages".to_owned()), ..Conversation::default() });
            let export = Export { chats, conversation, called: None };
            chat::walk(reader, &context.limits, export, Export::finish)
        })
    })
}

/// A file while it is walked through.
struct Export<'c> {
    chats: &'c mut Chats,
    conversation: u32,
    /// What a conversation of two is called: after the other side.
    called: Option<String>,
}

impl Walk for Export<'_> {
    fn way(&mut self, at: &Path) -> Way {
        if at.is(&[]) || at.is(&["messages"]) {
            return Way::Enter;
        }
        if at.is(&["messages", "*"]) || at.is(&["channel"]) {
            return Way::Take;
        }
        if !["guild", "dateRange", "exportedAt", "messageCount"].iter().any(|key| at.is(&[key])) {
            self.chats.unknown(vec![at.starred()]);
        }
        Way::Pass
    }

    fn take(&mut self, at: &Path, value: Value) -> io::Result<()> {
        match value {
            Value::Object(object) if at.key() == Some("channel") => self.channel(object),
            Value::Object(object) => self.message(at, object)?,
            other => self.chats.unexpected(at, &other),
        }
        Ok(())
    }
}

impl<'c> Export<'c> {
    fn channel(&mut self, object: Map<String, Value>) {
        let notes = Notes::default();
        let mut fields = Fields::below("/channel".to_owned(), object, &notes);
        let (id, name, kind) = (fields.text("id"), fields.text("name"), fields.text("type"));
        fields.drop_all(&["categoryId", "category", "topic", "iconUrl", "position"]);
        fields.finish();
        self.chats.unknown(notes.finish().0);
        let Some(conversation) = self.chats.conversation(self.conversation) else { return };
        conversation.is_open = !matches!(kind.as_deref(), Some("DirectTextChat" | "DirectGroupTextChat"));
        self.called = name.clone().filter(|_| kind.as_deref() == Some("DirectTextChat"));
        conversation.label = match (name, id) {
            (Some(name), Some(id)) => format!("{name} [{id}]"),
            (name, id) => name.or(id).unwrap_or_default(),
        };
    }

    fn message(&mut self, at: &Path, object: Map<String, Value>) -> io::Result<()> {
        let notes = Notes::default();
        let mut fields = Fields::below(at.starred(), object, &notes);
        let (id, kind) = (fields.text("id"), fields.text("type"));
        if let Some(kind) = kind.filter(|kind| !WRITTEN.contains(&kind.as_str())) {
            self.chats.service(at, &kind);
            return Ok(());
        }
        let author = fields.object("author").and_then(Author::of);
        let message = Message {
            id,
            at: fields.date("timestamp"),
            channel: Some(Channel::Discord),
            text: fields.text("content").map(Into::into),
            attachments: fields.objects("attachments").into_iter().map(attachment).collect(),
            ..Message::default()
        };
        fields.drop_all(&DROPPED);
        fields.finish();
        let (unknown, dropped) = notes.finish();
        self.chats.unknown(unknown);
        let Some(author) = author else {
            let reason =
                "expected who wrote the message in `author`, with an `id`, found nothing (export the channel again)";
            self.chats.gathered.reject_at(self.chats.place(at), reason.to_owned());
            return Ok(());
        };
        if author.is_bot {
            self.chats.gathered.note_at(self.chats.place(at), "messages of bots");
            return Ok(());
        }
        let (number, source) = (self.chats.person(&author.id), self.chats.source());
        let sender = Sender { name: author.shown.clone(), handle: author.handle.clone(), ..Sender::default() };
        if let Some(person) = self.chats.known(number) {
            person.name(author.shown.as_deref().unwrap_or_default(), NameKind::Display, &source);
            person.dropped(dropped);
            if person.dossier.accounts.is_empty() {
                person.dossier.accounts.push(author.account());
            }
        }
        let spot = at.index().unwrap_or_default();
        self.chats.say(self.conversation, number, spot, &Message { sender, ..message })
    }

    /// Now that all is read it shows who the other side is.
    fn finish(self) -> &'c mut Chats {
        let Self { chats, conversation, called } = self;
        let Some(called) = called else { return chats };
        let members: Vec<u32> =
            chats.conversation(conversation).map(|one| one.members.iter().copied().collect()).unwrap_or_default();
        let is_so = |member: &u32| chats.known(*member).is_some_and(|person| is_called(&person.dossier, &called));
        let others: Vec<u32> = members.into_iter().filter(is_so).collect();
        if let ([other], Some(conversation)) = (others.as_slice(), chats.conversation(conversation)) {
            conversation.other = Some(*other);
        }
        chats
    }
}

/// Who wrote a message.
struct Author {
    id: String,
    handle: Option<String>,
    shown: Option<String>,
    is_bot: bool,
}

impl Author {
    fn of(mut fields: Fields<'_>) -> Option<Self> {
        let (id, name, number) = (fields.text("id"), fields.text("name"), fields.text("discriminator"));
        // Names of before 2023 have a number that tells them apart.
        let number = number.filter(|number| number.bytes().any(|digit| digit != b'0'));
        let handle = name.map(|name| number.map_or_else(|| name.clone(), |number| format!("{name}#{number}")));
        let shown = fields.text("nickname").or_else(|| handle.clone());
        let is_bot = fields.value("isBot") == Some(Value::Bool(true));
        fields.drop_all(&DROPPED);
        fields.finish();
        Some(Self { id: id?, handle, shown, is_bot })
    }

    /// The account; its id says to the second when it was made.
    fn account(self) -> Account {
        let id = self.id.parse::<u64>().ok().filter(|id| *id >= FIRST_ID);
        let created = id.and_then(|id| i64::try_from(((id >> 22) + EPOCH) / 1_000).ok()).and_then(Date::from_timestamp);
        Account {
            network: Some(NAME.to_owned()),
            handle: self.handle,
            id: Some(self.id),
            created_at: created,
            ..Account::default()
        }
    }
}

fn attachment(mut fields: Fields<'_>) -> Attachment {
    let attachment =
        Attachment { name: fields.text("fileName"), bytes: fields.count("fileSizeBytes"), ..Attachment::default() };
    fields.drop_all(&["id", "url"]);
    fields.finish();
    attachment
}
