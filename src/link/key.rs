//! A key: something of a dossier that can be the same in another one, and what it is worth if it is.
//!
//! How values are read and made comparable is for [`keys`](super::keys()); which records share one, how common it is
//! and what that makes of them is for whoever compares.

use crate::dossier::Place;
use std::fmt;

/// Something of a dossier that can be the same in another one.
///
/// One thing may have several keys: a portrait its digest and its perceptual hash, a document its digest and its
/// author, the mail address of a commit or a payment account its own key and that of the mailbox. Keys of one thing
/// are one piece of evidence: whoever adds up strengths counts the greatest of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it is.
    pub kind: KeyKind,
    /// Its value, made comparable; never empty.
    pub value: String,
    /// Where it was read first.
    pub place: Place,
}

/// What a key is.
///
/// Mail addresses have one kind, not two: the mailbox that an address is delivered to. That two records write one
/// mailbox with the same dots or the same tag adds nothing to their sharing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// A phone number: E.164, with `;ext=` and the extension if it has one.
    Phone,
    /// The mailbox that a mail address is delivered to, without dots and tags where its host ignores them.
    Mailbox,
    /// An account on a network, a messenger or a code host: `network:handle`.
    Handle,
    /// A wallet's address.
    Wallet,
    /// A bank or payment account: `iban:…`, `paypal:…`.
    Account,
    /// A web page that is no account's: host and path.
    Url,
    /// A portrait, by the digest of its file.
    Photo,
    /// A portrait, by its perceptual hash; only equal ones meet.
    PhotoHash,
    /// A file that the person handed over, by its digest.
    Document,
    /// Who made a document, with what and when: `author|producer|created`.
    Author,
    /// The mail address of the person's own commits, as a mailbox.
    CommitEmail,
    /// The id or fingerprint of a device.
    Device,
    /// The network address of a session: an IPv4 address, or the first 64 bits of an IPv6 one.
    Session,
    /// The address that something was sent to: its telling words, sorted.
    Shipping,
    /// How somebody who vouches for the person is reached: `mailbox:…`, `phone:…` or `handle:…`.
    Reference,
    /// How a domain that the person uses was registered: `registrar|day|name servers`.
    Domain,
}

impl KeyKind {
    /// Every kind, in order.
    pub const ALL: &'static [Self] = &[
        Self::Phone,
        Self::Mailbox,
        Self::Handle,
        Self::Wallet,
        Self::Account,
        Self::Url,
        Self::Photo,
        Self::PhotoHash,
        Self::Document,
        Self::Author,
        Self::CommitEmail,
        Self::Device,
        Self::Session,
        Self::Shipping,
        Self::Reference,
        Self::Domain,
    ];

    /// The word that stands in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mailbox => "mailbox",
            Self::Handle => "handle",
            Self::Wallet => "wallet",
            Self::Account => "account",
            Self::Url => "url",
            Self::Photo => "photo",
            Self::PhotoHash => "photo_hash",
            Self::Document => "document",
            Self::Author => "author",
            Self::CommitEmail => "commit_email",
            Self::Device => "device",
            Self::Session => "session",
            Self::Shipping => "shipping",
            Self::Reference => "reference",
            Self::Domain => "domain",
        }
    }

    /// Weight of evidence, in decibans, that two records belong to one operator if they share a value that nobody
    /// else has. It is judgement, not measurement; a value that many have is worth less.
    ///
    /// The levels follow family K of the catalogue of heuristics (`rules/tables/catalogue.tsv`, `bat-…`): strong is
    /// 25 to 30, moderate 12 to 15, weak below 10. Whatever has one owner by its making (a mailbox, a wallet, a
    /// device) is at the top; what a household, a studio or an agency may share is below it. Three references make a
    /// strong tie, one a moderate one, and so do three addresses of sessions: 8 each, since an office has one too.
    pub fn strength(self) -> f64 {
        match self {
            Self::Mailbox | Self::Wallet | Self::Account | Self::Device => 30.0,
            Self::Phone
            | Self::Handle
            | Self::Photo
            | Self::PhotoHash
            | Self::Document
            | Self::CommitEmail
            | Self::Shipping => 25.0,
            // Couples and studios have one site; a registrar's customers of one day may share its name servers.
            Self::Url | Self::Domain => 15.0,
            // People who write résumés for others leave their name in all of them.
            Self::Author | Self::Reference => 12.0,
            Self::Session => 8.0,
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::KeyKind;

    #[test]
    fn kinds_have_words_and_strengths_of_their_own_range() {
        let words: std::collections::BTreeSet<_> = KeyKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words.len(), KeyKind::ALL.len());
        assert!(KeyKind::ALL.is_sorted(), "in order");
        for kind in KeyKind::ALL {
            assert!((5.0..=30.0).contains(&kind.strength()), "{kind}");
        }
    }
}
