//! The cover sheet under which proof of earnings is faxed: one page, the work case number as a Code 128 bar code.
//!
//! The sheet holds nothing of the beneficiary: the work case number exists so that no paper has to. It is for one request; copies are for
//! more documents of the same request.
//!
//! ```
//! use ttw_core::domain::{Month, PaymentName};
//! use ttw_cover_sheet::{CoverSheet, pdf};
//! let sheet = CoverSheet {
//!     work_case: "01M3-K7QZ-8R2T-5V9X",
//!     provider: "Example Employment Services",
//!     submitter: "Jordan Example",
//!     requested_on: jiff::civil::date(2026, 6, 1),
//!     payment: PaymentName::Phase1(1),
//!     claim_month: Month::new(2026, 4),
//!     documents_by: Some(jiff::civil::date(2026, 6, 12)),
//!     fax_to: None,
//! };
//! assert!(pdf(&sheet).unwrap().starts_with(b"%PDF-"));
//! ```

mod bars;
mod paper;
mod text;

use bars::Bars;
use jiff::civil::Date;
use paper::Paper;
use std::fmt;
use ttw_core::domain::{Month, PaymentName, date_in_words};

/// What stands on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct CoverSheet<'s> {
    /// The work case number: 4 to 24 letters, digits and hyphens.
    pub work_case: &'s str,
    /// The name of the Employment Network.
    pub provider: &'s str,
    /// Who filed the request.
    pub submitter: &'s str,
    /// The day of receipt.
    pub requested_on: Date,
    /// The payment.
    pub payment: PaymentName,
    /// The month claimed.
    pub claim_month: Month,
    /// The last of the days in which the documents are awaited (DIA-01); none where it is not known.
    pub documents_by: Option<Date>,
    /// The program manager's fax number; none leaves a line for it.
    pub fax_to: Option<&'s str>,
}

/// Why there is no sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoverSheetError {
    /// The work case number is not one that can be printed as a bar code and read by a fax machine.
    WorkCase,
}

impl fmt::Display for CoverSheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WorkCase => "the work case number cannot be printed as a bar code",
        })
    }
}

impl std::error::Error for CoverSheetError {}

const INSTRUCTIONS: [&str; 5] = [
    "1. Put this page on top of the proof of earnings and fax all pages in one call.",
    "2. Use this sheet for this request only. Copies are for more documents of the same request.",
    "3. Evidence shows name, pay period, pay date and gross amount, and is legible.",
    "4. Write no Social Security number on this page.",
    "5. Do not write on or fold the bar code.",
];

/// Draws the sheet on a page of Letter size. The same sheet gives the same bytes.
///
/// # Errors
/// When the work case number cannot be printed.
pub fn pdf(sheet: &CoverSheet<'_>) -> Result<Vec<u8>, CoverSheetError> {
    let bars = Bars::of(sheet.work_case).ok_or(CoverSheetError::WorkCase)?;
    let title = format!("Fax cover sheet {}", sheet.work_case);
    Ok(Paper::write(&title, |paper| {
        paper.heading("FAX COVER SHEET");
        paper.line("Ticket to Work: proof of earnings for a payment request");
        paper.gap(14.0);
        paper.bars(&bars, sheet.work_case);
        paper.gap(10.0);
        paper.field("WORK CASE NUMBER", sheet.work_case);
        paper.field("TO", "Ticket Program Manager");
        paper.field("FAX NUMBER", sheet.fax_to.unwrap_or(BLANK));
        paper.field("FROM (EMPLOYMENT NETWORK)", sheet.provider);
        paper.field("SUBMITTED BY", sheet.submitter);
        paper.field("DATE OF REQUEST", &date_in_words(sheet.requested_on));
        paper.field("PAYMENT REQUESTED", &payment(sheet.payment));
        paper.field("CLAIM MONTH", &sheet.claim_month.in_words().to_string());
        if let Some(day) = sheet.documents_by {
            paper.field("DOCUMENTS DUE BY", &date_in_words(day));
        }
        paper.field("NUMBER OF PAGES", BLANK);
        paper.gap(10.0);
        paper.heading_of_part("ONE-TIME USE");
        for line in INSTRUCTIONS {
            paper.line(line);
        }
        if sheet.documents_by.is_some() {
            paper.line("Without documents by the day above the request is denied: Insufficient Documentation.");
        }
    }))
}

/// To be filled in by hand.
const BLANK: &str = "______________________";

fn payment(name: PaymentName) -> String {
    match name {
        PaymentName::Phase1(number) => format!("Phase 1 Milestone {number}"),
        PaymentName::Phase2(number) => format!("Phase 2 Milestone {number}"),
        PaymentName::Outcome(number) => format!("Outcome Payment {number}"),
        PaymentName::Reconciliation => "Milestone Reconciliation Payment".to_owned(),
    }
}
