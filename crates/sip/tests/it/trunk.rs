//! Calls over the trunk, on virtual time.

use crate::carrier::{Guard, USER};
use crate::desk::{Desk, Proof, flow, nonce_of, text};
use crate::network::{Network, offer};
use crate::scripted::{Auto, Do, Phone, server};
use bytes::BytesMut;
use sip::call::{CallSettings, Sizes};
use sip::directory::{CallLimit, EnterpriseId, Party, Route, Shown};
use sip::message::{Message, Method, Name, Wire};
use sip::stateless::{Settings, Step};
use sip::trunk::{Trunk, TrunkCredentials, TrunkRegistration, TrunkSettings};
use sip::{Flow, Transport};
use std::net::SocketAddr;
use std::sync::Arc;

const CARRIER: &str = "203.0.113.5:5060";

fn phone(number: u8, auto: Auto) -> Phone {
    let at = format!("10.0.0.{number}:5060");
    Phone::new(&at, &format!("t{number}"), auto, number)
}

pub(crate) fn settings() -> TrunkSettings {
    TrunkSettings {
        credentials: Some(TrunkCredentials {
            username: USER.into(),
            password: "geheim".into(),
            realm: None,
        }),
        registration: Some(TrunkRegistration {
            user: USER.into(),
            contact_user: "klinke".into(),
            expires: 3600,
        }),
        ..TrunkSettings::new("carrier.example")
    }
}

pub(crate) fn reached(settings: TrunkSettings) -> Arc<Trunk> {
    let trunk = Trunk::new(settings);
    let peer: SocketAddr = CARRIER.parse().unwrap();
    trunk.reach(Flow { peer, ..server() }, &[peer.ip()]);
    Arc::new(trunk)
}

/// Anna, and the carrier that does this.
fn outside(auto: Auto, guard: Option<Guard>, loss: u64, seed: u64) -> Network {
    let mut carrier = Phone::new(CARRIER, "tc", auto, 77);
    carrier.guard = guard;
    let phones = vec![
        phone(2, Auto::Nothing),
        carrier,
        phone(3, Auto::Answer(300)),
    ];
    let settings = CallSettings {
        trunk: Some(reached(settings())),
        ..CallSettings::default()
    };
    let mut net = Network::with(settings, phones, &[("bob", 2)], loss, seed);
    net.carrier = Some(CARRIER.parse().unwrap());
    let number = "+491601234567".to_owned();
    net.routes.insert("0160".into(), Route::Trunk { number });
    net.at(0, 0, Do::Invite("0160", "offer"));
    net
}

#[test]
fn a_call_to_the_outside_asserts_the_number_in_the_carriers_domain() {
    let mut net = outside(Auto::Answer(300), None, 0, 1);
    net.at(0, 3000, Do::Bye);
    net.finish();
    assert_eq!(net.log(0), "180 200");
    assert_eq!(net.log(1), "INVITE+ ACK BYE");
    let invite = &net.phones[1].seen[0];
    assert_eq!(invite.uri(), b"sip:+491601234567@carrier.example");
    let all = text(invite);
    for line in [
        "P-Asserted-Identity: \"Anna A Ä\" <sip:100@carrier.example>\r\n",
        "From: \"Anna A Ä\" <sip:100@carrier.example>;tag=",
        "To: <sip:+491601234567@carrier.example>\r\n",
    ] {
        assert!(all.contains(line), "{line} in {all}");
    }
}

#[test]
fn the_carrier_learns_who_withholds_the_number_and_that_it_must_not_tell() {
    let mut net = outside(Auto::Answer(300), None, 0, 1);
    let number = "+491601234567".to_owned();
    net.routes
        .insert("0160".into(), withheld(Route::Trunk { number }));
    net.at(0, 3000, Do::Bye);
    net.finish();
    let all = text(&net.phones[1].seen[0]);
    for line in [
        "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=",
        "Privacy: id\r\n",
        "P-Asserted-Identity: \"Anna\" <sip:+49211100@carrier.example>\r\n",
    ] {
        assert!(all.contains(line), "{line} in {all}");
    }
}

#[test]
fn a_phone_learns_nothing_of_who_withholds_the_number() {
    let phones = vec![phone(2, Auto::Nothing), phone(3, Auto::Answer(300))];
    let mut net = Network::new(phones, &[("bob", 1)], 0, 1);
    net.routes
        .insert("bob".into(), withheld(offer(&["bob"], 20)));
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 3000, Do::Bye);
    net.finish();
    let all = text(&net.phones[1].seen[0]);
    assert!(all.contains("<sip:anonymous@anonymous.invalid>") && all.contains("Privacy: id"));
    for told in ["P-Asserted-Identity", "+49211100", "\"Anna"] {
        assert!(!all.contains(told), "{told} in {all}");
    }
}

