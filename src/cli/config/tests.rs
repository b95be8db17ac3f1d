//! What holds when several places say something, and what the author of a configuration is told.

use super::document::Value;
use super::options::{Kind, Options};
use super::parse::{Source, parse};
use super::settings::{Origin, Settings};
use super::{Document, built, chosen, innermost};
use crate::cli::args::{Args, Command, ScanArgs};
use crate::cli::command::command;
use crate::content::Diagnostic;
use crate::screening::Detector;
use clap::{CommandFactory, FromArgMatches};
use proptest::prelude::*;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

fn understood(text: &str, was_found: bool) -> Result<Document, Vec<Diagnostic>> {
    let source = Source { file: "falseface.toml", text, folder: Path::new("conf"), was_found };
    parse(source, &Options::of(&built()))
}

/// What is wrong, by lines: the message, and what to do.
fn wrong(text: &str) -> Vec<(usize, String, String)> {
    let found = understood(text, true).expect_err("is refused");
    found.into_iter().map(|one| (one.line, one.message, one.help.unwrap_or_default())).collect()
}

/// The settings that a configuration comes to, with what was typed, and the words that are parsed in the end.
fn settled(text: &str, typed: &str) -> (Settings, Vec<OsString>) {
    let root = built();
    let options = Options::of(&root);
    let document = understood(text, false).expect("is understood");
    let typed: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
    let matches = command().ignore_errors(true).try_get_matches_from(&typed).expect("parses");
    let innermost = innermost(&root, &matches);
    let profile = innermost.matches.get_one::<String>("profile");
    let profile = profile.map(|name| chosen(name, &document, &options).expect("is a profile"));
    let in_profile = |line| Origin::Profile { name: "p".to_owned(), file: "f".to_owned(), line };
    let in_file = |line| Origin::File { file: "f".to_owned(), line };
    let of_profile = profile.as_ref().map_or(&[][..], |profile| &profile.settings);
    let layers: [(&[_], &dyn Fn(usize) -> Origin); 2] = [(of_profile, &in_profile), (&document.options, &in_file)];
    let settings = Settings::of(innermost, &options, &layers, &document);
    let words = settings.put_into(&typed);
    (settings, words)
}

