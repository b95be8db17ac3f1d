//! The paragraphs of a Word document, rows of tables as lines, with what is hidden kept apart.

use super::xml;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Bytes of text at which reading stops.
const MAX_TEXT: usize = 4 << 20;
/// Half points of a letter that nobody reads.
const TINY: u32 = 3;

/// How a run of text is shown.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    vanished: bool,
    white: bool,
    tiny: bool,
}

/// In which mark reading is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Run,
    Text,
}

/// The text of the parts.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// What is shown.
    pub(super) text: String,
    /// What is not.
    pub(super) hidden: String,
    /// Whether columns or boxes stand side by side, so that the order of reading is not certain.
    pub(super) is_mixed: bool,
    /// Paragraphs that are open: a text box stands inside one.
    open: Vec<String>,
    /// Cells of the row that is open, each with its paragraphs; of the outermost table.
    row: Option<Vec<Vec<String>>>,
    tables: usize,
    shown: Shown,
    inside: Inside,
    /// Depth of what stands for something else once more.
    fallback: usize,
    /// Somewhere the ground is not white.
    is_shaded: bool,
}

impl Body {
    /// Reads a part; false if it ends early.
    pub(super) fn read(&mut self, part: &[u8]) -> bool {
        let text = xml::decoded(part);
        self.is_shaded |= ["w:shd", "w:highlight", "w:background", "solidFill"].iter().any(|mark| text.contains(mark));
        let mut reader = Reader::from_str(&text);
        let whole = loop {
            if self.text.len() > MAX_TEXT {
                break false;
            }
            match reader.read_event() {
                Ok(Event::Start(start)) => self.start(&start),
                Ok(Event::Empty(start)) => {
                    self.start(&start);
                    self.end(&xml::local(&start));
                }
                Ok(Event::End(end)) => self.end(end.local_name().as_ref()),
                Ok(Event::Text(text)) if self.inside == Inside::Text => self.push(&text.xml10_content()),
                Ok(Event::CData(text)) if self.inside == Inside::Text => self.push(&text.xml10_content()),
                Ok(Event::GeneralRef(entity)) if self.inside == Inside::Text => {
                    if let Some(c) = xml::entity_of(&entity.xml10_content()) {
                        self.push(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Ok(Event::Eof) => break self.open.is_empty(),
                Err(_) => break false,
                Ok(_) => {}
            }
        };
        while !self.open.is_empty() {
            self.end("p");
        }
        self.end_row();
        (self.tables, self.fallback, self.inside) = (0, 0, Inside::Nothing);
        whole
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let is_on = || !matches!(xml::value_of(start, "val").as_deref(), Some("0" | "false" | "off"));
        let in_run = self.inside == Inside::Run;
        match xml::local(start).as_str() {
            "Fallback" => self.fallback += 1,
            "p" => self.open.push(String::new()),
            "txbxContent" => self.is_mixed = true,
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.row = Some(Vec::new()),
            "tc" if self.tables == 1 => {
                if let Some(row) = &mut self.row {
                    row.push(Vec::new());
                }
            }
            "r" => (self.inside, self.shown) = (Inside::Run, Shown::default()),
            "vanish" | "webHidden" if in_run => self.shown.vanished = is_on(),
            "color" if in_run => {
                self.shown.white =
                    xml::value_of(start, "val").is_some_and(|color| color.eq_ignore_ascii_case("ffffff"));
            }
            "sz" if in_run => {
                let size = xml::value_of(start, "val").and_then(|size| size.parse::<u32>().ok());
                self.shown.tiny = size.is_some_and(|size| size <= TINY);
            }
            "t" if in_run => self.inside = Inside::Text,
            "tab" if in_run => self.push("\t"),
            "br" | "cr" if in_run => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.fallback = self.fallback.saturating_sub(1),
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_paragraph(&paragraph);
                }
            }
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "tr" if self.tables == 1 => self.end_row(),
            "r" => (self.inside, self.shown) = (Inside::Nothing, Shown::default()),
            "t" if self.inside == Inside::Text => self.inside = Inside::Run,
            _ => {}
        }
    }

    /// A white letter on a ground that may have a colour is shown.
    fn is_hidden(&self) -> bool {
        self.shown.vanished || self.shown.tiny || self.shown.white && !self.is_shaded
    }

    fn push(&mut self, text: &str) {
        if self.fallback > 0 {
            return;
        }
        if self.is_hidden() {
            self.hidden.push_str(text);
        } else if let Some(paragraph) = self.open.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn end_paragraph(&mut self, paragraph: &str) {
        if !self.hidden.is_empty() && !self.hidden.ends_with('\n') {
            self.hidden.push('\n');
        }
        let cell = self.row.as_mut().and_then(|row| row.last_mut());
        match cell {
            Some(cell) if !paragraph.trim().is_empty() => cell.push(paragraph.trim().to_owned()),
            Some(_) => {}
            None => {
                self.text.push_str(paragraph.trim_end());
                self.text.push('\n');
            }
        }
    }

    /// A row of single paragraphs is one line, as is the first of a row of which only the last cell has more. Cells that
    /// each have several are columns of a page.
    fn end_row(&mut self) {
        let Some(mut row) = self.row.take() else { return };
        row.retain(|cell| !cell.is_empty());
        let Some((last, before)) = row.split_last() else { return };
        let is_line = before.iter().all(|cell| cell.len() == 1);
        let lines: Vec<String> = if is_line {
            let first = before.iter().flatten().chain(last.first()).cloned().collect::<Vec<_>>().join("\t");
            std::iter::once(first).chain(last.iter().skip(1).cloned()).collect()
        } else {
            self.is_mixed = true;
            row.concat()
        };
        for line in lines {
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Body;
    use proptest::prelude::*;

    fn body(xml: &str) -> Body {
        let mut body = Body::default();
        body.read(format!("<w:document><w:body>{xml}</w:body></w:document>").as_bytes());
        body
    }

    #[test]
    fn paragraphs_tabs_entities_and_rows_are_lines() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let found = body(&format!(
            "<w:p><w:r><w:t>R&amp;D</w:t><w:tab/><w:t>&#233;</w:t><w:br/><w:t>x</w:t></w:r></w:p><w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            cell("2019 – 2021"),
            cell("Developer")
        ));
        assert_eq!((found.text.as_str(), found.is_mixed), ("R&D\té\nx\n2019 – 2021\tDeveloper\n", false));
        let two = "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(2);
        assert!(body(&format!("<w:tbl><w:tr><w:tc>{two}</w:tc><w:tc>{two}</w:tc></w:tr></w:tbl>")).is_mixed);
    }

    #[test]
    fn what_is_switched_off_white_or_tiny_is_kept_apart() {
        let run = |mark: &str| format!("<w:p><w:r><w:rPr>{mark}</w:rPr><w:t>words</w:t></w:r></w:p>");
        for mark in ["<w:vanish/>", "<w:color w:val=\"FFFFFF\"/>", "<w:sz w:val=\"2\"/>"] {
            let found = body(&run(mark));
            assert_eq!((found.text.trim(), found.hidden.trim()), ("", "words"), "{mark}");
        }
        for mark in ["<w:vanish w:val=\"0\"/>", "<w:color w:val=\"FFFFFF\"/><w:shd w:fill=\"000000\"/>"] {
            assert_eq!(body(&run(mark)).text.trim(), "words", "{mark}");
        }
    }

    #[test]
    fn entities_of_the_file_are_not_replaced() {
        let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p>";
        let mut found = Body::default();
        found.read(bomb.as_bytes());
        assert_eq!(found.text, "xy\n");
    }

    proptest! {
        #[test]
        fn any_marks_are_read_or_refused(parts in proptest::collection::vec(0..PIECES.len(), 0..40)) {
            let xml: String = parts.into_iter().map(|at| PIECES[at]).collect();
            let mut found = Body::default();
            found.read(xml.as_bytes());
        }
    }

    const PIECES: [&str; 16] = [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "a",
        "&b;",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<mc:Fallback>",
        "<w:tab/>",
    ];
}
