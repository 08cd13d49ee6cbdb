//! The one writer of SQLite, and the commit that several transactions share.
//!
//! A durable commit waits for the disk. Transactions that arrive meanwhile would each wait in turn; instead each runs in a
//! savepoint of one outer transaction, and whoever finishes queues behind those already waiting: when its turn comes again,
//! it commits for all that have finished by then. Nobody is told "done" before the disk has it.
//!
//! Every statement is a message to SQLite's thread, which costs more than the statement: what ends one turn is sent together
//! with what begins the next, or with the commit.

use std::sync::Arc;

use sqlx::SqliteConnection;
use store::{Error, Result};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot, watch};

use crate::failed;

/// What the last turn has left behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing: no outer transaction is open.
    Nothing,
    /// A savepoint that is to be kept.
    Finished,
    /// A savepoint that is to be undone.
    Abandoned,
}

/// The writing connection and those who wait for its commit.
struct Lane {
    connection: SqliteConnection,
    last: Last,
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

impl Writer {
    pub(crate) fn new(connection: SqliteConnection, changed: watch::Sender<()>) -> Self {
        let last = Last::Nothing;
        Self(Arc::new(Mutex::new(Lane {
            connection,
            last,
            waiting: Vec::new(),
            changed,
        })))
    }

    /// Waits for a turn; on its own, because whoever asked may go away while the turn begins.
    pub(crate) async fn begin(&self) -> Result<Turn> {
        tokio::spawn(self.clone().begin_turn())
            .await
            .map_err(Error::database)?
    }

    async fn begin_turn(self) -> Result<Turn> {
        let mut lane = self.0.clone().lock_owned().await;
        lane.begin().await?;
        Ok(Turn {
            writer: self,
            lane: Some(lane),
        })
    }

    /// Commits what has finished; runs on its own, so that nobody who goes away leaves the others waiting.
    fn settle(self) {
        tokio::spawn(async move { self.0.lock().await.settle().await });
    }

    pub(crate) async fn close(&self) {
        let mut lane = self.0.lock().await;
        lane.settle().await;
        if let Err(error) = lane.run("pragma wal_checkpoint(truncate)").await {
            tracing::warn!(%error, "the write-ahead log stays for the next start");
        }
    }
}

impl Lane {
    async fn run(&mut self, sql: &'static str) -> Result<()> {
        sqlx::raw_sql(sql)
            .execute(&mut self.connection)
            .await
            .map(|_| ())
            .map_err(failed)
    }

    async fn begin(&mut self) -> Result<()> {
        let begun = match self.last {
            Last::Nothing => self.run("begin immediate; savepoint turn").await,
            Last::Finished => self.run("release turn; savepoint turn").await,
            // The savepoint stays, empty, and serves the next turn.
            Last::Abandoned => self.run("rollback to turn").await,
        };
        match begun {
            // Until it is committed, whatever ends the turn abandons it.
            Ok(()) => self.last = Last::Abandoned,
            Err(_) => self.give_up().await,
        }
        begun
    }

    /// Gives the whole transaction up, and with it those who wait.
    async fn give_up(&mut self) {
        if let Err(error) = self.run("rollback").await {
            tracing::error!(%error, "there was no transaction to roll back");
        }
        self.end(false);
    }

    async fn settle(&mut self) {
        let committed = match self.last {
            Last::Nothing => return,
            Last::Finished => self.run("release turn; commit").await,
            Last::Abandoned => self.run("rollback to turn; release turn; commit").await,
        };
        match committed {
            Ok(()) => {
                self.end(true);
                self.changed.send_replace(());
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "committing failed"
                );
                self.give_up().await;
            }
        }
    }

    fn end(&mut self, committed: bool) {
        self.last = Last::Nothing;
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

    pub(crate) async fn commit(mut self) -> Result<()> {
        let (done, committed) = oneshot::channel();
        let lane = self.lane();
        lane.waiting.push(done);
        lane.last = Last::Finished;
        drop(self);
        match committed.await {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => Err(Error::database("the shared commit failed")),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        drop(self.lane.take());
        self.writer.clone().settle();
    }
}
