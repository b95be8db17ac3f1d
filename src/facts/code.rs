//! Repositories and their commits: who wrote them, when, and what they run.

use super::autorun::{Sighting, What, sightings};
use super::catalogue::Field;
use super::category::Category;
use super::companies::letters;
use super::contact::mail_class;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin, Value};
use super::names;
use super::texts::TextOf;
use crate::dossier::{Code, Commit, Date, Path, Place, Section, Zone};
use std::collections::{BTreeMap, BTreeSet};

/// Commits that a share of zones takes at least.
const ENOUGH_COMMITS: usize = 20;
/// Hours from which a zone is another one.
const ELSEWHERE_HOURS: f64 = 3.0;
/// Days from which a history counts as older than its account.
const OLDER_DAYS: f64 = 90.0;
/// Places that one derived value names, and author names that are compared with each other.
const PLACES: usize = 8;
const AUTHORS: usize = 64;

/// What the repositories show of the person as a whole.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let code = &ctx.dossier.code;
    if code.is_empty() && !ctx.covers(Section::Code) {
        return;
    }
    author_names(ctx, builder);
    let mut known = code.is_empty();
    let mut older = Vec::new();
    for (index, repository) in code.iter().enumerate() {
        if let Some(before) = days_before_account(ctx, index, repository) {
            known = true;
            if before.days >= OLDER_DAYS {
                older.push(before);
            }
        }
    }
    if known {
        let places = older.iter().flat_map(|before| before.places);
        builder.number(Field::SubjectReposBeforeAccount, older.len() as f64, Origin::derived_from(places.take(PLACES)));
    }
}

/// Every repository, then every commit.
pub(crate) fn elements<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let authors = Authors::of(ctx);
    for (index, code) in ctx.dossier.code.iter().enumerate() {
        as_given(ctx, builder, index, code);
        owner(ctx, builder, index, code);
        files(ctx, builder, index, code);
        history(ctx, builder, index, code, &authors);
        builder.element(Category::Code, Path::at("/code/*", index));
    }
    for (index, code) in ctx.dossier.code.iter().enumerate() {
        for (number, commit) in code.commits.iter().enumerate() {
            if let Some(message) = &commit.message {
                builder.text(Field::CommitMessage, &**message, Path::at2("/code/*/commits/*/message", index, number));
            }
            if let Some(agrees) = authors.agrees(commit) {
                builder.flag(Field::CommitAuthorAgrees, agrees, Origin::derived(author_place(index, number)));
            }
            if let Some(host) = commit.author_email.as_deref().and_then(domains::mail_host) {
                let path = Path::at2("/code/*/commits/*/author_email", index, number);
                let origin = Origin::derived(Place::whole(path));
                builder.fact(Field::CommitMailClass, Value::Text(mail_class(ctx, &host).into()), origin);
            }
            builder.element(Category::Commit, Path::at2("/code/*/commits/*", index, number));
        }
    }
}

/// What the host or an analyst says.
fn as_given<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, code: &'d Code) {
    if let Some(repository) = &code.repository {
        builder.text(Field::CodeRepository, repository, Path::at("/code/*/repository", index));
        name_pattern(ctx, builder, index, repository);
    }
    if let Some(host) = &code.host {
        builder.text(Field::CodeHost, host, Path::at("/code/*/host", index));
    }
    if code.readme.is_some() {
        let hits = ctx.texts.of(TextOf::Readme(index));
        ctx.say_intents(builder, Field::CodeReadmeIntent, Path::at("/code/*/readme", index), hits);
    }
    if let Some(created) = code.created_at {
        let (days, origin) = ctx.age_days(created, Path::at("/code/*/created_at", index));
        builder.number(Field::CodeAgeDays, days, origin);
    }
    let read = |path| Origin::read(Place::whole(path));
    if let Some(stars) = code.stars {
        builder.number(Field::CodeStars, stars as f64, read(Path::at("/code/*/stars", index)));
    }
    if let Some(fork) = code.fork {
        builder.flag(Field::CodeFork, fork, read(Path::at("/code/*/fork", index)));
    }
    if let Some(share) = code.copied_from.as_ref().and_then(|copied| copied.share) {
        builder.number(Field::CodeCopiedShare, share, read(Path::at("/code/*/copied_from/share", index)));
    }
}

