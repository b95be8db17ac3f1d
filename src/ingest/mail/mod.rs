//! Mail: single files, also of Outlook, mbox, Maildir, and folders or zip archives of them; one dossier for each person who wrote.
//!
//! Every mail is read once and put aside; only when all are known does it show who the owner of the mailbox is, and
//! so who the others are. Mails that are attached to mails are read like the others.

mod body;
mod cost;
mod dossiers;
mod header;
mod letter;
mod mailbox;
mod mbox;
mod outlook;
mod owner;
mod part;
mod people;
mod quoted;
mod relays;
mod results;
mod shape;
mod threads;
mod when;

use crate::dossier::{Locator, Rejected, Section};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::item::Item;
use crate::ingest::tap::Digesting;
use crate::ingest::tree::Tree;
use dossiers::Dossiers;
use mailbox::Mailbox;
use mbox::Mbox;
use shape::is_member;
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes of one mail; it is held in memory while it is read. Mail servers take less.
const MAX_MAIL: usize = 64 << 20;

/// What is said of mails that nobody sent.
const DRAFTS: &str = "drafts, which were never sent";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: dossiers::NAME,
    description: "mail: .eml, Outlook's .msg, mbox, Maildir, and folders or zip archives of them; one dossier for each person who wrote",
    recognised_by: "`.eml`, mbox, Maildir, zip archives and folders of them: a header with `From` and how it came; `.msg`: the names of Outlook's properties",
    becomes: "one dossier for each person who wrote",
    shows: &[Section::Contacts, Section::Messages],
    gathers: Some(is_mail),
    detect,
    open,
};

/// Whether a file holds mail.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let begins_so = |head: &[u8]| shape::is_mbox(head) || shape::is_mail(head) || shape::is_outlook(glimpse.name, head);
    let found = match glimpse.entries {
        Some(names) => names.iter().any(|name| is_member(name)),
        None => begins_so(glimpse.head),
    };
    found.then_some(Confidence::Certain)
}

/// Whether a file below a folder holds mail: by its name; one without an ending, as many programs call their mailboxes, by
/// its first bytes.
fn is_mail(path: &str, head: &dyn Fn() -> Vec<u8>) -> bool {
    let base = path.rsplit(['/', '\\']).next().unwrap_or(path);
    is_member(path) || (!base.contains('.') && detect(&Glimpse { name: "", head: &head(), entries: None }).is_some())
}

/// Reads mail.
fn open(opened: Opened, context: &Context) -> Items {
    let context = context.clone();
    Box::new(std::iter::once_with(move || read(opened, &context)).flatten())
}

fn read(opened: Opened, context: &Context) -> Items {
    let gathered = Mailbox::new().and_then(|mut mailbox| {
        match opened {
            Opened::Stream { reader, .. } => stream(reader, &mut mailbox, context)?,
            Opened::Tree(tree) => files(*tree, &mut mailbox, context)?,
        }
        Ok(mailbox)
    });
    let rejected = |reason: String| Item::Rejected(Rejected { source: context.source.clone(), reason });
    let mut mailbox = match gathered {
        Ok(mailbox) => mailbox,
        Err(error) => return Box::new(std::iter::once(rejected(format!("could not put mails aside: {error}")))),
    };
    let owners = owner::infer(context.owner.as_deref(), &mailbox).unwrap_or_else(|| {
        if !mailbox.letters.is_empty() {
            let count = mailbox.letters.len();
            mailbox.gathered.reject_at(
                context.source.clone(),
                format!("could not tell whose mailbox it is, so nobody knows who wrote to whom (name the owner with --self ADDRESS); {count} mails are unread"),
            );
            mailbox.letters.clear();
        }
        BTreeSet::new()
    });
    let people = people::sort(&mut mailbox, &owners, context.include_owner);
    let most = context.limits.max_record_bytes;
    Box::new(Dossiers::new(mailbox, people, owners, context.source.clone(), most))
}

/// Reads one file.
fn stream(reader: impl Read, mailbox: &mut Mailbox, context: &Context) -> io::Result<()> {
    mailbox.gathered.begin(context.source.clone());
    let mut reader = BufReader::with_capacity(1 << 17, Digesting::new(reader));
    mails(&mut reader, mailbox)?;
    mailbox.gathered.digested(Some(reader.into_inner().finish()));
    Ok(())
}

/// Reads the mail of a folder or archive; what else an archive holds stays closed.
fn files(mut tree: Tree, mailbox: &mut Mailbox, context: &Context) -> io::Result<()> {
    for fault in std::mem::take(&mut tree.faults) {
        mailbox.gathered.reject_at(context.source.clone(), fault);
    }
    let mut closed: (u64, Option<Locator>) = (0, None);
    for index in 0..tree.names.len() {
        let locator = tree.locate(index);
        if tree.holds_many() && !is_member(&tree.names[index]) {
            closed.0 += 1;
            closed.1.get_or_insert(locator);
            continue;
        }
        if shape::is_draft(&tree.names[index]) {
            mailbox.gathered.note_at(locator, DRAFTS);
            continue;
        }
        mailbox.gathered.begin(locator);
        match tree.stream(index, |reader| mails(reader, mailbox)) {
            Ok((outcome, sha256)) => {
                outcome?;
                mailbox.gathered.digested(sha256);
            }
            Err(reason) => mailbox.gathered.reject(None, reason),
        }
    }
    if let (count, Some(first)) = closed {
        let reason = format!("entries that are not needed and stay closed: {count} (the first is {first})");
        mailbox.gathered.skip(context.source.clone(), reason);
    }
    Ok(())
}

/// Reads the mails of a file. Only what happens to the temporary file is an error.
fn mails(reader: &mut dyn BufRead, mailbox: &mut Mailbox) -> io::Result<()> {
    let head = match reader.fill_buf() {
        Ok(head) => head,
        Err(error) => {
            mailbox.gathered.reject(None, error.to_string());
            return Ok(());
        }
    };
    if shape::is_mbox(head) {
        for piece in Mbox::new(reader, MAX_MAIL) {
            match piece {
                Ok(piece) => one(piece.bytes.as_deref(), Some(piece.line), mailbox)?,
                Err(error) => mailbox.gathered.reject(None, format!("{error}; the rest of the file is unread")),
            }
        }
        return Ok(());
    }
    let mut bytes = Vec::new();
    match reader.take(MAX_MAIL as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => one(Some(bytes.as_slice()).filter(|bytes| bytes.len() <= MAX_MAIL), None, mailbox),
        Err(error) => {
            mailbox.gathered.reject(None, error.to_string());
            Ok(())
        }
    }
}

fn one(bytes: Option<&[u8]>, line: Option<u64>, mailbox: &mut Mailbox) -> io::Result<()> {
    let Some(bytes) = bytes else {
        mailbox.gathered.reject(line, format!("the mail has more than the {MAX_MAIL} bytes that a mail may have"));
        return Ok(());
    };
    if bytes.trim_ascii().is_empty() {
        mailbox.gathered.reject(line, "expected a mail, found an empty file".to_owned());
        return Ok(());
    }
    let letter = if line.is_none() && shape::is_compound(bytes) {
        letter::read_outlook(bytes)
    } else {
        letter::read(bytes).map(Some)
    };
    match letter {
        Ok(Some(letter)) => mailbox.admit(letter, line, false),
        Ok(None) => {
            mailbox.gathered.note(line, DRAFTS);
            Ok(())
        }
        Err(reason) => {
            mailbox.gathered.reject(line, reason);
            Ok(())
        }
    }
}
