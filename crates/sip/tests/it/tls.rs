//! SIP over TLS: certificates, handshakes, bounds, a real phone.

use crate::desk::{Proof, lines, nonce_of};
use crate::house::{Book, serve_with, settings};
use crate::sockets::{Phone, read_message, register_text};
use bytes::BytesMut;
use sip::Server;
use sip::server::TlsSettings;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Certificate and key in a folder.
pub(crate) struct Files {
    folder: TempDir,
    pub certificate: CertificateDer<'static>,
}

impl Files {
    pub(crate) fn new() -> Files {
        let folder = tempfile::tempdir().unwrap();
        let certificate = write(&folder);
        Files {
            folder,
            certificate,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn settings(&self) -> TlsSettings {
        let address = "127.0.0.1:0".parse().unwrap();
        TlsSettings {
            check_every: Duration::from_millis(20),
            ..TlsSettings::new(address, self.path("cert.pem"), self.path("key.pem"))
        }
    }

    pub(crate) fn certificate_path(&self) -> PathBuf {
        self.path("cert.pem")
    }
}

fn write(folder: &TempDir) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]);
    let made = made.unwrap();
    std::fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
    std::fs::write(
        folder.path().join("key.pem"),
        made.signing_key.serialize_pem(),
    )
    .unwrap();
    made.cert.der().clone()
}

pub(crate) fn house(files: &Files, names: &[&str]) -> (Arc<Book>, Server) {
    let book = Book::with(names);
    let mut settings = settings("127.0.0.1:0");
    settings.tls = Some(files.settings());
    settings.handshake = Duration::from_millis(300);
    let server = serve_with(&book, &settings, Vec::new());
    (book, server)
}

async fn connect(
    server: &Server,
    trusted: &CertificateDer<'static>,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(server.tls_addrs()[0]).await?;
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

#[tokio::test]
async fn a_phone_registers_over_tls() {
    let files = Files::new();
    let (_, server) = house(&files, &["100"]);
    let mut stream = connect(&server, &files.certificate).await.unwrap();
    let mut buffer = BytesMut::new();
    let text = register_text("100", 1, "TLS", "");
    stream.write_all(text.as_bytes()).await.unwrap();
    let nonce = nonce_of(&read_message(&mut stream, &mut buffer).await.unwrap());
    let proof = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
    let contact = "Contact: <sips:100@127.0.0.1:5061;transport=tls>\r\n";
    let text = register_text("100", 2, "TLS", &(proof + contact));
    stream.write_all(text.as_bytes()).await.unwrap();
    assert_eq!(
        read_message(&mut stream, &mut buffer).await.unwrap().code(),
        200
    );
    let registered = server.registrations("100");
    assert_eq!(registered[0].flow.transport.name(), "TLS");
    assert_eq!(registered[0].flow.local, server.tls_addrs()[0]);
    server.stop().await;
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_new_certificate_is_taken_up_and_a_broken_one_is_not() {
    let files = Files::new();
    let (_, server) = house(&files, &[]);
    let renewed = write(&files.folder);
    let mut is_taken = false;
    for _ in 0..200 {
        is_taken = is_taken || connect(&server, &renewed).await.is_ok();
        tokio::time::sleep(Duration::from_millis(10)).await;
        if is_taken {
            break;
        }
    }
    assert!(is_taken, "the new certificate");
    assert!(connect(&server, &files.certificate).await.is_err());
    for (name, text) in [("cert.pem", "rubbish"), ("key.pem", "")] {
        let good = std::fs::read(files.path(name)).unwrap();
        std::fs::write(files.path(name), text).unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(connect(&server, &renewed).await.is_ok(), "{name}");
        std::fs::write(files.path(name), good).unwrap();
    }
    std::fs::remove_file(files.path("key.pem")).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(connect(&server, &renewed).await.is_ok());
}

#[tokio::test]
async fn a_server_without_a_usable_certificate_does_not_start() {
    let files = Files::new();
    std::fs::write(files.path("cert.pem"), "rubbish").unwrap();
    let mut settings = settings("127.0.0.1:0");
    settings.tls = Some(files.settings());
    let book = Book::with(&[]);
    let bound = Server::bind(&settings, Arc::clone(&book) as _, book as _, Vec::new());
    let error = bound.err().unwrap().to_string();
    assert!(error.contains("cert.pem"), "{error}");
}

#[tokio::test]
async fn who_does_not_shake_hands_is_cut_off_and_garbage_too() {
    let files = Files::new();
    let (_, server) = house(&files, &[]);
    for said in [
        &b""[..],
        b"REGISTER sip:x SIP/2.0\r\n\r\n",
        &[0x16, 3, 1, 255],
    ] {
        let mut stream = TcpStream::connect(server.tls_addrs()[0]).await.unwrap();
        stream.write_all(said).await.unwrap();
        let mut rest = Vec::new();
        let ended = timeout(Duration::from_secs(2), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "{said:?} keeps its connection");
    }
    let mut stream = connect(&server, &files.certificate).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(
        read_message(&mut stream, &mut BytesMut::new())
            .await
            .is_none()
    );
}

#[tokio::test]
async fn handshakes_are_bounded_for_each_source() {
    let files = Files::new();
    let book = Book::with(&[]);
    let mut settings = settings("127.0.0.1:0");
    settings.tls = Some(files.settings());
    settings.max_connections_per_source = 2;
    let server = serve_with(&book, &settings, Vec::new());
    let mut open = Vec::new();
    for _ in 0..2 {
        open.push(TcpStream::connect(server.tls_addrs()[0]).await.unwrap());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(connect(&server, &files.certificate).await.is_err());
    drop(open);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(connect(&server, &files.certificate).await.is_ok());
}

#[tokio::test]
async fn a_secure_contact_is_rung_over_its_connection_by_a_secure_contact() {
    let files = Files::new();
    for (contact, ours) in [
        ("sips:100@10.0.0.1", "sips:"),
        ("sip:100@10.0.0.1;transport=tls", "sip:"),
    ] {
        let (book, server) = house(&files, &["100", "200"]);
        let route = crate::network::offer_of("100", 1);
        book.routes.lock().unwrap().insert("100".into(), route);
        let mut stream = connect(&server, &files.certificate).await.unwrap();
        let mut buffer = BytesMut::new();
        let text = register_text("100", 1, "TLS", "");
        stream.write_all(text.as_bytes()).await.unwrap();
        let nonce = nonce_of(&read_message(&mut stream, &mut buffer).await.unwrap());
        let proof = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
        let text = register_text("100", 2, "TLS", &format!("{proof}Contact: <{contact}>\r\n"));
        stream.write_all(text.as_bytes()).await.unwrap();
        read_message(&mut stream, &mut buffer).await.unwrap();
        let mut phone = Phone::new(server.local_addr().unwrap()).await;
        let invite = tokio::select! {
            _ = phone.invite("200", "100") => panic!("nobody answers"),
            invite = read_message(&mut stream, &mut buffer) => invite.unwrap(),
        };
        assert_eq!(invite.uri(), contact.as_bytes());
        let wanted = format!("<{ours}{}", server.tls_addrs()[0]);
        let said = lines(&invite, "Contact").concat();
        assert!(said.starts_with(&wanted), "{said}");
        assert!(lines(&invite, "Via").concat().starts_with("SIP/2.0/TLS "));
    }
}