/// Whether the repository is named like the tests of published campaigns.
fn name_pattern<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, repository: &str) {
    let Some(words) = ctx.knowledge.code.assessment_words else { return };
    builder.known(Field::CodeNamePattern);
    let name = repository.rsplit('/').next().unwrap_or_default();
    let spread = |text: &str| format!("-{}-", text.to_lowercase().replace(['_', '.', ' '], "-"));
    let name = spread(name);
    if words.values().any(|word| name.contains(&spread(word))) {
        let origin = Origin::derived(Place::whole(Path::at("/code/*/repository", index)));
        builder.fact(Field::CodeNamePattern, Value::Text("assessment-word".into()), origin);
    }
}

/// Whether the repository stands under the name or the domain of an employer whom the person names.
///
/// The names must be the same: `example-hiring` is not Example's.
fn owner<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, code: &Code) {
    let Some((owner, _)) = code.repository.as_deref().and_then(|repository| repository.split_once('/')) else { return };
    let owner = letters(owner);
    if owner.is_empty() || ctx.employers.all.is_empty() {
        return;
    }
    let by_name = ctx.employers.all.iter().any(|employer| employer.key == owner);
    let by_domain = || ctx.employers.own.iter().any(|own| letters(domains::label(&own.domain)) == owner);
    let by_host = || {
        let host = code.url.as_deref().and_then(domains::host);
        host.is_some_and(|host| ctx.employers.owner_of(&host).is_some())
    };
    let repository = Place::whole(Path::at("/code/*/repository", index));
    let employers = ctx.employers.all.iter().map(|employer| employer.place).take(PLACES);
    let origin = Origin::derived_from([repository].into_iter().chain(employers));
    builder.flag(Field::CodeOwnerIsEmployer, by_name || by_domain() || by_host(), origin);
}

/// What the files run or fetch unasked.
fn files<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, code: &'d Code) {
    if code.files.is_empty() {
        return;
    }
    builder.known(Field::CodeAutorun);
    builder.known(Field::CodePayloadHost);
    let mut found: Vec<Sighting> = Vec::new();
    let mut hosts = BTreeSet::new();
    for (number, file) in code.files.iter().enumerate() {
        found.clear();
        sightings(&file.path, &file.text, &ctx.knowledge.code, &mut found);
        for Sighting { what, span } in found.drain(..) {
            let place = Place::part(Path::at2("/code/*/files/*/text", index, number), span.start, span.end);
            match what {
                What::Runs(what) => builder.fact(Field::CodeAutorun, Value::Text(what.into()), Origin::derived(place)),
                What::PayloadHost(host) if hosts.insert(host.clone()) => {
                    let plain = file.text.get(span).is_some_and(|raw| raw.eq_ignore_ascii_case(&host));
                    let origin = if plain { Origin::read(place) } else { Origin::derived(place) };
                    builder.fact(Field::CodePayloadHost, Value::Text(host.into()), origin);
                }
                What::PayloadHost(_) => {}
            }
        }
    }
}

/// What the commits show.
fn history<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, code: &Code, authors: &Authors<'d>) {
    if code.commits.is_empty() {
        return;
    }
    let commits = Place::whole(Path::at("/code/*/commits", index));
    builder.number(Field::CodeCommits, code.commits.len() as f64, Origin::derived(commits));
    let mut known = false;
    let mut strangers: Vec<(&str, Place)> = Vec::new();
    for (number, commit) in code.commits.iter().enumerate() {
        let Some(agrees) = authors.agrees(commit) else { continue };
        known = true;
        let name = commit.author_name.as_deref().unwrap_or_default();
        if !agrees && strangers.len() < AUTHORS && strangers.iter().all(|(other, _)| *other != name) {
            strangers.push((name, author_place(index, number)));
        }
    }
    if known {
        let origin = Origin::derived_from(strangers.iter().map(|(_, place)| *place).take(PLACES));
        builder.number(Field::CodeAuthorsDisagree, strangers.len() as f64, origin);
    }
    if let Some(before) = days_before_account(ctx, index, code) {
        builder.number(Field::CodeDaysBeforeAccount, before.days, Origin::derived_from(before.places));
    }
    zone_share(ctx, builder, index, code);
}

