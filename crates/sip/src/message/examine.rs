//! The headers every message needs: read once, counted, compared.

use super::cursor::elements;
use super::method::Method;
use super::name::Name;
use super::parse::{Faults, Wire};
use super::span::{Span, is_space, number};
use super::{Address, Message, Start, Via};

/// How often each of the headers that must stand exactly once was seen.
#[derive(Default)]
struct Seen {
    via: bool,
    from: bool,
    to: bool,
    call_id: bool,
    cseq: bool,
    max_forwards: bool,
    length: Option<u32>,
}

impl Message {
    pub(super) fn examine(&mut self, wire: Wire, faults: &mut Faults) {
        let mut seen = Seen::default();
        for at in 0..self.headers.len() {
            let header = self.headers[at];
            self.examine_header(header.name, header.value, &mut seen, faults);
        }
        let needed = [
            (seen.via, "Missing Via"),
            (seen.from, "Missing From"),
            (seen.to, "Missing To"),
            (seen.call_id, "Missing Call-ID"),
            (seen.cseq, "Missing CSeq"),
        ];
        self.is_answerable =
            needed.iter().all(|(is_there, _)| *is_there) && !self.via.value.is_empty();
        for (_, why) in needed.iter().filter(|(is_there, _)| !is_there) {
            faults.add(why);
        }
        if self.from.tag.is_empty() && self.method().is_some() {
            faults.add("Missing From Tag");
        }
        self.cut_body(seen.length, wire, faults);
    }

    fn examine_header(&mut self, name: Name, value: Span, seen: &mut Seen, faults: &mut Faults) {
        match name {
            Name::Via => self.examine_via(value, seen, faults),
            Name::From => {
                let once = !std::mem::replace(&mut seen.from, true);
                self.from =
                    examine_address(&self.buffer, value, once, self.from, faults, "Bad From");
            }
            Name::To => {
                let once = !std::mem::replace(&mut seen.to, true);
                self.to = examine_address(&self.buffer, value, once, self.to, faults, "Bad To");
            }
            Name::CallId => self.examine_call_id(value, seen, faults),
            Name::CSeq => self.examine_cseq(value, seen, faults),
            Name::MaxForwards => {
                let repeated = std::mem::replace(&mut seen.max_forwards, true);
                match number(self.get(value)) {
                    Some(hops @ 0..=255) if !repeated => self.max_forwards = Some(hops),
                    _ => faults.add("Bad Max-Forwards"),
                }
            }
            Name::ContentLength => match number(self.get(value)) {
                Some(length) if seen.length.is_none_or(|other| other == length) => {
                    seen.length = Some(length);
                }
                _ => faults.add("Bad Content-Length"),
            },
            Name::Expires | Name::MinExpires if number(self.get(value)).is_none() => {
                faults.add("Bad Expires");
            }
            Name::Contact if self.get(value) != b"*" => {
                let is_good = |element: &Span| Address::parse(&self.buffer, *element).is_some();
                if !elements(&self.buffer, value).iter().all(is_good) {
                    faults.add("Bad Contact");
                }
            }
            _ => {}
        }
    }

    fn examine_via(&mut self, value: Span, seen: &mut Seen, faults: &mut Faults) {
        if std::mem::replace(&mut seen.via, true) {
            self.via.has_more = true;
            return;
        }
        match Via::parse(&self.buffer, value) {
            Some(via) => {
                self.via = via;
                if via.is_other_version {
                    faults.add("Bad Via Version");
                }
            }
            None => faults.add("Bad Via"),
        }
    }

    fn examine_call_id(&mut self, value: Span, seen: &mut Seen, faults: &mut Faults) {
        if std::mem::replace(&mut seen.call_id, true) {
            return faults.add("Duplicate Call-ID");
        }
        self.call_id = value;
        if value.is_empty() || self.get(value).iter().any(|c| is_space(*c)) {
            faults.add("Bad Call-ID");
        }
    }

    fn examine_cseq(&mut self, value: Span, seen: &mut Seen, faults: &mut Faults) {
        if std::mem::replace(&mut seen.cseq, true) {
            return faults.add("Duplicate CSeq");
        }
        let value = self.get(value);
        let digits = value
            .iter()
            .position(|c| is_space(*c))
            .unwrap_or(value.len());
        let (digits, method) = (&value[..digits], value[digits..].trim_ascii());
        let is_other =
            matches!(self.start, Start::Request { written, .. } if self.get(written) != method);
        let cseq = number(digits).filter(|n| *n < 1 << 31 && !method.is_empty());
        self.cseq_method = Method::from_bytes(method);
        match cseq {
            Some(cseq) => self.cseq = cseq,
            None => faults.add("Bad CSeq"),
        }
        if is_other {
            faults.add("CSeq Method Mismatch");
        }
    }

    fn cut_body(&mut self, length: Option<u32>, wire: Wire, faults: &mut Faults) {
        match (length, wire) {
            (Some(length), _) if length as usize > self.body.range().len() => {
                faults.add("Content-Length Too Large");
            }
            (Some(length), _) => {
                self.body = Span::new(self.body.start(), self.body.start() + length as usize);
            }
            (None, Wire::Stream) => faults.add("Missing Content-Length"),
            (None, Wire::Datagram) => {}
        }
    }
}

fn examine_address(
    buffer: &[u8],
    value: Span,
    is_first: bool,
    before: Address,
    faults: &mut Faults,
    why: &'static str,
) -> Address {
    if !is_first {
        faults.add("Duplicate From or To");
        return before;
    }
    Address::parse(buffer, value).unwrap_or_else(|| {
        faults.add(why);
        Address::default()
    })
}
