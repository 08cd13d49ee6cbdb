//! The engine's own audio on a leg: answering with it, bringing a phone to it by re-INVITE, and what that phone asks for
//! while it listens.

use super::leg::{Asked, LegState, Purpose};
use super::transfer::{Join, LegRef};
use super::{CallId, Engine};
use crate::attend::{Attendant, Notice, Playlist};
use crate::dialog::address;
use crate::directory::Party;
use crate::flow::Flow;
use crate::media::{Heard, NoAudio, PortKey};
use crate::message::{Message, Method, Wire, Writer};
use crate::time::Time;
use crate::transaction::TransactionId;
use bytes::{Bytes, BytesMut};

/// Why a phone is brought to our audio.
#[derive(Clone, Copy, Debug)]
pub(super) enum Own {
    /// It is parked, as this call asks.
    Park(CallId),
    /// It was transferred to an attendant, by this call.
    Enter(CallId, Attendant),
    /// Its new partner is gone.
    Back,
}

impl NoAudio {
    fn code(self) -> u16 {
        match self {
            NoAudio::NoPort => 503,
            NoAudio::NoCodec => 488,
        }
    }
}

/// A message that carries this description.
fn described(body: &Bytes) -> Option<Message> {
    let mut out = Writer::status(200, b"OK");
    out.header("Via", b"SIP/2.0/UDP x;branch=z9hG4bK0")
        .header("From", b"<sip:x>;tag=x")
        .header("To", b"<sip:x>;tag=x")
        .header("Call-ID", b"x")
        .header("CSeq", b"1 INVITE");
    let packet = out.finish(Some(b"application/sdp"), body);
    Message::parse(BytesMut::from(&packet[..]), Wire::Datagram).ok()
}

impl Engine {
    /// Gives the leg a port unless it has one.
    fn open_port(&mut self, leg: usize) -> Result<(), u16> {
        if self.legs[leg].port.is_some() {
            return Ok(());
        }
        let (random, local) = (self.legs[leg].random, self.legs[leg].dialog.flow.local.ip());
        let media = self.media.as_ref().ok_or(503u16)?;
        let shard = self.settings.shard;
        let key = PortKey { shard, leg, random };
        self.legs[leg].port = Some(media.open(key, local).map_err(NoAudio::code)?);
        Ok(())
    }

    /// Our description for this INVITE: the answer to its offer, or an offer.
    fn describe(&mut self, leg: usize, offer: &[u8]) -> Result<Message, u16> {
        self.open_port(leg)?;
        let port = self.legs[leg].port.as_mut().ok_or(503u16)?;
        let body = if offer.is_empty() {
            port.offer()
        } else {
            port.answer(offer).map_err(NoAudio::code)?
        };
        described(&body).ok_or(500)
    }

    /// Whether this leg's INVITE could be answered with our audio; nothing is kept.
    pub(super) fn could_hear_us(&mut self, leg: usize) -> Result<(), u16> {
        let asked = self.legs[leg].asked.as_ref();
        let offer = asked.map(|asked| Bytes::copy_from_slice(asked.request.body()));
        let described = self.describe(leg, &offer.unwrap_or_default());
        self.legs[leg].port = None;
        described.map(drop)
    }

    /// Answers the leg's INVITE with our audio.
    pub(super) fn answer_own(&mut self, now: Time, leg: usize) -> Result<(), u16> {
        let asked = self.legs[leg].asked.as_ref();
        let offer = asked.map(|asked| Bytes::copy_from_slice(asked.request.body()));
        let answer = self.describe(leg, &offer.unwrap_or_default())?;
        self.metrics.answered.add();
        self.accept(now, leg, &answer);
        Ok(())
    }

    pub(super) fn play(&mut self, leg: LegRef, playlist: &Playlist) {
        if self.is_there(leg)
            && let Some(port) = self.legs[leg.leg].port.as_mut()
        {
            port.play(playlist);
        }
    }

    /// Brings a phone that is up to our audio; the end of it is `own_answered`.
    pub(super) fn take_over(&mut self, now: Time, leg: usize, own: Own) -> Result<(), u16> {
        let offer = self.describe(leg, b"")?;
        let join = Join::Own(own);
        if self.is_idle(leg) {
            self.invite_with(now, leg, Some(&offer), Purpose::Transfer(join));
        } else if self.legs[leg].again.is_none() {
            self.put_off(now, leg, Some(offer), join, 0);
        } else {
            return Err(491);
        }
        Ok(())
    }

    /// The final answer to an INVITE that brings a phone to us.
    pub(super) fn own_answered(
        &mut self,
        now: Time,
        leg: usize,
        own: Own,
        accepted: Option<&Message>,
        code: u16,
    ) {
        let asking = self.legs[leg].asking.take();
        let Some(message) = accepted else {
            return self.not_taken(now, Some(leg), own, code);
        };
        self.legs[leg].dialog.retarget(message);
        if let Some(asking) = asking {
            self.acknowledge(leg, asking.cseq, None);
        }
        // A phone that takes the session without a codec of ours hears nothing, and is there.
        if let Some(port) = self.legs[leg].port.as_mut() {
            let _ = port.accept(message.body());
        }
        match own {
            Own::Park(asking) => self.parked_now(now, leg, asking),
            Own::Enter(asking, attendant) => self.entered_by_transfer(now, leg, asking, attendant),
            Own::Back => {}
        }
    }

