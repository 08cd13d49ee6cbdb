//! What API and pages stand on: state, routes, the headers of every answer.

mod headers;
mod observe;
mod routes;

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit};
use service::Env;
use tower_http::catch_panic::CatchPanicLayer;

pub use routes::{Endpoint, Routes};

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// What every handler is given.
#[derive(Clone)]
pub struct Portal {
    /// The environment of the use cases.
    pub env: Arc<Env>,
}

/// All routes, of API and pages.
pub fn routes() -> Routes {
    crate::api::routes()
}

/// The whole of the web side, ready to be served.
pub fn router(env: Arc<Env>) -> Router {
    routes()
        .into_router()
        .fallback(crate::api::not_found)
        .method_not_allowed_fallback(crate::api::method_not_allowed)
        .layer(CatchPanicLayer::custom(crate::api::panicked))
        .layer(axum::middleware::from_fn(headers::set))
        .layer(axum::middleware::from_fn(observe::observe))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(Portal { env })
}
