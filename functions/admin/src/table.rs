//! The one table as a place where rows go.

use crate::problem::code;
use crate::record;
use crate::row::Member;
use crate::sink::{Seen, Sink, SinkError};
use ttw_core::Problem;
use ttw_core::domain::Ssn;
use ttw_core::forms::{Organization, Person, Role};
use ttw_portal::store::{Registered, Store, StoreError};

impl Sink for Store {
    async fn put_provider(&self, provider: &Organization) -> Result<(), SinkError> {
        Ok(Self::put_provider(self, provider).await?)
    }

    /// Who acts for an organization has roles through the link to it; everybody else's are their own.
    async fn put_user(&self, member: &Member) -> Result<(), SinkError> {
        let own: &[Role] = if member.ein.is_some() || !member.active { &[] } else { &member.roles };
        let registered = Registered {
            user: &member.user,
            roles: own,
            ein: member.ein.as_ref(),
            own_record: member.own_record.as_ref(),
        };
        Self::put_user(self, registered).await?;
        if let Some(ein) = &member.ein {
            self.link(&member.user.id, ein, &member.roles, member.active).await?;
        }
        Ok(())
    }

    /// What was filed about the person is kept apart by the table, and is no part of the record that is put back.
    async fn person(&self, ssn: &Ssn) -> Result<Option<String>, SinkError> {
        let person = self.people(std::slice::from_ref(ssn)).await?.pop().flatten();
        Ok(person.map(|mut person| {
            person.earlier.clear();
            record::json(&person)
        }))
    }

    async fn put_person(&self, ssn: &Ssn, record: &str, seen: Seen<'_>) -> Result<(), SinkError> {
        match seen {
            Seen::Anything => Self::put_person(self, ssn, record).await?,
            Seen::This(seen) => {
                let is_seen = |found: Option<&Person>| found.map(record::json).as_deref() == seen;
                self.replace_person(ssn, record, is_seen).await?;
            }
        }
        Ok(())
    }
}

impl From<StoreError> for SinkError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Record(problems) if !problems.is_empty() => {
                problems.into_iter().next().map_or(Self::Changed, |problem| Self::Refused(Box::new(problem)))
            }
            StoreError::Changed => Self::Changed,
            StoreError::TooLarge => Self::Refused(Box::new(Problem::new(&code::LOAD_RECORD_TOO_LARGE, ""))),
            StoreError::Newer | StoreError::Damaged(_) | StoreError::Record(_) => {
                Self::Refused(Box::new(Problem::new(&code::LOAD_RECORD_UNREADABLE, "")))
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}
