//! A SIP message: one buffer, spans into it, headers in the order of the wire.
//!
//! Bytes that are not UTF-8 survive: nothing here assumes text. A request that breaks the grammar is still read as far
//! as possible, carries a [`Fault`] and can be answered 400.

mod address;
mod cursor;
mod examine;
mod framing;
mod method;
mod name;
mod parse;
mod response;
mod span;
mod status;
mod uri;
mod via;
mod writer;

pub use address::Address;
pub use cursor::parameter;
pub use framing::{Frame, Framer, FramingError};
pub use method::Method;
pub use name::Name;
pub use parse::{Unreadable, Wire};
pub use span::Span;
pub(crate) use span::number;
pub use status::reason;
pub(crate) use uri::unescaped;
pub use uri::{Scheme, Uri};
pub use via::Via;
pub use writer::Writer;

use bytes::Bytes;
use smallvec::SmallVec;
use std::net::SocketAddr;

/// Largest message in bytes; a UDP datagram cannot be larger.
pub const MAX_MESSAGE: usize = 65_535;
/// More header lines than this are refused.
pub const MAX_HEADERS: usize = 200;

/// One header line.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Which header it is.
    pub name: Name,
    /// The name as written.
    pub written: Span,
    /// The value without white space around it; folding is replaced by spaces.
    pub value: Span,
}

/// First line of a message.
#[derive(Clone, Copy, Debug)]
pub enum Start {
    /// Request line.
    Request {
        /// Known method or `Other`.
        method: Method,
        /// The method as written.
        written: Span,
        /// Request-URI.
        uri: Span,
    },
    /// Status line.
    Response {
        /// 100–699.
        code: u16,
        /// Reason phrase.
        reason: Span,
    },
}

/// Why a message is refused, and what a request gets as its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Status code of the answer.
    pub code: u16,
    /// Reason phrase of the answer.
    pub why: &'static str,
}

/// A parsed message.
#[derive(Clone, Debug)]
pub struct Message {
    pub(crate) buffer: Bytes,
    /// Request or status line.
    pub start: Start,
    pub(crate) headers: SmallVec<[Header; 20]>,
    pub(crate) body: Span,
    /// First Via value.
    pub via: Via,
    /// From.
    pub from: Address,
    /// To.
    pub to: Address,
    /// Call-ID.
    pub call_id: Span,
    /// CSeq number.
    pub cseq: u32,
    /// CSeq method.
    pub cseq_method: Method,
    /// Max-Forwards, if present.
    pub max_forwards: Option<u32>,
    /// The first thing wrong with it.
    pub fault: Option<Fault>,
    /// Via, From, To, Call-ID and CSeq are there, so an answer can be written even when they are odd.
    pub is_answerable: bool,
}

impl Message {
    /// The bytes of a part.
    #[must_use]
    pub fn get(&self, span: Span) -> &[u8] {
        &self.buffer[span.range()]
    }

    /// The whole message as it came, folding replaced by spaces.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.buffer
    }

    /// Method of a request, `None` for a response.
    #[must_use]
    pub fn method(&self) -> Option<Method> {
        match self.start {
            Start::Request { method, .. } => Some(method),
            Start::Response { .. } => None,
        }
    }

    /// Method as written; empty for a response.
    #[must_use]
    pub fn method_name(&self) -> &[u8] {
        match self.start {
            Start::Request { written, .. } => self.get(written),
            Start::Response { .. } => b"",
        }
    }

    /// Request-URI; empty for a response.
    #[must_use]
    pub fn uri(&self) -> &[u8] {
        match self.start {
            Start::Request { uri, .. } => self.get(uri),
            Start::Response { .. } => b"",
        }
    }

    /// Status code; 0 for a request.
    #[must_use]
    pub fn code(&self) -> u16 {
        match self.start {
            Start::Request { .. } => 0,
            Start::Response { code, .. } => code,
        }
    }

    /// Reason phrase; empty for a request.
    #[must_use]
    pub fn reason(&self) -> &[u8] {
        match self.start {
            Start::Request { .. } => b"",
            Start::Response { reason, .. } => self.get(reason),
        }
    }

    /// The body as far as Content-Length says.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.get(self.body)
    }

    /// All header lines in order.
    pub fn headers(&self) -> impl Iterator<Item = &Header> {
        self.headers.iter()
    }

    /// Value of the first header of this name.
    #[must_use]
    pub fn header(&self, name: Name) -> Option<&[u8]> {
        self.headers
            .iter()
            .find(|h| h.name == name)
            .map(|h| self.get(h.value))
    }

    /// Values of all headers of this name, one for each line.
    pub fn all(&self, name: Name) -> impl Iterator<Item = Span> + '_ {
        self.headers
            .iter()
            .filter(move |h| h.name == name)
            .map(|h| h.value)
    }

    /// Elements of a comma list (Contact, Route, Path, Require …) over all its lines; empty elements are left out.
    pub fn list(&self, name: Name) -> impl Iterator<Item = Span> + '_ {
        self.all(name)
            .flat_map(|value| cursor::elements(&self.buffer, value))
            .filter(|element| !element.is_empty())
    }

    /// Reads an element as an address.
    #[must_use]
    pub fn address(&self, element: Span) -> Option<Address> {
        Address::parse(&self.buffer, element)
    }

    /// All Via values that can be read, topmost first.
    pub fn vias(&self) -> impl Iterator<Item = Via> + '_ {
        self.list(Name::Via)
            .filter_map(|element| Via::parse(&self.buffer, element))
    }

    /// Contact addresses.
    pub fn contacts(&self) -> impl Iterator<Item = Address> + '_ {
        self.list(Name::Contact)
            .filter_map(|element| self.address(element))
    }

    /// A parameter of an address of this message, without quotes.
    #[must_use]
    pub fn address_parameter(&self, address: &Address, name: &str) -> Option<&[u8]> {
        address::parameter_of(&self.buffer, address, name)
    }

    /// The header as a decimal number.
    #[must_use]
    pub fn number(&self, name: Name) -> Option<u32> {
        number(self.header(name)?)
    }

    /// True when a list of option tags (Supported, Require, Allow) names this one.
    #[must_use]
    pub fn has(&self, name: Name, option: &[u8]) -> bool {
        self.list(name)
            .any(|element| self.get(element).eq_ignore_ascii_case(option))
    }

    /// Where the response to this request goes when it came in a datagram from `source` (RFC 3261 §18.2.2, RFC 3581).
    #[must_use]
    pub fn reply_address(&self, source: SocketAddr) -> SocketAddr {
        if self.via.rport.is_some() {
            return source;
        }
        SocketAddr::new(source.ip(), self.via.port.unwrap_or(5060))
    }
}
