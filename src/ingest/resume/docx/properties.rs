//! What a Word document says of its making: who, when, with what.

use super::xml::{decoded, entity_of, local};
use crate::dossier::DocumentMetadata;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// Adds what a part says.
pub(super) fn read(part: &[u8], metadata: &mut DocumentMetadata) {
    let text = decoded(part);
    let mut reader = Reader::from_str(&text);
    let (mut name, mut value) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                name = local(&start);
                value.clear();
            }
            Ok(Event::Text(text)) => value.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => value.extend(entity_of(&entity.xml10_content())),
            Ok(Event::End(_)) => {
                set(metadata, &name, value.trim());
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
}

fn set(metadata: &mut DocumentMetadata, name: &str, value: &str) {
    let value: String = value.chars().take(400).collect();
    if value.is_empty() {
        return;
    }
    match name {
        "creator" => metadata.author = Some(value),
        "lastModifiedBy" => metadata.modified_by = Some(value),
        "created" => metadata.created = value.parse().ok(),
        "modified" => metadata.modified = value.parse().ok(),
        "revision" => metadata.revision = value.parse().ok(),
        "Application" => metadata.creator = Some(value),
        "Company" => metadata.company = Some(value),
        "Template" => metadata.template = Some(value),
        _ => {}
    }
}
