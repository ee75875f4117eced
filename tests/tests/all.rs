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
    mod processing;
    mod properties;
    mod readme;
    mod year;

    use serde_json::Value;
    use ttw_tests::golden::{self as cases, ask};

    /// What the core answers to every golden case of a question, and of what happens after a request was received.
    fn golden_answers() -> Vec<Value> {
        let engine = ttw_core::Engine::builtin().unwrap();
        let folder = ttw_tests::rule_pages::root().join("tests/golden");
        let mut answers: Vec<Value> =
            cases::all(&folder).unwrap().iter().map(|case| ask(&engine, &case.question).value()).collect();
        answers.extend(processing::answers(&engine));
        answers
    }
}
