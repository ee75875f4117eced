//! Lines of text.

/// The most lines of one field.
const MAX_LINES: usize = 3;

/// Breaks a text into lines of so many characters at most, between words where it can; what is too long ends in an ellipsis.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, width)) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(width.saturating_sub(1)).chain(['…']).collect();
        }
    }
    lines
}

/// A text in the encoding of the page, which has the letters of Western Europe; what it has not is a question mark.
pub(crate) fn latin(text: &str) -> Vec<u8> {
    let byte = |character| match character {
        '…' => 0x85,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '–' => 0x96,
        '—' => 0x97,
        ' '..='~' | '\u{a0}'..='ÿ' => u8::try_from(character).unwrap_or(b'?'),
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    characters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words() {
        assert_eq!(lines("Example Employment Services", 18), ["Example Employment", "Services"]);
        assert_eq!(lines("Example Employment", 17), ["Example", "Employment"]);
        assert_eq!(lines("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(lines("", 4), [""; 0]);
    }

    #[test]
    fn letters_of_western_europe_are_printed() {
        assert_eq!(latin("Ana Muñoz’s…"), b"Ana Mu\xf1oz\x92s\x85");
        assert_eq!(latin("Ω\n"), b"??");
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(lines("aaaa bbbb cccc", 4), ["aaaa", "bbbb", "cccc"]);
        assert_eq!(lines("aaaa bbbb cccc d", 4), ["aaaa", "bbbb", "ccc…"]);
    }
}
