//! PDF: the text that its pages show, the text that they hide, and what the file says of its making.
//!
//! A page is drawn on a device that keeps letters and nothing else. What it may cost is bounded: bytes that streams unpack
//! to, pages, and the work of drawing. The reader runs in a thread of its own, so that one that fails takes nothing along.

use super::document::Content;
use super::layout::{Lines, Placed};
use crate::dossier::{Date, DocumentMetadata, Zone};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Dict, Name as PdfName, Object, Stream, String as Bytes};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, interpret_page,
};
use std::io::Read;

/// Pages that are read.
const MAX_PAGES: usize = 200;
/// Bytes to which all streams but pictures may unpack.
const MAX_UNPACKED: u64 = 256 << 20;
/// The same of one stream before that is known, and of all of them with their pictures.
const MAX_WEIGHED: u64 = 2 << 30;
/// Bytes to which a byte may unpack: of DEFLATE, and of LZW, whose longest entry takes twelve bits.
const FLATE: u64 = 1_032;
const LZW: u64 = 2_560;
/// Work that a document may cost: a glyph or path is 64, a form or clip as much as the longest form has bytes.
const MAX_WORK: u64 = 2 << 30;
const STEP: u64 = 64;
const LEAST_FORM: u64 = 2_048;
/// Bytes of text at which reading stops.
const MAX_TEXT: usize = 4 << 20;
/// Bytes of the stack on which a document is read.
const STACK: usize = 32 << 20;
/// Points below which nobody reads a letter.
const TINY: f64 = 1.5;
/// Filled areas of a page that are remembered.
const MAX_AREAS: usize = 4_096;

const LOCKED: &str = "the PDF is locked with a password (save a copy without a password)";
const DAMAGED: &str = "the PDF is damaged or cut short (open it and save it again, or ask for it again)";
const NO_TEXT: &str = "no text is in this PDF, only pictures (run text recognition, OCR, and save a copy)";
const TOO_MUCH: &str = "the PDF takes more work than a résumé does (print it to a new PDF)";

/// Reads a PDF.
pub(super) fn read(bytes: Vec<u8>) -> Content {
    let reading = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(move || extract(bytes));
    match reading.map(std::thread::JoinHandle::join) {
        Ok(Ok(content)) => content,
        Ok(Err(end)) if end.is::<TooMuch>() => Content::unread(TOO_MUCH),
        Ok(Err(_)) | Err(_) => Content::unread(DAMAGED),
    }
}

/// How drawing is ended that takes too much work.
struct TooMuch;

fn extract(bytes: Vec<u8>) -> Content {
    if weighed(&bytes).is_none() {
        return Content::unread(TOO_MUCH);
    }
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => return Content::unread(LOCKED),
        Err(LoadPdfError::Decryption(_)) => {
            return Content::unread("the PDF is encrypted in a way that is not read (save a copy without encryption)");
        }
        Err(LoadPdfError::Invalid) => return Content::unread(DAMAGED),
    };
    let mut metadata = DocumentMetadata::default();
    let (mut unpacked, mut longest) = (0_u64, LEAST_FORM);
    for object in pdf.objects() {
        match object {
            Object::Stream(stream) if !is_of(&stream, b"Image") => {
                let most = bound(&stream);
                unpacked = unpacked.saturating_add(most);
                if is_of(&stream, b"Form") {
                    longest = longest.max(most);
                }
            }
            Object::Dict(dict) if metadata == DocumentMetadata::default() => metadata = information(&dict),
            _ => {}
        }
    }
    if unpacked > MAX_UNPACKED {
        return Content { metadata, ..Content::unread(TOO_MUCH) };
    }
    let pages = pdf.pages();
    let cache = InterpreterCache::new();
    let mut letters = Letters { form: longest, ..Letters::default() };
    let mut unread = None;
    for (number, page) in pages.iter().enumerate() {
        if number == MAX_PAGES || letters.lines.len() > MAX_TEXT {
            unread = Some(format!("of {} pages the first {number} were read", pages.len()));
            break;
        }
        letters.begin(page);
        let mut context = Context::new(
            Affine::new(page.initial_transform(true).as_coeffs()),
            Rect::new(0.0, 0.0, 1.0, 1.0),
            &cache,
            pdf.xref(),
            InterpreterSettings::default(),
        );
        interpret_page(page, &mut context, &mut letters);
    }
    let Letters { lines, hidden, unmapped, .. } = letters;
    let (text, is_mixed) = lines.finish();
    let known = text.chars().filter(|c| c.is_alphanumeric()).count();
    if known == 0 || unmapped > known {
        let reason = if known == 0 && unmapped == 0 {
            NO_TEXT
        } else {
            "the letters of this PDF have no meaning to a program (print it to a new PDF, or run OCR)"
        };
        unread = Some(reason.to_owned());
    }
    Content { text, hidden: hidden.finish().0, metadata, is_mixed, unread }
}

