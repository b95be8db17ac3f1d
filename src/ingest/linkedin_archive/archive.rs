//! An archive opened: which entries it has, which were read, and everything that was met on the way.

use super::columns::{Line, Record as Row, Sheet};
use super::entries::{FORMS, Form, Kind, NAME, depth, form_by_header, form_of};
use super::snapshot::{Part, Snapshot};
use crate::dossier::{Date, Locator, Provenance, Rejected, Skipped};
use crate::ingest::adapter::Context;
use crate::ingest::dates;
use crate::ingest::item::Item;
use crate::ingest::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Names of entries that a skip lists before it only counts.
const LISTED: usize = 60;

/// An archive and what reading it met.
pub(super) struct Archive {
    tree: Tree,
    context: Context,
    /// Index of the entry for each kind.
    entries: BTreeMap<Kind, usize>,
    /// What stands in no entry: the domains of a snapshot.
    parts: BTreeMap<Kind, Part>,
    digests: BTreeMap<Kind, Option<String>>,
    /// When the export was made, from the archive's name.
    captured_at: Option<Date>,
    rejected: Vec<Rejected>,
    skipped: Vec<Skipped>,
    /// Columns and value shapes that are not known.
    pub(super) unknown: BTreeSet<String>,
}

impl Archive {
    /// Chooses the entries that are read.
    pub(super) fn new(tree: Tree, context: &Context) -> Self {
        let mut archive = Self::empty(tree, context);
        for fault in std::mem::take(&mut archive.tree.faults) {
            archive.rejected.push(Rejected { source: archive.context.source.clone(), reason: fault });
        }
        archive.choose();
        archive
    }

    /// Of the domains of a snapshot.
    pub(super) fn of(snapshot: Snapshot, context: &Context) -> Self {
        let tree = Tree::loose(String::new(), Vec::new(), context.source.clone(), &context.limits);
        let Snapshot { parts, unread, unknown, rejected } = snapshot;
        let mut archive = Self { parts, rejected, unknown, ..Self::empty(tree, context) };
        archive.leave(unread.into_iter().collect(), "domains");
        archive
    }

    fn empty(tree: Tree, context: &Context) -> Self {
        Self {
            captured_at: captured_at(&context.source.path),
            tree,
            context: context.clone(),
            entries: BTreeMap::new(),
            parts: BTreeMap::new(),
            digests: BTreeMap::new(),
            rejected: Vec::new(),
            skipped: Vec::new(),
            unknown: BTreeSet::new(),
        }
    }

    fn choose(&mut self) {
        let mut order: Vec<usize> = (0..self.tree.names.len()).collect();
        order.sort_by_key(|index| {
            let name = &self.tree.names[*index];
            (depth(name), name.clone())
        });
        let mut unread = Vec::new();
        for index in order {
            let name = &self.tree.names[index];
            // A loose file was recognised by its header, whatever it is called.
            let form = form_of(name).or_else(|| if self.tree.names.len() == 1 { self.form_by_header() } else { None });
            match form {
                Some(form) if form.of_owner && !self.context.include_owner => unread.push(name.clone()),
                Some(form) if self.entries.contains_key(&form.kind) => self.rejected.push(Rejected {
                    source: self.tree.locate(index),
                    reason: "a second file of this name; only the first is read (name each archive by itself)"
                        .to_owned(),
                }),
                Some(form) => {
                    self.entries.insert(form.kind, index);
                }
                None => unread.push(name.clone()),
            }
        }
        unread.sort();
        self.leave(unread, "entries");
    }

    /// Names what is not read because nobody needs it.
    fn leave(&mut self, unread: Vec<String>, what: &str) {
        let count = unread.len();
        if count == 0 {
            return;
        }
        let more = count.saturating_sub(LISTED);
        let mut names = unread.into_iter().take(LISTED).collect::<Vec<_>>().join(", ");
        if more > 0 {
            names.push_str(" and ");
            names.push_str(&more.to_string());
            names.push_str(" more");
        }
        let reason = format!("{what} that are not needed and stay closed: {count} ({names})");
        self.skipped.push(Skipped { source: self.context.source.clone(), reason });
    }

