//! Meetings at one time: when a person was in an interview, a call or a meeting, and who else was then.
//!
//! Nobody sits in two at once. Where records under different names are tied by something else, that speaks against one
//! person behind both, and for several; by itself it says nothing, since many have an appointment at ten.

use super::common::exact;
use crate::dossier::{Date, Dossier, ObservationKind, Path, Place, Quote};
use crate::facts::network::was_avoided;

/// Seconds between the beginnings of two meetings that overlap, at most. Records say when one began and not when it
/// ended; one that was held takes ten minutes. A judgement.
const AT_ONCE: u64 = 10 * 60;

/// How a meeting ended that nobody held. Words of the record.
const NOT_HELD: [&str; 3] = ["canceled", "cancelled", "rescheduled"];

/// An interview, a call or a meeting that the person was in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Meeting {
    /// When it began; the zone is known.
    at: Date,
    place: Place,
}

/// A meeting, the position of the member who was in it, and the number of that member's name.
pub(super) type Attended<'m> = (&'m Meeting, usize, usize);

impl Meeting {
    /// Those of a record whose instant is known.
    pub(super) fn all(dossier: &Dossier) -> Vec<Self> {
        let is_meeting =
            |kind| matches!(kind, ObservationKind::Interview | ObservationKind::Call | ObservationKind::Meeting);
        let seen = dossier.observations.iter().enumerate().filter(|(_, seen)| is_meeting(seen.kind));
        let held = seen.filter(|(_, seen)| seen.outcome.as_deref().is_none_or(was_held));
        held.filter_map(|(index, seen)| {
            let at = seen.at.filter(|at| at.zone_is_known())?;
            Some(Self { at, place: Place::whole(Path::at("/observations/*/at", index)) })
        })
        .collect()
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// When it began, as it stands in a record.
    pub(super) fn quote(&self, dossier: &str) -> Quote {
        exact(dossier, self.place, self.at)
    }

    fn instant(&self) -> i64 {
        self.at.interval().earliest
    }
}

fn was_held(outcome: &str) -> bool {
    !was_avoided(outcome) && !NOT_HELD.contains(&outcome.trim().to_ascii_lowercase().as_str())
}

/// For each meeting the nearest one that overlaps under another name, in order of time.
pub(super) fn at_once(mut attended: Vec<Attended<'_>>) -> Vec<(Attended<'_>, Attended<'_>)> {
    attended.sort_by_key(|(meeting, member, _)| (meeting.instant(), *member, meeting.place));
    let before = nearest(attended.iter());
    let mut after = nearest(attended.iter().rev());
    after.reverse();
    let apart = |one: &Attended<'_>, other: &Attended<'_>| one.0.instant().abs_diff(other.0.instant());
    let pairs = attended.iter().zip(before.into_iter().zip(after));
    let closest = pairs.filter_map(|(own, (before, after))| {
        let other = [before, after].into_iter().flatten().min_by_key(|other| apart(own, other))?;
        (apart(own, other) < AT_ONCE).then_some((*own, *other))
    });
    closest.collect()
}

/// For each the last one before it that is under another name.
fn nearest<'a, 'm: 'a>(attended: impl Iterator<Item = &'a Attended<'m>>) -> Vec<Option<&'a Attended<'m>>> {
    let mut last: Option<&Attended<'_>> = None;
    // The last one under another name than the last.
    let mut other: Option<&Attended<'_>> = None;
    let mut found = Vec::new();
    for own in attended {
        if last.is_some_and(|last| last.2 != own.2) {
            other = last;
        }
        found.push(other);
        last = Some(own);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Meeting, at_once};
    use crate::dossier::Dossier;
    use serde_json::json;

    fn meetings(observations: &serde_json::Value) -> Vec<Meeting> {
        let record = json!({"schema": crate::dossier::SCHEMA, "id": "d", "observations": observations});
        Meeting::all(&serde_json::from_value::<Dossier>(record).expect("a dossier"))
    }

    #[test]
    fn only_meetings_that_were_held_at_a_known_instant_are_read() {
        let at = "2026-09-14T10:00:00+02:00";
        let found = meetings(&json!([
            {"kind": "interview", "at": at},
            {"kind": "login", "at": at},
            {"kind": "call", "at": "2026-09-14T10:00:00"},
            {"kind": "meeting", "at": "2026-09-14"},
            {"kind": "interview", "at": at, "outcome": "No-show"},
            {"kind": "interview", "at": at, "outcome": "Cancelled"},
            {"kind": "call", "at": at, "outcome": "passed"},
        ]));
        let quotes: Vec<_> = found.iter().map(|meeting| meeting.quote("d")).collect();
        let told: Vec<_> = quotes.iter().map(|quote| (quote.pointer.as_str(), quote.quote.as_str())).collect();
        assert_eq!(told, [("/observations/0/at", at), ("/observations/6/at", at)]);
    }

    #[test]
    fn meetings_under_other_names_that_overlap_are_found() {
        let all: Vec<Meeting> = ["08:00", "08:05", "08:09", "08:30", "08:40", "08:41"]
            .iter()
            .flat_map(|time| meetings(&json!([{"kind": "call", "at": format!("2026-09-14T{time}:00Z")}])))
            .collect();
        let of = |names: [usize; 6]| {
            let attended = all.iter().zip(0..).zip(names).map(|((meeting, member), name)| (meeting, member, name));
            at_once(attended.collect()).iter().map(|(own, other)| (own.1, other.1)).collect::<Vec<_>>()
        };
        assert_eq!(of([7, 7, 8, 7, 8, 8]), [(0, 2), (1, 2), (2, 1)], "ten minutes apart is not at once");
        assert_eq!(of([7; 6]), []);
        assert_eq!(of([1, 2, 3, 4, 5, 6]), [(0, 1), (1, 2), (2, 1), (4, 5), (5, 4)]);
    }
}
