//! Datagrams and streams over real sockets.

use crate::desk::{Proof, lines, nonce_of};
use crate::house::{Book, serve, serve_with, settings, until};
use bytes::BytesMut;
use sip::message::{Message, Wire};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Phone {
    pub socket: UdpSocket,
    cseq: u32,
}

impl Phone {
    pub(crate) async fn new(server: SocketAddr) -> Phone {
        let any = if server.is_ipv4() {
            "127.0.0.1:0"
        } else {
            "[::1]:0"
        };
        let socket = UdpSocket::bind(any).await.unwrap();
        socket.connect(server).await.unwrap();
        Phone::over(socket)
    }

    pub(crate) fn over(socket: UdpSocket) -> Phone {
        Phone { socket, cseq: 0 }
    }

    pub(crate) async fn ask(&self, text: &[u8]) -> Option<Message> {
        self.socket.send(text).await.unwrap();
        let mut buffer = vec![0; 65_536];
        let length = timeout(Duration::from_millis(500), self.socket.recv(&mut buffer))
            .await
            .ok()?
            .unwrap();
        Some(Message::parse(BytesMut::from(&buffer[..length]), Wire::Datagram).unwrap())
    }

    fn register_text(&mut self, login: &str, more: &str) -> String {
        self.cseq += 1;
        register_text(login, self.cseq, "UDP", more)
    }

    /// Calls with a proof; the final answer.
    pub(crate) async fn invite(&mut self, login: &str, dialled: &str) -> Message {
        let at = self.socket.local_addr().unwrap();
        let uri = format!("sip:{dialled}@klinke.example");
        let text = |cseq: u32, more: &str| {
            format!(
                "INVITE {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bKi{cseq};rport\r\n\
                 From: <sip:{login}@klinke.example>;tag=f\r\nTo: <{uri}>\r\nCall-ID: i\r\nCSeq: {cseq} INVITE\r\n\
                 Contact: <sip:{login}@{at}>\r\n{more}Content-Length: 0\r\n\r\n"
            )
        };
        let challenge = self.ask(text(1, "").as_bytes()).await.unwrap();
        assert_eq!(challenge.code(), 407);
        let proof = Proof {
            uri: uri.clone(),
            ..Proof::new(login, "secret", &nonce_of(&challenge))
        };
        let proof = proof.header("Proxy-Authorization", "INVITE");
        let mut answer = self.ask(text(2, &proof).as_bytes()).await.unwrap();
        while answer.code() < 200 {
            answer = self.ask(b"\r\n\r\n").await.unwrap();
        }
        answer
    }

    /// ACK or BYE in the dialog of this answer; does not wait.
    pub(crate) async fn say(&self, method: &str, answer: &Message) {
        let at = self.socket.local_addr().unwrap();
        let (from, to) = (lines(answer, "From").concat(), lines(answer, "To").concat());
        let target = answer.get(answer.contacts().next().unwrap().uri);
        let target = String::from_utf8(target.to_vec()).unwrap();
        let cseq = answer.cseq + u32::from(method != "ACK");
        let text = format!(
            "{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{method};rport\r\nFrom: {from}\r\n\
             To: {to}\r\nCall-ID: i\r\nCSeq: {cseq} {method}\r\nContent-Length: 0\r\n\r\n"
        );
        self.socket.send(text.as_bytes()).await.unwrap();
    }

    pub(crate) async fn register(&mut self, login: &str, password: &str) -> Option<Message> {
        let first = self.register_text(login, "");
        let nonce = nonce_of(&self.ask(first.as_bytes()).await?);
        let proof = Proof::new(login, password, &nonce).header("Authorization", "REGISTER");
        let contact = format!(
            "Contact: <sip:{login}@{}>\r\n",
            self.socket.local_addr().unwrap()
        );
        let text = self.register_text(login, &(proof + &contact));
        self.ask(text.as_bytes()).await
    }
}

pub(crate) fn register_text(login: &str, cseq: u32, transport: &str, more: &str) -> String {
    format!(
        "REGISTER sip:klinke.example SIP/2.0\r\nVia: SIP/2.0/{transport} 10.0.0.1;branch=z9hG4bK{cseq};rport\r\n\
         From: <sip:{login}@klinke.example>;tag=f\r\nTo: <sip:{login}@klinke.example>\r\nCall-ID: c-{login}\r\n\
         CSeq: {cseq} REGISTER\r\nUser-Agent: Test Phone\r\n{more}Content-Length: 0\r\n\r\n"
    )
}

