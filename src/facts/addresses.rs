//! Whether two postal addresses, or an address and a place, agree; an address by itself says nothing.

use super::context::Context;
use crate::dossier::DeclarationKind;

/// Below this share, two complete addresses are two.
const DIFFERENT: f64 = 0.34;

/// Whether two postal addresses are the same; `None` where too little is written to say.
pub(crate) fn agree(first: &str, second: &str, ctx: &Context<'_>) -> Option<bool> {
    if first == second {
        return (!first.trim().is_empty()).then_some(true);
    }
    let (mine, theirs) = (ctx.knowledge.addresses.parts(first), ctx.knowledge.addresses.parts(second));
    let words = mine.words.intersection(&theirs.words).count();
    let numbers = mine.numbers.intersection(&theirs.numbers).count();
    let common = words + numbers;
    // A house number, a street and a town, and hardly anything that only one of them has.
    if words >= 2 && numbers >= 1 && mine.len().min(theirs.len()) <= common + 1 {
        return Some(true);
    }
    let places = &ctx.knowledge.places;
    let apart = match (places.resolve(first), places.resolve(second)) {
        (Some(first), Some(second)) => first.country != second.country,
        _ => false,
    };
    let share = common as f64 / (mine.len() + theirs.len() - common).max(1) as f64;
    (apart || (share < DIFFERENT && mine.are_complete() && theirs.are_complete())).then_some(false)
}

/// Whether an address agrees with the claimed place or a declared address; `None` where neither is known.
pub(crate) fn agrees_with_claim(address: &str, ctx: &Context<'_>) -> Option<bool> {
    let mut declared =
        ctx.dossier.declarations.iter().filter(|declaration| declaration.kind == DeclarationKind::Address);
    if declared
        .any(|declaration| declaration.value.as_deref().is_none_or(|value| agree(address, value, ctx) == Some(true)))
    {
        return Some(true);
    }
    ctx.place.address_agrees(&ctx.knowledge.places.resolve(address)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Date, Declaration, Dossier, Location};
    use crate::facts::knowledge::Knowledge;
    use crate::facts::tests::tables;

    #[test]
    fn addresses_agree_whatever_their_form() {
        let content = tables();
        let knowledge = Knowledge::new(&content);
        let dossier = Dossier::new("d");
        let ctx = Context::new(&dossier, &knowledge, Date::from_day(2026, 1, 1).expect("a day"));
        for (first, second, expected) in [
            ("12 Sample Street, Apt 4, Toronto, ON", "12 sample st., Toronto, Ontario", Some(true)),
            ("Musterstraße 12, 10115 Berlin", "Musterstr 12 · 10115 Berlin · Germany", None),
            ("Beispiel Straße 12, 10115 Berlin", "Beispiel Str. 12, 10115 Berlin, Germany", Some(true)),
            ("12 Sample Street, Toronto, Canada", "3 Rua Exemplo, Porto, Portugal", Some(false)),
            ("12 Sample Street, Austin, TX 78701", "940 Other Road, Nashville, TN 37011", Some(false)),
            ("Toronto", "12 Sample Street, Toronto, ON", None),
            ("", "", None),
        ] {
            assert_eq!(agree(first, second, &ctx), expected, "{first} / {second}");
            assert_eq!(agree(second, first, &ctx), expected, "{second} / {first}");
        }
    }

    #[test]
    fn an_address_is_held_against_the_claimed_place_and_declared_addresses() {
        let content = tables();
        let knowledge = Knowledge::new(&content);
        let now = Date::from_day(2026, 1, 1).expect("a day");
        let mut dossier = Dossier::new("d");
        dossier.subject.location = Some(Location { text: Some("Toronto, ON".into()), ..Location::default() });
        let ask = |dossier: &Dossier, address: &str| {
            let ctx = Context::new(dossier, &knowledge, now);
            agrees_with_claim(address, &ctx)
        };
        assert_eq!(ask(&dossier, "12 Sample Street, Toronto, ON M5V 0A1"), Some(true));
        assert_eq!(ask(&dossier, "12 Sample Street, Vancouver, BC"), Some(false));
        assert_eq!(ask(&dossier, "12 Sample Street, Ottawa, ON"), None);
        assert_eq!(ask(&dossier, "3 Rua Exemplo, 4000-001 Porto, Portugal"), Some(false));
        assert_eq!(ask(&dossier, "12 Sample Street"), None);
        dossier.declarations.push(Declaration {
            kind: DeclarationKind::Address,
            value: Some("3 Rua Exemplo, 4000-001 Porto".into()),
            from: None,
            to: None,
            source: None,
        });
        assert_eq!(ask(&dossier, "3 Rua Exemplo, 4000-001 Porto, Portugal"), Some(true));
    }
}
