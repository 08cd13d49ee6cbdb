//! Whole calls on virtual time, with loss, reordering and races.

use crate::desk::text;
use crate::network::{Network, offer};
use crate::scripted::{Auto, Do, Phone};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sip::directory::{Otherwise, Refusal, Route};
use sip::message::{Method, Name};
use std::time::Duration;

fn phone(number: u8, auto: Auto) -> Phone {
    Phone::new(
        &format!("10.0.0.{number}:5060"),
        &format!("t{number}"),
        auto,
        number,
    )
}

fn two(callee: Auto, loss_percent: u64, seed: u64) -> Network {
    Network::new(
        vec![phone(2, Auto::Nothing), phone(3, callee)],
        &[("bob", 1)],
        loss_percent,
        seed,
    )
}

/// Bob has a phone for each of these.
fn many(callees: &[Auto], seed: u64) -> Network {
    let callees = callees
        .iter()
        .zip(3..)
        .map(|(auto, number)| phone(number, *auto));
    let phones: Vec<Phone> = std::iter::once(phone(2, Auto::Nothing))
        .chain(callees)
        .collect();
    let users: Vec<(&str, usize)> = (1..phones.len()).map(|at| ("bob", at)).collect();
    Network::new(phones, &users, 0, seed)
}

#[test]
fn a_call_is_held_resumed_and_ended_and_recorded_once() {
    let mut net = two(Auto::Answer(2000), 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 5000, Do::Reinvite("a=sendonly"));
    net.at(1, 8000, Do::Reinvite("back"));
    net.at(0, 8500, Do::Info);
    net.at(1, 9000, Do::Bye);
    net.finish();
    assert_eq!(net.log(0), "180 200 200 INVITE+ ACK BYE");
    assert_eq!(net.log(1), "INVITE+ ACK INVITE+ ACK 200 INFO+");
    let [record] = &net.records[..] else {
        panic!("{:?}", net.records)
    };
    assert_eq!(
        (
            record.code,
            record.caller.as_deref(),
            record.answered_by.as_deref()
        ),
        (200, Some("100"), Some("bob"))
    );
    let talk = record.ended.since(record.answered.unwrap());
    assert!((6..8).contains(&talk.as_secs()), "{talk:?}");
}

#[test]
fn nothing_of_one_leg_shows_on_the_other_but_what_is_meant_to() {
    let mut net = two(Auto::Answer(500), 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 3000, Do::Bye);
    net.finish();
    let invite = &net.phones[1].seen[0];
    let all = text(invite);
    assert_eq!(invite.body(), b"offer");
    assert_eq!(invite.header(Name::Subject), Some(&b"hello"[..]));
    assert_eq!(invite.max_forwards, Some(69));
    assert_eq!(
        invite.header(Name::AssertedIdentity),
        Some("\"Anna A Ä\" <sip:100@192.0.2.1:5060>".as_bytes())
    );
    for hidden in ["cid-t2", "10.0.0.2", "X-Private", "tag=t2"] {
        assert!(!all.contains(hidden), "{hidden} in {all}");
    }
    let answer = net.phones[0]
        .seen
        .iter()
        .find(|m| m.code() == 200)
        .map(text)
        .unwrap();
    assert!(
        !answer.contains("10.0.0.3") && !answer.contains("t3"),
        "{answer}"
    );
}

#[test]
fn a_late_offer_is_answered_in_the_ack() {
    let mut net = two(Auto::Answer(1000), 0, 1);
    net.at(0, 0, Do::Invite("bob", ""));
    net.at(0, 5000, Do::Bye);
    net.finish();
    assert_eq!(
        (net.log(0).as_str(), net.log(1).as_str()),
        ("180 200", "INVITE ACK+ BYE")
    );
}

