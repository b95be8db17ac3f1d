//! One document that may be larger than memory, walked from its start: what is wanted of it is handed out piece by piece.

use super::cut::without_bom;
use crate::ingest::options::Limits;
use crate::ingest::parse::{plain_reason, push_key};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

/// Bytes that are read at once, by which a piece may exceed what it may have.
const BLOCK: usize = 1 << 16;

/// What is to be done with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is an object or an array: what is to be done with its members is asked again.
    Enter,
    /// It is handed out.
    Take,
    /// It is passed over.
    Pass,
}

/// Who walks through a document.
pub(crate) trait Walk {
    /// What to do with the value at a place.
    fn way(&mut self, at: &Path) -> Way;

    /// A value that was to be taken, or one that was to be entered and is neither object nor array.
    ///
    /// # Errors
    /// If there is no room for it.
    fn take(&mut self, at: &Path, value: Value) -> io::Result<()>;
}

/// Where a value stands.
#[derive(Debug, Default)]
pub(crate) struct Path(Vec<Step>);

#[derive(Debug)]
enum Step {
    Key(String),
    Index(u64),
}

impl Path {
    /// Whether it is so: keys, and `*` for an index.
    pub(crate) fn is(&self, pattern: &[&str]) -> bool {
        let fits = |(step, wanted): (&Step, &&str)| match step {
            Step::Key(key) => key == wanted && *wanted != "*",
            Step::Index(_) => *wanted == "*",
        };
        self.0.len() == pattern.len() && self.0.iter().zip(pattern).all(fits)
    }

    /// The last key, or nothing for an element or the document itself.
    pub(crate) fn key(&self) -> Option<&str> {
        match self.0.last() {
            Some(Step::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The last index.
    pub(crate) fn index(&self) -> Option<u64> {
        self.0.iter().rev().find_map(|step| if let Step::Index(index) = step { Some(*index) } else { None })
    }

    /// As a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        self.written(|index| index.to_string())
    }

    /// As a JSON pointer with `*` for indices.
    pub(crate) fn starred(&self) -> String {
        self.written(|_| "*".to_owned())
    }

    fn written(&self, index: impl Fn(u64) -> String) -> String {
        let mut pointer = String::new();
        for step in &self.0 {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                Step::Index(at) => push_key(&mut pointer, &index(*at)),
            }
        }
        pointer
    }
}

/// Why a walk ended before the document did.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The document is damaged there, or exceeds the limits.
    Damaged { line: u64, reason: String },
    /// There was no room for what was taken.
    NoRoom(io::Error),
}

/// Walks through the one document of a stream.
///
/// # Errors
/// Why the rest is unread.
pub(crate) fn walk(reader: &mut dyn BufRead, limits: &Limits, walker: &mut impl Walk) -> Result<(), Ended> {
    let damaged = |line, reason| Ended::Damaged { line, reason };
    let mark = reader.fill_buf().map(|head| head.len() - without_bom(head).len());
    reader.consume(mark.map_err(|error| damaged(1, error.to_string()))?);
    let left = Cell::new(u64::MAX);
    let within = Within { inner: reader, left: &left, most: limits.max_record_bytes };
    let mut parser = serde_json::Deserializer::from_reader(BufReader::with_capacity(BLOCK, within));
    let (mut path, mut failed) = (Path::default(), None);
    let seed = Seed { path: &mut path, walker, left: &left, limits, failed: &mut failed };
    let outcome = seed.deserialize(&mut parser).and_then(|()| {
        left.set(u64::MAX);
        parser.end()
    });
    match (outcome, failed) {
        (_, Some(error)) => Err(Ended::NoRoom(error)),
        (Err(error), None) => Err(damaged(error.line() as u64, plain_reason(&error))),
        (Ok(()), None) => Ok(()),
    }
}

/// A reader that ends with an error where one piece has more than it may have.
struct Within<'a> {
    inner: &'a mut dyn BufRead,
    left: &'a Cell<u64>,
    most: usize,
}

impl Read for Within<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            let most = self.most;
            return Err(io::Error::other(format!(
                "a value has more than the {most} bytes that a record may have (raise --max-record-bytes if it is meant)"
            )));
        }
        let read = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        Ok(read)
    }
}

/// One value, and who asks for it.
struct Seed<'a, W> {
    path: &'a mut Path,
    walker: &'a mut W,
    left: &'a Cell<u64>,
    limits: &'a Limits,
    failed: &'a mut Option<io::Error>,
}

impl<W: Walk> Seed<'_, W> {
    fn below(&mut self) -> Seed<'_, W> {
        Seed {
            path: &mut *self.path,
            walker: &mut *self.walker,
            left: self.left,
            limits: self.limits,
            failed: &mut *self.failed,
        }
    }

    /// From here on a piece is read that is held in memory.
    fn held(&self) {
        self.left.set((self.limits.max_record_bytes + BLOCK) as u64);
    }

    fn give<E: serde::de::Error>(&mut self, value: Value) -> Result<(), E> {
        self.walker.take(self.path, value).map_err(|error| {
            let told = E::custom(&error);
            *self.failed = Some(error);
            told
        })
    }
}

