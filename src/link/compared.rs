//! What members of a cluster say that does not go together: meetings under two names at once, and jobs that one name
//! dates in two ways. It ties nobody; it is asked only of those who are tied.

use super::common::Beside;
use super::meetings::{Attended, at_once};
use super::persona::Persona;
use super::stints::{Dates, Stint, compare};
use crate::facts::spelling::NameKnowledge;
use std::collections::BTreeMap;

/// Records of one name with a job at one employer with which each of them is compared, so that a group of thousands
/// costs no more.
const COMPARED: usize = 64;

/// For each member of a cluster, what others say otherwise; `None` where nobody says anything that can be compared.
pub(super) type Said = Vec<Option<Vec<Beside>>>;

/// A member, by position, and its times at an employer.
type Employed<'p> = (usize, &'p [Stint]);

/// For each member its meetings that overlap with one of a member under another name; `ids`, who each says it is, and
/// the number of its name are in one order.
pub(super) fn meetings(ids: &[String], personas: &[&Persona], identities: &[Option<usize>]) -> Said {
    let named = personas.iter().zip(identities).enumerate();
    let attended: Vec<Attended<'_>> = named
        .filter_map(|(member, (persona, name))| Some((member, persona, (*name)?)))
        .flat_map(|(member, persona, name)| persona.meetings.iter().map(move |meeting| (meeting, member, name)))
        .collect();
    let mut said: Said = vec![None; ids.len()];
    let first = attended.first().map(|(_, _, name)| *name);
    // Of meetings under one name nothing can be said.
    if attended.iter().any(|(_, _, name)| Some(*name) != first) {
        for (_, member, _) in &attended {
            said[*member] = Some(Vec::new());
        }
    }
    for ((own, member, _), (other, with, _)) in at_once(attended) {
        let beside = Beside { place: own.place(), elsewhere: other.quote(&ids[with]) };
        said[member].get_or_insert_default().push(beside);
    }
    said
}

