//! Where a list goes on: a place in the list, hidden and bound to the list.

use super::{ListError, Store};
use crate::vault::VaultError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const LABEL: &str = "cursor 2";

impl Store {
    pub(super) async fn cursor_after(&self, list: &str, after: &str) -> Result<String, ListError> {
        let hidden = self.vault().hide(LABEL, list.as_bytes(), after.as_bytes()).await?;
        Ok(URL_SAFE_NO_PAD.encode(hidden))
    }

    pub(super) async fn read_cursor(&self, list: &str, cursor: &str) -> Result<String, ListError> {
        let hidden = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| ListError::Cursor)?;
        let shown = match self.vault().show(LABEL, list.as_bytes(), &hidden).await {
            Err(VaultError::NotOurs) => return Err(ListError::Cursor),
            shown => shown?,
        };
        String::from_utf8(shown.to_vec()).map_err(|_| ListError::Cursor)
    }
}
