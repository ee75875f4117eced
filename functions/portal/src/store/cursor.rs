//! Where a list goes on: a place in the list with a keyed hash that binds it to the list.

use super::{ListError, Store};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const LABEL: &str = "cursor 1";
const MAC: usize = 32;

impl Store {
    pub(super) async fn cursor_after(&self, list: &str, after: &str) -> Result<String, ListError> {
        let mac = self.vault().mac(LABEL, &bound(list, after)).await?;
        Ok(URL_SAFE_NO_PAD.encode([mac.as_bytes(), after.as_bytes()].concat()))
    }

    pub(super) async fn read_cursor(&self, list: &str, cursor: &str) -> Result<String, ListError> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| ListError::Cursor)?;
        let (mac, number) = bytes.split_at_checked(MAC).ok_or(ListError::Cursor)?;
        let number = std::str::from_utf8(number).map_err(|_| ListError::Cursor)?;
        if !self.vault().verify(LABEL, &bound(list, number), mac).await? {
            return Err(ListError::Cursor);
        }
        Ok(number.to_owned())
    }
}

fn bound(list: &str, number: &str) -> Vec<u8> {
    [list.as_bytes(), b"\n", number.as_bytes()].concat()
}
