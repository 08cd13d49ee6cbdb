//! A dialog (RFC 3261 §12): what both ends have agreed on, and requests inside it.

use crate::directory::Party;
use crate::flow::{Flow, Transport};
use crate::message::{Message, Name, Uri, Writer};
use bytes::Bytes;

/// One end of a dialog: ours.
pub struct Dialog {
    /// Call-ID.
    pub call_id: Bytes,
    /// Our From with tag.
    pub local: Bytes,
    /// The peer's To; its tag once it is known.
    pub remote: Bytes,
    /// The peer's tag; empty until it is known.
    pub remote_tag: Bytes,
    /// Where requests are addressed.
    pub target: Bytes,
    /// Proxies on the way, first hop first.
    pub routes: Vec<Bytes>,
    /// CSeq of our last request.
    pub local_cseq: u32,
    /// CSeq of the peer's last request.
    pub remote_cseq: Option<u32>,
    /// The way the peer was last heard.
    pub flow: Flow,
    /// We began the dialog, and made its Call-ID.
    pub is_call_id_ours: bool,
}

fn copy(bytes: &[u8]) -> Bytes {
    Bytes::copy_from_slice(bytes)
}

impl Dialog {
    /// The end that was called: by `request`, with our `tag`; `target` is its Contact.
    #[must_use]
    pub fn called(request: &Message, target: &[u8], tag: &[u8], flow: Flow) -> Dialog {
        let local = [request.header(Name::To).unwrap_or(b""), b";tag=", tag].concat();
        Dialog {
            call_id: copy(request.get(request.call_id)),
            local: local.into(),
            remote: copy(request.header(Name::From).unwrap_or(b"")),
            remote_tag: copy(request.get(request.from.tag)),
            target: copy(target),
            routes: routes(request),
            local_cseq: 0,
            remote_cseq: Some(request.cseq),
            flow,
            is_call_id_ours: false,
        }
    }

    /// The end that calls `login` as `party`.
    #[must_use]
    pub fn calling(party: &Party, login: &str, call_id: Vec<u8>, tag: &[u8], flow: Flow) -> Dialog {
        let mut local = address(party, flow);
        local.extend_from_slice(b";tag=");
        local.extend_from_slice(tag);
        Dialog {
            call_id: call_id.into(),
            local: local.into(),
            remote: format!("<sip:{login}@{}>", flow.local).into(),
            remote_tag: Bytes::new(),
            target: Bytes::new(),
            routes: Vec::new(),
            local_cseq: 1,
            remote_cseq: None,
            flow,
            is_call_id_ours: true,
        }
    }

    /// The peer accepted: its tag, Contact and route set are in force (RFC 3261 §12.1.2).
    pub fn confirm(&mut self, response: &Message) {
        self.remote = copy(response.header(Name::To).unwrap_or(b""));
        self.remote_tag = copy(response.get(response.to.tag));
        self.routes = routes(response);
        self.routes.reverse();
        self.retarget(response);
    }

    /// A target refresh (RFC 3261 §12.2).
    pub fn retarget(&mut self, message: &Message) {
        if let Some(contact) = message.contacts().next() {
            self.target = copy(message.get(contact.uri));
        }
    }

    /// True when the message belongs to this dialog, seen from the peer's side.
    #[must_use]
    pub fn is_of(&self, request: &Message) -> bool {
        self.call_id == request.get(request.call_id)
            && self.remote_tag == request.get(request.from.tag)
    }

    /// Where a request goes: the next hop, unless the peer sits behind NAT or on a connection; then back the way it
    /// came.
    #[must_use]
    pub fn destination(&self) -> Flow {
        if self.flow.is_reliable() {
            return self.flow;
        }
        let hop = self
            .routes
            .first()
            .map_or(&self.target[..], |route| inner_uri(route));
        match Uri::parse(hop).and_then(|uri| uri.socket()) {
            Some(address) if address.ip() == self.flow.peer.ip() => self.flow.towards(address),
            _ => self.flow,
        }
    }

    /// Begins a request: everything but Contact and what is special to it.
    #[must_use]
    pub fn request(&self, method: &[u8], cseq: u32, branch: &[u8], hops: u32) -> Writer {
        let flow = self.destination();
        let mut out = Writer::request(method, &self.target);
        out.put(b"Via: SIP/2.0/")
            .put(flow.transport.name().as_bytes());
        out.put(format!(" {};branch=", flow.local).as_bytes())
            .put(branch)
            .put(b";rport\r\n");
        for route in &self.routes {
            out.header("Route", route);
        }
        out.number_header("Max-Forwards", hops.into());
        out.header("From", &self.local)
            .header("To", &self.remote)
            .header("Call-ID", &self.call_id);
        out.put(b"CSeq: ")
            .number(cseq.into())
            .put(b" ")
            .put(method)
            .put(b"\r\n");
        out
    }
}

/// Our Contact on this flow, for a peer at `target`; SIPS answers SIPS (RFC 3261 §12.1.1).
pub(crate) fn contact_for(out: &mut Writer, flow: Flow, target: &[u8]) {
    let is_secure = target.len() > 5 && target[..5].eq_ignore_ascii_case(b"sips:");
    let (scheme, parameter) = match flow.transport {
        Transport::Tls(_) if is_secure => ("sips", ""),
        other => ("sip", other.parameter()),
    };
    out.put(format!("Contact: <{scheme}:{}{parameter}>\r\n", flow.local).as_bytes());
}

/// `"Name" <sip:number@us>`.
pub(crate) fn address(party: &Party, flow: Flow) -> Vec<u8> {
    address_at(party, &flow.local.to_string())
}

/// `"Name" <sip:number@host>`; what could break out of the quotes or the address is left out.
pub(crate) fn address_at(party: &Party, host: &str) -> Vec<u8> {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || "+*#-_.".contains(*c);
    let number: String = party.number.chars().filter(is_plain).collect();
    let number = if number.is_empty() {
        "anonymous".to_owned()
    } else {
        number.replace('#', "%23")
    };
    let name = plain(&party.name);
    let quoted = if name.is_empty() {
        String::new()
    } else {
        format!("\"{name}\" ")
    };
    format!("{quoted}<sip:{number}@{host}>").into_bytes()
}

/// A name without what could break out of its quotes.
pub(crate) fn plain(name: &str) -> String {
    let is_plain = |c: &char| !c.is_control() && !"\"\\".contains(*c);
    name.chars().filter(is_plain).collect()
}

fn routes(message: &Message) -> Vec<Bytes> {
    message
        .list(Name::RecordRoute)
        .map(|route| copy(message.get(route)))
        .collect()
}

/// The address between angle brackets.
pub(crate) fn inner_uri(route: &[u8]) -> &[u8] {
    let start = memchr::memchr(b'<', route).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'>', route).unwrap_or(route.len());
    route.get(start..end).unwrap_or(route)
}
