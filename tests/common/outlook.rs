//! Items of Outlook, written as [MS-OXMSG] says.

use cfb::CompoundFile;
use std::io::{Cursor, Write};

/// A message, a recipient or an attachment.
#[derive(Debug, Default, Clone)]
pub struct Item {
    short: Vec<(u16, u16, u64)>,
    long: Vec<(u16, u16, Vec<u8>)>,
    recipients: Vec<Item>,
    attachments: Vec<Item>,
    message: Option<Box<Item>>,
}

impl Item {
    /// A text in UTF-16.
    pub fn text(mut self, id: u16, text: &str) -> Self {
        self.long.push((id, 0x001F, text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        self
    }

    /// A text in the code page of the message.
    pub fn old_text(mut self, id: u16, bytes: &[u8]) -> Self {
        self.long.push((id, 0x001E, bytes.to_vec()));
        self
    }

    /// Bytes as they are.
    pub fn bytes(mut self, id: u16, bytes: &[u8]) -> Self {
        self.long.push((id, 0x0102, bytes.to_vec()));
        self
    }

    /// A number.
    pub fn number(mut self, id: u16, number: u32) -> Self {
        self.short.push((id, 0x0003, number.into()));
        self
    }

    /// A time, in seconds from 1970.
    pub fn time(mut self, id: u16, second: u64) -> Self {
        self.short.push((id, 0x0040, second * 10_000_000 + 116_444_736_000_000_000));
        self
    }

    /// Somebody to whom it goes.
    pub fn to(mut self, recipient: Item) -> Self {
        self.recipients.push(recipient.number(0x0C15, 1));
        self
    }

    /// A file that is attached.
    pub fn file(self, name: &str, bytes: &[u8]) -> Self {
        self.attached(Item::default().text(0x3707, name).number(0x3705, 1).bytes(0x3701, bytes))
    }

    /// A message that is attached.
    pub fn message(self, name: &str, message: Item) -> Self {
        let attached = Item::default().text(0x3001, name).number(0x3705, 5);
        self.attached(Item { message: Some(Box::new(message)), ..attached })
    }

    /// Anything that is attached.
    pub fn attached(mut self, attached: Item) -> Self {
        self.attachments.push(attached);
        self
    }

    /// The bytes of the file.
    pub fn write(&self) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("made");
        file.create_storage("/__nameid_version1.0").expect("made");
        self.write_into(&mut file, "", 32);
        file.into_inner().into_inner()
    }

    fn write_into(&self, file: &mut CompoundFile<Cursor<Vec<u8>>>, path: &str, header: usize) {
        let mut put = |path: String, bytes: &[u8]| {
            file.create_stream(path).and_then(|mut stream| stream.write_all(bytes)).expect("written");
        };
        let mut list = vec![0; header];
        let mut listed = |id: u16, kind: u16, value: u64| {
            list.extend([kind.to_le_bytes(), id.to_le_bytes(), 6_u16.to_le_bytes(), [0, 0]].concat());
            list.extend(value.to_le_bytes());
        };
        for (id, kind, value) in &self.short {
            listed(*id, *kind, *value);
        }
        for (id, kind, bytes) in &self.long {
            let end = match kind {
                0x001F => 2,
                0x001E => 1,
                _ => 0,
            };
            listed(*id, *kind, bytes.len() as u64 + end);
            put(format!("{path}/__substg1.0_{id:04X}{kind:04X}"), bytes);
        }
        put(format!("{path}/__properties_version1.0"), &list);
        for (kind, items) in [("recip", &self.recipients), ("attach", &self.attachments)] {
            for (number, item) in items.iter().enumerate() {
                let path = format!("{path}/__{kind}_version1.0_#{number:08X}");
                file.create_storage(&path).expect("made");
                item.write_into(file, &path, 8);
                if let Some(message) = &item.message {
                    let path = format!("{path}/__substg1.0_3701000D");
                    file.create_storage(&path).expect("made");
                    message.write_into(file, &path, 24);
                }
            }
        }
    }
}