/// Share of commits at an offset hours away from the claimed place's.
///
/// Times at an offset of zero are left out: code hosts rewrite times to UTC when they export them.
fn zone_share<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>, index: usize, code: &Code) {
    let mut distances = 0_usize;
    let mut elsewhere = Vec::new();
    for (number, commit) in code.commits.iter().enumerate() {
        if let Some(at) = commit.at
            && let Some(minutes) = offset(at).filter(|minutes| *minutes != 0)
            && let Some(hours) = ctx.place.offset_distance_hours(minutes, at)
        {
            distances += 1;
            if hours >= ELSEWHERE_HOURS {
                elsewhere.push(Place::whole(Path::at2("/code/*/commits/*/at", index, number)));
            }
        }
    }
    if distances >= ENOUGH_COMMITS {
        let share = elsewhere.len() as f64 / distances as f64;
        let places = elsewhere.into_iter().take(PLACES).chain([Place::whole(ctx.place.path())]);
        builder.number(Field::CodeZoneElsewhereShare, share, Origin::derived_from(places));
    }
}

fn offset(at: Date) -> Option<i16> {
    match at.time()?.zone {
        Zone::Offset(minutes) => Some(minutes),
        Zone::Unknown => None,
    }
}

/// By how many days a history is older than the account that holds it.
struct Before {
    days: f64,
    places: [Place; 2],
}

/// Days, at least, by which the first commit is before the account of its host was opened; 0 if it is not.
///
/// A fork has the history of its original, and says nothing.
fn days_before_account(ctx: &Context<'_>, index: usize, code: &Code) -> Option<Before> {
    if code.fork == Some(true) {
        return None;
    }
    let host = code.host.as_deref()?;
    let owner = code.repository.as_deref().and_then(|repository| repository.split_once('/')).map(|(owner, _)| owner);
    let same = |network: &str| first_label(network).eq_ignore_ascii_case(first_label(host));
    let on_host =
        || ctx.dossier.accounts.iter().enumerate().filter(|(_, account)| account.network.as_deref().is_some_and(same));
    let own = on_host().find(|(_, account)| match (account.handle.as_deref(), owner) {
        (Some(handle), Some(owner)) => handle.eq_ignore_ascii_case(owner),
        _ => false,
    });
    let (number, account) =
        own.or_else(|| on_host().find(|(_, account)| account.handle.is_none() || owner.is_none()))?;
    let opened = account.created_at?;
    let (first, at) = code
        .commits
        .iter()
        .enumerate()
        .filter_map(|(number, commit)| Some((number, commit.at?)))
        .min_by_key(|(_, at)| at.interval())?;
    let (least, _) = at.days_until(opened);
    Some(Before {
        days: least.max(0.0),
        places: [
            Place::whole(Path::at2("/code/*/commits/*/at", index, first)),
            Place::whole(Path::at("/accounts/*/created_at", number)),
        ],
    })
}

/// `github` of `github`, `github.com` and `www.github.com`.
fn first_label(host: &str) -> &str {
    host.trim_start_matches("www.").split('.').next().unwrap_or_default()
}

/// Author names in own repositories that do not agree with each other.
fn author_names<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut apart: Vec<(&str, Place)> = Vec::new();
    for (index, code) in ctx.dossier.code.iter().enumerate().filter(|(_, code)| is_own(ctx, code)) {
        for (number, commit) in code.commits.iter().enumerate() {
            let Some(name) = person_of(commit) else { continue };
            if seen.len() >= AUTHORS || !seen.insert(name) {
                continue;
            }
            // What cannot be told apart is the same: only contradictions count.
            let differs = |(other, _): &(&str, Place)| names::agree(name, other, &ctx.knowledge.names) == Some(false);
            if apart.iter().all(differs) {
                apart.push((name, author_place(index, number)));
            }
        }
    }
    if !seen.is_empty() {
        let origin = Origin::derived_from(apart.iter().map(|(_, place)| *place).take(PLACES));
        builder.number(Field::SubjectCommitAuthorNames, apart.len() as f64, origin);
    }
}

