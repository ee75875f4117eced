//! Lines of text.

use encoding_rs::WINDOWS_1252;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

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

/// A text in the encoding of the page, which has the letters of Western Europe. Other Latin letters are printed without their marks, and
/// what it has nothing for is a question mark.
pub(crate) fn latin(text: &str) -> Vec<u8> {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize_iter(text.chars());
    composed.flat_map(|letter| byte_of(letter).map_or_else(|| without_marks(letter), |byte| vec![byte])).collect()
}

fn without_marks(letter: char) -> Vec<u8> {
    let parts = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(std::iter::once(letter));
    let plain = parts.filter(|part| !('\u{300}'..='\u{36f}').contains(part)).map(|part| match part {
        'Đ' => 'D',
        'đ' => 'd',
        'Ł' => 'L',
        'ł' => 'l',
        'ı' => 'i',
        other => other,
    });
    plain.map(|letter| byte_of(letter).unwrap_or(b'?')).collect()
}

fn byte_of(letter: char) -> Option<u8> {
    let mut utf8 = [0; 4];
    let (bytes, _, has_none) = WINDOWS_1252.encode(letter.encode_utf8(&mut utf8));
    bytes.first().copied().filter(|_| !has_none && !letter.is_control())
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
        assert_eq!(latin("Mun\u{303}oz, Žižka, Œuvre"), b"Mu\xf1oz, \x8ei\x9eka, \x8cuvre");
    }

    #[test]
    fn other_latin_letters_are_printed_without_their_marks() {
        assert_eq!(latin("Nguyễn Đặng, Wałęsa, Çelıkoğlu"), b"Nguyen Dang, Walesa, \xc7elikoglu");
        assert_eq!(latin("x\u{301}"), b"x");
    }

    #[test]
    fn what_the_page_has_nothing_for_is_a_question_mark() {
        assert_eq!(latin("Ω\n\u{81}"), b"???");
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(lines("aaaa bbbb cccc", 4), ["aaaa", "bbbb", "cccc"]);
        assert_eq!(lines("aaaa bbbb cccc d", 4), ["aaaa", "bbbb", "ccc…"]);
    }
}
