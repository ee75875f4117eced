//! Where rows go.

use crate::row::Member;
use std::future::Future;
use ttw_core::Problem;
use ttw_core::domain::Ssn;
use ttw_core::forms::Organization;

/// What loading needs of a store. Putting the same thing twice leaves it as putting it once.
pub trait Sink: Send + Sync + 'static {
    /// Puts an organization.
    fn put_provider(&self, provider: &Organization) -> impl Future<Output = Result<(), SinkError>> + Send;

    /// Puts a user, the link to the organization with its roles, and the own record.
    fn put_user(&self, member: &Member) -> impl Future<Output = Result<(), SinkError>> + Send;

    /// The record of a person, as JSON; none where nobody of the number is on file.
    fn person(&self, ssn: &Ssn) -> impl Future<Output = Result<Option<String>, SinkError>> + Send;

    /// Puts the record of a person. With `Seen::This` the record on file must still be the one that was seen.
    fn put_person(&self, ssn: &Ssn, record: &str, seen: Seen<'_>)
    -> impl Future<Output = Result<(), SinkError>> + Send;
}

/// On which record a new one rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen<'a> {
    /// On none: it is put whatever is on file.
    Anything,
    /// On this one; none when nobody was on file.
    This(Option<&'a str>),
}

/// Why something could not be put.
#[derive(Debug, Clone, PartialEq)]
pub enum SinkError {
    /// The record is no longer the one that was seen.
    Changed,
    /// The row is refused; the others may go on.
    Refused(Box<Problem>),
    /// The store does not answer; loading stops. The sentence holds nobody's number.
    Unavailable(String),
}
