//! A phone that follows a script, on the crate's own transactions.

use crate::carrier::Guard;
use crate::desk::flow;
use crate::modern::Modern;
use bytes::Bytes;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sip::message::{Message, Method, Name, reason};
use sip::transaction::{Branch, Event, Intervals, TransactionId, Transactions};
use sip::{Flow, Time};
use std::net::SocketAddr;
use std::time::Duration;

pub(crate) const SERVER: &str = "192.0.2.1:5060";

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Do {
    /// Dial, with this body as the offer.
    Invite(&'static str, &'static str),
    Reinvite(&'static str),
    Info,
    /// UPDATE with this description; without one a refresh.
    Update(&'static str),
    Refresh,
    /// Transfer the other side to this user of the server.
    Refer(&'static str),
    /// Transfer to whoever talks with the phone whose Replaces value is in `replaces`.
    Attend,
    Cancel,
    Bye,
    Answer(u16, &'static str),
}

/// What the phone does by itself when it is called.
#[derive(Clone, Copy)]
pub(crate) enum Auto {
    Nothing,
    Ring,
    /// Rings, answers after so many milliseconds.
    Answer(u64),
    Reject(u64, u16),
}

/// Our 2xx until its ACK.
struct Accepted {
    next: Time,
    interval: Duration,
    packet: Bytes,
    end: Time,
}

pub(crate) struct Phone {
    pub at: SocketAddr,
    pub transactions: Transactions,
    pub log: Vec<String>,
    pub seen: Vec<Message>,
    pub todo: Vec<(Time, Do)>,
    pub is_deaf_to_acks: bool,
    /// What follows `?` in Refer-To, for `Do::Attend`.
    pub replaces: String,
    pub fragments: Vec<String>,
    /// It wants proofs.
    pub guard: Option<Guard>,
    /// To of the first INVITE, when it is not the dialled one.
    pub called_number: Option<String>,
    pub modern: Modern,
    auto: Auto,
    ringing: Option<(TransactionId, Message)>,
    tag: String,
    call_id: String,
    pub remote: String,
    local: String,
    pub target: String,
    pub cseq: u32,
    pub is_up: bool,
    invite: Option<TransactionId>,
    accepted: Option<Accepted>,
    ack: Option<Bytes>,
}

pub(crate) fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) fn server() -> Flow {
    let here: SocketAddr = SERVER.parse().unwrap();
    Flow {
        local: here,
        ..flow(SERVER)
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Phone {
    pub(crate) fn new(at: &str, tag: &str, auto: Auto, seed: u8) -> Phone {
        Phone {
            at: at.parse().unwrap(),
            transactions: Transactions::new(Intervals::default(), 0, StdRng::from_seed([seed; 32])),
            log: vec![],
            seen: vec![],
            todo: vec![],
            is_deaf_to_acks: false,
            replaces: String::new(),
            fragments: vec![],
            guard: None,
            called_number: None,
            modern: Modern::default(),
            auto,
            ringing: None,
            tag: tag.into(),
            call_id: format!("cid-{tag}-{seed}"),
            remote: String::new(),
            local: String::new(),
            target: String::new(),
            cseq: 0,
            is_up: false,
            invite: None,
            accepted: None,
            ack: None,
        }
    }

    pub(crate) fn print(&self, method: &str, cseq: u32, branch: &Branch, body: &str) -> Bytes {
        let content = if body.is_empty() {
            ""
        } else {
            "Content-Type: application/sdp\r\n"
        };
        let more = self.request_lines(method);
        let (at, branch) = (self.at, text(&branch.text()));
        format!(
            "{method} {} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch={branch};rport\r\nMax-Forwards: 70\r\nFrom: {}\r\n\
             To: {}\r\nCall-ID: {}\r\nCSeq: {cseq} {method}\r\nContact: <sip:u@{at}>\r\n{content}{more}\
             X-Private: leg\r\nSubject: hello\r\nContent-Length: {}\r\n\r\n{body}",
            self.target,
            self.local,
            self.remote,
            self.call_id,
            body.len()
        )
        .into()
    }

    fn request(&mut self, now: Time, method: Method, name: &str, body: &str) -> TransactionId {
        self.cseq += 1;
        let branch = self.transactions.branch();
        let packet = self.print(name, self.cseq, &branch, body);
        self.transactions
            .start(now, server(), method, 0, (branch, packet))
    }

    fn reply(
        &mut self,
        now: Time,
        (id, request): (TransactionId, &Message),
        code: u16,
        body: &str,
    ) -> Bytes {
        let lines = self.response_lines(request, code);
        self.reply_with(now, (id, request), code, &lines, body)
    }

    pub(crate) fn reply_with(
        &mut self,
        now: Time,
        (id, request): (TransactionId, &Message),
        code: u16,
        lines: &str,
        body: &str,
    ) -> Bytes {
        let source = SERVER.parse().unwrap();
        let mut out = request.response(
            code,
            reason(code).as_bytes(),
            Some(self.tag.as_bytes()),
            source,
        );
        out.header("Contact", format!("<sip:u@{}>", self.at).as_bytes())
            .put(lines.as_bytes());
        let packet = out.finish(Some(b"application/sdp"), body.as_bytes());
        self.transactions.respond(now, id, code, packet.clone());
        packet
    }

    pub(crate) fn run(&mut self, now: Time, what: Do) {
        match what {
            Do::Invite(to, body) => {
                self.target = format!("sip:{to}@{SERVER}");
                self.local = format!("<sip:100@{SERVER}>;tag={}", self.tag);
                let called = self.called_number.as_deref().unwrap_or(to);
                self.remote = format!("<sip:{called}@{SERVER}>");
                self.invite = Some(self.request(now, Method::Invite, "INVITE", body));
            }
            Do::Reinvite(body) if self.is_up && self.invite.is_none() => {
                self.invite = Some(self.request(now, Method::Invite, "INVITE", body));
            }
            Do::Info if self.is_up => {
                self.request(now, Method::Info, "INFO", "dtmf");
            }
            Do::Refer(to) if self.is_up => self.refer(now, &format!("sip:{to}@{SERVER}")),
            Do::Attend if self.is_up => {
                self.refer(now, &format!("sip:x@{SERVER}?{}", self.replaces));
            }
            Do::Cancel => {
                if let Some(invite) = self.invite {
                    self.transactions.cancel(now, invite, None);
                }
            }
            Do::Bye if self.is_up && self.accepted.is_none() => {
                self.is_up = false;
                self.request(now, Method::Bye, "BYE", "");
            }
            Do::Bye if self.is_up => self.todo.push((now + ms(300), Do::Bye)),
            // Not before the description is acknowledged (RFC 3262 §3).
            Do::Answer(200, _) if self.modern.progress.is_some() => {
                self.todo.push((now + ms(200), what));
            }
            Do::Answer(200, _) if self.modern.is_described => self.answer(now, 200, ""),
            Do::Answer(code, body) => self.answer(now, code, body),
            Do::Update(body) if self.is_up => {
                self.request(now, Method::Update, "UPDATE", body);
            }
            Do::Refresh if self.is_up => {
                self.request(now, Method::Update, "UPDATE", "");
            }
            Do::Update(_)
            | Do::Refresh
            | Do::Reinvite(_)
            | Do::Info
            | Do::Refer(_)
            | Do::Attend
            | Do::Bye => {}
        }
    }

    fn refer(&mut self, now: Time, target: &str) {
        self.cseq += 1;
        let branch = self.transactions.branch();
        let plain = text(&self.print("REFER", self.cseq, &branch, ""));
        let packet = plain.replace("Subject:", &format!("Refer-To: <{target}>\r\nSubject:"));
        self.transactions
            .start(now, server(), Method::Refer, 0, (branch, packet.into()));
    }

    /// This phone's dialog, as another phone of the same login names it in Refer-To.
    pub(crate) fn as_replaces(&self) -> String {
        let tag = |address: &str| address.split("tag=").nth(1).unwrap().to_owned();
        let (to, from) = (tag(&self.remote), tag(&self.local));
        format!(
            "Replaces={}%3Bto-tag%3D{to}%3Bfrom-tag%3D{from}",
            self.call_id
        )
    }

    fn answer(&mut self, now: Time, code: u16, body: &str) {
        let Some((id, request)) = self.ringing.take() else {
            return;
        };
        let packet = self.reply(now, (id, &request), code, body);
        if code >= 300 {
            return;
        }
        if !self.is_up {
            self.remote = text(request.header(Name::From).unwrap());
            self.local = format!(
                "{};tag={}",
                text(request.header(Name::To).unwrap()),
                self.tag
            );
            self.call_id = text(request.get(request.call_id));
            self.target = text(request.get(request.contacts().next().unwrap().uri));
        }
        self.is_up = true;
        self.accepted = Some(Accepted {
            next: now + ms(500),
            interval: ms(500),
            packet,
            end: now + ms(32_000),
        });
    }

    pub(crate) fn input(&mut self, now: Time, message: Message) {
        assert_eq!(message.fault, None, "{}", crate::desk::text(&message));
        self.seen.push(message.clone());
        let event = match message.method() {
            Some(_) => self.transactions.request(now, server(), message),
            None => self.transactions.response(now, message),
        };
        match event {
            Some(Event::Request { id, message }) => self.asked(now, id, &message),
            Some(Event::Ack { message })
                if !self.is_deaf_to_acks && self.accepted.take().is_some() =>
            {
                self.log.push(
                    if message.body().is_empty() {
                        "ACK"
                    } else {
                        "ACK+"
                    }
                    .into(),
                );
            }
            Some(Event::Cancel { .. }) => {
                if let Some((id, request)) = self.ringing.take() {
                    self.modern.progress = None;
                    self.log.push("CANCEL".into());
                    self.reply(now, (id, &request), 487, "");
                }
            }
            Some(Event::Response { message, id, .. }) => self.heard(now, id, &message),
            Some(Event::Ack { .. } | Event::Timeout { .. }) | None => {}
        }
    }

    fn asked(&mut self, now: Time, id: TransactionId, request: &Message) {
        let guard = self.guard.as_mut();
        if let Some(refusal) = guard.and_then(|guard| guard.refusal(now, request, &self.tag)) {
            self.transactions.respond(now, id, 407, refusal);
            return;
        }
        let sign = if request.body().is_empty() { "" } else { "+" };
        self.log
            .push(format!("{}{sign}", text(request.method_name())));
        match request.method().unwrap() {
            Method::Invite if self.is_up => {
                self.ringing = Some((id, request.clone()));
                self.answer(
                    now,
                    200,
                    if request.body().is_empty() {
                        "offer3"
                    } else {
                        "answer"
                    },
                );
            }
            Method::Invite if !request.to.tag.is_empty() => {
                self.reply(now, (id, request), 481, "");
            }
            Method::Invite => self.called(now, id, request),
            Method::Prack => {
                self.modern.is_described |= self.modern.progress.take().is_some();
                self.reply(now, (id, request), 200, "");
            }
            Method::Update if !request.body().is_empty() => {
                self.reply(now, (id, request), 200, "answer");
            }
            Method::Notify => {
                self.fragments.push(text(request.body()).trim().to_owned());
                self.reply(now, (id, request), 200, "");
            }
            Method::Bye => {
                self.is_up = false;
                self.accepted = None;
                self.reply(now, (id, request), 200, "");
            }
            _ => {
                self.reply(now, (id, request), 200, "");
            }
        }
    }

    fn called(&mut self, now: Time, id: TransactionId, request: &Message) {
        self.ringing = Some((id, request.clone()));
        match self.auto {
            Auto::Nothing => {}
            Auto::Ring => {
                self.reply(now, (id, request), 180, "");
            }
            Auto::Answer(after) => {
                self.reply(now, (id, request), 180, "");
                self.be_early(now, id, request);
                let body = if request.body().is_empty() {
                    "offer2"
                } else {
                    "answer"
                };
                self.todo.push((now + ms(after), Do::Answer(200, body)));
            }
            Auto::Reject(after, code) => self.todo.push((now + ms(after), Do::Answer(code, ""))),
        }
    }

    fn heard(&mut self, now: Time, id: TransactionId, response: &Message) {
        let code = response.code();
        if (200..300).contains(&code) {
            self.plan_refresh(now, response);
        } else if code > 100 && code < 200 {
            self.acknowledge_progress(now, response);
        }
        if response.cseq_method != Method::Invite {
            return;
        }
        if (200..300).contains(&code) {
            self.accepted_by_peer(id, response);
        } else if code >= 180 {
            if self.log.last() != Some(&code.to_string()) {
                self.log.push(code.to_string());
            }
            if code >= 300 {
                self.invite = None;
            }
        }
    }

    fn accepted_by_peer(&mut self, id: TransactionId, response: &Message) {
        if self.invite == Some(id) {
            self.invite = None;
            self.log.push(response.code().to_string());
            self.remote = text(response.header(Name::To).unwrap());
            self.target = text(response.get(response.contacts().next().unwrap().uri));
            let branch = self.transactions.branch();
            let body = if response.body() == b"offer2" {
                "answer"
            } else {
                ""
            };
            self.ack = Some(self.print("ACK", response.cseq, &branch, body));
            self.is_up = true;
        }
        let ack = self.ack.clone().unwrap();
        self.transactions.send(server(), ack);
    }

    pub(crate) fn next(&mut self) -> Option<Time> {
        let timers = self.transactions.next_timeout();
        let todo = self.todo.iter().map(|(at, _)| *at);
        timers
            .into_iter()
            .chain(todo)
            .chain(self.accepted.as_ref().map(|a| a.next))
            .chain(self.next_progress())
            .min()
    }

    pub(crate) fn tick(&mut self, now: Time) {
        while let Some(event) = self.transactions.timeout(now) {
            if let Event::Timeout { id, .. } = event {
                self.log.push("timeout".into());
                if self.invite == Some(id) {
                    self.invite = None;
                }
            }
        }
        while let Some(at) = self.todo.iter().position(|(at, _)| *at <= now) {
            let (_, what) = self.todo.remove(at);
            self.run(now, what);
        }
        self.repeat_progress(now);
        if let Some(accepted) = self
            .accepted
            .as_mut()
            .filter(|accepted| accepted.next <= now)
        {
            if now >= accepted.end {
                self.log.push("no ACK".into());
                self.accepted = None;
                return;
            }
            accepted.interval = (accepted.interval * 2).min(ms(4000));
            accepted.next = now + accepted.interval;
            let packet = accepted.packet.clone();
            self.transactions.send(server(), packet);
        }
    }
}
