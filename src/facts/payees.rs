//! Lists about those who are paid, and whether two payees are one.

use super::companies::{letters, without_form};
use super::names;
use super::spelling::NameKnowledge;
use crate::content::{Content, List, key};

/// Lists of published companies and wallets.
const PUBLISHED: [&str; 3] = ["front-companies", "listed-studios", "listed-wallets"];

/// Lists about payees.
#[derive(Debug)]
pub(crate) struct PaymentKnowledge<'c> {
    published: Vec<(&'static str, &'c List)>,
    /// Legal forms of companies.
    forms: Option<&'c List>,
}

/// A payee as facts compare it.
#[derive(Debug, Clone)]
pub(crate) struct Payee<'d> {
    /// As written.
    pub(crate) name: &'d str,
    /// Without a legal form, folded.
    pub(crate) core: String,
    /// Whether it has a legal form; unknown without a list of them.
    pub(crate) is_company: Option<bool>,
}

impl<'c> PaymentKnowledge<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        Self {
            published: PUBLISHED.into_iter().filter_map(|name| Some((name, content.list(name)?))).collect(),
            forms: content.list("company-forms"),
        }
    }

    /// Whether there is any list of published names.
    pub(crate) fn has_published(&self) -> bool {
        !self.published.is_empty()
    }

    /// Takes a payee's name apart.
    pub(crate) fn payee<'d>(&self, name: &'d str) -> Payee<'d> {
        let (core, had_form) =
            self.forms.map_or_else(|| (key(name).into_owned(), false), |forms| without_form(name, forms));
        Payee { name, core, is_company: self.forms.map(|_| had_form) }
    }

    /// Names of the published lists that hold a payee, with or without its legal form.
    pub(crate) fn lists_of<'a>(&'a self, payee: &'a Payee<'_>) -> impl Iterator<Item = &'static str> + 'a {
        self.lists_with(move |list| list.contains(payee.name) || list.contains(&payee.core))
    }

    /// Names of the published lists that hold a wallet.
    pub(crate) fn lists_of_wallet<'a>(&'a self, wallet: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        self.lists_with(move |list| list.contains(wallet))
    }

    fn lists_with<'a>(&'a self, holds: impl Fn(&List) -> bool + 'a) -> impl Iterator<Item = &'static str> + 'a {
        self.published.iter().filter(move |(_, list)| holds(list)).map(|(name, _)| *name)
    }
}

impl Payee<'_> {
    /// Whether another name is the same payee: the same letters without legal forms, or spellings of one name.
    pub(crate) fn is(&self, other: &Payee<'_>, names: &NameKnowledge) -> bool {
        let (mine, theirs) = (letters(&self.core), letters(&other.core));
        (!mine.is_empty() && mine == theirs) || names::agree(self.name, other.name, names) == Some(true)
    }
}
