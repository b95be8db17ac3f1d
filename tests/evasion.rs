//! Evasion: whoever writes a lure may also disguise it. Every example that a rule reports is disguised in each of the
//! ways that filters are known to be avoided with, and the rule has to report it still.
//!
//! `cargo test --test evasion -- --nocapture` prints what each rule survives.

#![expect(clippy::print_stdout, reason = "the shares are the report that the test is for")]

use falseface::content::{Content, Scratch, embedded};
use falseface::dossier::{Date, Dossier};
use falseface::link::{Earlier, LinkKnowledge};
use falseface::rules::Rule;
use falseface::screen::{Detection, Options, Stages};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Share of all disguised examples that must be reported, and of each rule's.
const OVERALL: f64 = 0.95;
const EACH: f64 = 0.80;

/// What the person of the dossier wrote; what analysts noted, nobody disguised.
const WRITTEN: [&str; 9] =
    ["headline", "about", "text", "subject", "title", "description", "requirements", "benefits", "readme"];

type Disguise = fn(&str) -> String;

const DISGUISES: [(&str, Disguise); 11] = [
    ("upper case", |text| outside_links(text, str::to_uppercase)),
    ("alternating case", |text| outside_links(text, alternating)),
    ("wide spaces", |text| text.replace(' ', "  \u{3000}")),
    ("letters spaced out", |text| outside_links(text, spaced_out)),
    ("look-alike letters", |text| outside_links(text, look_alikes)),
    ("zero width", |text| outside_links(text, |part| inside_words(part, "\u{200b}"))),
    ("soft hyphens", |text| outside_links(text, |part| inside_words(part, "\u{ad}"))),
    ("emoji between words", |text| text.replace(' ', " 🔥 ")),
    ("links defanged", |text| text.replace("http", "hxxp").split(' ').map(defanged).collect::<Vec<_>>().join(" ")),
    ("line breaks", |text| text.replacen(' ', "\r\n", usize::MAX)),
    ("entities", |text| outside_links(text, entities)),
];

/// Applies a disguise to what stands between links: a disguised link leads nowhere.
fn outside_links(text: &str, disguise: impl Fn(&str) -> String) -> String {
    let is_link = |word: &str| word.contains("://") || word.split('.').filter(|part| part.len() > 1).count() > 1;
    let mut out = String::new();
    let mut plain = String::new();
    for word in text.split_inclusive(' ') {
        if is_link(word.trim()) {
            out.push_str(&disguise(&plain));
            plain.clear();
            out.push_str(word);
        } else {
            plain.push_str(word);
        }
    }
    out + &disguise(&plain)
}

fn alternating(text: &str) -> String {
    let upper = |(at, letter): (usize, char)| {
        if at % 2 == 0 { letter.to_uppercase().collect::<String>() } else { letter.to_string() }
    };
    text.chars().enumerate().map(upper).collect()
}

/// Every third word of four letters or more with spaces between its letters, as `t e l e g r a m`, unless it stands
/// beside another single letter, with which nobody could read it either.
fn spaced_out(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_word = |word: &str| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic);
    let lone = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.chars().count() == 1);
    let mut since = 2;
    let spaced = words.iter().enumerate().map(|(at, word)| {
        since += 1;
        if since > 2 && is_word(word) && !lone(at.checked_sub(1)) && !lone(Some(at + 1)) {
            since = 0;
            word.chars().map(String::from).collect::<Vec<_>>().join(" ")
        } else {
            (*word).to_owned()
        }
    });
    spaced.collect::<Vec<_>>().join(" ")
}

/// One letter of each word of four or more replaced by one of another alphabet that looks like it.
fn look_alikes(text: &str) -> String {
    const PAIRS: [(char, char); 12] = [
        ('a', 'а'),
        ('e', 'е'),
        ('o', 'о'),
        ('c', 'с'),
        ('p', 'р'),
        ('x', 'х'),
        ('y', 'у'),
        ('i', 'і'),
        ('s', 'ѕ'),
        ('A', 'А'),
        ('E', 'Е'),
        ('O', 'О'),
    ];
    let other = |letter: char| {
        PAIRS.iter().find_map(
            |&(latin, cyrillic)| {
                if letter == latin { Some(cyrillic) } else { (letter == cyrillic).then_some(latin) }
            },
        )
    };
    let word = |word: &str| {
        let place = word.char_indices().find_map(|(at, letter)| Some((at, letter, other(letter)?)));
        match place.filter(|_| word.chars().filter(|letter| letter.is_alphabetic()).count() >= 4) {
            Some((at, letter, other)) => format!("{}{other}{}", &word[..at], &word[at + letter.len_utf8()..]),
            None => word.to_owned(),
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Something that nobody sees in the middle of every word.
fn inside_words(text: &str, unseen: &str) -> String {
    let word = |word: &str| {
        let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
        format!("{}{unseen}{}", &word[..middle], &word[middle..])
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn defanged(word: &str) -> String {
    let is_host = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let beside = at > 0 && is_host(letters[at - 1]) && letters.get(at + 1).copied().is_some_and(is_host);
        if letter == '.' && beside {
            out.push_str("[.]");
        } else {
            out.push(letter);
        }
    }
    out
}

/// Every vowel and apostrophe of ASCII as a character reference, spaces as `&nbsp;` now and then.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for (at, letter) in text.chars().enumerate() {
        match letter {
            'a' | 'e' | 'o' | '\'' => drop(write!(out, "&#x{:x};", u32::from(letter))),
            ' ' if at % 3 == 0 => out.push_str("&nbsp;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(letter),
        }
    }
    out
}

/// The dossier with every text that its person wrote disguised; `None` if that changes nothing.
fn disguised(dossier: &Dossier, disguise: Disguise) -> Option<Dossier> {
    let before = serde_json::to_value(dossier).expect("serialises");
    let mut after = before.clone();
    let sections = ["subject", "employment", "messages", "job_posts", "documents", "code"];
    for section in sections {
        if let Some(value) = after.get_mut(section) {
            walk(value, disguise);
        }
    }
    (after != before).then(|| serde_json::from_value(after).expect("a dossier"))
}

fn walk(value: &mut Value, disguise: Disguise) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    // Code is run, not read.
                    _ if key == "files" => {}
                    Value::String(text) if WRITTEN.contains(&key.as_str()) => *text = disguise(text),
                    _ => walk(field, disguise),
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(|entry| walk(entry, disguise)),
        _ => {}
    }
}

#[derive(Default)]
struct Survival {
    tried: u32,
    survived: u32,
    lost: Vec<&'static str>,
}

impl Survival {
    fn note(&mut self, what: &'static str, survived: bool) {
        self.tried += 1;
        if survived {
            self.survived += 1;
        } else {
            self.lost.push(what);
        }
    }

    /// The disguises that were not seen through, and how often.
    fn losses(&self) -> String {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for what in &self.lost {
            *counts.entry(what).or_default() += 1;
        }
        counts.into_iter().map(|(what, count)| format!("{what} ({count})")).collect::<Vec<_>>().join(", ")
    }

    fn share(&self) -> f64 {
        f64::from(self.survived) / f64::from(self.tried.max(1))
    }
}

/// What was tried, by rule or intent and by disguise.
#[derive(Default)]
struct Tally<'t> {
    each: BTreeMap<&'t str, Survival>,
    disguises: BTreeMap<&'static str, Survival>,
}

