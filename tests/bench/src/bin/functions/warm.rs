//! A warm `check-eligibility` with the case in the request, beside a handler that reads and writes as many bytes, and the decision.

use crate::process::{Process, free_port, own_processor_time};
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;
use ttw_bench::peer;
use ttw_bench::table::{Row, print_ratio, print_ratio_head, print_times};
use ttw_core::Engine;

const ROUNDS: usize = 25;
const PER_ROUND: u32 = 1_000;
/// As many are asked at the same time, so that nobody waits for the other and finds its caches cold.
const AT_ONCE: u16 = 8;

/// Asks both in turn, over some connections each, and decides in this process.
pub fn run(functions: &Path, peers: &Path) {
    let engine = Engine::builtin().expect("the built-in parameters");
    let question = peer::question(900, "p1m3").to_string();
    let answer = engine.decide_json(question.as_bytes()).expect("an answer");
    println!("A question of {} bytes, an answer of {} bytes.\n", question.len(), answer.len());

    let ports = [free_port(), free_port()];
    let served = Process::spawn(&functions.join("check-eligibility"), &[""; 0], &[("PORT", ports[0].to_string())]);
    let echoed = Process::spawn(&peers.join("echo"), &[ports[1].to_string(), answer.len().to_string()], &[]);
    let mut connections = ports.map(|port| (0..AT_ONCE).map(|_| Connection::open(port)).collect::<Vec<_>>());
    assert_eq!(connections[0][0].ask(&question), answer.as_bytes(), "the function answers as the engine does");
    assert_eq!(connections[1][0].ask(&question).len(), answer.len());

    let [mut function, mut echo, mut decision] =
        ["check-eligibility", "an axum handler with bodies of these sizes", "the decision, from JSON text to JSON text"].map(Row::new);
    for round in 0..=ROUNDS {
        let mut times = Vec::new();
        for (process, connections) in [&served, &echoed].into_iter().zip(&mut connections) {
            let before = process.processor_time();
            for _ in 0..PER_ROUND / u32::from(AT_ONCE) {
                connections.iter_mut().for_each(|connection| connection.send(&question));
                connections.iter_mut().for_each(|connection| drop(black_box(connection.receive())));
            }
            times.push((process.processor_time() - before) / f64::from(PER_ROUND));
        }
        let before = own_processor_time();
        for _ in 0..PER_ROUND {
            drop(black_box(engine.decide_json(black_box(question.as_bytes()))));
        }
        times.push((own_processor_time() - before) / f64::from(PER_ROUND));
        if round > 0 {
            for (row, time) in [&mut function, &mut echo, &mut decision].into_iter().zip(times) {
                row.rounds.push(time);
            }
        }
    }
    let sum: Vec<f64> = echo.rounds.iter().zip(&decision.rounds).map(|(echo, decision)| echo + decision).collect();
    let rows = [function, echo, decision];
    print_times("µs", &rows);
    print_ratio_head();
    print_ratio("check-eligibility / (handler + decision)", &rows[0].rounds, &sum);
}

/// Tries again until it need not wait: to wake one who sleeps would cost the slower server more than the faster, which finds it awake.
fn awake(mut work: impl FnMut() -> std::io::Result<usize>) -> std::io::Result<usize> {
    loop {
        match work() {
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => std::hint::spin_loop(),
            done => return done,
        }
    }
}

/// A connection that is kept.
struct Connection(TcpStream);

impl Connection {
    fn open(port: u16) -> Self {
        for _ in 0..500 {
            if let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
                stream.set_nodelay(true).expect("a socket");
                stream.set_nonblocking(true).expect("a socket");
                return Self(stream);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("nothing answers on port {port}");
    }

    fn ask(&mut self, question: &str) -> Vec<u8> {
        self.send(question);
        self.receive()
    }

    fn send(&mut self, question: &str) {
        let head = format!(
            "POST /v1/eligibility HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            question.len()
        );
        let whole = [head.as_bytes(), question.as_bytes()].concat();
        let mut sent = 0;
        while sent < whole.len() {
            sent += awake(|| self.0.write(&whole[sent..])).expect("a server that reads");
        }
    }

    /// The body of the answer.
    fn receive(&mut self) -> Vec<u8> {
        let mut read = Vec::with_capacity(16_384);
        let mut chunk = [0; 16_384];
        loop {
            let length = awake(|| self.0.read(&mut chunk)).expect("a server that answers");
            assert!(length > 0, "the connection was closed");
            read.extend_from_slice(&chunk[..length]);
            let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(&read[..end]).expect("headers");
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
            if read.len() == end + 4 + length.expect("a length") {
                return read.split_off(end + 4);
            }
        }
    }
}
