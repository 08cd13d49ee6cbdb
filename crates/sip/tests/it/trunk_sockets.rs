//! The trunk over real sockets: a carrier that wants proofs, over UDP, TCP and TLS.

use crate::carrier::{Guard, USER};
use crate::desk::lines;
use crate::house::{Book, serve_with, settings, until};
use crate::sockets::{Phone, read_message};
use crate::tls::Files;
use bytes::{Bytes, BytesMut};
use sip::directory::Route;
use sip::message::{Message, Method, Wire};
use sip::server::TlsSettings;
use sip::trunk::{TrunkSettings, TrunkTransport};
use sip::{Server, Time};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What the carrier has heard with a good proof.
struct Carrier {
    guard: Mutex<Guard>,
    heard: Mutex<Vec<(String, String)>>,
    hang_up: Notify,
    port: u16,
}

impl Carrier {
    fn new(port: u16) -> Arc<Carrier> {
        Arc::new(Carrier {
            guard: Mutex::new(Guard::new("geheim", 407, false)),
            heard: Mutex::default(),
            hang_up: Notify::new(),
            port,
        })
    }

    fn answer(&self, request: &Message) -> Option<Bytes> {
        if request.method() == Some(Method::Ack) || request.method().is_none() {
            return None;
        }
        let now = Time::from_unix_ms(1_800_000_000_000);
        if let Some(refusal) = self.guard.lock().unwrap().refusal(now, request, "carrier") {
            return Some(refusal);
        }
        let method = String::from_utf8(request.method_name().to_vec()).unwrap();
        let expires = lines(request, "Expires").concat();
        self.heard.lock().unwrap().push((method, expires));
        let peer = ([127, 0, 0, 1], self.port).into();
        let mut out = request.response(200, b"OK", Some(b"carrier"), peer);
        match request.method() {
            Some(Method::Register) => {
                out.header("Contact", lines(request, "Contact").concat().as_bytes())
            }
            _ => out.header(
                "Contact",
                format!("<sip:gw@127.0.0.1:{}>", self.port).as_bytes(),
            ),
        };
        Some(out.finish(None, b""))
    }

    fn count(&self, method: &str) -> usize {
        let heard = self.heard.lock().unwrap();
        heard.iter().filter(|(heard, _)| heard == method).count()
    }

    async fn serve_stream(&self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut buffer = BytesMut::new();
        loop {
            let message = tokio::select! {
                message = read_message(&mut stream, &mut buffer) => message,
                () = self.hang_up.notified() => None,
            };
            let Some(message) = message else { return };
            if let Some(answer) = self.answer(&message) {
                stream.write_all(&answer).await.unwrap();
            }
        }
    }
}

async fn over_udp(server_is: &str) -> (Arc<Carrier>, Arc<UdpSocket>) {
    let socket = Arc::new(UdpSocket::bind(server_is).await.unwrap());
    let carrier = Carrier::new(socket.local_addr().unwrap().port());
    let (ours, heard) = (Arc::clone(&carrier), Arc::clone(&socket));
    tokio::spawn(async move {
        let mut buffer = vec![0; 65_536];
        loop {
            let (length, peer) = heard.recv_from(&mut buffer).await.unwrap();
            let message = Message::parse(BytesMut::from(&buffer[..length]), Wire::Datagram);
            let answer = message.ok().and_then(|message| ours.answer(&message));
            if let Some(answer) = answer {
                heard.send_to(&answer, peer).await.unwrap();
            }
        }
    });
    (carrier, socket)
}

async fn over_stream(tls: Option<TlsSettings>) -> Arc<Carrier> {
    let acceptor = tls.map(|tls| {
        let certificate = CertificateDer::from_pem_file(tls.certificate).unwrap();
        let key = PrivateKeyDer::from_pem_file(tls.key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth();
        TlsAcceptor::from(Arc::new(
            config.with_single_cert(vec![certificate], key).unwrap(),
        ))
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let carrier = Carrier::new(listener.local_addr().unwrap().port());
    let ours = Arc::clone(&carrier);
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            match &acceptor {
                None => ours.serve_stream(stream).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        ours.serve_stream(stream).await;
                    }
                }
            }
        }
    });
    carrier
}

fn house(trunk: TrunkSettings) -> (Arc<Book>, Server) {
    let book = Book::with(&["100"]);
    let number = "+491601234567".to_owned();
    let route = Route::Trunk { number };
    book.routes.lock().unwrap().insert("0160".into(), route);
    let mut settings = settings("127.0.0.1:0");
    settings.trunk = Some(trunk);
    let server = serve_with(&book, &settings, Vec::new());
    (book, server)
}

