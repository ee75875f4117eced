//! Kills its own process with SIGKILL when a point is reached for the n-th time.

use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextRef,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use std::io::{self, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Where a process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The transaction is ready and was not sent.
    BeforeTransaction,
    /// The transaction was sent; the database may be anywhere in it.
    DuringTransaction,
    /// The transaction was answered, and the answer was not read.
    AnswerUnread,
    /// The answer was read.
    AnswerRead,
    /// The caller's reply is ready and was not given.
    BeforeReply,
    /// A mail is waited for, and none was handed over.
    BeforeConfirmationMail,
    /// The confirmation was handed over and not marked.
    ConfirmationUnmarked,
    /// A mark was sent; the database may be anywhere in it.
    DuringMark,
    /// The confirmation was handed over and marked, the intake mail was not handed over.
    BetweenMails,
    /// Both were handed over, the intake mail was not marked.
    IntakeUnmarked,
    /// Both were handed over and marked.
    AfterMails,
}

impl Point {
    /// All of them, in the order in which a form comes by.
    pub const ALL: [Self; 11] = [
        Self::BeforeTransaction,
        Self::DuringTransaction,
        Self::AnswerUnread,
        Self::AnswerRead,
        Self::BeforeReply,
        Self::BeforeConfirmationMail,
        Self::ConfirmationUnmarked,
        Self::DuringMark,
        Self::BetweenMails,
        Self::IntakeUnmarked,
        Self::AfterMails,
    ];

    /// The word by which a process is told.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeTransaction => "before_transaction",
            Self::DuringTransaction => "during_transaction",
            Self::AnswerUnread => "answer_unread",
            Self::AnswerRead => "answer_read",
            Self::BeforeReply => "before_reply",
            Self::BeforeConfirmationMail => "before_confirmation_mail",
            Self::ConfirmationUnmarked => "confirmation_unmarked",
            Self::DuringMark => "during_mark",
            Self::BetweenMails => "between_mails",
            Self::IntakeUnmarked => "intake_unmarked",
            Self::AfterMails => "after_mails",
        }
    }

    /// The point of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.as_str() == word)
    }
}

/// Where this process dies, and how.
#[derive(Debug, Clone)]
pub struct Executioner(Option<Arc<Sentence>>);

#[derive(Debug)]
struct Sentence {
    point: Point,
    /// How often the point is still passed alive.
    left: AtomicU32,
    /// For the points that are somewhere inside something: how far inside.
    after: Duration,
    /// A shell that waits for a line to send the signal.
    trigger: Mutex<ChildStdin>,
}

impl Executioner {
    /// One who never comes.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// Kills this process when it reaches a point for the `time`-th time, counted from one.
    ///
    /// # Errors
    /// There is no shell.
    pub fn at(point: Point, time: u32, after: Duration) -> io::Result<Self> {
        // Started now, so that nothing but one line lies between the point and the signal.
        let shell = Command::new("sh")
            .args(["-c", r#"read -r line && kill -9 "$0""#, &std::process::id().to_string()])
            .stdin(Stdio::piped())
            .spawn()?;
        let trigger = shell.stdin.ok_or_else(|| io::Error::other("the shell has no input"))?;
        Ok(Self(Some(Arc::new(Sentence { point, left: AtomicU32::new(time), after, trigger: Mutex::new(trigger) }))))
    }

    /// Dies here if here is where. The thread stands still until it is over, and with it the runtime, which has no other.
    pub fn reached(&self, point: Point) {
        if let Some(sentence) = self.due(point) {
            sentence.carry_out();
        }
    }

    /// Dies a moment after here if here is where. The thread goes on meanwhile.
    fn reached_inside(&self, point: Point) {
        if let Some(sentence) = self.due(point) {
            let sentence = Arc::clone(sentence);
            std::thread::spawn(move || {
                std::thread::sleep(sentence.after);
                sentence.carry_out();
            });
        }
    }

    fn due(&self, point: Point) -> Option<&Arc<Sentence>> {
        let sentence = self.0.as_ref().filter(|sentence| sentence.point == point)?;
        (sentence.left.fetch_sub(1, Ordering::Relaxed) == 1).then_some(sentence)
    }
}

impl Sentence {
    fn carry_out(&self) -> ! {
        if let Ok(mut trigger) = self.trigger.lock() {
            let _ = trigger.write_all(b"\n");
        }
        loop {
            std::thread::park();
        }
    }
}

fn is(cfg: &ConfigBag, operation: &str) -> bool {
    cfg.load::<Metadata>().is_some_and(|metadata| metadata.name() == operation)
}

const FILING: &str = "TransactWriteItems";
const MARKING: &str = "UpdateItem";

impl Intercept for Executioner {
    fn name(&self) -> &'static str {
        "executioner"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is(cfg, FILING) {
            self.reached(Point::BeforeTransaction);
            self.reached_inside(Point::DuringTransaction);
        } else if is(cfg, MARKING) {
            self.reached_inside(Point::DuringMark);
        }
        Ok(())
    }

    fn read_after_transmit(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is(cfg, FILING) {
            self.reached(Point::AnswerUnread);
        }
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        _: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if is(cfg, FILING) {
            self.reached(Point::AnswerRead);
        }
        Ok(())
    }
}
