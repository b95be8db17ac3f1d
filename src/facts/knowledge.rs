//! Knowledge as facts use it: lists and tables resolved once for a run, never by name for each value.
//!
//! Each file of facts that reads lists or tables keeps a struct of its own for them, made from [`Content`];
//! here they stand side by side.

use super::address_words::AddressKnowledge;
use super::autorun::CodeKnowledge;
use super::editors::DocumentKnowledge;
use super::employer_names::EmployerKnowledge;
use super::files::FileKnowledge;
use super::gazetteer::Gazetteer;
use super::hosts::DomainKnowledge;
use super::lookalike::LookalikeKnowledge;
use super::pay::PayKnowledge;
use super::payees::PaymentKnowledge;
use super::ranges::NetworkKnowledge;
use super::spelling::NameKnowledge;
use super::timeline::Timeline;
use super::vocation::Vocation;
use crate::content::Content;

/// Lists and tables, resolved; make it once for a run.
#[derive(Debug)]
pub struct Knowledge<'c> {
    /// Lexicons, for searching, and whatever needs no resolving.
    pub(crate) content: &'c Content,
    /// Nicknames and families of romanisation.
    pub(crate) names: NameKnowledge,
    /// Places with country and zone.
    pub(crate) places: Gazetteer,
    /// Words of an address that say nothing.
    pub(crate) addresses: AddressKnowledge,
    /// When technologies were released and organisations founded.
    pub(crate) timeline: Timeline,
    /// Image editors.
    pub(crate) documents: DocumentKnowledge,
    /// Words of job titles and degrees.
    pub(crate) vocation: Vocation,
    /// What simple work is usually paid.
    pub(crate) pay: PayKnowledge,
    /// Classes of mail and web domains.
    pub(crate) domains: DomainKnowledge<'c>,
    /// What file endings mean.
    pub(crate) files: FileKnowledge<'c>,
    /// Legal forms and published names of employers.
    pub(crate) employers: EmployerKnowledge<'c>,
    /// What gets imitated.
    pub(crate) lookalike: LookalikeKnowledge<'c>,
    /// Published networks, VPN and remote-access products.
    pub(crate) network: NetworkKnowledge<'c>,
    /// Published payees and wallets.
    pub(crate) payment: PaymentKnowledge<'c>,
    /// Payload hosts and words of assessment repositories.
    pub(crate) code: CodeKnowledge<'c>,
}

impl<'c> Knowledge<'c> {
    /// Resolves what the content holds; a list or table that is missing makes its facts unknown.
    pub fn new(content: &'c Content) -> Self {
        let employers = EmployerKnowledge::new(content);
        Self {
            content,
            names: NameKnowledge::new(content),
            places: Gazetteer::new(content),
            addresses: AddressKnowledge::new(content),
            timeline: Timeline::new(content, &employers),
            documents: DocumentKnowledge::new(content),
            vocation: Vocation::new(content),
            pay: PayKnowledge::new(content),
            domains: DomainKnowledge::new(content),
            files: FileKnowledge::new(content),
            employers,
            lookalike: LookalikeKnowledge::new(content),
            network: NetworkKnowledge::new(content),
            payment: PaymentKnowledge::new(content),
            code: CodeKnowledge::new(content),
        }
    }
}
