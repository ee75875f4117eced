//! Mixed requests, right and wrong, with numbers of test people wherever a caller could put them.

use super::super::drafts::{FORMS, draft, is_about_a_holder};
use super::needles::{WRITINGS, bytewise, parted, spellings};
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};
use serde_json::{Value, json};
use ttw_portal::IDEMPOTENCY_KEY;

/// The same numbers for the same seed (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }

    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Who sends, and whose numbers.
pub struct Senders {
    /// Token and kind of organization of each.
    pub tokens: Vec<(String, &'static str)>,
    /// Everybody's number; for the first ones the senders may file.
    pub numbers: Vec<String>,
    /// How many of the numbers are of people whose ticket the sender of the same place holds, and then of people without one.
    pub held: usize,
    pub free: usize,
}

/// Writings in which a caller sends a number that is still the number; the others are transformations of the caller's own.
const SENT: [usize; 6] = [0, 1, 2, 3, 9, 11];

/// A number as a caller writes it.
fn written(dice: &mut Dice, number: &str) -> String {
    let writing = *dice.one(&SENT);
    assert!(writing < WRITINGS.len());
    String::from_utf8(spellings(number, writing)[0].clone()).unwrap()
}

pub fn hyphened(number: &str) -> String {
    parted(number, "-")
}

impl Senders {
    fn number(&self, dice: &mut Dice) -> String {
        dice.one(&self.numbers).clone()
    }

    /// A form that is right but for what was filed before, by a sender who may file it.
    pub fn right(&self, dice: &mut Dice) -> (&'static str, usize, Value) {
        let path = *dice.one(&FORMS);
        let sender = usize::from(path == "/v1/ticket-assignments");
        let place = if is_about_a_holder(path) {
            self.held / 2 * sender + dice.below(self.held / 2)
        } else {
            self.held + dice.below(self.free)
        };
        (path, sender, draft(path, &hyphened(&self.numbers[place]), self.tokens[sender].1))
    }

    /// One request with a number somewhere, its kind by turns.
    pub fn request(&self, dice: &mut Dice, turn: usize) -> Request<Body> {
        match turn % 14 {
            0 => self.misplaced_value(dice),
            1 => self.misplaced_name(dice),
            2 => self.damaged(dice),
            3 => self.escaped(dice),
            4 => self.lookup(dice),
            5 => self.list_of_numbers(dice),
            6 => self.question(dice),
            7 => self.in_path(dice),
            8 => self.in_query(dice),
            9 => self.in_header(dice),
            10 => self.inline(dice),
            11 => self.of_claims(dice),
            12 => self.to_claims(dice),
            _ => self.as_key(dice),
        }
    }

