//! People and programs as GitHub names them: in full, or in short wherever they appear.

use super::people::{PROGRAMS, Refused, Told};
use crate::dossier::{
    Account, Code, ContactKind, Coverage, Dossier, Employment, Location, Organisation, Section, Text,
};
use crate::ingest::fields::Fields;
use crate::ingest::profiles::{contact, names};

/// What GitHub keeps of an account for itself, and counts that have no place in the record.
const KEPT: [&str; 27] = [
    "node_id",
    "gravatar_id",
    "display_login",
    "user_view_type",
    "site_admin",
    "public_repos",
    "public_gists",
    "updated_at",
    "suspended_at",
    "notification_email",
    "score",
    "text_matches",
    "starred_at",
    "permissions",
    "role_name",
    "contributions",
    "private_gists",
    "total_private_repos",
    "owned_private_repos",
    "disk_usage",
    "collaborators",
    "two_factor_authentication",
    "business_plus",
    "ldap_dn",
    "plan",
    "is_verified",
    "archived_at",
];

/// An account, in short or in full.
pub(super) struct Someone {
    pub(super) login: String,
    account: Account,
    kind: Option<String>,
}

impl Someone {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let login = fields.text("login")?;
        let address = fields.text("html_url").unwrap_or_else(|| format!("https://github.com/{login}"));
        let account = Account {
            network: Some("github".to_owned()),
            handle: Some(login.clone()),
            url: Some(address),
            id: fields.text("id"),
            ..Account::default()
        };
        Some(Self { login, account, kind: fields.text("type") })
    }

    /// What is said of somebody who is no program.
    pub(super) fn tell(self, dossier: Dossier) -> Result<Told, Refused> {
        if self.kind.as_deref() == Some("Bot") || self.login.ends_with("[bot]") {
            return Err(Refused::Nobody(PROGRAMS));
        }
        let accounts = vec![self.account].into_iter().chain(dossier.accounts).collect();
        let mut dossier = Dossier { accounts, ..dossier };
        if let Some(kind) = self.kind.filter(|kind| kind != "User") {
            dossier.extra.insert("account_type".to_owned(), kind.into());
        }
        Ok(Told { whose: format!("https://github.com/{}", self.login), dossier })
    }
}

/// Somebody's full record.
pub(super) fn user(mut fields: Fields<'_>) -> Result<Told, Refused> {
    let someone = Someone::read(&mut fields);
    let mut someone = someone.ok_or_else(|| Refused::Bad("expected a user with a `login`, found none".to_owned()))?;
    let account = &mut someone.account;
    account.created_at = fields.date("created_at");
    account.followers = fields.count("followers");
    account.following = fields.count("following");
    let name = fields.text("name");
    account.names = name.iter().cloned().collect();
    let mut dossier = Dossier::default();
    dossier.subject.names = names(name);
    dossier.subject.about = fields.text_of(&["bio", "description"]).map(Text);
    dossier.subject.location = fields.text("location").map(|text| Location { text: Some(text), ..Location::default() });
    dossier.employment = fields.text("company").map(employer).into_iter().collect();
    let contacts = [(ContactKind::Email, fields.text("email")), (ContactKind::Url, fields.text("blog"))];
    dossier.contacts = contacts.into_iter().filter_map(|(kind, value)| Some(contact(kind, value?))).collect();
    dossier.accounts = fields.text("twitter_username").map(twitter).into_iter().collect();
    if fields.look("public_repos").and_then(serde_json::Value::as_u64) == Some(0) {
        dossier.coverage = Coverage { present: vec![Section::Code], ..Coverage::default() };
    }
    finish(fields);
    someone.tell(dossier)
}

/// Somebody who is named in short, below a key; nothing where the account is gone.
pub(super) fn of(fields: &mut Fields<'_>, key: &str) -> Option<Someone> {
    let mut fields = fields.object(key)?;
    let someone = Someone::read(&mut fields);
    finish(fields);
    someone
}

fn finish(mut fields: Fields<'_>) {
    drop_links(&mut fields);
    fields.drop_together("account details", |key| KEPT.contains(&key) || key.starts_with("has_"));
    fields.drop("hireable");
    fields.finish();
}

/// Whom somebody says they work for; since when, and whether still, is not said.
fn employer(company: String) -> Employment {
    let account = company.strip_prefix('@').map(str::trim).filter(|rest| !rest.contains([' ', ',', '@']));
    let name = Some(account.map(str::to_owned).unwrap_or(company));
    Employment { employer: Organisation { name, ..Organisation::default() }, ..Employment::default() }
}

fn twitter(handle: String) -> Account {
    Account { network: Some("twitter".to_owned()), handle: Some(handle), ..Account::default() }
}

/// A repository of which nothing else is known.
pub(super) fn on_github() -> Code {
    Code { host: Some("github".to_owned()), ..Code::default() }
}

/// Passes over the addresses at GitHub's interface that every object is full of.
pub(super) fn drop_links(fields: &mut Fields<'_>) {
    fields.drop_together("links", |key| key == "url" || key.ends_with("_url"));
}
