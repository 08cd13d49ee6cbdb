//! Listening, and stopping gracefully.

use std::{future::IntoFuture, net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use axum::Router;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// How long requests under way may take after the stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

/// Binds the address.
pub(crate) async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("listening on {address}"))
}

/// Serves until `stop`, then lets requests under way end.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    mut stop: watch::Receiver<bool>,
) -> Result<()> {
    let mut grace = stop.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|stopped| *stopped).await;
    });
    let out_of_patience = async move {
        let _ = grace.wait_for(|stopped| *stopped).await;
        pause(GRACE).await;
    };
    tokio::select! {
        done = serving.into_future() => done.context("serving"),
        () = out_of_patience => Ok(()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "connections that stay open are given up after a while"
)]
async fn pause(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// What asks the process to stop.
pub(crate) struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// Listens from now on: whoever was told that we are ready may ask at once.
    pub(crate) fn listen() -> Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Ends when the process was asked to stop.
    pub(crate) async fn asked(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
