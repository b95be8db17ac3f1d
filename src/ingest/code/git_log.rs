//! A history as `git log` writes it by a format of its own, one commit a line: one dossier for each author's mail address.
//!
//! Times keep the zone that the author's machine had, which code hosts leave out.

use super::people::{self, Records, Refused, Told, author};
use crate::dossier::{Code, Commit, Section, Text};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::json;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: "git-log",
    description: "commits as `git log` writes them by the format of docs/formats.md, one a line",
    recognised_by: "JSON with `author_name`, `author_email` and `author_date`",
    becomes: "one dossier for each author's mail address of a file",
    shows: &[Section::Contacts, Section::Code],
    gathers: None,
    detect,
    open,
};

static RECORDS: Records = Records {
    name: ADAPTER.name,
    absent: &[
        Section::Accounts,
        Section::Employment,
        Section::Education,
        Section::Skills,
        Section::Certifications,
        Section::Recommendations,
        Section::References,
        Section::Declarations,
        Section::Payments,
        Section::Documents,
        Section::Observations,
        Section::Messages,
        Section::JobPosts,
        Section::Organisations,
        Section::Domains,
        Section::Photos,
    ],
    tell,
};

/// Whether a file holds such commits.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let keys = ["\"author_name\"", "\"author_email\"", "\"author_date\""];
    json::has_all(glimpse, &keys).then_some(Confidence::Certain)
}

/// Reads such commits.
fn open(opened: Opened, context: &Context) -> Items {
    people::read(opened, context, &RECORDS)
}

fn tell(mut fields: Fields<'_>) -> Result<Told, Refused> {
    let commit = Commit {
        at: fields.date("author_date"),
        author_name: fields.text("author_name"),
        author_email: fields.text("author_email"),
        message: fields.text("message").map(Text),
        sha: fields.text("sha"),
    };
    let repository = fields.text("repository");
    let host = fields.text("host");
    // Whoever committed what somebody else wrote has no place in the record.
    fields.drop_all(&["committer_name", "committer_email", "committer_date"]);
    fields.finish();
    let (name, mail) = (commit.author_name.clone(), commit.author_email.clone());
    author(name, mail, Code { host, repository, commits: vec![commit], ..Code::default() })
}