/// Whether a repository is the person's own: no fork, and under a handle of theirs where handles are known.
fn is_own(ctx: &Context<'_>, code: &Code) -> bool {
    let owner = code.repository.as_deref().and_then(|repository| repository.split_once('/')).map(|(owner, _)| owner);
    let mut handles = ctx
        .dossier
        .accounts
        .iter()
        .filter(|account| match (account.network.as_deref(), code.host.as_deref()) {
            (Some(network), Some(host)) => first_label(network).eq_ignore_ascii_case(first_label(host)),
            _ => false,
        })
        .filter_map(|account| account.handle.as_deref())
        .peekable();
    let under_handle = match owner {
        Some(owner) => handles.peek().is_none() || handles.any(|handle| handle.eq_ignore_ascii_case(owner)),
        None => true,
    };
    code.fork != Some(true) && under_handle
}

/// The author's name, unless a program says that it wrote the commit.
fn person_of(commit: &Commit) -> Option<&str> {
    let name = commit.author_name.as_deref()?.trim();
    (!name.is_empty() && !name.ends_with("[bot]")).then_some(name)
}

/// Which authors of commits agree with a name that the person gave. Few people write many commits.
struct Authors<'d>(BTreeMap<&'d str, Option<bool>>);

impl<'d> Authors<'d> {
    fn of(ctx: &Context<'d>) -> Self {
        let mut authors = BTreeMap::new();
        for name in ctx.dossier.code.iter().flat_map(|code| &code.commits).filter_map(person_of) {
            // A name in one word is read as a handle.
            authors.entry(name).or_insert_with(|| match ctx.names.agrees(name) {
                None if !name.contains(' ') => ctx.names.handle_agrees(name),
                known => known,
            });
        }
        Self(authors)
    }

    fn agrees(&self, commit: &Commit) -> Option<bool> {
        *self.0.get(person_of(commit)?)?
    }
}

