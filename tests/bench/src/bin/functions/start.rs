//! From the start of a function's process to the moment at which it asks for its first event.

use crate::process::Process;
use std::io::{ErrorKind, Read};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};
use ttw_bench::table::{Row, print_ratio, print_ratio_head, print_times};

const ROUNDS: usize = 40;
const FUNCTIONS: [&str; 9] =
    ["check-eligibility", "submit-pr", "eir", "iwp", "form-1365", "tpr", "claims", "notify", "sweep"];

/// Starts each in turn.
pub fn run(functions: &Path, peers: &Path) {
    let runtime = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = runtime.local_addr().expect("an address");
    let environment = [
        ("AWS_LAMBDA_RUNTIME_API", address.to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", "bench".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "bench".to_owned()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "bench".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "bench".to_owned()),
        // Nothing answers here: what a function opens before its first event it opens in vain.
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9".to_owned()),
        ("TTW_TABLE", "ticket-to-work".to_owned()),
        ("TTW_KMS_KEY_ID", "alias/ticket-to-work".to_owned()),
        ("TTW_MAIL_TRANSPORT", "ses".to_owned()),
        ("TTW_MAIL_FROM", "Ticket Portal <portal@localhost.example>".to_owned()),
        ("TTW_MAIL_INTAKE_TO", "intake@localhost.example".to_owned()),
    ];
    let programs: Vec<_> = std::iter::once((peers.join("hello"), "lambda_http, hello"))
        .chain(FUNCTIONS.map(|name| (functions.join(name), name)))
        .collect();
    let mut clock: Vec<Row> = programs.iter().map(|(_, name)| Row::new(*name)).collect();
    let mut processor: Vec<Row> = programs.iter().map(|(_, name)| Row::new(*name)).collect();
    for round in 0..=ROUNDS {
        for (place, (program, _)) in programs.iter().enumerate() {
            let began = Instant::now();
            let mut process = Process::spawn(program, &[""; 0], &environment);
            let mut connection = accepted(&runtime, &mut process, program);
            let mut first = [0; 64];
            let length = connection.read(&mut first).expect("a poll");
            let (elapsed, used) = (began.elapsed(), process.processor_time());
            assert!(first[..length].starts_with(b"GET /2018-06-01/runtime/invocation/next"));
            if round > 0 {
                clock[place].rounds.push(elapsed.as_secs_f64() * 1e6);
                processor[place].rounds.push(used / 1e3);
            }
        }
    }
    println!("\nStart to first poll, on the clock:\n");
    print_times("ms", &clock);
    println!("\nStart to first poll, processor time:\n");
    print_times("ms", &processor);
    print_ratio_head();
    for place in 1..programs.len() {
        let name = programs[place].1;
        print_ratio(&format!("{name} / hello, clock"), &clock[place].rounds, &clock[0].rounds);
        print_ratio(&format!("{name} / hello, processor"), &processor[place].rounds, &processor[0].rounds);
    }
}

/// The connection of a program that polls; one that ends instead is said.
fn accepted(runtime: &TcpListener, process: &mut Process, program: &Path) -> TcpStream {
    runtime.set_nonblocking(true).expect("a socket");
    loop {
        match runtime.accept() {
            Ok((connection, _)) => {
                connection.set_nonblocking(false).expect("a socket");
                return connection;
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                assert!(!process.has_ended(), "{} ended before it polled", program.display());
                std::thread::sleep(Duration::from_micros(50));
            }
            Err(error) => panic!("{error}"),
        }
    }
}
