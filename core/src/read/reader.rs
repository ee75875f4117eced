//! Reading one JSON value: kinds, fields, formats. A reader collects problems and goes on.

use super::Read;
use crate::domain::{Ein, Month, Usd, parse_date};
use crate::problem::{Code, Problem, code, shown_name};
use jiff::civil::Date;
use serde_json_borrow::Value;

/// A place in the document, built up on the stack and written out only when something is wrong there.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    pub(crate) const fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) const fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }

    pub(crate) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(parent, key) => format!("{}/{}", parent.pointer(), key.replace('~', "~0").replace('/', "~1")),
            Self::Index(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}

/// Parses JSON text of at most so many bytes; numbers and strings stay where they are in the text.
///
/// # Errors
/// The text is too long, or is not one JSON value.
pub fn parse(text: &[u8], limit: usize) -> Read<Value<'_>> {
    if text.len() > limit {
        return Err(vec![Problem::new(&code::REQ_TOO_LARGE, "").with("limit", limit)]);
    }
    let invalid = |line: usize, column: usize| {
        vec![Problem::new(&code::REQ_JSON_INVALID, "").with("line", line).with("column", column)]
    };
    let text = std::str::from_utf8(text).map_err(|error| {
        let before = text.get(..error.valid_up_to()).unwrap_or_default();
        let mut lines = before.split(|byte| *byte == b'\n');
        let column = lines.next_back().map_or(0, <[u8]>::len) + 1;
        invalid(lines.count() + 1, column)
    })?;
    serde_json::from_str(text).map_err(|error| invalid(error.line(), error.column()))
}

/// Collects what is wrong.
#[derive(Default)]
pub(crate) struct Reader {
    problems: Vec<Problem>,
}

/// The fields of an object, in the order of the names asked for.
pub(crate) type Fields<'v, const N: usize> = [Option<&'v Value<'v>>; N];

/// The most problems that are listed; a document with more is not a case gone wrong, and listing them would cost more than reading it.
const MAX_PROBLEMS: usize = 500;

/// The longest id.
const MAX_ID: usize = 64;

impl Reader {
    /// A reader that has found something before.
    pub(crate) const fn resumed(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    pub(crate) fn refuse(&mut self, code: &'static Code, path: &Path<'_>) {
        self.add(Problem::new(code, &path.pointer()));
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        match self.problems.len() {
            MAX_PROBLEMS => self.problems.push(Problem::new(&code::PROBLEMS_LEFT_OUT, "").with("limit", MAX_PROBLEMS)),
            held if held > MAX_PROBLEMS => {}
            _ => self.problems.push(problem),
        }
    }

    pub(crate) fn add_all(&mut self, problems: Vec<Problem>) {
        for problem in problems {
            self.add(problem);
        }
    }

    pub(crate) fn finish<T>(self, value: Option<T>) -> Read<T> {
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(self.problems),
        }
    }

    fn wrong_type<T>(&mut self, path: &Path<'_>, expected: &'static str) -> Option<T> {
        self.add(Problem::new(&code::REQ_TYPE, &path.pointer()).with("expected", expected));
        None
    }

