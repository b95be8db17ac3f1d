//! Objects of an Outlook item: a message, a recipient or an attachment, each a storage of a compound file ([MS-OXMSG])
//! with properties in it ([MS-OXPROPS]).

use cfb::CompoundFile;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// The stream of an object that lists its properties, and holds the short ones.
const PROPERTIES: &str = "__properties_version1.0";
/// What names of streams of one property begin with; id and type in hexadecimal digits follow.
const PROPERTY: &str = "__substg1.0_";
const RECIPIENT: &str = "__recip_version1.0_";
const ATTACHMENT: &str = "__attach_version1.0_";
const NAMES: &str = "__nameid_version1.0";

/// Types of properties.
const STRING_8: u16 = 0x001E;
const STRING: u16 = 0x001F;
const BINARY: u16 = 0x0102;
const OBJECT: u16 = 0x000D;

/// Code pages: of the strings of a message, and of its HTML.
const MESSAGE_CODE_PAGE: u16 = 0x3FFD;
const INTERNET_CODE_PAGE: u16 = 0x3FDE;

/// What is said of an item whose parts do not fit each other.
const DAMAGED: &str = "mails of Outlook with parts that are missing or cut, as where a file is damaged";
const TOO_LARGE: &str =
    "mails of Outlook of which parts are unread, because all together claim to be larger than the file";

/// What an object is; its list of properties begins accordingly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Message,
    Embedded,
    /// A recipient or an attachment.
    Part,
}

impl Kind {
    /// Bytes before the first property.
    fn header(self) -> usize {
        match self {
            Self::Message => 32,
            Self::Embedded => 24,
            Self::Part => 8,
        }
    }
}

/// An object, with what is read of it only when it is asked for.
#[derive(Debug, Default)]
pub(super) struct Object {
    /// Short values, as they lie there, by id.
    short: BTreeMap<u16, [u8; 8]>,
    /// Streams of long values, by id and type.
    long: BTreeMap<(u16, u16), PathBuf>,
    /// Whether it lists its properties, as every object does.
    pub(super) has_properties: bool,
    pub(super) recipients: Vec<PathBuf>,
    pub(super) attachments: Vec<PathBuf>,
    /// The message that an attachment is.
    pub(super) embedded: Option<PathBuf>,
    /// Encodings of strings that are not in UTF-16, and of HTML.
    encodings: [Option<&'static Encoding>; 2],
}

impl Object {
    /// A number of 32 bits.
    pub(super) fn number(&self, id: u16) -> Option<u32> {
        let [a, b, c, d, ..] = *self.short.get(&id)?;
        Some(u32::from_le_bytes([a, b, c, d]))
    }

    /// A time, in seconds from 1970.
    pub(super) fn time(&self, id: u16) -> Option<i64> {
        /// 100 nanoseconds from 1601 to 1970.
        const TO_1970: i64 = 116_444_736_000_000_000;
        let ticks = i64::from_le_bytes(*self.short.get(&id)?);
        (ticks > 0).then(|| ticks.saturating_sub(TO_1970).div_euclid(10_000_000))
    }

    /// Whether it has a value too long for the list.
    pub(super) fn has_long(&self, id: u16) -> bool {
        self.long.keys().any(|(found, _)| *found == id)
    }

    fn encoding(&self, id: u16) -> Option<&'static Encoding> {
        self.number(id).and_then(|page| u16::try_from(page).ok()).and_then(codepage::to_encoding_no_replacement)
    }
}

/// An Outlook item as a file.
pub(super) struct File<'b> {
    compound: CompoundFile<Cursor<&'b [u8]>>,
    /// Bytes that may still be read, as many as the file has: streams that share theirs would come to many times as much.
    left: u64,
    /// What could not be read.
    pub(super) notes: BTreeSet<&'static str>,
}

