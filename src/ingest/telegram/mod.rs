//! Telegram Desktop's export as JSON: one chat, or the whole account.
//!
//! The document is walked from its start, message by message, for an account's is often larger than memory.

mod message;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::chat::{self, Chats, Conversation};
use super::fields::{Fields, Notes};
use super::json::{
    self,
    stream::{Path, Walk, Way},
};
use crate::dossier::{Account, ContactKind, NameKind, Section};
use serde_json::{Map, Value};
use std::io;

const NAME: &str = "telegram";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "Telegram Desktop's export as JSON: result.json of one chat or of the whole account",
    recognised_by: "JSON with `messages`, `from_id` and `text`, or with `personal_information` and `chats`; a zip with `result.json`",
    becomes: "one dossier for each person who wrote to the owner",
    shows: &[Section::Accounts, Section::Contacts, Section::Messages],
    gathers: Some(is_member),
    detect,
    open,
};

/// Parts of an account's export that say nothing of those who wrote.
const PASSED: [&str; 10] = [
    "about",
    "frequent_contacts",
    "ips",
    "other_data",
    "profile_music",
    "profile_pictures",
    "sessions",
    "stories",
    "web_sessions",
    "gifts",
];
/// Kinds of chats in which people are who never met the owner.
const OPEN: [&str; 3] = ["public_channel", "private_channel", "public_supergroup"];

/// Whether a file is such an export.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    if let Some(entries) = glimpse.entries {
        let results = || entries.iter().filter(|name| is_result(name));
        let is_marked = results().any(|name| name.contains("ChatExport_") || name.contains("DataExport_"));
        let sure = if is_marked { Confidence::Certain } else { Confidence::Possible };
        return results().next().map(|_| sure);
    }
    let is_chat = json::has_all(glimpse, &["\"messages\"", "\"from_id\"", "\"text\""]);
    let is_account = || json::has_all(glimpse, &["\"personal_information\"", "\"user_id\""]);
    (is_chat || is_account()).then_some(Confidence::Certain)
}

fn is_result(name: &str) -> bool {
    name.rsplit('/').next() == Some("result.json")
}

/// Chats of one account, wherever in a folder they lie, are one input: who wrote in two is one person.
fn is_member(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool {
    chat::is_certain(path, "json", head, detect)
}

/// Reads an export.
fn open(opened: Opened, context: &Context) -> Items {
    chat::items(&ADAPTER, context, |chats, context| {
        let turn = |name: &str| is_result(name).then_some(0);
        chat::each(opened, chats, context, turn, |reader, _, chats| {
            chat::walk(reader, &context.limits, Export { chats, chat: None }, |export| export.chats)
        })
    })
}

/// An export while it is walked through.
struct Export<'c> {
    chats: &'c mut Chats,
    chat: Option<Chat>,
}

/// The chat that is being read.
#[derive(Debug, Clone, Default)]
struct Chat {
    number: u32,
    id: Option<String>,
    name: Option<String>,
    kind: Option<String>,
}

impl Walk for Export<'_> {
    fn way(&mut self, at: &Path) -> Way {
        let lists = ["chats", "left_chats"];
        let below = |rest: &[&str]| lists.iter().any(|list| at.is(&[&[*list], rest].concat()));
        if at.is(&[]) || below(&["list", "*"]) {
            self.begin(at);
            return Way::Enter;
        }
        let is_chat = |key: &str| at.is(&[key]) || below(&["list", "*", key]);
        if is_chat("messages") || below(&[]) || below(&["list"]) || at.is(&["contacts"]) || at.is(&["contacts", "list"])
        {
            return Way::Enter;
        }
        let is_message = at.is(&["messages", "*"]) || below(&["list", "*", "messages", "*"]);
        let is_taken = is_message || ["id", "name", "type"].iter().any(|key| is_chat(key));
        if is_taken || at.is(&["personal_information"]) || at.is(&["contacts", "list", "*"]) {
            return Way::Take;
        }
        match at.key() {
            Some("about") => {}
            Some(key) if PASSED.contains(&key) => {
                self.chats
                    .gathered
                    .note(None, format!("parts of the export that say nothing of those who wrote (`{key}`)"));
            }
            _ => self.chats.unknown(vec![at.starred()]),
        }
        Way::Pass
    }

    fn take(&mut self, at: &Path, value: Value) -> io::Result<()> {
        match (at.key(), value) {
            (Some("personal_information"), Value::Object(owner)) => {
                if let Some(id) = owner.get("user_id").and_then(id_of) {
                    self.chats.owner = Some(self.chats.person(&format!("user{id}")));
                }
            }
            (Some(key @ ("id" | "name" | "type")), value) => self.describe(key, &value),
            (None, Value::Object(object)) if at.is(&["contacts", "list", "*"]) => self.contact(at, object),
            (None, Value::Object(object)) => self.message(at, object)?,
            (_, value) => self.chats.unexpected(at, &value),
        }
        Ok(())
    }
}

