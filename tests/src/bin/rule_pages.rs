//! Writes `docs/rules` and the README's table of rules from the catalogue.

use std::fs;
use std::io::{Error, Result};
use ttw_tests::rule_pages::{pages, readme, root};

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
    let path = root().join("README.md");
    let updated = readme(&fs::read_to_string(&path)?)
        .ok_or_else(|| Error::other("README.md lacks the marks of the rules' table"))?;
    fs::write(path, updated)?;
    println!("{} pages in docs/rules", pages.len());
    Ok(())
}
