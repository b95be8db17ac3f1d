//! Kinds of elements: the parts of a dossier that a rule can be about.

use crate::dossier::Section;

/// What kind of part of a dossier an element is; a rule's `logsource.category`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the part of the dossier of the same name")]
pub enum Category {
    Dossier,
    Account,
    Employment,
    Education,
    Contact,
    Payment,
    Document,
    Code,
    Commit,
    Observation,
    Message,
    Thread,
    JobPost,
    Organisation,
    Watchlist,
    Cluster,
    Earlier,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 17] = [
        Self::Dossier,
        Self::Account,
        Self::Employment,
        Self::Education,
        Self::Contact,
        Self::Payment,
        Self::Document,
        Self::Code,
        Self::Commit,
        Self::Observation,
        Self::Message,
        Self::Thread,
        Self::JobPost,
        Self::Organisation,
        Self::Watchlist,
        Self::Cluster,
        Self::Earlier,
    ];

    /// The word that stands in a rule.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Account => "account",
            Self::Employment => "employment",
            Self::Education => "education",
            Self::Contact => "contact",
            Self::Payment => "payment",
            Self::Document => "document",
            Self::Code => "code",
            Self::Commit => "commit",
            Self::Observation => "observation",
            Self::Message => "message",
            Self::Thread => "thread",
            Self::JobPost => "job_post",
            Self::Organisation => "organisation",
            Self::Cluster => "cluster",
            Self::Earlier => "earlier",
            Self::Watchlist => "watchlist",
        }
    }

    /// The category of that name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == name)
    }

    /// Whether elements come from elsewhere than the dossier alone, and only in runs that were given it: their rules
    /// are no part of what an export could show.
    pub fn is_from_elsewhere(self) -> bool {
        matches!(self, Self::Cluster | Self::Earlier | Self::Watchlist)
    }

    /// The section whose presence says that there are no such elements, rather than that they are unknown.
    pub fn section(self) -> Option<Section> {
        match self {
            Self::Dossier | Self::Cluster | Self::Earlier | Self::Watchlist => None,
            Self::Account => Some(Section::Accounts),
            Self::Employment => Some(Section::Employment),
            Self::Education => Some(Section::Education),
            Self::Contact => Some(Section::Contacts),
            Self::Payment => Some(Section::Payments),
            Self::Document => Some(Section::Documents),
            Self::Code | Self::Commit => Some(Section::Code),
            Self::Observation => Some(Section::Observations),
            Self::Message | Self::Thread => Some(Section::Messages),
            Self::JobPost => Some(Section::JobPosts),
            Self::Organisation => Some(Section::Organisations),
        }
    }
}
