//! One registered contact.

use crate::flow::Flow;
use crate::time::Time;

/// A contact of a login and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Contact address, as the phone gave it.
    pub contact: Box<str>,
    /// `+sip.instance` of the device (RFC 5626), if it says one.
    pub instance: Option<Box<str>>,
    /// Proxies between, first hop first (RFC 3327).
    pub path: Vec<Box<str>>,
    /// The way the registration came; requests go back there.
    pub flow: Flow,
    /// Until when.
    pub expires: Time,
    /// Call-ID of the last registration.
    pub call_id: Box<str>,
    /// CSeq of the last registration.
    pub cseq: u32,
    /// What the device calls itself, shortened.
    pub user_agent: Box<str>,
    /// Since when this contact is registered without a gap.
    pub since: Time,
    /// Generation of the login details it was made with.
    pub generation: u64,
    /// Changed since it was last queued for storing.
    pub(crate) is_changed: bool,
}

impl Binding {
    /// A contact as it was stored.
    #[must_use]
    pub fn stored(contact: &str, flow: Flow, since: Time, expires: Time) -> Binding {
        Binding {
            contact: contact.into(),
            instance: None,
            path: Vec::new(),
            flow,
            expires,
            call_id: "".into(),
            cseq: 0,
            user_agent: "".into(),
            since,
            generation: 0,
            is_changed: false,
        }
    }
}

/// A contact with the login it belongs to: what is stored and restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Login.
    pub login: String,
    /// Contact.
    pub binding: Binding,
}
