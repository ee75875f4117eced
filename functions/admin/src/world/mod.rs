//! A synthetic world: five organizations, the people who work for them, and forty people with a ticket, each with a story.
//!
//! Everything in it is invented. The stories are the same for every seed; the seed gives the numbers, days and amounts. All months
//! count back from the day of the world, so that a demonstration is always about the present. Social Security numbers have the area
//! numbers of test people.
//!
//! ```
//! let engine = ttw_core::Engine::builtin().unwrap();
//! let world = ttw_admin::world::generate(&engine, 1, ttw_admin::world::AS_OF);
//! assert_eq!((world.providers.len(), world.people.len()), (5, 40));
//! ```

mod assignments;
mod availability;
mod life;
mod milestones;
mod organizations;
mod outcomes;
mod random;
mod write;

use crate::record;
use crate::row::Member;
use crate::sink::{Seen, Sink, SinkError};
use jiff::civil::Date;
use life::Life;
use random::Random;
use ttw_core::Engine;
use ttw_core::domain::{Record, Ssn};
use ttw_core::forms::{Organization, Person, Role};

pub use write::{File, files};

/// The day of the world when none is given.
pub const AS_OF: Date = Date::constant(2026, 11, 15);

/// The two records, as the stories name them.
const T2: Record = Record::T2;
const T16: Record = Record::T16;

/// Whose ticket the beneficiary among the users holds.
const BENEFICIARY: usize = 4;

/// What a person shows, and how the person came to it.
struct Story {
    text: &'static str,
    tell: for<'e> fn(Life<'e>) -> Life<'e>,
}

/// Everything that is loaded.
#[derive(Debug, Clone)]
pub struct World {
    /// The day on which the stories are told.
    pub as_of: Date,
    /// The organizations.
    pub providers: Vec<Organization>,
    /// The users and what they may do.
    pub users: Vec<Member>,
    /// The people with a ticket.
    pub people: Vec<Inhabitant>,
}

/// One person with a ticket.
#[derive(Debug, Clone)]
pub struct Inhabitant {
    /// The number, of a test person.
    pub ssn: Ssn,
    /// What this person shows.
    pub story: &'static str,
    /// What is on file.
    pub record: Person,
}

/// The world of a seed on a day. The same seed and day give the same world, on every platform.
#[must_use]
pub fn generate(engine: &Engine, seed: u64, as_of: Date) -> World {
    let stories = [milestones::STORIES, outcomes::STORIES, availability::STORIES, assignments::STORIES];
    let people: Vec<Inhabitant> = stories
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(number, story)| {
            let mut random = Random::new(seed, u64::try_from(number).unwrap_or(0));
            let ssn = test_number(engine, number, &mut random)?;
            let life = (story.tell)(Life::new(engine, as_of, number, random));
            Some(Inhabitant { ssn, story: story.text, record: life.into_person() })
        })
        .collect();
    let mut users = organizations::members();
    if let Some(person) = people.get(BENEFICIARY) {
        users.push(Member {
            user: organizations::user("beneficiary", "Linnea Stormcastle", "Ticket holder", "home"),
            ein: None,
            roles: vec![Role::Beneficiary],
            active: true,
            own_record: Some(person.ssn.clone()),
        });
    }
    World { as_of, providers: organizations::organizations(as_of), users, people }
}

/// Puts a world: organizations, then users, then people.
///
/// # Errors
/// The first thing that could not be put, and why.
pub async fn put<S: Sink>(world: &World, sink: &S) -> Result<(), SinkError> {
    for provider in &world.providers {
        sink.put_provider(provider).await?;
    }
    for member in &world.users {
        sink.put_user(member).await?;
    }
    for person in &world.people {
        sink.put_person(&person.ssn, &record::json(&person.record), Seen::Anything).await?;
    }
    Ok(())
}

/// A test person's number; no two people of a world have the same area number.
fn test_number(engine: &Engine, number: usize, random: &mut Random) -> Option<Ssn> {
    let area = 900 + 2 * number + usize::try_from(random.within(0, 1)).unwrap_or(0);
    let digits = format!("{area:03}{:02}{:04}", random.within(10, 99), random.within(1000, 9999));
    Ssn::parse_test(&digits, engine.parameters()).ok()
}