fn withheld(route: Route) -> Route {
    let party = Party {
        number: "+49211100".to_owned(),
        name: "Anna".to_owned(),
    };
    Route::As {
        shown: Shown {
            party,
            is_withheld: true,
        },
        route: Box::new(route),
    }
}

#[test]
fn every_request_is_proven_to_a_carrier_that_asks() {
    for (code, is_md5_only, loss) in [(407, false, 0), (401, true, 0), (407, false, 15)] {
        for seed in 0..8 {
            let guard = Guard::new("geheim", code, is_md5_only);
            let mut net = outside(Auto::Answer(300), Some(guard), loss, seed);
            net.at(0, 5000, Do::Reinvite("a=sendonly"));
            net.at(0, 15_000, Do::Info);
            net.at(0, 20_000, Do::Bye);
            net.finish();
            let guard = net.phones[1].guard.take().unwrap();
            let of = |method: &str| {
                guard
                    .proven
                    .iter()
                    .filter(|proven| *proven == method)
                    .count()
            };
            let counts = ["INVITE", "INFO", "BYE"].map(of);
            assert!(
                counts[0] >= 1 && counts[2] == 1,
                "seed {seed}: {:?}",
                guard.proven
            );
            if loss == 0 {
                assert_eq!(counts, [2, 1, 1], "seed {seed}: {:?}", guard.proven);
                assert_eq!(guard.challenges, 4);
            }
            assert_eq!((net.records.len(), net.records[0].code), (1, 200));
            let proof = net.phones[1].seen.iter().find_map(|message| {
                let name = if code == 401 {
                    Name::Authorization
                } else {
                    Name::ProxyAuthorization
                };
                message.header(name)
            });
            let proof = String::from_utf8(proof.unwrap().to_vec()).unwrap();
            let algorithm = if is_md5_only {
                "algorithm=MD5"
            } else {
                "algorithm=SHA-256"
            };
            assert!(proof.contains(algorithm), "{proof}");
        }
    }
}

#[test]
fn a_stale_nonce_is_answered_once_more_and_a_wrong_password_only_once() {
    let mut guard = Guard::new("geheim", 407, false);
    guard.stales = 1;
    let mut net = outside(Auto::Answer(300), Some(guard), 0, 1);
    net.at(0, 3000, Do::Bye);
    net.finish();
    assert_eq!(net.log(0), "180 200");
    let mut net = outside(
        Auto::Answer(300),
        Some(Guard::new("anders", 407, false)),
        0,
        1,
    );
    net.finish();
    assert_eq!((net.log(0).as_str(), net.log(1).as_str()), ("503", ""));
    assert_eq!(net.phones[1].guard.as_ref().unwrap().challenges, 2);
    assert_eq!(net.records[0].why, "the carrier answered 407");
}

#[test]
fn cancel_at_any_moment_around_the_proof_leaves_no_call() {
    for at in 0..120 {
        let guard = Guard::new("geheim", 407, false);
        let mut net = outside(Auto::Ring, Some(guard), 0, at);
        net.at(0, at, Do::Cancel);
        net.at(0, 500, Do::Cancel);
        net.finish();
        assert_eq!(
            net.log(0).split(' ').next_back(),
            Some("487"),
            "{at}: {}",
            net.log(0)
        );
        let carrier = net.log(1);
        assert!(
            matches!(&carrier[..], "" | "INVITE+ CANCEL"),
            "{at}: {carrier}"
        );
    }
}

#[test]
fn what_the_carrier_refuses_is_told_in_our_words() {
    for (carrier, caller) in [
        (486, "486"),
        (600, "486"),
        (404, "404"),
        (480, "480"),
        (484, "484"),
        (403, "503"),
        (302, "503"),
        (500, "503"),
        (503, "503"),
        (488, "488"),
    ] {
        let mut net = outside(Auto::Reject(50, carrier), None, 0, 1);
        net.finish();
        assert_eq!(net.log(0), caller, "{carrier}");
        let answer = net.phones[0].seen.last().unwrap();
        assert_eq!(
            answer.header(Name::RetryAfter),
            None,
            "phones must not stay away"
        );
        assert_eq!(
            net.records[0].why,
            format!("the carrier answered {carrier}")
        );
    }
    let mut net = outside(Auto::Nothing, None, 0, 1);
    net.phones[1].at = "203.0.113.9:5060".parse().unwrap();
    net.finish();
    assert_eq!(net.records[0].code, 503);
}

