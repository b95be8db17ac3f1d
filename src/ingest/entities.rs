//! Entities of HTML: the words and numbers that stand for characters.

/// What a character reference at the start of a text shows, and its length; a bare `&` shows itself.
pub(crate) fn entity(text: &str) -> (String, usize) {
    let bare = ("&".to_owned(), 1);
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else { return bare };
    let Some(name) = text.get(1..end) else { return bare };
    let character = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        code.and_then(char::from_u32).filter(|character| *character != '\0')
    } else {
        named(name)
    };
    character.map_or(bare, |character| (character.to_string(), end + 1))
}

/// The named references that mail and message editors write.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        // A no-break space is shown as a space, and is compared as one everywhere after this.
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "yen" => '¥',
        "cent" => '¢',
        "sect" => '§',
        "deg" => '°',
        "times" => '×',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "shy" => '\u{ad}',
        _ => return None,
    })
}