impl<'de, W: Walk> DeserializeSeed<'de> for Seed<'_, W> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        match self.walker.way(self.path) {
            Way::Enter => {
                self.held();
                deserializer.deserialize_any(self)
            }
            Way::Take => {
                self.held();
                let value = Value::deserialize(deserializer)?;
                let most = self.limits.max_depth;
                if is_deeper(&value, most) {
                    return Err(D::Error::custom(format!("a value is nested deeper than {most} levels")));
                }
                self.give(value)
            }
            Way::Pass => {
                self.left.set(u64::MAX);
                IgnoredAny::deserialize(deserializer).map(|_| ())
            }
        }
    }
}

impl<'de, W: Walk> Visitor<'de> for Seed<'_, W> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        loop {
            self.held();
            let Some(key) = map.next_key()? else { return Ok(()) };
            self.path.0.push(Step::Key(key));
            map.next_value_seed(self.below())?;
            self.path.0.pop();
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        for index in 0.. {
            self.held();
            self.path.0.push(Step::Index(index));
            let next = elements.next_element_seed(self.below())?;
            self.path.0.pop();
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(mut self) -> Result<(), E> {
        self.give(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(mut self, value: bool) -> Result<(), E> {
        self.give(value.into())
    }

    fn visit_i64<E: serde::de::Error>(mut self, value: i64) -> Result<(), E> {
        self.give(value.into())
    }

    fn visit_u64<E: serde::de::Error>(mut self, value: u64) -> Result<(), E> {
        self.give(value.into())
    }

    fn visit_f64<E: serde::de::Error>(mut self, value: f64) -> Result<(), E> {
        self.give(value.into())
    }

    fn visit_str<E: serde::de::Error>(mut self, value: &str) -> Result<(), E> {
        self.give(value.into())
    }
}

/// Whether a value is nested deeper than some levels. The parser itself allows 128.
fn is_deeper(value: &Value, levels: usize) -> bool {
    let mut inner = match value {
        Value::Array(values) => values.iter().collect::<Vec<_>>(),
        Value::Object(object) => object.values().collect(),
        _ => return false,
    };
    levels == 0 || inner.drain(..).any(|value| is_deeper(value, levels - 1))
}

#[cfg(test)]
mod tests {
    use super::{Ended, Path, Walk, Way, walk};
    use crate::ingest::options::Limits;
    use serde_json::Value;
    use std::io;

    /// Takes the elements of `list`, passes over `long`, and enters everything else.
    #[derive(Default)]
    struct Taken(Vec<String>);

    impl Walk for Taken {
        fn way(&mut self, at: &Path) -> Way {
            match at.key() {
                Some("long") => Way::Pass,
                None if at.is(&["list", "*"]) => Way::Take,
                _ => Way::Enter,
            }
        }

        fn take(&mut self, at: &Path, value: Value) -> io::Result<()> {
            self.0.push(format!("{} = {value}", at.pointer()));
            Ok(())
        }
    }

    fn walked(json: &str, limits: &Limits) -> (Vec<String>, Option<String>) {
        let mut taken = Taken::default();
        let ended = walk(&mut json.as_bytes(), limits, &mut taken).err().map(|ended| match ended {
            Ended::Damaged { line, reason } => format!("{line}: {reason}"),
            Ended::NoRoom(error) => error.to_string(),
        });
        (taken.0, ended)
    }

    #[test]
    fn what_is_wanted_is_handed_out_and_the_rest_passes() {
        let json = "\u{feff}{\"list\": [{\"a\": 1}, 2], \"other\": {\"x/y\": true}, \"long\": [[[1]]]}\n";
        let (taken, ended) = walked(json, &Limits::default());
        assert_eq!(taken, ["/list/0 = {\"a\":1}", "/list/1 = 2", "/other/x~1y = true"]);
        assert_eq!(ended, None);
    }

    #[test]
    fn what_came_before_damage_was_read() {
        for (rest, reason) in [("", "EOF while parsing"), ("nul]}", "expected ident"), ("3]} x", "trailing characters")]
        {
            let (taken, ended) = walked(&format!("{{\"list\": [1,\n{rest}"), &Limits::default());
            assert_eq!(taken.first().map(String::as_str), Some("/list/0 = 1"));
            let ended = ended.expect("ended");
            assert!(ended.starts_with("2: ") && ended.contains(reason), "{ended}");
        }
    }

    #[test]
    fn limits_hold_for_what_is_held() {
        let limits = Limits { max_record_bytes: 10, max_depth: 2, ..Limits::default() };
        let long = "x".repeat(1 << 18);
        let (_, ended) = walked(&format!("{{\"list\": [\"{long}\"]}}"), &limits);
        assert!(ended.expect("ended").contains("more than the 10 bytes"));
        let (taken, ended) = walked(&format!("{{\"long\": \"{long}\", \"list\": [1]}}"), &limits);
        assert_eq!((taken.len(), ended), (1, None));
        let (_, ended) = walked("{\"list\": [[[[1]]]]}", &limits);
        assert!(ended.expect("ended").contains("nested deeper than 2"));
        let (_, ended) = walked(&"[".repeat(100_000), &Limits::default());
        assert!(ended.expect("ended").contains("recursion limit"));
    }
}
