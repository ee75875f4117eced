//! What one row of a file says, once it has been read.

use jiff::civil::Date;
use ttw_core::domain::{Assignment, Benefit, Ein, Month, MonthlyEarnings, Record, Ssn, Title};
use ttw_core::forms::{Organization, Role};
use ttw_portal::identity::User;

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Kind {
    /// Organizations.
    Providers,
    /// Who may sign in, for whom, in what capacity.
    Users,
    /// People with a ticket.
    Tickets,
    /// Posted earnings of months.
    Earnings,
    /// Ranges of months on a benefit record.
    Benefits,
}

impl Kind {
    /// All kinds, in the order in which they are loaded.
    pub const ALL: [Self; 5] = [Self::Providers, Self::Users, Self::Tickets, Self::Earnings, Self::Benefits];

    /// The word of the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Providers => "providers",
            Self::Users => "users",
            Self::Tickets => "tickets",
            Self::Earnings => "earnings",
            Self::Benefits => "benefits",
        }
    }
}

/// A user with the organization and the roles.
#[derive(Debug, Clone)]
pub struct Member {
    /// The person.
    pub user: User,
    /// The organization; none for who works for none.
    pub ein: Option<Ein>,
    /// In what capacity.
    pub roles: Vec<Role>,
    /// Still; who has left keeps no right.
    pub active: bool,
    /// Of a beneficiary: whose record is the own one.
    pub own_record: Option<Ssn>,
}

/// The facts of one row.
#[derive(Debug, Clone)]
pub enum Row {
    /// An organization.
    Provider(Organization),
    /// A user.
    User(Member),
    /// A whole record of a person, as JSON.
    Person(Ssn, String),
    /// A ticket of a flat file, with one assignment or none.
    Ticket(Ssn, TicketRow),
    /// The posted earnings of a month.
    Earnings(Ssn, MonthlyEarnings),
    /// A range of months on a record.
    Benefit(Ssn, Benefit),
}

/// A ticket as a flat file has it: its own columns, and at most one assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// The columns that every row of the ticket repeats.
    pub ticket: TicketColumns,
    /// The assignment of this row.
    pub assignment: Option<Assignment>,
}

/// What every row of one ticket says alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketColumns {
    /// The ticket's id.
    pub id: Box<str>,
    /// The month in which it terminates.
    pub terminates_in: Option<Month>,
    /// The title.
    pub title: Title,
    /// Statutorily blind.
    pub blind: bool,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// Payments under section 301.
    pub section_301: bool,
    /// Benefits while appealing.
    pub benefit_continuation: bool,
}

impl Row {
    /// Whose row it is; none for an organization or a user.
    #[must_use]
    pub fn ssn(&self) -> Option<&Ssn> {
        match self {
            Self::Provider(_) | Self::User(_) => None,
            Self::Person(ssn, _) | Self::Ticket(ssn, _) | Self::Earnings(ssn, _) | Self::Benefit(ssn, _) => Some(ssn),
        }
    }
}

/// The months two ranges of one record have in common.
pub(crate) fn overlap(one: &Benefit, other: &Benefit) -> bool {
    let ends_before = |a: &Benefit, b: &Benefit| a.to.is_some_and(|to| to < b.from);
    one.record == other.record && !ends_before(one, other) && !ends_before(other, one)
}

/// Records in the order in which files list them.
pub(crate) const RECORDS: [Record; 2] = [Record::T2, Record::T16];
