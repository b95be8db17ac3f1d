//! What the receiver found out about a mail's sender: SPF, DKIM and DMARC (RFC 8601).
//!
//! Only the topmost field counts, which the receiver wrote, and only where it can be the receiver's: a mail may bring
//! such a field along. Nothing is concluded from other fields.

/// The results of one field; a method that it does not name stays unknown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Results {
    pub(super) spf: Option<String>,
    pub(super) dkim: Option<String>,
    pub(super) dmarc: Option<String>,
}

/// The fields of a header in their order: `true` for `Received` and its value, `false` for results.
pub(super) type Trace<'a> = [(bool, &'a str)];

/// The topmost results; an error if they do not bear the name of a host that received the mail.
pub(super) fn topmost(trace: &Trace<'_>) -> Result<Option<Results>, ()> {
    let Some(at) = trace.iter().position(|(is_received, _)| !is_received) else { return Ok(None) };
    let text = plain(trace[at].1);
    let mut parts = text.split(';');
    let first = parts.next().unwrap_or_default().trim();
    let server = first.split_whitespace().next().unwrap_or_default();
    let is_named = !server.is_empty() && !server.contains('=');
    let above = trace[..at].iter();
    let below = trace[at + 1..].iter().find(|(is_received, _)| *is_received);
    let mut receivers = above.chain(below).filter_map(|(_, received)| receiver(received)).peekable();
    // Where no host is named, or exporting left no trace at all, nothing contradicts the field.
    let is_plausible = if is_named {
        receivers.peek().is_none() || receivers.any(|host| registrable(&host) == registrable(&server.to_lowercase()))
    } else {
        at > 0
    };
    if !is_plausible {
        return Err(());
    }
    let unnamed = if is_named { "" } else { first };
    let mut results = Results::default();
    for part in std::iter::once(unnamed).chain(parts) {
        let Some((method, rest)) = part.trim().split_once('=') else { continue };
        let method = method.split('/').next().unwrap_or(method).trim().to_ascii_lowercase();
        let rest = rest.trim_start();
        let word: String = rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
        if word.is_empty() || word.len() > 16 {
            continue;
        }
        let place = match method.as_str() {
            "spf" => &mut results.spf,
            "dkim" => &mut results.dkim,
            "dmarc" => &mut results.dmarc,
            _ => continue,
        };
        // Of several signatures one that holds is enough.
        if place.is_none() || word == "pass" {
            *place = Some(word);
        }
    }
    Ok(Some(results))
}

/// The host after `by` in a `Received` field.
fn receiver(received: &str) -> Option<String> {
    let text = plain(received);
    let mut words = text.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("by"))?;
    let host = words.next()?.trim_end_matches([';', '.']).to_lowercase();
    host.contains('.').then_some(host)
}

fn registrable(host: &str) -> &str {
    psl::domain_str(host).unwrap_or(host)
}

/// A field without comments and quoted strings, both of which may hold anything.
fn plain(text: &str) -> String {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_u32, false, false);
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ if depth == 0 && !is_quoted => plain.push(character),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(trace: &Trace<'_>) -> Result<[Option<String>; 3], ()> {
        topmost(trace).map(|found| found.map(|found| [found.spf, found.dkim, found.dmarc]).unwrap_or_default())
    }

    fn words(spf: &str, dkim: &str, dmarc: &str) -> [Option<String>; 3] {
        [spf, dkim, dmarc].map(|word| Some(word.to_owned()).filter(|word| !word.is_empty()))
    }

    const HERE: (bool, &str) = (true, "from out.example (out.example [192.0.2.1]) by mx.mail.example with ESMTPS id 1");

    #[test]
    fn the_receiver_s_results_are_read_and_no_others() {
        let ours = (
            false,
            "mx.mail.example; dkim=fail header.d=a.example; dkim=pass (good; really) header.d=b.example;\r\n spf=softfail (mail.example: \"spf=pass\") smtp.mailfrom=x; dmarc=none",
        );
        let forged = (false, "mx.mail.example; spf=pass; dmarc=pass");
        assert_eq!(read(&[ours, HERE, forged]), Ok(words("softfail", "pass", "none")));
        assert_eq!(read(&[HERE, ours]), Ok(words("softfail", "pass", "none")));
        assert_eq!(read(&[ours]), Ok(words("softfail", "pass", "none")));
        assert_eq!(read(&[HERE]), Ok(words("", "", "")));
    }

    #[test]
    fn results_of_somebody_who_received_nothing_are_not_taken() {
        let elsewhere = (false, "mx.elsewhere.example; spf=pass; dkim=pass; dmarc=pass");
        assert_eq!(read(&[HERE, elsewhere]), Err(()));
        assert_eq!(read(&[(true, "by a.mail.example; Tue"), elsewhere, HERE]), Err(()));
        let unnamed = (false, "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=x; dkim=none; dmarc=fail action=none");
        assert_eq!(read(&[HERE, unnamed]), Ok(words("fail", "none", "fail")));
        assert_eq!(read(&[unnamed, HERE]), Err(()));
        assert_eq!(read(&[(false, "mx.mail.example 1; none"), HERE]), Ok(words("", "", "")));
    }
}
