//! Two phones moved by hand on virtual time: the test writes each message and sees each one that comes.

use crate::audio::Audio;
use crate::desk::{flow, login, text};
use crate::network::offer;
use crate::scripted::SERVER;
use bytes::BytesMut;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::Time;
use sip::attend::{Notice, Order};
use sip::call::{CallSettings, Engine, Sizes};
use sip::directory::{CallRecord, Caller, Decision, HuntAnswer, Party, Route};
use sip::location::{Binding, Location, Registration};
use sip::message::{Message, Method, Name, Wire, reason};
use sip::metrics::Metrics;
use sip::own_calls::OwnCalls;
use sip::visit::{Deed, Visit};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

pub(crate) const ANNA: usize = 0;
pub(crate) const BOB: usize = 1;

/// What one phone knows of its dialog.
struct Hand {
    at: String,
    call_id: String,
    local: String,
    remote: String,
    target: String,
    cseq: u32,
    inbox: Vec<Message>,
}

fn at_of(who: usize) -> String {
    format!("10.0.0.{}:5060", who + 2)
}

pub(crate) struct Table {
    pub engine: Engine,
    pub records: Vec<CallRecord>,
    /// Who answers not even OPTIONS.
    pub vanished: Option<usize>,
    /// Who is rung when the first is busy.
    pub busy: Option<&'static str>,
    pub audio: Audio,
    pub notices: Vec<Notice>,
    /// Who is in calls of their own.
    pub own_calls: Arc<OwnCalls>,
    /// Where what is dialled goes, if not to the user with that name.
    pub routes: HashMap<&'static str, Route>,
    /// As whom a hand calls, if not as `100`.
    pub logins: HashMap<usize, &'static str>,
    /// What hunt groups were told.
    pub taken: Vec<HuntAnswer>,
    location: Arc<Location>,
    now: Time,
    hands: Vec<Hand>,
    branches: u32,
}

impl Table {
    /// The ways of all calls through groups, in words.
    pub(crate) fn ways(&self) -> Vec<String> {
        let visits = self.records.iter().flat_map(|record| &record.visits);
        let way = |visit: &Visit| {
            let steps = visit.steps.iter().map(|step| match step.deed {
                Deed::Bounced(why) => format!("{} {why:?}", step.who),
                deed => format!("{} {deed:?}", step.who),
            });
            let (_, how) = visit.left.expect("the call is over");
            let steps: Vec<_> = steps.chain([format!("{how:?}")]).collect();
            format!("{}: {}", visit.group.0, steps.join(", "))
        };
        visits.map(way).collect()
    }

    /// Anna can call Bob, who has `phones` phones.
    pub(crate) fn new(phones: usize) -> Table {
        let now = Time::from_unix_ms(1_800_000_000_000);
        let location = Arc::new(Location::default());
        let hand = |number| Hand {
            at: at_of(number),
            call_id: format!("cid{number}"),
            local: format!("<sip:100@{SERVER}>;tag=t{number}"),
            remote: format!("<sip:bob@{SERVER}>"),
            target: format!("sip:bob@{SERVER}"),
            cseq: 0,
            inbox: vec![],
        };
        let rng = StdRng::from_seed([4; 32]);
        let metrics = Arc::new(Metrics::default());
        let audio = Audio::default();
        let own_calls = Arc::new(OwnCalls::default());
        let mut table = Table {
            engine: Engine::new(CallSettings::default(), rng, Arc::clone(&location), metrics)
                .with_media(Some(Arc::new(audio.clone())))
                .with_own_calls(Arc::clone(&own_calls)),
            audio,
            own_calls,
            notices: vec![],
            location,
            records: vec![],
            vanished: None,
            busy: None,
            routes: HashMap::new(),
            logins: HashMap::new(),
            taken: vec![],
            now,
            hands: (0..=phones.max(5)).map(hand).collect(),
            branches: 0,
        };
        table.register("bob", 1);
        if phones == 2 {
            table.register("bob", 2);
        }
        table
    }

    /// `who` is a phone of this login.
    pub(crate) fn register(&mut self, login: &str, who: usize) {
        let at = at_of(who);
        let expires = self.now + Duration::from_secs(99_999);
        let contact = format!("sip:{login}@{at}");
        let registration = Registration {
            login: login.into(),
            binding: Binding::stored(&contact, flow(&at), self.now, expires),
        };
        self.location.restore([registration], self.now);
    }

    fn pump(&mut self) {
        for (who, probe) in self.carry() {
            self.answer(who, &probe, 200, "", "");
        }
        assert!(self.engine.is_counted_right());
    }

