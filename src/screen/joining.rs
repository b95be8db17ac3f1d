//! Which records of a batch are one person's: all are read once for hashes of what has one owner, and those that share one
//! again, for names and proof.

use super::crew::Crew;
use super::halt::Halt;
use super::met::Numbered;
use crate::ingest::{Item, Joins, Reader};
use crate::link::LinkKnowledge;
use crate::link::same::{Claims, Same, SamePerson, hashes};
use crate::screening::Joining;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::AtomicBool;

/// Records handed out at once.
const CHUNK: usize = 512;

/// What joins records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Join {
    /// Whether identifiers that are exactly the same do.
    pub exact: bool,
    /// What somebody said to be one person's.
    pub said: Vec<SamePerson>,
}

/// Finds out who is one person, and gives a reader of the same inputs that hands on their records as one. The reader must have
/// been opened to be read again, and is read to its end.
///
/// # Errors
/// If the threads cannot be started, or the input cannot be read again.
pub fn join(
    reader: &mut Reader,
    join: &Join,
    knowledge: &LinkKnowledge<'_>,
    threads: usize,
    stop: &AtomicBool,
) -> Result<(Reader, Joining), Halt> {
    let crew = Crew::new(threads)?;
    let sharing = sharing(&crew, reader, join, knowledge, stop)?;
    let mut claims = Vec::new();
    if !sharing.is_empty() {
        let mut again = reader.again()?;
        let mut records = Numbered::new(&mut again, stop);
        crew.run(
            || records.records(CHUNK, |number| sharing.contains(&number)),
            |(number, item)| {
                let Item::Record(record) = item else { return None };
                let read = record.read().ok()?;
                Some(Claims::of(number, &read.dossier, read.source, knowledge))
            },
            |found| {
                claims.extend(found.into_iter().flatten());
                Ok(())
            },
        )?;
    }
    let Same { people, contested, unheard } = Same::decide(&claims, join.exact, &join.said, knowledge);
    let joins = Joins::new(people);
    let (records, people) = joins.counts();
    Ok((
        reader.joined(joins)?,
        Joining { records, people, contested, unheard: unheard.iter().map(ToString::to_string).collect() },
    ))
}

/// Numbers of records of which another one has an identifier, or that somebody spoke of.
fn sharing(
    crew: &Crew,
    reader: &mut Reader,
    join: &Join,
    knowledge: &LinkKnowledge<'_>,
    stop: &AtomicBool,
) -> Result<HashSet<u32>, Halt> {
    let said: HashSet<u64> = join.said.iter().flat_map(SamePerson::hashes).collect();
    let mut first: HashMap<u64, u32> = HashMap::new();
    let mut sharing = HashSet::new();
    let mut records = Numbered::new(reader, stop);
    crew.run(
        || records.chunk(CHUNK),
        |(number, item)| {
            let Item::Record(record) = item else { return None };
            // What cannot be read is told when it is read to be assessed.
            record.read().ok().map(|read| (number, hashes(&read.dossier, knowledge)))
        },
        |found| {
            for (number, hashes) in found.into_iter().flatten() {
                for hash in hashes {
                    if said.contains(&hash) {
                        sharing.insert(number);
                    }
                    let holder = *first.entry(hash).or_insert(number);
                    if join.exact && holder != number {
                        sharing.extend([holder, number]);
                    }
                }
            }
            Ok(())
        },
    )?;
    Ok(sharing)
}
