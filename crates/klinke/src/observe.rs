//! Logs on stderr, metrics under `/metrics`, and whether the system is alive and ready.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use axum::{
    Router,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use model::Grant;
use service::{Env, activation, api_token};

use crate::{audio::Audio, phone_metrics};
use tracing_subscriber::EnvFilter;

/// Upper bounds of the buckets for times, in seconds.
const BUCKETS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
];

/// Begins to log; `RUST_LOG` chooses what, `info` without it.
pub(crate) fn log(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if json {
        logs.json().init();
    } else {
        logs.init();
    }
}

/// Begins to measure.
pub(crate) fn metrics() -> Result<PrometheusHandle> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)?
        .install_recorder()
        .context("installing the metrics")
}

#[derive(Clone)]
struct Observed {
    env: Arc<Env>,
    metrics: PrometheusHandle,
    phones: Arc<sip::Server>,
    audio: Arc<Audio>,
}

/// `/healthz`, `/readyz` and `/metrics`.
pub(crate) fn routes(
    env: Arc<Env>,
    metrics: PrometheusHandle,
    phones: Arc<sip::Server>,
    audio: Arc<Audio>,
) -> Router {
    Router::new()
        .route("/healthz", get(async || "alive\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured))
        .with_state(Observed {
            env,
            metrics,
            phones,
            audio,
        })
}

async fn ready(State(observed): State<Observed>) -> impl IntoResponse {
    match observed.env.store.journal_end().await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}

/// Metrics are for the machine itself and for the operator.
async fn measured(
    State(observed): State<Observed>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> impl IntoResponse {
    if is_local(peer, &headers) || is_operator(&observed.env, &headers).await {
        Ok(observed.metrics.render()
            + &phone_metrics::render(&observed.phones)
            + &phone_metrics::audio(observed.audio.studio())
            + &oldest_pending(&observed.env).await)
    } else {
        Err((StatusCode::UNAUTHORIZED, "an operator's token is needed\n"))
    }
}

/// How long the oldest Pending user has waited; nothing when the database does not answer.
async fn oldest_pending(env: &Env) -> String {
    match activation::oldest_age_s(env).await {
        Ok(age) => format!(
            "# TYPE klinke_activation_oldest_pending_seconds gauge\nklinke_activation_oldest_pending_seconds {age}\n"
        ),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "not measured");
            String::new()
        }
    }
}

/// From this machine, and not on behalf of somebody else.
fn is_local(peer: SocketAddr, headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
    peer.ip().to_canonical().is_loopback()
        && !forwarded.iter().any(|name| headers.contains_key(*name))
}

async fn is_operator(env: &Env, headers: &HeaderMap) -> bool {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let Some(token) = header.and_then(|value| value.strip_prefix("Bearer ")) else {
        return false;
    };
    api_token::authenticate(env, token)
        .await
        .is_ok_and(|actor| *actor.grant() == Grant::Operator)
}