#[test]
fn cancel_at_any_moment_around_the_answer_leaves_no_call() {
    for at in (900..1100).step_by(3) {
        let mut net = two(Auto::Answer(1000), 0, at);
        net.at(0, 0, Do::Invite("bob", "offer"));
        net.at(0, at, Do::Cancel);
        net.at(0, 3000, Do::Bye);
        net.finish();
        let (caller, callee) = (net.log(0), net.log(1));
        let is_good = matches!(
            (&caller[..], &callee[..]),
            (
                "180 487",
                "INVITE+ CANCEL" | "INVITE+ ACK BYE" | "INVITE+ BYE"
            ) | ("180 200", "INVITE+ ACK BYE")
        );
        assert!(is_good, "{at}: {caller} | {callee}");
    }
}

#[test]
fn nobody_answers_and_nobody_is_there() {
    let mut net = two(Auto::Ring, 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    assert_eq!(
        (net.log(0).as_str(), net.log(1).as_str()),
        ("180 480", "INVITE+ CANCEL")
    );
    let mut net = two(Auto::Nothing, 0, 1);
    net.phones.pop();
    net.phones.push(phone(9, Auto::Nothing));
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    assert_eq!(net.log(0), "480");
    let mut net = two(Auto::Nothing, 0, 1);
    net.at(0, 0, Do::Invite("nobody", "offer"));
    net.finish();
    assert_eq!((net.log(0).as_str(), net.records[0].code), ("404", 404));
}

#[test]
fn all_phones_ring_one_answers_the_others_stop() {
    let mut net = many(&[Auto::Answer(1500), Auto::Ring, Auto::Reject(200, 486)], 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 4000, Do::Bye);
    net.finish();
    let logs = [0, 1, 2, 3].map(|at| net.log(at));
    assert_eq!(
        logs,
        ["180 200", "INVITE+ ACK BYE", "INVITE+ CANCEL", "INVITE+"]
    );
}

#[test]
fn two_phones_answer_at_once_and_one_is_hung_up() {
    let mut too_late = 0;
    for seed in 0..30 {
        let mut net = many(&[Auto::Answer(1000), Auto::Answer(1005)], seed);
        net.at(0, 0, Do::Invite("bob", "offer"));
        net.at(0, 4000, Do::Bye);
        net.finish();
        assert_eq!(net.log(0), "180 200");
        let logs = [net.log(1), net.log(2)];
        too_late += usize::from(logs.iter().all(|log| log.ends_with("BYE")));
        for log in logs {
            assert!(
                matches!(
                    &log[..],
                    "INVITE+ ACK BYE" | "INVITE+ BYE" | "INVITE+ CANCEL"
                ),
                "{log}"
            );
        }
    }
    assert!(too_late > 5);
}

#[test]
fn busy_declined_and_broken_phones_give_the_caller_one_clear_answer() {
    for (codes, heard) in [
        (&[486][..], "486"),
        (&[486, 404], "486"),
        (&[603, 486], "603"),
        (&[302], "480"),
        (&[407], "480"),
        (&[503], "480"),
        (&[488], "488"),
    ] {
        let phones: Vec<Auto> = codes.iter().map(|code| Auto::Reject(50, *code)).collect();
        let mut net = many(&phones, 1);
        net.at(0, 0, Do::Invite("bob", "offer"));
        net.finish();
        assert_eq!(net.log(0), heard, "{codes:?}");
    }
}

#[test]
fn a_missed_call_goes_on_as_the_decision_says() {
    let to_eve = || Some(Box::new(offer(&["eve"], 30)));
    for (first, ends_with) in [
        (Auto::Ring, "INVITE+ CANCEL"),
        (Auto::Reject(10, 486), "INVITE+"),
    ] {
        let phones = vec![
            phone(2, Auto::Nothing),
            phone(3, first),
            phone(4, Auto::Answer(1000)),
        ];
        let mut net = Network::new(phones, &[("bob", 1), ("eve", 2)], 0, 1);
        let Route::Offer { phones, .. } = offer(&["bob"], 5) else {
            unreachable!()
        };
        let otherwise = Otherwise {
            busy: to_eve(),
            no_answer: to_eve(),
            unreachable: None,
        };
        let route = Route::Offer {
            phones,
            ring_for: Duration::from_secs(5),
            otherwise,
        };
        net.routes.insert("bob".into(), route);
        net.at(0, 0, Do::Invite("bob", "offer"));
        net.at(0, 12_000, Do::Bye);
        net.finish();
        assert_eq!(
            (net.log(1).as_str(), net.log(2).as_str()),
            (ends_with, "INVITE+ ACK BYE")
        );
        assert_eq!(net.records[0].answered_by.as_deref(), Some("eve"));
    }
}

#[test]
fn s2_who_may_not_be_called_is_temporarily_unavailable() {
    let mut net = two(Auto::Answer(10), 0, 1);
    net.routes.insert(
        "bob".into(),
        Route::Refuse(Refusal {
            code: 480,
            why: "pending".into(),
        }),
    );
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    assert_eq!((net.log(0).as_str(), net.log(1).as_str()), ("480", ""));
}

#[test]
fn a_renewed_login_is_not_rung_at_its_old_registration() {
    let mut net = two(Auto::Answer(10), 0, 1);
    let Route::Offer {
        mut phones,
        ring_for,
        otherwise,
    } = offer(&["bob"], 5)
    else {
        unreachable!()
    };
    phones[0].generation = 2;
    net.routes.insert(
        "bob".into(),
        Route::Offer {
            phones,
            ring_for,
            otherwise,
        },
    );
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    assert_eq!((net.log(0).as_str(), net.log(1).as_str()), ("480", ""));
}

#[test]
fn a_silent_directory_is_said_to_the_caller() {
    let mut net = two(Auto::Answer(10), 0, 1);
    net.directory_is_down = true;
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.finish();
    assert_eq!(net.log(0), "503");
}

#[test]
fn modern_phones_agree_early_and_refresh_each_their_leg() {
    for loss in [0, 20] {
        let phones = vec![
            phone(2, Auto::Nothing).modern(),
            phone(3, Auto::Answer(2000)).modern(),
        ];
        let mut net = Network::new(phones, &[("bob", 1)], loss, 5);
        net.at(0, 0, Do::Invite("bob", "offer"));
        net.at(0, 400_000, Do::Bye);
        net.finish();
        let updates = |at: usize, net: &Network| {
            let seen = net.phones[at].seen.iter();
            seen.filter(|m| m.method() == Some(Method::Update)).count()
        };
        assert!(updates(1, &net) >= 7, "Bob is refreshed: {}", net.log(1));
        assert_eq!(updates(0, &net), 0, "Anna refreshes");
        let logs = format!("loss {loss}: {} | {}", net.log(0), net.log(1));
        assert_eq!(net.records[0].code, 200, "{logs}");
    }
}

#[test]
fn crossing_reinvites_get_491() {
    let mut net = two(Auto::Answer(1000), 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 3000, Do::Reinvite("x"));
    net.at(1, 3000, Do::Reinvite("y"));
    net.at(0, 9000, Do::Bye);
    net.finish();
    assert!(
        net.log(0).contains("491") || net.log(1).contains("491"),
        "{} | {}",
        net.log(0),
        net.log(1)
    );
}

#[test]
fn a_phone_that_never_hears_the_ack_hangs_up_itself() {
    let mut net = two(Auto::Answer(100), 0, 1);
    net.phones[1].is_deaf_to_acks = true;
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 20_000, Do::Bye);
    net.finish();
    let acks = net.phones[1]
        .seen
        .iter()
        .filter(|m| m.method() == Some(Method::Ack))
        .count();
    assert!(acks > 5, "every repeated 2xx is acknowledged: {acks}");
}

