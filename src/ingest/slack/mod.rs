//! Slack's export of a workspace: a zip or its folder, with lists of people and conversations, and a file for each day.

mod message;
mod people;

use super::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use super::chat::{self, Chats, Conversation};
use super::fields::{Fields, Notes};
use super::json::{
    self,
    stream::{Path, Walk, Way},
};
use crate::dossier::Section;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::io;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: people::NAME,
    description: "Slack's export of a workspace: the .zip or its folder",
    recognised_by: "a zip or folder with `users.json`, lists of conversations and files of days; one such day",
    becomes: "one dossier for each person who wrote to the owner",
    shows: &[Section::Accounts, Section::Contacts, Section::Messages],
    gathers: Some(is_member),
    detect,
    open,
};

/// What a file of the export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Users,
    /// Conversations: of everybody, or of those who were let in.
    Conversations {
        is_open: bool,
    },
    Day,
}

impl Kind {
    fn of(path: &str) -> Option<Self> {
        match base(path) {
            "users.json" | "org_users.json" => Some(Self::Users),
            "channels.json" => Some(Self::Conversations { is_open: true }),
            "groups.json" | "dms.json" | "mpims.json" => Some(Self::Conversations { is_open: false }),
            other => is_day(other).then_some(Self::Day),
        }
    }
}

fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
}

/// Whether a file is called after a day: `2016-01-15.json`.
fn is_day(name: &str) -> bool {
    name.strip_suffix(".json").is_some_and(|day| {
        day.len() == 10
            && day.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
    })
}

/// Whether it is such an export, or one day of it.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let found = match glimpse.entries {
        Some(entries) => {
            let has = |wanted: fn(Kind) -> bool| entries.iter().filter_map(|name| Kind::of(name)).any(wanted);
            has(|kind| kind == Kind::Users) && has(|kind| matches!(kind, Kind::Conversations { .. }))
        }
        None => {
            glimpse.head.trim_ascii_start().starts_with(b"[")
                && json::has_all(glimpse, &["\"type\"", "\"ts\"", "\"text\""])
        }
    };
    found.then_some(Confidence::Certain)
}

