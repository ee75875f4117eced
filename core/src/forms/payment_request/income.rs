//! The income of a self-employed beneficiary.

use super::super::Sheet;
use super::code;
use super::fields::fields;
use super::numbers::{HOURS_A_MONTH, read_hours};
use super::request::{Hours, SelfEmploymentIncome};
use crate::domain::{Month, Usd};
use crate::problem::Problem;
use crate::read::Path;
use serde_json_borrow::Value;

/// Income from self-employment as received.
#[derive(Debug, Default)]
pub(super) struct SeiDraft {
    pub(super) month: Option<Month>,
    pub(super) gross_receipts: Option<Usd>,
    pub(super) business_expenses: Option<Usd>,
    pub(super) net: Option<Usd>,
    pub(super) hours_worked: Option<Hours>,
    pub(super) tax_year_filed: Option<bool>,
    pub(super) partnership_share_pct: Option<u8>,
}

impl SeiDraft {
    /// Receipts less expenses; a loss is nothing.
    pub(super) fn computed_net(&self) -> Option<Usd> {
        Some(self.gross_receipts?.minus(self.business_expenses?).max(Usd::ZERO))
    }

    /// The income, with the net computed here (EARN-04).
    pub(super) fn whole(&self) -> Option<SelfEmploymentIncome> {
        Some(SelfEmploymentIncome {
            month: self.month?,
            gross_receipts: self.gross_receipts?,
            business_expenses: self.business_expenses?,
            net: self.computed_net()?,
            hours_worked: self.hours_worked,
            tax_year_filed: self.tax_year_filed,
            partnership_share_pct: self.partnership_share_pct,
        })
    }
}

fields! {
    /// The fields of the income.
    Fields {
        month,
        gross_receipts,
        business_expenses,
        net,
        hours_worked,
        tax_year_filed,
        partnership_share_pct,
    }
}

/// Reads the income.
pub(super) fn read(sheet: &mut Sheet<'_>, value: &Value<'_>, path: &Path<'_>) -> Option<SeiDraft> {
    let fields = Fields::of(sheet, value, path)?;
    Some(SeiDraft {
        month: sheet.month(fields.month, &path.key("month")),
        gross_receipts: sheet.money(fields.gross_receipts, &path.key("gross_receipts")),
        business_expenses: sheet.money(fields.business_expenses, &path.key("business_expenses")),
        net: sheet.optional_money(fields.net, &path.key("net")),
        hours_worked: read_hours(sheet, fields.hours_worked, HOURS_A_MONTH, &path.key("hours_worked")),
        tax_year_filed: sheet.optional_boolean(fields.tax_year_filed, &path.key("tax_year_filed")),
        partnership_share_pct: read_share(sheet, fields.partnership_share_pct, &path.key("partnership_share_pct")),
    })
}

fn read_share(sheet: &mut Sheet<'_>, field: Option<&Value<'_>>, path: &Path<'_>) -> Option<u8> {
    let share = match field {
        None | Some(Value::Null) => return None,
        Some(Value::Number(number)) => number.as_u64().and_then(|share| u8::try_from(share).ok()),
        Some(_) => None,
    };
    let share = share.filter(|share| *share <= 100);
    if share.is_none() {
        let problem = Problem::new(&code::PR_OUT_OF_RANGE, &path.pointer());
        sheet.add(problem.with("range", "a whole number from 0 to 100"));
    }
    share
}