#[test]
fn without_a_trunk_or_its_address_the_caller_hears_503_and_the_record_says_why() {
    let unknown = Some(Arc::new(Trunk::new(settings())));
    for (trunk, why) in [
        (None, "there is no trunk"),
        (unknown, "the trunk's address is not known"),
    ] {
        let settings = CallSettings {
            trunk,
            ..CallSettings::default()
        };
        let mut net = Network::with(settings, vec![phone(2, Auto::Nothing)], &[], 0, 1);
        let number = "112".to_owned();
        net.routes.insert("112".into(), Route::Trunk { number });
        net.at(0, 0, Do::Invite("112", "offer"));
        net.run(100);
        assert_eq!(net.log(0), "503");
        assert_eq!(
            (net.records[0].code, net.records[0].why.as_str()),
            (503, why)
        );
    }
}

#[test]
fn a_call_from_the_outside_asks_with_the_dialled_number() {
    for (uri, to) in [
        ("+492111234567", "+492111234567"),
        ("klinke", "+492111234567"),
    ] {
        let mut net = outside(Auto::Nothing, None, 0, 1);
        net.phones[0].todo.clear();
        net.routes.insert(to.into(), offer(&["bob"], 30));
        net.phones[1].called_number = Some(to.into());
        net.at(1, 0, Do::Invite(uri, "offer"));
        net.at(2, 3000, Do::Bye);
        net.finish();
        assert_eq!(net.attempts[0].dialled, to);
        assert_eq!(net.log(1), "180 200 BYE");
        assert_eq!(
            (net.records[0].caller.as_deref(), net.records[0].code),
            (None, 200)
        );
    }
}

#[test]
fn a_phone_transfers_a_colleague_to_the_outside() {
    let guard = Guard::new("geheim", 407, false);
    let mut net = outside(Auto::Answer(300), Some(guard), 0, 1);
    net.phones[0].todo.clear();
    net.at(0, 0, Do::Invite("bob", "offer"));
    net.at(0, 3000, Do::Refer("0160"));
    net.at(2, 9000, Do::Bye);
    net.finish();
    assert_eq!(net.log(1), "INVITE ACK+ BYE");
    assert_eq!(net.engine.sizes(), Sizes::default());
}

#[test]
fn an_emergency_call_goes_out_whatever_runs_and_the_counts_return() {
    let callers: Vec<Phone> = (10..18)
        .map(|number| phone(number, Auto::Nothing))
        .collect();
    let mut phones = callers;
    phones.push(Phone::new(CARRIER, "tc", Auto::Answer(300), 77));
    let settings = CallSettings {
        trunk: Some(reached(settings())),
        ..CallSettings::default()
    };
    let mut net = Network::with(settings, phones, &[], 0, 1);
    let number = "+491601234567".to_owned();
    net.routes.insert(
        "0160".into(),
        Route::Trunk {
            number: number.clone(),
        },
    );
    net.routes.insert("112".into(), Route::Trunk { number });
    net.unlimited = "112".into();
    for caller in 0..6 {
        net.at(caller, caller as u64 * 500, Do::Invite("0160", "offer"));
    }
    net.at(6, 4000, Do::Invite("112", "offer"));
    net.at(7, 4500, Do::Invite("0160", "offer"));
    for caller in 0..8 {
        net.at(caller, 9000, Do::Bye);
    }
    net.run(5);
    let answered: Vec<bool> = (0..8)
        .map(|caller| net.log(caller).ends_with("200"))
        .collect();
    assert_eq!(
        answered,
        [true, true, true, true, false, false, true, false]
    );
    assert_eq!(net.log(7), "486");
    net.run_on(900);
    assert_eq!(net.engine.sizes(), Sizes::default());
}

#[test]
fn an_enterprise_has_a_limited_number_of_calls_and_emergencies_do_not_count() {
    let mut net = outside(Auto::Answer(300), None, 0, 1);
    net.phones.push(phone(4, Auto::Nothing));
    net.phones.push(phone(5, Auto::Nothing));
    net.limit = Some(CallLimit {
        enterprise: EnterpriseId(1),
        max_calls: 1,
    });
    net.unlimited = "112".into();
    let number = "112".to_owned();
    net.routes.insert("112".into(), Route::Trunk { number });
    net.at(3, 1000, Do::Invite("0160", "offer"));
    net.at(4, 1000, Do::Invite("112", "offer"));
    for caller in [0, 3, 4] {
        net.at(caller, 5000, Do::Bye);
    }
    net.at(3, 6000, Do::Invite("0160", "offer"));
    net.at(3, 9000, Do::Bye);
    net.finish();
    assert_eq!(
        (net.log(3).as_str(), net.log(4).as_str()),
        ("503 180 200", "200")
    );
    assert_eq!(
        net.phones[3]
            .seen
            .iter()
            .find(|m| m.code() == 503)
            .unwrap()
            .header(Name::RetryAfter),
        None
    );
    let why: Vec<&str> = net
        .records
        .iter()
        .map(|record| record.why.as_str())
        .collect();
    assert_eq!(why[0], "the enterprise has too many calls");
}

