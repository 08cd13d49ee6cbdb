//! Who gets in and who does not.

use crate::desk::{Desk, Proof, flow, lines, login, nonce_of, text};
use sip::digest::Ha1;
use std::sync::Arc;

const CONTACT: &str = "Contact: <sip:100@10.0.0.1:5062>\r\n";

fn attempt(desk: &mut Desk, proof: &Proof) -> (u16, bool) {
    let header = proof.header("Authorization", "REGISTER");
    let user = proof.username.clone();
    let request = desk.register_text(&user, &format!("{header}{CONTACT}"));
    let answer = desk.send(&request).unwrap();
    (answer.code(), text(&answer).contains("stale=true"))
}

#[test]
fn the_challenge_offers_sha256_first() {
    let mut desk = Desk::new();
    let request = desk.register_text("100", CONTACT);
    let answer = desk.send(&request).unwrap();
    let challenges = lines(&answer, "WWW-Authenticate");
    assert_eq!(answer.code(), 401);
    assert_eq!(challenges.len(), 2);
    assert!(challenges[0].contains("algorithm=SHA-256") && challenges[1].contains("algorithm=MD5"));
    assert!(
        challenges
            .iter()
            .all(|c| c.contains("qop=\"auth\"") && c.contains("realm=\"klinke\""))
    );
}

#[test]
fn a_device_that_stumbles_over_sha256_is_offered_md5_alone() {
    let mut desk = Desk::new();
    let request = desk
        .register_text("100", CONTACT)
        .replace("Desk 1", "baresip v1.0.0 (x86_64/linux)");
    let challenges = lines(&desk.send(&request).unwrap(), "WWW-Authenticate");
    assert!(challenges.len() == 1 && challenges[0].contains("algorithm=MD5"));
}

#[test]
fn either_algorithm_lets_the_right_password_in() {
    let mut desk = Desk::new();
    for (is_sha256, has_qop, wanted) in [
        (true, true, 200),
        (false, true, 200),
        (false, false, 200),
        (true, false, 400),
    ] {
        let nonce = desk.nonce();
        let proof = Proof {
            is_sha256,
            has_qop,
            ..Proof::new("100", "secret", &nonce)
        };
        assert_eq!(
            attempt(&mut desk, &proof),
            (wanted, false),
            "{is_sha256} {has_qop}"
        );
    }
}

#[test]
fn md5_can_be_refused_for_one_login() {
    let mut desk = Desk::new();
    let mut strict = login("100", "secret");
    strict.ha1 = Ha1::new("100", "klinke", "secret").without_md5();
    desk.logins.insert("100".into(), Arc::new(strict));
    let nonce = desk.nonce();
    let md5 = Proof {
        is_sha256: false,
        ..Proof::new("100", "secret", &nonce)
    };
    assert_eq!(attempt(&mut desk, &md5).0, 403);
    assert_eq!(
        attempt(&mut desk, &Proof::new("100", "secret", &nonce)).0,
        200
    );
}

#[test]
fn unknown_login_and_wrong_password_get_the_same_answer() {
    let mut desk = Desk::new();
    let mut answer = |user: &str| {
        let nonce = desk.nonce();
        let header = Proof::new(user, "wrong", &nonce).header("Authorization", "REGISTER");
        let request = desk.register_text("100", &format!("{header}{CONTACT}"));
        let answer = desk.send(&request).unwrap();
        let cseq = lines(&answer, "CSeq").concat();
        let number = cseq.split(' ').next().unwrap().to_owned();
        text(&answer)
            .replace(&format!("z9hG4bK{number}"), "B")
            .replace(&cseq, "C")
    };
    let (wrong, unknown) = (answer("100"), answer("999"));
    assert!(wrong.starts_with("SIP/2.0 403"));
    assert_eq!(wrong, unknown);
}

#[test]
fn a_nonce_count_must_rise_and_has_eight_digits() {
    let mut desk = Desk::new();
    let nonce = desk.nonce();
    let with = |count: &str| Proof {
        count: count.into(),
        ..Proof::new("100", "secret", &nonce)
    };
    assert_eq!(attempt(&mut desk, &with("000000ff")), (200, false));
    assert_eq!(attempt(&mut desk, &with("000000ff")), (401, true));
    assert_eq!(attempt(&mut desk, &with("00000001")), (401, true));
    assert_eq!(attempt(&mut desk, &with("00000100")), (200, false));
    assert_eq!(attempt(&mut desk, &with("101")), (400, false));
}

#[test]
fn the_same_request_again_is_answered_again() {
    let mut desk = Desk::new();
    let nonce = desk.nonce();
    let header = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
    let request = desk.register_text("100", &format!("{header}{CONTACT}"));
    let first = desk.send(&request).unwrap();
    let second = desk.send(&request).unwrap();
    assert_eq!((first.code(), text(&first)), (200, text(&second)));
}

#[test]
fn a_nonce_ages_belongs_to_one_address_and_cannot_be_invented() {
    let mut desk = Desk::new();
    let nonce = desk.nonce();
    desk.wait(301);
    assert_eq!(
        attempt(&mut desk, &Proof::new("100", "secret", &nonce)),
        (401, true)
    );
    let nonce = desk.nonce();
    desk.flow = flow("198.51.100.1:5060");
    assert_eq!(
        attempt(&mut desk, &Proof::new("100", "secret", &nonce)),
        (401, true)
    );
    assert_eq!(
        attempt(&mut desk, &Proof::new("100", "secret", "0123456789abcdef")),
        (401, true)
    );
    assert_eq!(
        attempt(&mut desk, &Proof::new("100", "wrong", "0123456789abcdef")),
        (403, false)
    );
    assert!(desk.location().is_empty());
}

#[test]
fn a_foreign_uri_realm_or_identity_is_refused() {
    let mut desk = Desk::new();
    let nonce = desk.nonce();
    let proof = Proof {
        uri: "sip:elsewhere.example".into(),
        ..Proof::new("100", "secret", &nonce)
    };
    assert_eq!(attempt(&mut desk, &proof).0, 400);
    let header = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
    let request = desk.register_text("200", &format!("{header}{CONTACT}"));
    assert_eq!(desk.send(&request).unwrap().code(), 403);
    let request = desk.register_text(
        "100",
        &format!("{}{CONTACT}", header.replace("\"klinke\"", "\"other\"")),
    );
    let answer = desk.send(&request).unwrap();
    assert_eq!(answer.code(), 401);
    assert_ne!(nonce_of(&answer), nonce);
}

#[test]
fn a_guessing_source_is_ignored_while_the_phone_elsewhere_registers() {
    let mut desk = Desk::new();
    assert_eq!(desk.register(CONTACT).code(), 200);
    desk.flow = flow("203.0.113.66:1234");
    let mut answered = 0;
    for n in 0..100 {
        let nonce = desk.nonce();
        let header =
            Proof::new("100", &format!("guess{n}"), &nonce).header("Authorization", "REGISTER");
        let request = desk.register_text("100", &header);
        answered += u32::from(desk.send(&request).is_some());
    }
    assert_eq!(answered, 5);
    let nonce = desk.nonce();
    let right = Proof::new("100", "secret", &nonce).header("Authorization", "REGISTER");
    let request = desk.register_text("100", &right);
    assert!(desk.send(&request).is_none());
    desk.flow = flow(crate::desk::PHONE);
    assert_eq!(desk.register(CONTACT).code(), 200);
}
