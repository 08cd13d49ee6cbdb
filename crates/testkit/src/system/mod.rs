//! The system itself; beside it, who and what is in it.

mod access;
mod answer;
mod api;
mod authenticator;
mod browser;
mod carrier;
mod chance;
mod clock;
mod company;
mod database;
mod desk;
mod mailbox;
mod people;
mod phones;

use std::{sync::Arc, time::Duration};

use model::{Role, User, UserId};
use service::{
    Actor, Env, Live, Settings,
    activation::{self, BackEnd, Carrier, Decision},
    jobs, live,
    secret::SealingKey,
};

pub use access::{PASSWORD, SOURCE};
pub use answer::{Answer, HOST};
pub use api::Api;
pub use authenticator::{Authenticator, totp_code};
pub use browser::{Browser, Form};
pub use carrier::{TestCarrier, WEBHOOK_SECRET};
pub use chance::RepeatableRandom;
pub use clock::FakeClock;
pub use company::{TestEnterprise, TestSite};
pub use database::Database;
pub use desk::TestDesk;
pub use mailbox::{Mail, Mailbox};
pub use phones::{Call, TestPhones};

/// A system with a database of its own.
pub struct TestSystem {
    /// What every use case takes.
    pub env: Arc<Env>,
    /// The clock of `env`.
    pub clock: Arc<FakeClock>,
    /// The operator, by an API token.
    pub operator: Actor,
    /// The phones that are logged in, and what they report.
    pub phones: Arc<TestPhones>,
    /// Where the letters of the system arrive.
    pub mailbox: Arc<Mailbox>,
    // Behind `env`, so that the store goes before its database.
    /// The database, for a look past the use cases.
    pub database: Database,
}

/// The key of every test system; it lies outside of its database.
pub fn sealing_key() -> SealingKey {
    SealingKey::new(&[7; 32])
}

impl TestSystem {
    /// A system whose operator activates by hand, so that a test decides when.
    pub async fn new() -> Self {
        Self::with(BackEnd::Manual, None).await
    }

    /// A system that activates by itself when the jobs are run.
    pub async fn automatic() -> Self {
        Self::with(BackEnd::Automatic, None).await
    }

    async fn with(activation: BackEnd, carrier: Option<Carrier>) -> Self {
        let database = Database::create().await;
        let clock = Arc::new(FakeClock::default());
        let store = database.open().await;
        let random = Arc::new(RepeatableRandom::new(7));
        let live = Live::default();
        let phones = Arc::new(TestPhones::new(&store, clock.clone(), live.clone()));
        let env = Env::new(
            store,
            clock.clone(),
            random,
            sealing_key(),
            Settings {
                activation,
                sip_server: "sip.klinke.example:5060".to_owned(),
                sip_transport: "udp",
                call_record_days: 180,
                public_url: format!("https://{HOST}"),
                sip_tls_port: Some(5061),
                audio_ports: (30_000, 34_999),
                activation_reminder_hours: 24,
            },
        );
        let mailbox = Arc::new(Mailbox::default());
        let env = env
            .with_registrations(phones.clone(), live)
            .with_orders(carrier);
        let env = Arc::new(env.with_post(mailbox.clone()));
        let operator = access::by_token(&env, Role::Operator, None, None).await;
        Self {
            env,
            clock,
            operator,
            phones,
            mailbox,
            database,
        }
    }

    /// Portal and API, as they are served.
    pub fn router(&self) -> axum::Router {
        web::server::router(self.env.clone())
    }

    /// Follows the journal in the background from now on, as the process does.
    pub async fn follow(&self) {
        let env = self.env.clone();
        let from = env.store.journal_end().await.unwrap();
        tokio::spawn(async move { live::follow(&env, from).await });
    }

    /// Runs every job that is due; answers how long there is nothing to do then.
    pub async fn run_jobs(&self) -> Duration {
        jobs::run_due(&self.env).await.unwrap()
    }

    /// The operator activates the user.
    pub async fn activate(&self, user: UserId) -> User {
        self.decide(user, Decision::Activate).await
    }

    /// The operator says why the user cannot be activated.
    pub async fn fail(&self, user: UserId, reason: &str) -> User {
        self.decide(
            user,
            Decision::Fail {
                reason: reason.to_owned(),
            },
        )
        .await
    }

    /// The operator decides about the user's activation.
    pub async fn decide(&self, user: UserId, decision: Decision) -> User {
        activation::decide(&self.env, &self.operator, user, &decision)
            .await
            .unwrap()
    }
}
