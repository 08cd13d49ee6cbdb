//! What the call engine has counted, in the text format of Prometheus.

use std::fmt::Write;

use sip::Server;

/// All of it, as it is now.
pub(crate) fn render(phones: &Server) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# TYPE klinke_sip_registrations gauge\nklinke_sip_registrations {}",
        phones.registration_count()
    );
    out
}
