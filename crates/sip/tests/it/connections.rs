//! Requests to phones whose connection is gone.

use crate::desk::{Proof, nonce_of};
use crate::house::{Book, serve, serve_with, settings, until};
use crate::network::offer_of;
use crate::sockets::{Phone, read_message, register_text};
use bytes::BytesMut;
use sip::message::{Message, Method};
use sip::{Server, Transport};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);

/// Registers 200 over TCP with this contact; the connection stays open as long as the stream.
async fn register(server: &Server, contact: &str) -> (TcpStream, BytesMut) {
    let mut stream = TcpStream::connect(server.tcp_addrs()[0]).await.unwrap();
    let mut buffer = BytesMut::new();
    let text = register_text("200", 1, "TCP", "");
    stream.write_all(text.as_bytes()).await.unwrap();
    let nonce = nonce_of(&read_message(&mut stream, &mut buffer).await.unwrap());
    let proof = Proof::new("200", "secret", &nonce).header("Authorization", "REGISTER");
    let text = register_text("200", 2, "TCP", &format!("{proof}Contact: <{contact}>\r\n"));
    stream.write_all(text.as_bytes()).await.unwrap();
    let answer = read_message(&mut stream, &mut buffer).await.unwrap();
    assert_eq!(answer.code(), 200);
    (stream, buffer)
}

fn book() -> Arc<Book> {
    let book = Book::with(&["100", "200"]);
    let route = offer_of("200", 1);
    book.routes.lock().unwrap().insert("200".into(), route);
    book
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    (listener, at)
}

async fn answer(stream: &mut TcpStream, request: &Message, code: u16, at: SocketAddr) {
    let mut out = request.response(code, b"Yes", Some(b"t200"), at);
    out.header(
        "Contact",
        format!("<sip:200@{at};transport=tcp>").as_bytes(),
    );
    stream.write_all(&out.finish(None, b"")).await.unwrap();
}

/// The next request on a connection that the server opens.
async fn asked(listener: &TcpListener) -> (TcpStream, BytesMut, Message) {
    let (mut stream, _) = timeout(PATIENCE, listener.accept()).await.unwrap().unwrap();
    let mut buffer = BytesMut::new();
    let request = read_message(&mut stream, &mut buffer).await.unwrap();
    (stream, buffer, request)
}

#[tokio::test]
async fn a_phone_that_listens_is_rung_on_a_new_connection() {
    let (book, (listener, at)) = (book(), listener().await);
    let server = serve(&book);
    drop(register(&server, &format!("sip:200@{at};transport=tcp")).await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let (code, ()) = tokio::join!(async { phone.invite("100", "200").await.code() }, async {
        let (mut stream, _, request) = asked(&listener).await;
        assert_eq!(request.method(), Some(Method::Invite));
        answer(&mut stream, &request, 486, at).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    });
    assert_eq!(code, 486);
}

#[tokio::test]
async fn a_bye_finds_its_phone_after_the_connection_is_lost() {
    let (book, (listener, at)) = (book(), listener().await);
    let server = serve(&book);
    let contact = format!("sip:200@{at};transport=tcp");
    let (mut stream, mut buffer) = register(&server, &contact).await;
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let (answered, ()) = tokio::join!(phone.invite("100", "200"), async {
        let request = read_message(&mut stream, &mut buffer).await.unwrap();
        answer(&mut stream, &request, 200, at).await;
    });
    assert_eq!(answered.code(), 200);
    phone.say("ACK", &answered).await;
    let ack = read_message(&mut stream, &mut buffer).await.unwrap();
    assert_eq!(ack.method(), Some(Method::Ack));
    drop(stream);
    tokio::time::sleep(Duration::from_millis(100)).await;
    phone.say("BYE", &answered).await;
    let (mut stream, mut buffer, bye) = asked(&listener).await;
    assert_eq!(bye.method(), Some(Method::Bye));
    answer(&mut stream, &bye, 200, at).await;
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
    // The new connection goes on under the old number: the registration is on it, too.
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let (code, ()) = tokio::join!(async { phone.invite("100", "200").await.code() }, async {
        let invite = read_message(&mut stream, &mut buffer).await.unwrap();
        assert_eq!(invite.method(), Some(Method::Invite));
        answer(&mut stream, &invite, 486, at).await;
    });
    assert_eq!(code, 486);
}

#[tokio::test]
async fn restored_registrations_are_connected_to_each_on_its_own() {
    let (book, (listener, at)) = (book(), listener().await);
    let server = serve(&book);
    drop(register(&server, &format!("sip:200@{at};transport=tcp")).await);
    server.stop().await;
    let mut stored: Vec<_> = book.stored.lock().unwrap().values().cloned().collect();
    stored[0].binding.flow.transport = Transport::stored("TCP");
    let mut other = stored[0].clone();
    other.login = "300".into();
    stored.push(other);
    let again = serve_with(&book, &settings("127.0.0.1:0"), stored);
    let of = |login: &str| again.registrations(login)[0].flow.transport;
    assert_ne!(of("200"), of("300"));
    let mut phone = Phone::new(again.local_addr().unwrap()).await;
    let (code, ()) = tokio::join!(async { phone.invite("100", "200").await.code() }, async {
        let (mut stream, _, request) = asked(&listener).await;
        answer(&mut stream, &request, 486, at).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
    });
    assert_eq!(code, 486);
}

#[tokio::test]
async fn nobody_is_connected_to_at_an_address_a_phone_only_names() {
    // The contact is another machine's: behind NAT it would be in vain, and it would let phones choose our targets.
    let book = book();
    let server = serve(&book);
    let other = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let at = other.local_addr().unwrap();
    drop(register(&server, &format!("sip:200@{at};transport=tcp")).await);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let answer = timeout(Duration::from_secs(2), phone.invite("100", "200"))
        .await
        .unwrap();
    assert_eq!(answer.code(), 480);
    assert!(
        timeout(Duration::from_millis(200), other.accept())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_phone_that_does_not_listen_any_more_is_unavailable_at_once() {
    let (book, (listener, at)) = (book(), listener().await);
    let server = serve(&book);
    drop(register(&server, &format!("sip:200@{at};transport=tcp")).await);
    drop(listener);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let answer = timeout(Duration::from_secs(2), phone.invite("100", "200"))
        .await
        .unwrap();
    assert_eq!(answer.code(), 480);
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
}
