//! The page: where things stand, in points from its upper left corner.

use super::bars::Bars;
use super::text::lines;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

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

/// A page in the making.
pub(crate) struct Paper<'p, 's> {
    surface: &'p mut Surface<'s>,
    regular: Font,
    bold: Font,
    /// The base of the last line.
    at: f32,
}

impl Paper<'_, '_> {
    /// Writes a document of one page; none when it cannot be.
    pub(crate) fn write(title: &str, draw: impl FnOnce(&mut Paper<'_, '_>)) -> Option<Vec<u8>> {
        let regular = Font::new(dejavu::sans::regular().into(), 0)?;
        let bold = Font::new(dejavu::sans::bold().into(), 0)?;
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(title.to_owned()).language("en-US".to_owned()));
        let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        draw(&mut Paper { surface: &mut surface, regular, bold, at: MARGIN });
        surface.finish();
        page.finish();
        document.finish().ok()
    }

    pub(crate) fn gap(&mut self, points: f32) {
        self.at += points;
    }

    pub(crate) fn heading(&mut self, text: &str) {
        self.at += 24.0;
        self.put(MARGIN, 24.0, &self.bold.clone(), text);
    }

    pub(crate) fn heading_of_part(&mut self, text: &str) {
        self.at += 20.0;
        self.put(MARGIN, 12.0, &self.bold.clone(), text);
    }

    pub(crate) fn line(&mut self, text: &str) {
        for line in lines(text, LINE_WIDTH) {
            self.at += 15.0;
            self.put(MARGIN, 9.0, &self.regular.clone(), &line);
        }
    }

    /// A label and what stands beside it.
    pub(crate) fn field(&mut self, label: &str, text: &str) {
        self.at += 5.0;
        let lines = lines(text, FIELD_WIDTH);
        for (index, line) in lines.iter().enumerate() {
            self.at += 16.0;
            if index == 0 {
                self.put(MARGIN, 9.0, &self.bold.clone(), label);
            }
            self.put(FIELDS, 11.0, &self.regular.clone(), line);
        }
    }

    /// The bar code in the middle of the page, and below it the number, large enough to be typed when the code cannot be read.
    pub(crate) fn bars(&mut self, bars: &Bars, number: &str) {
        let space = WIDTH - 2.0 * MARGIN;
        let modules = f32::from(bars.len());
        let module = MODULE.min(space / (modules + 2.0 * QUIET));
        let left = (WIDTH - modules * module) / 2.0;
        for (first, width) in bars.dark() {
            let from = left + f32::from(first) * module;
            if let Some(bar) = Rect::from_xywh(from, self.at, f32::from(width) * module, BAR_HEIGHT) {
                let mut path = PathBuilder::new();
                path.push_rect(bar);
                if let Some(path) = path.finish() {
                    self.surface.draw_path(&path);
                }
            }
        }
        self.at += BAR_HEIGHT + 26.0;
        self.put(left, 18.0, &self.bold.clone(), number);
    }

    fn put(&mut self, left: f32, size: f32, font: &Font, text: &str) {
        let start = Point::from_xy(left, self.at);
        self.surface.draw_text(start, font.clone(), size, text, false, TextDirection::LeftToRight);
    }
}