impl<'b> File<'b> {
    /// Opens a file.
    ///
    /// # Errors
    /// Why it is no compound file, in a sentence.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let compound = CompoundFile::open(Cursor::new(bytes))
            .map_err(|error| format!("the mail of Outlook is damaged or cut short ({error}; save it again)"))?;
        Ok(Self { compound, left: bytes.len() as u64, notes: BTreeSet::new() })
    }

    /// The object in a storage; `within` is the message to which it belongs.
    pub(super) fn object(&mut self, path: &Path, kind: Kind, within: Option<&Object>) -> Object {
        let mut object =
            Object { encodings: within.map_or([None; 2], |message| message.encodings), ..Object::default() };
        let entries: Vec<cfb::Entry> = self.compound.read_storage(path).map(Iterator::collect).unwrap_or_default();
        let mut lengths = BTreeMap::new();
        let mut list = None;
        for entry in entries {
            let (name, path) = (entry.name(), entry.path().to_owned());
            let tag = name.strip_prefix(PROPERTY).and_then(tag);
            match (entry.is_stream(), tag) {
                (true, Some(tag)) => {
                    lengths.insert(tag, entry.len());
                    object.long.insert(tag, path);
                }
                (true, None) if name == PROPERTIES => list = Some(path),
                (false, Some((_, OBJECT))) => object.embedded = Some(path),
                (false, None) if name.starts_with(RECIPIENT) => object.recipients.push(path),
                (false, None) if name.starts_with(ATTACHMENT) => object.attachments.push(path),
                (true, None) => {}
                (false, None) if name == NAMES => {}
                (false, _) => self.note(DAMAGED),
            }
        }
        match list.and_then(|path| self.bytes_at(&path)) {
            Some(list) => {
                object.has_properties = true;
                let entries = list.get(kind.header()..).unwrap_or_default();
                if entries.len() % 16 != 0 || list.len() < kind.header() {
                    self.note(DAMAGED);
                }
                for entry in entries.chunks_exact(16) {
                    self.listed(entry, &lengths, &mut object);
                }
            }
            None => self.note(DAMAGED),
        }
        if kind != Kind::Part {
            let strings = object.encoding(MESSAGE_CODE_PAGE).or_else(|| object.encoding(INTERNET_CODE_PAGE));
            object.encodings = [strings, object.encoding(INTERNET_CODE_PAGE).or(strings)];
        }
        object
    }

    /// Takes in one property of the list: type, id, flags, and the value or how long its stream is.
    fn listed(&mut self, entry: &[u8], lengths: &BTreeMap<(u16, u16), u64>, object: &mut Object) {
        let [t, u, i, j, _, _, _, _, value @ ..] = entry else { return };
        let (kind, id) = (u16::from_le_bytes([*t, *u]), u16::from_le_bytes([*i, *j]));
        let Ok(value) = <[u8; 8]>::try_from(value) else { return };
        // A string counts the zero at its end, which its stream has not.
        let end = match kind {
            STRING => 2,
            STRING_8 => 1,
            BINARY => 0,
            _ => {
                object.short.insert(id, value);
                return;
            }
        };
        let listed = u64::from(u32::from_le_bytes([value[0], value[1], value[2], value[3]])).saturating_sub(end);
        if lengths.get(&(id, kind)).copied().unwrap_or_default() < listed {
            self.note(DAMAGED);
        }
    }

    /// A text; strings that are not in UTF-16 are in the code page of the message.
    pub(super) fn text(&mut self, object: &Object, id: u16) -> Option<String> {
        let text = if let Some(bytes) = self.long(object, id, STRING) {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
            String::from_utf16_lossy(&units)
        } else {
            decoded(&self.long(object, id, STRING_8)?, object.encodings[0]).into_owned()
        };
        let text = text.trim_end_matches('\0');
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// HTML, which mostly is bytes in a code page of its own.
    pub(super) fn html(&mut self, object: &Object, id: u16) -> Option<String> {
        let Some(bytes) = self.long(object, id, BINARY) else { return self.text(object, id) };
        let text = decoded(&bytes, object.encodings[1]);
        (!text.trim().is_empty()).then(|| text.into_owned())
    }

    /// Bytes as they are.
    pub(super) fn bytes(&mut self, object: &Object, id: u16) -> Option<Vec<u8>> {
        self.long(object, id, BINARY)
    }

    fn long(&mut self, object: &Object, id: u16, kind: u16) -> Option<Vec<u8>> {
        let path = object.long.get(&(id, kind))?;
        self.bytes_at(path)
    }

    fn bytes_at(&mut self, path: &Path) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let left = self.left;
        let mut read = || -> io::Result<bool> {
            let mut stream = self.compound.open_stream(path)?;
            Ok(stream.len() <= left && stream.read_to_end(&mut bytes)? as u64 == stream.len())
        };
        let is_whole = read();
        self.left = self.left.saturating_sub(bytes.len() as u64);
        match is_whole {
            Ok(true) => return Some(bytes),
            Ok(false) => self.note(TOO_LARGE),
            Err(_) => self.note(DAMAGED),
        }
        None
    }

    /// Says that something could not be read.
    pub(super) fn note(&mut self, note: &'static str) {
        self.notes.insert(note);
    }
}

/// Id and type of a property, as the name of its stream ends; one with several values is none.
fn tag(digits: &str) -> Option<(u16, u16)> {
    let (id, kind) = digits.split_at_checked(4)?;
    Some((u16::from_str_radix(id, 16).ok()?, u16::from_str_radix(kind, 16).ok()?))
}

/// Text in its encoding; where none is named, UTF-8 if it can be.
fn decoded<'b>(bytes: &'b [u8], encoding: Option<&'static Encoding>) -> Cow<'b, str> {
    match (encoding, std::str::from_utf8(bytes)) {
        (Some(encoding), _) => encoding.decode(bytes).0,
        (None, Ok(text)) => text.into(),
        (None, Err(_)) => WINDOWS_1252.decode(bytes).0,
    }
}
