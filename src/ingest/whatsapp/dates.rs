//! In which order an export writes day and month, settled over all of its lines.

use super::line::Head;
use crate::dossier::{Date, Zone};

/// Why nobody knows which number is the day.
pub(super) const UNSETTLED: &str = "could not tell day from month in the dates of this chat: no day is above 12, and both orders run forward in time (export the chat again with a later message in it, or with the phone set to a region that writes the year first); the file is unread";
/// Why the file contradicts itself.
pub(super) const AT_ODDS: &str = "could not tell day from month in the dates of this chat: in some the first number is above 12, in others the second (export the chat again, from one phone); the file is unread";

/// Where day, month and year stand among three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    day: usize,
    month: usize,
    year: usize,
}

impl Order {
    /// The date and time of a line, in a zone that nobody states; without the time where its half of the day is unknown.
    pub(super) fn date(self, head: &Head<'_>, has_time: bool) -> Option<Date> {
        let number = |at: usize| head.numbers.get(at).map(|(number, _)| *number);
        let two = |number: u16| u8::try_from(number).ok();
        let year = match number(self.year)? {
            short @ 0..=99 => 2000 + short,
            year => year,
        };
        let (year, month, day) = (i16::try_from(year).ok()?, two(number(self.month)?)?, two(number(self.day)?)?);
        if has_time {
            Date::from_second(year, month, day, head.second, Zone::Unknown)
        } else {
            Date::from_day(year, month, day)
        }
    }
}

/// The order of the dates of all lines: by what cannot be a month, else by which of both orders never runs backwards.
///
/// # Errors
/// Why neither is certain, and what to do.
pub(super) fn order(heads: &[&Head<'_>]) -> Result<Order, &'static str> {
    let Some(first) = heads.first() else { return Err(UNSETTLED) };
    // Four digits are a year; of two digits each it is the last.
    let year = first.numbers.iter().position(|(_, digits)| *digits == 4).unwrap_or(2);
    let (a, b) = match year {
        0 => (1, 2),
        1 => (0, 2),
        _ => (0, 1),
    };
    let (day_first, month_first) = (Order { day: a, month: b, year }, Order { day: b, month: a, year });
    let is_above = |at: usize| heads.iter().any(|head| head.numbers.get(at).is_some_and(|(number, _)| *number > 12));
    match (is_above(a), is_above(b)) {
        (true, true) => return Err(AT_ODDS),
        (true, false) => return Ok(day_first),
        (false, true) => return Ok(month_first),
        (false, false) => {}
    }
    // After the year comes the month; with dots the day comes first, wherever both are used.
    if year == 0 {
        return Ok(month_first);
    }
    let runs = |order: Order| {
        let days: Vec<_> = heads.iter().map(|head| order.date(head, false).and_then(Date::day_number)).collect();
        days.windows(2).all(|pair| pair[0] <= pair[1])
    };
    match (runs(day_first), runs(month_first)) {
        (true, false) => Ok(day_first),
        (false, true) => Ok(month_first),
        _ if first.layout.separator == '.' => Ok(day_first),
        _ if heads.iter().all(|head| head.numbers[a] == head.numbers[b]) => Ok(day_first),
        _ => Err(UNSETTLED),
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ODDS, UNSETTLED, order};
    use crate::ingest::whatsapp::line::head;

    fn dated(lines: &[&str]) -> Result<Vec<String>, &'static str> {
        let lines: Vec<String> = lines.iter().map(|date| format!("{date}, 21:25 - a: m")).collect();
        let heads: Vec<_> = lines.iter().filter_map(|line| head(line)).collect();
        let order = order(&heads.iter().collect::<Vec<_>>())?;
        Ok(heads.iter().filter_map(|head| order.date(head, true)).map(|date| date.to_string()).collect())
    }

    #[test]
    fn day_and_month_are_settled_over_the_whole_file() {
        for (dates, expected) in [
            (["3/6/18", "13/6/18"], ["2018-06-03T21:25:00", "2018-06-13T21:25:00"]),
            (["3/6/18", "3/13/18"], ["2018-03-06T21:25:00", "2018-03-13T21:25:00"]),
            (["5/3/18", "4/4/18"], ["2018-03-05T21:25:00", "2018-04-04T21:25:00"]),
            (["5/6/18", "6/2/18"], ["2018-05-06T21:25:00", "2018-06-02T21:25:00"]),
            (["4/4/18", "4/4/18"], ["2018-04-04T21:25:00", "2018-04-04T21:25:00"]),
            (["3.4.18", "4.4.18"], ["2018-04-03T21:25:00", "2018-04-04T21:25:00"]),
            (["2018/03/04", "2018/03/05"], ["2018-03-04T21:25:00", "2018-03-05T21:25:00"]),
            (["06/2018/03", "06/2018/13"], ["2018-06-03T21:25:00", "2018-06-13T21:25:00"]),
        ] {
            assert_eq!(dated(&dates).expect("settled"), expected, "{dates:?}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_guessed() {
        assert_eq!(dated(&["3/4/18", "5/6/18"]), Err(UNSETTLED));
        assert_eq!(dated(&["3/13/18", "13/3/18"]), Err(AT_ODDS));
        assert_eq!(dated(&[]), Err(UNSETTLED));
    }
}
