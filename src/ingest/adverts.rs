//! What adverts of jobs have in common, whichever format holds them: texts, ways to apply, pay.

use super::html;
use crate::dossier::{Coverage, Dossier, JobPost, PayPeriod, Role, SCHEMA, Section, Text};

/// Somebody who published an advert, and nothing else is known of them.
pub(crate) fn dossier(post: JobPost) -> Dossier {
    Dossier {
        schema: SCHEMA.to_owned(),
        role: Role::Recruiter,
        job_posts: vec![post],
        coverage: Coverage { present: vec![Section::JobPosts], absent: Vec::new() },
        ..Dossier::default()
    }
}

/// A text as a reader sees it; where its links lead is noted.
pub(crate) fn text(raw: &str, post: &mut JobPost) -> Option<Text> {
    let fragment = html::read(raw);
    for link in &fragment.links {
        note_link(post, &link.href);
    }
    Some(Text(fragment.text)).filter(|text| !text.trim().is_empty())
}

/// Notes a mail address or link as the way to apply, unless one is known.
pub(crate) fn note_link(post: &mut JobPost, target: &str) {
    let mail = target.strip_prefix("mailto:").unwrap_or(target);
    let mail = mail.split('?').next().unwrap_or(mail);
    if target.starts_with("http://") || target.starts_with("https://") {
        post.apply_url.get_or_insert_with(|| target.to_owned());
    } else if let Some(word) = mail.split_whitespace().find(|word| word.contains('@')) {
        let address = word.trim_matches(|c: char| !c.is_alphanumeric());
        post.contact_email.get_or_insert_with(|| address.to_owned());
    }
}

/// `35000-73000`, `$12.50`, `25k - 30k`: the numbers of a cell that holds nothing else, and a currency sign.
pub(crate) fn range(cell: &str) -> Option<(f64, f64, Option<char>)> {
    let mut numbers = Vec::new();
    let mut sign = None;
    for part in cell.split(['-', '–', '—', '~']) {
        let part = part.trim();
        let plain = part.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '.');
        let before = part.strip_suffix(plain).unwrap_or_default().trim();
        sign = sign.or(before.chars().next());
        numbers.push(number(plain)?);
    }
    match numbers.as_slice() {
        [one] => Some((*one, *one, sign)),
        [low, high] => Some((*low, *high, sign)),
        _ => None,
    }
}

/// A number with separators of thousands, a decimal part, or a `k`.
fn number(text: &str) -> Option<f64> {
    let (text, factor) = match text.strip_suffix(['k', 'K']) {
        Some(thousands) => (thousands.trim_end(), 1000.0),
        None => (text, 1.0),
    };
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.split([',', '.', ' ', '\u{a0}']).enumerate() {
        // Three digits after a separator are thousands; anything else is a decimal part.
        if at > 0 && part.len() != 3 {
            plain.push('.');
        }
        plain.push_str(part);
    }
    let is_number = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain.parse::<f64>().ok().filter(|_| is_number).map(|number| number * factor)
}

/// The words of the record, and those of schema.org's unit codes.
pub(crate) fn period(cell: &str) -> Option<PayPeriod> {
    Some(match cell.to_ascii_lowercase().as_str() {
        "hour" | "hourly" | "hr" => PayPeriod::Hour,
        "day" | "daily" => PayPeriod::Day,
        "week" | "weekly" | "wk" => PayPeriod::Week,
        "month" | "monthly" | "mo" => PayPeriod::Month,
        "year" | "yearly" | "yr" | "annual" | "annually" => PayPeriod::Year,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn pay_is_read_where_a_cell_holds_nothing_else() {
        assert_eq!(range("35000-73000"), Some((35000.0, 73000.0, None)));
        assert_eq!(range("$55,000 - $68,000"), Some((55000.0, 68000.0, Some('$'))));
        assert_eq!(range("25k – 30.5k"), Some((25000.0, 30500.0, None)));
        assert_eq!(range("€ 12.50"), Some((12.5, 12.5, Some('€'))));
        for words in ["Oct-15", "negotiable", "12 per hour", "1-2-3", ""] {
            assert_eq!(range(words), None, "{words}");
        }
    }
}
