//! Whether a domain imitates another: digits for letters, confusable letters, small edits, added words.
//!
//! Every link of every honest person is asked about, so a miss costs a few hash look-ups and one pass over
//! bit masks. What is imitated is a brand of the table or an employer of the same dossier; who owns a domain,
//! and so imitates nobody, is said by the caller.

use super::added_words::AddedWords;
use super::confusable::{letters_of, skeleton_of};
use super::domains::{label, registrable};
use super::employer_names::CompanyForms;
use super::imitation::{BRAND, Candidate, Imitation, Kinds, SHORTEST_SKELETON, Target};
use crate::content::{Content, List};
use foldhash::HashMap;
use std::borrow::Cow;

/// What gets imitated.
#[derive(Debug)]
pub(crate) struct LookalikeKnowledge<'c> {
    brands: Vec<Target<'c>>,
    /// Positions in `brands` by domain, by skeleton and by folded name.
    by_domain: HashMap<&'c str, u32>,
    by_skeleton: HashMap<Box<str>, u32>,
    by_name: HashMap<String, u32>,
    /// Letters and lengths of the brands that are long enough for edits, by length.
    edits: Vec<EditKey>,
    words: AddedWords<'c>,
    /// Domains of meeting services by skeleton, and the words that imitations of those add.
    meetings: HashMap<Box<str>, Target<'c>>,
    meeting_words: AddedWords<'c>,
    ordinary: Option<&'c List>,
}

#[derive(Debug, Clone, Copy)]
struct EditKey {
    length: u32,
    letters: u32,
    brand: u32,
}

impl<'c> LookalikeKnowledge<'c> {
    /// Reads `tables/brands.tsv` (columns `name` and `domain`) and the lists `job-words`,
    /// `ordinary-words`, `meeting-hosts` and `meeting-words`.
    pub(crate) fn new(content: &'c Content) -> Self {
        let ordinary = content.list("ordinary-words");
        let pairs = content.table("brands").into_iter().flat_map(|table| {
            let columns = (table.column("name"), table.column("domain"));
            table.rows().iter().filter_map(move |row| {
                let (Some(name), Some(domain)) = columns else { return None };
                Some((row.cells.get(name)?.as_str(), row.cells.get(domain)?.as_str()))
            })
        });
        let words = content.list("job-words").into_iter().flat_map(List::values);
        let mut knowledge = Self::from_parts(pairs, words, ordinary, &CompanyForms::new(content));
        let values = |name| content.list(name).into_iter().flat_map(List::values);
        knowledge.add_meetings(values("meeting-hosts"), values("meeting-words"));
        knowledge
    }

    fn from_parts(
        pairs: impl Iterator<Item = (&'c str, &'c str)>,
        words: impl Iterator<Item = &'c str>,
        ordinary: Option<&'c List>,
        forms: &CompanyForms<'_>,
    ) -> Self {
        let mut knowledge = Self {
            brands: Vec::new(),
            by_domain: HashMap::default(),
            by_skeleton: HashMap::default(),
            by_name: HashMap::default(),
            edits: Vec::new(),
            words: AddedWords::new(words),
            meetings: HashMap::default(),
            meeting_words: AddedWords::default(),
            ordinary,
        };
        for (name, domain) in pairs {
            let position = u32::try_from(knowledge.brands.len()).unwrap_or(u32::MAX);
            knowledge.by_name.entry(forms.key(name)).or_insert(position);
            if knowledge.by_domain.insert(domain, position).is_some() {
                continue;
            }
            let mut target = Target::new(Cow::Borrowed(domain));
            let length = target.label().len();
            target.ordinary = ordinary.is_some_and(|list| list.contains(target.label()));
            if length >= SHORTEST_SKELETON {
                knowledge.by_skeleton.entry(target.skeleton.clone()).or_insert(position);
            }
            if length >= BRAND.edits[0] && !target.ordinary {
                let letters = letters_of(target.label());
                knowledge.edits.push(EditKey { length: length32(length), letters, brand: position });
            }
            knowledge.brands.push(target);
        }
        knowledge.edits.sort_by_key(|key| (key.length, key.brand));
        knowledge
    }

    /// Meeting services, which lures imitate with words of their own: `acmemeet-join.example`.
    fn add_meetings(&mut self, hosts: impl Iterator<Item = &'c str>, words: impl Iterator<Item = &'c str>) {
        for host in hosts {
            let target = Target::new(Cow::Borrowed(registrable(host)));
            if target.label().len() >= SHORTEST_SKELETON {
                self.meetings.entry(target.skeleton.clone()).or_insert(target);
            }
        }
        self.meeting_words = AddedWords::new(words);
    }

    /// Whether a registrable domain is one of the table.
    pub(crate) fn is_brand(&self, domain: &str) -> bool {
        self.by_domain.contains_key(domain)
    }

