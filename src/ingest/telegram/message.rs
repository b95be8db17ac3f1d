//! One message of Telegram's: who, when, its text with links, and the file that came with it.

use crate::dossier::{Attachment, Channel, Date, Link, Message, Sender, Zone};
use crate::ingest::fields::Fields;
use serde_json::Value;

/// Fields that are known and have no place in the record.
const DROPPED: [&str; 38] = [
    "id",
    "edited",
    "edited_unixtime",
    "author",
    "forwarded_from_id",
    "saved_from",
    "reply_to_message_id",
    "reply_to_peer_id",
    "via_bot",
    "width",
    "height",
    "thumbnail",
    "thumbnail_file_size",
    "performer",
    "title",
    "sticker_emoji",
    "duration_seconds",
    "contact_information",
    "contact_vcard",
    "contact_vcard_file_size",
    "location_information",
    "live_location_period_seconds",
    "place_name",
    "address",
    "game_title",
    "game_description",
    "game_link",
    "game_message_id",
    "poll",
    "todo_list",
    "invoice_information",
    "inline_bot_buttons",
    "reactions",
    "media_spoiler",
    "self_destruct_period_seconds",
    "paid_stars_amount",
    "giveaway_information",
    "effect_id",
];

/// A message.
pub(super) struct Sent {
    /// What the messenger knows the sender by.
    pub(super) from_id: String,
    pub(super) message: Message,
    pub(super) is_forwarded: bool,
}

/// Why there is none.
pub(super) enum Unread {
    /// The messenger says what happened; nobody wrote it.
    Service(String),
    /// What was expected and found, and what to do.
    Broken(String),
}

/// Reads a message.
pub(super) fn read(mut fields: Fields<'_>) -> Result<Sent, Unread> {
    let kind = fields.text("type");
    if kind.as_deref() == Some("service") {
        return Err(Unread::Service(fields.text("action").unwrap_or_default()));
    }
    // Exports of before 2020 write the sender's id as a number.
    let from_id = fields.text("from_id").map(|id| match id.as_bytes().first() {
        Some(digit) if digit.is_ascii_digit() => format!("user{id}"),
        _ => id,
    });
    let Some(from_id) = from_id else {
        return Err(Unread::Broken(
            "expected who wrote the message in `from_id`, found nothing (export the chat again)".to_owned(),
        ));
    };
    let local = fields.text("date");
    // `date` is the time of whoever exported, without its zone.
    let at = fields.text("date_unixtime").and_then(|seconds| Date::from_timestamp(seconds.parse().ok()?));
    let at = at.or_else(|| unzoned(local?.parse().ok()?));
    let entities = fields.value("text_entities");
    let (text, links) = fields.value("text").or(entities).map(|value| text_of(&value)).unwrap_or_default();
    let id = fields.text("id");
    let message = Message {
        id,
        at,
        channel: Some(Channel::Telegram),
        sender: Sender { name: fields.text("from"), handle: None, ..Sender::default() },
        text: (!text.is_empty()).then(|| text.into()),
        links,
        attachments: attachments(&mut fields),
        ..Message::default()
    };
    let is_forwarded = fields.text("forwarded_from").is_some();
    fields.drop_all(&DROPPED);
    fields.finish();
    Ok(Sent { from_id, message, is_forwarded })
}

/// A time whose zone nobody stated.
fn unzoned(date: Date) -> Option<Date> {
    let time = date.time()?;
    Date::from_second(date.year(), date.month()?, date.day()?, time.second, Zone::Unknown)
}

/// A text as it is shown, and the links whose address it does not show. It is a string, or pieces that are strings or
/// objects with their kind.
fn text_of(value: &Value) -> (String, Vec<Link>) {
    let pieces = match value {
        Value::Array(pieces) => pieces.as_slice(),
        other => std::slice::from_ref(other),
    };
    let (mut text, mut links) = (String::new(), Vec::new());
    for piece in pieces {
        let shown = piece.as_str().or_else(|| piece.get("text")?.as_str()).unwrap_or_default();
        text.push_str(shown);
        if let Some(href) = piece.get("href").and_then(Value::as_str).filter(|href| !href.is_empty()) {
            links.push(Link { href: href.to_owned(), text: Some(shown.to_owned()) });
        }
    }
    (text.trim().to_owned(), links)
}

/// The file or picture of a message. Where it was not exported, a sentence in brackets stands in its place.
fn attachments(fields: &mut Fields<'_>) -> Vec<Attachment> {
    let base = |path: String| {
        let is_path = !path.starts_with('(');
        is_path.then(|| path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
    };
    let (file, photo) = (fields.text("file"), fields.text("photo"));
    let kind = fields.text("media_type");
    let (name, media_type) = (fields.text("file_name"), fields.text("mime_type"));
    let (bytes, photo_bytes) = (fields.count("file_size"), fields.count("photo_file_size"));
    let is_sticker = kind.as_deref() == Some("sticker");
    let file = file.filter(|_| !is_sticker).map(|file| Attachment {
        name: name.or_else(|| base(file)),
        media_type,
        bytes,
        ..Attachment::default()
    });
    let photo = photo.map(|photo| Attachment { name: base(photo), bytes: photo_bytes, ..Attachment::default() });
    file.into_iter().chain(photo).collect()
}