    /// The phone does not come to us; `None` when it is gone.
    pub(super) fn not_taken(&mut self, now: Time, leg: Option<usize>, own: Own, code: u16) {
        match own {
            Own::Park(asking) => self.not_parked(now, leg, asking, code),
            Own::Enter(asking, _) => self.not_entered(now, leg, asking, code),
            Own::Back => {
                if let Some(leg) = leg {
                    self.end_call(now, self.legs[leg].call, None, code);
                }
            }
        }
        if let Some(leg) = leg.filter(|leg| self.legs.contains(*leg) && matches!(code, 408 | 481)) {
            self.end_call(now, self.legs[leg].call, None, 408);
        }
    }

    /// The one we attend to moved to a partner who is gone: it hears us again.
    pub(super) fn come_back(&mut self, now: Time, kept: LegRef) {
        let is_ours = |leg: &usize| self.legs[*leg].port.is_some();
        let Some(leg) = Some(kept.leg)
            .filter(|_| self.is_there(kept))
            .filter(is_ours)
        else {
            return;
        };
        if let Err(code) = self.take_over(now, leg, Own::Back) {
            self.end_call(now, self.legs[leg].call, None, code);
        }
    }

    /// re-INVITE of a phone that hears us: hold, resume, refresh.
    pub(super) fn reinvited_own(
        &mut self,
        now: Time,
        leg: usize,
        id: TransactionId,
        request: Message,
    ) {
        use super::update::Glare;
        match self.glare(leg, None) {
            Some(Glare::Theirs) => return self.answer_later(now, leg, (id, &request)),
            Some(Glare::Ours) => return self.answer(now, leg, (id, &request), 491),
            None if self.is_too_brief(&request) => {
                return self.answer(now, leg, (id, &request), 422);
            }
            None => {}
        }
        match self.describe(leg, request.body()) {
            Err(code) => self.answer(now, leg, (id, &request), code),
            Ok(answer) => {
                self.legs[leg].dialog.retarget(&request);
                self.legs[leg].asked = Some(Asked {
                    id,
                    request,
                    accepted: None,
                });
                self.accept(now, leg, &answer);
            }
        }
    }

    /// UPDATE with a description and nobody on the other side but us.
    pub(super) fn updated_own(&mut self, now: Time, leg: usize, asked: (TransactionId, &Message)) {
        let is_ours = self.legs[leg].port.is_some() && self.legs[leg].state == LegState::Up;
        let answer = is_ours.then(|| self.describe(leg, asked.1.body()));
        match answer {
            Some(Ok(answer)) => {
                self.legs[leg].dialog.retarget(asked.1);
                self.respond(now, leg, asked, 200, Some(&answer));
            }
            Some(Err(code)) => self.answer(now, leg, asked, code),
            None => self.answer(now, leg, asked, 488),
        }
    }

    /// The answer to our offer came in the ACK.
    pub(super) fn own_accepted(&mut self, leg: usize, message: &Message) {
        let port = self.legs.get_mut(leg).and_then(|leg| leg.port.as_mut());
        if let Some(port) = port.filter(|_| !message.body().is_empty()) {
            let _ = port.accept(message.body());
        }
    }

    /// Something was heard at a port.
    pub fn heard(&mut self, key: PortKey, heard: Heard) {
        let Some(leg) = self
            .legs
            .get(key.leg)
            .filter(|leg| leg.random == key.random)
        else {
            return;
        };
        let call = leg.call;
        if !self
            .calls
            .get(call)
            .is_some_and(super::state::Call::is_at_desk)
        {
            return;
        }
        let call = self.attended_call(call);
        self.notices.push_back(match heard {
            Heard::Digit(digit) => Notice::Digit { call, digit },
            Heard::Played => Notice::Played { call },
        });
    }

    /// Whom the phone is connected with, on our word, where it called something else (RFC 3325).
    pub(super) fn write_shown(
        &self,
        leg: usize,
        request: &Message,
        code: u16,
        flow: Flow,
        out: &mut Writer,
    ) {
        let shows = self.legs.get(leg).and_then(|leg| leg.shows.as_deref());
        let is_answer = request.method() == Some(Method::Invite) && (200..300).contains(&code);
        if let Some(party) = shows.filter(|_| is_answer) {
            out.header("P-Asserted-Identity", &address(party, flow));
        }
    }

    /// Who is at the other end of the leg's call, as others may see them.
    pub(super) fn party_of(&self, leg: usize) -> Party {
        let Some(call) = self.calls.get(self.legs[leg].call) else {
            return Party::default();
        };
        if call.caller != leg {
            call.record.sides.called.party.clone()
        } else if call.is_withheld {
            Party::default()
        } else {
            call.presented.clone()
        }
    }
}