fn trunk(carrier: &Carrier, transport: TrunkTransport) -> TrunkSettings {
    TrunkSettings {
        address: format!("localhost:{}", carrier.port),
        transport,
        // Our phones share its address here.
        trusted: vec!["127.0.0.9".parse().unwrap()],
        ..crate::trunk::settings()
    }
}

/// Registers, calls out, hangs up, takes its leave.
async fn story(carrier: &Carrier, trunk: TrunkSettings) {
    let (book, server) = house(trunk);
    until("registered", || server.is_trunk_registered() == Some(true)).await;
    let mut phone = Phone::new(server.local_addr().unwrap()).await;
    let answer = phone.invite("100", "0160").await;
    assert_eq!(answer.code(), 200);
    phone.say("ACK", &answer).await;
    phone.say("BYE", &answer).await;
    until("the carrier hears BYE", || carrier.count("BYE") == 1).await;
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
    server.stop().await;
    let heard = carrier.heard.lock().unwrap();
    let methods: Vec<&str> = heard.iter().map(|(method, _)| method.as_str()).collect();
    assert_eq!(methods, ["REGISTER", "INVITE", "BYE", "REGISTER"]);
    assert_eq!((heard[0].1.as_str(), heard[3].1.as_str()), ("3600", "0"));
}

#[tokio::test]
async fn a_trunk_over_udp_registers_calls_and_leaves() {
    let (carrier, _) = over_udp("127.0.0.1:0").await;
    story(&carrier, trunk(&carrier, TrunkTransport::Udp)).await;
}

#[tokio::test]
async fn a_trunk_over_tcp_registers_calls_and_leaves() {
    let carrier = over_stream(None).await;
    story(&carrier, trunk(&carrier, TrunkTransport::Tcp)).await;
}

#[tokio::test]
async fn a_trunk_over_tls_registers_calls_and_leaves_if_its_certificate_is_believed() {
    let files = Files::new();
    let carrier = over_stream(Some(files.settings())).await;
    let mut settings = trunk(&carrier, TrunkTransport::Tls);
    let (_, server) = house(settings.clone());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(
        server.is_trunk_registered(),
        Some(false),
        "nobody vouches for it"
    );
    server.stop().await;
    assert_eq!(carrier.heard.lock().unwrap().len(), 0);
    settings.roots = Some(files.certificate_path());
    story(&carrier, settings).await;
}

#[tokio::test]
async fn a_lost_connection_to_the_carrier_is_opened_and_registered_anew() {
    let carrier = over_stream(None).await;
    let (_, server) = house(trunk(&carrier, TrunkTransport::Tcp));
    until("registered", || server.is_trunk_registered() == Some(true)).await;
    carrier.hang_up.notify_one();
    until("registered again", || carrier.count("REGISTER") == 2).await;
    until("registered", || server.is_trunk_registered() == Some(true)).await;
}

#[tokio::test]
async fn the_carrier_calls_without_a_password_and_its_neighbour_does_not() {
    let invite = |at: std::net::SocketAddr| {
        format!(
            "INVITE sip:+492111234567@klinke.example SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bKin;rport\r\n\
             From: <sip:+4915112345@{USER}.example>;tag=f\r\nTo: <sip:+492111234567@klinke.example>\r\nCall-ID: in\r\n\
             CSeq: 1 INVITE\r\nContact: <sip:gw@{at}>\r\nContent-Length: 0\r\n\r\n"
        )
    };
    let (carrier, _) = over_udp("127.0.0.1:0").await;
    let (book, server) = house(TrunkSettings {
        trusted: vec!["127.0.0.7".parse().unwrap()],
        ..trunk(&carrier, TrunkTransport::Udp)
    });
    for (source, code) in [("127.0.0.7:0", 404), ("127.0.0.8:0", 407)] {
        let socket = UdpSocket::bind(source).await.unwrap();
        socket.connect(server.local_addr().unwrap()).await.unwrap();
        let phone = Phone::over(socket);
        let text = invite(phone.socket.local_addr().unwrap());
        let mut answer = phone.ask(text.as_bytes()).await.unwrap();
        while answer.code() < 200 {
            answer = phone.ask(b"\r\n\r\n").await.unwrap();
        }
        assert_eq!(answer.code(), code, "{source}");
    }
    until("recorded", || book.records.lock().unwrap().len() == 1).await;
    assert_eq!(book.records.lock().unwrap()[0].dialled, "+492111234567");
}
