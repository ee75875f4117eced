//! A peer: an axum handler that takes a body and gives one of a fixed size. Its arguments are the port and the size.

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use std::net::Ipv4Addr;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>().expect("a number"));
    let port = u16::try_from(arguments.next().expect("a port")).expect("a port");
    let answer = Bytes::from(vec![b' '; arguments.next().expect("a size")]);
    let handler = async move |_: Bytes| ([(header::CONTENT_TYPE, "application/json")], answer);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.expect("the port");
    axum::serve(listener, Router::new().route("/v1/eligibility", post(handler))).await.expect("a server");
}