/// The scan that a configuration and what was typed come to.
fn scan(text: &str, typed: &str) -> ScanArgs {
    let (_, words) = settled(text, typed);
    let matches = command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{error}"));
    match Args::from_arg_matches(&matches).expect("is typed").command {
        Command::Scan(args) => args,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_option_of_scan_is_a_key_and_no_two_things_have_one_name() {
    let options = Options::of(&built());
    let scan = Args::command().find_subcommand("scan").cloned().expect("there is scan");
    let mut count = 0;
    for argument in scan.get_arguments().filter(|argument| !argument.is_positional()) {
        let key = argument.get_long().expect("options have long names");
        assert!(options.by_key(key).is_some(), "--{key} can be configured");
        count += 1;
    }
    assert_eq!(options.all().len(), count);
    assert!(options.by_key("profiles").is_none(), "that is the table of profiles");
    let rules = options.by_key("rules").expect("folders of rules");
    assert!(rules.kind == Kind::Path && rules.many, "a list, so that it cannot be taken for the table of switches");
}

#[test]
fn what_is_typed_wins_over_the_profile_and_the_profile_over_the_file() {
    let text = "threads = 1\nwidth = 70\nquiet = true\n[profiles.night]\nthreads = 2\nquiet = false\n";
    let file = scan(text, "falseface scan x");
    assert_eq!((file.threads, file.print.width, file.quiet), (1, Some(70), true));
    let profile = scan(text, "falseface scan x --as night");
    assert_eq!((profile.threads, profile.print.width, profile.quiet), (2, Some(70), false));
    let typed = scan(text, "falseface scan x --as night --threads 3 --quiet");
    assert_eq!((typed.threads, typed.print.width, typed.quiet), (3, Some(70), true));
    assert!(!scan(text, "falseface scan x --no-quiet").quiet);
    assert_eq!(scan("", "falseface scan x").threads, 0);
}

#[test]
fn lists_are_replaced_paths_start_at_the_file_and_dates_are_dates() {
    let text = "watchlist = [\"a.csv\", \"/b.csv\"]\nsince = 2025-01-31\nmax-depth = 0x10\nlink-threshold = 12.5";
    let file = scan(text, "falseface scan x");
    assert_eq!(file.watch.watchlist, ["conf/a.csv", "/b.csv"].map(PathBuf::from));
    assert_eq!(file.input.since.expect("a date").to_string(), "2025-01-31");
    assert_eq!((file.input.max_depth, file.linking.threshold()), (16, Some(12.5)));
    assert_eq!(scan(text, "falseface scan x --watchlist c.csv").watch.watchlist, [PathBuf::from("c.csv")]);
    assert_eq!(scan("rules = \"own\"", "falseface scan x").content.rules, [PathBuf::from("conf/own")]);
    let beside = "[rules]\nfolders = [\"own\"]\nlure-paste-command = { enabled = false }\n";
    assert_eq!(scan(beside, "falseface scan x").content.rules, [PathBuf::from("conf/own")]);
}

#[test]
fn rules_are_switched_off_beside_those_that_are_typed() {
    let text = "[rules.one]\nenabled = false\n[rules.two]\ndetectors = { job_scam = false, fake_recruiter = true }\n[rules.three]\nenabled = true\n";
    let off = scan(text, "falseface scan x --exclude-rule four").content.exclude_rule;
    let told: Vec<_> = off.iter().map(|off| (off.rule.as_str(), off.detectors.as_slice())).collect();
    assert_eq!(told, [("four", &[][..]), ("one", &[]), ("two", &[Detector::JobScam])]);
}

#[test]
fn other_commands_take_the_options_that_they_share_and_leave_the_rest() {
    let text = "format = \"jsonl\"\nthreads = 2\nstrict = true\nnow = \"2026-11-25\"\nfail-on = \"review\"\n[rules.one]\nenabled = false\n";
    let words = |typed: &str| -> Vec<String> {
        settled(text, typed).1.into_iter().skip(3).map(|word| word.to_string_lossy().into_owned()).collect()
    };
    assert_eq!(words("falseface clusters x"), ["--threads=2", "--strict", "--exclude-rule=one"]);
    assert_eq!(words("falseface convert x"), ["--strict"]);
    assert_eq!(words("falseface schema dossier"), [""; 0]);
    assert_eq!(words("falseface facts x -- -y"), ["--now=2026-11-25", "--exclude-rule=one", "--", "-y"]);
}

#[test]
fn what_cannot_stand_with_a_higher_word_gives_way_and_is_named() {
    let text = "index = \"people.idx\"\nindex-key = \"people.key\"\n";
    let (settings, words) = settled(text, "falseface scan x --no-link");
    assert_eq!(words.len(), 4, "neither the index nor its key: {words:?}");
    assert_eq!(settings.displaced.len(), 1);
    assert_eq!((settings.displaced[0].held.key.as_str(), settings.displaced[0].by.as_str()), ("index", "no-link"));
    assert_eq!(settings.displaced[0].held.value, Value::Words(vec!["conf/people.idx".into()]));

    for taken_back in ["falseface scan x --link", "falseface scan x --as linked"] {
        let text = format!("{text}[profiles.linked]\nno-link = false\n");
        assert!(scan(&text, taken_back).past.index.is_some(), "{taken_back}: no flag stands in the way");
    }

    let key = "index-key = \"people.key\"\n";
    assert_eq!(scan(key, "falseface scan x").past.index_key, None, "a key waits for the runs that need it");
    assert_eq!(scan(key, "falseface scan x --index i").past.index_key, Some(PathBuf::from("conf/people.key")));
}

#[test]
fn every_mistake_is_told_with_its_line_what_was_expected_and_the_nearest_word() {
    let text = "formt = \"jsonl\"\nthreads = \"2\"\nstrict = 1\nformat = \"htlm\"\noutput = \"x\"\nmax-ratio = 9\n\
                profils = 3\nonly = [\"a\", 3]\nwidth = [1]\n[rules.one]\nenabeld = false\n[rules.two]\ndetectors = { job_scm = false }\n\
                [profiles.p]\nquit = true\nindex-key = \"k\"\n";
    let told = wrong(text);
    let lines: Vec<usize> = told.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 16]);
    let said = |line: usize, message: &str, help: &str| {
        let (_, found, hint) = told.iter().find(|(at, ..)| *at == line).expect("is told");
        assert!(found.contains(message) && hint.contains(help), "line {line}: {found} ({hint})");
    };
    said(1, "no key `formt`", "`format`");
    said(2, "`threads` is text; expected a number", "a number");
    said(3, "`strict` is a number; expected true or false", "");
    said(4, "`format` cannot be htlm: expected one of terminal, jsonl", "scan --help");
    said(5, "may not set `output`: it has a file written", "--config");
    said(6, "may not set `max-ratio`: limits protect", "--max-ratio");
    said(7, "no key `profils`", "`profiles`");
    said(8, "`only` is a number; expected text in quotes, or a list of them", "");
    said(9, "`width` is a list; expected a number", "");
    said(11, "a rule has no key `enabeld`", "`enabled`");
    said(13, "no key `job_scm`", "`job_scam`");
    said(15, "no key `quit`", "`quiet`");
    said(16, "may not set `index-key`: it names a secret", "--config");
    assert!(
        understood("output = \"x\"\nmax-ratio = 9\nindex-key = \"k\"\n", false).is_ok(),
        "a file that was named may"
    );
}

