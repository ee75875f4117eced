//! The pages of `docs/rules`, written from the rules' own comments, and the table of rules in the README.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use ttw_core::DIFFERENCES;
use ttw_core::eligibility::{Heading, Rule, rules};

/// Begins and ends the part of the README that is written from the catalogue, and that of the site's contents.
const README_MARKS: (&str, &str) = ("<!-- rules: written by `make docs` -->", "<!-- end of rules -->");
const SITE_MARKS: (&str, &str) = ("  # rules: written by `make docs`", "  # end of rules");

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Every page by its file name: one a rule, and the index.
#[must_use]
pub fn pages() -> BTreeMap<String, String> {
    let mut pages: BTreeMap<String, String> = rules().map(|rule| (format!("{}.md", rule.id), page(rule))).collect();
    pages.insert("README.md".to_owned(), index());
    pages
}

fn page(rule: &Rule) -> String {
    let body = rule.page().replace("\n# ", "\n\n## ").replace("\n\n\n", "\n\n");
    let about = serde_json::to_value(rule.view()).unwrap_or_default();
    let field = |name: &str| about.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let asked = about.get("asked_of").and_then(serde_json::Value::as_array).map_or_else(String::new, |kinds| {
        kinds.iter().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join(", ")
    });
    let asked = if asked.is_empty() { "-".to_owned() } else { asked };
    format!(
        "# {}: {}\n\n{}\n\n| | |\n| --- | --- |\n| Checklist heading | {} |\n| Role | {}, in: {} |\n| Asked of | {asked} |\n| Shown as its source | {} |\n\n[All rules](README.md)\n",
        rule.id,
        rule.name.replace('_', " "),
        spaced(&body),
        rule.heading.title(),
        field("role"),
        field("used_in"),
        rule.source,
    )
}

/// A blank line after each heading.
fn spaced(body: &str) -> String {
    let mut text = String::new();
    for line in body.trim().lines() {
        text.push_str(line);
        text.push_str(if line.starts_with("## ") { "\n\n" } else { "\n" });
    }
    text.trim_end().to_owned()
}

fn index() -> String {
    let mut text = String::from(
        "# Rules\n\nWhat the engine knows, by the headings of the EN Payments Checklist. These pages are written from the comments of the rules\nby `make docs`; `GET /v1/rules` and `ttw.rules()` show the same.\n",
    );
    text.push_str(&tables(""));
    text.push_str(
        "\n## Where the two policies differ\n\n| Rules | `operations` | `regulation` |\n| --- | --- | --- |\n",
    );
    for difference in DIFFERENCES {
        let _ = writeln!(
            text,
            "| {} | {} ({}) | {} ({}) |",
            difference.rules.join(", "),
            difference.operations,
            difference.operations_source,
            difference.regulation,
            difference.regulation_source
        );
    }
    text
}

/// The rules by heading, in the order of the register.
fn by_heading() -> BTreeMap<Heading, Vec<&'static Rule>> {
    let mut by_heading: BTreeMap<Heading, Vec<&Rule>> = BTreeMap::new();
    for rule in rules() {
        by_heading.entry(rule.heading).or_default().push(rule);
    }
    by_heading
}

/// A table for each heading, its links below a folder.
fn tables(folder: &str) -> String {
    let mut text = String::new();
    for (heading, rules) in by_heading() {
        let _ = writeln!(text, "\n## {}\n\n| Rule | |\n| --- | --- |", heading.title());
        for rule in rules {
            let _ = writeln!(text, "| [{}]({folder}{}.md) | {} |", rule.id, rule.id, rule.summary());
        }
    }
    text
}

/// The README with its table of rules as the catalogue has it; none when it lacks the marks.
#[must_use]
pub fn readme(current: &str) -> Option<String> {
    let mut table = String::from("\n| Heading | Rules |\n| --- | --- |\n");
    for (heading, rules) in by_heading() {
        let links = rules.iter().map(|rule| format!("[{0}](docs/rules/{0}.md \"{1}\")", rule.id, rule.name));
        let _ = writeln!(table, "| {} | {} |", heading.title(), links.collect::<Vec<_>>().join(" "));
    }
    table.push('\n');
    between(current, README_MARKS, &table)
}

/// The contents of the site, `mkdocs.yml`, with every rule under its heading; none when it lacks the marks.
#[must_use]
pub fn contents(current: &str) -> Option<String> {
    let mut list = String::from("  - Rules:\n      - rules/README.md\n");
    for (heading, rules) in by_heading() {
        let _ = writeln!(list, "      - {}:", heading.title());
        for rule in rules {
            let _ = writeln!(list, "          - rules/{}.md", rule.id);
        }
    }
    between(current, SITE_MARKS, &list)
}

/// A text with another part between its marks.
fn between(current: &str, (begin, end): (&str, &str), part: &str) -> Option<String> {
    let (head, rest) = current.split_once(begin)?;
    let (_, tail) = rest.split_once(end)?;
    Some(format!("{head}{begin}\n{part}{end}{tail}"))
}
