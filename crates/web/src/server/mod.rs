//! What API and pages stand on: state, routes, the headers of every answer.

mod headers;
mod observe;
mod routes;

use std::sync::Arc;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use service::Env;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

pub use routes::{Endpoint, Routes};

use crate::{api, portal};

/// The largest body that is read, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// What every handler is given.
#[derive(Clone)]
pub struct Portal {
    /// The environment of the use cases.
    pub env: Arc<Env>,
    /// Streams of events that may be open at once.
    pub(crate) streams: Arc<Semaphore>,
}

/// All routes, of API and pages.
pub fn routes() -> Routes {
    api::routes().merge(portal::routes())
}

/// How many streams of events may be open at once.
const STREAMS: usize = 1000;

/// The whole of the web side, ready to be served.
pub fn router(env: Arc<Env>) -> Router {
    let portal = Portal {
        env,
        streams: Arc::new(Semaphore::new(STREAMS)),
    };
    routes()
        .into_router()
        .fallback(portal::not_found)
        .layer(CatchPanicLayer::custom(portal::panicked))
        .layer(middleware::from_fn_with_state(
            portal.clone(),
            portal::show_refusals,
        ))
        .layer(middleware::from_fn(headers::set))
        .layer(middleware::from_fn(observe::observe))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(portal)
}
