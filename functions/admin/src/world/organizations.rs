//! The organizations of the world, and the people who work for them.

use super::life::{CEDAR, HARBOR, LANTERN, PINE, PRAIRIE};
use crate::row::Member;
use jiff::ToSpan;
use jiff::civil::Date;
use ttw_core::domain::{Ein, ProviderKind};
use ttw_core::forms::{Organization, Role};
use ttw_portal::identity::User;

/// One organization: id, EIN, name, kind, days until its registration with SAM ends, its submitter and its signatory.
struct Entry {
    provider: &'static str,
    ein: &'static str,
    name: &'static str,
    kind: ProviderKind,
    sam_days: i64,
    domain: &'static str,
    submitter: &'static str,
    signatory: &'static str,
}

const ENTRIES: [Entry; 5] = [
    Entry {
        provider: HARBOR,
        ein: "12-0009001",
        name: "Harbor Employment Network",
        kind: ProviderKind::En,
        sam_days: 210,
        domain: "harbor",
        submitter: "Nora Quillfeather",
        signatory: "Tobias Marshlight",
    },
    Entry {
        provider: PRAIRIE,
        ein: "12-0009002",
        name: "Prairie Path Works",
        kind: ProviderKind::En,
        sam_days: 21,
        domain: "prairie",
        submitter: "Imre Fallowfield",
        signatory: "Wanda Thistlebrook",
    },
    Entry {
        provider: LANTERN,
        ein: "12-0009003",
        name: "Lantern Career Collective",
        kind: ProviderKind::En,
        sam_days: -30,
        domain: "lantern",
        submitter: "Odile Winterbourne",
        signatory: "Casper Ravenstone",
    },
    Entry {
        provider: CEDAR,
        ein: "12-0009004",
        name: "Cedar State Vocational Rehabilitation",
        kind: ProviderKind::StateVrAsEn,
        sam_days: 300,
        domain: "cedar",
        submitter: "Lucan Brightwater",
        signatory: "Petra Hollowell",
    },
    Entry {
        provider: PINE,
        ein: "12-0009005",
        name: "Pine State Rehabilitation Services",
        kind: ProviderKind::StateVr,
        sam_days: 120,
        domain: "pine",
        submitter: "Sunniva Larkspur",
        signatory: "Anselm Greywater",
    },
];

/// The organizations.
pub(super) fn organizations(as_of: Date) -> Vec<Organization> {
    let organization = |entry: &Entry| {
        Some(Organization {
            provider: entry.provider.into(),
            ein: Ein::parse_registry(entry.ein)?,
            name: entry.name.into(),
            kind: entry.kind,
            agreement_ends_on: (entry.provider != PINE).then(|| as_of.saturating_add(3.years())),
            sam_expires_on: Some(as_of.saturating_add(entry.sam_days.days())),
            on_hold: false,
        })
    };
    ENTRIES.iter().filter_map(organization).collect()
}

/// The users, but for the beneficiary: a submitter and a signatory of each organization, the program manager, a field office.
pub(super) fn members() -> Vec<Member> {
    let of_organizations = ENTRIES.iter().flat_map(|entry| {
        let domain = entry.domain;
        [
            (entry.submitter, "Payment Specialist", "submitter", vec![Role::Submitter]),
            (entry.signatory, "Director", "signatory", vec![Role::Submitter, Role::Signatory, Role::PrimaryContact]),
        ]
        .map(|(name, title, part, roles)| Member {
            user: user(&format!("{domain}-{part}"), name, title, domain),
            ein: Ein::parse_registry(entry.ein),
            roles,
            active: true,
            own_record: None,
        })
    });
    let of_agencies = [
        ("program-manager", "Ottilie Ferncastle", "Claims Examiner", "program", Role::ProgramManager),
        ("field-office", "Barnaby Stillwater", "Work Incentives Liaison", "field-office", Role::FieldOffice),
    ]
    .map(|(id, name, title, domain, role)| Member {
        user: user(id, name, title, domain),
        ein: None,
        roles: vec![role],
        active: true,
        own_record: None,
    });
    of_organizations.chain(of_agencies).collect()
}

/// A user with an address that no mail can reach.
pub(super) fn user(id: &str, name: &str, title: &str, domain: &str) -> User {
    let local = name.to_ascii_lowercase().replace(' ', ".");
    User { id: id.into(), name: name.into(), title: title.into(), email: format!("{local}@{domain}.example").into() }
}
