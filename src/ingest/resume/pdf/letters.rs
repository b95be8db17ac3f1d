//! The device on which a page is drawn: it keeps letters, and whether anybody sees them.

use crate::ingest::resume::layout::{Lines, Placed};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{BezPath, Point, Rect, Shape};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

/// Work that a document may cost: a glyph or path is 64, a form or clip as much as the longest form has bytes.
const MAX_WORK: u64 = 2 << 30;
const STEP: u64 = 64;
pub(super) const LEAST_FORM: u64 = 2_048;
/// Bytes of text at which reading stops.
pub(super) const MAX_TEXT: usize = 4 << 20;
/// Points below which nobody reads a letter.
const TINY: f64 = 1.5;
/// Filled areas of a page that are remembered.
const MAX_AREAS: usize = 4_096;

/// How drawing is ended that takes too much work.
pub(super) struct TooMuch;

/// The device: letters that show, letters that do not, and what lies below them.
#[derive(Default)]
pub(super) struct Letters {
    /// What is shown.
    pub(super) lines: Lines,
    /// What is not.
    pub(super) hidden: Lines,
    /// Letters of which no character is known.
    pub(super) unmapped: usize,
    size: (f64, f64),
    /// Areas of another colour than paper, and pictures.
    coloured: Vec<Rect>,
    pictures: Vec<Rect>,
    work: u64,
    /// What a form costs.
    form: u64,
}

impl Letters {
    /// For a document whose longest form has so many bytes.
    pub(super) fn new(form: u64) -> Self {
        Self { form, ..Self::default() }
    }

    /// Begins a page.
    pub(super) fn begin(&mut self, page: &Page<'_>) {
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
