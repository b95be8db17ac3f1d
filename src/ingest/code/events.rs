//! What somebody did on GitHub: events, as the API lists the last of an account and as archives keep them by the hour.

use super::github_person::{self, drop_links, on_github};
use super::people::{Refused, Told};
use crate::dossier::{Channel, Code, Commit, Date, Dossier, Message, Sender, Text};
use crate::ingest::dates;
use crate::ingest::fields::Fields;
use serde_json::Value;

/// Events that bring a text of whoever acted: where it stands, and where the conversation that it is part of.
const TEXTS: [(&str, &str, &str); 8] = [
    ("IssueCommentEvent", "comment", "issue"),
    ("IssuesEvent", "issue", "issue"),
    ("PullRequestEvent", "pull_request", "pull_request"),
    ("PullRequestReviewEvent", "review", "pull_request"),
    ("PullRequestReviewCommentEvent", "comment", "pull_request"),
    ("CommitCommentEvent", "comment", "comment"),
    ("DiscussionEvent", "discussion", "discussion"),
    ("DiscussionCommentEvent", "comment", "discussion"),
];

/// What somebody did. Of what they pushed, made and wrote there is a place in the record.
pub(super) fn event(mut fields: Fields<'_>) -> Result<Told, Refused> {
    let actor = github_person::of(&mut fields, "actor");
    let actor = actor.ok_or_else(|| Refused::Bad("expected an event with an `actor`, found none".to_owned()))?;
    let mut repository = None;
    if let Some(mut named) = fields.object("repo") {
        repository = named.text("name");
        drop_links(&mut named);
        named.drop_together("event details", |key| key == "id");
        named.finish();
    }
    let (kind, at) = (fields.text("type").unwrap_or_default(), fields.date("created_at"));
    let code = Code { repository, ..on_github() };
    let mut dossier = Dossier::default();
    let payload = fields.look("payload").unwrap_or(&Value::Null);
    match kind.as_str() {
        "PushEvent" => dossier.code.push(Code { pushed_at: at, commits: commits(payload), ..code }),
        "CreateEvent" if payload.get("ref_type").and_then(Value::as_str) == Some("repository") => {
            dossier.code.push(Code { created_at: at, ..code });
        }
        kind => dossier.messages.extend(message(kind, payload, &actor.login, at)),
    }
    // The rest repeats the issue, the repository or the account of somebody else in full.
    fields.drop("payload");
    fields.drop_together("event details", |key| ["id", "public", "org"].contains(&key));
    fields.finish();
    actor.tell(dossier)
}

/// The commits of a push: who wrote them, and not when. Answers since late 2025 have none.
fn commits(payload: &Value) -> Vec<Commit> {
    let listed = payload.get("commits").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    listed
        .iter()
        .filter(|commit| commit.is_object())
        .map(|commit| Commit {
            at: None,
            author_name: text(commit, "/author/name"),
            author_email: text(commit, "/author/email"),
            message: text(commit, "/message").map(Text),
            sha: text(commit, "/sha"),
        })
        .collect()
}

/// What the person wrote, if the event brings a text and it is theirs.
fn message(kind: &str, payload: &Value, login: &str, at: Option<Date>) -> Option<Message> {
    let (_, place, thread) = TEXTS.iter().find(|(of, ..)| *of == kind)?;
    let written = payload.get(place)?;
    let author = text(written, "/user/login");
    if author.is_some_and(|author| !author.eq_ignore_ascii_case(login)) {
        return None;
    }
    let written_at = ["/submitted_at", "/created_at"].iter().find_map(|at| dates::parse(&text(written, at)?));
    Some(Message {
        id: text(written, "/html_url"),
        thread: payload.get(thread).and_then(|thread| text(thread, "/html_url")),
        at: written_at.or(at),
        from_subject: Some(true),
        channel: Some(Channel::Github),
        sender: Sender { handle: Some(login.to_owned()), ..Sender::default() },
        subject: text(written, "/title").map(Text),
        text: Some(Text(text(written, "/body")?)),
        ..Message::default()
    })
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    let text = value.pointer(pointer)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