impl<'t> Tally<'t> {
    fn note(&mut self, name: &'t str, disguise: &'static str, survived: bool) {
        self.each.entry(name).or_default().note(disguise, survived);
        self.disguises.entry(disguise).or_default().note(disguise, survived);
    }

    /// Prints what survived, and asserts that it is enough.
    fn conclude(&self, at_least: u32) {
        let (tried, survived) =
            self.each.values().fold((0, 0), |(tried, survived), each| (tried + each.tried, survived + each.survived));
        let overall = f64::from(survived) / f64::from(tried.max(1));
        println!("{survived} of {tried} disguised examples found: {:.1} %\n", overall * 100.0);
        for (disguise, survival) in &self.disguises {
            println!("{:5.1} %  {disguise}", survival.share() * 100.0);
        }
        println!();
        for (name, survival) in self.each.iter().filter(|(_, survival)| survival.survived < survival.tried) {
            println!("{:5.1} %  {name}: lost to {}", survival.share() * 100.0, survival.losses());
        }
        let weak: Vec<_> = self.each.iter().filter(|(_, each)| each.share() < EACH).map(|(name, _)| *name).collect();
        assert!(tried >= at_least, "only {tried} examples could be disguised");
        assert!(weak.is_empty(), "a disguise silences {weak:?}");
        assert!(overall >= OVERALL, "only {:.1} % survive", overall * 100.0);
    }
}

#[test]
fn rules_see_through_disguises() {
    let detection = Detection::builtin().expect("the content loads");
    let stages = Stages::new(&detection);
    let now: Date = "2026-11-25".parse().expect("a date");
    let knowledge = LinkKnowledge::new(stages.knowledge());
    let mut tally = Tally::default();
    // Nobody disguises what speaks for them.
    let suspicious =
        |rule: &&Rule| rule.info.weights.iter().any(|(_, weight)| weight.is_some_and(|weight| weight >= 0.0));
    for rule in detection.rules.rules().iter().filter(suspicious) {
        for example in rule.examples.iter().filter(|example| example.expect) {
            let options = Options::at(example.now.unwrap_or(now));
            for (disguise, apply) in DISGUISES {
                let Some(dossier) = disguised(&example.dossier, apply) else { continue };
                let earlier = Earlier::in_memory(&dossier, &example.earlier, options.now, &knowledge).expect("few");
                let findings =
                    stages.assess_beside(&dossier, &example.beside, earlier.as_ref(), &options).screened.findings;
                tally.note(
                    &rule.info.name,
                    disguise,
                    findings.iter().any(|finding| finding.rule.name == rule.info.name),
                );
            }
        }
    }
    tally.conclude(1000);
}

#[test]
fn phrases_see_through_disguises_in_every_language() {
    let content = Content::load(&embedded()).expect("the content loads");
    let files: Vec<_> = embedded().into_iter().filter(|file| file.path.starts_with("lexicons/")).collect();
    let documents: Vec<Value> = files.iter().map(|file| serde_saphyr::from_str(&file.text).expect("YAML")).collect();
    let mut tally = Tally::default();
    let mut scratch = Scratch::default();
    for document in &documents {
        let name = document["intent"].as_str().expect("a name");
        let intent = content.intent(name);
        for phrase in document["phrases"].as_object().expect("languages").values().filter_map(Value::as_array).flatten()
        {
            for text in phrase["match"].as_array().expect("matches").iter().filter_map(Value::as_str) {
                for (disguise, apply) in DISGUISES {
                    let disguised = apply(text);
                    if disguised == text {
                        continue;
                    }
                    let mut hits = Vec::new();
                    content.search(&disguised, &mut scratch, &mut hits);
                    tally.note(name, disguise, hits.iter().any(|hit| Some(hit.intent) == intent));
                }
            }
        }
    }
    tally.conclude(5000);
}
