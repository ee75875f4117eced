//! What may be on file only once, and who has it.

use super::item::fields;
use super::keys::Key;
use super::{Confirmation, Duplicate, Store, StoreError};
use crate::identity::Scope;
use serde::{Deserialize, Serialize};
use ttw_core::forms::{Filing, NaturalKey};

#[derive(Serialize, Deserialize)]
pub(super) struct NaturalFields {
    pub ein: String,
    pub confirmation: String,
}

impl Store {
    /// What is on file already of what a form may hold only once; none where nothing is, so that it may be filed.
    ///
    /// # Errors
    /// The table or the vault does not answer, or an item cannot be read.
    pub async fn held(&self, scope: &Scope, filing: &Filing) -> Result<Option<Duplicate>, StoreError> {
        for natural in filing.keys() {
            let person = filing.people().get(natural.person).ok_or(StoreError::Damaged("natural key"))?;
            let key = Key::natural(natural.kind, &self.vault().blind_index(person).await?, &natural.value);
            if let Some(holder) = self.holder(scope, natural, &key).await? {
                return Ok(Some(holder));
            }
        }
        Ok(None)
    }

    /// Whose natural key it is; none where nobody has it.
    pub(super) async fn holder(
        &self,
        scope: &Scope,
        natural: &NaturalKey,
        key: &Key,
    ) -> Result<Option<Duplicate>, StoreError> {
        let Some(found) = self.item(key).await? else { return Ok(None) };
        let holder: NaturalFields = fields(found, "natural key")?;
        let own = holder.ein == scope.organization().ein.digits();
        let confirmation = own.then(|| Confirmation::parse(&holder.confirmation)).flatten();
        Ok(Some(Duplicate { code: natural.code, kind: natural.kind, confirmation }))
    }
}