#[tokio::test]
async fn a_phone_registers_over_ipv4_and_ipv6_and_the_store_hears_of_it() {
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let book = Book::with(&["100"]);
        let server = serve_with(&book, &settings(address), Vec::new());
        let mut phone = Phone::new(server.local_addr().unwrap()).await;
        assert_eq!(phone.register("100", "secret").await.unwrap().code(), 200);
        let registered = server.registrations("100");
        assert_eq!(&*registered[0].user_agent, "Test Phone");
        assert_eq!(registered[0].flow.peer, phone.socket.local_addr().unwrap());
        until("stored", || book.stored.lock().unwrap().len() == 1).await;
        assert_eq!(server.metrics().registered, 1);
        server.stop().await;
    }
}

#[tokio::test]
async fn l1_d6_renewed_or_deleted_logins_are_gone_at_once() {
    let book = Book::with(&["100"]);
    let server = serve(&book);
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    phone.register("100", "secret").await.unwrap();
    book.logins.lock().unwrap().clear();
    assert_eq!(server.end_registrations("100"), 1);
    assert!(server.registrations("100").is_empty());
    assert_eq!(phone.register("100", "secret").await.unwrap().code(), 403);
    until("the store forgot", || {
        book.stored.lock().unwrap().is_empty()
    })
    .await;
}

#[tokio::test]
async fn registrations_outlive_the_process() {
    let book = Book::with(&["100"]);
    let server = serve(&book);
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    phone.register("100", "secret").await.unwrap();
    server.stop().await;
    let stored: Vec<_> = book.stored.lock().unwrap().values().cloned().collect();
    let again = serve_with(&book, &settings("127.0.0.1:0"), stored);
    assert_eq!(again.registrations("100").len(), 1);
}

#[tokio::test]
async fn a_store_that_fails_hears_it_again() {
    let book = Book::with(&["100"]);
    let server = serve(&book);
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    book.is_slow.store(true, Ordering::Relaxed);
    assert_eq!(phone.register("100", "secret").await.unwrap().code(), 200);
    book.is_down.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(book.stored.lock().unwrap().is_empty());
    assert_eq!(phone.register("100", "secret").await.unwrap().code(), 503);
    book.is_down.store(false, Ordering::Relaxed);
    until("stored", || book.stored.lock().unwrap().len() == 1).await;
}

#[tokio::test]
async fn too_many_waiting_requests_are_told_to_come_back() {
    let book = Book::with(&["100"]);
    let mut few = settings("127.0.0.1:0");
    few.max_waiting = 0;
    let server = serve_with(&book, &few, Vec::new());
    let answer = Phone::new(server.local_addr().unwrap())
        .await
        .register("100", "secret")
        .await
        .unwrap();
    assert_eq!(
        (answer.code(), lines(&answer, "Retry-After")),
        (503, vec!["10".to_owned()])
    );
}

#[tokio::test]
async fn odd_datagrams_are_answered_or_ignored_and_the_server_lives() {
    let book = Book::with(&[]);
    let server = serve(&book);
    let phone = Phone::new(server.local_addr().unwrap()).await;
    for silent in [
        &b"\r\n\r\n"[..],
        b"",
        b"\0\0\0\0",
        &[0xff; 300],
        b"SIP/2.0 200 OK\r\n\r\n",
    ] {
        assert!(phone.ask(silent).await.is_none());
    }
    let huge = register_text("100", 1, "UDP", &"X: y\r\n".repeat(9_000));
    assert_eq!(phone.ask(huge.as_bytes()).await.unwrap().code(), 400);
    let unknown = register_text("100", 1, "UDP", "").replace("REGISTER", "FROB");
    assert_eq!(phone.ask(unknown.as_bytes()).await.unwrap().code(), 501);
    assert_eq!(server.metrics().malformed, 1);
}

pub(crate) async fn read_message(
    stream: &mut (impl AsyncRead + Unpin),
    buffer: &mut BytesMut,
) -> Option<Message> {
    loop {
        if let Some(end) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            return Message::parse(buffer.split_to(end + 4), Wire::Stream).ok();
        }
        if timeout(PATIENCE, stream.read_buf(buffer))
            .await
            .unwrap()
            .unwrap()
            == 0
        {
            return None;
        }
    }
}