#[test]
fn profiles_are_chosen_by_name_and_one_of_the_file_takes_the_place_of_one_that_is_built_in() {
    let options = Options::of(&built());
    let none = Document::default();
    assert!(chosen("security", &none, &options).is_ok_and(|profile| profile.is_built_in));
    assert!(chosen("hr", &none, &options).is_ok_and(|profile| profile.is_built_in));
    let error = chosen("secruity", &none, &options).expect_err("there is none").to_string();
    assert!(error.contains("did you mean security?"), "{error}");
    let own = understood("[profiles.hr]\nquiet = true\n", true).expect("is understood");
    assert!(chosen("hr", &own, &options).is_ok_and(|profile| !profile.is_built_in && profile.settings.len() == 1));
}

/// Something like a configuration: known and unknown keys with all kinds of values.
fn lines() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        "[a-z-]{1,12}",
        proptest::sample::select(vec!["format", "threads", "only", "since", "strict", "rules", "profiles", "width"])
            .prop_map(str::to_owned),
    ];
    let value = prop_oneof![
        Just("true".to_owned()),
        "-?[0-9]{1,25}",
        "-?[0-9]{1,3}\\.[0-9]",
        "\"[^\"\\\\\n]{0,8}\"",
        Just("2025-02-30".to_owned()),
        Just("nan".to_owned()),
        Just("[1, \"a\", [true], {}]".to_owned()),
        Just("{ enabled = false, detectors = { job_scam = 1 } }".to_owned()),
    ];
    let table = proptest::sample::select(vec!["", "[rules.x]\n", "[rules]\n", "[profiles.p]\n", "[[profiles]]\n"]);
    proptest::collection::vec(
        (table, key, value).prop_map(|(table, key, value)| format!("{table}{key} = {value}\n")),
        0..6,
    )
    .prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 48 } else { 256 }))]

    #[test]
    fn whatever_stands_in_a_file_is_understood_or_refused_with_a_line(text in prop_oneof![lines(), "\\PC{0,40}"]) {
        match understood(&text, true) {
            Ok(document) => prop_assert!(document.options.iter().all(|setting| setting.line >= 1)),
            Err(found) => {
                prop_assert!(!found.is_empty());
                for mistake in found {
                    prop_assert!(mistake.line >= 1 && !mistake.render(false).is_empty());
                }
            }
        }
    }
}
