//! The local server as a process: what it prints works as it stands.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A process that ends with its test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How many servers were started: each has a folder of its own.
static SERVERS: AtomicUsize = AtomicUsize::new(0);

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ttw-local"));
    for name in [
        "PORT",
        "TTW_ADDRESS",
        "TTW_ALLOWED_ORIGINS",
        "TTW_PARAMS_DIR",
        "AWS_LAMBDA_RUNTIME_API",
        "AWS_LAMBDA_FUNCTION_NAME",
    ] {
        command.env_remove(name);
    }
    let number = SERVERS.fetch_add(1, Ordering::Relaxed);
    command.env("TTW_LOCAL_DIR", format!("{}/server-{}-{number}", env!("CARGO_TARGET_TMPDIR"), std::process::id()));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the server prints until it has nothing more to say.
fn printed(server: &mut Server) -> Vec<String> {
    let lines = BufReader::new(server.0.stdout.take().unwrap()).lines();
    let mut all = Vec::new();
    for line in lines {
        let line = line.unwrap();
        let is_last = line.starts_with("curl");
        all.push(line);
        if is_last {
            break;
        }
    }
    all
}

fn refused(command: &mut Command) -> (Option<i32>, String) {
    let mut server = Server(command.spawn().unwrap());
    let began = Instant::now();
    while server.0.try_wait().unwrap().is_none() {
        assert!(began.elapsed() < Duration::from_secs(20), "still running");
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut text = String::new();
    server.0.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    (server.0.wait().unwrap().code(), text)
}

#[test]
fn the_printed_line_asks_a_question_that_is_answered() {
    let mut server = Server(command().env("PORT", "0").spawn().unwrap());
    let lines = printed(&mut server);
    assert!(lines[0].starts_with("Listening on http://127.0.0.1:"), "{lines:?}");
    let curl = lines.last().unwrap();
    let answer = Command::new("bash").args(["-c", curl]).current_dir("/").output().unwrap();
    assert!(answer.status.success(), "{curl}: {answer:?}");
    let answer = String::from_utf8(answer.stdout).unwrap();
    assert!(answer.starts_with("{\"decision\":\"payable\""), "{answer}");
    assert!(answer.ends_with('}') && answer.contains("\"rules_version\":"), "{answer}");
}

#[test]
fn a_port_in_use_is_said_with_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let (code, text) = refused(command().env("PORT", port.to_string()));
    assert_eq!(code, Some(2), "{text}");
    let expected =
        format!("127.0.0.1:{port} is already in use; stop what listens there, or set PORT to another number.\n");
    assert_eq!(text, expected);
}

#[test]
fn bad_settings_are_all_said_with_exit_code_2() {
    let (code, text) = refused(command().env("PORT", "http").env("TTW_ALLOWED_ORIGINS", "*"));
    assert_eq!(code, Some(2));
    assert_eq!(text.lines().count(), 2, "{text}");
    let (code, text) = refused(command().env("TTW_PARAMS_DIR", "/no/such/folder"));
    assert_eq!(code, Some(2));
    assert!(text.starts_with("TTW_PARAMS_DIR: /no/such/folder cannot be read"), "{text}");
}

#[test]
fn it_does_not_start_in_lambda() {
    for name in ["AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME"] {
        let (code, text) = refused(command().env("PORT", "0").env(name, "x"));
        assert_eq!(code, Some(2));
        assert!(text.starts_with(&format!("{name} is set: ")), "{text}");
    }
}
