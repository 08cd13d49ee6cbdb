//! Counts and times requests, by route and never by what stands in the path.

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

#[expect(
    clippy::disallowed_methods,
    reason = "how long an answer took is measured, nothing is decided by it"
)]
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let start = std::time::Instant::now();
    let response = next.run(request).await;
    let route = route
        .as_ref()
        .map_or("(none)", MatchedPath::as_str)
        .to_owned();
    let status = response.status().as_u16();
    let labels = [
        ("method", method.to_string()),
        ("route", route),
        ("status", status.to_string()),
    ];
    metrics::histogram!("klinke_http_request_seconds", &labels)
        .record(start.elapsed().as_secs_f64());
    response
}
