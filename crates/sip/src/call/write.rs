//! Putting requests and responses of a leg on the wire.

use super::session::{Description, is_refresh};
use super::tag::Tag;
use super::{Engine, user_of};
use crate::dialog::contact_for;
use crate::message::{Header, Message, Method, Name, Writer, reason};
use crate::stateless::{ALLOW, SUPPORTED, SUPPORTED_PLAIN};
use crate::time::Time;
use crate::transaction::TransactionId;
use bytes::Bytes;

const HOPS: u32 = 70;

/// Headers that mean the same on the other leg; all others stay on theirs.
fn is_end_to_end(message: &Message, header: &Header) -> bool {
    const OTHERS: [&[u8]; 6] = [
        b"P-Early-Media",
        b"Content-Disposition",
        b"Content-Language",
        b"Info-Package",
        b"Alert-Info",
        b"Warning",
    ];
    match header.name {
        Name::Subject | Name::Reason | Name::Date | Name::ContentEncoding => true,
        Name::Other => {
            let written = message.get(header.written);
            OTHERS.iter().any(|name| name.eq_ignore_ascii_case(written))
        }
        _ => false,
    }
}

/// Copies the end-to-end headers and the body of `source`.
pub(super) fn carry(mut out: Writer, source: Option<&Message>) -> Bytes {
    let Some(source) = source else {
        return out.finish(None, b"");
    };
    for header in source
        .headers()
        .filter(|header| is_end_to_end(source, header))
    {
        out.copy(source, header);
    }
    out.finish(source.header(Name::ContentType), source.body())
}

/// The phrase that came with this code, else ours.
fn phrase(code: u16, source: Option<&Message>) -> &[u8] {
    let heard = source.filter(|message| message.code() == code);
    heard
        .map(Message::reason)
        .filter(|phrase| !phrase.is_empty())
        .unwrap_or(reason(code).as_bytes())
}

impl Engine {
    pub(super) fn tag(&self, leg: usize, random: u64) -> Vec<u8> {
        Tag {
            shard: self.settings.shard,
            leg,
            random,
        }
        .write()
    }

    /// Starts a transaction inside the leg's dialog, with the body of `source`.
    pub(super) fn send(
        &mut self,
        now: Time,
        leg: usize,
        method: &[u8],
        source: Option<&Message>,
    ) -> TransactionId {
        let dialog = &self.legs[leg].dialog;
        let (flow, target) = (dialog.destination(), dialog.target.clone());
        let mut session = Writer::part();
        if is_refresh(Some(Method::from_bytes(method))) {
            contact_for(&mut session, flow, &target);
            let is_offer = source.is_some_and(|source| !source.body().is_empty());
            let supported = if is_offer { SUPPORTED } else { SUPPORTED_PLAIN };
            session
                .header("Allow", ALLOW)
                .header("Supported", supported);
            self.propose(leg, &mut session);
        }
        self.send_with(now, leg, method, |mut out| {
            out.join(&session);
            carry(out, source)
        })
    }

    /// The same, finished by `write`.
    pub(super) fn send_with(
        &mut self,
        now: Time,
        leg: usize,
        method: &[u8],
        write: impl FnOnce(Writer) -> Bytes,
    ) -> TransactionId {
        let branch = self.transactions.branch();
        let dialog = &mut self.legs[leg].dialog;
        dialog.local_cseq += 1;
        let flow = dialog.destination();
        let packet = write(dialog.request(method, dialog.local_cseq, &branch.text(), HOPS));
        self.transactions.start(
            now,
            flow,
            Method::from_bytes(method),
            user_of(leg),
            (branch, packet),
        )
    }

    /// Answers a request of the leg's peer with the body of `source`; gives the packet.
    pub(super) fn respond(
        &mut self,
        now: Time,
        leg: usize,
        asked: (TransactionId, &Message),
        code: u16,
        source: Option<&Message>,
    ) -> Bytes {
        self.respond_with(now, leg, asked, (code, source), |_| {})
    }

    /// The same, with `more` header lines.
    pub(super) fn respond_with(
        &mut self,
        now: Time,
        leg: usize,
        (id, request): (TransactionId, &Message),
        (code, source): (u16, Option<&Message>),
        more: impl FnOnce(&mut Writer),
    ) -> Bytes {
        let flow = self.transactions.flow(id);
        let own = self.legs.get(leg);
        let tag = own.map(|found| self.tag(leg, found.random));
        let Some(flow) = own.map(|found| found.dialog.flow).or(flow) else {
            return Bytes::new();
        };
        let phrase = phrase(code, source);
        let mut out = request.response(code, phrase, tag.as_deref(), flow.peer);
        if is_refresh(request.method()) && (101..300).contains(&code) {
            let target = self.legs.get(leg).map(|leg| leg.dialog.target.clone());
            contact_for(&mut out, flow, &target.unwrap_or_default());
            out.header("Allow", ALLOW).header("Supported", SUPPORTED);
        }
        if is_refresh(request.method()) && (200..300).contains(&code) {
            self.grant(now, leg, request, &mut out);
        }
        let may_describe = is_refresh(request.method()) || request.method() == Some(Method::Prack);
        if may_describe && (200..300).contains(&code) {
            self.note_agreed(leg, source);
        }
        self.write_shown(leg, request, code, flow, &mut out);
        match code {
            405 | 501 => drop(out.header("Allow", ALLOW)),
            422 => self.write_min_se(&mut out),
            _ => {}
        }
        more(&mut out);
        if request.method() == Some(Method::Invite)
            && request.to.tag.is_empty()
            && let Some(waited) = self.transactions.waited(now, id, code)
        {
            self.metrics.first_answer.observe(waited);
        }
        let packet = carry(out, source);
        self.transactions.respond(now, id, code, packet.clone());
        packet
    }

    /// The peer has this description from us now.
    pub(super) fn note_agreed(&mut self, leg: usize, source: Option<&Message>) {
        if let (Some(found), Some(sent)) = (self.legs.get_mut(leg), Description::of(source)) {
            found.session.agreed = Some(sent);
        }
    }

    pub(super) fn answer(
        &mut self,
        now: Time,
        leg: usize,
        asked: (TransactionId, &Message),
        code: u16,
    ) {
        self.respond(now, leg, asked, code, None);
    }

    /// Acknowledges a 2xx on this leg, with the answer of a late offer if there is one.
    pub(super) fn acknowledge(&mut self, leg: usize, cseq: u32, answer: Option<&Message>) {
        let branch = self.transactions.branch();
        let dialog = &self.legs[leg].dialog;
        let flow = dialog.destination();
        let packet = carry(dialog.request(b"ACK", cseq, &branch.text(), HOPS), answer);
        self.transactions.send(flow, packet.clone());
        self.note_agreed(leg, answer);
        self.legs[leg].acknowledged = Some(super::leg::Acknowledged { cseq, flow, packet });
    }
}
