//! The tests of the workspace as a whole, in one binary.

#[cfg(test)]
mod all {
    mod bad_input;
    mod catalogue;
    mod codes;
    mod forms;
    mod golden;
    mod http;
    mod portal;
    mod properties;
    mod readme;

    use serde_json::Value;
    use ttw_tests::golden::{self as cases, ask};

    /// What the core answers to every golden case.
    fn golden_answers() -> Vec<Value> {
        let engine = ttw_core::Engine::builtin().unwrap();
        let folder = ttw_tests::rule_pages::root().join("tests/golden");
        cases::all(&folder).unwrap().iter().map(|case| ask(&engine, &case.question).value()).collect()
    }
}
