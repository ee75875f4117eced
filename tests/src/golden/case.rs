//! The files of golden cases.

use super::expect::Expect;
use super::facts::Facts;
use super::keys::Keys;
use super::notation::Parsed;
use super::question::Question;
use std::fs;
use std::path::Path;

/// A golden case.
#[derive(Debug, Clone)]
pub struct Case {
    /// A sentence.
    pub name: String,
    /// Where the case comes from.
    pub source: String,
    /// The file's name.
    pub file: String,
    /// What is asked.
    pub question: Question,
    /// What is expected.
    pub expect: Expect,
}

/// One file of cases.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The file's name.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Reads the cases.
    ///
    /// # Errors
    /// The first thing that is wrong: the form of the file, an unknown key, a line that cannot be read.
    pub fn cases(self) -> Parsed<Vec<Case>> {
        let table = self.text.parse::<toml::Table>().map_err(|error| format!("{}: {error}", self.file))?;
        let mut keys = Keys::new(table);
        let (common, tables) = head(&mut keys).map_err(|problem| format!("{}: {problem}", self.file))?;
        let mut cases = Vec::new();
        for (index, table) in tables.into_iter().enumerate() {
            let case =
                self.case(table, &common).map_err(|problem| format!("{}: case {}: {problem}", self.file, index + 1));
            cases.push(case?);
        }
        Ok(cases)
    }

    fn case(self, mut keys: Keys, common: &Facts) -> Parsed<Case> {
        let name = keys.required("name")?;
        let within = |problem: String| format!("\"{name}\": {problem}");
        let source = keys.required("source").map_err(within)?;
        let question = Question::take(&mut keys, common).map_err(within)?;
        let expect =
            keys.table("expect").and_then(|table| table.ok_or_else(|| "`[case.expect]` is missing".to_owned()));
        let expect = expect.and_then(Expect::take).map_err(within)?;
        keys.finish().map_err(within)?;
        Ok(Case { source, file: self.file.to_owned(), question, expect, name })
    }
}

/// Beside `about`, which is for the reader: the `[common]` facts of all the file's cases, and the cases.
fn head(keys: &mut Keys) -> Parsed<(Facts, Vec<Keys>)> {
    keys.required("about")?;
    let mut common = keys.table("common")?.unwrap_or_default();
    let facts = Facts::take(&mut common)?;
    common.finish()?;
    let cases = keys.tables("case")?;
    std::mem::take(keys).finish()?;
    Ok((facts, cases))
}

/// All cases of all `.toml` files of a folder, files in order of name.
///
/// # Errors
/// What is wrong with the folder or the first bad file.
pub fn all(folder: &Path) -> Parsed<Vec<Case>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        cases.extend(Source { file: &file, text: &text }.cases()?);
    }
    Ok(cases)
}
