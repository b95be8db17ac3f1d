//! What a mail says, as a mail program shows it, with its links.

use super::quoted;
use crate::dossier::Link;
use crate::ingest::html;
use mail_parser::{Message as Parsed, PartType};

/// Bytes of text that are kept of one mail.
pub(super) const MAX_TEXT: usize = 256 << 10;
/// Links that are kept of one mail.
const MAX_LINKS: usize = 500;
/// Bytes of one name, address, subject, id or link.
const MAX_FIELD: usize = 4_096;

/// What a mail says.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) links: Vec<Link>,
    pub(super) is_cut: bool,
    pub(super) is_trimmed: bool,
}

impl Body {
    /// The text that a mail program shows: HTML where there is some, else plain text.
    pub(super) fn of(parsed: &Parsed<'_>, is_answer: bool) -> Self {
        let whole = Self::trimmed(parsed, false);
        if !is_answer {
            return whole;
        }
        let trimmed = Self::trimmed(parsed, true);
        // An answer of nothing but quotes says what it quotes.
        if trimmed.text.trim().is_empty() { whole } else { Self { is_trimmed: trimmed.text != whole.text, ..trimmed } }
    }

    fn trimmed(parsed: &Parsed<'_>, trims: bool) -> Self {
        let mut body = Self::default();
        for part in parsed.html_body.iter().filter_map(|id| parsed.parts.get(*id as usize)) {
            match &part.body {
                PartType::Html(raw) => {
                    let raw = body.taken(raw);
                    let fragment = html::read(&if trims { quoted::without_block_quotes(raw) } else { raw.into() });
                    body.links.extend(fragment.links.iter().filter_map(link));
                    body.push(&fragment.text);
                }
                PartType::Text(raw) => {
                    let raw = body.taken(raw);
                    let text = if trims { quoted::without_quoted_lines(raw) } else { raw.into() };
                    body.push(&text);
                }
                _ => {}
            }
        }
        body.is_cut |= body.links.len() > MAX_LINKS || body.text.len() > MAX_TEXT;
        body.links.truncate(MAX_LINKS);
        body.text.truncate(body.text.floor_char_boundary(MAX_TEXT));
        body
    }

    /// As much of a part as is looked at: markup may be many times its text.
    fn taken<'t>(&mut self, raw: &'t str) -> &'t str {
        let most = MAX_TEXT * 16;
        self.is_cut |= raw.len() > most;
        &raw[..raw.floor_char_boundary(most.min(raw.len()))]
    }

    fn push(&mut self, text: &str) {
        let text = text.trim_end();
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push('\n');
        }
        // Line ends are those of the wire.
        self.text.extend(text.split("\r\n").enumerate().flat_map(|(at, line)| [if at > 0 { "\n" } else { "" }, line]));
    }
}

fn link(link: &Link) -> Option<Link> {
    Some(Link { href: bounded(&link.href)?, text: link.text.as_deref().and_then(bounded) })
}

/// A field of a sane length; a longer one is cut.
pub(super) fn bounded(text: &str) -> Option<String> {
    let text = text.trim();
    let cut = text.floor_char_boundary(MAX_FIELD.min(text.len()));
    Some(text[..cut].to_owned()).filter(|text| !text.is_empty())
}
