//! Pictures that are drawn, changed, damaged and compared.

use super::perceptual_hash;
use crate::ingest::options::Limits;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ExtendedColorType, GrayImage, ImageEncoder, ImageFormat, Luma, Rgba, RgbaImage};
use std::io::Cursor;

/// Bits that a mirror turns over, by the order in which they are documented.
const ODD: u64 = 0x5555_5555_5555_5555;

/// Numbers from 0 to 1 that are the same in every run (the finalizer of SplitMix64; Steele, Lea, Flood 2014).
fn numbers(mut state: u64) -> impl FnMut() -> f32 {
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        f32::from(u16::try_from((mixed >> 32) & 0xffff).expect("16 bits")) / 65_536.0
    }
}

/// Each pixel's shade by its place from 0 to 1, both ways.
fn drawn(mut shade: impl FnMut(f32, f32) -> f32) -> GrayImage {
    GrayImage::from_fn(160, 200, |x, y| {
        let shade = shade((x as f32 + 0.5) / 160.0, (y as f32 + 0.5) / 200.0).clamp(0.0, 255.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        Luma([shade as u8])
    })
}

/// Details of every size, as photographs have them.
fn scene(seed: u64) -> GrayImage {
    let mut random = numbers(seed);
    let layers: Vec<GrayImage> = (1..6)
        .map(|size| {
            let points = GrayImage::from_fn((1 << size) + 1, (1 << size) + 1, |_, _| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
                Luma([(random() * 256.0) as u8])
            });
            imageops::resize(&points, 160, 200, FilterType::CatmullRom)
        })
        .collect();
    GrayImage::from_fn(160, 200, |x, y| {
        let sum: i32 =
            layers.iter().zip(0..).map(|(layer, octave)| (i32::from(layer.get_pixel(x, y).0[0]) - 128) >> octave).sum();
        Luma([u8::try_from((128 + sum).clamp(0, 255)).expect("clamped")])
    })
}

/// A head and shoulders before a background with a window, and a little noise.
fn portrait(seed: u64) -> GrayImage {
    let mut random = numbers(seed);
    let mut between = move |low: f32, high: f32| low + (high - low) * random();
    let (wall, light, skin, hair, cloth) =
        (between(60.0, 220.0), between(-60.0, 60.0), between(90.0, 220.0), between(10.0, 150.0), between(10.0, 240.0));
    let (x, y, width, height) = (between(0.42, 0.58), between(0.36, 0.46), between(0.16, 0.22), between(0.2, 0.28));
    let (window, shoulders, side) = (between(0.0, 1.0), between(0.3, 0.45), between(-40.0, 40.0));
    let mut noise = numbers(!seed);
    drawn(|u, v| {
        let inside =
            |x: f32, y: f32, width: f32, height: f32| ((u - x) / width).powi(2) + ((v - y) / height).powi(2) < 1.0;
        let eye = |at: f32| inside(x + at * width, y - 0.15 * height, 0.2 * width, 0.1 * height);
        let shade = if eye(-0.4) || eye(0.4) || inside(x, y + 0.5 * height, 0.4 * width, 0.08 * height) {
            50.0
        } else if inside(x, y, width, height) {
            skin + side * (u - x) / width
        } else if inside(x, y - 0.05, width + 0.04, height + 0.02) {
            hair
        } else if inside(x, 1.05, shoulders, 0.95 - y - 0.9 * height) {
            cloth
        } else if (u - window).abs() < 0.15 && (v - 0.3).abs() < 0.2 {
            wall + light + 30.0
        } else {
            wall + light * (u - v)
        };
        shade + 8.0 * (noise() - 0.5)
    })
}

fn saved(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    saved(&picture.clone().into(), ImageFormat::Png)
}

fn jpeg(picture: &GrayImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).expect("encoded");
    bytes
}

fn hash(bytes: &[u8]) -> Option<u64> {
    perceptual_hash(bytes, &Limits::default()).expect("a picture")
}

fn refusal(bytes: &[u8]) -> String {
    perceptual_hash(bytes, &Limits::default()).expect_err("refused")
}

fn half(picture: &GrayImage) -> GrayImage {
    imageops::resize(picture, 80, 100, FilterType::CatmullRom)
}

fn brighter(picture: &GrayImage) -> GrayImage {
    let mut brighter = picture.clone();
    brighter.iter_mut().for_each(|shade| *shade = shade.saturating_add(*shade / 10));
    brighter
}

/// How many bits the hash of each changed picture is off, sorted.
fn distances(pictures: &[GrayImage], flipped: u64, change: impl Fn(&GrayImage) -> Vec<u8>) -> Vec<u32> {
    let apart = |picture| Some((hash(&png(picture))? ^ flipped ^ hash(&change(picture))?).count_ones());
    let mut distances: Vec<u32> = pictures.iter().map(|picture| apart(picture).expect("not blank")).collect();
    distances.sort_unstable();
    distances
}