fn author_place(index: usize, number: usize) -> Place {
    Place::whole(Path::at2("/code/*/commits/*/author_name", index, number))
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::category::Category;
    use crate::facts::tests::{one, values, with_facts};
    use serde_json::{Value, json};

    fn of_code(json: Value, field: Field) -> Option<Vec<String>> {
        let mut found = None;
        with_facts(json, |elements| found = values(elements, Category::Code, 0, field));
        found
    }

    fn of_dossier(json: Value, field: Field) -> Option<Vec<String>> {
        let mut found = None;
        with_facts(json, |elements| found = values(elements, Category::Dossier, 0, field));
        found
    }

    #[test]
    fn files_that_run_unasked_are_said_and_no_files_are_unknown() {
        let file = |path: &str, text: &str| json!({"code": [{"files": [{"path": path, "text": text}]}]});
        let package = file("package.json", "{\"scripts\":{\"postinstall\":\"node x.js\",\"prepare\":\"husky\"}}");
        assert_eq!(of_code(package, Field::CodeAutorun), one("install-script"));
        assert_eq!(of_code(file("package.json", "{}"), Field::CodeAutorun), Some(vec![]));
        let host = file("a.env", "X=https://a.static-host.example/j\nY=https://a.static-host.example/k");
        assert_eq!(of_code(host, Field::CodePayloadHost), one("a.static-host.example"));
        assert_eq!(of_code(json!({"code": [{"host": "github"}]}), Field::CodeAutorun), None);
    }

    #[test]
    fn an_owner_is_the_employer_only_by_the_same_name_or_domain() {
        let owned = |owner: &str| {
            json!({"employment": [{"employer": {"name": "Blue Lake Inc", "domain": "bluelake-labs.example"}}],
                   "code": [{"repository": format!("{owner}/task")}]})
        };
        assert_eq!(of_code(owned("blue-lake"), Field::CodeOwnerIsEmployer), one("true"));
        assert_eq!(of_code(owned("bluelake-labs"), Field::CodeOwnerIsEmployer), one("true"));
        assert_eq!(of_code(owned("blue-lake-hiring"), Field::CodeOwnerIsEmployer), one("false"));
        assert_eq!(of_code(json!({"code": [{"repository": "a/task"}]}), Field::CodeOwnerIsEmployer), None);
    }

    #[test]
    fn names_of_tests_are_seen_as_whole_words() {
        let named = |name: &str| json!({"code": [{"repository": name}]});
        assert_eq!(of_code(named("a/shop_MVP1"), Field::CodeNamePattern), one("assessment-word"));
        assert_eq!(of_code(named("a/skill.test.app"), Field::CodeNamePattern), one("assessment-word"));
        assert_eq!(of_code(named("mvp1/shop-mvp12"), Field::CodeNamePattern), Some(vec![]));
    }

    #[test]
    fn authors_are_compared_with_the_person_and_with_each_other() {
        let history = |authors: &[&str]| {
            let commits: Vec<_> = authors.iter().map(|name| json!({"author_name": name})).collect();
            json!({"subject": {"names": [{"value": "Ana Example"}]},
                   "accounts": [{"network": "github", "handle": "ana-x"}],
                   "code": [{"host": "github.com", "repository": "ana-x/shop", "commits": commits}]})
        };
        let three = || history(&["Ana Example", "Boris Muster", "Clara Ensayo", "Boris Muster", "dependabot[bot]"]);
        assert_eq!(of_code(three(), Field::CodeAuthorsDisagree), one("2"));
        assert_eq!(of_dossier(three(), Field::SubjectCommitAuthorNames), one("3"));
        let same = || history(&["Ana Example", "A. Example", "Example Ana"]);
        assert_eq!(of_code(same(), Field::CodeAuthorsDisagree), one("0"));
        assert_eq!(of_dossier(same(), Field::SubjectCommitAuthorNames), one("1"));
    }

    #[test]
    fn a_history_older_than_its_account_is_counted_and_a_fork_is_not() {
        let repository = |fork: bool| {
            json!({"accounts": [{"network": "github", "handle": "ana-x", "created_at": "2024-05-01"}],
                   "code": [{"host": "github", "repository": "Ana-X/shop", "fork": fork,
                             "commits": [{"at": "2024-04-20"}, {"at": "2024-01-01T00:00:00Z"}]}]})
        };
        let days = of_code(repository(false), Field::CodeDaysBeforeAccount).expect("is known");
        assert!(days[0].parse::<f64>().is_ok_and(|days| (119.0..=121.0).contains(&days)), "{days:?}");
        assert_eq!(of_dossier(repository(false), Field::SubjectReposBeforeAccount), one("1"));
        assert_eq!(of_code(repository(true), Field::CodeDaysBeforeAccount), None);
        assert_eq!(of_dossier(repository(true), Field::SubjectReposBeforeAccount), None);
    }

    #[test]
    fn zones_count_from_twenty_commits_on_and_utc_says_nothing() {
        let history = |zone: &str, count: usize| {
            let commits: Vec<_> =
                (0..count).map(|hour| json!({"at": format!("2026-01-15T{hour:02}:00:00{zone}")})).collect();
            json!({"subject": {"location": {"text": "Denver", "country": "US", "city": "Denver"}},
                   "code": [{"repository": "a/b", "commits": commits}]})
        };
        assert_eq!(of_code(history("+01:00", 20), Field::CodeZoneElsewhereShare), one("1"));
        assert_eq!(of_code(history("-07:00", 20), Field::CodeZoneElsewhereShare), one("0"));
        assert_eq!(of_code(history("+01:00", 19), Field::CodeZoneElsewhereShare), None);
        assert_eq!(of_code(history("Z", 24), Field::CodeZoneElsewhereShare), None);
    }
}
