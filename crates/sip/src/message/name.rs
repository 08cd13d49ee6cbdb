//! Header names: the ones the engine reads, with their compact forms.

/// Which header a line is; the name itself stays in the buffer as it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names are the RFCs' own")]
pub enum Name {
    Via,
    From,
    To,
    CallId,
    CSeq,
    MaxForwards,
    Contact,
    ContentLength,
    ContentType,
    ContentEncoding,
    Expires,
    MinExpires,
    Route,
    RecordRoute,
    Path,
    Authorization,
    ProxyAuthorization,
    WwwAuthenticate,
    ProxyAuthenticate,
    Require,
    ProxyRequire,
    Supported,
    Allow,
    UserAgent,
    Server,
    SessionExpires,
    MinSe,
    RetryAfter,
    Date,
    RAck,
    RSeq,
    Reason,
    Subject,
    ReferTo,
    ReferredBy,
    Replaces,
    Event,
    AssertedIdentity,
    PreferredIdentity,
    Privacy,
    Other,
}

const NAMES: &[(&str, Name)] = &[
    ("to", Name::To),
    ("via", Name::Via),
    ("from", Name::From),
    ("cseq", Name::CSeq),
    ("path", Name::Path),
    ("date", Name::Date),
    ("rack", Name::RAck),
    ("rseq", Name::RSeq),
    ("route", Name::Route),
    ("allow", Name::Allow),
    ("event", Name::Event),
    ("server", Name::Server),
    ("reason", Name::Reason),
    ("min-se", Name::MinSe),
    ("call-id", Name::CallId),
    ("contact", Name::Contact),
    ("expires", Name::Expires),
    ("require", Name::Require),
    ("subject", Name::Subject),
    ("privacy", Name::Privacy),
    ("replaces", Name::Replaces),
    ("refer-to", Name::ReferTo),
    ("supported", Name::Supported),
    ("user-agent", Name::UserAgent),
    ("referred-by", Name::ReferredBy),
    ("min-expires", Name::MinExpires),
    ("retry-after", Name::RetryAfter),
    ("max-forwards", Name::MaxForwards),
    ("content-type", Name::ContentType),
    ("record-route", Name::RecordRoute),
    ("authorization", Name::Authorization),
    ("proxy-require", Name::ProxyRequire),
    ("content-length", Name::ContentLength),
    ("session-expires", Name::SessionExpires),
    ("content-encoding", Name::ContentEncoding),
    ("www-authenticate", Name::WwwAuthenticate),
    ("proxy-authenticate", Name::ProxyAuthenticate),
    ("proxy-authorization", Name::ProxyAuthorization),
    ("p-asserted-identity", Name::AssertedIdentity),
    ("p-preferred-identity", Name::PreferredIdentity),
];

impl Name {
    /// Any case; a single letter is a compact form.
    #[must_use]
    pub fn from_bytes(name: &[u8]) -> Name {
        if let [letter] = name {
            return Name::compact(letter.to_ascii_lowercase());
        }
        NAMES
            .iter()
            .find(|(text, _)| {
                text.len() == name.len() && text.as_bytes().eq_ignore_ascii_case(name)
            })
            .map_or(Name::Other, |(_, known)| *known)
    }

    fn compact(letter: u8) -> Name {
        match letter {
            b'v' => Name::Via,
            b'f' => Name::From,
            b't' => Name::To,
            b'i' => Name::CallId,
            b'm' => Name::Contact,
            b'l' => Name::ContentLength,
            b'c' => Name::ContentType,
            b'e' => Name::ContentEncoding,
            b'k' => Name::Supported,
            b's' => Name::Subject,
            b'x' => Name::SessionExpires,
            b'r' => Name::ReferTo,
            b'b' => Name::ReferredBy,
            b'o' => Name::Event,
            _ => Name::Other,
        }
    }
}
