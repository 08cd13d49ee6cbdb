//! The desk of one call centre: its queue, and what the queue's calls are to the engine.

mod heard;
mod own_calls;

use std::{collections::HashMap, time::Duration};

use model::{
    Country, EnterpriseId, Heard, LoginName, RING_S, Timestamp, UserId, VirtualUserId,
    call_centre::{
        Action, AgentDeed, CallCentre, CallId, Event, Hours, NoAnswer, OfferId, OtherCall, Queue,
        Schedule, Seat,
    },
};
use sip::{
    attend::{AttendedCall, Notice, Order},
    directory::Party,
};
use store::{AgentSeat, Tenant};

use super::{Desks, LiveWall, TalkingCaller, WaitingCaller, moment, sounds::playlist, writing};
use crate::{Error, Result, audio, group_call};
use heard::Way;

/// The numbers of sent calls are up here, those of offers below.
const SENT: u64 = 1 << 63;

/// A call as the engine knows it.
#[derive(Clone, Debug)]
struct Known {
    call: AttendedCall,
    caller: Party,
    way: Way,
}

/// The desk of one call centre.
pub(super) struct Desk {
    centre: CallCentre,
    country: Country,
    schedule: Schedule,
    queue: Queue,
    calls: HashMap<CallId, Known>,
    /// Names of everybody who was an agent since the desk was opened: records outlive seats.
    names: HashMap<UserId, String>,
    /// Where the agents' phones log in.
    logins: HashMap<UserId, LoginName>,
    /// Uploaded sounds.
    heard: Heard,
    last_call: u64,
    is_closed: bool,
}

/// What the store says about a call centre.
struct Read {
    centre: CallCentre,
    country: Country,
    schedule: Schedule,
    seats: Vec<Seat>,
    names: HashMap<UserId, String>,
    logins: HashMap<UserId, LoginName>,
    heard: Heard,
}

async fn read(desks: &Desks, id: VirtualUserId) -> Result<Option<Read>> {
    let (env, tenant) = (&desks.env, Tenant::Installation);
    let mut tx = env.read().await?;
    let Some(centre) = tx.call_centre().get(tenant, id).await? else {
        return Ok(None);
    };
    let own = &centre.virtual_user;
    let place = tx.site().get(tenant, own.site).await?;
    let country = place.ok_or(Error::NotFound)?.site.country;
    let schedule = tx.call_centre().schedule(tenant, own.site).await?;
    let heard = audio::heard(tx.as_mut(), id, own.site).await?;
    let mut seats = Vec::new();
    let (mut names, mut logins) = (HashMap::new(), HashMap::new());
    for agent in tx.call_centre().list_agents(tenant, id).await? {
        let user = agent.member.user;
        let services = tx.call_services().get(tenant, user).await?;
        let mut seat = seat(&agent, services.is_undisturbed(env.now()));
        if let Some(found) = tx.user().get(tenant, user).await? {
            let login = LoginName::of(&found.number);
            seat.personal_calls = u16::from(desks.orders.watch(login.as_str()));
            logins.insert(user, login);
        }
        seats.push(seat);
        names.insert(user, agent.name);
    }
    Ok(Some(Read {
        centre,
        country,
        schedule,
        seats,
        names,
        logins,
        heard,
    }))
}

fn seat(agent: &AgentSeat, is_undisturbed: bool) -> Seat {
    Seat {
        weight: agent.member.weight,
        state: agent.state.clone(),
        is_active: agent.user_state.is_active(),
        is_undisturbed,
        ..Seat::new(agent.member.user, agent.since)
    }
}

impl Desk {
    /// The desk of a call centre that is active; `None` when there is none.
    pub(super) async fn read(desks: &Desks, id: VirtualUserId) -> Result<Option<Self>> {
        let read = read(desks, id).await?;
        let active = read.filter(|read| read.centre.virtual_user.state.is_active());
        let seed = u64::from_le_bytes(desks.env.bytes());
        Ok(active.map(|read| Self {
            queue: Queue::new(read.centre.settings.clone(), read.seats, seed),
            centre: read.centre,
            country: read.country,
            schedule: read.schedule,
            calls: HashMap::new(),
            names: read.names,
            logins: read.logins,
            heard: read.heard,
            last_call: 0,
            is_closed: false,
        }))
    }

