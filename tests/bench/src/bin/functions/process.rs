//! A program that is run, and what it has used of the processor.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A program; it ends with this.
pub struct Process(Child);

impl Process {
    /// Runs a program with nothing of this one's environment.
    pub fn spawn<S: AsRef<OsStr>>(program: &Path, arguments: &[S], environment: &[(&str, String)]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).env_clear().envs(environment.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().unwrap_or_else(|error| panic!("{}: {error}", program.display())))
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|status| status.is_some())
    }

    /// Nanoseconds that its main thread has run.
    pub fn processor_time(&self) -> f64 {
        processor_time(&format!("/proc/{}/schedstat", self.0.id()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Nanoseconds that this thread has run.
pub fn own_processor_time() -> f64 {
    processor_time("/proc/thread-self/schedstat")
}

fn processor_time(file: &str) -> f64 {
    let text = std::fs::read_to_string(file).expect("what the scheduler counts");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("nanoseconds")
}

/// A port that is free now.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a port").port()
}
