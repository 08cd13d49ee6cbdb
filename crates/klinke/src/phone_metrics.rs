//! What the call engine has counted, in the text format of Prometheus.

use std::fmt::Write;

use media::{LATE_MS, Studio};
use sip::{
    Server,
    metrics::{Buckets, Counts, FIRST_ANSWER_BOUNDS_MS},
};

/// All of it, as it is now.
pub(crate) fn render(phones: &Server) -> String {
    let counts = phones.metrics();
    let mut out = String::new();
    gauges(&mut out, phones, &counts);
    counters(&mut out, &counts);
    first_answer(&mut out, &counts.first_answer);
    out
}

fn gauges(out: &mut String, phones: &Server, counts: &Counts) {
    metric(
        out,
        "gauge",
        "klinke_sip_registrations",
        &[("", counts.registrations)],
    );
    metric(
        out,
        "gauge",
        "klinke_sip_calls",
        &[("", counts.calls_now())],
    );
    let kinds = [
        ("kind=\"invite-server\"", counts.invite_servers),
        ("kind=\"invite-client\"", counts.invite_clients),
        ("kind=\"other-server\"", counts.other_servers),
        ("kind=\"other-client\"", counts.other_clients),
    ];
    metric(out, "gauge", "klinke_sip_transactions", &kinds);
    let is_registered = phones.is_trunk_registered().unwrap_or_default().into();
    metric(
        out,
        "gauge",
        "klinke_sip_trunk_registered",
        &[("", is_registered)],
    );
}

fn counters(out: &mut String, counts: &Counts) {
    let plain = [
        ("klinke_sip_received_total", counts.received),
        ("klinke_sip_sent_total", counts.sent),
        ("klinke_sip_unsent_total", counts.unsent),
        ("klinke_sip_retransmitted_total", counts.retransmitted),
        ("klinke_sip_unreadable_total", counts.unreadable),
        ("klinke_sip_malformed_total", counts.malformed),
        ("klinke_sip_unknown_method_total", counts.unknown_method),
        ("klinke_sip_overloaded_total", counts.overloaded),
        ("klinke_sip_challenged_total", counts.challenged),
        ("klinke_sip_wrong_password_total", counts.wrong_password),
        ("klinke_sip_guessing_total", counts.guessing),
        ("klinke_sip_registered_total", counts.registered),
        ("klinke_sip_calls_total", counts.calls),
        ("klinke_sip_calls_answered_total", counts.answered),
        ("klinke_sip_panicked_total", counts.panicked),
    ];
    for (name, count) in plain {
        metric(out, "counter", name, &[("", count)]);
    }
    let refused = [
        ("reason=\"busy\"", counts.refused_busy),
        ("reason=\"unavailable\"", counts.refused_unavailable),
        ("reason=\"unknown\"", counts.refused_unknown),
        ("reason=\"cancelled\"", counts.refused_cancelled),
        ("reason=\"unable\"", counts.refused_unable),
        ("reason=\"other\"", counts.refused_other),
    ];
    metric(out, "counter", "klinke_sip_calls_refused_total", &refused);
    metric(
        out,
        "counter",
        "klinke_sip_calls_over_limit_total",
        &[("", counts.refused_limit)],
    );
    let responses = [
        ("class=\"1xx\"", counts.sent_1xx),
        ("class=\"2xx\"", counts.sent_2xx),
        ("class=\"3xx\"", counts.sent_3xx),
        ("class=\"4xx\"", counts.sent_4xx),
        ("class=\"5xx\"", counts.sent_5xx),
        ("class=\"6xx\"", counts.sent_6xx),
    ];
    metric(out, "counter", "klinke_sip_responses_total", &responses);
}

/// From an INVITE to the first answer other than 100, in seconds.
fn first_answer(out: &mut String, times: &Buckets) {
    const NAME: &str = "klinke_sip_first_answer_seconds";
    let _ = writeln!(out, "# TYPE {NAME} histogram");
    let mut all = 0;
    for (bound, count) in FIRST_ANSWER_BOUNDS_MS.iter().zip(times.counts) {
        all += count;
        let _ = writeln!(out, "{NAME}_bucket{{le=\"{}\"}} {all}", seconds(*bound));
    }
    all += times.counts[FIRST_ANSWER_BOUNDS_MS.len()];
    let _ = writeln!(out, "{NAME}_bucket{{le=\"+Inf\"}} {all}");
    let _ = writeln!(
        out,
        "{NAME}_sum {}\n{NAME}_count {all}",
        seconds(times.sum_ms)
    );
}

/// The engine's own audio: ports that are open, and how late packets went out, in seconds.
pub(crate) fn audio(studio: &Studio) -> String {
    const NAME: &str = "klinke_media_late_seconds";
    let mut out = String::new();
    let open = u64::try_from(studio.open_ports()).unwrap_or(u64::MAX);
    metric(&mut out, "gauge", "klinke_media_ports", &[("", open)]);
    let _ = writeln!(out, "# TYPE {NAME} histogram");
    let counts = studio.timeliness().read();
    let mut all = 0;
    for (bound, count) in LATE_MS.iter().zip(counts) {
        all += count;
        let _ = writeln!(out, "{NAME}_bucket{{le=\"{}\"}} {all}", seconds(*bound));
    }
    all += counts[LATE_MS.len()];
    let _ = writeln!(
        out,
        "{NAME}_bucket{{le=\"+Inf\"}} {all}\n{NAME}_count {all}"
    );
    out
}

fn seconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

/// One metric with a value for each set of labels.
fn metric(out: &mut String, kind: &str, name: &str, values: &[(&str, u64)]) {
    let _ = writeln!(out, "# TYPE {name} {kind}");
    for (labels, value) in values {
        let _ = match *labels {
            "" => writeln!(out, "{name} {value}"),
            labels => writeln!(out, "{name}{{{labels}}} {value}"),
        };
    }
}
