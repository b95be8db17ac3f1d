//! What the pixels of a picture say, in 64 bits by which it is known again after it was scaled, saved anew, made a little
//! brighter, cut at its edges, or mirrored.
//!
//! Faces are neither looked for nor judged: a hash tells one picture from another and nothing else.

#[cfg(test)]
mod tests;

use crate::ingest::options::Limits;
use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader};
use std::f64::consts::{FRAC_1_SQRT_2, PI};
use std::io::Cursor;

/// Formats that are read.
const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

/// Pixels of the side to which a picture is brought.
const SIDE: u32 = 32;
/// The same, of a list.
const PIXELS: usize = SIDE as usize;
/// Frequencies that are kept, each way: the lowest.
const KEPT: usize = 8;
/// A wave of at most this amplitude, as the transform gives it, is rounding: it is no wave, and so it has no sign.
///
/// Without it half of the bits of a picture that is its own mirror image are those of noise.
const ROUNDING: f64 = 0.5;
/// A wave that can be seen: an amplitude of a quarter of a grey level.
const VISIBLE: f64 = 4.0;
/// Fewer visible waves than this are no picture. One that changes from left to right, from top to bottom, or both
/// ways independently (a background, a vignette) has at most 14.
const FEWEST_WAVES: usize = 16;

/// The perceptual hash of a picture; `None` for one that is nearly blank.
///
/// Bit 63 − 8v − u says whether the wave that turns u times from left to right and v times from top to bottom is
/// positive; bit 63 stands for brightness, is set, and says nothing. Mirrored from left to right, the waves of odd u
/// change their sign and the others do not. (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
/// Functions", 2010, compares with the median instead, which is about 0 too; with it a mirrored picture's hash cannot be
/// told from the picture's own.)
///
/// # Errors
/// Why it is no picture that can be read, in a sentence.
pub(super) fn perceptual_hash(bytes: &[u8], limits: &Limits) -> Result<Option<u64>, String> {
    let picture = decode(bytes, limits)?;
    Ok(hash(&imageops::resize(&grey(&picture), SIDE, SIDE, FilterType::Triangle)))
}

/// The picture as a viewer shows it.
fn decode(bytes: &[u8], limits: &Limits) -> Result<DynamicImage, String> {
    let format = match image::guess_format(bytes) {
        Ok(format) if FORMATS.contains(&format) => format,
        Ok(other) => {
            return Err(format!("expected a JPEG, PNG or WebP picture, found {other:?} (convert it)"));
        }
        Err(_) => {
            return Err(
                "expected a JPEG, PNG or WebP picture, found something else (the content counts, not the name)"
                    .to_owned(),
            );
        }
    };
    if format == ImageFormat::Jpeg && is_cut(bytes) {
        return Err("the picture is cut short (copy it again)".to_owned());
    }
    let decoded = || {
        let mut bounds = image::Limits::default();
        bounds.max_image_width = Some(limits.max_photo_side);
        bounds.max_image_height = Some(limits.max_photo_side);
        bounds.max_alloc = Some(limits.max_photo_memory);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(bounds.clone());
        let mut decoder = reader.into_decoder()?;
        bounds.reserve(decoder.total_bytes())?;
        let orientation = decoder.orientation()?;
        let mut picture = DynamicImage::from_decoder(decoder)?;
        picture.apply_orientation(orientation);
        Ok(picture)
    };
    decoded().map_err(|error| match error {
        ImageError::Limits(_) => format!(
            "the picture is larger than {0} × {0} pixels or takes more than {1} bytes unpacked (raise --max-photo-side \
             or --max-photo-memory if it is meant)",
            limits.max_photo_side, limits.max_photo_memory
        ),
        damage => format!("the picture is damaged or cut short ({damage}; copy it again)"),
    })
}

/// Whether a JPEG ends before its last scan does; the decoder would paint the rest grey and say nothing.
fn is_cut(jpeg: &[u8]) -> bool {
    let scan = memchr::memmem::rfind(jpeg, b"\xff\xda").unwrap_or_default();
    memchr::memmem::find(&jpeg[scan..], b"\xff\xd9").is_none()
}

/// Shades of grey; what shines through is white, as on a page.
fn grey(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let shades = picture.to_luma_alpha8();
    GrayImage::from_fn(shades.width(), shades.height(), |x, y| {
        let [shade, alpha] = shades.get_pixel(x, y).0.map(u16::from);
        let shade = (shade * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(shade).unwrap_or(u8::MAX)])
    })
}

/// The signs of the lowest waves of a picture of [`SIDE`] × [`SIDE`] pixels.
fn hash(small: &GrayImage) -> Option<u64> {
    let waves = lowest_waves(small.as_raw());
    let changing = || waves.iter().skip(1);
    if changing().filter(|wave| wave.abs() > VISIBLE).count() < FEWEST_WAVES {
        return None;
    }
    Some(changing().fold(1, |hash, wave| hash << 1 | u64::from(*wave > ROUNDING)))
}

/// The orthonormal cosine transform (DCT-II), rows of frequencies from top to bottom.
fn lowest_waves(pixels: &[u8]) -> [f64; KEPT * KEPT] {
    let side = f64::from(SIDE);
    let mut cosines = [[0.0; PIXELS]; KEPT];
    for (turns, wave) in cosines.iter_mut().enumerate() {
        let scale = (2.0 / side).sqrt() * if turns == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        for (at, height) in wave.iter_mut().enumerate() {
            *height = scale * (PI / side * (at as f64 + 0.5) * turns as f64).cos();
        }
    }
    let mut waves = [0.0; KEPT * KEPT];
    for (row, y) in pixels.chunks_exact(PIXELS).zip(0..PIXELS) {
        for u in 0..KEPT {
            let across: f64 = row.iter().zip(&cosines[u]).map(|(pixel, height)| f64::from(*pixel) * height).sum();
            for v in 0..KEPT {
                waves[v * KEPT + u] += across * cosines[v][y];
            }
        }
    }
    waves
}