#[test]
fn a_phone_that_vanishes_ends_the_call_for_the_other() {
    let mut net = two(Auto::Answer(100), 0, 1);
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.run(200);
    assert_eq!(net.log(0), "180 200 OPTIONS");
    net.phones.pop();
    net.phones.push(phone(9, Auto::Nothing));
    net.finish();
    assert_eq!(
        (net.log(0).as_str(), net.records[0].code),
        ("180 200 OPTIONS OPTIONS BYE", 408)
    );
}

#[test]
fn a_login_has_a_limited_number_of_calls() {
    let mut phones: Vec<Phone> = (2..8).map(|number| phone(number, Auto::Nothing)).collect();
    phones.push(phone(9, Auto::Answer(100)));
    let mut net = Network::new(phones, &[("bob", 6)], 0, 1);
    for caller in 0..6 {
        net.at(caller, caller as u64 * 10, Do::Invite("bob", "offer"));
        net.at(caller, 20_000, Do::Bye);
    }
    net.finish();
    let busy = (0..6).filter(|caller| net.log(*caller) == "486").count();
    assert_eq!(busy, 2);
}

/// Anna (0) talks with Bob (1); Eve is 2.
fn three(eve: Auto) -> Network {
    let phones = vec![
        phone(2, Auto::Nothing),
        phone(3, Auto::Answer(100)),
        phone(4, eve),
    ];
    let mut net = Network::new(phones, &[("bob", 1), ("eve", 2)], 0, 1);
    net.routes.insert("eve".into(), offer(&["eve"], 10));
    net.at(0, 0, Do::Invite("bob", "offer"));
    net
}

