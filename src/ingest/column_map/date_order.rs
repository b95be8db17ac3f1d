//! In which order a table writes day and month.

/// How `03/04/2025` is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// Nobody said: such a date is read only where one of both cannot be a month.
    #[default]
    Unknown,
    /// The 3rd of April.
    DayFirst,
    /// March the 4th.
    MonthFirst,
}

impl DateOrder {
    /// The order of a map's word.
    pub(crate) fn by_name(word: &str) -> Option<Self> {
        match word {
            "day-first" => Some(Self::DayFirst),
            "month-first" => Some(Self::MonthFirst),
            _ => None,
        }
    }
}
