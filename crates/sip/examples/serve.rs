//! A server with 10,000 logins in memory, to be measured: `serve 127.0.0.1:15060`. Passwords are all `secret`; a login
//! is dialled by its name.
#![expect(clippy::disallowed_methods, reason = "it measures real time")]

use async_trait::async_trait;
use sip::digest::Ha1;
use sip::directory::{
    Attempt, CallRecord, Decision, EnterpriseId, Otherwise, Party, Phone, Route, Sides,
};
use sip::location::Change;
use sip::{Directory, Events, Login, Server, ServerSettings, Unavailable};
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

struct Book(HashMap<String, Arc<Login>>);

#[async_trait]
impl Directory for Book {
    async fn login(&self, login: &str) -> Result<Option<Arc<Login>>, Unavailable> {
        Ok(self.0.get(login).cloned())
    }

    async fn route(&self, attempt: &Attempt) -> Result<Decision, Unavailable> {
        let phones = vec![Phone {
            login: attempt.dialled.clone(),
            generation: 1,
        }];
        let route = Route::Offer {
            phones,
            ring_for: Duration::from_secs(20),
            otherwise: Otherwise::default(),
        };
        Ok(Decision {
            sides: Sides::default(),
            presented: Party {
                number: "100".into(),
                name: "Anna".into(),
            },
            route,
            limit: None,
        })
    }
}

struct Nothing;

#[async_trait]
impl Events for Nothing {
    async fn location_changed(&self, _changes: &[Change]) -> Result<(), Unavailable> {
        Ok(())
    }

    async fn calls_ended(&self, _records: &[CallRecord]) -> Result<(), Unavailable> {
        Ok(())
    }
}

fn book() -> Book {
    let login = |number: u32| {
        let login = number.to_string();
        let ha1 = Ha1::new(&login, "klinke", "secret");
        let identity = format!("+{login}");
        let account = Login {
            login: login.clone(),
            ha1,
            identity,
            display_name: String::new(),
            enterprise: EnterpriseId(1),
            generation: 1,
        };
        (login, Arc::new(account))
    };
    Book((0..10_000).map(|n| login(1_000_000 + n)).collect())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:15060".into())
        .parse()?;
    let mut settings = ServerSettings::new(address, "klinke", [1; 32]);
    settings.calls.max_calls_per_login = 100_000;
    let server = Server::bind(&settings, Arc::new(book()), Arc::new(Nothing), Vec::new())?;
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        println!("{:?}", server.metrics());
    }
}
