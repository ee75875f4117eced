//! The engine of a process, made while its first event is asked for.

use crate::Settings;
use std::sync::{Arc, OnceLock};
use std::thread;
use ttw_core::Engine;

/// An engine that is there, or on its way. A clone is the same one.
#[derive(Debug, Clone)]
pub struct Rules(Arc<OnceLock<Engine>>);

impl Rules {
    /// An engine that is there.
    #[must_use]
    pub fn ready(engine: Engine) -> Self {
        Self(Arc::new(OnceLock::from(engine)))
    }

    /// The engine of the settings. The built-in one, with which nothing can be wrong, is made on a thread of its own.
    ///
    /// # Errors
    /// A sentence for each problem of a parameter file or an option list.
    pub fn of(settings: &Settings) -> Result<Self, Vec<String>> {
        let is_builtin = settings.params_dir.is_none() && settings.options_dir.is_none();
        match if is_builtin { Self::apart() } else { None } {
            Some(rules) => Ok(rules),
            None => settings.engine().map(Self::ready),
        }
    }

    /// None where there can be no thread.
    fn apart() -> Option<Self> {
        let rules = Self(Arc::new(OnceLock::new()));
        let place = Arc::clone(&rules.0);
        let make = move || match Engine::builtin() {
            Ok(engine) => place.set(engine).is_ok(),
            // The tests of `core` see to it that this never happens; a function without rules is to answer nothing.
            Err(_) => std::process::abort(),
        };
        thread::Builder::new().spawn(make).ok().map(|_| rules)
    }

    /// The engine, as soon as it is there.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        self.0.wait()
    }
}
