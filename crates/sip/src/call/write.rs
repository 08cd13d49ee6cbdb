//! Putting requests and responses of a leg on the wire.

use super::tag::Tag;
use super::{Engine, user_of};
use crate::dialog::contact_for;
use crate::flow::Flow;
use crate::message::{Header, Message, Method, Name, Writer, reason};
use crate::stateless::{ALLOW, SUPPORTED};
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
        let is_refresh = matches!(Method::from_bytes(method), Method::Invite | Method::Update);
        self.send_with(now, leg, method, |mut out| {
            if is_refresh {
                contact_for(&mut out, flow, &target);
                out.header("Allow", ALLOW).header("Supported", SUPPORTED);
            }
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
        (id, request): (TransactionId, &Message),
        code: u16,
        source: Option<&Message>,
    ) -> Bytes {
        let flow = self.transactions.flow(id);
        let (tag, peer) = match self.legs.get(leg) {
            Some(found) => (
                Some(self.tag(leg, found.random)),
                Some(found.dialog.flow.peer),
            ),
            None => (None, flow.map(|flow| flow.peer)),
        };
        let Some(peer) = peer else {
            return Bytes::new();
        };
        let phrase = source.map_or(&b""[..], Message::reason);
        let phrase = if phrase.is_empty() {
            reason(code).as_bytes()
        } else {
            phrase
        };
        let mut out = request.response(code, phrase, tag.as_deref(), peer);
        if code > 100
            && code < 300
            && matches!(request.method(), Some(Method::Invite | Method::Update))
        {
            self.contact_of(&mut out, leg, flow);
            out.header("Allow", ALLOW).header("Supported", SUPPORTED);
        }
        if matches!(code, 405 | 501) {
            out.header("Allow", ALLOW);
        }
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

    fn contact_of(&self, out: &mut Writer, leg: usize, flow: Option<Flow>) {
        if let Some(leg) = self.legs.get(leg) {
            contact_for(out, leg.dialog.flow, &leg.dialog.target);
        } else if let Some(flow) = flow {
            contact_for(out, flow, b"");
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
        self.legs[leg].acknowledged = Some(super::leg::Acknowledged { cseq, flow, packet });
    }
}