#[tokio::test]
async fn tcp_takes_single_bytes_pipelines_and_keep_alives() {
    let book = Book::with(&["100"]);
    let server = serve(&book);
    let mut stream = TcpStream::connect(server.tcp_addrs()[0]).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = BytesMut::new();
    for byte in register_text("100", 1, "TCP", "").as_bytes() {
        stream.write_all(&[*byte]).await.unwrap();
    }
    let answer = read_message(&mut stream, &mut buffer).await.unwrap();
    assert_eq!(answer.code(), 401);
    let proof = Proof::new("100", "secret", &nonce_of(&answer)).header("Authorization", "REGISTER");
    let register = register_text(
        "100",
        2,
        "TCP",
        &(proof + "Contact: <sip:100@10.0.0.1;transport=tcp>\r\n"),
    );
    let options = register_text("100", 3, "TCP", "").replace("REGISTER", "OPTIONS");
    stream
        .write_all(format!("{register}{options}\r\n\r\n").as_bytes())
        .await
        .unwrap();
    assert_eq!(
        read_message(&mut stream, &mut buffer).await.unwrap().code(),
        200
    );
    assert_eq!(
        read_message(&mut stream, &mut buffer).await.unwrap().code(),
        200
    );
    while buffer.len() < 2 {
        timeout(PATIENCE, stream.read_buf(&mut buffer))
            .await
            .unwrap()
            .unwrap();
    }
    assert_eq!(&buffer[..], b"\r\n");
    assert_eq!(server.registrations("100")[0].flow.transport.name(), "TCP");
}

#[tokio::test]
async fn two_lengths_on_tcp_are_refused_and_the_connection_closed() {
    let book = Book::with(&[]);
    let server = serve(&book);
    let mut stream = TcpStream::connect(server.tcp_addrs()[0]).await.unwrap();
    let text = register_text("100", 1, "TCP", "Content-Length: 40\r\n");
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut buffer = BytesMut::new();
    assert_eq!(
        read_message(&mut stream, &mut buffer).await.unwrap().code(),
        400
    );
    assert!(read_message(&mut stream, &mut buffer).await.is_none());
    let mut other = TcpStream::connect(server.tcp_addrs()[0]).await.unwrap();
    other.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(read_message(&mut other, &mut buffer).await.is_none());
}

#[tokio::test]
async fn connections_of_one_source_are_bounded() {
    let book = Book::with(&[]);
    let mut few = settings("127.0.0.1:0");
    few.max_connections_per_source = 2;
    let server = serve_with(&book, &few, Vec::new());
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(TcpStream::connect(server.tcp_addrs()[0]).await.unwrap());
    }
    let third = timeout(PATIENCE, open[2].read(&mut [0; 1])).await.unwrap();
    assert!(matches!(third, Ok(0) | Err(_)));
    let text = register_text("100", 1, "TCP", "");
    open[0].write_all(text.as_bytes()).await.unwrap();
    assert_eq!(
        read_message(&mut open[0], &mut BytesMut::new())
            .await
            .unwrap()
            .code(),
        401
    );
    drop(Arc::clone(&book));
}

#[tokio::test]
async fn a_phone_whose_connection_is_gone_is_unavailable_at_once() {
    let book = Book::with(&["100", "200"]);
    book.routes
        .lock()
        .unwrap()
        .insert("200".into(), crate::network::offer_of("200", 1));
    let server = serve(&book);
    let mut stream = TcpStream::connect(server.tcp_addrs()[0]).await.unwrap();
    let mut buffer = BytesMut::new();
    stream
        .write_all(register_text("200", 1, "TCP", "").as_bytes())
        .await
        .unwrap();
    let nonce = nonce_of(&read_message(&mut stream, &mut buffer).await.unwrap());
    let proof = Proof::new("200", "secret", &nonce).header("Authorization", "REGISTER");
    let register = register_text(
        "200",
        2,
        "TCP",
        &(proof + "Contact: <sip:200@10.0.0.1;transport=tcp>\r\n"),
    );
    stream.write_all(register.as_bytes()).await.unwrap();
    assert_eq!(
        read_message(&mut stream, &mut buffer).await.unwrap().code(),
        200
    );
    drop(stream);
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let answer = timeout(Duration::from_secs(2), phone.invite("100", "200"))
        .await
        .unwrap();
    assert_eq!(answer.code(), 480);
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
    assert_eq!(server.metrics().calls, server.metrics().ended);
}

/// A login that is in memory and one that nobody has, which takes a look into the database.
#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_refused_after_the_same_time() {
    let book = Book::with(&["100"]);
    let server = serve(&book);
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    for (login, is_slow) in [("100", false), ("999", true)] {
        book.is_slow.store(is_slow, Ordering::Relaxed);
        let first = phone.register_text(login, "");
        let nonce = nonce_of(&phone.ask(first.as_bytes()).await.unwrap());
        let proof = Proof::new(login, "wrong", &nonce).header("Authorization", "REGISTER");
        let text = phone.register_text(login, &proof);
        let asked = std::time::Instant::now();
        assert_eq!(phone.ask(text.as_bytes()).await.unwrap().code(), 403);
        let full_step = Duration::from_millis(50);
        assert!(
            asked.elapsed() >= full_step,
            "{login}: {:?}",
            asked.elapsed()
        );
    }
}
