//! Settings from the environment. All that is wrong with them is said at once.

mod environment;
mod folder;

use crate::identity::{KeySource, StepUp, TrustedIssuer, is_trustworthy};
use crate::store::{KeySettings, StoreSettings};
use crate::vault::KmsSettings;
use axum::http::HeaderValue;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use environment::Environment;
use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use ttw_core::forms::People;
use ttw_core::{Engine, Problem};

/// Port of the local server when none is given.
pub const DEFAULT_PORT: u16 = 9000;
/// Name of the table when none is given.
pub const DEFAULT_TABLE: &str = "ticket-to-work";
/// The stage in which Lambda may take test people.
const TEST_STAGE: &str = "test";

/// What can be set from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `TTW_ADDRESS`, or `PORT` on the loopback address: where the server listens outside Lambda.
    pub address: SocketAddr,
    /// `TTW_ALLOWED_ORIGINS`: the origins whose pages may call, separated by commas. None unless given.
    pub allowed_origins: Vec<HeaderValue>,
    /// `TTW_PARAMS_DIR`: a folder of parameter files with later values.
    pub params_dir: Option<PathBuf>,
    /// `TTW_OPTIONS_DIR`: a folder of option lists in place of the built-in ones.
    pub options_dir: Option<PathBuf>,
    /// `TTW_PEOPLE`: `real`, or `test` for numbers of test people alone. In Lambda `test` needs the stage `test`.
    pub people: People,
    /// `TTW_STAGE`: the deployment's name, such as `production` or `test`.
    pub stage: Option<String>,
    /// `TTW_ISSUER`, `TTW_AUDIENCE` (separated by commas) and `TTW_JWKS_URL`: whose tokens are taken. They go together.
    pub issuer: Option<TrustedIssuer>,
    /// `TTW_STEP_UP`: what every session must show, `amr=mfa` or `acr=…`.
    pub step_up: Option<StepUp>,
    /// `TTW_TABLE`: the table's name.
    pub table: Option<String>,
    /// `TTW_KEY_FILE`: the key by which a laptop wraps keys.
    pub key_file: Option<PathBuf>,
    /// `TTW_KMS_KEY_ID`: the key by which AWS KMS wraps keys.
    pub kms_key_id: Option<String>,
    /// `TTW_INDEX_KEY`: the key of the blind index, wrapped, in base64.
    pub index_key: Option<String>,
    /// `TTW_TOKEN_KEY`: the key of review tokens and cursors, wrapped, in base64.
    pub token_key: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)),
            allowed_origins: Vec::new(),
            params_dir: None,
            options_dir: None,
            people: People::Real,
            stage: None,
            issuer: None,
            step_up: None,
            table: None,
            key_file: None,
            kms_key_id: None,
            index_key: None,
            token_key: None,
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
        let env = &mut Environment::new(look_up);
        let settings = Self {
            address: address(env.text("TTW_ADDRESS"), env.text("PORT"), &mut env.problems),
            allowed_origins: env
                .list("TTW_ALLOWED_ORIGINS")
                .iter()
                .filter_map(|text| origin(text, &mut env.problems))
                .collect(),
            params_dir: env.path("TTW_PARAMS_DIR"),
            options_dir: env.path("TTW_OPTIONS_DIR"),
            people: env.parsed("TTW_PEOPLE", "is neither real nor test", people).unwrap_or(People::Real),
            stage: env.parsed("TTW_STAGE", "is not a name; use lower-case letters, digits and hyphens", stage),
            issuer: issuer(env),
            step_up: env.parsed("TTW_STEP_UP", "is not a claim; write it as amr=mfa or acr=…", StepUp::parse),
            table: env.parsed("TTW_TABLE", "is not the name of a table", table),
            key_file: env.path("TTW_KEY_FILE"),
            kms_key_id: env.parsed("TTW_KMS_KEY_ID", "is not the id, alias or ARN of a key", kms_key),
            index_key: env.parsed("TTW_INDEX_KEY", NOT_WRAPPED, wrapped_key),
            token_key: env.parsed("TTW_TOKEN_KEY", NOT_WRAPPED, wrapped_key),
        };
        let is_lambda = env.text("AWS_LAMBDA_FUNCTION_NAME").is_some();
        env.problems.extend(settings.contradictions(is_lambda).map(str::to_owned));
        if env.problems.is_empty() { Ok(settings) } else { Err(std::mem::take(&mut env.problems)) }
    }

    /// Settings that are readable each, and wrong together or in Lambda.
    fn contradictions(&self, is_lambda: bool) -> impl Iterator<Item = &'static str> {
        let is_test_stage = self.stage.as_deref() == Some(TEST_STAGE);
        let has_wrapped_keys = self.index_key.is_some() || self.token_key.is_some();
        let has_wrapping_key = self.key_file.is_some() || self.kms_key_id.is_some();
        [
            (is_lambda && self.people == People::Test && !is_test_stage).then_some(
                "TTW_PEOPLE=test is refused here: test people belong in a deployment with TTW_STAGE=test; leave it out.",
            ),
            // Under an emulator on a laptop there are test people, and those have nothing that a key file could give away.
            (is_lambda && self.key_file.is_some() && self.people == People::Real)
                .then_some("TTW_KEY_FILE is for a laptop; in Lambda set TTW_KMS_KEY_ID instead."),
            (self.key_file.is_some() && self.kms_key_id.is_some())
                .then_some("TTW_KEY_FILE and TTW_KMS_KEY_ID are both set; keep one of them."),
            (has_wrapped_keys && !has_wrapping_key)
                .then_some("TTW_INDEX_KEY and TTW_TOKEN_KEY are wrapped keys; set TTW_KMS_KEY_ID or TTW_KEY_FILE too."),
        ]
        .into_iter()
        .flatten()
    }

    /// Where the table is and who keeps its keys.
    #[must_use]
    pub fn store(&self) -> StoreSettings {
        let key = |wrapped: &Option<String>| {
            wrapped.as_deref().and_then(|text| BASE64_STANDARD.decode(text).ok()).unwrap_or_default()
        };
        let keys = match (&self.kms_key_id, &self.key_file) {
            (Some(master), _) => KeySettings::Kms(KmsSettings {
                master: master.clone(),
                index: key(&self.index_key),
                token: key(&self.token_key),
            }),
            (None, Some(path)) => KeySettings::File(path.clone()),
            (None, None) => KeySettings::None,
        };
        StoreSettings { table: self.table.clone().unwrap_or_else(|| DEFAULT_TABLE.to_owned()), keys }
    }

    /// The engine with the parameter files and option lists of these settings.
    ///
    /// # Errors
    /// A sentence for each problem of each file.
    pub fn engine(&self) -> Result<Engine, Vec<String>> {
        let read = |name: &str, dir: &Option<PathBuf>| {
            dir.as_deref().map_or(Ok(Vec::new()), |dir| folder::toml_files(name, dir))
        };
        let (params, options) =
            match (read("TTW_PARAMS_DIR", &self.params_dir), read("TTW_OPTIONS_DIR", &self.options_dir)) {
                (Ok(params), Ok(options)) => (params, options),
                (params, options) => {
                    return Err([params.err(), options.err()].into_iter().flatten().flatten().collect());
                }
            };
        let engine = if params.is_empty() { Engine::builtin() } else { Engine::with_params(folder::pairs(&params)) };
        let engine = engine.map_err(|problems| sentences("parameters", &problems))?;
        if options.is_empty() {
            return Ok(engine);
        }
        engine.with_options(folder::pairs(&options)).map_err(|problems| sentences("options", &problems))
    }
}