#[test]
fn a_picture_is_known_again_after_everyday_changes() {
    type Change = fn(&GrayImage) -> Vec<u8>;
    // At most so many bits of nine pictures of ten, and of all.
    let changes: [(&str, u64, u32, u32, Change); 7] = [
        ("without loss", 0, 0, 0, |picture| saved(&picture.clone().into(), ImageFormat::WebP)),
        ("saved anew", 0, 2, 3, |picture| jpeg(picture, 60)),
        ("half as large", 0, 1, 3, |picture| png(&half(picture))),
        ("brighter by a tenth", 0, 4, 9, |picture| png(&brighter(picture))),
        ("2 % cut off", 0, 5, 8, |picture| png(&imageops::crop_imm(picture, 2, 2, 157, 196).to_image())),
        ("mirrored", ODD, 2, 4, |picture| png(&imageops::flip_horizontal(picture))),
        ("mirrored, half as large, saved anew", ODD, 3, 6, |picture| {
            jpeg(&half(&imageops::flip_horizontal(picture)), 60)
        }),
    ];
    let pictures: Vec<GrayImage> = (0..15).flat_map(|seed| [scene(seed), portrait(seed)]).collect();
    for (name, flipped, most_of_nine_tenths, most, change) in changes {
        let distances = distances(&pictures, flipped, change);

        assert!(distances[26] <= most_of_nine_tenths && distances[29] <= most, "{name}: {distances:?}");
    }
}

#[test]
fn what_is_its_own_mirror_image_is_known_again_too() {
    let pictures: Vec<GrayImage> = (0..12)
        .map(|seed| {
            let half = portrait(seed);
            GrayImage::from_fn(160, 200, |x, y| *half.get_pixel(x.min(159 - x), y))
        })
        .collect();
    assert!(distances(&pictures, 0, |picture| jpeg(picture, 60)).pop() <= Some(3));
}

#[test]
fn unrelated_pictures_are_far_apart() {
    let hashes: Vec<u64> = (0..30).filter_map(|seed| hash(&png(&scene(seed)))).collect();
    assert_eq!(hashes.len(), 30);
    let pairs = hashes.iter().enumerate().flat_map(|(nth, a)| hashes[..nth].iter().map(move |b| a ^ b));
    let nearest = pairs.map(|apart| apart.count_ones().min((apart ^ ODD).count_ones())).min();
    assert!(nearest >= Some(10), "{nearest:?}");
}

#[test]
fn blank_pictures_have_no_hash() {
    let mut noise = numbers(7);
    for (what, picture) in [
        ("white", drawn(|_, _| 255.0)),
        ("noise", drawn(|_, _| 128.0 + 12.0 * (noise() - 0.5))),
        ("from left to right", drawn(|u, _| 255.0 * u)),
        ("to a corner", drawn(|u, v| 120.0 * (u + v))),
        ("two halves", drawn(|u, _| if u < 0.5 { 20.0 } else { 220.0 })),
        ("a vignette", drawn(|u, v| 250.0 - 400.0 * ((u - 0.5).powi(2) + (v - 0.5).powi(2)))),
    ] {
        assert_eq!(hash(&png(&picture)), None, "{what}");
        assert_eq!(hash(&jpeg(&picture, 60)), None, "{what}, saved anew");
    }
}

#[test]
fn a_picture_counts_as_it_is_shown() {
    let portrait = portrait(1);
    let cut_out = |shade: u8| {
        RgbaImage::from_fn(160, 200, |x, y| match portrait.get_pixel(x, y).0[0] {
            pixel if x < 60 => Rgba([pixel, pixel, pixel, 255]),
            _ => Rgba([shade, shade, shade, 0]),
        })
    };
    let shown = |shade| hash(&saved(&cut_out(shade).into(), ImageFormat::Png));
    assert_eq!(shown(0), shown(255), "what does not show is white");
    // Exif, little-endian, one entry: orientation 3, to be turned by 180 degrees.
    let turned = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0".to_vec();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(turned).expect("supported");
    let upside_down = imageops::rotate180(&portrait);
    encoder.write_image(&upside_down, 160, 200, ExtendedColorType::L8).expect("encoded");
    let apart = hash(&bytes).zip(hash(&png(&portrait))).map(|(a, b)| (a ^ b).count_ones());
    assert!(apart <= Some(2), "{apart:?}");
}

#[test]
fn what_is_no_whole_picture_is_refused() {
    assert!(refusal(b"a text").starts_with("expected a JPEG, PNG or WebP picture, found something else"));
    assert_eq!(refusal(b"GIF89a\x01\0\x01\0"), "expected a JPEG, PNG or WebP picture, found Gif (convert it)");
    let picture = portrait(2);
    let webp = saved(&picture.clone().into(), ImageFormat::WebP);
    for whole in [png(&picture), jpeg(&picture, 90), webp] {
        for part in [1, 10, 50, 90, 99] {
            let reason = refusal(&whole[..whole.len() * part / 100]);
            assert!(reason.starts_with("the picture is ") || reason.starts_with("expected "), "{part} %: {reason}");
        }
    }
    let limits = Limits { max_photo_memory: 1_000, ..Limits::default() };
    let reason = perceptual_hash(&png(&picture), &limits).expect_err("too large");
    assert!(reason.contains("takes more than 1000 bytes unpacked (raise --max-photo-side"), "{reason}");
}

#[test]
fn damage_never_panics() {
    let picture = portrait(3);
    let small = imageops::resize(&picture, 40, 50, FilterType::Triangle);
    let webp = saved(&small.clone().into(), ImageFormat::WebP);
    for whole in [png(&small), jpeg(&small, 60), webp] {
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at % 8);
            let _ = perceptual_hash(&flipped, &Limits::default());
        }
    }
}
