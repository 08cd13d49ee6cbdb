//! Agents who say by phone what they are doing: the desk answers with a tone, and the call is over.

use model::{UserId, routing::AgentCode};
use sip::{
    attend::{Attendant, AttendedCall, Language, Notice, Order, Playlist, Sound, Standard, Then},
    directory::Sides,
};
use store::Tenant;
use uuid::Uuid;

use super::{Desks, failed};
use crate::{
    Actor, Env, Error, Result,
    call_centre::{desks, set_state},
};

/// Who attends the calls with this code; no call centre has so small a number.
pub(crate) fn by_phone(code: AgentCode) -> Attendant {
    let before = AgentCode::ALL.iter().take_while(|other| **other != code);
    Attendant(1 + before.map(|_| 1).sum::<u128>())
}

fn read(attendant: Attendant) -> Option<AgentCode> {
    let codes = AgentCode::ALL.into_iter();
    codes
        .map(|code| (code, by_phone(code)))
        .find(|(_, known)| *known == attendant)
        .map(|(code, _)| code)
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
                self.by_phone.insert(*call);
                let order = answer(&self.env, code, *call, sides).await;
                self.order(order);
                true
            }
            Notice::Played { call } if self.by_phone.contains(call) => {
                let (call, code) = (*call, 480);
                self.order(Order::Hangup { call, code });
                true
            }
            Notice::Ended { call, .. } => self.by_phone.remove(call),
            Notice::Played { .. }
            | Notice::OfferFailed { .. }
            | Notice::Connected { .. }
            | Notice::Digit { .. } => false,
        }
    }
}

/// A tone when it is done. Who is an agent nowhere is refused, and so is who does not say why where a reason is asked for.
async fn answer(env: &Env, code: AgentCode, call: AttendedCall, sides: &Sides) -> Order {
    let refused = |code| Order::Hangup { call, code };
    match say(env, code, sides).await {
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

/// Sets the state in each call centre that the caller is an agent of; `false` when there is none.
async fn say(env: &Env, code: AgentCode, sides: &Sides) -> Result<bool> {
    let Some(user) = sides.caller.subscriber.and_then(|caller| caller.user) else {
        return Ok(false);
    };
    let user = UserId(Uuid::from_u128(user));
    let mut tx = env.read().await?;
    let found = tx.user().get(Tenant::Installation, user).await?;
    drop(tx);
    let Some(found) = found else {
        return Ok(false);
    };
    let actor = Actor::at_phone(&found);
    let own = desks(env, &actor, env.now()).await?.centres;
    for desk in &own {
        set_state(env, &actor, (desk.centre.id, user), code.state(), "").await?;
    }
    Ok(!own.is_empty())
}
