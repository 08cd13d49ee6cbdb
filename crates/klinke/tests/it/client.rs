//! HTTP over one connection.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A connection with a token.
pub(crate) struct Client {
    connection: http1::SendRequest<Full<Bytes>>,
    token: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, token: &str) -> hyper::Result<Self> {
        let stream = TcpStream::connect(address).await.unwrap();
        let (connection, driver) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(driver);
        Ok(Self {
            connection,
            token: token.to_owned(),
        })
    }

    /// Status and body; an error when the connection broke.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> hyper::Result<(StatusCode, String)> {
        self.send_with(method, path, body, &[]).await
    }

    /// The same with further headers.
    pub(crate) async fn send_with(
        &mut self,
        method: Method,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> hyper::Result<(StatusCode, String)> {
        let body = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(body))
            .unwrap();
        self.connection.ready().await?;
        let response = self.connection.send_request(request).await?;
        let status = response.status();
        let bytes = response.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8(bytes.to_vec()).unwrap()))
    }

    /// Puts a WAV file there.
    pub(crate) async fn upload(&mut self, path: &str, file: Vec<u8>) {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(path)
            .header(header::HOST, "127.0.0.1")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "audio/wav")
            .body(Full::new(Bytes::from(file)))
            .unwrap();
        self.connection.ready().await.unwrap();
        let response = self.connection.send_request(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert!(status.is_success(), "{path}: {status} {body:?}");
    }

    /// The body of a request that succeeds.
    pub(crate) async fn ok(&mut self, method: Method, path: &str, body: &Value) -> Value {
        let (status, text) = self.send(method, path, body).await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap()
        }
    }
}
