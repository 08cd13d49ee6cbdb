//! What the call engine reports, kept in the database: registrations for a restart, and call records.

use std::sync::Arc;

use async_trait::async_trait;
use model::{
    CallAnswer, CallOutcome, CallParty, CallRecord, CallRecordId, EnterpriseId, SiteId, Timestamp,
    UserId,
};
use sip::{
    Events, Time, Unavailable,
    directory::{CallRecord as EndedCall, HuntAnswer, Side},
    location::{Change, Registration},
};
use store::{Member, SharedStore};
use uuid::Uuid;

use super::{PhoneDirectory, stored, unavailable};
use crate::{
    Random, Result,
    group_call::{self, KeptVisit, Members},
    live::Live,
    registrations::PhoneChanged,
};

/// Keeps what the call engine reports, and tells the pages that are open.
pub struct CallEvents {
    store: SharedStore,
    random: Arc<dyn Random>,
    directory: Arc<PhoneDirectory>,
    live: Live,
}

#[async_trait]
impl Events for CallEvents {
    async fn location_changed(&self, changes: &[Change]) -> std::result::Result<(), Unavailable> {
        let kept = self.keep_registrations(changes).await;
        kept.map_err(|error| unavailable(&error))?;
        self.tell(changes).await;
        Ok(())
    }

    fn hunt_answered(&self, answer: &HuntAnswer) {
        self.directory.taken.note(answer);
    }

    async fn calls_ended(&self, calls: &[EndedCall]) -> std::result::Result<(), Unavailable> {
        let kept = self.keep_calls(calls).await;
        kept.map_err(|error| unavailable(&error))?;
        for call in calls {
            tracing::debug!(
                caller = call.caller,
                dialled = call.dialled,
                answered_by = call.answered_by,
                code = call.code,
                why = call.why,
                "a call has ended"
            );
        }
        Ok(())
    }
}

impl CallEvents {
    /// Keeps everything in this database.
    #[must_use]
    pub fn new(
        store: SharedStore,
        random: Arc<dyn Random>,
        directory: Arc<PhoneDirectory>,
        live: Live,
    ) -> Self {
        Self {
            store,
            random,
            directory,
            live,
        }
    }

    async fn keep_registrations(&self, changes: &[Change]) -> Result<()> {
        let (mut put, mut ended) = (Vec::new(), Vec::new());
        for change in changes {
            match change {
                Change::Registered(registration) => put.push(stored::row(registration)),
                Change::Ended(Registration { login, binding }, _) => {
                    ended.push((login.clone(), binding.contact.to_string()));
                }
            }
        }
        let mut tx = self.store.write().await?;
        // A device that took the place of another contact comes after it.
        if !ended.is_empty() {
            tx.registration().delete_all(&ended).await?;
        }
        if !put.is_empty() {
            tx.registration().put_all(&put).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn keep_calls(&self, calls: &[EndedCall]) -> Result<()> {
        let (mut records, mut visits) = (Vec::with_capacity(calls.len()), Vec::new());
        for call in calls {
            let mut record = self.record(call);
            record.answered_by = self.answer(call).await?;
            records.push(record);
            visits.extend(self.visits(call).await?);
        }
        let mut tx = self.store.write().await?;
        for record in &records {
            tx.call_record().insert(record).await?;
        }
        for (group, call, steps) in &visits {
            tx.group_call().insert(*group, call, steps).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Who took the call; whose login has ended meanwhile is not known any more.
    async fn answer(&self, call: &EndedCall) -> Result<Option<CallAnswer>> {
        let Some(login) = &call.answered_by else {
            return Ok(None);
        };
        let account = self.directory.account(login).await?;
        // Where a forward leads in another enterprise is that one's business.
        let called = call.sides.called.subscriber.map(|called| called.enterprise);
        let account = account.filter(|account| Some(account.login.enterprise) == called);
        Ok(account.map(|account| CallAnswer {
            user: Some(account.user),
            name: account.login.display_name.clone(),
        }))
    }

    /// What the call did at groups, with the names of their members.
    async fn visits(&self, call: &EndedCall) -> Result<Vec<KeptVisit>> {
        let steps = call.visits.iter().flat_map(|visit| &visit.steps);
        let mut members = Members::new();
        for step in steps {
            if !members.contains_key(&step.who)
                && let Some(account) = self.directory.account(&step.who).await?
            {
                let member = Member {
                    user: Some(account.user),
                    site: Some(account.site),
                    name: account.login.display_name.clone(),
                };
                members.insert(step.who.clone(), member);
            }
        }
        let caller = match call.sides.is_withheld {
            true => String::new(),
            false => group_call::caller(&call.sides.caller.party),
        };
        let id = || self.id(call.ended);
        Ok(group_call::visits(&call.visits, &caller, &members, id))
    }

    fn id(&self, at: Time) -> Uuid {
        let mut bytes = [0; 10];
        self.random.fill(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(at.unix_ms(), &bytes).into_uuid()
    }

    fn record(&self, call: &EndedCall) -> CallRecord {
        let mut called = party(&call.sides.called);
        if called.number.is_empty() {
            called.number.clone_from(&call.dialled);
        }
        let mut caller = party(&call.sides.caller);
        if caller.number.is_empty() {
            caller.number = call.caller.clone().unwrap_or_default();
        }
        CallRecord {
            id: CallRecordId(self.id(call.ended)),
            caller,
            called,
            started_at: timestamp(call.started),
            answered_at: call.answered.map(timestamp),
            ended_at: timestamp(call.ended),
            outcome: match call.answered {
                Some(_) => CallOutcome::Answered,
                None => CallOutcome::unanswered(call.code, call.rang),
            },
            answered_by: None,
            caller_is_withheld: call.sides.is_withheld,
        }
    }

    /// Pages that are open show whose phone is there.
    async fn tell(&self, changes: &[Change]) {
        if !self.live.has_phone_listeners() {
            return;
        }
        for change in changes {
            let login = &change.registration().login;
            if let Ok(Some(account)) = self.directory.account(login).await {
                self.live.tell_phone(PhoneChanged {
                    user: account.user,
                    site: account.site,
                    enterprise: account.enterprise,
                });
            }
        }
    }
}

fn party(side: &Side) -> CallParty {
    let subscriber = side.subscriber;
    CallParty {
        user: subscriber.and_then(|who| Some(UserId(Uuid::from_u128(who.user?)))),
        site: subscriber.map(|who| SiteId(Uuid::from_u128(who.site))),
        enterprise: subscriber.map(|who| EnterpriseId(Uuid::from_u128(who.enterprise.0))),
        name: side.party.name.clone(),
        number: side.party.number.clone(),
    }
}

/// The engine's time as it is stored.
pub(crate) fn timestamp(time: Time) -> Timestamp {
    Timestamp(i64::try_from(time.unix_ms()).unwrap_or(i64::MAX))
}
