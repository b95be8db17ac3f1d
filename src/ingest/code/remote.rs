//! Where a repository lies: the addresses by which hosts and git name it.

use crate::content::Table;
use std::sync::LazyLock;

/// A repository at a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remote {
    /// Such as `github.com`.
    host: String,
    /// `owner/name`, with groups between them where the host has some.
    pub(super) repository: String,
}

static ACCOUNT_PAGES: LazyLock<Table> =
    // A table that the binary carries parses: a test reads it.
    LazyLock::new(|| Table::embedded("tables/account-pages.tsv").unwrap_or_default());

impl Remote {
    /// An address as git takes it: `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name.git`.
    /// Nothing for a folder on a disk. A password in it is left out.
    fn parse(address: &str) -> Option<Self> {
        let (authority, path) = match address.split_once("://") {
            Some(("file", _)) => return None,
            Some((_, rest)) => rest.split_once('/')?,
            None => address.split_once(':').filter(|(before, _)| !before.contains('/'))?,
        };
        let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
        let path = path.trim_matches('/');
        let repository = path.strip_suffix(".git").unwrap_or(path);
        let is_whole =
            host.contains('.') && repository.split('/').count() > 1 && !repository.split('/').any(str::is_empty);
        is_whole.then(|| Self { host, repository: repository.to_owned() })
    }

    /// Its page.
    pub(super) fn page(&self) -> String {
        format!("https://{}/{}", self.host, self.repository)
    }

    /// The owner and the owner's page.
    pub(super) fn owner(&self) -> (&str, String) {
        let owner = self.repository.split('/').next().unwrap_or_default();
        (owner, format!("https://{}/{owner}", self.host))
    }

    /// What the host is called as a network: `github`, or the host itself.
    pub(super) fn network(&self) -> String {
        let pages = ACCOUNT_PAGES.rows_of(&self.host);
        let known = pages.iter().find(|row| row.cell(1).is_empty() && row.cell(3) == "handle");
        known.map_or(self.host.as_str(), |row| row.cell(2)).to_owned()
    }
}

/// `owner/name` of any page of a repository, or of an address at GitHub's API below it.
pub(super) fn of_page(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    let path = path.strip_prefix("repos/").unwrap_or(path);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    Some(format!("{}/{}", parts.next()?, parts.next()?))
}

/// Where a checked-out repository came from, by its `.git/config`: the remote `origin`, else the first.
pub(super) fn in_settings(text: &str) -> Option<Remote> {
    let (mut section, mut first) = ("", None);
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        if section.starts_with("remote ")
            && key.trim() == "url"
            && let Some(remote) = Remote::parse(value.trim().trim_matches('"'))
        {
            if section == "remote \"origin\"" {
                return Some(remote);
            }
            first.get_or_insert(remote);
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::{Remote, in_settings, of_page};

    #[test]
    fn addresses_in_every_form_name_the_repository_and_no_password() {
        for address in [
            "https://github.com/nova-mvp1/platform.git",
            "https://ana:secret@github.com/nova-mvp1/platform",
            "git@github.com:nova-mvp1/platform.git",
            "ssh://git@GitHub.com:22/nova-mvp1/platform.git/",
        ] {
            let remote = Remote::parse(address).expect(address);
            assert_eq!(remote.page(), "https://github.com/nova-mvp1/platform", "{address}");
            assert_eq!(remote.network(), "github");
            assert_eq!(remote.owner(), ("nova-mvp1", "https://github.com/nova-mvp1".to_owned()));
        }
        for address in
            ["/srv/git/shop.git", "../shop", "C:/shop", "file:///srv/a/b", "https://host.example/shop", "a:b"]
        {
            assert_eq!(Remote::parse(address), None, "{address}");
        }
        assert_eq!(
            Remote::parse("https://git.example/a/b/c.git").map(|remote| remote.network()).as_deref(),
            Some("git.example")
        );
    }

    #[test]
    fn pages_below_a_repository_name_it() {
        let named = Some("ana/shop".to_owned());
        assert_eq!(of_page("https://github.com/ana/shop/commit/00ff"), named);
        assert_eq!(of_page("https://api.github.com/repos/ana/shop/commits/00ff"), named);
        assert_eq!(of_page("https://github.com/ana"), None);
    }

    #[test]
    fn origin_comes_before_other_remotes() {
        let settings = "[core]\n\turl = https://a.example/b/c\n[remote \"fork\"]\n\turl = https://git.example/x/y.git\n[remote \"origin\"]\n\turl = git@git.example:ana/shop.git\n";
        assert_eq!(in_settings(settings).map(|remote| remote.repository).as_deref(), Some("ana/shop"));
        let settings = settings.replace("origin", "else");
        assert_eq!(in_settings(&settings).map(|remote| remote.repository).as_deref(), Some("x/y"));
    }
}
