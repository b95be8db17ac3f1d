//! LinkedIn's "Get a copy of your data": a zip, its folder, or one of its CSV files; exports of 2018 to 2026. And the same
//! data as an answer of the Member Snapshot API.
//!
//! The archive is its exporter's. Everybody else in it becomes one dossier each, with what they wrote and what the
//! exporter answered; the exporter becomes one only on request.

mod archive;
mod columns;
mod conversations;
mod entries;
mod exporter;
mod owner;
mod people;
mod relations;
mod rows;
mod snapshot;

use crate::dossier::{Rejected, Section};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::bounded;
use crate::ingest::item::Item;
use crate::ingest::json;
use crate::ingest::tree::Tree;
use archive::Archive;
use entries::Kind;
use owner::Owner;
use people::People;
use rows::{Invited, Sent};
use snapshot::Snapshot;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: entries::NAME,
    description: "LinkedIn's \"Get a copy of your data\": the .zip, its folder, messages.csv, Invitations.csv or Connections.csv, or the JSON of the Member Snapshot API",
    recognised_by: "a zip, a folder or one CSV with the headers of \"Get a copy of your data\", or JSON with `snapshotDomain` and `snapshotData`",
    becomes: "one dossier for each counterparty",
    shows: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Recommendations,
        Section::Contacts,
        Section::Observations,
        Section::Messages,
    ],
    gathers: None,
    detect,
    open,
};

/// Whether a file is such an archive, or one of its files.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let found = match glimpse.entries {
        Some(names) => names.iter().any(|name| entries::marks_archive(name)),
        None => {
            snapshot::is_snapshot(glimpse)
                || (glimpse.has_extension(&["csv"]) || !glimpse.name.contains('.'))
                    && entries::form_by_header(glimpse.head).is_some()
                    && !is_decoy(glimpse.name)
        }
    };
    found.then_some(Confidence::Certain)
}

/// Whether a file has the columns of one of the archive's tables, read or not.
pub(crate) fn is_sheet(glimpse: &Glimpse<'_>) -> bool {
    entries::has_columns(glimpse.head)
}

/// `guide_messages.csv`, `learning_coach_messages.csv` and their like hold conversations with a machine.
fn is_decoy(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("_messages.csv")
}

/// Reads an archive.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || read(opened, &context)).flatten())
}

fn read(opened: Opened, context: &Context) -> Vec<Item> {
    let tree = match opened {
        Opened::Tree(tree) => *tree,
        Opened::Stream { reader, name, .. } => {
            let most = context.limits.max_entry_bytes;
            let read = match bounded::read(reader, most) {
                Ok(Some(bytes)) => Ok(bytes),
                Ok(None) => Err(format!("the file has more than {most} bytes")),
                Err(error) => Err(error.to_string()),
            };
            let bytes = match read {
                Ok(bytes) => bytes,
                Err(reason) => return vec![Item::Rejected(Rejected { source: context.source.clone(), reason })],
            };
            if json::is_json(&bytes) {
                let snapshot = Snapshot::of(&bytes, context.include_owner, &context.source);
                return split(Archive::of(snapshot, context), context);
            }
            Tree::loose(name, bytes, context.source.clone(), &context.limits)
        }
    };
    split(Archive::new(tree, context), context)
}

/// The archive as one record for each person, and what could not be read.
fn split(mut archive: Archive, context: &Context) -> Vec<Item> {
    let profile = archive.rows(Kind::Profile);
    let sent: Vec<Sent> = archive.rows(Kind::Messages).iter().map(Sent::of).collect();
    let invited: Vec<Invited> = archive.rows(Kind::Invitations).iter().map(Invited::of).collect();
    let profile_name = profile.first().and_then(|row| row.full_name("first_name", "last_name"));
    let connections = archive.rows(Kind::Connections);
    let connected = connections.iter().filter_map(|row| row.get("url").and_then(rows::profile)).collect();
    let owner = Owner::infer(context.owner.as_deref(), profile_name.as_deref(), &sent, &invited, &connected);
    let mut people = People::default();
    if owner.is_none() {
        for (kind, lines) in [
            (Kind::Messages, sent.first().map(|row| row.line)),
            (Kind::Invitations, invited.first().map(|row| row.line)),
        ] {
            if let Some(line) = lines {
                archive.reject(kind, line, "could not tell whose archive it is, so nobody knows who wrote to whom (name the exporter with --self NAME or --self URL); this file is unread");
            }
        }
    } else if let Some(owner) = &owner {
        conversations::messages(&sent, owner, &mut people, &mut archive);
        conversations::invitations(&invited, owner, &mut people, &mut archive);
    }
    let known = owner.is_some();
    let owner = owner.unwrap_or_default();
    relations::connections(&connections, &mut people, &mut archive);
    relations::endorsements(&mut people, &mut archive);
    let received = archive.rows(Kind::RecommendationsReceived);
    relations::recommendations(&received, &owner, &mut people, &mut archive);
    let mut items = people.finish(&mut archive);
    if context.include_owner && known {
        items.push(exporter::dossier(&profile, &owner, &received, &mut archive));
    } else if context.include_owner {
        items.push(Item::Rejected(Rejected {
            source: context.source.clone(),
            reason: "could not make the exporter a dossier: there is no Profile.csv and nothing else says who it is (name the exporter with --self)".to_owned(),
        }));
    }
    items.extend(archive.leftovers());
    items
}
