//! The one writer of SQLite, and the commit that several transactions share.
//!
//! A durable commit waits for the disk. Transactions that arrive meanwhile would each wait in turn; instead each runs in a
//! savepoint of one outer transaction, and whoever finishes queues behind those already waiting: when its turn comes again,
//! it commits for all that have finished by then. Nobody is told "done" before the disk has it.

use std::sync::Arc;

use sqlx::SqliteConnection;
use store::{Error, Result};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot, watch};

use crate::failed;

/// The writing connection and those who wait for its commit.
struct Lane {
    connection: SqliteConnection,
    /// Whether the outer transaction is open.
    open: bool,
    /// Whether a turn ended without commit, so that its savepoint is still to be rolled back.
    abandoned: bool,
    /// Who has finished and waits for the disk.
    waiting: Vec<oneshot::Sender<bool>>,
    changed: watch::Sender<()>,
}

/// Hands out turns, first come first served.
#[derive(Clone)]
pub(crate) struct Writer(Arc<Mutex<Lane>>);

/// The right to write, until it is committed or dropped.
pub(crate) struct Turn {
    writer: Writer,
    lane: Option<OwnedMutexGuard<Lane>>,
}

/// Runs on its own: whoever asked may go away at any moment, but the lane has to know what was begun and what was ended.
async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(work).await.map_err(Error::database)?
}

impl Writer {
    pub(crate) fn new(connection: SqliteConnection, changed: watch::Sender<()>) -> Self {
        Self(Arc::new(Mutex::new(Lane {
            connection,
            open: false,
            abandoned: false,
            waiting: Vec::new(),
            changed,
        })))
    }

    /// Waits for a turn.
    pub(crate) async fn begin(&self) -> Result<Turn> {
        to_its_end(self.clone().begin_turn()).await
    }

    async fn begin_turn(self) -> Result<Turn> {
        let lane = self.0.clone().lock_owned().await;
        let mut turn = Turn {
            writer: self,
            lane: Some(lane),
        };
        turn.lane().begin().await?;
        Ok(turn)
    }

    /// Commits what has finished; runs on its own, so that nobody who goes away leaves the others waiting.
    fn settle(self) {
        tokio::spawn(async move { self.0.lock().await.settle().await });
    }

    pub(crate) async fn close(&self) {
        let mut lane = self.0.lock().await;
        lane.settle().await;
        let checkpoint = sqlx::raw_sql("pragma wal_checkpoint(truncate)")
            .execute(&mut lane.connection)
            .await;
        if let Err(error) = checkpoint {
            tracing::warn!(%error, "the write-ahead log stays for the next start");
        }
    }
}

impl Lane {
    async fn run(&mut self, sql: &'static str) -> Result<()> {
        sqlx::query(sql)
            .execute(&mut self.connection)
            .await
            .map(|_| ())
            .map_err(failed)
    }

    async fn begin(&mut self) -> Result<()> {
        self.clean_up().await;
        if !self.open {
            self.run("begin immediate").await?;
            self.open = true;
        }
        self.run("savepoint turn").await
    }

    /// Undoes an abandoned turn; if even that fails, the whole transaction is given up.
    async fn clean_up(&mut self) {
        if std::mem::take(&mut self.abandoned) && self.open {
            let undone = async {
                self.run("rollback to turn").await?;
                self.run("release turn").await
            };
            if undone.await.is_err() {
                self.give_up().await;
            }
        }
    }

    async fn give_up(&mut self) {
        if let Err(error) = self.run("rollback").await {
            tracing::error!(%error, "rolling back failed");
        }
        self.open = false;
        self.tell(false);
    }

    async fn settle(&mut self) {
        self.clean_up().await;
        if !self.open {
            return;
        }
        match self.run("commit").await {
            Ok(()) => {
                self.open = false;
                self.tell(true);
                self.changed.send_replace(());
            }
            Err(error) => {
                tracing::error!(%error, "committing failed");
                self.give_up().await;
            }
        }
    }

    fn tell(&mut self, committed: bool) {
        for waiting in self.waiting.drain(..) {
            // Who has gone away does not need to know.
            let _ = waiting.send(committed);
        }
    }
}

impl Turn {
    fn lane(&mut self) -> &mut Lane {
        self.lane
            .as_mut()
            .expect("a turn holds the lane until it is committed")
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.lane().connection
    }

    pub(crate) async fn commit(self) -> Result<()> {
        to_its_end(self.release()).await
    }

    async fn release(mut self) -> Result<()> {
        let lane = self.lane();
        lane.run("release turn").await?;
        let (done, committed) = oneshot::channel();
        lane.waiting.push(done);
        self.lane = None;
        self.writer.clone().settle();
        match committed.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Error::database("the shared commit failed")),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(mut lane) = self.lane.take() {
            lane.abandoned = true;
            drop(lane);
            self.writer.clone().settle();
        }
    }
}
