//! The folder of a repository that somebody was sent: what it would run on opening or installing. Nothing of it is run.
//!
//! The dossier is that of whoever published it: the owner of the account that it was fetched from.

use super::checkout::{SETTINGS, kind_of};
use super::remote;
use crate::dossier::hex;
use crate::dossier::{
    Account, Code, CodeFile, Coverage, Dossier, Locator, Provenance, Rejected, Role, Section, Skipped, Text,
};
use crate::ingest::adapter::{Adapter, Context, Items, Opened};
use crate::ingest::id;
use crate::ingest::item::{Item, Record};
use crate::ingest::tree::Tree;
use sha2::{Digest, Sha256};
use std::io::Read;

/// Bytes that are read of one file: as many as rules look at.
const MAX_FILE: u64 = 2 << 20;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: "repository",
    description: "the folder of a repository that was checked out: manifests, task files and settings, never source",
    recognised_by: "`--code DIR`; a folder that was named, is under git or has a manifest, and holds no export",
    becomes: "one dossier for the folder",
    shows: &[Section::Accounts, Section::Code],
    gathers: None,
    detect: |_| None,
    open,
};

/// Reads the files that were chosen of a repository.
fn open(opened: Opened, context: &Context) -> Items {
    let items = match opened {
        Opened::Tree(tree) if !tree.holds_many() => read(*tree, context),
        Opened::Tree(_) => {
            vec![rejected(context, "expected a folder, found an archive (unpack it, then name its folder)")]
        }
        Opened::Stream { .. } => {
            vec![rejected(context, "expected the folder of a repository, found a file (name the folder)")]
        }
    };
    Box::new(items.into_iter())
}

fn rejected(context: &Context, reason: &str) -> Item {
    Item::Rejected(Rejected { source: context.source.clone(), reason: reason.to_owned() })
}

fn read(mut tree: Tree, context: &Context) -> Vec<Item> {
    let mut items = Vec::new();
    let mut code = Code::default();
    let mut home = None;
    let mut whole = Sha256::new();
    let mut room = context.limits.max_record_bytes as u64;
    for index in 0..tree.names.len() {
        let (place, name) = (tree.locate(index), tree.names.get(index).cloned().unwrap_or_default());
        let mut lost = |reason: String| items.push(Item::Rejected(Rejected { source: place.clone(), reason }));
        let mut bytes = Vec::new();
        match tree.stream(index, |reader| reader.take(MAX_FILE + 1).read_to_end(&mut bytes)) {
            Ok((Ok(_), sha256)) => whole.update(format!("{name}\0{}\0", sha256.unwrap_or_default())),
            Ok((Err(error), _)) => {
                lost(error.to_string());
                continue;
            }
            Err(reason) => {
                lost(reason);
                continue;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if name == SETTINGS {
            home = remote::in_settings(&text);
            continue;
        }
        if room < bytes.len() as u64 {
            let most = context.limits.max_record_bytes;
            let reason = format!(
                "left out, for together with the files before it has more than the {most} bytes that a record may have (raise --max-record-bytes if it is meant)"
            );
            items.push(Item::Skipped(Skipped { source: place, reason }));
            continue;
        }
        room -= bytes.len() as u64;
        items.extend(told_of(&place, &bytes, &text));
        let kept = text.get(..text.floor_char_boundary(usize::try_from(MAX_FILE).unwrap_or(usize::MAX)));
        let text = Text(kept.unwrap_or_default().to_owned());
        if kind_of(&name) == Some("page") {
            code.readme.get_or_insert(text);
        } else {
            code.files.push(CodeFile { path: name, text });
        }
    }
    if code.files.is_empty() && code.readme.is_none() {
        return vec![rejected(
            context,
            "expected the folder of a repository with manifests or task files (package.json, .vscode/tasks.json …), found none",
        )];
    }
    let identity = home.as_ref().map_or_else(|| hex(&whole.finalize()), |home| home.page().to_lowercase());
    let mut dossier = Dossier::new(id::of(ADAPTER.name, &identity));
    dossier.role = Role::Counterparty;
    if let Some(home) = home {
        let (owner, page) = home.owner();
        code.host = Some(home.network());
        code.url = Some(home.page());
        dossier.accounts.push(Account {
            network: Some(home.network()),
            handle: Some(owner.to_owned()),
            url: Some(page),
            ..Account::default()
        });
        code.repository = Some(home.repository);
    }
    dossier.code = vec![code];
    dossier.coverage = Coverage { present: vec![Section::Code], ..Coverage::default() };
    dossier.provenance = vec![Provenance {
        adapter: Some(ADAPTER.name.to_owned()),
        source: Some(context.source.input_name().to_owned()),
        ..Provenance::default()
    }];
    items.insert(0, Item::Record(Record::ready(context.source.clone(), dossier, Vec::new())));
    items
}

/// What of a file is not read as it stands.
fn told_of(place: &Locator, bytes: &[u8], text: &str) -> Option<Item> {
    let reason = if bytes.len() as u64 > MAX_FILE {
        format!("only the first {MAX_FILE} bytes of it are read")
    } else if text.len() != bytes.len() || text.as_bytes() != bytes {
        "it is not UTF-8: what is none stands as \u{FFFD}".to_owned()
    } else {
        return None;
    };
    Some(Item::Skipped(Skipped { source: place.clone(), reason }))
}
