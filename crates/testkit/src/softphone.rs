//! A phone that does exactly what a test says, over real datagrams: what real phones never do, and what nobody has
//! the patience to do 10,000 times.

use std::{io, net::SocketAddr, time::Duration};

use bytes::BytesMut;
use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use sip::message::{Message, Method, Name, Wire, reason};
use tokio::{net::UdpSocket, time::timeout};

/// How long an answer may take: longer than the engine's own timers between two attempts.
const PATIENCE: Duration = Duration::from_secs(5);
/// Longer than any message between a phone and its server.
const LONGEST: usize = 65_536;

/// A phone with one account, or a carrier's gateway that has none.
pub struct Softphone {
    socket: UdpSocket,
    login: String,
    password: String,
    cseq: u32,
    nonce: Option<Nonce>,
}

/// A challenge that was answered before, to answer it again without being asked (RFC 7616 §3.4.3).
#[derive(Clone)]
struct Nonce {
    realm: String,
    nonce: String,
    count: u32,
}

/// A call that was answered.
pub struct Talk {
    id: String,
    target: String,
    /// To, with the other side's tag.
    to: String,
    /// Route, for the proxies that want to stay between (RFC 3261 §12.1.2); whole header lines.
    route: String,
}

impl Softphone {
    /// A phone at a port of its own on this machine.
    ///
    /// # Errors
    /// When there is no port left.
    pub async fn new(server: SocketAddr, login: &str, password: &str) -> io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0").await?;
        Self::over(socket, server, login, password).await
    }

    /// A phone, or a carrier's gateway that needs no password, behind this socket.
    ///
    /// # Errors
    /// When the server cannot be reached from there.
    pub async fn over(
        socket: UdpSocket,
        server: SocketAddr,
        login: &str,
        password: &str,
    ) -> io::Result<Self> {
        socket.connect(server).await?;
        Ok(Self {
            socket,
            login: login.to_owned(),
            password: password.to_owned(),
            cseq: 0,
            nonce: None,
        })
    }

    /// Goes on with another server, from the same port and unknown there.
    ///
    /// # Errors
    /// When the socket is gone.
    pub async fn turn_to(&mut self, server: SocketAddr) -> io::Result<()> {
        self.forget_challenge();
        self.socket.connect(server).await
    }

    /// The next request is sent without proof, as the first one of a phone.
    pub fn forget_challenge(&mut self) {
        self.nonce = None;
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// The text of a request without body; `more` are whole header lines.
    ///
    /// # Errors
    /// When the socket is gone.
    pub fn request(
        &mut self,
        method: &str,
        uri: &str,
        (call, to): (&str, &str),
        more: &str,
    ) -> io::Result<String> {
        if method != "ACK" {
            self.cseq += 1;
        }
        let (cseq, login, at) = (self.cseq, &self.login, self.address()?);
        Ok(format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/UDP {at};branch=z9hG4bK{}{call}{cseq};rport\r\n\
             Max-Forwards: 70\r\nFrom: <sip:{login}@klinke>;tag=f{call}\r\nTo: {to}\r\nCall-ID: {call}-{login}@{at}\r\n\
             CSeq: {cseq} {method}\r\nContact: <sip:{login}@{at}>\r\n{more}Content-Length: 0\r\n\r\n",
            login.trim_start_matches('+'),
        ))
    }

    /// Sends it as it is.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn send(&self, text: &str) -> io::Result<()> {
        self.socket.send(text.as_bytes()).await.map(drop)
    }

    /// The next message.
    ///
    /// # Errors
    /// When none comes, or none that can be read.
    pub async fn hear(&self) -> io::Result<Message> {
        let mut buffer = BytesMut::with_capacity(LONGEST);
        timeout(PATIENCE, self.socket.recv_buf(&mut buffer)).await??;
        Message::parse(buffer, Wire::Datagram).map_err(io::Error::other)
    }

    /// Sends a request and waits for its final answer.
    ///
    /// # Errors
    /// When none comes.
    pub async fn ask(&self, text: &str) -> io::Result<Message> {
        self.send(text).await?;
        loop {
            let message = self.hear().await?;
            // Others are late repetitions of what was heard before.
            let is_own = message.method().is_none() && message.cseq == self.cseq;
            if is_own && message.code() >= 200 {
                return Ok(message);
            }
        }
    }

    /// Registers for an hour from the `nth` contact, after one challenge with the same proof again and again.
    ///
    /// # Errors
    /// When no answer comes; a refusal is its status.
    pub async fn register(&mut self, nth: u32) -> io::Result<u16> {
        let to = format!("<sip:{}@klinke>", self.login);
        let call = format!("r{nth}");
        let contact = format!(
            "Contact: <sip:{}-{nth}@{}>\r\n",
            self.login,
            self.address()?
        );
        for _ in 0..2 {
            let proof = self.proof("Authorization", "REGISTER", "sip:klinke");
            let more = format!("Expires: 3600\r\n{proof}");
            let request = self.request("REGISTER", "sip:klinke", (&call, &to), &more)?;
            let own = format!("Contact: <sip:{}@{}>\r\n", self.login, self.address()?);
            let answer = self.ask(&request.replace(&own, &contact)).await?;
            if answer.code() != 401 {
                return Ok(answer.code());
            }
            self.note_challenge(&answer, Name::WwwAuthenticate);
        }
        Ok(401)
    }

    /// Calls and waits for the final answer: a talk, or the status of the refusal.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn call(&mut self, dialled: &str, id: &str) -> io::Result<Result<Talk, u16>> {
        let (uri, mut attempts) = (format!("sip:{dialled}@klinke"), 0);
        let to = format!("<{uri}>");
        loop {
            attempts += 1;
            let proof = self.proof("Proxy-Authorization", "INVITE", &uri);
            let offer = format!("{proof}Content-Type: application/sdp\r\n");
            let request = self.request("INVITE", &uri, (id, &to), &offer)?;
            let answer = self.ask(&self.with_description(&request)?).await?;
            let text = |value: Option<&[u8]>| {
                String::from_utf8_lossy(value.unwrap_or_default()).into_owned()
            };
            let to = text(answer.header(Name::To));
            if answer.code() < 300 {
                let contact = answer.contacts().next();
                let target = text(contact.map(|contact| answer.get(contact.uri)));
                let route = route(&answer);
                let ack = self.request("ACK", &target, (id, &to), &route)?;
                // A transaction of its own (RFC 3261 §13.2.2.4).
                self.send(&ack.replacen(";rport", "-ack;rport", 1)).await?;
                let id = id.to_owned();
                return Ok(Ok(Talk {
                    id,
                    target,
                    to,
                    route,
                }));
            }
            let ack = self.request("ACK", &uri, (id, &to), "")?;
            // It belongs to the transaction that was refused (RFC 3261 §17.1.1.3).
            self.send(&ack).await?;
            if answer.code() != 407 || attempts > 1 {
                return Ok(Err(answer.code()));
            }
            self.note_challenge(&answer, Name::ProxyAuthenticate);
        }
    }

    /// Hangs up.
    ///
    /// # Errors
    /// When no answer comes.
    pub async fn hang_up(&mut self, talk: &Talk) -> io::Result<u16> {
        let dialog = (talk.id.as_str(), talk.to.as_str());
        let bye = self.request("BYE", &talk.target, dialog, &talk.route)?;
        Ok(self.ask(&bye).await?.code())
    }

    /// Answers a request.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn answer(&self, request: &Message, code: u16) -> io::Result<()> {
        let at = self.address()?;
        let mut out = request.response(code, reason(code).as_bytes(), Some(b"t"), at);
        let contact = format!("<sip:{}@{at}>", self.login);
        out.header("Contact", contact.as_bytes());
        let sdp = Some(request.body()).filter(|body| code == 200 && !body.is_empty());
        let kind = sdp.map(|_| &b"application/sdp"[..]);
        self.socket
            .send(&out.finish(kind, sdp.unwrap_or_default()))
            .await
            .map(drop)
    }

    /// Rings, answers and takes leave, for as long as somebody calls.
    ///
    /// # Errors
    /// When nobody does any more.
    pub async fn serve(self) -> io::Result<()> {
        let mut buffer = BytesMut::with_capacity(LONGEST);
        loop {
            let message = self.next(&mut buffer).await?;
            let codes: &[u16] = match message.method() {
                Some(Method::Invite) => &[180, 200],
                Some(Method::Ack) | None => &[],
                Some(_) => &[200],
            };
            for code in codes {
                self.answer(&message, *code).await?;
            }
        }
    }

    /// Rings until it is told to stop, for as long as somebody calls.
    ///
    /// # Errors
    /// When nobody does any more.
    pub async fn ring(self) -> io::Result<()> {
        let mut buffer = BytesMut::with_capacity(LONGEST);
        let mut ringing = None;
        loop {
            let message = self.next(&mut buffer).await?;
            match message.method() {
                Some(Method::Invite) => {
                    self.answer(&message, 180).await?;
                    ringing = Some(message);
                }
                Some(Method::Cancel) => {
                    self.answer(&message, 200).await?;
                    if let Some(invite) = ringing.take() {
                        self.answer(&invite, 487).await?;
                    }
                }
                Some(Method::Ack) | None => {}
                Some(_) => self.answer(&message, 200).await?,
            }
        }
    }

    /// The next message, however long it takes.
    async fn next(&self, buffer: &mut BytesMut) -> io::Result<Message> {
        buffer.clear();
        buffer.reserve(LONGEST);
        self.socket.recv_buf(buffer).await?;
        Message::parse(buffer.split(), Wire::Datagram).map_err(io::Error::other)
    }

    /// The request with the offer of a call in which nothing is said.
    fn with_description(&self, request: &str) -> io::Result<String> {
        let at = self.address()?.ip();
        let sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 {at}\r\ns=-\r\nc=IN IP4 {at}\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n"
        );
        let length = format!("Content-Length: {}", sdp.len());
        Ok(request.replace("Content-Length: 0", &length) + &sdp)
    }

    fn note_challenge(&mut self, answer: &Message, name: Name) {
        let md5 = answer
            .all(name)
            .map(|value| String::from_utf8_lossy(answer.get(value)).into_owned());
        let md5 = md5.filter(|value| !value.contains("SHA-256")).last();
        let quoted = |name: &str| {
            let rest = md5.as_deref()?.split_once(&format!("{name}=\""))?.1;
            Some(rest.split_once('"')?.0.to_owned())
        };
        self.nonce = quoted("nonce")
            .zip(quoted("realm"))
            .map(|(nonce, realm)| Nonce {
                realm,
                nonce,
                count: 0,
            });
    }

    /// The header that proves who it is, once it was challenged (RFC 7616 §3.4); MD5, as old phones do.
    fn proof(&mut self, header: &str, method: &str, uri: &str) -> String {
        let Some(Nonce {
            realm,
            nonce,
            count,
        }) = &mut self.nonce
        else {
            return String::new();
        };
        *count += 1;
        let login = &self.login;
        let ha1 = md5(&format!("{login}:{realm}:{}", self.password));
        let ha2 = md5(&format!("{method}:{uri}"));
        let response = md5(&format!("{ha1}:{nonce}:{count:08x}:c:auth:{ha2}"));
        format!(
            "{header}: Digest username=\"{login}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", \
             response=\"{response}\", algorithm=MD5, qop=auth, nc={count:08x}, cnonce=\"c\"\r\n"
        )
    }
}

/// The way back through the proxies the answer came through.
fn route(answer: &Message) -> String {
    let mut values: Vec<_> = answer.all(Name::RecordRoute).collect();
    values.reverse();
    values
        .into_iter()
        .map(|value| {
            let value = String::from_utf8_lossy(answer.get(value));
            format!("Route: {value}\r\n")
        })
        .collect()
}

fn md5(text: &str) -> String {
    HEXLOWER.encode(&Md5::digest(text.as_bytes()))
}
