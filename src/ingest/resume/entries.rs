//! Jobs and studies in the text of a résumé, where its layout says for certain what belongs together.
//!
//! Below a heading, every entry has its span of time on a line of its own or at the edge of one, and the same number of
//! lines of title before it. A section that is laid out otherwise is left as text, and so is a text whose headings follow
//! each other without anything between: its columns were mixed.

use super::spans::{self, Dated};
use super::words::{self, Heading};
use crate::content::{Content, ContentFile, Table, embedded};
use crate::dossier::{Date, Dossier, Education, Employment, Organisation};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Lines of title that may stand before the span of an entry.
const MOST_BEFORE: usize = 2;
/// Characters of a line that may be a title.
const LONGEST_TITLE: usize = 120;
/// Entries of one section; real ones have some tens.
const MOST_ENTRIES: usize = 100;
/// Marks that a line of a list begins with.
const BULLETS: [char; 12] = ['•', '-', '–', '—', '*', '▪', '◦', '·', '‣', '●', '○', '\u{f0b7}'];

static FORMS: LazyLock<Content> = LazyLock::new(|| {
    let files: Vec<ContentFile> =
        embedded().into_iter().filter(|file| file.path == "lists/company-forms.txt").collect();
    Content::load(&files).unwrap_or_default()
});

static DEGREES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let table = Table::embedded("tables/degrees.tsv").unwrap_or_default();
    table.rows().iter().map(|row| row.cell(0).to_owned()).collect()
});

/// One entry as it stands.
struct Entry<'t> {
    start: Date,
    end: Option<Date>,
    title: Vec<&'t str>,
    body: String,
}

/// Fills in what the text says for certain.
pub(super) fn fill(text: &str, dossier: &mut Dossier) {
    for (heading, lines) in sections(text).unwrap_or_default() {
        let Some(entries) = entries(&lines) else { continue };
        match heading {
            Heading::Employment => dossier.employment.extend(entries.iter().map(employment)),
            Heading::Education => dossier.education.extend(entries.iter().map(education)),
            Heading::Other | Heading::Resume | Heading::CoverLetter => {}
        }
    }
}

/// The lines below each heading, without empty ones; `None` if headings follow each other.
fn sections(text: &str) -> Option<Vec<(Heading, Vec<&str>)>> {
    let mut sections: Vec<(Heading, Vec<&str>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match words::heading(line) {
            Some(Heading::Resume | Heading::CoverLetter) if sections.is_empty() => {}
            Some(heading) => {
                if sections.last().is_some_and(|(_, lines)| lines.is_empty()) {
                    return None;
                }
                sections.push((heading, Vec::new()));
            }
            None => {
                if let Some((_, lines)) = sections.last_mut() {
                    lines.push(line);
                }
            }
        }
    }
    Some(sections)
}

/// The entries of a section; `None` if its layout is not certain.
fn entries<'t>(lines: &[&'t str]) -> Option<Vec<Entry<'t>>> {
    let dated: Vec<(usize, Dated<'t>)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, spans::dated(line)?))).collect();
    let before = dated.first()?.0;
    let alone = dated.iter().all(|(_, dated)| dated.rest.is_empty());
    let edged = dated.iter().all(|(_, dated)| !dated.rest.is_empty());
    if before > MOST_BEFORE || dated.len() > MOST_ENTRIES || !(alone || edged) {
        return None;
    }
    // A span that begins its entry alone has its title below it.
    let below = usize::from(alone && before == 0);
    let mut entries = Vec::new();
    for (number, (at, found)) in dated.iter().enumerate() {
        let end = dated.get(number + 1).map_or(Some(lines.len()), |(next, _)| next.checked_sub(before))?;
        let above = lines.get(at.checked_sub(before)?..*at)?;
        let after = lines.get(at + 1..end)?;
        let (title, body) = after.split_at_checked(below)?;
        let title: Vec<&str> = above.iter().copied().chain(Some(found.rest)).chain(title.iter().copied()).collect();
        let title: Vec<&str> = title.into_iter().filter(|line| !line.is_empty()).collect();
        if title.iter().any(|line| line.starts_with(BULLETS) || line.chars().count() > LONGEST_TITLE) {
            return None;
        }
        entries.push(Entry { start: found.start, end: found.end, title, body: body.join("\n") });
    }
    Some(entries)
}

/// The two parts of a title: two lines, or one line with one mark between.
fn parts<'t>(title: &[&'t str]) -> Option<[&'t str; 2]> {
    match title {
        [first, second] => Some([first, second]),
        [one] => ["\t", " | ", " · ", " – ", " — ", " @ ", " at ", ", "].iter().find_map(|mark| {
            let (first, second) = one.split_once(mark)?;
            let (first, second) = (first.trim(), second.trim());
            (!second.contains(mark) && !first.is_empty() && !second.is_empty()).then_some([first, second])
        }),
        _ => None,
    }
}

/// The part of a title of which something holds, and the other one; `None` unless it holds of one of them only.
fn told<'t>(title: &[&'t str], is: fn(&str) -> bool) -> Option<(&'t str, &'t str)> {
    let [first, second] = parts(title)?;
    match (is(first), is(second)) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => None,
    }
}

