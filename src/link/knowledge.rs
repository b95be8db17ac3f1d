//! What is known beforehand for reading keys: the knowledge of facts, and the lists and tables of this folder.

use super::mailbox::MailKnowledge;
use super::ordinary::OrdinaryPhrases;
use super::page::AccountPages;
use crate::content::List;
use crate::facts::Knowledge;

/// Lists and tables, resolved; make it once for a run.
#[derive(Debug)]
pub struct LinkKnowledge<'c> {
    pub(crate) facts: &'c Knowledge<'c>,
    /// Hosts of mail, machines, shared mailboxes.
    pub(crate) mail: MailKnowledge<'c>,
    /// Where accounts have their pages.
    pub(crate) pages: AccountPages<'c>,
    /// What strangers write alike.
    pub(crate) ordinary: OrdinaryPhrases,
    /// What people write where they have nothing to write.
    placeholders: Option<&'c List>,
    /// Hosts that stand in examples and on every machine.
    placeholder_hosts: Option<&'c List>,
}

impl<'c> LinkKnowledge<'c> {
    /// Resolves what the content of `facts` holds; a list or table that is missing knows nothing.
    pub fn new(facts: &'c Knowledge<'c>) -> Self {
        let content = facts.content;
        Self {
            facts,
            mail: MailKnowledge::new(content),
            pages: AccountPages::new(content),
            ordinary: OrdinaryPhrases::new(content.list("ordinary-phrases")),
            placeholders: content.list("placeholders"),
            placeholder_hosts: content.list("placeholder-hosts"),
        }
    }

    /// Whether a value stands for none.
    pub(crate) fn is_placeholder(&self, value: &str) -> bool {
        self.placeholders.is_some_and(|list| list.contains(value))
    }

    /// Whether a host is nobody's.
    pub(crate) fn is_placeholder_host(&self, host: &str) -> bool {
        self.placeholder_hosts.is_some_and(|list| list.contains_domain(host))
    }
}
