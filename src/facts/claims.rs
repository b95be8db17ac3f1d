//! Claims of jobs and studies side by side: what two sources say of the same employer or school.

use crate::dossier::{Date, Dossier};

/// Dates that differ by less are a matter of rounding, notice and holidays.
const DIFFERENT_MONTHS: i32 = 6;

/// One claim of a job or of studies, as far as two of them can be compared.
#[derive(Debug)]
pub(crate) struct Claim<'d> {
    /// The employer's or school's folded name; claims with an empty one are compared with none.
    pub(crate) key: &'d str,
    pub(crate) source: Option<&'d str>,
    pub(crate) start: Option<Date>,
    pub(crate) end: Option<Date>,
    /// The title or degree.
    pub(crate) title: Option<&'d str>,
}

/// Something that two sources say differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    Start,
    End,
    /// Title or degree.
    Title,
}

/// A claim compared with those of other sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compared {
    /// Position of the claim.
    pub(crate) claim: usize,
    /// What differs, and the position of the other claim.
    pub(crate) differs: Vec<(Point, usize)>,
}

/// Each claim that another source makes too, with what differs.
///
/// Where a source has several claims of one employer, as after a promotion, only first start and last end are compared.
pub(crate) fn compare(claims: &[Claim<'_>], titles_differ: impl Fn(&str, &str) -> Option<bool>) -> Vec<Compared> {
    let mut compared = Vec::new();
    let Some(first) = claims.first() else { return compared };
    if claims.iter().all(|claim| claim.source == first.source) {
        return compared;
    }
    for (position, claim) in claims.iter().enumerate().filter(|(_, claim)| !claim.key.is_empty()) {
        let alike = |other: &&Claim<'_>| other.key == claim.key;
        let own: Vec<_> = claims.iter().filter(alike).filter(|other| other.source == claim.source).collect();
        // A group speaks once, by its first claim.
        if own.first().is_none_or(|first| !std::ptr::eq(*first, claim)) {
            continue;
        }
        let mut entry = Compared { claim: position, differs: Vec::new() };
        let mut met = false;
        let mut sources: Vec<Option<&str>> = Vec::new();
        for (other_position, other) in claims.iter().enumerate() {
            if other.key != claim.key || other.source == claim.source || sources.contains(&other.source) {
                continue;
            }
            sources.push(other.source);
            met = true;
            let theirs: Vec<_> = claims.iter().filter(alike).filter(|third| third.source == other.source).collect();
            let mut differ = |point: Point| {
                if !entry.differs.iter().any(|(seen, _)| *seen == point) {
                    entry.differs.push((point, other_position));
                }
            };
            if dates_differ(first_start(&own), first_start(&theirs)) {
                differ(Point::Start);
            }
            if dates_differ(last_end(&own), last_end(&theirs)) {
                differ(Point::End);
            }
            if let ([mine], [their]) = (&own[..], &theirs[..])
                && let (Some(mine), Some(their)) = (mine.title, their.title)
                && titles_differ(mine, their) == Some(true)
            {
                differ(Point::Title);
            }
        }
        if met {
            compared.push(entry);
        }
    }
    compared
}

/// The name of an entry's source: its own, or that of the only provenance.
pub(crate) fn source_of<'d>(source: Option<&'d str>, dossier: &'d Dossier) -> Option<&'d str> {
    source.or(match &dossier.provenance[..] {
        [only] => only.name.as_deref(),
        _ => None,
    })
}

/// The first start of claims, if each has one.
fn first_start(claims: &[&Claim<'_>]) -> Option<Date> {
    let starts: Option<Vec<Date>> = claims.iter().map(|claim| claim.start).collect();
    starts?.into_iter().min_by_key(|date| date.interval())
}

/// The last end of claims, if each has one.
fn last_end(claims: &[&Claim<'_>]) -> Option<Date> {
    let ends: Option<Vec<Date>> = claims.iter().map(|claim| claim.end).collect();
    ends?.into_iter().max_by_key(|date| date.interval())
}

/// Whether two dates are certainly six months or more apart.
fn dates_differ(first: Option<Date>, second: Option<Date>) -> bool {
    let (Some(first), Some(second)) = (first, second) else { return false };
    let (least, most) = first.months_until(second);
    least >= DIFFERENT_MONTHS || -most >= DIFFERENT_MONTHS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(source: &'static str, start: &str, end: &str, title: &'static str) -> Claim<'static> {
        Claim {
            key: "bluefin",
            source: Some(source),
            start: start.parse().ok(),
            end: end.parse().ok(),
            title: Some(title),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "titles may be incomparable")]
    fn differ(first: &str, second: &str) -> Option<bool> {
        Some(first != second)
    }

    #[test]
    fn only_other_sources_are_compared() {
        let claims = [claim("cv", "2016", "2018", "a"), claim("cv", "2019", "2021", "b")];
        assert!(compare(&claims, differ).is_empty());
        let claims = [claim("cv", "2016-01", "2021-01", "a"), claim("profile", "2019-01", "2021-03", "b")];
        let compared = compare(&claims, differ);
        assert_eq!(compared.len(), 2);
        assert_eq!(compared[0].differs, [(Point::Start, 1), (Point::Title, 1)]);
    }

    #[test]
    fn promotions_are_one_job() {
        let claims = [
            claim("cv", "2016-01", "2021-01", "a"),
            claim("profile", "2016-01", "2018-01", "a"),
            claim("profile", "2018-01", "2021-01", "b"),
        ];
        assert!(compare(&claims, differ).iter().all(|compared| compared.differs.is_empty()));
    }

    #[test]
    fn coarse_dates_differ_only_for_certain() {
        let claims = [claim("cv", "2019", "2021", "a"), claim("profile", "2019-11", "2021-02", "a")];
        assert!(compare(&claims, differ).iter().all(|compared| compared.differs.is_empty()));
    }
}
