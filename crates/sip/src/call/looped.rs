//! Our own INVITE that comes back (RFC 3261 §16.3): a loop is refused, a spiral that dials somebody else goes on.
//!
//! A branch in a Via is ours when an INVITE of this engine with that branch still waits for its answer: no other
//! instance can be mistaken for us. What comes back without our Via, through another back-to-back agent, is ended by
//! Max-Forwards.

use super::{Engine, leg_of};
use crate::message::{Message, Uri};

impl Engine {
    /// True when a call that led here began with the same Request-URI, and would be routed the same way again.
    pub(super) fn is_loop(&self, request: &Message) -> bool {
        let Some(uri) = Uri::parse(request.uri()) else {
            return false;
        };
        let is_same =
            |began: &[u8]| Uri::parse(began).is_some_and(|began| began.names_the_same_as(&uri));
        request.vias().any(|via| {
            let branch = request.get(via.branch);
            self.began_with(branch).is_some_and(is_same)
        })
    }

    /// The Request-URI of the caller whose call made our INVITE with this branch.
    fn began_with(&self, branch: &[u8]) -> Option<&[u8]> {
        let (id, user) = self.transactions.invite_with(branch)?;
        let leg = self.legs.get(leg_of(user))?;
        leg.asking.as_ref().filter(|asking| asking.id == id)?;
        let caller = self.legs.get(self.calls.get(leg.call)?.caller)?;
        caller.asked.as_ref().map(|asked| asked.request.uri())
    }
}