    /// The domain that the table gives for a name, folded by [`CompanyForms::key`].
    pub(crate) fn domain_of_name(&self, key: &str) -> Option<&str> {
        self.by_name.get(key).and_then(|position| self.brands.get(*position as usize)).map(Target::domain)
    }

    /// What a host imitates, of the dossier's employers and then of the table.
    ///
    /// The caller has seen to it that the host's registrable domain is none of the employers' own.
    pub(crate) fn imitated<'a>(&'a self, host: &str, employers: &'a [Target<'a>]) -> Option<Imitation<'a>> {
        let domain = registrable(host);
        if self.is_brand(domain) || employers.iter().any(|target| target.domain == domain) {
            return None;
        }
        let candidate = Candidate::new(label(domain), domain);
        employers
            .iter()
            .find_map(|target| candidate.imitates_employer(target, &self.words))
            .or_else(|| self.imitated_brand(&candidate))
            .or_else(|| self.imitated_above(host, domain, employers))
    }

    fn imitated_brand(&self, candidate: &Candidate<'_>) -> Option<Imitation<'_>> {
        let by_skeleton = |skeleton: &str| {
            let target = self.brands.get(*self.by_skeleton.get(skeleton)? as usize)?;
            (!target.ordinary).then_some(target)
        };
        if let Some(target) = by_skeleton(&candidate.skeleton)
            && candidate.label != target.label()
            && let Some(kinds) = candidate.same_skeleton(target)
            && (kinds != Kinds::SKELETON || candidate.label.len() > SHORTEST_SKELETON)
        {
            return Some(Imitation { of: &target.domain, kinds });
        }
        let mut stripped = String::new();
        for (rest, hyphen) in self.words.stripped(&candidate.ascii) {
            if rest.len() < BRAND.added[usize::from(!hyphen)] {
                continue;
            }
            stripped.clear();
            skeleton_of(rest, &mut stripped);
            if let Some(target) = by_skeleton(&stripped)
                && target.label().len() >= BRAND.added[usize::from(!hyphen)]
            {
                return Some(Imitation { of: &target.domain, kinds: candidate.with_added_word(rest, target) });
            }
        }
        self.imitated_meeting(candidate).or_else(|| self.edited_brand(candidate))
    }

    fn imitated_meeting(&self, candidate: &Candidate<'_>) -> Option<Imitation<'_>> {
        let mut stripped = String::new();
        self.meeting_words.stripped(&candidate.ascii).find_map(|(rest, _)| {
            stripped.clear();
            skeleton_of(rest, &mut stripped);
            let target = self.meetings.get(stripped.as_str()).filter(|_| rest.len() >= SHORTEST_SKELETON)?;
            Some(Imitation { of: &target.domain, kinds: candidate.with_added_word(rest, target) })
        })
    }

    /// One pass over the letters of the brands of about this length; nearly every one is left out by its mask.
    fn edited_brand(&self, candidate: &Candidate<'_>) -> Option<Imitation<'_>> {
        let length = candidate.ascii.len();
        if length + 1 < BRAND.edits[0] || self.ordinary.is_some_and(|list| list.contains(candidate.label)) {
            return None;
        }
        let letters = letters_of(&candidate.ascii);
        let from = self.edits.partition_point(|key| (key.length as usize) + 2 < length);
        self.edits[from..]
            .iter()
            .take_while(|key| key.length as usize <= length + 2)
            // An edit changes at most two letters of the set.
            .filter(|key| (key.letters ^ letters).count_ones() <= 4)
            .filter_map(|key| self.brands.get(key.brand as usize))
            .find(|target| candidate.is_edit_of(target.label(), BRAND))
            .map(|target| Imitation { of: &target.domain, kinds: Kinds::EDIT.and(candidate.puny()) })
    }

    /// A brand's or employer's whole domain in front of another: `acme.example.jobs-desk.invalid`.
    fn imitated_above<'a>(&'a self, host: &str, domain: &str, employers: &'a [Target<'a>]) -> Option<Imitation<'a>> {
        let above = host.strip_suffix(domain)?.strip_suffix('.')?;
        if !above.contains('.') {
            return None;
        }
        let above = registrable(above);
        let target = employers
            .iter()
            .find(|target| target.domain == above)
            .or_else(|| self.by_domain.get(above).and_then(|position| self.brands.get(*position as usize)))?;
        Some(Imitation { of: &target.domain, kinds: Kinds::SUBDOMAIN })
    }
}

impl LookalikeKnowledge<'_> {
    /// Whether a label bears a word of the list `job-words`, between hyphens or at an end.
    pub(crate) fn has_job_word(&self, label: &str) -> bool {
        self.words.stands_in(label)
    }
}

