//! Settings from the environment. All that is wrong with them is said at once.

use axum::http::HeaderValue;
use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use ttw_core::Engine;

/// Port of the local server when none is given.
pub const DEFAULT_PORT: u16 = 9000;

/// What can be set from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `TTW_ADDRESS`, or `PORT` on the loopback address: where the server listens outside Lambda.
    pub address: SocketAddr,
    /// `TTW_ALLOWED_ORIGINS`: the origins whose pages may call, separated by commas. None unless given.
    pub allowed_origins: Vec<HeaderValue>,
    /// `TTW_PARAMS_DIR`: a folder of parameter files with later values.
    pub params_dir: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)),
            allowed_origins: Vec::new(),
            params_dir: None,
        }
    }
}

impl Settings {
    /// The settings of this process.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn from_env() -> Result<Self, Vec<String>> {
        Self::read(|name| std::env::var_os(name))
    }

    /// The settings by a function that looks them up.
    ///
    /// # Errors
    /// A sentence for each that cannot be used.
    pub fn read(look_up: impl Fn(&str) -> Option<OsString>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let given = |name: &str| look_up(name).filter(|value| !value.is_empty());
        let text = |name: &str| given(name).map(|value| value.to_string_lossy().into_owned());
        let address = address(text("TTW_ADDRESS"), text("PORT"), &mut problems);
        let origins = text("TTW_ALLOWED_ORIGINS").unwrap_or_default();
        let allowed_origins = origins
            .split(',')
            .map(str::trim)
            .filter(|origin| !origin.is_empty())
            .filter_map(|o| origin(o, &mut problems))
            .collect();
        let params_dir = given("TTW_PARAMS_DIR").map(PathBuf::from);
        if problems.is_empty() { Ok(Self { address, allowed_origins, params_dir }) } else { Err(problems) }
    }

    /// The engine with the parameter files of these settings.
    ///
    /// # Errors
    /// A sentence for each problem of each file.
    pub fn engine(&self) -> Result<Engine, Vec<String>> {
        let files = self.params_dir.as_deref().map_or(Ok(Vec::new()), parameter_files)?;
        let engine = if files.is_empty() {
            Engine::builtin()
        } else {
            Engine::with_params(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
        };
        engine.map_err(|problems| {
            problems
                .iter()
                .map(|problem| format!("parameters {}: {}: {}", problem.path, problem.code, problem.message))
                .collect()
        })
    }
}

fn address(address: Option<String>, port: Option<String>, problems: &mut Vec<String>) -> SocketAddr {
    let default = Settings::default().address;
    let read = match (address, port) {
        (Some(address), _) => address.parse().map_err(|_| "TTW_ADDRESS is not an address; write it as 127.0.0.1:9000."),
        (None, Some(port)) => port
            .parse()
            .map(|port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .map_err(|_| "PORT is not a port; write a number from 0 to 65535."),
        (None, None) => Ok(default),
    };
    read.unwrap_or_else(|problem: &str| {
        problems.push(problem.to_owned());
        default
    })
}

/// `https://portal.example`: a scheme and a host, no path, and not every origin at once.
fn origin(text: &str, problems: &mut Vec<String>) -> Option<HeaderValue> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_origin = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', ' ']));
    let value = HeaderValue::from_str(text).ok().filter(|_| is_origin);
    if value.is_none() {
        problems.push(format!("TTW_ALLOWED_ORIGINS: {text} is not an origin; write it as https://portal.example."));
    }
    value
}

/// The files of a folder that end in `.toml`, with their text.
fn parameter_files(folder: &Path) -> Result<Vec<(String, String)>, Vec<String>> {
    let unreadable =
        |path: &Path, error: &std::io::Error| format!("TTW_PARAMS_DIR: {} cannot be read: {error}.", path.display());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, Vec<String>> {
        Settings::read(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)))
    }

    #[test]
    fn nothing_set_is_loopback_without_cross_origin_calls() {
        let settings = read(&[]).unwrap();
        assert_eq!(settings.address.to_string(), "127.0.0.1:9000");
        assert_eq!(settings, Settings::default());
        assert_eq!(read(&[("PORT", ""), ("TTW_PARAMS_DIR", "")]).unwrap(), settings);
    }

    #[test]
    fn an_address_outranks_a_port() {
        assert_eq!(read(&[("PORT", "9123")]).unwrap().address.to_string(), "127.0.0.1:9123");
        assert_eq!(read(&[("PORT", "1"), ("TTW_ADDRESS", "[::1]:80")]).unwrap().address.to_string(), "[::1]:80");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let problems = read(&[("PORT", "http"), ("TTW_ALLOWED_ORIGINS", "*, https://a.example, https://b.example/x,")])
            .unwrap_err();
        assert_eq!(problems.len(), 3, "{problems:?}");
    }

    #[test]
    fn origins_are_taken_as_written() {
        let settings = read(&[("TTW_ALLOWED_ORIGINS", "https://a.example, http://localhost:5173")]).unwrap();
        assert_eq!(settings.allowed_origins, ["https://a.example", "http://localhost:5173"]);
    }
}