impl Export<'_> {
    fn begin(&mut self, at: &Path) {
        let pointer = Some(format!("{}/messages", at.pointer()));
        let number = self.chats.converse(Conversation { pointer, ..Conversation::default() });
        self.chat = Some(Chat { number, ..Chat::default() });
    }

    /// What a chat says of itself, in whatever order.
    fn describe(&mut self, key: &str, value: &Value) {
        let Some(chat) = &mut self.chat else { return };
        let text = value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        match key {
            "id" => chat.id = id_of(value),
            "name" => chat.name = text,
            _ => chat.kind = text,
        }
        let chat = chat.clone();
        let is_pair = matches!(chat.kind.as_deref(), Some("personal_chat" | "bot_chat"));
        let other = chat.id.as_ref().filter(|_| is_pair).map(|id| self.chats.person(&format!("user{id}")));
        if let (Some(other), Some(name)) = (other, &chat.name) {
            let source = self.chats.source();
            if let Some(person) = self.chats.known(other) {
                person.name(name, NameKind::Display, &source);
            }
        }
        let Some(conversation) = self.chats.conversation(chat.number) else { return };
        conversation.other = other;
        conversation.is_open = chat.kind.as_deref().is_some_and(|kind| OPEN.contains(&kind));
        conversation.label = match (chat.name, chat.id) {
            (Some(name), Some(id)) => format!("{name} [{id}]"),
            (name, id) => name.or(id).unwrap_or_default(),
        };
    }

    /// An entry of the owner's address book: a telephone number of somebody who may have written.
    fn contact(&mut self, at: &Path, object: Map<String, Value>) {
        let notes = Notes::default();
        let mut fields = Fields::below(at.starred(), object, &notes);
        let id = fields.text("user_id").filter(|id| id != "0");
        let phone = fields.text("phone_number");
        // Names that the owner gave are none that the person bears.
        fields.drop_all(&["first_name", "last_name", "date", "date_unixtime"]);
        fields.finish();
        self.chats.unknown(notes.finish().0);
        let (Some(id), Some(phone)) = (id, phone) else { return };
        let person = self.chats.person(&format!("user{id}"));
        let (name, source) = (self.chats.source(), self.chats.gathered.current());
        if let Some(person) = self.chats.known(person) {
            person.contact(ContactKind::Phone, phone, &name);
            person.source = Some(source);
        }
    }

    fn message(&mut self, at: &Path, object: Map<String, Value>) -> io::Result<()> {
        let Some(chat) = self.chat.as_ref().map(|chat| chat.number) else { return Ok(()) };
        let spot = at.index().unwrap_or_default();
        let notes = Notes::default();
        let read = message::read(Fields::below(at.starred(), object, &notes));
        let (unknown, dropped) = notes.finish();
        self.chats.unknown(unknown);
        let sent = match read {
            Ok(sent) => sent,
            Err(message::Unread::Service(action)) => {
                self.chats.service(at, &action);
                return Ok(());
            }
            Err(message::Unread::Broken(reason)) => {
                self.chats.gathered.reject_at(self.chats.place(at), reason);
                return Ok(());
            }
        };
        if sent.is_forwarded {
            self.chats.gathered.note_at(
                self.chats.place(at),
                "messages that pass another on: its words stand as those of whoever passed it on",
            );
        }
        let person = self.chats.person(&sent.from_id);
        let source = self.chats.source();
        if let Some(person) = self.chats.known(person) {
            if let Some(name) = &sent.message.sender.name {
                person.name(name, NameKind::Display, &source);
            }
            if person.dossier.accounts.is_empty() {
                let id = sent.from_id.trim_start_matches(|c: char| c.is_ascii_lowercase()).to_owned();
                let network = Some(NAME.to_owned());
                person.dossier.accounts.push(Account { network, id: Some(id), ..Account::default() });
            }
            person.dropped(dropped);
        }
        self.chats.say(chat, person, spot, &sent.message)
    }
}

/// An id, which older exports write as a number.
fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}