/// Whether a stream says that it is of a kind: a form, which may be drawn many times, or a picture, which is not unpacked.
fn is_of(stream: &Stream<'_>, kind: &[u8]) -> bool {
    stream.dict().get::<PdfName<'_>>(b"Subtype").is_some_and(|subtype| subtype.as_ref() == kind)
}

/// The most bytes that a stream unpacks to.
fn bound(stream: &Stream<'_>) -> u64 {
    let raw = stream.raw_data();
    let filters = stream.filters();
    if let [Filter::FlateDecode] = filters[..] {
        return inflated(&raw, MAX_UNPACKED).map_or(u64::MAX, |bytes| bytes.len() as u64);
    }
    filters.iter().fold(raw.len() as u64, |most, filter| match filter {
        Filter::FlateDecode => most.saturating_mul(FLATE),
        Filter::LzwDecode => most.saturating_mul(LZW),
        Filter::RunLengthDecode => most.saturating_mul(64),
        _ => most,
    })
}

/// Whatever unpacks before a document can be asked: every stream that lies open in the file and begins as DEFLATE does.
/// `None` if it is too much.
fn weighed(bytes: &[u8]) -> Option<u64> {
    let mut left = MAX_WEIGHED;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let rest = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let [first, second, ..] = rest else { continue };
        if first & 15 == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31) {
            let inner = inflated(rest, left.min(MAX_UNPACKED))?;
            left = left.checked_sub(inner.len() as u64)?;
            // Packed twice.
            if inner.starts_with(b"\x78") {
                left = left.checked_sub(inflated(&inner, left.min(MAX_UNPACKED))?.len() as u64)?;
            }
        }
    }
    Some(left)
}

/// The unpacked bytes; `None` if they are more than so many. What is damaged ends early.
fn inflated(packed: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // As much as could be read is there even after an error.
    let _ = flate2::read::ZlibDecoder::new(packed).take(most.saturating_add(1)).read_to_end(&mut bytes);
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// What a document says of its making, if a dictionary is the one that says it.
fn information(dict: &Dict<'_>) -> DocumentMetadata {
    let bytes = |key: &[u8]| dict.get::<Bytes<'_>>(key);
    if bytes(b"CreationDate").is_none() && bytes(b"Producer").is_none() || dict.contains_key(b"Type") {
        return DocumentMetadata::default();
    }
    let text = |key: &[u8]| bytes(key).map(|bytes| text_of(bytes.as_bytes())).filter(|text| !text.is_empty());
    let date = |key: &[u8]| bytes(key).and_then(|bytes| date_of(&text_of(bytes.as_bytes())));
    DocumentMetadata {
        author: text(b"Author"),
        creator: text(b"Creator"),
        producer: text(b"Producer"),
        created: date(b"CreationDate"),
        modified: date(b"ModDate"),
        company: text(b"Company"),
        ..DocumentMetadata::default()
    }
}

/// A string of a document: UTF-16 or UTF-8 with a mark, or else nearly Latin 1.
fn text_of(bytes: &[u8]) -> String {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::WINDOWS_1252, 0));
    let (text, _, _) = encoding.decode(bytes);
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0').chars().filter(|c| !c.is_control()).take(400).collect()
}

/// `D:20240102030405+09'00'`; a zone that is not stated stays unknown.
fn date_of(text: &str) -> Option<Date> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (digits, zone) = text.split_at(digits);
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u8>().ok());
    let year = digits.get(..4)?.parse().ok()?;
    let Some(month) = part(4, 6) else { return Date::from_year(year) };
    let Some(day) = part(6, 8) else { return Date::from_month(year, month) };
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else { return Date::from_day(year, month, day) };
    let second = u32::from(part(12, 14).unwrap_or(0).min(59));
    let parts: Vec<i16> = zone.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let minutes = |parts: &[i16]| match *parts {
        [hours] if hours <= 14 => Some(hours * 60),
        [hours, minutes, ..] if hours <= 14 && minutes < 60 => Some(hours * 60 + minutes),
        _ => None,
    };
    let zone = match zone.bytes().next() {
        Some(b'Z') => Zone::Offset(0),
        Some(b'+') => minutes(&parts).map_or(Zone::Unknown, Zone::Offset),
        Some(b'-') => minutes(&parts).map_or(Zone::Unknown, |minutes| Zone::Offset(-minutes)),
        _ => Zone::Unknown,
    };
    Date::from_second(year, month, day, u32::from(hour) * 3_600 + u32::from(minute) * 60 + second, zone)
}

/// The device: letters that show, letters that do not, and what lies below them.
#[derive(Default)]
struct Letters {
    lines: Lines,
    hidden: Lines,
    /// Letters of which no character is known.
    unmapped: usize,
    size: (f64, f64),
    /// Areas of another colour than paper, and pictures.
    coloured: Vec<Rect>,
    pictures: Vec<Rect>,
    work: u64,
    /// What a form costs.
    form: u64,
}