#[test]
fn nothing_goes_to_the_trunk_for_a_caller_who_is_not_authenticated() {
    let settings = Settings {
        trunk: Some(reached(settings())),
        ..Settings::new("klinke")
    };
    let mut desk = Desk::with(settings);
    let invite = |from: &str, more: &str| {
        format!(
            "INVITE sip:0160@klinke.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1;rport\r\n\
             From: <sip:{from}>;tag=1\r\nTo: <sip:0160@klinke.example>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n\
             Contact: <sip:x@203.0.113.5>\r\n{more}Content-Length: 0\r\n\r\n"
        )
    };
    let step = |desk: &Desk, text: &str| {
        let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
        desk.stateless.receive(message, desk.flow, desk.now)
    };
    // Nobody, one who says to be a phone, one who says to be the carrier in every header there is.
    let forged = "P-Asserted-Identity: <sip:+4915112345@carrier.example>\r\nVia: SIP/2.0/UDP 203.0.113.5\r\n";
    for (from, more) in [
        ("a@b", ""),
        ("100@klinke.example", ""),
        ("+49@carrier.example", forged),
    ] {
        for peer in ["192.0.2.10:5060", "203.0.113.6:5060", "[2001:db8::5]:5060"] {
            desk.flow = flow(peer);
            let Step::Answer(answer) = step(&desk, &invite(from, more)) else {
                panic!("{from} from {peer} was let through")
            };
            assert!(answer.bytes.starts_with(b"SIP/2.0 407"), "{answer:?}");
        }
    }
    // A phone with the right password and somebody else's From.
    desk.flow = flow("192.0.2.10:5060");
    let challenge = desk.send(&invite("200@klinke.example", "")).unwrap();
    let proof = Proof {
        uri: "sip:0160@klinke.example".into(),
        ..Proof::new("100", "secret", &nonce_of(&challenge))
    };
    let proof = proof.header("Proxy-Authorization", "INVITE");
    let answer = desk.send(&invite("200@klinke.example", &proof)).unwrap();
    assert_eq!(answer.code(), 403);
    // The carrier itself, over any transport, also as an IPv6-mapped address.
    for peer in [CARRIER, "[::ffff:203.0.113.5]:1234"] {
        desk.flow = Flow {
            transport: Transport::Tcp(1),
            ..flow(peer)
        };
        assert!(matches!(
            step(&desk, &invite("x@y", "")),
            Step::Pass {
                caller: Some(_),
                ..
            }
        ));
    }
}

#[test]
fn a_withheld_number_is_not_shown() {
    let settings = Settings {
        trunk: Some(reached(settings())),
        ..Settings::new("klinke")
    };
    let mut desk = Desk::with(settings);
    desk.flow = flow(CARRIER);
    let text = "INVITE sip:+492111234567@us SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n\
                To: <sip:c@d>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nP-Asserted-Identity: <sip:+4915112345@carrier>\r\n\
                Privacy: id;critical\r\nContent-Length: 0\r\n\r\n";
    let message = Message::parse(BytesMut::from(text.as_bytes()), Wire::Datagram).unwrap();
    assert_eq!(message.method(), Some(Method::Invite));
    let step = desk.stateless.receive(message, desk.flow, desk.now);
    let Step::Pass {
        caller: Some(sip::directory::Caller::Trunk { number }),
        ..
    } = step
    else {
        panic!("{step:?}")
    };
    assert_eq!(number, "");
}

#[test]
fn acknowledged_early_media_and_session_refreshes_are_proven_too() {
    let mut net = outside(
        Auto::Answer(3000),
        Some(Guard::new("geheim", 407, false)),
        0,
        1,
    );
    for phone in &mut net.phones[..2] {
        phone.modern.is_on = true;
    }
    net.at(0, 200_000, Do::Bye);
    net.finish();
    let guard = net.phones[1].guard.take().unwrap();
    let proven = |method: &str| {
        guard
            .proven
            .iter()
            .filter(|proven| *proven == method)
            .count()
    };
    assert_eq!(
        ["INVITE", "PRACK", "BYE"].map(proven),
        [1, 1, 1],
        "{:?}",
        guard.proven
    );
    assert!(proven("UPDATE") >= 3, "{:?}", guard.proven);
    assert_eq!((net.records.len(), net.records[0].code), (1, 200));
    let talk = net.records[0].ended.since(net.records[0].answered.unwrap());
    assert!(talk.as_secs() > 190, "{talk:?}");
}