    fn send(&self, sender: usize, path: &str, body: impl Into<Body>) -> Request<Body> {
        Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.tokens[sender].0))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.into())
            .unwrap()
    }

    fn submit(&self, dice: &mut Dice, sender: usize, path: &str, body: String) -> Request<Body> {
        if dice.below(2) == 0 {
            return self.send(sender, &format!("{path}/review"), body);
        }
        let mut request = self.send(sender, path, body);
        let key = format!("key-{}", dice.below(usize::MAX));
        request.headers_mut().insert(IDEMPOTENCY_KEY, key.parse().unwrap());
        request
    }

    /// A number in place of an answer, of any answer.
    fn misplaced_value(&self, dice: &mut Dice) -> Request<Body> {
        let (path, sender, mut draft) = self.right(dice);
        draft["review_token"] = json!("");
        draft["acknowledged_warnings"] = json!([""]);
        draft["rules_version"] = json!("");
        let number = self.number(dice);
        let text = written(dice, &number);
        let value = match dice.below(4) {
            0 => json!(number.parse::<u64>().unwrap()),
            1 => json!(format!("Jo {text}")),
            _ => json!(text),
        };
        let places = places(&draft);
        let place = dice.one(&places).clone();
        *draft.pointer_mut(&place).unwrap() = value;
        self.submit(dice, sender, path, draft.to_string())
    }

    /// A number as the name of a field, of any object.
    fn misplaced_name(&self, dice: &mut Dice) -> Request<Body> {
        let (path, sender, mut draft) = self.right(dice);
        let number = self.number(dice);
        let mut name = written(dice, &number);
        if dice.below(3) == 0 {
            name = format!("ssn_{name}");
        }
        let objects: Vec<String> =
            places(&draft).iter().filter_map(|at| Some(at.rsplit_once('/')?.0.to_owned())).collect();
        let place = dice.one(&objects).clone();
        match draft.pointer_mut(&place).unwrap() {
            Value::Array(items) => items.push(json!({ name: 1 })),
            object => object[&name] = json!({ &name: name }),
        }
        self.submit(dice, sender, path, draft.to_string())
    }

    /// A form that breaks off, or is not JSON any more, or not text.
    fn damaged(&self, dice: &mut Dice) -> Request<Body> {
        let (path, sender, draft) = self.right(dice);
        let mut bytes = draft.to_string().into_bytes();
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at),
            1 => bytes[at] = 0xFF,
            2 => bytes.insert(at, b'"'),
            _ => bytes.extend(self.number(dice).bytes()),
        }
        self.send(sender, &format!("{path}/review"), bytes)
    }

    /// Names and values spelled with escapes, and a field twice.
    fn escaped(&self, dice: &mut Dice) -> Request<Body> {
        let (path, sender, draft) = self.right(dice);
        let number = self.number(dice);
        let spelled = String::from_utf8(spellings(&number, 10)[dice.below(2)].clone()).unwrap();
        let text = draft.to_string();
        let rest = text.strip_prefix('{').unwrap();
        let body = match dice.below(3) {
            0 => format!("{{\"{spelled}\":\"{spelled}\",{rest}"),
            1 => format!("{{\"ssn\":\"{spelled}\",{rest}"),
            _ => format!("{{\"form_code\":\"{spelled}\",{rest}"),
        };
        self.submit(dice, sender, path, body)
    }

    fn lookup(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let body = match dice.below(4) {
            0 => json!({ "ssn": written(dice, &number) }),
            1 => json!({ "ssn": number, number.as_str(): "x" }),
            2 => json!([hyphened(&number)]),
            _ => json!({ "ssn": hyphened(&number) }),
        };
        let sender = dice.below(2);
        self.send(sender, "/v1/beneficiaries/lookup", body.to_string())
    }

    fn list_of_numbers(&self, dice: &mut Dice) -> Request<Body> {
        let count = 1 + dice.below(6);
        let numbers: Vec<String> = (0..count).map(|_| self.number(dice)).collect();
        let numbers: Vec<String> = numbers.iter().map(|number| written(dice, number)).collect();
        let sender = dice.below(3);
        self.send(sender, "/v1/assignability", json!({ "ssns": numbers }).to_string())
    }

    fn question(&self, dice: &mut Dice) -> Request<Body> {
        let number = hyphened(&self.numbers[dice.below(self.held)]);
        let sender = dice.below(2);
        if dice.below(2) == 0 {
            return self.send(sender, "/v1/eligibility/ledger", json!({ "ssn": number }).to_string());
        }
        let misplaced = self.number(dice);
        let month = if dice.below(3) == 0 { written(dice, &misplaced) } else { "2026-06".to_owned() };
        let body = json!({ "ssn": number, "claim": {"payment": "p1m1", "month": month} });
        self.send(sender, "/v1/eligibility", body.to_string())
    }

    fn in_path(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let segment = String::from_utf8(spellings(&number, *dice.one(&[0, 1, 4]))[0].clone()).unwrap();
        let path = match dice.below(4) {
            0 => format!("{}/{segment}", dice.one(&FORMS)),
            1 => format!("/v1/rules/{segment}"),
            2 => format!("/v1/{segment}/x"),
            _ => format!("/{segment}?{segment}"),
        };
        let method = if dice.below(4) == 0 { number } else { "GET".to_owned() };
        let mut request = self.send(0, &path, Body::empty());
        *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap();
        request
    }

    fn in_query(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let sent = String::from_utf8(spellings(&number, *dice.one(&[0, 1, 4]))[0].clone()).unwrap();
        let path = match dice.below(7) {
            0 => format!("{}?cursor={sent}", dice.one(&FORMS)),
            1 => format!("{}?limit={sent}", dice.one(&FORMS)),
            2 => format!("{}?{sent}=1", dice.one(&FORMS)),
            3 => format!("/v1/parameters?on={sent}"),
            4 => {
                let wide = percent_encoded(&String::from_utf8(spellings(&number, 11)[0].clone()).unwrap());
                format!("/v1/progress-reviews/questions?period={sent}&{wide}")
            }
            5 => format!("/v1/me?ssn={sent}"),
            _ => format!("/v1/my-ticket?%65{sent}={sent}"),
        };
        let mut request = self.send(0, &path, Body::empty());
        *request.method_mut() = Method::GET;
        request
    }

    fn in_header(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let text = hyphened(&number);
        let (path, sender, draft) = self.right(dice);
        let mut request = self.send(sender, &format!("{path}/review"), draft.to_string());
        let headers = request.headers_mut();
        let name = *dice.one(&[
            "authorization",
            "content-type",
            "user-agent",
            "origin",
            "x-request-id",
            "x-amzn-trace-id",
            "cookie",
        ]);
        let value = match name {
            "authorization" => format!("Bearer {text}"),
            "content-type" => format!("application/json; charset={text}"),
            _ => text,
        };
        headers.insert(name, HeaderValue::from_str(&value).unwrap());
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_str(&number).unwrap());
        request
    }

    /// A case of the caller's own. Its ids are the caller's, and come back; numbers stand where no id belongs, and where an id is refused
    /// that is one.
    fn inline(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let mut question: Value = serde_json::from_str(check_eligibility::example::QUESTION).unwrap();
        let places = places(&question);
        let place = dice.one(&places).clone();
        let is_id = ["/id", "/provider", "/agency", "/employer"].iter().any(|end| place.ends_with(end));
        let text = if is_id { hyphened(&number) } else { written(dice, &number) };
        *question.pointer_mut(&place).unwrap() = json!(text);
        if dice.below(3) == 0 {
            question[text] = json!(1);
        }
        let path = *dice.one(&["/v1/eligibility", "/v1/eligibility/ledger", "/v1/eligibility/batch"]);
        let body = if path.ends_with("batch") { json!({ "questions": [question] }) } else { question };
        self.send(0, path, body.to_string())
    }

    /// A look at work cases and at what many tickets bring, with a number where something else belongs.
    fn of_claims(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let sent = String::from_utf8(spellings(&number, *dice.one(&[0, 1, 4]))[0].clone()).unwrap();
        let path = *dice.one(&[
            "/v1/work-queue",
            "/v1/unclaimed",
            "/v1/unclaimed.csv",
            "/v1/automatic-run",
            "/v1/recovery",
            "/v1/payment-requests/status.csv",
        ]);
        let path = match dice.below(4) {
            0 => path.to_owned(),
            1 => format!("{path}?cursor={sent}"),
            2 => format!("{path}?{}={sent}", dice.one(&["provider", "status", "limit", "order"])),
            _ => format!("/v1/work-cases/{sent}"),
        };
        let mut request = self.send(*dice.one(&[0, 2]), &path, Body::empty());
        *request.method_mut() = Method::GET;
        request
    }

    /// A step of a claim, or a question of a field office, with a number in place of any of its answers.
    fn to_claims(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let months: Vec<Value> =
            (1..4).map(|month| json!({"month": format!("2024-{month:02}"), "gross": "3000.00", "vrfd": "Y"})).collect();
        let case = json!({"title": "t2", "blind": false, "disability": [{"from": "2010-01", "to": null}],
            "months": months, "through": "2024-12"});
        let entry = json!({"month": "2024-04", "work_det": "S", "gross": "3000.00", "vrfd": "Y"});
        let issue = json!({"id": "1", "kind": "T2VY", "month": "2026-03", "office": "FO-A", "opened_on": "2026-04-16", "person": "P-1"});
        let (path, mut body) = dice
            .one(&[
                (
                    "/v1/work-cases/1NFK-J7G0-AJZ7-JEHQ/decision",
                    json!({"version": 1, "action": "diary", "reason": "OTHER", "otherwise": "record_in_doubt"}),
                ),
                (
                    "/v1/work-cases/1NFK-J7G0-AJZ7-JEHQ/evidence",
                    json!({"version": 1, "kind": "pay_statements", "pages": 1, "legible": true}),
                ),
                ("/v1/work-cases/1NFK-J7G0-AJZ7-JEHQ/withdraw", json!({"why": ""})),
                ("/v1/verification/work-determinations", json!({"case": case})),
                ("/v1/verification/entries", json!({"case": case, "entry": entry})),
                ("/v1/verification/issues", json!({"today": "2026-06-15", "issues": [issue]})),
            ])
            .clone();
        let places = places(&body);
        let place = dice.one(&places).clone();
        // What a caller calls its own people and issues comes back as it is.
        let is_own = ["/id", "/person", "/office"].iter().any(|end| place.ends_with(end));
        if dice.below(4) > 0 && !is_own {
            *body.pointer_mut(&place).unwrap() = json!(written(dice, &number));
        }
        let sender = if path.ends_with("withdraw") { 0 } else { 2 };
        self.send(sender, path, body.to_string())
    }

    fn as_key(&self, dice: &mut Dice) -> Request<Body> {
        let number = self.number(dice);
        let (path, sender, draft) = self.right(dice);
        let mut request = self.send(sender, path, draft.to_string());
        let key = if dice.below(2) == 0 { number } else { hyphened(&number) };
        request.headers_mut().insert(IDEMPOTENCY_KEY, key.parse().unwrap());
        request
    }
}

/// A text in a query, every byte by its percent sign.
fn percent_encoded(text: &str) -> String {
    bytewise(text, |byte| format!("%{byte:02X}"))
}

/// Pointers to all answers of a document.
fn places(value: &Value) -> Vec<String> {
    let below =
        |key: &str, value: &Value| places(value).into_iter().map(|rest| format!("/{key}{rest}")).collect::<Vec<_>>();
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().flat_map(|(key, value)| below(key, value)).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().flat_map(|(index, value)| below(&index.to_string(), value)).collect()
        }
        _ => vec![String::new()],
    }
}
