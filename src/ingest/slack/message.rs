//! One message of Slack's: who, when, its text without markup, its links and files.

use crate::dossier::{Attachment, Channel, Date, Link, Message};
use crate::ingest::fields::Fields;

/// Kinds of messages that somebody wrote.
const WRITTEN: [&str; 5] = ["file_comment", "me_message", "thread_broadcast", "file_share", "reply_broadcast"];
/// Fields that are known and have no place in the record. Previews of links are their sites' words.
const DROPPED: [&str; 33] = [
    "edited",
    "attachments",
    "blocks",
    "reactions",
    "team",
    "user_team",
    "source_team",
    "client_msg_id",
    "parent_user_id",
    "reply_count",
    "reply_users",
    "reply_users_count",
    "replies",
    "latest_reply",
    "subscribed",
    "last_read",
    "is_locked",
    "is_starred",
    "pinned_to",
    "pinned_info",
    "upload",
    "upload_reply_to",
    "display_as_bot",
    "x_files",
    "metadata",
    "root",
    "permalink",
    "language",
    "unfurl_links",
    "unfurl_media",
    "hidden",
    "assistant_app_thread",
    "is_intro",
];

/// A message.
pub(super) struct Sent {
    pub(super) user: String,
    /// The name that the message itself shows.
    pub(super) name: Option<String>,
    /// The first message of the thread that it belongs to.
    pub(super) thread: Option<String>,
    pub(super) message: Message,
}

/// Why there is none.
pub(super) enum Unread {
    /// The messenger says what happened; nobody wrote it.
    Service(String),
    Bot,
    /// What was expected and found, and what to do.
    Broken(String),
}

/// Reads a message; `shown` gives the name of somebody by id.
pub(super) fn read(mut fields: Fields<'_>, shown: impl Fn(&str) -> Option<String>) -> Result<Sent, Unread> {
    if let Some(kind) = fields.text("subtype").filter(|kind| !WRITTEN.contains(&kind.as_str())) {
        return Err(if kind == "bot_message" { Unread::Bot } else { Unread::Service(kind) });
    }
    // Until 2018 the words about a file stood apart from who said that they did.
    let (commenter, comment) = fields.object("comment").map(commented).unwrap_or_default();
    let (user, bot, kind) = (fields.text("user").or(commenter), fields.text("bot_id"), fields.text("type"));
    fields.drop_all(&["username", "bot_profile", "app_id", "icons"]);
    let user = match (user, bot) {
        (_, Some(_)) => return Err(Unread::Bot),
        (Some(user), None) => user,
        (None, None) => {
            return Err(Unread::Broken(
                "expected who wrote the message in `user`, found nothing (export the workspace again)".to_owned(),
            ));
        }
    };
    if let Some(kind) = kind.filter(|kind| kind != "message") {
        return Err(Unread::Service(kind));
    }
    let ts = fields.text("ts");
    let seconds = ts.as_deref().and_then(|ts| ts.split('.').next()?.parse().ok());
    let (text, links) = comment.or(fields.text("text")).map(|raw| plain(&raw, shown)).unwrap_or_default();
    let name = fields.object("user_profile").and_then(|mut profile| profile.text_of(&["real_name", "display_name"]));
    let files: Vec<Fields<'_>> = fields.objects("files").into_iter().chain(fields.object("file")).collect();
    let message = Message {
        id: ts,
        at: seconds.and_then(Date::from_timestamp),
        channel: Some(Channel::Slack),
        text: (!text.is_empty()).then(|| text.into()),
        links,
        attachments: files.into_iter().map(attachment).collect(),
        ..Message::default()
    };
    let thread = fields.text("thread_ts");
    fields.drop_all(&DROPPED);
    fields.finish();
    Ok(Sent { user, name, thread, message })
}

/// Who said what about a file.
fn commented(mut comment: Fields<'_>) -> (Option<String>, Option<String>) {
    (comment.text("user"), comment.text("comment"))
}

/// A file. Its many other fields (previews, addresses, permissions) have no place in the record.
fn attachment(mut file: Fields<'_>) -> Attachment {
    Attachment {
        name: file.text_of(&["name", "title"]),
        media_type: file.text("mimetype"),
        bytes: file.count("size"),
        ..Attachment::default()
    }
}

/// A text as its reader sees it, and the links whose address it does not show: `<https://a.example|site>`, `<@U1>`, `&lt;`.
fn plain(raw: &str, shown: impl Fn(&str) -> Option<String>) -> (String, Vec<Link>) {
    let (mut text, mut links, mut rest) = (String::new(), Vec::new(), raw);
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(&unescaped(before));
        let Some((inner, after)) = after.split_once('>') else {
            // What is not closed is no markup.
            text.push('<');
            rest = after;
            continue;
        };
        rest = after;
        let (target, label) = inner.split_once('|').map_or((inner, None), |(target, label)| (target, Some(label)));
        if let Some(id) = target.strip_prefix('@') {
            let name = label.map(unescaped).or_else(|| shown(id)).unwrap_or_else(|| id.to_owned());
            text.push('@');
            text.push_str(&name);
        } else if let Some(channel) = target.strip_prefix('#') {
            text.push('#');
            text.push_str(label.unwrap_or(channel));
        } else if let Some(called) = target.strip_prefix('!') {
            text.push('@');
            text.push_str(label.unwrap_or(called));
        } else {
            let href = unescaped(target);
            let label = label.map(unescaped);
            let visible = label.clone().unwrap_or_else(|| href.clone());
            text.push_str(&visible);
            // `<mailto:a@b.example|a@b.example>` and `<http://a.example|a.example>` show where they lead.
            if let Some(label) = label.filter(|label| !href.ends_with(label.as_str())) {
                links.push(Link { href, text: Some(label) });
            }
        }
    }
    text.push_str(&unescaped(rest));
    (text.trim().to_owned(), links)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_read_as_it_is_shown() {
        let names = |id: &str| (id == "U1").then(|| "Ana".to_owned());
        let (text, links) = plain(
            "<@U1> and <@U2|ben>: see <https://a.example/x?a=1&amp;b=2|our site>, <http://b.example|b.example> in <#C1|jobs> <!here> a &lt; b &amp;gt; <open",
            names,
        );
        assert_eq!(text, "@Ana and @ben: see our site, b.example in #jobs @here a < b &gt; <open");
        let links: Vec<_> = links.iter().map(|link| (link.href.as_str(), link.text.as_deref())).collect();
        assert_eq!(links, [("https://a.example/x?a=1&b=2", Some("our site"))]);
    }
}
