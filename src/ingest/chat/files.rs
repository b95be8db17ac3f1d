//! The files of an export, one after the other, however it lies: one file, a folder, or an archive.

use super::chats::Chats;
use crate::ingest::adapter::{Confidence, Context, Glimpse, Opened};
use crate::ingest::json::stream::{self, Ended, Walk};
use crate::ingest::options::Limits;
use crate::ingest::tap::Digesting;
use std::io::{self, BufRead, BufReader};

/// Lets a format read each file that is its own, those of a lower turn first; what else an archive holds stays closed.
///
/// `turn` tells the files of the format by their names.
///
/// # Errors
/// What the format says: if there is no room for a temporary file.
pub(crate) fn each(
    opened: Opened,
    chats: &mut Chats,
    context: &Context,
    turn: impl Fn(&str) -> Option<u8>,
    mut read: impl FnMut(&mut dyn BufRead, &str, &mut Chats) -> io::Result<()>,
) -> io::Result<()> {
    let mut tree = match opened {
        Opened::Tree(tree) => *tree,
        Opened::Stream { reader, .. } => {
            chats.gathered.begin(context.source.clone());
            let mut reader = BufReader::with_capacity(1 << 17, Digesting::new(reader));
            read(&mut reader, &context.source.path, chats)?;
            // What the format left unread belongs to the file all the same.
            io::copy(&mut reader, &mut io::sink()).unwrap_or_default();
            chats.gathered.digested(Some(reader.into_inner().finish()));
            return Ok(());
        }
    };
    for fault in std::mem::take(&mut tree.faults) {
        chats.gathered.reject_at(context.source.clone(), fault);
    }
    let turns: Vec<Option<u8>> = tree.names.iter().map(|name| turn(name)).collect();
    // What somebody chose by hand is read whatever it is called.
    let turn_of = |index: &usize| turns.get(*index).copied().flatten().or((!tree.holds_many()).then_some(u8::MAX));
    let mut order: Vec<usize> = (0..tree.names.len()).filter(|index| turn_of(index).is_some()).collect();
    order.sort_by_key(turn_of);
    let closed = tree.names.len() - order.len();
    for index in order {
        let name = tree.names.get(index).cloned().unwrap_or_default();
        chats.gathered.begin(tree.locate(index));
        match tree.stream(index, |reader| read(reader, &name, chats)) {
            Ok((outcome, sha256)) => {
                outcome?;
                chats.gathered.digested(sha256);
            }
            Err(reason) => chats.gathered.reject(None, reason),
        }
    }
    if closed > 0 {
        let reason = format!("entries that are not needed and stay closed: {closed}");
        chats.gathered.skip(context.source.clone(), reason);
    }
    Ok(())
}

/// Whether a file below a folder is certainly of a format, by the ending of its name and its first bytes.
pub(crate) fn is_certain(
    path: &str,
    extension: &str,
    head: &dyn Fn() -> Vec<u8>,
    detect: fn(&Glimpse<'_>) -> Option<Confidence>,
) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let named = Glimpse { name, head: &[], entries: None };
    named.has_extension(&[extension]) && detect(&Glimpse { head: &head(), ..named }) == Some(Confidence::Certain)
}

/// Walks through a file of JSON; where it is damaged, the rest is rejected.
///
/// # Errors
/// If there is no room for a temporary file.
pub(crate) fn walk<'c, W: Walk>(
    reader: &mut dyn BufRead,
    limits: &Limits,
    mut walker: W,
    chats: impl FnOnce(W) -> &'c mut Chats,
) -> io::Result<()> {
    let outcome = stream::walk(reader, limits, &mut walker);
    let chats = chats(walker);
    match outcome {
        Ok(()) => Ok(()),
        Err(Ended::NoRoom(error)) => Err(error),
        Err(Ended::Damaged { line, reason }) => {
            chats.gathered.reject(Some(line), format!("{reason}; rest unread"));
            Ok(())
        }
    }
}