    pub(super) fn enterprise(&self) -> EnterpriseId {
        self.centre.virtual_user.enterprise
    }

    pub(super) fn next_timeout(&self) -> Option<Timestamp> {
        self.queue.next_timeout()
    }

    /// Whether the call centre was deleted and its last call is over.
    pub(super) fn is_over(&self) -> bool {
        self.is_closed && self.queue.is_empty()
    }

    pub(super) fn has(&self, agent: UserId) -> bool {
        self.queue.seats().iter().any(|seat| seat.agent == agent)
    }

    /// Who talks to a caller of this queue.
    pub(super) fn talking(&self) -> Vec<UserId> {
        let agents = self.queue.wall().agents.into_iter();
        let talking = agents.filter(|agent| agent.deed == AgentDeed::Talking);
        talking.map(|agent| agent.agent).collect()
    }

    /// What wallboards show.
    pub(super) fn wall(&self) -> LiveWall {
        let wall = self.queue.wall();
        let waiting = wall.waiting.into_iter().map(|call| WaitingCaller {
            caller: self.caller(call.call),
            since: call.since,
            has_bounced: call.has_bounced,
            rung: call.rung,
        });
        let talking = wall.talking.into_iter().map(|talk| TalkingCaller {
            caller: self.caller(talk.call),
            since: talk.since,
            agent: talk.agent,
            answered_at: talk.answered_at,
        });
        let deeds = wall.agents.into_iter();
        LiveWall {
            waiting: waiting.collect(),
            talking: talking.collect(),
            deeds: deeds.map(|agent| (agent.agent, agent.deed)).collect(),
        }
    }

    fn caller(&self, call: CallId) -> String {
        let known = self.calls.get(&call);
        known.map_or_else(String::new, |known| group_call::caller(&known.caller))
    }

    /// Takes what the engine tells.
    pub(super) async fn notice(&mut self, desks: &mut Desks, notice: Notice) -> Result<()> {
        let Some(event) = self.event(desks, notice) else {
            return Ok(());
        };
        self.feed(desks, event).await
    }

    pub(super) async fn timer(&mut self, desks: &mut Desks) -> Result<()> {
        self.feed(desks, Event::Timer).await
    }

    pub(super) async fn other_call(
        &mut self,
        desks: &mut Desks,
        agent: UserId,
        call: OtherCall,
        has_begun: bool,
    ) -> Result<()> {
        let event = if has_begun {
            Event::OtherCallBegan { agent, call }
        } else {
            Event::OtherCallEnded { agent, call }
        };
        self.feed(desks, event).await
    }

    /// The call centre was deleted.
    pub(super) async fn close(&mut self, desks: &mut Desks) -> Result<()> {
        self.is_closed = true;
        self.feed(desks, Event::Closed).await
    }

    /// Reads settings, agents and states again. What an agent has said since counts; what the queue did by itself stays.
    pub(super) async fn look_again(&mut self, desks: &mut Desks) -> Result<()> {
        let own = self.centre.virtual_user.id;
        let Some(read) = read(desks, own).await? else {
            return self.close(desks).await;
        };
        let said: Vec<_> = read
            .seats
            .iter()
            .filter(|seat| self.is_news(seat))
            .collect();
        let said = said.into_iter().map(|seat| Event::AgentSet {
            agent: seat.agent,
            state: seat.state.clone(),
        });
        let said: Vec<_> = said.collect();
        self.names.extend(read.names);
        self.logins = read.logins;
        self.schedule = read.schedule;
        self.heard = read.heard;
        let settings = Box::new(read.centre.settings.clone());
        self.centre = read.centre;
        let seats = read.seats;
        for seat in &seats {
            self.own_calls(desks, seat.agent, seat.personal_calls > 0)
                .await?;
        }
        self.feed(desks, Event::Changed { settings, seats }).await?;
        for event in said {
            self.feed(desks, event).await?;
        }
        Ok(())
    }

    fn is_news(&self, stored: &Seat) -> bool {
        let known = self.queue.seats().iter();
        let mut known = known.filter(|seat| seat.agent == stored.agent);
        known.any(|seat| seat.state != stored.state && seat.since <= stored.since)
    }

