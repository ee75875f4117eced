//! The one-line notations: words, months, ranges of months.

/// Something read from a case, or what is wrong with it.
pub type Parsed<T> = Result<T, String>;

/// The words of a line, taken from the left.
#[derive(Debug)]
pub struct Words<'a> {
    line: &'a str,
    rest: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// The words of the line.
    pub fn new(line: &'a str) -> Self {
        let mut rest: Vec<_> = line.split_whitespace().collect();
        rest.reverse();
        Self { line, rest }
    }

    /// The next word, which must be there.
    pub fn next(&mut self, what: &str) -> Parsed<&'a str> {
        self.rest.pop().ok_or_else(|| format!("\"{}\": {what} is missing", self.line))
    }

    /// The next word, if there is one.
    pub fn optional(&mut self) -> Option<&'a str> {
        self.rest.pop()
    }

    /// The next word if it is this one.
    pub fn skip(&mut self, word: &str) -> bool {
        let found = self.rest.last() == Some(&word);
        if found {
            self.rest.pop();
        }
        found
    }

    /// The next word, which must be this one.
    pub fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.skip(word) { Ok(()) } else { Err(format!("\"{}\": `{word}` is missing", self.line)) }
    }

    /// The next word without taking it.
    pub fn peek(&self) -> Option<&'a str> {
        self.rest.last().copied()
    }

    /// All words that are left.
    pub fn remaining(&mut self) -> Vec<String> {
        self.rest.drain(..).rev().map(str::to_owned).collect()
    }

    /// Refuses a word that means nothing here.
    pub fn unexpected<T>(&self, word: &str) -> Parsed<T> {
        Err(format!("\"{}\": `{word}` means nothing here", self.line))
    }

    /// Refuses words that nobody took.
    pub fn finish(mut self) -> Parsed<()> {
        match self.optional() {
            Some(word) => self.unexpected(word),
            None => Ok(()),
        }
    }
}

/// The months of `2016-06` or `2016-06..2016-08`, in order.
pub fn months(range: &str) -> Parsed<Vec<String>> {
    let Some((from, to)) = range.split_once("..") else { return Ok(vec![range.to_owned()]) };
    let (first, last) = (month_index(from)?, month_index(to)?);
    if first > last {
        return Err(format!("`{range}` ends before it starts"));
    }
    Ok((first..=last).map(month_text).collect())
}

/// The names of `p1m1`, `outcome1..outcome12`, in order.
pub fn payments(range: &str) -> Parsed<Vec<String>> {
    let Some((from, to)) = range.split_once("..") else { return Ok(vec![range.to_owned()]) };
    let wrong = || format!("`{range}` is not a range of payments");
    let stem = from.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = |name: &str| name.strip_prefix(stem).and_then(|number| number.parse::<u32>().ok());
    let (first, last) = (number(from).ok_or_else(wrong)?, number(to).ok_or_else(wrong)?);
    if first > last {
        return Err(wrong());
    }
    Ok((first..=last).map(|number| format!("{stem}{number}")).collect())
}

fn month_index(month: &str) -> Parsed<u32> {
    let parts =
        month.split_once('-').and_then(|(year, month)| Some((year.parse::<u32>().ok()?, month.parse::<u32>().ok()?)));
    match parts {
        Some((year, month @ 1..=12)) => Ok(year * 12 + month - 1),
        _ => Err(format!("`{month}` is not a month")),
    }
}

fn month_text(index: u32) -> String {
    format!("{:04}-{:02}", index / 12, index % 12 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_both_ends_and_cross_the_year() {
        assert_eq!(months("2016-11..2017-02").unwrap(), ["2016-11", "2016-12", "2017-01", "2017-02"]);
        assert_eq!(months("2016-11").unwrap(), ["2016-11"]);
        assert!(months("2016-11..2016-10").is_err());
        assert_eq!(payments("outcome9..outcome11").unwrap(), ["outcome9", "outcome10", "outcome11"]);
        assert_eq!(payments("p2m1..p2m2").unwrap(), ["p2m1", "p2m2"]);
        assert!(payments("p1m1..p2m1").is_err());
    }

    #[test]
    fn words_that_nobody_takes_are_refused() {
        let mut words = Words::new("EN-A on 2017-09-15 twice");
        assert_eq!(words.next("provider").unwrap(), "EN-A");
        words.expect("on").unwrap();
        assert_eq!(words.next("day").unwrap(), "2017-09-15");
        assert!(words.finish().is_err());
    }
}