impl Letters {
    fn begin(&mut self, page: &Page<'_>) {
        let (width, height) = page.render_dimensions();
        self.size = (f64::from(width), f64::from(height));
        self.lines.page();
        self.hidden.page();
        self.coloured.clear();
        self.pictures.clear();
    }

    /// Counts work. Nobody can tell the interpreter to stop, but its thread can end.
    fn count(&mut self, work: u64) {
        self.work = self.work.saturating_add(work);
        if self.work > MAX_WORK {
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    fn area(&mut self, area: Rect, paint: &Paint<'_>, draw_mode: &DrawMode) {
        let is_filled = matches!(draw_mode, DrawMode::Fill(_) | DrawMode::FillAndStroke(..));
        if is_filled && !is_paper(paint) && self.coloured.len() < MAX_AREAS {
            self.coloured.push(area);
        }
    }

    /// Whether nobody sees a letter: drawn as nothing, as tiny, off the page, or as white as the paper.
    fn is_hidden(&self, at: Point, size: f64, paint: &Paint<'_>, draw_mode: &DrawMode) -> bool {
        let on = |areas: &[Rect]| areas.iter().any(|area| area.contains(at));
        let is_off = at.x < -size || at.y < -size || at.x > self.size.0 + size || at.y > self.size.1 + size;
        match draw_mode {
            // Over a scanned picture it is what was recognised in it.
            DrawMode::Invisible => !on(&self.pictures),
            _ => size < TINY || is_off || is_paper(paint) && !on(&self.coloured) && !on(&self.pictures),
        }
    }
}

/// Whether a paint does not show on paper: white, or transparent.
fn is_paper(paint: &Paint<'_>) -> bool {
    let Paint::Color(color) = paint else { return false };
    let [red, green, blue, alpha] = color.to_rgba().components();
    alpha < 0.03 || [red, green, blue].iter().all(|part| *part > 0.98)
}

impl<'a> Device<'a> for Letters {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.count(STEP + path.elements().len() as u64);
        let area = props.transform.transform_rect_bbox(path.bounding_box());
        self.area(area, &props.paint, draw_mode);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(self.form);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count(STEP);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.count(STEP * (1 + run.glyphs().len() as u64));
        for glyph in run.glyphs() {
            let placed = props.transform * glyph.transform();
            let at = placed * Point::ZERO;
            let [.., c, d, _, _] = placed.as_coeffs();
            // Glyphs are a thousand units high.
            let size = c.hypot(d) * 1_000.0;
            let (text, width) = match &**glyph {
                Glyph::Outline(outline) => (outline.as_unicode(), outline.advance_width()),
                Glyph::Type3(drawn) => (drawn.as_unicode(), None),
            };
            let Some(text) = text else {
                self.unmapped += 1;
                continue;
            };
            let text = match text {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            };
            let width = width.map_or(0.5 * size, |width| f64::from(width) * size / 1_000.0);
            let hidden = self.is_hidden(at, size, &props.paint, draw_mode);
            let lines = if hidden { &mut self.hidden } else { &mut self.lines };
            if lines.len() <= MAX_TEXT {
                lines.push(Placed { text: &text, x: at.x, y: at.y, width, size });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(STEP);
        if self.pictures.len() < MAX_AREAS {
            let area = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
            self.pictures.push(props.transform.transform_rect_bbox(area));
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::{date_of, read, weighed};
    use proptest::prelude::*;
    use std::io::Write;

    #[test]
    fn dates_keep_their_zone_and_precision() {
        for (text, expected) in [
            ("D:20240102030405+09'00'", "2024-01-02T03:04:05+09:00"),
            ("D:20240102030405-03'30", "2024-01-02T03:04:05-03:30"),
            ("D:20240102030405Z00'00'", "2024-01-02T03:04:05Z"),
            ("D:20240102030405", "2024-01-02T03:04:05"),
            ("D:20240102", "2024-01-02"),
            ("20240102", "2024-01-02"),
            ("D:2024", "2024"),
        ] {
            assert_eq!(date_of(text).map(|date| date.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "D:", "D:20241302", "D:2024010225", "January"] {
            let found = date_of(text).map(|date| date.to_string());
            assert!(found.is_none() || text == "D:2024010225", "{text}: {found:?}");
        }
    }

    #[test]
    fn a_stream_that_unpacks_to_very_much_is_not_unpacked() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..260 {
            packed.write_all(&vec![b' '; 1 << 20]).expect("packed");
        }
        let bomb = [b"%PDF-1.4\n1 0 obj <<>> stream\n".as_slice(), &packed.finish().expect("packed")].concat();
        assert_eq!(weighed(&bomb), None);
        assert!(weighed(b"%PDF-1.4 stream\nendstream stream").is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let whole = [b"%PDF-1.7\n".as_slice(), &bytes].concat();
            let content = read(whole);
            prop_assert!(content.unread.is_some() || !content.text.is_empty());
        }
    }
}
