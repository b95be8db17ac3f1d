//! GitHub, as its REST API answers: users, their repositories, events and commits; one dossier for each account.
//!
//! Its times are those of UTC, whatever the zone of whoever wrote: zones are shown by `git-log`.

use super::github_person::{self, drop_links, on_github, user};
use super::people::{self, Records, Refused, Told, author};
use super::{events, remote};
use crate::dossier::{Code, Commit, Dossier, Section, Text};
use crate::ingest::adapter::{Adapter, Confidence, Context, Glimpse, Items, Opened};
use crate::ingest::fields::Fields;
use crate::ingest::json;

/// The row of this format.
pub(crate) const ADAPTER: Adapter = Adapter {
    name: "github",
    description: "GitHub's REST API: users, repositories, events and commits, results of searches; one object, an array, or one a line",
    recognised_by: "JSON with `node_id` and addresses at github.com, or events with `actor`, `repo` and `payload`",
    becomes: "one dossier for each account, or else author's mail address, of a file",
    shows: &[Section::Accounts, Section::Employment, Section::Contacts, Section::Code, Section::Messages],
    gathers: None,
    detect,
    open,
};

static RECORDS: Records = Records {
    name: ADAPTER.name,
    absent: &[
        Section::Education,
        Section::Certifications,
        Section::Recommendations,
        Section::References,
        Section::Payments,
        Section::Documents,
        Section::Observations,
        Section::JobPosts,
        Section::Domains,
    ],
    tell,
};

/// Whether a file holds such answers. Issues and pull requests name people and repositories too, and are neither.
fn detect(glimpse: &Glimpse<'_>) -> Option<Confidence> {
    let is_event = json::has_all(glimpse, &["\"actor\"", "\"login\"", "\"repo\"", "\"payload\"", "Event\""]);
    let is_record = json::has_all(glimpse, &["\"node_id\"", "github.com/"])
        && !json::has(glimpse, "\"assignees\"")
        && ["\"login\"", "\"full_name\"", "\"commit\""].iter().any(|key| json::has(glimpse, key));
    (is_event || is_record).then_some(Confidence::Certain)
}

/// Reads a file of such answers.
fn open(opened: Opened, context: &Context) -> Items {
    people::read(opened, context, &RECORDS)
}

fn tell(mut fields: Fields<'_>) -> Result<Told, Refused> {
    if fields.has("actor") && fields.has("repo") {
        events::event(fields)
    } else if fields.has("sha") && fields.has("commit") {
        commit(fields)
    } else if fields.has("full_name") && fields.has("owner") {
        repository(fields)
    } else if fields.has("login") {
        user(fields)
    } else if let Some(message) = fields.text("message").filter(|_| fields.has("documentation_url")) {
        Err(Refused::Bad(format!("GitHub did not hand it out: {message:?} (ask it again)")))
    } else {
        let expected = "expected a user, a repository, an event or a commit of GitHub's REST API";
        Err(Refused::Bad(format!("{expected}, found an object that has the keys of none")))
    }
}

/// What GitHub keeps of a repository for itself, its settings, and counts that have no place in the record.
const KEPT: [&str; 42] = [
    "id",
    "node_id",
    "name",
    "private",
    "updated_at",
    "homepage",
    "size",
    "watchers_count",
    "forks_count",
    "archived",
    "disabled",
    "open_issues_count",
    "license",
    "is_template",
    "web_commit_signoff_required",
    "topics",
    "visibility",
    "forks",
    "open_issues",
    "watchers",
    "default_branch",
    "master_branch",
    "permissions",
    "score",
    "text_matches",
    "starred_at",
    "role_name",
    "temp_clone_token",
    "network_count",
    "subscribers_count",
    "organization",
    "parent",
    "source",
    "template_repository",
    "delete_branch_on_merge",
    "use_squash_pr_title_as_default",
    "security_and_analysis",
    "custom_properties",
    "anonymous_access_enabled",
    "code_of_conduct",
    "pull_request_creation_policy",
    "code_search_index_status",
];

/// A repository, which is its owner's.
fn repository(mut fields: Fields<'_>) -> Result<Told, Refused> {
    let owner = github_person::of(&mut fields, "owner");
    let code = Code {
        repository: fields.text("full_name"),
        url: fields.text("html_url"),
        created_at: fields.date("created_at"),
        pushed_at: fields.date("pushed_at"),
        fork: fields.flag("fork"),
        stars: fields.count("stargazers_count"),
        language: fields.text("language"),
        // The front page shows it above everything else; the file of that name is not part of the answer.
        readme: fields.text("description").map(Text),
        ..on_github()
    };
    drop_links(&mut fields);
    let settings = ["has_", "allow_", "squash_merge_", "merge_commit_"];
    let is_setting = |key: &str| settings.iter().any(|prefix| key.starts_with(prefix));
    fields.drop_together("repository details", |key| is_setting(key) || KEPT.contains(&key));
    fields.finish();
    let owner = owner.ok_or_else(|| Refused::Bad("expected a repository with an `owner`, found none".to_owned()))?;
    owner.tell(Dossier { code: vec![code], ..Dossier::default() })
}

/// A commit: its author's account where GitHub knows one, else the author's mail address.
fn commit(mut fields: Fields<'_>) -> Result<Told, Refused> {
    let account = github_person::of(&mut fields, "author");
    let address = [fields.text("html_url"), fields.text("url")];
    let repository = address.iter().flatten().find_map(|address| remote::of_page(address));
    let mut commit = Commit { sha: fields.text("sha"), ..Commit::default() };
    if let Some(mut said) = fields.object("commit") {
        commit.message = said.text("message").map(Text);
        if let Some(mut author) = said.object("author") {
            commit.at = author.date("date");
            commit.author_name = author.text("name");
            commit.author_email = author.text("email");
            author.finish();
        }
        drop_links(&mut said);
        said.drop_together("commit details", |key| ["tree", "comment_count", "verification"].contains(&key));
        said.drop("committer");
        said.finish();
    }
    drop_links(&mut fields);
    let kept = ["node_id", "committer", "parents", "stats", "files", "repository", "score", "text_matches"];
    fields.drop_together("commit details", |key| kept.contains(&key));
    fields.finish();
    let (name, mail) = (commit.author_name.clone(), commit.author_email.clone());
    let code = Code { repository, commits: vec![commit], ..on_github() };
    match account {
        Some(account) => account.tell(Dossier { code: vec![code], ..Dossier::default() }),
        None => author(name, mail, code),
    }
}
