//! The review token: proof of what was shown, to whom, by which rules.

use super::{code, refused};
use crate::identity::Scope;
use crate::{Portal, Refusal};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ttw_core::forms::Filing;
use zeroize::Zeroizing;

/// For how long what was reviewed may be submitted.
const GOOD_FOR_SECONDS: i64 = 24 * 60 * 60;
/// What a token is a token of.
const LABEL: &str = "review";

impl Portal {
    /// The token of a form that is shown now.
    pub(super) async fn review_token(&self, scope: &Scope, filing: &Filing, now: Timestamp) -> Result<String, Refusal> {
        let issued = now.as_second().to_be_bytes();
        let mac = self.store().vault().mac(LABEL, &self.shown(scope, filing, issued)).await?;
        let rules = self.engine().version().as_bytes();
        Ok(BASE64_URL_SAFE_NO_PAD.encode([&issued[..], &mac.as_bytes()[..], rules].concat()))
    }

    /// Whether a form is the one that was shown.
    pub(super) async fn check_review(
        &self,
        scope: &Scope,
        filing: &Filing,
        token: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let conflict = |code| refused(StatusCode::CONFLICT, code);
        let token = token.ok_or_else(|| conflict(&code::REVIEW_TOKEN_MISSING))?;
        let mismatch = || conflict(&code::REVIEW_TOKEN_MISMATCH);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).map_err(|_| mismatch())?;
        let (issued, rest) = bytes.split_first_chunk::<8>().ok_or_else(mismatch)?;
        let (mac, rules) = rest.split_first_chunk::<32>().ok_or_else(mismatch)?;
        // Under other rules the same form may be another.
        if rules != self.engine().version().as_bytes() {
            return Err(conflict(&code::REVIEW_TOKEN_STALE));
        }
        if !self.store().vault().verify(LABEL, &self.shown(scope, filing, *issued), mac).await? {
            return Err(mismatch());
        }
        let age = now.as_second().saturating_sub(i64::from_be_bytes(*issued));
        if (0..GOOD_FOR_SECONDS).contains(&age) { Ok(()) } else { Err(conflict(&code::REVIEW_TOKEN_STALE)) }
    }

    /// Everything that was shown, to whom, and by which rules; each part with its length before it.
    fn shown(&self, scope: &Scope, filing: &Filing, issued: [u8; 8]) -> Zeroizing<Vec<u8>> {
        let ein = scope.organization().ein.digits();
        let parts = [
            &issued[..],
            filing.form().as_str().as_bytes(),
            filing.document().as_bytes(),
            scope.user().id.as_bytes(),
            ein.as_bytes(),
            self.engine().version().as_bytes(),
        ];
        let people = filing.people().iter().map(|ssn| &ssn.expose()[..]);
        let room = filing.document().len() + 256 + 17 * filing.people().len();
        let mut shown = Zeroizing::new(Vec::with_capacity(room));
        for part in parts.into_iter().chain(people) {
            shown.extend_from_slice(&(part.len() as u64).to_be_bytes());
            shown.extend_from_slice(part);
        }
        shown
    }
}
