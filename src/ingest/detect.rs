//! Which adapter reads a file: each looks at a glimpse, the surest takes it.

use super::adapter::{Adapter, Confidence, Glimpse};
use super::adapters::ADAPTERS;
use super::candidate_table;
use super::error::{IngestError, Names};
use super::options::Limits;
use super::unpack::{self, Packing};
use std::io::{self, Read};

/// Bytes that detection looks at.
const HEAD: u64 = 1 << 16;

/// What was seen of a file.
pub(crate) enum Seen {
    /// Its first bytes, as they lie on the disk.
    Head(Vec<u8>),
    /// The names of its entries, of a folder or archive.
    Entries(Vec<String>),
}

/// Why something in a walked folder is not read.
#[derive(Clone)]
pub(crate) enum Passed {
    Skipped(&'static str),
    Rejected(String),
}

/// The adapter that a user named.
pub(crate) fn adapter_named(given: &str) -> Result<&'static Adapter, IngestError> {
    ADAPTERS
        .iter()
        .find(|adapter| adapter.name == given)
        .ok_or_else(|| IngestError::UnknownFormat { given: given.to_owned(), known: known() })
}

fn known() -> Names {
    Names(ADAPTERS.iter().map(|adapter| adapter.name).collect())
}

/// Who reads a file that was named; anyone whose format it may be will do.
pub(crate) fn named(
    name: &str,
    seen: &Seen,
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<&'static Adapter, IngestError> {
    if let Some(adapter) = forced {
        return Ok(adapter);
    }
    let mut claims = claims(name, seen, limits)
        .map_err(|error| IngestError::Unreadable { path: name.to_owned(), reason: error.to_string() })?;
    if claims.iter().any(|(confidence, _)| *confidence == Confidence::Certain) {
        claims.retain(|(confidence, _)| *confidence == Confidence::Certain);
    }
    match claims.as_slice() {
        [(_, adapter)] => Ok(adapter),
        [] => Err(IngestError::NotRecognised {
            path: name.to_owned(),
            reason: match seen {
                Seen::Head(head) if head.is_empty() => "it is empty".to_owned(),
                // A table at least: then its columns are what a user can say something of.
                Seen::Head(head) => unpacked_head(head, limits)
                    .ok()
                    .filter(|_| is_table(name))
                    .and_then(|head| candidate_table::refused(&head))
                    .unwrap_or_else(|| "no format fits its first bytes".to_owned()),
                Seen::Entries(_) => "no format fits the names of its entries".to_owned(),
            },
            known: known(),
        }),
        several => Err(IngestError::Ambiguous {
            path: name.to_owned(),
            candidates: Names(several.iter().map(|(_, adapter)| adapter.name).collect()),
        }),
    }
}

/// Whether a file is called as tables are.
fn is_table(name: &str) -> bool {
    let last = plain_name(name).rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|last| ["csv", "tsv"].iter().any(|known| last.eq_ignore_ascii_case(known)))
}

/// Who reads what was met in a walked folder: only somebody who is certain, where nobody else is.
pub(crate) fn met(
    name: &str,
    seen: &Seen,
    forced: Option<&'static Adapter>,
    limits: &Limits,
) -> Result<&'static Adapter, Passed> {
    let mut claims = claims(name, seen, limits).map_err(|error| Passed::Rejected(error.to_string()))?;
    if let Some(adapter) = forced {
        let claimed = claims.iter().any(|(_, claimant)| claimant.name == adapter.name);
        return if claimed { Ok(adapter) } else { Err(Passed::Skipped("not an export of the format that was named")) };
    }
    let is_possible = !claims.is_empty();
    claims.retain(|(confidence, _)| *confidence == Confidence::Certain);
    match claims.as_slice() {
        [(_, adapter)] => Ok(adapter),
        [] if matches!(seen, Seen::Head(head) if is_picture(head)) => {
            Err(Passed::Skipped("a picture, read only where a record of this folder names it as a portrait"))
        }
        [] if is_possible && (is_table(name) || matches!(seen, Seen::Entries(_))) => {
            Err(Passed::Skipped("perhaps an export, but nothing marks it as one (name the file itself)"))
        }
        [] => Err(Passed::Skipped("not an export")),
        several => {
            let names = Names(several.iter().map(|(_, adapter)| adapter.name).collect());
            Err(Passed::Rejected(format!("it may be {names} (say which with --input-format)")))
        }
    }
}

fn claims(name: &str, seen: &Seen, limits: &Limits) -> io::Result<Vec<(Confidence, &'static Adapter)>> {
    let name = plain_name(name);
    let head;
    let glimpse = match seen {
        Seen::Head(taken) => {
            head = unpacked_head(taken, limits)?;
            Glimpse { name, head: &head, entries: None }
        }
        Seen::Entries(names) => Glimpse { name, head: &[], entries: Some(names) },
    };
    let claim = |adapter: &'static Adapter| (adapter.detect)(&glimpse).map(|confidence| (confidence, adapter));
    Ok(ADAPTERS.iter().filter_map(claim).collect())
}

/// Whether a file begins as JPEG, PNG or WebP do.
fn is_picture(head: &[u8]) -> bool {
    let is_webp = || head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    head.starts_with(b"\xff\xd8\xff") || head.starts_with(b"\x89PNG\r\n\x1a\n") || is_webp()
}

/// The file name without folders and without `.gz` or `.zst`.
pub(crate) fn plain_name(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.strip_suffix(".gz").or_else(|| base.strip_suffix(".zst")).unwrap_or(base)
}

/// The first unpacked bytes. Damage further on is met when the file is read.
pub(crate) fn unpacked_head(taken: &[u8], limits: &Limits) -> io::Result<Vec<u8>> {
    let packing = Packing::of(taken);
    if matches!(packing, Packing::None | Packing::Zip) {
        return Ok(taken.to_vec());
    }
    let mut head = Vec::new();
    let mut unpacked = unpack::unpack(Box::new(io::Cursor::new(taken.to_vec())), packing, limits)?.take(HEAD);
    match unpacked.read_to_end(&mut head) {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// The first bytes of a file.
pub(crate) fn take_head(file: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut taken = Vec::new();
    file.take(HEAD).read_to_end(&mut taken)?;
    Ok(taken)
}
