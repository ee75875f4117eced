//! Who calls, for whom, and in what capacity.
//!
//! The user's link to an organization, its kind and the end of its agreement are read from the table; a token says only who the
//! user is. A [`Scope`] can be made here alone, and the store reads and writes submissions through a scope only.

mod authenticator;
mod claims;
pub mod code;
mod keys;
mod source;
#[cfg(test)]
mod tests;

pub use authenticator::{Authenticator, SignedIn, TrustedIssuer};
pub(crate) use claims::Claims;
pub use claims::StepUp;
pub use source::KeySource;
pub(crate) use source::is_trustworthy;

use crate::Refusal;
use crate::store::Account;
use axum::http::StatusCode;
use std::pin::Pin;
use ttw_core::forms::{Organization, Role};

/// An answer of the registry, on its way.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<Account>, Refusal>> + Send + 'a>>;

/// Who is a user. The store is one; the cut keeps who calls apart from where that is written.
pub trait Registry: Send + Sync {
    /// The account of a token's subject; none for an unknown user. Who has no link to an organization that is in force
    /// acts for none. An organization whose agreement has ended is still there: its users may read.
    fn account<'a>(&'a self, subject: &'a str) -> Answer<'a>;
}

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Caller {
    user: User,
    roles: Vec<Role>,
    organization: Option<Organization>,
    /// Of a beneficiary: the key of the own record.
    person: Option<Box<str>>,
}

/// The person, as the registry of users has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The subject of the token.
    pub id: Box<str>,
    /// Name.
    pub name: Box<str>,
    /// Title.
    pub title: Box<str>,
    /// Where confirmations go.
    pub email: Box<str>,
}

/// The right to read and write one organization's submissions. Only identity makes one.
#[derive(Debug, Clone)]
pub struct Scope {
    user: User,
    organization: Organization,
    roles: Vec<Role>,
}

/// The right to read and decide the claims of every organization. Only identity makes one.
#[derive(Debug, Clone)]
pub struct Manager {
    user: User,
}

impl Manager {
    /// Who acts.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }
}

impl Scope {
    /// Who acts.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// For whom.
    #[must_use]
    pub const fn organization(&self) -> &Organization {
        &self.organization
    }

    /// In what capacity.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }
}

impl Caller {
    /// The person.
    #[must_use]
    pub const fn user(&self) -> &User {
        &self.user
    }

    /// In what capacity the person may act.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Whether the person has a role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Refuses who has none of these roles.
    ///
    /// # Errors
    /// 403.
    pub fn require(&self, any_of: &[Role]) -> Result<(), Refusal> {
        if any_of.iter().any(|role| self.is(*role)) { Ok(()) } else { Err(forbidden()) }
    }

    /// The right of who works for the program manager.
    ///
    /// # Errors
    /// 403.
    pub fn manager(&self) -> Result<Manager, Refusal> {
        self.require(&[Role::ProgramManager])?;
        Ok(Manager { user: self.user.clone() })
    }

    /// The organization's scope, of who must act for one.
    ///
    /// # Errors
    /// 403.
    pub fn required_scope(&self) -> Result<Scope, Refusal> {
        self.scope().ok_or_else(forbidden)
    }

    /// The organization's scope; none for who acts for no organization.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        let organization = self.organization.clone()?;
        Some(Scope { user: self.user.clone(), organization, roles: self.roles.clone() })
    }

    /// Of a beneficiary: the key of the own record.
    #[must_use]
    pub fn own_record(&self) -> Option<&str> {
        self.person.as_deref()
    }
}

/// The caller that an account of the table makes. Only the store makes accounts.
#[must_use]
pub fn caller_of(account: Account) -> Caller {
    let Account { user, roles, organization, own_record } = account;
    Caller { user, roles, organization, person: own_record }
}

fn forbidden() -> Refusal {
    Refusal::because(StatusCode::FORBIDDEN, &code::AUTH_FORBIDDEN)
}
