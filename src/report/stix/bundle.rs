//! The bundle while it is being written: its marking, its maker, each domain once, and what stayed out.

use super::actors::{self, Actors, LeftOut};
use super::objects::{Common, id};
use crate::dossier::Role;
use crate::report::clock::rfc3339;
use crate::report::contract::Report;
use crate::report::tlp::Tlp;
use crate::report::wire::parts::append;
use crate::screening::{Assessment, Run, Summary};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes one bundle.
pub(crate) struct Bundle<W> {
    to: W,
    common: Common,
    /// Domains that are in it.
    domains: BTreeSet<String>,
    left_out: BTreeMap<LeftOut, u64>,
    has_objects: bool,
}

impl<W: Write> Bundle<W> {
    pub(crate) fn new(to: W, tlp: Tlp) -> Self {
        let common = Common { tlp, now: String::new() };
        Self { to, common, domains: BTreeSet::new(), left_out: BTreeMap::new(), has_objects: false }
    }

    fn object(&mut self, object: &Value) -> io::Result<()> {
        self.to.write_all(if self.has_objects { b",\n" } else { b"\n" })?;
        self.has_objects = true;
        serde_json::to_writer(&mut self.to, object)?;
        Ok(())
    }
}

// What records share, and what could not be read, is the exporter's own business.
impl<W: Write + Send> Report for Bundle<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let now = rfc3339(run.now);
        self.common.now = format!("{}.000Z", now.trim_end_matches('Z'));
        self.to.write_all(b"{\"type\":\"bundle\",\"objects\":[")?;
        let (marking, identity) = (self.common.tlp.object(), self.common.identity());
        self.object(&marking)?;
        self.object(&identity)
    }

    fn assessment(&mut self, assessment: &Assessment) -> io::Result<()> {
        let mut bytes = Vec::new();
        pieces(assessment, &mut bytes);
        self.rendered(assessment.screened.role, &bytes)
    }

    fn rendered(&mut self, _role: Role, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let Actors { imitations, left_out } = serde_json::from_slice(bytes)?;
        for (reason, count) in left_out {
            *self.left_out.entry(reason).or_default() += count;
        }
        for imitation in imitations {
            if self.domains.insert(imitation.domain.clone()) {
                let (domain, indicator) =
                    (self.common.domain_name(&imitation.domain), self.common.indicator(&imitation));
                self.object(&domain)?;
                self.object(&indicator)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, _summary: &Summary) -> io::Result<()> {
        let domains: Vec<_> = std::mem::take(&mut self.domains).into_iter().collect();
        let mut what = format!("{} {} {}", self.common.now, self.common.tlp.as_str(), domains.join(" "));
        if !self.left_out.is_empty() {
            let note = self.common.note(&std::mem::take(&mut self.left_out));
            what.push_str(note["id"].as_str().unwrap_or_default());
            self.object(&note)?;
        }
        let id = id("bundle", &what);
        write!(self.to, "\n],\"id\":\"{id}\"}}\n")?;
        self.to.flush()
    }
}

/// Appends what threads make of a person: nothing, below `escalate`.
pub(crate) fn pieces(assessment: &Assessment, bytes: &mut Vec<u8>) {
    let actors = actors::of(assessment);
    if actors != Actors::default() {
        append(&actors, bytes);
    }
}