#[test]
fn a_blind_transfer_joins_the_two_who_stay() {
    let mut net = three(Auto::Answer(2000));
    net.at(0, 3000, Do::Refer("eve"));
    net.at(2, 15_000, Do::Bye);
    net.finish();
    assert_eq!(
        net.phones[0].fragments,
        ["SIP/2.0 100 Trying", "SIP/2.0 200 OK"]
    );
    assert_eq!(net.log(0), "180 200 NOTIFY+ NOTIFY+ BYE");
    assert_eq!(net.log(1), "INVITE+ ACK INVITE+ ACK BYE");
    assert_eq!(net.log(2), "INVITE ACK+");
    let offers: Vec<_> = net.phones[1]
        .seen
        .iter()
        .filter(|m| m.method() == Some(Method::Invite))
        .collect();
    assert_eq!(
        (offers[0].body(), offers[1].body()),
        (&b"offer"[..], &b"offer2"[..])
    );
    assert_eq!(net.records.len(), 2);
}

#[test]
fn the_called_phone_can_transfer_too() {
    let mut net = three(Auto::Answer(1000));
    net.at(1, 3000, Do::Refer("eve"));
    net.at(0, 15_000, Do::Bye);
    net.finish();
    assert_eq!(
        net.phones[1].fragments.last().map(String::as_str),
        Some("SIP/2.0 200 OK")
    );
    assert_eq!(net.log(2), "INVITE ACK+ BYE");
}

#[test]
fn a_blind_transfer_that_fails_leaves_the_call_as_it_was() {
    for (eve, code) in [
        (Auto::Reject(100, 486), "486 Busy Here"),
        (Auto::Ring, "480 Temporarily Unavailable"),
    ] {
        let mut net = three(eve);
        net.at(0, 3000, Do::Refer("eve"));
        net.at(0, 20_000, Do::Info);
        net.at(0, 21_000, Do::Bye);
        net.finish();
        assert_eq!(
            net.phones[0].fragments.last(),
            Some(&format!("SIP/2.0 {code}"))
        );
        assert_eq!(net.log(1), "INVITE+ ACK INFO+ BYE");
    }
}

#[test]
fn a_transferor_may_leave_before_the_target_answers() {
    let mut net = three(Auto::Answer(3000));
    net.at(0, 3000, Do::Refer("eve"));
    net.at(0, 3500, Do::Bye);
    net.at(1, 15_000, Do::Bye);
    net.finish();
    assert_eq!(
        (net.log(1).as_str(), net.log(2).as_str()),
        ("INVITE+ ACK INVITE+ ACK", "INVITE ACK+ BYE")
    );
    let mut net = three(Auto::Ring);
    net.at(0, 3000, Do::Refer("eve"));
    net.at(0, 3500, Do::Bye);
    net.finish();
    assert_eq!(
        (net.log(1).as_str(), net.log(2).as_str()),
        ("INVITE+ ACK BYE", "INVITE CANCEL")
    );
}

#[test]
fn the_target_stops_ringing_when_the_transferred_one_hangs_up() {
    let mut net = three(Auto::Ring);
    net.at(0, 3000, Do::Refer("eve"));
    net.at(1, 5000, Do::Bye);
    net.finish();
    assert_eq!(
        (net.log(0).contains("BYE"), net.log(2).as_str()),
        (true, "INVITE CANCEL")
    );
}

