//! What must hold for any bytes, whatever format they are taken for.

use falseface::dossier::Dossier;
use falseface::ingest::{Input, Item, Limits, ReadOptions, open};

/// Reads bytes as a format: nothing panics or grows without bound, and every dossier is the same once it was written.
///
/// # Panics
/// If a dossier is not.
pub fn read(format: &str, bytes: &[u8]) {
    let limits = Limits {
        max_record_bytes: 1 << 20,
        max_entry_bytes: 4 << 20,
        max_total_bytes: 16 << 20,
        max_entries: 100,
        ..Limits::default()
    };
    let owner = Some("ana@mail.example".to_owned());
    let options = ReadOptions { input_format: Some(format.to_owned()), limits, owner, ..ReadOptions::default() };
    let input = Input::Memory { name: format!("any.{}", ending(format)), bytes: bytes.into() };
    let Ok(items) = open(&[input], &options) else { return };
    for item in items {
        let Item::Record(record) = item else { continue };
        let Ok(read) = record.read() else { continue };
        let written = serde_json::to_string(&read.dossier).expect("a dossier can be written");
        let again: Dossier = serde_json::from_str(&written).expect("what was written is a dossier");
        assert_eq!(again, read.dossier, "a dossier is the same once it was written");
    }
}

/// The ending of a file of a format: some look at it.
fn ending(format: &str) -> &'static str {
    match format {
        "mail" => "eml",
        "whatsapp" => "txt",
        "candidate-table" | "job-adverts" | "sign-ins" | "linkedin-archive" => "csv",
        "resume-document" => "pdf",
        _ => "json",
    }
}
