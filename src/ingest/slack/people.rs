//! What Slack's list of people says of one.

use crate::dossier::{Account, AccountStatus, Contact, ContactKind, Location, NameKind};
use crate::ingest::chat::Person;
use crate::ingest::fields::Fields;
use crate::ingest::profiles;
use serde_json::Value;

/// What the format is called, and the network.
pub(super) const NAME: &str = "slack";

/// Fields of conversations that have no place in the record.
pub(super) const OF_CONVERSATIONS: [&str; 12] = [
    "id",
    "created",
    "creator",
    "is_archived",
    "is_general",
    "topic",
    "purpose",
    "pins",
    "previous_names",
    "date_deleted",
    "properties",
    "shares",
];
/// Fields of people that have no place in the record.
const OF_PEOPLE: [&str; 19] = [
    "team_id",
    "color",
    "tz_label",
    "tz_offset",
    "is_admin",
    "is_owner",
    "is_primary_owner",
    "is_restricted",
    "is_ultra_restricted",
    "is_app_user",
    "is_email_confirmed",
    "is_invited_user",
    "is_forgotten",
    "is_workflow_bot",
    "updated",
    "who_can_share_contact_card",
    "has_2fa",
    "enterprise_user",
    "teams",
];
/// Fields of their profiles that have none. What a picture shows is nobody's business.
const OF_PROFILES: [&str; 34] = [
    "real_name_normalized",
    "display_name_normalized",
    "first_name",
    "last_name",
    "fields",
    "status_text",
    "status_text_canonical",
    "status_emoji",
    "status_emoji_display_info",
    "status_expiration",
    "huddle_state",
    "huddle_state_expiration_ts",
    "avatar_hash",
    "is_custom_image",
    "image_24",
    "image_32",
    "image_48",
    "image_72",
    "image_192",
    "image_512",
    "image_1024",
    "image_original",
    "team",
    "api_app_id",
    "bot_id",
    "always_active",
    "guest_invited_by",
    "guest_expiration_ts",
    "start_date",
    "is_restricted",
    "is_ultra_restricted",
    "name",
    "ooo_message",
    "calls",
];

/// Somebody of the workspace.
#[derive(Debug, Default)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) is_bot: bool,
    handle: Option<String>,
    names: Vec<String>,
    /// What they are called by, which they choose freely and is often their handle.
    called: Option<String>,
    is_closed: bool,
    title: Option<String>,
    zone: Option<String>,
    contacts: Vec<Contact>,
}

/// Reads somebody; `None` for one without an id.
pub(super) fn user(mut fields: Fields<'_>) -> Option<User> {
    let is = |value: Option<Value>| value == Some(Value::Bool(true));
    let mut user = User {
        id: fields.text("id").unwrap_or_default(),
        is_bot: is(fields.value("is_bot")),
        handle: fields.text("name"),
        names: fields.text("real_name").into_iter().collect(),
        is_closed: is(fields.value("deleted")),
        zone: fields.text("tz"),
        ..User::default()
    };
    if let Some(mut profile) = fields.object("profile") {
        user.names.extend(profile.text("real_name"));
        user.called = profile.text("display_name");
        user.title = profile.text("title");
        let network = |network: &str, contact| Contact { network: Some(network.to_owned()), ..contact };
        let contact = |kind, value: Option<String>| value.map(|value| profiles::contact(kind, value));
        user.contacts.extend(contact(ContactKind::Email, profile.text("email")));
        user.contacts.extend(contact(ContactKind::Phone, profile.text("phone")));
        user.contacts
            .extend(contact(ContactKind::Messenger, profile.text("skype")).map(|skype| network("skype", skype)));
        profile.drop_all(&OF_PROFILES);
        profile.finish();
    }
    fields.drop_all(&OF_PEOPLE);
    fields.finish();
    (!user.id.is_empty()).then_some(user)
}

impl User {
    /// Somebody of whom a message shows the name.
    pub(super) fn shown(id: &str, name: Option<String>) -> Self {
        Self { id: id.to_owned(), names: name.into_iter().collect(), ..Self::default() }
    }

    /// Tells what is known; `source` names the file.
    pub(super) fn tell(self, person: &mut Person, source: &str) {
        for name in &self.names {
            person.name(name, NameKind::Display, source);
        }
        if let Some(called) = &self.called {
            person.name(called, NameKind::Username, source);
        }
        let dossier = &mut person.dossier;
        if dossier.accounts.is_empty() {
            let status = if self.is_closed { AccountStatus::Closed } else { AccountStatus::default() };
            let (network, id) = (Some(NAME.to_owned()), Some(self.id));
            dossier.accounts.push(Account { network, handle: self.handle, id, status, ..Account::default() });
        }
        if let Some(title) = self.title {
            dossier.subject.headline = Some(title.into());
        }
        if let Some(zone) = self.zone {
            dossier.subject.location = Some(Location { time_zone: Some(zone), ..Location::default() });
        }
        for contact in self.contacts {
            dossier.contacts.push(Contact { source: Some(source.to_owned()), ..contact });
        }
    }
}
