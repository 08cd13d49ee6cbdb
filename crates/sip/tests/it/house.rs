//! A running server with a directory in memory and a store that remembers.

use crate::desk::{REALM, login};
use async_trait::async_trait;
use sip::directory::{
    Attempt, CallLimit, CallRecord, Decision, EnterpriseId, HuntAnswer, Party, Refusal, Route,
    Sides,
};
use sip::location::{Change, Registration};
use sip::{Directory, Events, Login, Server, ServerSettings, Unavailable};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Directory and store in one.
#[derive(Default)]
pub(crate) struct Book {
    pub logins: Mutex<BTreeMap<String, Arc<Login>>>,
    pub routes: Mutex<BTreeMap<String, Route>>,
    pub stored: Mutex<BTreeMap<(String, String), Registration>>,
    pub records: Mutex<Vec<CallRecord>>,
    pub taken: Mutex<Vec<HuntAnswer>>,
    pub is_slow: AtomicBool,
    pub is_down: AtomicBool,
}

impl Book {
    pub(crate) fn with(names: &[&str]) -> Arc<Book> {
        let book = Book::default();
        for name in names {
            book.logins
                .lock()
                .unwrap()
                .insert((*name).into(), Arc::new(login(name, "secret")));
        }
        Arc::new(book)
    }

    async fn wait(&self) -> Result<(), Unavailable> {
        if self.is_slow.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if self.is_down.load(Ordering::Relaxed) {
            Err(Unavailable)
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl Directory for Book {
    async fn login(&self, login: &str) -> Result<Option<Arc<Login>>, Unavailable> {
        self.wait().await?;
        Ok(self.logins.lock().unwrap().get(login).cloned())
    }

    async fn route(&self, attempt: &Attempt) -> Result<Decision, Unavailable> {
        self.wait().await?;
        let route = self.routes.lock().unwrap().get(&attempt.dialled).cloned();
        let nobody = Route::Refuse(Refusal {
            code: 404,
            why: "nobody".into(),
        });
        Ok(Decision {
            sides: Sides::default(),
            presented: Party {
                number: "100".into(),
                name: "A".into(),
            },
            route: route.unwrap_or(nobody),
            limit: Some(CallLimit {
                enterprise: EnterpriseId(1),
                max_calls: 500,
            }),
        })
    }
}

#[async_trait]
impl Events for Book {
    async fn location_changed(&self, changes: &[Change]) -> Result<(), Unavailable> {
        self.wait().await?;
        let mut stored = self.stored.lock().unwrap();
        for change in changes {
            let key = |r: &Registration| (r.login.clone(), r.binding.contact.to_string());
            match change {
                Change::Registered(registration) => {
                    stored.insert(key(registration), registration.clone())
                }
                Change::Ended(registration, _) => stored.remove(&key(registration)),
            };
        }
        Ok(())
    }

    fn hunt_answered(&self, answer: &HuntAnswer) {
        self.taken.lock().unwrap().push(answer.clone());
    }

    async fn calls_ended(&self, records: &[CallRecord]) -> Result<(), Unavailable> {
        self.wait().await?;
        self.records.lock().unwrap().extend_from_slice(records);
        Ok(())
    }
}

pub(crate) fn settings(address: &str) -> ServerSettings {
    let mut settings = ServerSettings::new(address.parse().unwrap(), REALM, [5; 32]);
    settings.sockets_per_address = 1;
    settings
}

pub(crate) fn serve(book: &Arc<Book>) -> Server {
    serve_with(book, &settings("127.0.0.1:0"), Vec::new())
}

pub(crate) fn serve_with(
    book: &Arc<Book>,
    settings: &ServerSettings,
    stored: Vec<Registration>,
) -> Server {
    let (directory, events) = (
        Arc::clone(book) as Arc<dyn Directory>,
        Arc::clone(book) as Arc<dyn Events>,
    );
    Server::bind(settings, directory, events, stored).unwrap()
}

/// Waits until `is_so`, at most five seconds.
pub(crate) async fn until(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain: {what}");
}
