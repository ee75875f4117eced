//! The page is drawn and its bar code read off it, as a fax machine's other end would.

#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use rxing::BarcodeFormat;
use rxing::helpers::detect_in_luma;
use ttw_core::domain::{Month, PaymentName};
use ttw_cover_sheet::{CoverSheet, CoverSheetError, pdf};

const NUMBER: &str = "01M3-K7QZ-8R2T-5V9X";

fn sheet(work_case: &str) -> CoverSheet<'_> {
    CoverSheet {
        work_case,
        provider: "Example Employment Services",
        submitter: "Jordan Example",
        requested_on: jiff::civil::date(2026, 6, 1),
        payment: PaymentName::Phase1(1),
        claim_month: Month::new(2026, 4),
        documents_by: Some(jiff::civil::date(2026, 6, 12)),
        fax_to: None,
    }
}

/// The pages as grey values, so many dots to the inch across and down.
fn drawn(bytes: Vec<u8>, across: f32, down: f32) -> Vec<(u32, u32, Vec<u8>)> {
    let document = Pdf::new(bytes).unwrap();
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: across / 72.0, y_scale: down / 72.0, bg_color: WHITE };
    let grey = |page| {
        let pixmap = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
        let dots = pixmap.data().iter().map(|dot| dot.r).collect();
        (u32::from(pixmap.width()), u32::from(pixmap.height()), dots)
    };
    document.pages().iter().map(grey).collect()
}

fn read_off(work_case: &str, across: f32, down: f32) -> String {
    let mut pages = drawn(pdf(&sheet(work_case)).unwrap(), across, down);
    assert_eq!(pages.len(), 1, "a cover sheet is one page");
    let (width, height, dots) = pages.remove(0);
    let found = detect_in_luma(dots, width, height, Some(BarcodeFormat::CODE_128)).unwrap();
    found.getText().to_owned()
}

#[test]
fn the_bar_code_holds_the_work_case_number() {
    for number in [NUMBER, "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "WC-1", "012345678901234567890123"] {
        assert_eq!(read_off(number, 200.0, 200.0), number);
    }
}

#[test]
fn it_is_read_at_the_coarsest_a_fax_has() {
    assert_eq!(read_off(NUMBER, 204.0, 98.0), NUMBER);
}

#[test]
fn everything_stands_on_the_page_within_its_margins() {
    let long =
        "Northern Plains Cooperative for Employment, Benefits Counseling and Supported Work of the Three Counties";
    let full = CoverSheet { provider: long, submitter: long, ..sheet(NUMBER) };
    let (width, height, dots) = drawn(pdf(&full).unwrap(), 72.0, 72.0).remove(0);
    let rows: Vec<&[u8]> = dots.chunks(usize::try_from(width).unwrap()).collect();
    let is_dark = |dot: &&u8| **dot < 128;
    let margin = 36;
    let inside = |row: &[u8]| row.iter().take(margin).chain(row.iter().rev().take(margin)).filter(is_dark).count();
    assert_eq!(rows.iter().map(|row| inside(row)).sum::<usize>(), 0, "something is cut off at the sides");
    let (top, bottom) = (&rows[..margin], &rows[usize::try_from(height).unwrap() - margin..]);
    assert_eq!(top.iter().chain(bottom).flat_map(|row| row.iter()).filter(is_dark).count(), 0);
    assert!(dots.iter().filter(is_dark).count() > 5_000, "there is hardly anything on the page");
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    assert_eq!(pdf(&sheet(NUMBER)).unwrap(), pdf(&sheet(NUMBER)).unwrap());
}

#[test]
fn a_number_that_cannot_be_printed_is_refused() {
    for number in ["", "WC", "WC 1234", "WC-\n12"] {
        assert_eq!(pdf(&sheet(number)), Err(CoverSheetError::WorkCase), "{number:?}");
    }
}
