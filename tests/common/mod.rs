//! What the tests of whole runs share: the compiled content, a fixed time, and reports as text.

#![allow(dead_code, unreachable_pub, clippy::allow_attributes, reason = "each test crate uses a part of this")]

use falseface::dossier::Date;
use falseface::ingest::{self, Input, ReadOptions};
use falseface::report::{self, Format, Renderer, Report, Style};
use falseface::screen::{self, Outlet, Stages};
use falseface::{Detection, Options};
use std::fs;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

/// The folder of samples, as somebody in the project's folder names it; tests run there. A report wraps by the length
/// of what it names, so an absolute path would make it differ from checkout to checkout.
pub const SAMPLES: &str = "samples";

/// Every folder of samples by its name, in order.
#[expect(clippy::disallowed_methods, reason = "the tests list the samples")]
pub fn samples() -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(SAMPLES).expect("samples").map(|entry| entry.expect("an entry"));
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut named: Vec<_> =
        folders.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect();
    named.sort();
    named
}

/// The built-in content, compiled once.
pub fn detection() -> &'static Detection {
    static DETECTION: OnceLock<Detection> = OnceLock::new();
    DETECTION.get_or_init(|| {
        Detection::builtin().unwrap_or_else(|found| {
            panic!("{}", found.iter().map(|diagnostic| diagnostic.render(false)).collect::<Vec<_>>().join("\n"))
        })
    })
}

/// The time of every run in tests.
pub fn now() -> Date {
    "2026-11-25T12:00:00Z".parse().expect("a date")
}

/// A report over inputs.
pub fn report(inputs: &[PathBuf], options: &Options, reading: &ReadOptions, format: Format, style: Style) -> String {
    String::from_utf8(report_bytes(inputs, options, reading, format, style)).expect("UTF-8")
}

/// A report over inputs, also one that is no text.
pub fn report_bytes(
    inputs: &[PathBuf],
    options: &Options,
    reading: &ReadOptions,
    format: Format,
    style: Style,
) -> Vec<u8> {
    run(inputs, options, reading, &Stages::new(detection()), |to| {
        (report::open(format, to, style), format.renderer(style, options.thresholds, options.now))
    })
}

/// What is written of inputs by stages, to whatever report is opened.
pub fn run(
    inputs: &[PathBuf],
    options: &Options,
    reading: &ReadOptions,
    stages: &Stages<'_>,
    open: impl FnOnce(&mut Vec<u8>) -> (Box<dyn Report + '_>, Renderer),
) -> Vec<u8> {
    let inputs: Vec<Input> = inputs.iter().cloned().map(Input::Path).collect();
    let reading = ReadOptions { again: options.link.is_some(), ..reading.clone() };
    let mut reader = ingest::open(&inputs, &reading).expect("the inputs can be read");
    let mut bytes = Vec::new();
    {
        let (mut report, renderer) = open(&mut bytes);
        let outlet = Outlet {
            report: report.as_mut(),
            renderer: Some(renderer),
            aside: Box::new(Cursor::new(Vec::new())),
            joining: None,
            past: None,
        };
        screen::run(&mut reader, stages, options, outlet, &AtomicBool::new(false)).expect("written to memory");
    }
    bytes
}

/// A report as JSON Lines.
pub fn jsonl_as(inputs: &[PathBuf], options: &Options, reading: &ReadOptions) -> String {
    report(inputs, options, reading, Format::JsonLines, Style::default())
}

/// A report as JSON Lines over inputs that are recognised.
pub fn jsonl(inputs: &[PathBuf], options: &Options) -> String {
    jsonl_as(inputs, options, &ReadOptions::default())
}