fn sentences(what: &str, problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{what} {}: {}: {}", problem.path, problem.code, problem.message)).collect()
}

fn people(text: &str) -> Option<People> {
    match text {
        "real" => Some(People::Real),
        "test" => Some(People::Test),
        _ => None,
    }
}

fn stage(text: &str) -> Option<String> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (text.len() <= 32 && text.bytes().all(is_name)).then(|| text.to_owned())
}

fn table(text: &str) -> Option<String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    ((3..=255).contains(&text.len()) && text.bytes().all(is_name)).then(|| text.to_owned())
}

fn kms_key(text: &str) -> Option<String> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b':');
    (text.len() <= 2048 && text.bytes().all(is_id)).then(|| text.to_owned())
}

const NOT_WRAPPED: &str = "is not a wrapped key; write its ciphertext in base64";

fn wrapped_key(text: &str) -> Option<String> {
    BASE64_STANDARD.decode(text).is_ok().then(|| text.to_owned())
}

/// Whose tokens are taken: three settings that mean nothing one without the others.
fn issuer<F: Fn(&str) -> Option<OsString>>(env: &mut Environment<F>) -> Option<TrustedIssuer> {
    let names = ["TTW_ISSUER", "TTW_AUDIENCE", "TTW_JWKS_URL"];
    let missing: Vec<&str> = names.into_iter().filter(|name| env.text(name).is_none()).collect();
    if !missing.is_empty() && missing.len() < names.len() {
        env.problems.push(format!("{} go together; set {} too.", names.join(", "), missing.join(" and ")));
    }
    let address = "is not an address that can be trusted; write it as https://id.example/…";
    let issuer = env.parsed("TTW_ISSUER", address, |text| is_trustworthy(text).then(|| text.to_owned()));
    let keys = env.parsed("TTW_JWKS_URL", "is neither an https address nor file:/…", KeySource::parse);
    Some(TrustedIssuer {
        issuer: issuer?,
        audience: Some(env.list("TTW_AUDIENCE")).filter(|all| !all.is_empty())?,
        keys: keys?,
    })
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

    #[test]
    fn an_issuer_is_three_settings() {
        let all = [
            ("TTW_ISSUER", "https://id.example/pool"),
            ("TTW_AUDIENCE", "portal, page"),
            ("TTW_JWKS_URL", "https://id.example/pool/jwks.json"),
        ];
        let issuer = read(&all).unwrap().issuer.unwrap();
        assert_eq!(issuer.audience, ["portal", "page"]);
        assert_eq!(issuer.keys, KeySource::Url("https://id.example/pool/jwks.json".to_owned()));
        for left_out in 0..all.len() {
            let some: Vec<_> =
                all.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, x)| *x).collect();
            let problems = read(&some).unwrap_err();
            assert!(problems[0].ends_with(&format!("set {} too.", all[left_out].0)), "{problems:?}");
        }
        let insecure = [("TTW_ISSUER", "http://id.example"), all[1], ("TTW_JWKS_URL", "http://id.example/jwks.json")];
        assert_eq!(read(&insecure).unwrap_err().len(), 2);
    }

    #[test]
    fn test_people_come_to_lambda_only_in_the_test_stage() {
        let (lambda, test) = (("AWS_LAMBDA_FUNCTION_NAME", "submit-pr"), ("TTW_PEOPLE", "test"));
        assert_eq!(read(&[lambda]).unwrap().people, People::Real);
        assert_eq!(read(&[test]).unwrap().people, People::Test);
        assert_eq!(read(&[test, lambda, ("TTW_STAGE", "test")]).unwrap().people, People::Test);
        for stage in ["production", "tests", ""] {
            let problems = read(&[test, lambda, ("TTW_STAGE", stage)]).unwrap_err();
            assert!(problems[0].starts_with("TTW_PEOPLE=test is refused here"), "{problems:?}");
        }
        assert_eq!(read(&[("TTW_PEOPLE", "both")]).unwrap_err(), ["TTW_PEOPLE is neither real nor test."]);
    }

    #[test]
    fn keys_are_wrapped_by_one_key_and_in_lambda_by_kms() {
        let (file, kms) = (("TTW_KEY_FILE", "/k"), ("TTW_KMS_KEY_ID", "alias/ttw"));
        let (index, lambda) = (("TTW_INDEX_KEY", "AQID"), ("AWS_LAMBDA_FUNCTION_NAME", "eir"));
        let settings = read(&[kms, index, lambda, ("TTW_TABLE", "ttw")]).unwrap();
        assert_eq!(settings.index_key.as_deref(), Some("AQID"));
        assert_eq!(settings.table.as_deref(), Some("ttw"));
        assert!(read(&[file, index]).is_ok());
        // As under an emulator: test people, whom Lambda takes in the test stage alone.
        assert!(read(&[file, lambda, ("TTW_PEOPLE", "test"), ("TTW_STAGE", "test")]).is_ok());
        assert!(read(&[file, lambda, ("TTW_STAGE", "test")]).is_err());
        for wrong in [&[index][..], &[file, kms], &[file, lambda], &[kms, ("TTW_TOKEN_KEY", "not base64")]] {
            assert_eq!(read(wrong).unwrap_err().len(), 1, "{wrong:?}");
        }
    }

    #[test]
    fn a_second_step_is_a_claim() {
        assert_eq!(read(&[("TTW_STEP_UP", "amr=mfa")]).unwrap().step_up, Some(StepUp::Method("mfa".into())));
        for wrong in ["mfa", "amr=", "sub=x"] {
            assert_eq!(read(&[("TTW_STEP_UP", wrong)]).unwrap_err().len(), 1, "{wrong}");
        }
    }
}