fn length32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BRANDS: [(&str, &str); 4] = [
        ("Northwind Aero", "northwind.example"),
        ("Meridian Foundry", "meridianfoundry.example"),
        ("Harvest", "harvest.example"),
        ("Oak", "oak.example"),
    ];
    const WORDS: [&str; 5] = ["apply", "careers", "hr", "jobs", "team"];

    fn knowledge() -> LookalikeKnowledge<'static> {
        LookalikeKnowledge::from_parts(BRANDS.into_iter(), WORDS.into_iter(), None, &CompanyForms::default())
    }

    fn brand_kinds(host: &str) -> Option<(String, Vec<&'static str>)> {
        let knowledge = knowledge();
        let found = knowledge.imitated(host, &[])?;
        Some((found.of.to_owned(), found.kinds.words().collect()))
    }

    fn employer_kinds(host: &str, domain: &'static str) -> Option<Vec<&'static str>> {
        let knowledge =
            LookalikeKnowledge::from_parts(std::iter::empty(), WORDS.into_iter(), None, &CompanyForms::default());
        let targets = [Target::new(Cow::Borrowed(domain))];
        knowledge.imitated(host, &targets).map(|found| found.kinds.words().collect())
    }

    #[test]
    fn brands_are_recognised_in_their_disguises() {
        for (host, kinds) in [
            ("n0rthwind.example", vec!["digits"]),
            ("northvvind.example", vec!["skeleton"]),
            ("north-wind.example", vec!["edit"]),
            ("nortwhind.example", vec!["edit"]),
            ("careers.northwind-jobs.example", vec!["added-word"]),
            ("applynorthwind.example", vec!["added-word"]),
            ("northw1nd-hr.example", vec!["digits", "added-word"]),
            ("northwind.example.portal.invalid", vec!["subdomain"]),
        ] {
            assert_eq!(brand_kinds(host), Some(("northwind.example".to_owned(), kinds)), "{host}");
        }
        let cyrillic = crate::facts::domains::host("nоrthwind.example").expect("a host");
        assert!(cyrillic.starts_with("xn--"));
        assert_eq!(brand_kinds(&cyrillic).map(|found| found.1), Some(vec!["punycode"]));
        assert_eq!(brand_kinds("meridiamfoundri.example").map(|found| found.1), Some(vec!["edit"]), "two edits");
    }

    #[test]
    fn meeting_services_are_recognised_beside_their_words() {
        let mut knowledge = knowledge();
        knowledge.add_meetings(["app.huddleroom.example"].into_iter(), ["join", "meet", "us05web"].into_iter());
        for host in ["huddleroom-join.invalid", "us05web-huddleroom.invalid", "joinhuddleroom-meet.invalid"] {
            let found = knowledge.imitated(host, &[]).map(|found| found.of);
            assert_eq!(found, Some("huddleroom.example"), "{host}");
        }
        assert_eq!(knowledge.imitated("huddle-join.invalid", &[]), None);
        assert_eq!(knowledge.imitated("huddleroomy.invalid", &[]), None);
    }

    #[test]
    fn a_brand_itself_and_what_is_merely_near_are_left_alone() {
        for host in [
            "northwind.example",
            "jobs.northwind.example",
            "northwind.invalid",
            "oaks.example",
            "harvests-united.example",
            "souththwinds.example",
            "weather.example",
            "careers.example",
            "203.0.113.7",
        ] {
            assert_eq!(brand_kinds(host), None, "{host}");
        }
    }

    #[test]
    fn an_employer_of_the_dossier_is_compared_more_closely() {
        assert_eq!(employer_kinds("acme.invalid", "acme.example"), Some(vec!["suffix"]));
        assert_eq!(
            employer_kinds("oakhr.invalid", "oak.example"),
            None,
            "three letters beside a word without a hyphen"
        );
        assert_eq!(employer_kinds("oak-hr.invalid", "oak.example"), Some(vec!["added-word"]));
        assert_eq!(employer_kinds("acmes.invalid", "acmet.example"), Some(vec!["edit"]));
        assert_eq!(employer_kinds("acme.co", "acme.com"), None, "a national suffix is usual");
        assert_eq!(employer_kinds("acme.example", "acme.example"), None);
    }

    proptest! {
        #[test]
        fn any_host_is_answered(host in "[a-z0-9.-]{0,40}|xn--[a-z0-9-]{0,20}\\.com|\\PC{0,20}") {
            let _ = brand_kinds(&host);
        }

        #[test]
        fn one_changed_letter_of_a_long_brand_is_seen(at in 0_usize..15, letter in "[a-z]") {
            let mut label = "meridianfoundry".to_owned();
            label.replace_range(at..=at, &letter);
            let found = brand_kinds(&format!("{label}.example"));
            prop_assert_eq!(found.is_some(), label != "meridianfoundry");
        }

        #[test]
        fn a_table_domain_imitates_nobody(brand in 0_usize..4, sub in "[a-z]{1,8}") {
            let domain = BRANDS[brand].1;
            prop_assert_eq!(brand_kinds(&format!("{sub}.{domain}")), None);
        }
    }
}
