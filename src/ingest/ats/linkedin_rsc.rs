//! `LinkedIn` Recruiter System Connect: candidates whom a recruiter exported from `LinkedIn` into the employer's own system. A stub:
//! who it is, and the line under the name.

use super::candidate::candidate;
use super::people::{self, System};
use crate::dossier::{Account, Coverage, Dossier, Photo, Section, Text};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::foreign::Format;
use crate::ingest::json;
use crate::ingest::profiles;

const FORMAT: Format = Format {
    name: NAME,
    expected: "an exported candidate, an object with `personUrn`",
    envelopes: &["elements", "data", "results"],
    is: |object| object.contains_key("personUrn"),
    read,
    identity: |dossier| dossier.accounts.first()?.id.clone(),
};

const NAME: &str = "linkedin-rsc";

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: NAME,
    description: "candidates as LinkedIn Recruiter System Connect exports them: an answer with `elements`, one object, an array, or one a line",
    recognised_by: "JSON with `personUrn` and `firstName`",
    becomes: "one dossier for each candidate",
    shows: &[Section::Accounts, Section::Photos],
    gathers: None,
    detect,
    open,
};

/// Whether a file holds exported candidates.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    json::has_all(glimpse, &["\"personUrn\"", "\"firstName\""]).then_some(Confidence::Certain)
}

/// Whose a record is.
const SYSTEM: System = System { format: FORMAT, person: |object| super::candidate::number_at(object, "personUrn") };

/// Reads a file of exported candidates.
fn open(opened: Opened, context: &Context) -> Items {
    people::records(opened, context, &SYSTEM)
}

fn read(mut fields: Fields<'_>) -> Dossier {
    let name = profiles::name(&mut fields, "name", ["firstName", "lastName"]);
    let mut dossier = candidate(None, name);
    dossier.subject.headline = fields.text("headline").map(Text);
    let photo = fields.text("profilePictureUrl").map(|url| Photo { url: Some(url), ..Photo::default() });
    dossier.subject.photos = photo.into_iter().collect();
    dossier.accounts.push(Account {
        network: Some("linkedin".to_owned()),
        id: fields.text("personUrn"),
        url: fields.text("publicProfileUrl"),
        ..Account::default()
    });
    fields.finish();
    dossier.coverage = Coverage { present: vec![Section::Accounts], ..Coverage::default() };
    dossier
}
