//! `make bench-functions`: what the functions add to what a function must cost. Its argument is the folder of the built functions.
//!
//! The functions are the programs that are deployed. Time is that of the processor, which the kernel counts for their one thread; only
//! the start is also told as it passes on the clock.

mod process;
mod start;
mod warm;

use std::path::PathBuf;

fn main() {
    let functions = PathBuf::from(std::env::args_os().nth(1).expect("the folder of the built functions"));
    let peers = std::env::current_exe().expect("this program").with_file_name("");
    warm::run(&functions, &peers);
    start::run(&functions, &peers);
}