    /// Gives the OPTIONS that a phone answers by itself.
    fn carry(&mut self) -> Vec<(usize, Message)> {
        let mut probes = vec![];
        while let Some(question) = self.engine.poll_question() {
            let dialled = question.attempt.dialled.as_str();
            let own = self.routes.get(dialled).cloned();
            let mut route = own.unwrap_or_else(|| offer(&[dialled], 40));
            if let (Route::Offer { otherwise, .. }, Some(next)) = (&mut route, self.busy) {
                otherwise.busy = Some(Box::new(offer(&[next], 40)));
            }
            let decision = Decision {
                sides: sip::directory::Sides::default(),
                presented: Party::default(),
                route,
                limit: None,
            };
            self.engine.decided(self.now, question.call, Ok(decision));
        }
        while let Some(out) = self.engine.poll_transmit() {
            let message = Message::parse(BytesMut::from(&out.bytes[..]), Wire::Datagram).unwrap();
            assert_eq!(message.fault, None, "{}", text(&message));
            let to = out.flow.peer.to_string();
            let Some(who) = self.hands.iter().position(|hand| hand.at == to) else {
                continue;
            };
            if message.method() == Some(Method::Options) && self.vanished != Some(who) {
                probes.push((who, message));
            } else {
                self.hands[who].inbox.push(message);
            }
        }
        while let Some(record) = self.engine.poll_record() {
            self.records.push(record);
        }
        while let Some(notice) = self.engine.poll_notice() {
            self.notices.push(notice);
        }
        while let Some(answer) = self.engine.poll_taken() {
            self.taken.push(answer);
        }
        probes
    }

    /// As the server does after a panic.
    pub(crate) fn abandon(&mut self) {
        self.engine.abandon(self.now);
        self.pump();
    }

    /// A message as `who` sends it.
    pub(crate) fn send(&mut self, who: usize, written: &str) {
        let message = Message::parse(BytesMut::from(written.as_bytes()), Wire::Datagram).unwrap();
        assert_eq!(message.fault, None, "{written}");
        let is_new = message.method() == Some(Method::Invite) && message.to.tag.is_empty();
        let name = self.logins.get(&who).copied().unwrap_or("100");
        let caller = is_new.then(|| Caller::Phone(Arc::new(login(name, "x"))));
        let from = flow(&self.hands[who].at);
        self.engine.receive(self.now, from, message, caller);
        self.pump();
    }

    /// An order of whoever attends.
    pub(crate) fn order(&mut self, order: Order) {
        self.engine.order(self.now, order);
        self.pump();
    }

    /// Lets time pass, timer by timer.
    pub(crate) fn wait(&mut self, ms: u64) {
        let end = self.now + Duration::from_millis(ms);
        while let Some(next) = self.engine.next_timeout().filter(|next| *next <= end) {
            self.now = next.max(self.now);
            self.engine.timeout(self.now);
            self.pump();
        }
        self.now = end;
    }

    pub(crate) fn wait_seconds(&mut self, seconds: u64) {
        self.wait(seconds * 1000);
    }

    /// Everything that came to `who` since it was asked last.
    pub(crate) fn take(&mut self, who: usize) -> Vec<Message> {
        std::mem::take(&mut self.hands[who].inbox)
    }

    /// The one message that came.
    pub(crate) fn one(&mut self, who: usize) -> Message {
        let mut all = self.take(who);
        let heard: Vec<String> = all.iter().map(text).collect();
        assert_eq!(all.len(), 1, "{}", heard.join("\n"));
        all.remove(0)
    }

