//! In which order a report has people.

/// The order of people in a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// As they were read.
    #[default]
    Input,
    /// By verdict, then by the points of the question that comes to it, then as they were read.
    Urgency,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 2] = [Self::Input, Self::Urgency];

    /// The word in arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Urgency => "urgency",
        }
    }

    /// As a reader is told.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Input => "In the order of the input",
            Self::Urgency => "The most urgent first",
        }
    }
}
