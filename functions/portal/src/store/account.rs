//! Who a signed-in person is, and for whom they act.

use super::item::{Item, fields, item};
use super::keys::Key;
use super::{Store, StoreError};
use crate::identity::{Answer, Registry, User};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ttw_core::domain::{Ein, Ssn};
use ttw_core::forms::{Organization, Role};

/// A signed-in person as the table has them. Only the store makes one.
#[derive(Debug, Clone)]
pub struct Account {
    /// The person.
    pub(crate) user: User,
    /// In what capacity: their own roles, and those for the organization.
    pub(crate) roles: Vec<Role>,
    /// For whom they act, while the link to it is active.
    pub(crate) organization: Option<Organization>,
    /// Of a beneficiary: the key of the own record.
    pub(crate) own_record: Option<Box<str>>,
}

/// A person to be registered.
#[derive(Debug, Clone, Copy)]
pub struct Registered<'a> {
    /// Who.
    pub user: &'a User,
    /// Roles of their own, apart from any organization.
    pub roles: &'a [Role],
    /// The organization they act for; the link to it is made apart.
    pub ein: Option<&'a Ein>,
    /// Of a beneficiary: the own number.
    pub own_record: Option<&'a Ssn>,
}

#[derive(Serialize, Deserialize)]
struct UserFields {
    id: String,
    name: String,
    title: String,
    email: String,
    roles: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ein: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<String>,
}

impl UserFields {
    fn person(self) -> User {
        User { id: self.id.into(), name: self.name.into(), title: self.title.into(), email: self.email.into() }
    }
}

#[derive(Serialize, Deserialize)]
struct LinkFields {
    roles: Vec<String>,
    active: bool,
}

#[derive(Serialize, Deserialize)]
struct NamedFields {
    ein: String,
}

#[derive(Serialize, Deserialize)]
struct ProviderFields {
    record: String,
}

impl Registry for Store {
    fn account<'a>(&'a self, subject: &'a str) -> Answer<'a> {
        Box::pin(async move { Ok(Store::account(self, subject).await?) })
    }
}

