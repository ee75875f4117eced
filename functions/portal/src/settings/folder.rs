//! Folders of files that an operator adds.

use std::fs;
use std::path::Path;

/// The files of a folder that end in `.toml`, with their text; `setting` names the folder in what goes wrong.
pub(super) fn toml_files(setting: &str, folder: &Path) -> Result<Vec<(String, String)>, Vec<String>> {
    let unreadable =
        |path: &Path, error: &std::io::Error| format!("{setting}: {} cannot be read: {error}.", path.display());
    let entries = fs::read_dir(folder).map_err(|error| vec![unreadable(folder, &error)])?;
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for entry in entries {
        let path = match entry {
            Ok(entry) => entry.path(),
            Err(error) => {
                problems.push(unreadable(folder, &error));
                continue;
            }
        };
        let (Some(name), true) = (path.file_name(), path.extension().is_some_and(|ending| ending == "toml")) else {
            continue;
        };
        match fs::read_to_string(&path) {
            Ok(text) => files.push((name.to_string_lossy().into_owned(), text)),
            Err(error) => problems.push(unreadable(&path, &error)),
        }
    }
    files.sort_unstable();
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Names and texts as the engine takes them.
pub(super) fn pairs(files: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}
