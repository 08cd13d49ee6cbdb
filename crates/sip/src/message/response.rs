//! The part of a response that RFC 3261 §8.2.6 copies from the request.

use super::{Header, Message, Name, Span, Writer};
use std::net::SocketAddr;

impl Message {
    /// Begins the response to this request: status line, Via, From, To, Call-ID, CSeq in the request's order.
    ///
    /// `tag` goes into To when the request has none there; `source` is the address the request came from (`received`,
    /// `rport`).
    #[must_use]
    pub fn response(
        &self,
        code: u16,
        reason: &[u8],
        tag: Option<&[u8]>,
        source: SocketAddr,
    ) -> Writer {
        let mut out = Writer::status(code, reason);
        let mut is_first_via = true;
        for header in &self.headers {
            match header.name {
                Name::Via if std::mem::take(&mut is_first_via) => {
                    self.copy_first_via(&mut out, header, source);
                }
                Name::From | Name::CallId | Name::CSeq | Name::Via => {
                    out.copy(self, header);
                }
                Name::RecordRoute if (101..300).contains(&code) => {
                    out.copy(self, header);
                }
                Name::To => self.copy_to(&mut out, header, tag.filter(|_| code > 100)),
                _ => {}
            }
        }
        out
    }

    fn copy_to(&self, out: &mut Writer, header: &Header, tag: Option<&[u8]>) {
        out.put(b"To: ").put(self.get(header.value));
        if let (true, Some(tag)) = (self.to.tag.is_empty(), tag) {
            out.put(b";tag=").put(tag);
        }
        out.put(b"\r\n");
    }

    fn copy_first_via(&self, out: &mut Writer, header: &Header, source: SocketAddr) {
        let value = self.via.value;
        out.put(b"Via: ");
        match self.via.rport {
            Some(rport) => out
                .put(self.get(Span::new(value.start(), rport.end())))
                .put(b"=")
                .number(u64::from(source.port()))
                .put(self.get(Span::new(rport.end(), value.end()))),
            None => out.put(self.get(value)),
        };
        let address = source.ip().to_string();
        if self.via.rport.is_some() || self.get(self.via.host) != address.as_bytes() {
            out.put(b";received=").put(address.as_bytes());
        }
        let others = Span::new(value.end(), header.value.end());
        out.put(self.get(others)).put(b"\r\n");
    }
}
