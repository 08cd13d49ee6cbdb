//! Posting to the carrier: one request on one connection, bounded in time and size, never redirected.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use async_trait::async_trait;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, Uri, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use service::activation::{Post, Posted, Posting};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

/// How long the carrier may take in all; shorter than a job's claim.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest head of an answer that is read, in bytes.
const LARGEST_HEAD: usize = 16 * 1024;
/// The largest body of an answer that is read, in bytes; it holds a reason.
const LARGEST_BODY: usize = 8 * 1024;

/// The carrier's address, and whom we believe that it is.
pub(crate) struct HttpPost {
    url: Uri,
    tls: TlsConnector,
}

impl HttpPost {
    /// Believes whom the certificates in `roots` vouch for, the usual ones without.
    pub(crate) fn new(url: Uri, roots: Option<&Path>) -> Result<Self> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(believed(roots)?)
            .with_no_client_auth();
        let tls = TlsConnector::from(Arc::new(config));
        Ok(Self { url, tls })
    }

    async fn send(&self, posting: Posting) -> Result<Posted> {
        let host = self.url.host().unwrap_or_default().trim_matches(['[', ']']);
        let is_secure = self.url.scheme_str() == Some("https");
        let port = self
            .url
            .port_u16()
            .unwrap_or(if is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((host, port))
            .await
            .context("connecting")?;
        let request = self.request(posting)?;
        if is_secure {
            let name = ServerName::try_from(host.to_owned())?;
            let stream = self.tls.connect(name, stream).await.context("TLS")?;
            ask(stream, request).await
        } else {
            ask(stream, request).await
        }
    }

    fn request(&self, posting: Posting) -> Result<Request<Full<Bytes>>> {
        let path = self.url.path_and_query().map_or("/", |path| path.as_str());
        let host = self.url.authority().map_or("", |host| host.as_str());
        Ok(Request::post(path)
            .header(header::HOST, host)
            .header(header::USER_AGENT, "klinke")
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", posting.id)
            .header("webhook-timestamp", posting.timestamp)
            .header("webhook-signature", posting.signature)
            .body(Full::new(Bytes::from(posting.body)))?)
    }
}

#[async_trait]
impl Post for HttpPost {
    async fn post(&self, posting: Posting) -> std::result::Result<Posted, String> {
        match tokio::time::timeout(PATIENCE, self.send(posting)).await {
            Ok(posted) => posted.map_err(|error| format!("{error:#}")),
            Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
        }
    }
}

async fn ask(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Posted> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(LARGEST_HEAD)
        .handshake(TokioIo::new(stream))
        .await?;
    // The connection works while the answer is awaited, and is dropped with it.
    let answer = async {
        let response = sender.send_request(request).await.context("asking")?;
        let status = response.status().as_u16();
        // The status counts; a body that is too long to be a reason is none.
        let body = Limited::new(response.into_body(), LARGEST_BODY).collect();
        let body = body.await.map(|body| body.to_bytes().to_vec());
        let body = body.unwrap_or_default();
        Ok(Posted { status, body })
    };
    let connection = async {
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        answer = answer => answer,
        () = connection => unreachable!("the connection is pending for ever"),
    }
}

fn believed(roots: Option<&Path>) -> Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    let Some(path) = roots else {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(store);
    };
    let unusable = || format!("{} has no usable certificates", path.display());
    for root in CertificateDer::pem_file_iter(path).with_context(unusable)? {
        store
            .add(root.with_context(unusable)?)
            .with_context(unusable)?;
    }
    anyhow::ensure!(!store.is_empty(), unusable());
    Ok(store)
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, pki_types::PrivateKeyDer},
    };

    use super::*;

    fn posting() -> Posting {
        Posting {
            id: "msg_1".to_owned(),
            timestamp: 1,
            signature: "v1,x".to_owned(),
            body: "{}".to_owned(),
        }
    }

    /// A carrier that answers one request like this.
    async fn carrier(answer: String) -> Uri {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut read = [0; 2048];
            let count = stream.read(&mut read).await.unwrap();
            assert!(count > 0);
            let _ = stream.write_all(answer.as_bytes()).await;
            std::future::pending::<()>().await;
        });
        format!("http://{address}/orders").parse().unwrap()
    }

    async fn answered(answer: String) -> std::result::Result<Posted, String> {
        let url = carrier(answer).await;
        HttpPost::new(url, None).unwrap().post(posting()).await
    }

    fn http(status: &str, body: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    #[tokio::test]
    async fn an_answer_is_its_status_and_a_body_that_is_not_too_long() {
        let posted = answered(http("422 No", "{\"reason\": \"x\"}"))
            .await
            .unwrap();
        assert_eq!((posted.status, posted.body.len()), (422, 15));
        let long = answered(http("202 Accepted", &"x".repeat(LARGEST_BODY + 1))).await;
        assert_eq!(long.unwrap().body, b"");
        let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(LARGEST_HEAD));
        assert!(answered(head).await.is_err());
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let answer =
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
        assert_eq!(answered(answer.to_owned()).await.unwrap().status, 302);
    }

    #[tokio::test]
    async fn a_carrier_that_is_not_there_is_an_error_in_words() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let url = format!("http://{address}/").parse().unwrap();
        let post = HttpPost::new(url, None).unwrap();
        let error = post.post(posting()).await.unwrap_err();
        assert!(error.starts_with("connecting: "), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_carrier_that_says_nothing_is_waited_for_ten_seconds() {
        let url = carrier(String::new()).await;
        let post = HttpPost::new(url, None).unwrap();
        let error = post.post(posting()).await.unwrap_err();
        assert_eq!(error, "no answer within 10 s");
    }

    #[tokio::test]
    async fn over_tls_only_a_certificate_that_somebody_vouches_for_is_believed() {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let roots = folder.path().join("roots.pem");
        std::fs::write(&roots, made.cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut read = [0; 2048];
                let _ = stream.read(&mut read).await;
                let _ = stream.write_all(http("204 Taken", "").as_bytes()).await;
            }
        });
        let url: Uri = format!("https://localhost:{port}/").parse().unwrap();
        let trusting = HttpPost::new(url.clone(), Some(&roots)).unwrap();
        assert_eq!(trusting.post(posting()).await.unwrap().status, 204);
        let doubting = HttpPost::new(url, None).unwrap();
        let error = doubting.post(posting()).await.unwrap_err();
        assert!(error.starts_with("TLS: "), "{error}");
    }
}
