//! A document of XML as the same objects that JSON has, so that formats which exist in both are read once.
//!
//! Names lose their prefixes. An element of text is that text; one without text and elements is an object of its
//! attributes, which say how something is written everywhere else and are left out there. What stands several times is a
//! list. No DOCTYPE is taken and no entity but those of XML itself, so that nothing can grow or be fetched.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

/// An element that is not closed yet.
#[derive(Default)]
struct Open {
    name: String,
    attributes: Map<String, Value>,
    elements: Map<String, Value>,
    text: String,
}

impl Open {
    fn of(tag: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Map::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let name: &str = attribute.key.as_ref();
            // Where names and schemas come from.
            if name != "xmlns" && !name.starts_with("xmlns:") && !name.starts_with("xsi:") {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
                attributes.insert(local(name).to_owned(), Value::from(value.as_ref()));
            }
        }
        Ok(Self { name: local(tag.name().as_ref()).to_owned(), attributes, ..Self::default() })
    }

    fn put(&mut self, name: String, value: Value) {
        match self.elements.get_mut(&name) {
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => {
                self.elements.insert(name, value);
            }
        }
    }

    fn value(self) -> Value {
        if !self.elements.is_empty() {
            Value::Object(self.elements)
        } else if !self.text.trim().is_empty() || self.attributes.is_empty() {
            Value::String(self.text)
        } else {
            Value::Object(self.attributes)
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads a document: an object with one key, the name of its root.
///
/// # Errors
/// Why it cannot be read and where, in a sentence.
pub(crate) fn read(bytes: &[u8], max_depth: usize) -> Result<Value, String> {
    let (text, _, is_damaged) = encoding_rs::UTF_8.decode(bytes);
    if is_damaged {
        return Err("the document is neither UTF-8 nor marked as UTF-16 (save it as UTF-8)".to_owned());
    }
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Open> = Vec::new();
    let mut root = Open::default();
    loop {
        let at = reader.buffer_position();
        let fault = |reason: String| format!("{reason} at byte {at}");
        match reader.read_event().map_err(|error| fault(error.to_string()))? {
            Event::Start(tag) => {
                if open.len() >= max_depth {
                    return Err(fault(format!("elements are nested deeper than {max_depth} levels")));
                }
                open.push(Open::of(&tag).map_err(fault)?);
            }
            Event::Empty(tag) => {
                let element = Open::of(&tag).map_err(fault)?;
                close(element, &mut open, &mut root).map_err(fault)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| fault("an element ends that never began".to_owned()))?;
                close(element, &mut open, &mut root).map_err(fault)?;
            }
            Event::Text(text) => say(&mut open, &text.xml10_content()),
            Event::CData(text) => say(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|error| fault(error.to_string()))? {
                Some(character) => say(&mut open, character.encode_utf8(&mut [0; 4])),
                None => match resolve_predefined_entity(name.as_ref()) {
                    Some(text) => say(&mut open, text),
                    None => return Err(fault("an entity stands there that XML itself does not have".to_owned())),
                },
            },
            Event::DocType(_) => return Err(fault("a DOCTYPE stands there, which no export has".to_owned())),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Eof if open.is_empty() && !root.elements.is_empty() => return Ok(root.value()),
            Event::Eof => return Err(fault("the document ends inside an element".to_owned())),
        }
    }
}

fn say(open: &mut [Open], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn close(element: Open, open: &mut [Open], root: &mut Open) -> Result<(), String> {
    let name = element.name.clone();
    match open.last_mut() {
        Some(outer) => outer.put(name, element.value()),
        None if root.elements.is_empty() => root.put(name, element.value()),
        None => return Err("a second document begins".to_owned()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::read;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn elements_are_texts_objects_or_lists() {
        let document = r#"<?xml version="1.0"?><a:cv xmlns:a="x"><n lang="en">Ana &amp; Ben&#33;</n><p><From year="2020" month="--03"/></p>
            <job>one</job><job><![CDATA[<p>two</p>]]></job><empty/></a:cv>"#;
        let expected = json!({"cv": {"n": "Ana & Ben!", "p": {"From": {"year": "2020", "month": "--03"}},
            "job": ["one", "<p>two</p>"], "empty": ""}});
        assert_eq!(read(document.as_bytes(), 128), Ok(expected));
        let utf16: Vec<u8> = "\u{feff}<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16, 128), Ok(json!({"a": "é"})));
    }

    #[test]
    fn what_could_grow_or_is_broken_is_refused_with_its_place() {
        for (document, reason) in [
            ("<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>", "DOCTYPE"),
            ("<a>&b;</a>", "entity"),
            ("<a><b></a>", "at byte"),
            ("<a>", "ends inside"),
            ("<a/><a/>", "second document"),
            ("", "ends inside"),
            ("<a><a><a><a/></a></a></a>", "deeper than 2 levels"),
        ] {
            let refused = read(document.as_bytes(), 2).expect_err(document);
            assert!(refused.contains(reason), "{document}: {refused}");
        }
        assert!(read(b"<a>\xff</a>", 2).expect_err("no UTF-8").contains("UTF-8"));
    }

    proptest! {
        #[test]
        fn any_document_is_read_or_refused(text in "(<[ab/!?]{0,3} ?[ab=\"&;#x0-9]{0,8}>?|[ab&;]){0,12}") {
            let _ = read(text.as_bytes(), 16);
        }
    }
}