impl Store {
    /// The person of a token's subject; none if nobody of that subject is registered.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn account(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        let Some(found) = self.item(&Key::user(subject)).await? else { return Ok(None) };
        let user: UserFields = fields(found, "user")?;
        let mut roles = read_roles(&user.roles)?;
        let mut organization = None;
        if let Some(ein) = &user.ein {
            let ein = Ein::parse_registry(ein).ok_or(StoreError::Damaged("user"))?;
            let (link, provider) = (Key::link(&ein, subject), Key::provider(&ein));
            let (link, provider) = tokio::try_join!(self.item(&link), self.item(&provider))?;
            let link: Option<LinkFields> = link.map(|link| fields(link, "link")).transpose()?;
            if let (Some(link), Some(provider)) = (link.filter(|link| link.active), provider) {
                organization = Some(read_organization(provider)?);
                roles.extend(read_roles(&link.roles)?);
                roles.sort_unstable();
                roles.dedup();
            }
        }
        let own_record = user.person.clone().map(Into::into);
        Ok(Some(Account { user: user.person(), roles, organization, own_record }))
    }

    /// Puts an organization.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn put_provider(&self, organization: &Organization) -> Result<(), StoreError> {
        let record = serde_json::to_string(organization).map_err(|_| StoreError::Damaged("provider"))?;
        self.put(item(&Key::named(&organization.provider), &NamedFields { ein: organization.ein.digits() })?).await?;
        self.put(item(&Key::provider(&organization.ein), &ProviderFields { record })?).await
    }

    /// Organizations by their ids in assignments, in no order; those that are not on file are left out.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn providers<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<Vec<Organization>, StoreError> {
        let named: Vec<Key> = ids.into_iter().map(Key::named).collect();
        let mut keys = Vec::with_capacity(named.len());
        for found in self.items(&named).await? {
            let NamedFields { ein } = fields(found, "provider")?;
            keys.push(Key::provider(&Ein::parse_registry(&ein).ok_or(StoreError::Damaged("provider"))?));
        }
        self.items(&keys).await?.into_iter().map(read_organization).collect()
    }

    /// An organization by its EIN.
    ///
    /// # Errors
    /// The table does not answer, or the item cannot be read.
    pub async fn provider(&self, ein: &Ein) -> Result<Option<Organization>, StoreError> {
        self.item(&Key::provider(ein)).await?.map(read_organization).transpose()
    }

    /// Whom an organization is written to: its primary contact; where it has none, a signatory, and else who files for it. Of several
    /// the first by id.
    ///
    /// # Errors
    /// The table does not answer, or an item cannot be read.
    pub async fn contact(&self, organization: &Organization) -> Result<Option<User>, StoreError> {
        let mut links = Vec::new();
        for found in self.partition(Key::provider(&organization.ein).partition).await? {
            let subject = Key::of(&found).and_then(|key| Some(key.sort.strip_prefix("USER#")?.to_owned()));
            if let Some(subject) = subject {
                let link: LinkFields = fields(found, "link")?;
                let roles = if link.active { read_roles(&link.roles)? } else { Vec::new() };
                links.push((subject, roles));
            }
        }
        links.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut subjects = Vec::new();
        for role in [Role::PrimaryContact, Role::Signatory, Role::Submitter] {
            subjects.extend(links.iter().filter(|(_, roles)| roles.contains(&role)).map(|(id, _)| id.clone()));
        }
        for subject in subjects {
            let found = self.item(&Key::user(&subject)).await?;
            let user = found.map(|item| fields::<UserFields>(item, "user")).transpose()?;
            // Who acts for another organization by now has left this one, whatever became of the link.
            let own = organization.ein.digits();
            if let Some(user) = user.filter(|user| user.ein.as_deref() == Some(&*own)) {
                return Ok(Some(user.person()));
            }
        }
        Ok(None)
    }

    /// Puts a person who may sign in.
    ///
    /// # Errors
    /// The table or the vault does not answer.
    pub async fn put_user(&self, registered: Registered<'_>) -> Result<(), StoreError> {
        let person = match registered.own_record {
            Some(ssn) => Some(self.vault().blind_index(ssn).await?.as_str().to_owned()),
            None => None,
        };
        let user = registered.user;
        let fields = UserFields {
            id: user.id.to_string(),
            name: user.name.to_string(),
            title: user.title.to_string(),
            email: user.email.to_string(),
            roles: words(registered.roles),
            ein: registered.ein.map(Ein::digits),
            person,
        };
        self.put(item(&Key::user(&user.id), &fields)?).await
    }

    /// Links a person to an organization, or ends the link.
    ///
    /// # Errors
    /// The table does not answer.
    pub async fn link(&self, subject: &str, ein: &Ein, roles: &[Role], active: bool) -> Result<(), StoreError> {
        self.put(item(&Key::link(ein, subject), &LinkFields { roles: words(roles), active })?).await
    }
}

fn words(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.as_str().to_owned()).collect()
}

fn read_roles(words: &[String]) -> Result<Vec<Role>, StoreError> {
    words.iter().map(|word| Role::parse(word)).collect::<Option<_>>().ok_or(StoreError::Damaged("roles"))
}

/// The core reads its own records: one reader, one set of checks.
fn read_organization(provider: Item) -> Result<Organization, StoreError> {
    let damaged = StoreError::Damaged("provider");
    let ProviderFields { record } = fields(provider, "provider")?;
    let organization: Value = serde_json::from_str(&record).map_err(|_| damaged.clone())?;
    let text = json!({ "organization": organization, "roles": [], "people": [] }).to_string();
    ttw_core::forms::on_file(text.as_bytes()).map(|on_file| on_file.organization).map_err(|_| damaged)
}