    /// Everything that is wrong.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The fields of an object; unknown ones and repeated ones are refused by name.
    pub(crate) fn object<'v, const N: usize>(
        &mut self,
        value: &'v Value<'v>,
        path: &Path<'_>,
        names: &[&'static str; N],
    ) -> Option<Fields<'v, N>> {
        self.object_or(value, path, names, || names.to_vec(), |_| None)
    }

    /// The fields of an object as [`Reader::object`] reads them. Where a field is unknown, the ones that are `allowed` are named; but
    /// `other` may say that it is passed over (`Some(None)`) or refused by a code of its own.
    pub(crate) fn object_or<'v, const N: usize>(
        &mut self,
        value: &'v Value<'v>,
        path: &Path<'_>,
        names: &[&'static str; N],
        allowed: impl Fn() -> Vec<&'static str>,
        other: impl Fn(&str) -> Option<Option<&'static Code>>,
    ) -> Option<Fields<'v, N>> {
        let Value::Object(object) = value else { return self.wrong_type(path, "an object") };
        let mut fields: Fields<'v, N> = [None; N];
        // Fields mostly come in their order: each is looked for from the one before it on.
        let mut from = 0;
        for (key, value) in object.iter() {
            let (before, after) = names.split_at_checked(from).unwrap_or((names, &[]));
            let is_it = |name: &&str| *name == key;
            let place =
                after.iter().position(is_it).map(|place| from + place).or_else(|| before.iter().position(is_it));
            from = place.map_or(from, |place| place + 1);
            match place.and_then(|place| fields.get_mut(place)) {
                Some(slot @ None) => *slot = Some(value),
                Some(Some(_)) => self.refuse(&code::REQ_FIELD_DUPLICATE, &path.key(key)),
                None => {
                    match other(key) {
                        Some(None) => continue,
                        Some(Some(code)) => {
                            self.refuse(code, &path.key(key));
                            continue;
                        }
                        None => {}
                    }
                    let shown = shown_name(key);
                    let problem = Problem::new(&code::REQ_UNKNOWN_FIELD, &path.key(shown).pointer());
                    self.add(problem.with("allowed", allowed()));
                }
            }
        }
        Some(fields)
    }

    /// A field that must be there; null says that it is not.
    pub(crate) fn required<'v>(&mut self, field: Option<&'v Value<'v>>, path: &Path<'_>) -> Option<&'v Value<'v>> {
        let field = field.filter(|value| !matches!(value, Value::Null));
        if field.is_none() {
            self.refuse(&code::REQ_FIELD_REQUIRED, path);
        }
        field
    }

    /// The items of a list; an absent list is an empty one.
    pub(crate) fn list<'v>(&mut self, field: Option<&'v Value<'v>>, path: &Path<'_>) -> &'v [Value<'v>] {
        match field {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(_) => self.wrong_type(path, "a list").unwrap_or_default(),
        }
    }

    pub(crate) fn text<'v>(&mut self, field: Option<&'v Value<'v>>, path: &Path<'_>) -> Option<&'v str> {
        match self.required(field, path)? {
            Value::Str(text) => Some(text),
            _ => self.wrong_type(path, "a string"),
        }
    }

    /// An id: 1 to 64 characters, and not a Social Security number with its hyphens.
    pub(crate) fn id(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Box<str>> {
        let Value::Str(text) = self.required(field, path)? else { return self.wrong_type(path, "a string") };
        if text.is_empty() || text.chars().count() > MAX_ID || text.chars().any(char::is_control) {
            self.add(Problem::new(&code::TEXT_LENGTH, &path.pointer()).with("limit", MAX_ID));
            None
        } else if is_ssn(text, &[3, 5]) {
            self.refuse(&code::ID_IS_SSN, path);
            None
        } else {
            Some(text.as_ref().into())
        }
    }

    /// The caller's id of a ticket: not a ticket number either, since that begins with the Social Security number.
    pub(crate) fn ticket_id(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Box<str>> {
        let id = self.id(field, path)?;
        let ticket_number = id.char_indices().nth_back(2).is_some_and(|(at, _)| {
            id.get(at..).is_some_and(|end| end.to_ascii_uppercase().starts_with("TW"))
                && id.get(..at).is_some_and(|start| is_ssn(start, &[3, 5]) || is_ssn(start, &[]))
        });
        if ticket_number || is_ssn(&id, &[]) {
            self.refuse(&code::ID_IS_SSN, path);
            return None;
        }
        Some(id)
    }

    pub(crate) fn boolean(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<bool> {
        match self.required(field, path)? {
            Value::Bool(value) => Some(*value),
            _ => self.wrong_type(path, "true or false"),
        }
    }

    /// A statement that must be true: `missing` is the code of its absence, and of false.
    pub(crate) fn stated(&mut self, field: Option<&Value<'_>>, path: &Path<'_>, missing: &'static Code) {
        match field {
            Some(Value::Bool(true)) => {}
            None | Some(Value::Null | Value::Bool(false)) => self.refuse(missing, path),
            some => drop(self.boolean(some, path)),
        }
    }

    /// A boolean that may be absent or null.
    pub(crate) fn optional_boolean(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<bool> {
        match field {
            None | Some(Value::Null) => None,
            some => self.boolean(some, path),
        }
    }

    /// One of the given words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        field: Option<&Value<'_>>,
        path: &Path<'_>,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let Value::Str(word) = self.required(field, path)? else { return self.wrong_type(path, "a string") };
        let found = choices.iter().find(|(name, _)| name == word).map(|(_, value)| *value);
        if found.is_none() {
            let allowed: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.add(Problem::new(&code::REQ_ENUM, &path.pointer()).with("allowed", allowed));
        }
        found
    }

    pub(crate) fn month(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Month> {
        let month = match self.required(field, path)? {
            Value::Str(text) => Month::parse(text),
            _ => None,
        };
        if month.is_none() {
            self.refuse(&code::MONTH_FORMAT, path);
        }
        month
    }

    /// A month that may be absent or null.
    pub(crate) fn optional_month(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Month> {
        match field {
            None | Some(Value::Null) => None,
            some => self.month(some, path),
        }
    }

    pub(crate) fn date(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Date> {
        let read = match self.required(field, path)? {
            Value::Str(text) => parse_date(text),
            _ => Err(false),
        };
        read.map_err(|no_such_day| {
            self.refuse(if no_such_day { &code::DATE_INVALID } else { &code::DATE_FORMAT }, path);
        })
        .ok()
    }

    /// A date that may be absent or null.
    pub(crate) fn optional_date(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Date> {
        match field {
            None | Some(Value::Null) => None,
            some => self.date(some, path),
        }
    }

    /// An organization's EIN as the registry has it: its prefix may be newer than our list.
    pub(crate) fn registry_ein(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Ein> {
        let ein = Ein::parse_registry(self.text(field, path)?);
        if ein.is_none() {
            self.refuse(&code::EIN_FORMAT, path);
        }
        ein
    }

    /// An amount that is not below zero. A JSON number is refused: it would pass through binary floating point.
    pub(crate) fn money(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Usd> {
        let amount = match self.required(field, path)? {
            Value::Str(text) => Usd::parse(text),
            _ => None,
        };
        match amount {
            None => self.refuse(&code::MONEY_FORMAT, path),
            Some(amount) if amount.is_negative() => self.refuse(&code::MONEY_NEGATIVE, path),
            some => return some,
        }
        None
    }

    /// An amount that may be absent or null.
    pub(crate) fn optional_money(&mut self, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<Usd> {
        match field {
            None | Some(Value::Null) => None,
            some => self.money(some, path),
        }
    }

    /// A small whole number.
    pub(crate) fn small_number(
        &mut self,
        field: Option<&Value<'_>>,
        path: &Path<'_>,
        highest: u8,
        code: &'static Code,
    ) -> Option<u8> {
        let number = match self.required(field, path)? {
            Value::Number(number) => number.as_u64().and_then(|n| u8::try_from(n).ok()).filter(|n| *n <= highest),
            _ => None,
        };
        if number.is_none() {
            self.refuse(code, path);
        }
        number
    }
}

/// A field that is there and not null.
pub(crate) fn given<'v>(field: Option<&'v Value<'v>>) -> Option<&'v Value<'v>> {
    field.filter(|value| !matches!(value, Value::Null))
}

/// Nine digits, parted at exactly these places as people part them.
fn is_ssn(text: &str, parted_after: &[usize]) -> bool {
    let is_parted = |(seen, at): (usize, &usize)| matches!(text.as_bytes().get(at + seen), Some(b'-' | b' ' | b'.'));
    text.len() == 9 + parted_after.len()
        && text.bytes().filter(u8::is_ascii_digit).count() == 9
        && parted_after.iter().enumerate().all(is_parted)
}
