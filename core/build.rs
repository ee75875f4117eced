//! Writes the built-in parameters, which people keep as TOML, as JSON, which is read several times as fast.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=params");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for entry in fs::read_dir("params")? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_stem().ok_or("a file without a name")?;
        let table: toml::Table =
            toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        fs::write(out.join(name).with_extension("json"), serde_json::to_string(&table)?)?;
    }
    Ok(())
}
