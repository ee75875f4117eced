//! Writes `docs/rules`, the README's table of rules and the site's contents from the catalogue.

use std::fs;
use std::io::{Error, Result};
use ttw_tests::rule_pages::{contents, pages, readme, root};

/// A file with its list of rules written anew.
type Written = fn(&str) -> Option<String>;

fn main() -> Result<()> {
    let folder = root().join("docs/rules");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let pages = pages();
    for (name, text) in &pages {
        fs::write(folder.join(name), text)?;
    }
    for (name, write) in [("README.md", readme as Written), ("mkdocs.yml", contents as Written)] {
        let path = root().join(name);
        let updated = write(&fs::read_to_string(&path)?)
            .ok_or_else(|| Error::other(format!("{name} lacks the marks of its list of rules")))?;
        fs::write(path, updated)?;
    }
    println!("{} pages in docs/rules", pages.len());
    Ok(())
}