/// Whether a text ends or begins with a legal form.
fn is_company(text: &str) -> bool {
    let Some(forms) = FORMS.list("company-forms") else { return false };
    let mut words = text.split([' ', '\u{3000}']).filter(|word| !word.is_empty());
    let (first, last) = (words.next(), words.next_back());
    let has_form = |word: &str| forms.contains(&word.trim_matches(',').to_lowercase());
    // Without spaces between words it stands on the name itself.
    let mut unspaced = forms.values().filter(|form| !form.is_ascii() && form.chars().count() > 2);
    last.is_some_and(has_form)
        || first.is_some_and(has_form)
        || unspaced.any(|form| text.starts_with(form) || text.ends_with(form))
}

/// Whether a text names a degree.
fn is_degree(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '-'));
    words.map(|word| word.replace(['.', '’', '\''], "").to_lowercase()).any(|word| DEGREES.contains(&word))
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// A job. Which part of its title is the employer shows by its legal form; where it does not, all of it is the title.
fn employment(entry: &Entry<'_>) -> Employment {
    let whole = entry.title.join(", ");
    let (employer, title) =
        told(&entry.title, is_company).map_or((None, whole.as_str()), |(is, other)| (Some(is), other));
    Employment {
        employer: Organisation { name: employer.and_then(owned), ..Organisation::default() },
        title: owned(title).map(Into::into),
        start: Some(entry.start),
        end: entry.end,
        current: entry.end.is_none().then_some(true),
        description: owned(&entry.body).map(Into::into),
        ..Employment::default()
    }
}

/// Studies. Which part of the title is the degree shows by a word for one; where it does not, all of it is description.
fn education(entry: &Entry<'_>) -> Education {
    let told = told(&entry.title, is_degree);
    let whole = entry.title.join(", ");
    let lines = [if told.is_none() { whole.as_str() } else { "" }, entry.body.as_str()];
    let description = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    Education {
        school: Organisation { name: told.and_then(|(_, school)| owned(school)), ..Organisation::default() },
        degree: told.and_then(|(degree, _)| owned(degree)),
        start: Some(entry.start),
        end: entry.end,
        description: owned(&description).map(Into::into),
        ..Education::default()
    }
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::dossier::Dossier;

    fn jobs(text: &str) -> Vec<String> {
        let mut dossier = Dossier::new("x");
        fill(text, &mut dossier);
        let jobs = dossier.employment.iter().map(|job| {
            let title = job.title.as_ref().map(|title| title.0.as_str()).unwrap_or_default();
            let date = |date: Option<crate::dossier::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            format!(
                "{title}@{}:{}/{}",
                job.employer.name.as_deref().unwrap_or_default(),
                date(job.start),
                date(job.end)
            )
        });
        jobs.collect()
    }

    #[test]
    fn spans_at_the_edge_of_titles_make_entries() {
        let text = "Ana\n\nExperience\nDeveloper, Harbour Ltd\tJan 2019 – Mar 2021\n• built things\nTester, Quay Ltd\t2017 – 2018\n\nEducation\nnone\n";
        assert_eq!(jobs(text), ["Developer@Harbour Ltd:2019-01/2021-03", "Tester@Quay Ltd:2017/2018"]);
        let text = "Berufserfahrung\n03/2019 – heute  Entwicklerin, Beispiel GmbH\n- gebaut\n";
        assert_eq!(jobs(text), ["Entwicklerin@Beispiel GmbH:2019-03/"]);
    }

    #[test]
    fn spans_on_lines_of_their_own_take_the_lines_before_or_the_one_below() {
        let text =
            "Experience\nHarbour Ltd\nDeveloper\nJan 2019 – Mar 2021\nbuilt\nthings\nQuay Ltd\nTester\n2017 – 2018\n";
        assert_eq!(jobs(text), ["Developer@Harbour Ltd:2019-01/2021-03", "Tester@Quay Ltd:2017/2018"]);
        let text = "Experience\nJan 2019 – Mar 2021\nDeveloper, Harbour Ltd\nbuilt\n2017 – 2018\nTester, Quay Ltd\n";
        assert_eq!(jobs(text), ["Developer@Harbour Ltd:2019-01/2021-03", "Tester@Quay Ltd:2017/2018"]);
    }

    #[test]
    fn what_is_not_certain_is_left_as_text() {
        for text in [
            "Experience\nEducation\nDeveloper, Harbour Ltd\tJan 2019 – Mar 2021\n",
            "Experience\nDeveloper, Harbour Ltd\t2019 – 2021\nTester\n2017 – 2018\n",
            "Experience\nI did much.\nIn many places.\nFor long.\nDeveloper\t2019 – 2021\n",
            "Experience\nDeveloper, Harbour Ltd\t03/04/2019 – 05/06/2021\n",
            "Experience\n• Developer\n2019 – 2021\n",
            "Developer, Harbour Ltd\tJan 2019 – Mar 2021\n",
        ] {
            assert!(jobs(text).is_empty(), "{text}: {:?}", jobs(text));
        }
    }

    #[test]
    fn who_employs_is_not_guessed() {
        assert_eq!(jobs("Experience\nDeveloper, Harbour\t2019 – 2021\n"), ["Developer, Harbour@:2019/2021"]);
    }
}
