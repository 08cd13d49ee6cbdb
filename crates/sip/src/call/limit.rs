//! How many calls a login and an enterprise may have.
//!
//! Only the directory knows which call is an emergency call, so that the limits are looked at when it has decided. What
//! is asked of it is bounded before.

use super::Engine;
use crate::directory::{CallLimit, Refusal};

/// An emergency call has to be able to ask while all ordinary calls are taken.
const QUESTIONS_PER_CALL: usize = 2;

impl Engine {
    /// The code for a login that has so many calls that it may not even ask.
    pub(super) fn asks_too_much(&self, login: &str) -> Option<u16> {
        let bound = self.settings.max_calls_per_login * QUESTIONS_PER_CALL;
        (self.calls_of(login) >= bound).then_some(486)
    }

    /// Counts the call for its login.
    pub(super) fn hold_place(&mut self, login: &str) {
        *self.calls_by_login.entry(login.to_owned()).or_default() += 1;
    }

    /// The refusal of a call beyond a limit, else counts it for its enterprise. A transfer is counted and not refused: it
    /// takes the place of the call it comes from.
    ///
    /// The login's own lines are busy: 486. The enterprise's are a matter of the network: 503, which is what "no circuit
    /// available" becomes (RFC 3398 §7.2.4.1), and without Retry-After, because a phone may keep away from a server for
    /// that long (RFC 3261 §21.5.4), with its emergency calls too.
    pub(super) fn over_limit(&mut self, call: usize, limit: Option<CallLimit>) -> Option<Refusal> {
        let limit = limit?;
        let found = &self.calls[call];
        let login = found.record.caller.as_deref();
        let of_login = login.map_or(0, |login| self.calls_of(login));
        let of_enterprise = self.calls_by_enterprise.get(&limit.enterprise);
        let of_enterprise = of_enterprise.copied().unwrap_or(0);
        if found.transfer.is_none() && of_login > self.settings.max_calls_per_login {
            return Some(self.refused_by_limit(486, "the login has too many calls"));
        }
        if found.transfer.is_none() && of_enterprise >= limit.max_calls {
            return Some(self.refused_by_limit(503, "the enterprise has too many calls"));
        }
        self.calls_by_enterprise
            .insert(limit.enterprise, of_enterprise + 1);
        self.calls[call].enterprise = Some(limit.enterprise);
        None
    }

    /// The call is over: its places are free.
    pub(super) fn release(&mut self, call: usize) {
        let found = &mut self.calls[call];
        if let Some(login) = &found.record.caller {
            count_down(&mut self.calls_by_login, login);
        }
        if let Some(enterprise) = found.enterprise.take() {
            count_down(&mut self.calls_by_enterprise, &enterprise);
        }
    }

    fn refused_by_limit(&self, code: u16, why: &str) -> Refusal {
        self.metrics.refused_limit.add();
        Refusal {
            code,
            why: why.to_owned(),
        }
    }

    fn calls_of(&self, login: &str) -> usize {
        self.calls_by_login.get(login).copied().unwrap_or(0)
    }
}

fn count_down<K, Q>(counts: &mut std::collections::HashMap<K, usize>, key: &Q)
where
    K: std::borrow::Borrow<Q> + std::hash::Hash + Eq,
    Q: std::hash::Hash + Eq + ?Sized,
{
    match counts.get_mut(key) {
        Some(count) if *count > 1 => *count -= 1,
        _ => {
            counts.remove(key);
        }
    }
}
