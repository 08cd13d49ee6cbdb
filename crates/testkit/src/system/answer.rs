//! Asking the real router, and what it answers.

use std::net::SocketAddr;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use crate::SOURCE;

/// The name of the host in every request.
pub const HOST: &str = "klinke.example";

/// Sends a request as if it came in over an encrypted connection from [`SOURCE`].
pub(crate) async fn send(router: &Router, mut request: Request<Body>) -> Answer {
    request
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::new(SOURCE, 40_000)));
    let headers = request.headers_mut();
    headers.entry(header::HOST).or_insert(HOST.parse().unwrap());
    headers
        .entry("x-forwarded-proto")
        .or_insert("https".parse().unwrap());
    let response = router.clone().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let is_stream = head
        .headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "text/event-stream");
    let (bytes, stream) = match is_stream {
        true => (Bytes::new(), Some(body)),
        false => (body.collect().await.unwrap().to_bytes(), None),
    };
    Answer {
        status: head.status,
        headers: head.headers,
        bytes,
        stream,
    }
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; empty for a stream of events.
    pub bytes: Bytes,
    stream: Option<Body>,
}

impl Answer {
    /// The value of a header; empty without one.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The body as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}", self.text()))
    }

    /// The same answer, once it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The data of the next event of a stream.
    pub async fn next_event(&mut self) -> Value {
        let stream = self.stream.as_mut().expect("a stream of events");
        loop {
            let frame = stream.frame().await.expect("not over").unwrap();
            let text = String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap();
            if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}
