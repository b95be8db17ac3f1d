//! Addresses of the person that are used under names which do not agree. Shared mailboxes of an employer, an agency
//! or a recruiting system say nothing.

use super::catalogue::Field;
use super::contact::mail_class;
use super::context::Context;
use super::domains;
use super::element::{ElementsBuilder, Origin};
use super::names;
use crate::dossier::{Message, Path, Place};
use std::collections::BTreeMap;

/// Says how many addresses bear two names; unknown where none bears one.
pub(crate) fn dossier<'d>(ctx: &Context<'d>, builder: &mut ElementsBuilder<'d>) {
    let mut by_address: BTreeMap<String, Vec<(usize, &'d str)>> = BTreeMap::new();
    for (index, message) in ctx.dossier.messages.iter().enumerate() {
        if message.from_subject == Some(true)
            && let Some(name) = message.sender.name.as_deref()
            && let Some(address) = address(ctx, message)
        {
            let names = by_address.entry(address).or_default();
            if !names.iter().any(|(_, other)| *other == name) {
                names.push((index, name));
            }
        }
    }
    if by_address.is_empty() {
        return;
    }
    let differing: Vec<[usize; 2]> = by_address.values().filter_map(|names| two_people(ctx, names)).collect();
    let places = differing.iter().flatten().map(|index| Place::whole(Path::at("/messages/*/sender/name", *index)));
    builder.number(Field::SubjectAddressesUnderTwoNames, differing.len() as f64, Origin::derived_from(places));
}

/// The address that a message came from, unless several people of one house may use it.
fn address(ctx: &Context<'_>, message: &Message) -> Option<String> {
    let Some(email) = &message.sender.email else {
        return message.sender.handle.as_deref().map(|handle| handle.trim().trim_start_matches('@').to_lowercase());
    };
    let host = domains::mail_host(email)?;
    let shared = matches!(mail_class(ctx, &host), "employer" | "agency" | "relay")
        || domains::mail_local(email).is_some_and(|local| ctx.knowledge.lookalike.has_job_word(local));
    (!shared).then(|| email.trim().to_lowercase())
}

/// Where two names stand that have nothing in common; the person may have given or declared both.
fn two_people(ctx: &Context<'_>, names: &[(usize, &str)]) -> Option<[usize; 2]> {
    let given = |name: &str| ctx.names.agrees(name) == Some(true);
    let (first, name) = *names.first()?;
    names.iter().skip(1).find_map(|(index, other)| {
        let differ = names::agree(name, other, &ctx.knowledge.names) == Some(false);
        (differ && !(given(name) && given(other))).then_some([first, *index])
    })
}

#[cfg(test)]
mod tests {
    use crate::facts::catalogue::Field;
    use crate::facts::tests::subject;
    use serde_json::{Value, json};

    #[test]
    fn an_address_under_two_names_is_counted_once() {
        let field = Field::SubjectAddressesUnderTwoNames;
        let from = |name: &str, email: &str| json!({"from_subject": true, "sender": {"name": name, "email": email}});
        let with = |names: Value, messages: Vec<Value>| json!({"subject": {"names": names}, "messages": messages});
        let two = vec![
            from("Ana Example", "ana@mail.example"),
            from("Petra Novak", "Ana@mail.example"),
            from("Petra Novak", "ana@mail.example"),
        ];
        assert_eq!(subject(with(json!([]), two.clone()), field).as_deref(), Some("1"));
        let declared = json!([{"value": "Ana Example"}, {"value": "Petra Novak", "declared": true}]);
        assert_eq!(subject(with(declared, two), field).as_deref(), Some("0"));
        let spelled = vec![from("Ana Example", "ana@mail.example"), from("Example, A.", "ana@mail.example")];
        assert_eq!(subject(with(json!([]), spelled), field).as_deref(), Some("0"));
        let shared = vec![from("Ana Example", "jobs@mail.example"), from("Petra Novak", "jobs@mail.example")];
        assert_eq!(subject(with(json!([]), shared), field), None, "a mailbox for applications");
        assert_eq!(subject(json!({"messages": [{"from_subject": true}]}), field), None);
    }
}
