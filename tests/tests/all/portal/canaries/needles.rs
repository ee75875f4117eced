//! A number in twelve writings, and the search for many numbers at once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashMap;

/// The ways in which a number could be written, each with every spelling of it that is searched for.
pub const WRITINGS: [&str; 12] = [
    "plain",
    "with hyphens",
    "with blanks",
    "with dots",
    "percent-encoded",
    "base64",
    "base64 with hyphens",
    "hexadecimal",
    "UTF-16",
    "backwards",
    "JSON escapes",
    "full-width digits",
];

/// How many bytes a place is recognised by.
const HEAD: usize = 4;

/// The spellings of a number of nine digits in one writing; the first is the usual one.
pub fn spellings(digits: &str, writing: usize) -> Vec<Vec<u8>> {
    let parted = |sign: &str| parted(digits, sign);
    let texts = match writing {
        0 => vec![digits.to_owned()],
        1 => vec![parted("-")],
        2 => vec![parted(" "), parted("\u{a0}")],
        3 => vec![parted("."), parted("_"), parted("/")],
        4 => vec![parted("%2D"), parted("%2d"), parted("%20"), parted("+")],
        5 => aligned(digits),
        6 => aligned(&parted("-")),
        7 => vec![hex(digits), hex(&parted("-")), hex(&parted("-")).to_uppercase()],
        8 => {
            let wide = |bytes: fn(u16) -> [u8; 2]| digits.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
            return vec![wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
        }
        9 => vec![digits.chars().rev().collect(), parted("-").chars().rev().collect()],
        10 => vec![escaped(digits), escaped(&parted("-")), escaped(&parted("-")).replace("002d", "002D")],
        _ => vec![wide(digits), wide(&parted("-"))],
    };
    texts.into_iter().map(String::into_bytes).collect()
}

/// Nine digits in groups of three, two and four.
pub fn parted(digits: &str, sign: &str) -> String {
    let (area, rest) = digits.split_at(3);
    let (group, serial) = rest.split_at(2);
    [area, group, serial].join(sign)
}

/// A text with each of its bytes written in some way.
pub fn bytewise(text: &str, write: impl Fn(u8) -> String) -> String {
    text.bytes().map(write).collect()
}

fn hex(text: &str) -> String {
    bytewise(text, |byte| format!("{byte:02x}"))
}

fn escaped(text: &str) -> String {
    bytewise(text, |byte| format!("\\u{byte:04x}"))
}

fn wide(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect()
}

/// What of the base64 of a text is the same wherever in the bytes the text stands.
fn aligned(text: &str) -> Vec<String> {
    let at = |before: usize| {
        let encoded = STANDARD.encode([&vec![0; before][..], text.as_bytes()].concat());
        let (first, last) = ((before * 8).div_ceil(6), (before + text.len()) * 8 / 6);
        encoded.get(first..last).unwrap().to_owned()
    };
    (0..3).map(at).collect()
}

/// All spellings of all numbers.
pub struct Needles(HashMap<[u8; HEAD], Vec<(Vec<u8>, &'static str)>>);

impl Needles {
    pub fn of(numbers: &[String]) -> Self {
        let mut all: HashMap<[u8; HEAD], Vec<_>> = HashMap::new();
        for number in numbers {
            for (writing, name) in WRITINGS.into_iter().enumerate() {
                for spelling in spellings(number, writing) {
                    all.entry(spelling[..HEAD].try_into().unwrap()).or_default().push((spelling, name));
                }
            }
        }
        Self(all)
    }

    /// The first number that stands in some bytes, with its surroundings; also where the bytes are JSON in JSON.
    pub fn first_in(&self, bytes: &[u8]) -> Option<(&'static str, String)> {
        self.first_as_they_are(bytes).or_else(|| self.first_as_they_are(&unescaped(bytes)))
    }

    fn first_as_they_are(&self, bytes: &[u8]) -> Option<(&'static str, String)> {
        let found = |(at, head): (usize, &[u8])| {
            let here = self.0.get(head)?.iter().find(|(spelling, _)| bytes[at..].starts_with(spelling))?;
            let around = &bytes[at.saturating_sub(120)..(at + 80).min(bytes.len())];
            Some((here.1, String::from_utf8_lossy(around).into_owned()))
        };
        bytes.windows(HEAD).enumerate().find_map(found)
    }
}

/// Every run of backslashes as one, and the escape of the byte 0 as that byte.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut once = bytes.to_vec();
    once.dedup_by(|next, before| *next == b'\\' && *before == b'\\');
    let (mut text, mut rest) = (Vec::with_capacity(once.len()), &once[..]);
    while let Some((first, tail)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(b"\\u0000") {
            text.push(0);
            rest = after;
        } else {
            text.push(*first);
            rest = tail;
        }
    }
    text
}

#[test]
fn every_writing_is_found_wherever_it_stands() {
    let number = "987651234";
    let needles = Needles::of(&[number.to_owned(), "987651235".to_owned()]);
    for (writing, name) in WRITINGS.into_iter().enumerate() {
        for spelling in spellings(number, writing) {
            let text = [b"before ", &spelling[..], b" after"].concat();
            assert_eq!(needles.first_in(&text).map(|found| found.0), Some(name), "{spelling:?}");
        }
    }
    for before in 0..3 {
        let encoded = STANDARD.encode(format!("{}{number}TW1", "x".repeat(before)));
        assert_eq!(needles.first_in(encoded.as_bytes()).map(|found| found.0), Some("base64"), "{before}");
    }
    assert_eq!(needles.first_in(b"987-65-1236 and 98765123 and 4"), None);
}