/// Whether a file below a folder belongs to an export that lies there unpacked.
fn is_member(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool {
    let marks: &[&str] = match Kind::of(path) {
        None => return false,
        Some(Kind::Users) => &["\"id\"", "\"profile\""],
        Some(Kind::Conversations { .. }) => &["\"id\"", "\"members\""],
        Some(Kind::Day) => &["\"type\"", "\"ts\""],
    };
    let head = head();
    let is_list = head.trim_ascii_start().starts_with(b"[");
    is_list && json::has_all(&Glimpse { name: "", head: &head, entries: None }, marks)
}

/// Reads an export: who there is first, so that messages find their people.
fn open(opened: Opened, context: &Context) -> Items {
    chat::items(&ADAPTER, context, |chats, context| {
        let mut workspace = Workspace::default();
        let turn = |name: &str| Kind::of(name).map(|kind| u8::from(kind == Kind::Day));
        chat::each(opened, chats, context, turn, |reader, name, chats| {
            let kind = Kind::of(name).unwrap_or(Kind::Day);
            let conversation = if kind == Kind::Day { workspace.conversation(folder(name), chats) } else { 0 };
            let file = List { chats, workspace: &mut workspace, kind, folder: folder(name), conversation };
            chat::walk(reader, &context.limits, file, |file| file.chats)
        })
    })
}

/// What the lists of a workspace say.
#[derive(Default)]
struct Workspace {
    /// Conversations by the folders of their days.
    folders: HashMap<String, u32>,
    bots: BTreeSet<u32>,
}

impl Workspace {
    fn conversation(&mut self, folder: &str, chats: &mut Chats) -> u32 {
        let label = base(folder).to_owned();
        let begin = || chats.converse(Conversation { label, pointer: Some(String::new()), ..Conversation::default() });
        *self.folders.entry(folder.to_owned()).or_insert_with(begin)
    }
}

/// A file of the export, all of which are lists, while it is walked through.
struct List<'w, 'c> {
    chats: &'c mut Chats,
    workspace: &'w mut Workspace,
    kind: Kind,
    folder: &'w str,
    /// Of a day.
    conversation: u32,
}

impl Walk for List<'_, '_> {
    fn way(&mut self, at: &Path) -> Way {
        if at.is(&["*"]) {
            Way::Take
        } else if at.is(&[]) {
            Way::Enter
        } else {
            self.chats.unknown(vec![at.starred()]);
            Way::Pass
        }
    }

    fn take(&mut self, at: &Path, value: Value) -> io::Result<()> {
        let Value::Object(object) = value else {
            self.chats.unexpected(at, &value);
            return Ok(());
        };
        match self.kind {
            Kind::Users => self.user(at, object),
            Kind::Conversations { is_open } => self.conversation(at, object, is_open),
            Kind::Day => return self.message(at, object),
        }
        Ok(())
    }
}

impl List<'_, '_> {
    fn user(&mut self, at: &Path, object: Map<String, Value>) {
        let notes = Notes::default();
        let user = people::user(Fields::below(at.starred(), object, &notes));
        let (unknown, dropped) = notes.finish();
        self.chats.unknown(unknown);
        let Some(user) = user else {
            let reason = "expected an `id` of the person, found none (export the workspace again)";
            self.chats.gathered.reject_at(self.chats.place(at), reason.to_owned());
            return;
        };
        let (number, name, source) = (self.chats.person(&user.id), self.chats.source(), self.chats.gathered.current());
        if user.is_bot {
            self.workspace.bots.insert(number);
        }
        if let Some(person) = self.chats.known(number) {
            person.source = Some(source);
            person.dropped(dropped);
            user.tell(person, &name);
        }
    }

    fn conversation(&mut self, at: &Path, object: Map<String, Value>, is_open: bool) {
        let notes = Notes::default();
        let mut fields = Fields::below(at.starred(), object, &notes);
        let (id, name) = (fields.text("id"), fields.text("name"));
        let members: BTreeSet<u32> = fields.texts("members").iter().map(|member| self.chats.person(member)).collect();
        fields.drop_all(&people::OF_CONVERSATIONS);
        fields.finish();
        self.chats.unknown(notes.finish().0);
        let Some(called) = name.or(id) else { return };
        let path = if self.folder.is_empty() { called } else { format!("{}/{called}", self.folder) };
        let number = self.workspace.conversation(&path, self.chats);
        if let Some(conversation) = self.chats.conversation(number) {
            conversation.is_open = is_open;
            conversation.members.extend(members);
        }
    }

    fn message(&mut self, at: &Path, object: Map<String, Value>) -> io::Result<()> {
        let notes = Notes::default();
        let read = message::read(Fields::below(at.starred(), object, &notes), |id| self.chats.shown_name(id));
        let (unknown, dropped) = notes.finish();
        self.chats.unknown(unknown);
        let mut sent = match read {
            Ok(sent) => sent,
            Err(message::Unread::Service(kind)) => {
                self.chats.service(at, &kind);
                return Ok(());
            }
            Err(message::Unread::Bot) => {
                self.chats.gathered.note_at(self.chats.place(at), "messages of bots");
                return Ok(());
            }
            Err(message::Unread::Broken(reason)) => {
                self.chats.gathered.reject_at(self.chats.place(at), reason);
                return Ok(());
            }
        };
        let (person, source) = (self.chats.person(&sent.user), self.chats.source());
        if self.workspace.bots.contains(&person) {
            self.chats.gathered.note_at(self.chats.place(at), "messages of bots");
            return Ok(());
        }
        if let Some(person) = self.chats.known(person) {
            people::User::shown(&sent.user, sent.name.take()).tell(person, &source);
            person.dropped(dropped);
        }
        sent.message.sender.name = self.chats.shown_name(&sent.user);
        let label = base(self.folder);
        sent.message.thread = sent.thread.map(|thread| format!("{label}/{thread}"));
        self.chats.say(self.conversation, person, at.index().unwrap_or_default(), &sent.message)
    }
}