/// For each member the jobs that a member whose name agrees with its own dates otherwise, one for each employer.
pub(super) fn jobs(
    ids: &[String],
    personas: &[&Persona],
    identities: &[Option<usize>],
    knowledge: &NameKnowledge,
) -> Said {
    let mut at_one: BTreeMap<(usize, &str), Vec<Employed<'_>>> = BTreeMap::new();
    for (member, (persona, name)) in personas.iter().zip(identities).enumerate() {
        for stints in persona.stints.chunk_by(|a, b| a.employer == b.employer) {
            if let Some(name) = name {
                at_one.entry((*name, &stints[0].employer)).or_default().push((member, stints));
            }
        }
    }
    let mut said: Said = vec![None; ids.len()];
    for of_one in at_one.values().filter(|of_one| of_one.len() > 1) {
        for (member, own) in of_one {
            let others = of_one.iter().filter(|(other, _)| other != member).take(COMPARED);
            for (other, stints) in others {
                let Some(dates) = compare(own, stints) else { continue };
                // Names are asked last: comparing them takes longest.
                let says_no_more = dates == Dates::Agree && said[*member].is_some();
                if says_no_more || !personas[*member].bears_name_of(personas[*other], knowledge) {
                    continue;
                }
                let said = said[*member].get_or_insert_default();
                if let Dates::Differ(dated) = dates {
                    said.push(Beside { place: dated.place(), elsewhere: dated.quote(&ids[*other]) });
                    break;
                }
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use crate::dossier::Dossier;
    use crate::facts::{self, Category, Elements, Field, Knowledge, Known};
    use crate::link::tests::content;
    use crate::link::{DEFAULT_THRESHOLD, Index, LinkKnowledge, Proof, Seen, noted, with_cluster};
    use serde_json::{Value, json};
    use std::fmt::Write as _;

    /// What the first of some people, who share a mailbox, does not tell as another does: the number, and after it the
    /// words of others with whose they are. Empty where that is unknown.
    fn told(field: Field, people: &[(&str, Value)]) -> String {
        let record = |(position, (name, parts)): (usize, &(&str, Value))| {
            let mut record = json!({
                "schema": crate::dossier::SCHEMA, "id": format!("p{position}"), "subject": {"names": [{"value": name}]},
                "contacts": [{"kind": "email", "value": "desk@freemail.example"}],
            });
            if let (Some(record), Value::Object(parts)) = (record.as_object_mut(), parts.clone()) {
                record.extend(parts);
            }
            record
        };
        let records: Vec<Value> = people.iter().enumerate().map(record).collect();
        let dossier = |record: &Value| serde_json::from_value::<Dossier>(record.clone()).expect("a dossier");
        let dossiers: Vec<Dossier> = records.iter().map(dossier).collect();
        let content = content();
        let known = Knowledge::new(&content);
        let knowledge = LinkKnowledge::new(&known);
        let mut index = Index::default();
        (0..).zip(&dossiers).for_each(|(number, dossier)| index.add(number, noted(dossier, &knowledge, None).0));
        let groups = index.groups();
        let mut proof = Proof::new(&groups);
        (0..).zip(&dossiers).for_each(|(number, one)| proof.add(Seen::of(number, one, &knowledge, &groups)));
        let linked = proof.finish(DEFAULT_THRESHOLD, &known);
        let (part, cluster) = linked.part_of(0).cluster.expect("they share a mailbox");
        let elements = with_cluster(Elements::builder(&dossiers[0]).finish(), part, cluster);
        let Known::Present(found) = elements.get(&elements.of(Category::Cluster)[0], field) else {
            return String::new();
        };
        let facts::Value::Number(number) = found[0].value else { panic!("a number was expected: {found:?}") };
        let mut said = number.to_string();
        for quote in found[0].origin.elsewhere() {
            let whose = records.iter().find(|record| record["id"] == quote.dossier.as_str()).expect("one of them");
            assert_eq!(whose.pointer(&quote.pointer), Some(&json!(quote.quote)), "the words stand there");
            write!(said, " {} of {}", quote.quote, quote.dossier).expect("memory");
        }
        said
    }

    fn calls(times: &[&str]) -> Value {
        json!({"observations": times.iter().map(|at| json!({"kind": "interview", "at": at})).collect::<Vec<_>>()})
    }

    #[test]
    fn meetings_under_two_names_at_once_are_counted() {
        let of = |people: &[(&str, Value)]| told(Field::ClusterMeetingsAtOnce, people);
        let own = || calls(&["2026-09-14T10:00:00+02:00", "2026-09-15T10:00:00+02:00"]);
        let (at_once, later) = (calls(&["2026-09-14T08:05:00Z"]), calls(&["2026-09-14T09:05:00Z"]));
        let expected = "1 2026-09-14T08:05:00Z of p1";
        assert_eq!(of(&[("Ana Example", own()), ("Bruno Fontane", at_once.clone())]), expected);
        assert_eq!(of(&[("Ana Example", own()), ("Bruno Fontane", later)]), "0");
        assert_eq!(of(&[("Ana Example", own()), ("Ana Example", at_once.clone())]), "", "one person's, told twice");
        assert_eq!(of(&[("Ana Example", json!({})), ("Bruno Fontane", at_once)]), "", "nobody knows");
    }

    #[test]
    fn jobs_that_one_name_dates_in_two_ways_are_counted() {
        let of = |people: &[(&str, Value)]| told(Field::ClusterJobsDatedOtherwise, people);
        let jobs = |start: &str, end: &str| {
            json!({"employment": [{"employer": {"name": "Bluefin"}, "start": start, "end": "2021-01"},
                                  {"employer": {"name": "Redtail"}, "start": "2021-02", "end": end}]})
        };
        let own = || jobs("2019-01", "2024-06");
        let both = of(&[("Ana Example", own()), ("Ana Example", own()), ("Ana Example", jobs("2016", "2022"))]);
        assert_eq!(both, "2 2016 of p2 2022 of p2");
        let one = of(&[("Ana Example", own()), ("Ana Example", jobs("2016", "2024"))]);
        assert_eq!(one, "1 2016 of p1");
        assert_eq!(of(&[("Ana Example", own()), ("Ana Example", own())]), "0", "the same person twice");
        assert_eq!(of(&[("Ana Example", own()), ("Bruno Fontane", jobs("2016", "2022"))]), "", "somebody else's jobs");
    }
}
