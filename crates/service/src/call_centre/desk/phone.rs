//! Agents who say by phone what they are doing: the desk answers with a tone, and the call is over.

use model::{UserId, VirtualUserId, routing::AgentCode};
use sip::{
    attend::{Attendant, AttendedCall, Language, Notice, Order, Playlist, Sound, Standard, Then},
    directory::Sides,
};
use store::Tenant;
use uuid::Uuid;

use super::{Desks, failed};
use crate::{Actor, Env, Error, Result, call_centre::set_by_phone};

/// Who attends the calls with this code; no call centre has so small a number.
pub(crate) fn by_phone(code: AgentCode) -> Attendant {
    let before = AgentCode::every().take_while(|other| *other != code);
    Attendant(1 + before.map(|_| 1).sum::<u128>())
}

fn read(attendant: Attendant) -> Option<AgentCode> {
    let before = attendant.0.checked_sub(1)?;
    AgentCode::every().nth(usize::try_from(before).ok()?)
}

/// An agent who calls, and where.
pub(super) struct Agent {
    actor: Actor,
    user: UserId,
    centres: Vec<VirtualUserId>,
}

impl Agent {
    /// `None` for whoever is an agent nowhere.
    async fn calling(env: &Env, sides: &Sides) -> Result<Option<Self>> {
        let Some(user) = sides.caller.subscriber.and_then(|caller| caller.user) else {
            return Ok(None);
        };
        let user = UserId(Uuid::from_u128(user));
        let mut tx = env.read().await?;
        let Some(found) = tx.user().get(Tenant::Installation, user).await? else {
            return Ok(None);
        };
        let actor = Actor::at_phone(&found);
        let centres = tx.call_centre().list_of_agent(actor.tenant(), user).await?;
        let centres: Vec<_> = centres.iter().map(|centre| centre.id).collect();
        Ok((!centres.is_empty()).then_some(Self {
            actor,
            user,
            centres,
        }))
    }

    async fn is(&self, env: &Env, code: AgentCode) -> Result<()> {
        set_by_phone(env, &self.actor, &self.centres, self.user, code).await
    }
}

impl Desks {
    /// Takes what the engine tells of such a call; `false` when it is about another one.
    pub(super) async fn is_said_by_phone(&mut self, notice: &Notice) -> bool {
        match notice {
            Notice::Entered {
                call,
                attendant,
                sides,
                ..
            } => {
                let Some(code) = read(*attendant) else {
                    return false;
                };
                let said = self.hear(code, *call, sides).await;
                self.order(answer(*call, said));
                true
            }
            Notice::Played { call } if self.by_phone.contains_key(call) => {
                let (call, code) = (*call, 480);
                self.order(Order::Hangup { call, code });
                true
            }
            Notice::Ended { call, .. } => {
                let Some(said) = self.by_phone.remove(call) else {
                    return false;
                };
                if let Some(agent) = said
                    && let Err(error) = agent.is(&self.env, AgentCode::Available).await
                {
                    failed(&error);
                }
                true
            }
            Notice::Played { .. }
            | Notice::OfferFailed { .. }
            | Notice::Connected { .. }
            | Notice::Digit { .. }
            | Notice::OwnCalls { .. } => false,
        }
    }

    /// Whoever becomes available does so after this very call: until then the phone is in use. `false` when the caller is an
    /// agent nowhere.
    async fn hear(&mut self, code: AgentCode, call: AttendedCall, sides: &Sides) -> Result<bool> {
        let Some(agent) = Agent::calling(&self.env, sides).await? else {
            return Ok(false);
        };
        let later = match code {
            AgentCode::Available => Some(agent),
            AgentCode::SignIn | AgentCode::Unavailable { .. } | AgentCode::SignOut => {
                agent.is(&self.env, code).await?;
                None
            }
        };
        self.by_phone.insert(call, later);
        Ok(true)
    }
}

/// A tone when it is done. Who is an agent nowhere is refused, and so is who does not say why where a reason is asked for.
fn answer(call: AttendedCall, said: Result<bool>) -> Order {
    let refused = |code| Order::Hangup { call, code };
    match said {
        Ok(true) => Order::Play {
            call,
            playlist: Playlist {
                // A tone is the same in all languages.
                first: vec![Sound::Standard(Standard::Beep, Language::German)],
                then: Then::Silence,
            },
        },
        Ok(false) => refused(403),
        Err(Error::Invalid(_)) => refused(484),
        Err(error) => {
            failed(&error);
            refused(480)
        }
    }
}