    /// Methods and codes of what came.
    pub(crate) fn heard(&mut self, who: usize) -> String {
        let name = |message: &Message| match message.method() {
            Some(_) => String::from_utf8_lossy(message.method_name()).into_owned(),
            None => message.code().to_string(),
        };
        self.take(who)
            .iter()
            .map(name)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn write(&mut self, who: usize, method: &str, cseq: u32, more: &str, body: &str) -> String {
        self.branches += 1;
        let (branch, hand) = (self.branches, &self.hands[who]);
        format!(
            "{method} {} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{branch};rport\r\nMax-Forwards: 70\r\n\
             From: {}\r\nTo: {}\r\nCall-ID: {}\r\nCSeq: {cseq} {method}\r\nContact: <sip:u@{at}>\r\n{more}\
             Content-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{body}",
            hand.target,
            hand.local,
            hand.remote,
            hand.call_id,
            body.len(),
            at = hand.at
        )
    }

    /// A request of `who`, as it was sent.
    pub(crate) fn ask(&mut self, who: usize, method: &str, more: &str, body: &str) -> String {
        self.hands[who].cseq += 1;
        let cseq = self.hands[who].cseq;
        let written = self.write(who, method, cseq, more, body);
        self.send(who, &written);
        written
    }

    /// A call of `who` to another user of the server.
    pub(crate) fn dial(&mut self, who: usize, user: &str, more: &str) -> String {
        self.hands[who].target = format!("sip:{user}@{SERVER}");
        self.ask(who, "INVITE", more, "offer")
    }

    /// The same with this description.
    pub(crate) fn dial_with(&mut self, who: usize, user: &str, body: &str) -> String {
        self.hands[who].target = format!("sip:{user}@{SERVER}");
        self.ask(who, "INVITE", "", body)
    }

    /// ACK of this response to an INVITE.
    pub(crate) fn ack(&mut self, who: usize, response: &Message, body: &str) {
        self.learn_answer(who, response);
        let written = self.write(who, "ACK", response.cseq, "", body);
        self.send(who, &written);
    }

    /// CANCEL of the INVITE that was sent as `invite`.
    pub(crate) fn cancel(&mut self, who: usize, invite: &str) {
        let head = invite.split("Contact:").next().unwrap();
        let cancel = head.replace("INVITE", "CANCEL");
        self.send(who, &format!("{cancel}Content-Length: 0\r\n\r\n"));
    }

    /// PRACK of this reliable response.
    pub(crate) fn prack(&mut self, who: usize, response: &Message, body: &str) {
        self.learn_answer(who, response);
        let rseq = String::from_utf8_lossy(response.header(Name::RSeq).unwrap()).into_owned();
        let rack = format!("RAck: {rseq} {} INVITE\r\n", response.cseq);
        self.ask(who, "PRACK", &rack, body);
    }

    pub(crate) fn learn_answer(&mut self, who: usize, response: &Message) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let hand = &mut self.hands[who];
        hand.remote = text(response.header(Name::To).unwrap());
        if let Some(contact) = response.contacts().next() {
            hand.target = text(response.get(contact.uri));
        }
    }

    /// The answer of `who` to a request it got.
    pub(crate) fn answer(
        &mut self,
        who: usize,
        request: &Message,
        code: u16,
        more: &str,
        body: &str,
    ) {
        let written = self.written_answer(who, request, code, more, body);
        if request.method() == Some(Method::Invite) && request.to.tag.is_empty() {
            self.learn_request(who, request);
        }
        self.send(who, &written);
    }

    pub(crate) fn written_answer(
        &self,
        who: usize,
        request: &Message,
        code: u16,
        more: &str,
        body: &str,
    ) -> String {
        let (tag, at) = (format!("t{who}"), &self.hands[who].at);
        let source = SERVER.parse().unwrap();
        let mut out = request.response(code, reason(code).as_bytes(), Some(tag.as_bytes()), source);
        out.header("Contact", format!("<sip:u@{at}>").as_bytes())
            .put(more.as_bytes());
        let packet = out.finish(Some(b"application/sdp"), body.as_bytes());
        String::from_utf8_lossy(&packet).into_owned()
    }

    fn learn_request(&mut self, who: usize, request: &Message) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let hand = &mut self.hands[who];
        hand.remote = text(request.header(Name::From).unwrap());
        hand.local = format!("{};tag=t{who}", text(request.header(Name::To).unwrap()));
        hand.call_id = text(request.get(request.call_id));
        hand.target = text(request.get(request.contacts().next().unwrap().uri));
    }

    /// A call that is up; the header lines go into Anna's INVITE and Bob's 200. Gives what each heard of it.
    pub(crate) fn up(of_anna: &str, of_bob: &str) -> (Table, Message, Message) {
        let mut table = Table::new(1);
        table.ask(ANNA, "INVITE", of_anna, "offer");
        let invite = table.one(BOB);
        table.answer(BOB, &invite, 200, of_bob, "answer");
        let ok = table.take(ANNA).pop().unwrap();
        table.ack(ANNA, &ok, "");
        assert_eq!(table.heard(BOB), "ACK");
        (table, invite, ok)
    }

    /// Anna hangs up; nothing may be left once every timer has run.
    pub(crate) fn hang_up(&mut self) {
        self.take(BOB);
        self.ask(ANNA, "BYE", "", "");
        let bye = self.take(BOB).pop().unwrap();
        assert_eq!(bye.method(), Some(Method::Bye));
        self.answer(BOB, &bye, 200, "", "");
        self.finish();
    }

    /// Nothing may be left once every timer has run.
    pub(crate) fn finish(&mut self) {
        self.wait_seconds(300);
        assert_eq!(self.engine.sizes(), Sizes::default());
    }

    /// Ends by itself: both hear BYE and answer.
    pub(crate) fn both_hear_bye(&mut self) {
        for who in [ANNA, BOB] {
            let last = self.take(who).pop().unwrap();
            assert_eq!(last.method(), Some(Method::Bye), "{}", text(&last));
            self.answer(who, &last, 200, "", "");
        }
        self.finish();
    }
}

/// The header's value, empty when it is missing.
pub(crate) fn value(message: &Message, name: Name) -> String {
    let value = message.header(name).unwrap_or(b"");
    String::from_utf8_lossy(value).into_owned()
}
