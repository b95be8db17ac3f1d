//! What the streams of a PDF unpack to, told before anything draws them.

use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::Stream;
use std::io::Read;

/// Bytes to which all streams but pictures may unpack.
pub(super) const MAX_UNPACKED: u64 = 256 << 20;
/// The same of one stream before that is known, and of all of them with their pictures.
const MAX_WEIGHED: u64 = 2 << 30;
/// Bytes to which a byte may unpack: of DEFLATE, and of LZW, whose longest entry takes twelve bits.
const FLATE: u64 = 1_032;
const LZW: u64 = 2_560;

/// The most bytes that a stream unpacks to.
pub(super) fn bound(stream: &Stream<'_>) -> u64 {
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
pub(super) fn weighed(bytes: &[u8]) -> Option<u64> {
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

#[cfg(test)]
mod tests {
    use super::weighed;
    use std::io::Write;

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
}
