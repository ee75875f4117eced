//! Text that others wrote, made fit for a header, a table and a log.

/// Longest name or cell of a mail.
const LONGEST: usize = 200;
/// Longest token of a header or a log.
const LONGEST_TOKEN: usize = 64;
/// Shapes of a Social Security number; `d` is a digit, `s` what people part digits with.
const SSN_SHAPES: [&str; 2] = ["ddddddddd", "dddsddsdddd"];

/// One line without control characters, and with every number in the shape of an SSN masked. The forms mask them already; a mail
/// cannot be called back, so it is done once more.
pub(crate) fn plain(text: &str) -> String {
    let shown: String = text.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
    let line: Vec<&str> = shown.split_whitespace().collect();
    masked(&line.join(" ")).chars().take(LONGEST).collect()
}

/// The letters, digits, hyphens, dots and underscores of a text.
pub(crate) fn token(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "-._".contains(*c)).take(LONGEST_TOKEN).collect()
}

/// Control characters, line and paragraph separators, and marks that turn the direction of writing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn masked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut rest = chars.as_slice();
    let mut shown = String::with_capacity(text.len());
    let mut in_number = false;
    while let Some((first, tail)) = rest.split_first() {
        if let Some((number, after)) = ssn(rest).filter(|_| !in_number) {
            shown.push_str("***-**-");
            shown.extend(number.iter().skip(number.len().saturating_sub(4)));
            (rest, in_number) = (after, true);
        } else {
            shown.push(*first);
            (rest, in_number) = (tail, first.is_ascii_digit());
        }
    }
    shown
}

/// The number in the shape of an SSN with which a text begins, and what follows it.
fn ssn(text: &[char]) -> Option<(&[char], &[char])> {
    SSN_SHAPES.into_iter().find_map(|shape| {
        let (number, after) = text.split_at_checked(shape.len())?;
        let is_in_place =
            |c: &char, place| if place == 'd' { c.is_ascii_digit() } else { matches!(c, '-' | ' ' | '.') };
        let fits = number.iter().zip(shape.chars()).all(|(c, place)| is_in_place(c, place));
        let ends = after.first().is_none_or(|next| !next.is_ascii_digit());
        (fits && ends).then_some((number, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_shape_of_an_ssn_keep_four_digits() {
        let written = ["900123456", "900-12-3456", "900 12 3456", "900.12.3456", "900-12 3456"];
        for number in written {
            assert_eq!(plain(number), "***-**-3456");
            assert_eq!(plain(&format!("x{number}TW1, {number}")), "x***-**-3456TW1, ***-**-3456");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in ["***-**-3456", "08/31/2010", "2010-08-31", "1398.00", "12-3456789", "9001234567", "90012345"] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn one_line_remains() {
        assert_eq!(plain(" Ann\r\nBcc: x@y.example\u{2028}\u{202E} Lee\0 "), "Ann Bcc: x@y.example Lee");
        assert_eq!(plain(&"é".repeat(300)).chars().count(), LONGEST);
        assert_eq!(token("a-1\r\nX: <b>"), "a-1Xb");
    }
}