#[test]
fn an_attended_transfer_joins_both_partners() {
    let mut phones = vec![phone(2, Auto::Nothing), phone(3, Auto::Answer(100))];
    phones.extend([phone(4, Auto::Nothing), phone(5, Auto::Answer(100))]);
    let mut net = Network::new(phones, &[("bob", 1), ("eve", 3)], 0, 1);
    net.routes.insert("eve".into(), offer(&["eve"], 10));
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(2, 1000, Do::Invite("eve", "offer"));
    net.run(3);
    net.phones[0].replaces = net.phones[2].as_replaces();
    net.at(0, 4000, Do::Attend);
    net.at(3, 15_000, Do::Bye);
    net.finish();
    assert_eq!(
        net.phones[0].fragments.last().map(String::as_str),
        Some("SIP/2.0 200 OK")
    );
    assert_eq!(
        (net.log(0).ends_with("BYE"), net.log(2).as_str()),
        (true, "180 200 BYE")
    );
    assert_eq!(net.log(1), "INVITE+ ACK INVITE+ ACK BYE");
    assert_eq!(net.log(3), "INVITE+ ACK INVITE ACK+");
    assert_eq!(
        net.phones[1]
            .seen
            .iter()
            .filter(|m| m.body() == b"offer3")
            .count(),
        1
    );
}

/// Any call, up to 45 % loss each way, reordering, random hang-ups: everything ends and nothing is left.
#[test]
fn lossy_calls_never_leak() {
    let runs: u64 = std::env::var("SIP_LOSSY_CALLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(400);
    for seed in 0..runs {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut below = |limit: u64| rng.next_u64() % limit;
        let loss = [0, 10, 25, 45][usize::try_from(below(4)).unwrap()];
        let callee = match below(10) {
            0 => Auto::Reject(below(4000), 486),
            1 => Auto::Ring,
            _ => Auto::Answer(below(6000)),
        };
        let autos = [callee, Auto::Answer(below(6000)), Auto::Answer(below(6000))];
        let autos = std::iter::once(Auto::Nothing).chain(autos);
        let phones = autos.zip(2..).map(|(auto, number)| match below(2) {
            0 => phone(number, auto),
            _ => phone(number, auto).modern(),
        });
        let phones = phones.collect();
        let users: &[(&str, usize)] = if below(2) == 0 {
            &[("bob", 1), ("eve", 3)]
        } else {
            &[("bob", 1), ("bob", 2), ("eve", 3)]
        };
        let mut net = Network::new(phones, users, loss, seed);
        net.at(
            0,
            0,
            Do::Invite("bob", if below(5) > 0 { "offer" } else { "" }),
        );
        for _ in 0..below(4) {
            net.at(
                usize::try_from(below(3)).unwrap(),
                below(15_000),
                Do::Reinvite("re"),
            );
        }
        for _ in 0..below(3) {
            let body = if below(2) == 0 { "" } else { "up" };
            let who = usize::try_from(below(3)).unwrap();
            net.at(who, below(15_000), Do::Update(body));
        }
        if below(3) == 0 {
            net.routes.insert("eve".into(), offer(&["eve"], 5));
            net.at(
                usize::try_from(below(3)).unwrap(),
                below(20_000),
                Do::Refer("eve"),
            );
        }
        if below(5) == 0 {
            net.at(0, below(8000), Do::Cancel);
        }
        for _ in 0..2 {
            net.at(usize::try_from(below(3)).unwrap(), below(30_000), Do::Bye);
        }
        for phone in 0..4 {
            net.at(phone, 60_000, Do::Bye);
        }
        net.run(900);
        let sizes = net.engine.sizes();
        let logs = [0, 1, 2, 3].map(|at| net.log(at)).join(" | ");
        assert_eq!(
            sizes,
            sip::call::Sizes::default(),
            "seed {seed}, loss {loss}: {logs}"
        );
        let counts = net.metrics.counts();
        assert_eq!(
            [counts.calls, counts.ended],
            [net.records.len() as u64; 2],
            "seed {seed}: {logs}"
        );
    }
}
