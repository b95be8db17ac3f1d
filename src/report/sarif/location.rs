//! Where a finding stands: the file and line of the record, and the pointer inside of it.

use crate::dossier::Locator;
use crate::screening::Evidence;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// Everything that may not stand in a segment of a relative reference (RFC 3986, 3.3); a colon is left out, so that no
/// first segment is taken for a scheme.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// A place of a finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[LogicalLocation<'a>; 1]>,
}

/// The file of a record, and the place in it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

/// A file, by its address.
#[derive(Debug, Serialize)]
pub(super) struct ArtifactLocation {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_offset: Option<u64>,
}

/// A place inside of a canonical dossier.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    fully_qualified_name: String,
    kind: &'static str,
}

impl<'a> Place<'a> {
    /// The record, and in it the first piece of evidence.
    pub(super) fn first(source: &Locator, dossier: &str, piece: Option<&'a Evidence>) -> Self {
        let logical_locations = piece.map(|piece| [LogicalLocation::new(dossier, piece)]);
        Self { id: None, physical_location: Some(PhysicalLocation::of(source)), logical_locations }
    }

    /// A further piece of evidence, by number.
    pub(super) fn further(number: usize, dossier: &str, piece: &'a Evidence) -> Self {
        let logical_locations = Some([LogicalLocation::new(dossier, piece)]);
        Self { id: Some(number), physical_location: None, logical_locations }
    }

    /// A place in a file alone.
    pub(super) fn of(source: &Locator) -> Self {
        Self { id: None, physical_location: Some(PhysicalLocation::of(source)), logical_locations: None }
    }
}

impl PhysicalLocation {
    fn of(source: &Locator) -> Self {
        let (start_line, byte_offset) = (source.line, source.offset);
        let region = Region { start_line: start_line.filter(|line| *line > 0), byte_offset };
        let is_known = region.start_line.is_some() || byte_offset.is_some();
        Self { artifact_location: ArtifactLocation::of(source), region: is_known.then_some(region) }
    }
}

impl ArtifactLocation {
    /// The address of a file or of an entry in it, relative where it was named so.
    pub(super) fn of(source: &Locator) -> Self {
        let path = source.path.replace('\\', "/");
        let has_drive = path.as_bytes().get(1) == Some(&b':');
        let mut uri = match path.strip_prefix('/') {
            Some(_) => "file://".to_owned(),
            None if has_drive => "file:///".to_owned(),
            None => String::new(),
        };
        push_path(&mut uri, &path);
        if let Some(entry) = &source.entry {
            // What an archive calls its entries is anybody's choice: none leads out of it.
            let inside = entry.replace('\\', "/");
            let inside = inside.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
            for part in inside {
                uri.push('/');
                push_path(&mut uri, part);
            }
        }
        Self { uri }
    }
}

fn push_path(uri: &mut String, path: &str) {
    for (number, segment) in path.split('/').enumerate() {
        if number > 0 {
            uri.push('/');
        }
        uri.extend(utf8_percent_encode(segment, SEGMENT));
    }
}

impl<'a> LogicalLocation<'a> {
    fn new(dossier: &str, piece: &'a Evidence) -> Self {
        let dossier = piece.dossier.as_deref().unwrap_or(dossier);
        Self { name: &piece.label, fully_qualified_name: format!("{dossier}#{}", piece.pointer), kind: "value" }
    }
}

#[cfg(test)]
mod tests {
    use super::ArtifactLocation;
    use crate::dossier::Locator;

    #[test]
    fn a_file_has_an_address_that_leads_nowhere_else() {
        let uri = |path: &str, entry: Option<&str>| {
            ArtifactLocation::of(&Locator { entry: entry.map(Into::into), ..Locator::file(path) }).uri
        };
        assert_eq!(uri("in/my export.zip", Some("a/b c.csv")), "in/my%20export.zip/a/b%20c.csv");
        assert_eq!(uri("/data/in.jsonl", None), "file:///data/in.jsonl");
        assert_eq!(uri("C:\\in.jsonl", None), "file:///C%3A/in.jsonl");
        assert_eq!(uri("javascript:alert(1)", None), "javascript%3Aalert%281%29");
        assert_eq!(uri("in.zip", Some("../../etc/./passwd")), "in.zip/etc/passwd");
        assert_eq!(uri("-", None), "-");
        assert_eq!(uri("\u{202e}\0", None), "%E2%80%AE%00");
    }
}
