//! What a scripted phone does that knows 100rel, UPDATE and session timers.

use crate::scripted::{Do, Phone, ms, server, text};
use bytes::Bytes;
use sip::Time;
use sip::message::{Message, Method, Name};
use sip::transaction::TransactionId;
use std::time::Duration;

/// Seconds of the session interval; half of it between two refreshes.
const INTERVAL: u64 = 90;

/// A reliable provisional response until its PRACK.
pub(crate) struct Progress {
    next: Time,
    interval: Duration,
    end: Time,
    packet: Bytes,
}

#[derive(Default)]
pub(crate) struct Modern {
    pub is_on: bool,
    pub progress: Option<Progress>,
    /// The description is through; the 200 repeats it not.
    pub is_described: bool,
    last_rseq: Option<u32>,
}

impl Phone {
    pub(crate) fn modern(mut self) -> Phone {
        self.modern.is_on = true;
        self
    }

    pub(crate) fn request_lines(&self, method: &str) -> String {
        if !self.modern.is_on || !matches!(method, "INVITE" | "UPDATE") {
            return String::new();
        }
        format!(
            "Supported: timer, 100rel\r\nAllow: INVITE, ACK, BYE, PRACK, UPDATE\r\n\
             Session-Expires: {INTERVAL};refresher=uac\r\n"
        )
    }

    pub(crate) fn response_lines(&self, request: &Message, code: u16) -> String {
        let is_session = matches!(request.method(), Some(Method::Invite | Method::Update));
        if !self.modern.is_on || !is_session || !(200..300).contains(&code) {
            return String::new();
        }
        format!(
            "Require: timer\r\nAllow: INVITE, ACK, BYE, PRACK, UPDATE\r\n\
             Session-Expires: {INTERVAL};refresher=uac\r\n"
        )
    }

    /// Early media, if the caller can acknowledge it.
    pub(crate) fn be_early(&mut self, now: Time, id: TransactionId, request: &Message) {
        if !self.modern.is_on || !request.has(Name::Supported, b"100rel") {
            return;
        }
        let body = if request.body().is_empty() {
            "offer2"
        } else {
            "answer"
        };
        let lines = "Require: 100rel\r\nRSeq: 700\r\n";
        let packet = self.reply_with(now, (id, request), 183, lines, body);
        self.modern.progress = Some(Progress {
            next: now + ms(500),
            interval: ms(500),
            end: now + ms(32_000),
            packet,
        });
    }

    pub(crate) fn repeat_progress(&mut self, now: Time) {
        let Some(progress) = self.modern.progress.as_mut().filter(|p| p.next <= now) else {
            return;
        };
        if now >= progress.end {
            self.modern.progress = None;
            return self.run(now, Do::Answer(504, ""));
        }
        progress.interval *= 2;
        progress.next = (now + progress.interval).min(progress.end);
        let packet = progress.packet.clone();
        self.transactions.send(server(), packet);
    }

    pub(crate) fn next_progress(&self) -> Option<Time> {
        self.modern.progress.as_ref().map(|progress| progress.next)
    }

    /// PRACK for a reliable response, once.
    pub(crate) fn acknowledge_progress(&mut self, now: Time, response: &Message) {
        let rseq = response.number(Name::RSeq);
        if !response.has(Name::Require, b"100rel") || rseq <= self.modern.last_rseq || self.is_up {
            return;
        }
        self.modern.last_rseq = rseq;
        self.remote = text(response.header(Name::To).unwrap());
        self.target = text(response.get(response.contacts().next().unwrap().uri));
        let body = if response.body() == b"offer2" {
            "answer"
        } else {
            ""
        };
        self.cseq += 1;
        let branch = self.transactions.branch();
        let plain = text(&self.print("PRACK", self.cseq, &branch, body));
        let rack = format!(
            "RAck: {} {} INVITE\r\nSubject:",
            rseq.unwrap(),
            response.cseq
        );
        let packet = plain.replace("Subject:", &rack);
        self.transactions
            .start(now, server(), Method::Prack, 0, (branch, packet.into()));
    }

    /// We are the refresher of what we began.
    pub(crate) fn plan_refresh(&mut self, now: Time, response: &Message) {
        let session = response.header(Name::SessionExpires).unwrap_or(b"");
        if self.modern.is_on && session.ends_with(b"refresher=uac") {
            self.todo.retain(|(_, what)| *what != Do::Refresh);
            self.todo.push((now + ms(INTERVAL * 500), Do::Refresh));
        }
    }
}
