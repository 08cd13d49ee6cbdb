//! How the caller is shown to whom a call is offered, and how it is not (RFC 3323, RFC 3325).

use super::Engine;
use super::state::Call;
use crate::dialog::{Dialog, plain};
use crate::directory::Shown;
use crate::flow::Flow;
use crate::message::Writer;

impl Engine {
    /// From here on the caller is shown like this; a transferred caller stays who they are.
    pub(super) fn show(&mut self, call: usize, shown: Shown) {
        let call = &mut self.calls[call];
        if !call.keeps_identity {
            call.presented = shown.party;
            call.is_withheld = shown.is_withheld;
        }
    }

    /// From of a branch whose caller is withheld (RFC 3323 §4.1.1.3).
    pub(super) fn hide_caller(
        &self,
        call: usize,
        dialog: &mut Dialog,
        (leg, random): (usize, u64),
    ) {
        if self.calls[call].is_withheld {
            // The hunt group is no secret.
            let name = self.calls[call].group_name().map(plain);
            let name = name.as_deref().unwrap_or("Anonymous");
            let nobody = format!("\"{name}\" <sip:anonymous@anonymous.invalid>;tag=");
            dialog.local = [nobody.as_bytes(), &self.tag(leg, random)].concat().into();
        }
    }

    /// Who calls, on our word. The carrier is trusted not to tell what is withheld; phones are told nothing.
    pub(super) fn identify(&self, call: &Call, flow: Flow, out: &mut Writer) {
        if call.is_withheld {
            out.header("Privacy", b"id");
        }
        if !call.is_withheld || call.is_outside {
            out.header("P-Asserted-Identity", &self.asserted(call, flow));
        }
    }
}