    fn form_by_header(&self) -> Option<&'static Form> {
        let head = self.tree.loose_head()?;
        form_by_header(head)
    }

    /// Whether the archive has such a file.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.entries.contains_key(&kind) || self.parts.contains_key(&kind)
    }

    /// The readable rows of a file; what is broken is rejected, what is missing gives none.
    pub(super) fn rows(&mut self, kind: Kind) -> Vec<Row> {
        if let Some(part) = self.parts.get_mut(&kind) {
            self.digests.insert(kind, None);
            return std::mem::take(&mut part.rows);
        }
        let Some(index) = self.entries.get(&kind).copied() else { return Vec::new() };
        let Some(form) = FORMS.iter().find(|form| form.kind == kind) else { return Vec::new() };
        let entry = match self.tree.read(index) {
            Ok(entry) => entry,
            Err(reason) => {
                self.entries.remove(&kind);
                self.rejected.push(Rejected { source: self.tree.locate(index), reason });
                return Vec::new();
            }
        };
        self.digests.insert(kind, entry.sha256);
        if entry.bytes.trim_ascii().is_empty() {
            self.skipped.push(Skipped { source: self.tree.locate(index), reason: "the file is empty".to_owned() });
            return Vec::new();
        }
        let Some(sheet) = Sheet::open(entry.bytes, form.required) else {
            self.entries.remove(&kind);
            let columns = form.required.join(", ");
            let reason = format!("expected the columns {columns} in one of its first lines, found none that has them");
            self.rejected.push(Rejected { source: self.tree.locate(index), reason });
            return Vec::new();
        };
        let name = self.entry_name(kind);
        self.unknown.extend(sheet.unknown().into_iter().map(|column| format!("{name}/{column}")));
        let mut rows = Vec::new();
        for line in sheet {
            match line {
                Line::Record(row) => rows.push(row),
                Line::Broken(line, reason) => self.reject(kind, line, reason),
            }
        }
        rows
    }

    /// Rejects a row.
    pub(super) fn reject(&mut self, kind: Kind, line: u64, reason: impl Into<String>) {
        self.rejected.push(Rejected { source: self.locate(kind, line), reason: reason.into() });
    }

    /// Counts rows that are not read on purpose.
    pub(super) fn skip(&mut self, kind: Kind, count: u64, what: &str) {
        if count > 0 {
            let source = self.locate(kind, 0);
            self.skipped.push(Skipped { source, reason: format!("{what}: {count}") });
        }
    }

    /// Where a row stands; line 0 is the whole file.
    pub(super) fn locate(&self, kind: Kind, line: u64) -> Locator {
        if let Some(part) = self.parts.get(&kind) {
            let row = usize::try_from(line).ok().and_then(|line| line.checked_sub(1));
            let pointer = row.and_then(|row| part.pointers.get(row)).map(|pointer| pointer.as_str().into());
            return Locator { pointer, ..self.context.source.clone() };
        }
        let mut source = match self.entries.get(&kind) {
            Some(index) => self.tree.locate(*index),
            None => self.context.source.clone(),
        };
        source.line = (line > 0).then_some(line);
        source
    }

    /// File name of an entry, or name of a domain, which is also the name of its provenance.
    pub(super) fn entry_name(&self, kind: Kind) -> String {
        if let Some(part) = self.parts.get(&kind) {
            return part.domain.clone();
        }
        let name = self.entries.get(&kind).and_then(|index| self.tree.names.get(*index));
        name.map_or("", |name| name.rsplit('/').next().unwrap_or(name)).to_owned()
    }

    /// The provenance of values from an entry.
    pub(super) fn provenance(&self, kind: Kind) -> Provenance {
        let locator = self.entries.get(&kind).map(|index| self.tree.locate(*index));
        Provenance {
            name: Some(self.entry_name(kind)),
            adapter: Some(NAME.to_owned()),
            source: Some(self.context.source.input_name().to_owned()),
            entry: locator.and_then(|locator| locator.entry).map(|entry| entry.to_string()),
            pointer: None,
            sha256: self.digests.get(&kind).cloned().flatten(),
            joined_by: Vec::new(),
            captured_at: self.captured_at,
        }
    }

    /// Kinds that were read and say something about the exporter.
    pub(super) fn own_kinds(&self) -> Vec<Kind> {
        let of_owner = |kind: &Kind| FORMS.iter().any(|form| form.kind == *kind && form.of_owner);
        let own = |kind: &Kind| of_owner(kind) || matches!(kind, Kind::Profile | Kind::RecommendationsReceived);
        self.digests.keys().copied().filter(own).collect()
    }

    /// A date in any known shape; another shape is reported once.
    pub(super) fn date(&mut self, kind: Kind, column: &str, cell: Option<&str>) -> Option<Date> {
        let cell = cell?;
        let date = dates::parse(cell);
        if date.is_none() {
            let name = self.entry_name(kind);
            self.unknown.insert(format!("{name}/{column} (a date in a shape that is not known)"));
        }
        date
    }

    /// What was rejected and skipped, in the order of the files.
    pub(super) fn leftovers(self) -> impl Iterator<Item = Item> {
        let Self { rejected, skipped, .. } = self;
        rejected.into_iter().map(Item::Rejected).chain(skipped.into_iter().map(Item::Skipped))
    }
}

/// The day in names such as `Basic_LinkedInDataExport_08-20-2026.zip.zip`.
fn captured_at(path: &str) -> Option<Date> {
    let base = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next()?;
    let (_, after) = base.split_once("LinkedInDataExport_")?;
    let mut parts = after.get(..10)?.split('-');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::from_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::captured_at;

    #[test]
    fn the_export_day_is_in_the_name() {
        let day = |path| captured_at(path).map(|date| date.to_string());
        assert_eq!(day("a/Basic_LinkedInDataExport_08-20-2026.zip.zip").as_deref(), Some("2026-08-20"));
        assert_eq!(day("a/export.zip"), None);
    }
}
