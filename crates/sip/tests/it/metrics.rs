//! What is counted.

use crate::house::{Book, serve, until};
use crate::network::{Network, offer_of};
use crate::scripted::{Auto, Do, Phone};
use crate::sockets::Phone as Caller;
use sip::directory::CallLimit;
use sip::directory::EnterpriseId;
use sip::metrics::{Counts, FIRST_ANSWER_BOUNDS_MS};
use sip::transaction::Kinds;

fn one_call(callee: Auto, cancel_at: u64) -> (Network, Counts) {
    let phones = [(2, Auto::Nothing), (3, callee)];
    let phones =
        phones.map(|(n, auto)| Phone::new(&format!("10.0.0.{n}:5060"), &format!("t{n}"), auto, n));
    let mut net = Network::new(phones.into(), &[("bob", 1)], 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, cancel_at, Do::Cancel);
    net.at(0, 3500, Do::Reinvite("hold"));
    net.at(0, 5000, Do::Bye);
    net.finish();
    let counts = net.metrics.counts();
    (net, counts)
}

#[test]
fn calls_that_come_to_nothing_are_counted_by_reason() {
    let reasons = |counts: Counts| {
        [
            counts.refused_busy,
            counts.refused_unavailable,
            counts.refused_unknown,
            counts.refused_cancelled,
            counts.refused_unable,
            counts.refused_other,
        ]
    };
    let none = 60_000;
    for (callee, cancel_at, wanted) in [
        (Auto::Answer(100), none, [0, 0, 0, 0, 0, 0]),
        (Auto::Reject(100, 486), none, [1, 0, 0, 0, 0, 0]),
        (Auto::Reject(100, 480), none, [0, 1, 0, 0, 0, 0]),
        (Auto::Reject(100, 404), none, [0, 0, 1, 0, 0, 0]),
        (Auto::Ring, 1000, [0, 0, 0, 1, 0, 0]),
        (Auto::Reject(100, 500), none, [0, 0, 0, 0, 1, 0]),
        (Auto::Reject(100, 488), none, [0, 0, 0, 0, 0, 1]),
    ] {
        let (_, counts) = one_call(callee, cancel_at);
        assert_eq!(reasons(counts), wanted);
        assert_eq!(counts.calls_now(), 0);
    }
}

#[test]
fn the_first_answer_is_timed_once_for_each_call() {
    for (callee, wanted) in [(Auto::Answer(2000), 100), (Auto::Reject(300, 486), 500)] {
        let (net, counts) = one_call(callee, 60_000);
        let times = counts.first_answer;
        assert_eq!(times.counts.iter().sum::<u64>(), 1, "{times:?}");
        let bucket = times.counts.iter().position(|count| *count == 1).unwrap();
        assert!(times.sum_ms <= FIRST_ANSWER_BOUNDS_MS[bucket]);
        assert!(FIRST_ANSWER_BOUNDS_MS[bucket] <= wanted, "{times:?}");
        assert_eq!(net.engine.transactions(), Kinds::default());
    }
}

#[test]
fn calls_refused_by_a_limit_are_counted() {
    let phone = Phone::new("10.0.0.2:5060", "t2", Auto::Nothing, 2);
    let mut net = Network::new(vec![phone], &[], 0, 1);
    net.limit = Some(CallLimit {
        enterprise: EnterpriseId(1),
        max_calls: 0,
    });
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    let counts = net.metrics.counts();
    assert_eq!((counts.refused_limit, counts.refused_unable), (1, 1));
}

#[tokio::test]
async fn what_lives_now_is_counted() {
    let book = Book::with(&["100", "200"]);
    book.routes
        .lock()
        .unwrap()
        .insert("200".into(), offer_of("200", 1));
    let server = serve(&book);
    let mut bob = Caller::new(server.local_addr().unwrap()).await;
    assert_eq!(bob.register("200", "secret").await.unwrap().code(), 200);
    let mut anna = Caller::new(server.local_addr().unwrap()).await;
    tokio::select! {
        _ = anna.invite("100", "200") => panic!("nobody answers"),
        () = until("ringing", || server.metrics().invite_clients == 1) => {}
    }
    let counts = server.metrics();
    assert_eq!(
        (
            counts.registrations,
            counts.calls_now(),
            counts.invite_servers
        ),
        (1, 1, 1)
    );
    assert!(counts.sent_4xx >= 2 && counts.sent_2xx == 1, "{counts:?}");
}
