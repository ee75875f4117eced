//! The world as files that `ttw-admin load` reads.

use super::World;
use crate::record::{plain, ticket_line};
use crate::row::{Kind, Member};
use serde::Serialize;
use std::fmt::Write as _;

/// One file of a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is loaded as; none for the page of stories.
    pub kind: Option<Kind>,
    /// Its text.
    pub text: String,
}

/// The world as JSON Lines, with a page that tells who is who.
#[must_use]
pub fn files(world: &World) -> Vec<File> {
    let lines = |rows: Vec<String>| rows.iter().fold(String::new(), |text, row| text + row + "\n");
    let providers = world.providers.iter().map(json).collect();
    let users = world.users.iter().map(|member| json(&Written::of(member))).collect();
    let tickets = world.people.iter().map(|person| ticket_line(&person.ssn, &person.record)).collect();
    let rows = [(Kind::Providers, providers), (Kind::Users, users), (Kind::Tickets, tickets)];
    let mut files: Vec<File> = rows
        .into_iter()
        .map(|(kind, rows)| File { name: format!("{}.jsonl", kind.as_str()), kind: Some(kind), text: lines(rows) })
        .collect();
    files.push(File { name: "README.md".to_owned(), kind: None, text: page(world) });
    files
}

/// A user as a file has it.
#[derive(Serialize)]
struct Written<'a> {
    subject: &'a str,
    name: &'a str,
    title: &'a str,
    email: &'a str,
    ein: Option<String>,
    roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ssn: Option<String>,
}

impl<'a> Written<'a> {
    fn of(member: &'a Member) -> Self {
        Self {
            subject: &member.user.id,
            name: &member.user.name,
            title: &member.user.title,
            email: &member.user.email,
            ein: member.ein.map(|ein| ein.to_string()),
            roles: member.roles.iter().map(|role| role.as_str()).collect(),
            ssn: member.own_record.as_ref().map(plain),
        }
    }
}

/// Maps with text keys, which are always written.
fn json(row: &impl Serialize) -> String {
    serde_json::to_string(row).unwrap_or_default()
}

/// The page of a world: everybody in it is invented, so the numbers may be shown.
fn page(world: &World) -> String {
    let mut page = format!("# The people of this world\n\nEverybody here is invented. The day is {}.\n\n", world.as_of);
    page.push_str("| number | ticket | with | what this person shows |\n| --- | --- | --- | --- |\n");
    for person in &world.people {
        let with = person.record.assignment_on(world.as_of).map_or("nobody", |assignment| &assignment.provider);
        // Writing to a string does not fail.
        let _ =
            writeln!(page, "| {} | {} | {with} | {} |", plain(&person.ssn), person.record.case.ticket_id, person.story);
    }
    page.push_str("\n| user | name | roles | organization |\n| --- | --- | --- | --- |\n");
    for member in &world.users {
        let roles: Vec<&str> = member.roles.iter().map(|role| role.as_str()).collect();
        let of = world.providers.iter().find(|provider| Some(provider.ein) == member.ein);
        let organization = of.map_or("", |provider| &provider.name);
        let _ = writeln!(page, "| {} | {} | {} | {organization} |", member.user.id, member.user.name, roles.join(", "));
    }
    page
}
