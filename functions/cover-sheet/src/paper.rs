//! The page: where things stand, in points from its upper left corner.
//!
//! The fonts are two of those that every reader of PDF has, so that none is carried along.

use super::bars::Bars;
use super::text::{latin, lines};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

const WIDTH: f32 = 612.0;
const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 72.0;
/// Where the contents of the fields begin, and how many characters of any kind fit beside them.
const FIELDS: f32 = 260.0;
const FIELD_WIDTH: usize = 30;
const LINE_WIDTH: usize = 96;
/// The width of a module: at least three dots of a fax, which has 204 to the inch.
const MODULE: f32 = 1.5;
/// Light modules on either side.
const QUIET: f32 = 10.0;
const BAR_HEIGHT: f32 = 72.0;

/// Each with its name on the page and the name under which a reader knows it.
const REGULAR: (Name<'_>, Name<'_>) = (Name(b"F1"), Name(b"Helvetica"));
const BOLD: (Name<'_>, Name<'_>) = (Name(b"F2"), Name(b"Helvetica-Bold"));

/// A page in the making.
pub(crate) struct Paper {
    content: Content,
    /// The base of the last line.
    at: f32,
}

impl Paper {
    /// Writes a document of one page.
    pub(crate) fn write(title: &str, draw: impl FnOnce(&mut Self)) -> Vec<u8> {
        let mut paper = Self { content: Content::new(), at: MARGIN };
        draw(&mut paper);
        let [catalog, pages, page, content, info, regular, bold] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(pages).lang(TextStr("en-US"));
        pdf.pages(pages).kids([page]).count(1);
        pdf.document_info(info).title(TextStr(title));
        let mut sheet = pdf.page(page);
        sheet.parent(pages).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(content);
        sheet.resources().fonts().pair(REGULAR.0, regular).pair(BOLD.0, bold);
        sheet.finish();
        for (font, (_, known_as)) in [(regular, REGULAR), (bold, BOLD)] {
            pdf.type1_font(font).base_font(known_as).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        pdf.stream(content, &paper.content.finish());
        pdf.finish()
    }

    pub(crate) fn gap(&mut self, points: f32) {
        self.at += points;
    }

    pub(crate) fn heading(&mut self, text: &str) {
        self.at += 24.0;
        self.put(MARGIN, 24.0, BOLD.0, text);
    }

    pub(crate) fn heading_of_part(&mut self, text: &str) {
        self.at += 20.0;
        self.put(MARGIN, 12.0, BOLD.0, text);
    }

    pub(crate) fn line(&mut self, text: &str) {
        for line in lines(text, LINE_WIDTH) {
            self.at += 15.0;
            self.put(MARGIN, 10.0, REGULAR.0, &line);
        }
    }

    /// A label and what stands beside it.
    pub(crate) fn field(&mut self, label: &str, text: &str) {
        self.at += 5.0;
        for (index, line) in lines(text, FIELD_WIDTH).iter().enumerate() {
            self.at += 16.0;
            if index == 0 {
                self.put(MARGIN, 10.0, BOLD.0, label);
            }
            self.put(FIELDS, 12.0, REGULAR.0, line);
        }
    }

    /// The bar code in the middle of the page, and below it the number, large enough to be typed when the code cannot be read.
    pub(crate) fn bars(&mut self, bars: &Bars, number: &str) {
        let space = WIDTH - 2.0 * MARGIN;
        let modules = f32::from(bars.len());
        let module = MODULE.min(space / (modules + 2.0 * QUIET));
        let left = (WIDTH - modules * module) / 2.0;
        self.at += BAR_HEIGHT;
        for (first, width) in bars.dark() {
            let from = left + f32::from(first) * module;
            self.content.rect(from, HEIGHT - self.at, f32::from(width) * module, BAR_HEIGHT);
        }
        self.content.fill_nonzero();
        self.at += 26.0;
        self.put(left, 18.0, BOLD.0, number);
    }

    fn put(&mut self, left: f32, size: f32, font: Name<'_>, text: &str) {
        self.content.begin_text().set_font(font, size).next_line(left, HEIGHT - self.at);
        self.content.show(Str(&latin(text))).end_text();
    }
}