    fn hours(&self, now: Timestamp) -> Hours {
        if self.centre.settings.follows_hours {
            self.schedule.at(moment(now, self.country))
        } else {
            Hours::Open
        }
    }

    async fn feed(&mut self, desks: &mut Desks, event: Event) -> Result<()> {
        let over = match &event {
            Event::Ended { call } => Some(*call),
            _ => None,
        };
        let now = desks.env.now();
        let mut refused = Vec::new();
        let mut next = vec![event];
        while let Some(event) = next.pop() {
            for action in self.queue.handle(now, event) {
                refused.extend(self.act(desks, now, action).await?);
            }
            next.append(&mut refused);
        }
        if let Some(call) = over {
            self.calls.remove(&call);
        }
        Ok(())
    }

    /// Does what the queue wants; an offer that the engine cannot take comes back at once.
    async fn act(
        &mut self,
        desks: &mut Desks,
        now: Timestamp,
        action: Action,
    ) -> Result<Option<Event>> {
        let id = self.centre.virtual_user.id;
        match action {
            Action::State { agent, state } => {
                writing::keep_state(&desks.env, id, agent, &state, now).await?;
            }
            Action::Record(record) => {
                let caller = self.caller(record.call);
                writing::keep_call(&desks.env, id, &record, caller, &self.names).await?;
            }
            Action::Offer {
                call,
                offer,
                agent,
                rings,
            } => return self.offer(desks, (call, offer), agent, rings).await,
            Action::Play { call, sounds } => {
                let playlist = playlist(&sounds, self.country, &self.heard);
                if let Some(call) = self.engine_call(call) {
                    desks.order(Order::Play { call, playlist });
                }
            }
            Action::Withdraw { call, offer } => {
                let offer = sip::attend::OfferId(offer.0);
                if let Some(call) = self.engine_call(call) {
                    desks.order(Order::Withdraw { call, offer });
                }
            }
            Action::Transfer { call, to } => self.transfer(desks, call, &to).await?,
            Action::Busy { call } => self.hang_up(desks, call, 486),
            Action::Release { call } => self.hang_up(desks, call, 480),
        }
        Ok(None)
    }

    fn engine_call(&self, call: CallId) -> Option<AttendedCall> {
        self.calls.get(&call).map(|known| known.call)
    }

    fn hang_up(&self, desks: &Desks, call: CallId, code: u16) {
        if let Some(call) = self.engine_call(call) {
            desks.order(Order::Hangup { call, code });
        }
    }

    async fn transfer(&self, desks: &Desks, call: CallId, to: &model::ForwardTarget) -> Result<()> {
        let Some(known) = self.calls.get(&call) else {
            return Ok(());
        };
        let centre = &self.centre.virtual_user;
        let route = desks
            .directory
            .transferred(centre, to, &known.caller)
            .await?;
        desks.order(Order::Send {
            call: known.call,
            offer: sip::attend::OfferId(SENT | call.0),
            route: Box::new(route),
        });
        Ok(())
    }

    /// Rings an agent; phones show the call centre's name before the caller's.
    async fn offer(
        &self,
        desks: &Desks,
        (call, offer): (CallId, OfferId),
        agent: UserId,
        rings: u8,
    ) -> Result<Option<Event>> {
        let not_answered = |why| Event::NotAnswered { call, offer, why };
        let Some(known) = self.calls.get(&call) else {
            return Ok(None);
        };
        let phones = desks.directory.phones_of(agent).await?;
        if phones.is_empty() {
            return Ok(Some(not_answered(NoAnswer::Unreachable)));
        }
        let Party { number, name } = known.caller.clone();
        let own = &self.centre.virtual_user.name;
        let name = match name.is_empty() {
            true => own.to_string(),
            false => format!("{own}: {name}"),
        };
        let is_taken = desks.order(Order::Offer {
            call: known.call,
            offer: sip::attend::OfferId(offer.0),
            phones,
            ring_for: Duration::from_secs(u64::from(rings) * u64::from(RING_S)),
            shown: Party { number, name },
        });
        Ok((!is_taken).then(|| not_answered(NoAnswer::Failed)))
    }
}
