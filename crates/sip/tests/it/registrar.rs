//! REGISTER, line by line of RFC 3261 §10.3.

use crate::desk::{Desk, Proof, flow, lines, text};
use sip::location::{Change, End};
use sip::registrar::RegistrarSettings;
use sip::stateless::Settings;

const A: &str = "Contact: <sip:100@10.0.0.1:5062>\r\n";
const B: &str = "Contact: <sip:100@10.0.0.2:5062>\r\n";

#[test]
fn a_registration_can_be_asked_for_refreshed_and_ended() {
    let mut desk = Desk::new();
    let answer = desk.register(A);
    assert_eq!(
        lines(&answer, "Contact"),
        ["<sip:100@10.0.0.1:5062>;expires=3600"]
    );
    desk.wait(100);
    let since = desk.location().get("100", desk.now)[0].since;
    assert_eq!(
        lines(&desk.register(""), "Contact"),
        ["<sip:100@10.0.0.1:5062>;expires=3500"]
    );
    assert_eq!(
        lines(&desk.register(&format!("{A}Expires: 600\r\n")), "Contact"),
        ["<sip:100@10.0.0.1:5062>;expires=600"]
    );
    let binding = desk.location().get("100", desk.now).remove(0);
    assert_eq!((binding.since, &*binding.user_agent), (since, "Desk 1"));
    assert_eq!(binding.flow.peer, crate::desk::PHONE.parse().unwrap());
    assert!(
        lines(
            &desk.register("Contact: <sip:100@10.0.0.1:5062>;expires=0\r\n"),
            "Contact"
        )
        .is_empty()
    );
    assert!(desk.location().is_empty());
}

#[test]
fn the_star_ends_everything_and_only_with_expires_0() {
    let mut desk = Desk::new();
    desk.register(A);
    desk.register(B);
    assert_eq!(desk.register("Contact: *\r\n").code(), 400);
    assert_eq!(desk.register("Contact: *\r\nExpires: 60\r\n").code(), 400);
    assert_eq!(
        desk.register(&format!("Contact: *\r\n{A}Expires: 0\r\n"))
            .code(),
        400
    );
    assert_eq!(desk.location().get("100", desk.now).len(), 2);
    assert_eq!(desk.register("Contact: *\r\nExpires: 0\r\n").code(), 200);
    assert!(desk.location().is_empty());
}

#[test]
fn a_short_registration_is_refused_and_changes_nothing() {
    let mut desk = Desk::new();
    let answer = desk.register(&format!("{A}Contact: <sip:100@10.0.0.2>;expires=30\r\n"));
    assert_eq!(
        (answer.code(), lines(&answer, "Min-Expires")),
        (423, vec!["60".to_owned()])
    );
    assert!(desk.location().is_empty());
}

#[test]
fn an_overtaken_request_of_the_same_call_id_changes_nothing() {
    let mut desk = Desk::new();
    let nonce = desk.nonce();
    let mut late = Proof::new("100", "secret", &nonce);
    late.count = "00000002".into();
    let header = late.header("Authorization", "REGISTER");
    let overtaken = desk.register_text("100", &format!("{header}{A}Expires: 0\r\n"));
    desk.register(A);
    let answer = desk.send(&overtaken).unwrap();
    assert_eq!(answer.code(), 500, "{}", text(&answer));
    assert_eq!(desk.location().get("100", desk.now).len(), 1);
}

#[test]
fn a_device_that_moves_takes_its_registration_along() {
    let mut desk = Desk::new();
    let contact = |port: u16| {
        format!(
            "Contact: <sip:100@10.0.0.1:{port}>;+sip.instance=\"<urn:uuid:1>\";reg-id=1\r\nSupported: path\r\n"
        )
    };
    desk.register(&contact(5062));
    desk.flow = flow("192.0.2.10:7777");
    let answer = desk.register(&contact(6000));
    assert_eq!(
        lines(&answer, "Contact"),
        ["<sip:100@10.0.0.1:6000>;expires=3600;+sip.instance=\"<urn:uuid:1>\""]
    );
    assert_eq!(
        desk.location().get("100", desk.now)[0].flow.peer.port(),
        7777
    );
}

#[test]
fn contacts_of_a_login_are_bounded() {
    let settings = RegistrarSettings {
        max_contacts: 3,
        max_registrations: 3,
        ..RegistrarSettings::default()
    };
    let mut desk = Desk::with(Settings {
        registrar: settings,
        ..Settings::new(crate::desk::REALM)
    });
    for port in 1..=3 {
        assert_eq!(
            desk.register(&format!("Contact: <sip:100@10.0.0.1:{port}>\r\n"))
                .code(),
            200
        );
    }
    let answer = desk.register("Contact: <sip:100@10.0.0.1:4>\r\n");
    assert_eq!(
        (answer.code(), lines(&answer, "Retry-After").len()),
        (503, 1)
    );
    assert_eq!(
        desk.register("Contact: <sip:100@10.0.0.1:3>\r\n").code(),
        200
    );
    let answer = desk.register(&"Contact: <sip:100@10.0.0.1:9>\r\n".repeat(4));
    assert_eq!(answer.code(), 400);
}

#[test]
fn the_path_is_kept_and_given_back() {
    let mut desk = Desk::new();
    let answer = desk.register(&format!("{A}Path: <sip:edge1;lr>, <sip:edge2;lr>\r\n"));
    assert_eq!(lines(&answer, "Path"), ["<sip:edge1;lr>", "<sip:edge2;lr>"]);
    let path = &desk.location().get("100", desk.now)[0].path;
    assert_eq!(
        path.iter().map(|p| &**p).collect::<Vec<_>>(),
        ["<sip:edge1;lr>", "<sip:edge2;lr>"]
    );
}

#[test]
fn d6_ending_a_login_drops_all_its_contacts_at_once() {
    let mut desk = Desk::new();
    desk.register(A);
    desk.register(B);
    desk.location().changes().take(usize::MAX);
    assert_eq!(desk.location().end("100"), 2);
    assert!(desk.location().is_empty());
    let changes = desk.location().changes().take(usize::MAX);
    assert!(matches!(
        changes[..],
        [
            Change::Ended(_, End::Dropped),
            Change::Ended(_, End::Dropped)
        ]
    ));
}

#[test]
fn changes_are_queued_once_for_each_contact_and_survive_a_failed_write() {
    let mut desk = Desk::new();
    desk.register(A);
    desk.register(A);
    desk.register(B);
    let batch = desk.location().changes().take(10);
    assert_eq!(batch.len(), 2);
    desk.location().changes().put_back(batch.clone());
    desk.register("Contact: <sip:100@10.0.0.1:5062>;expires=0\r\n");
    let changes = desk.location().changes().take(10);
    assert_eq!(changes[0], batch[1]);
    assert!(
        matches!(&changes[1], Change::Ended(r, End::Unregistered) if &*r.binding.contact == "sip:100@10.0.0.1:5062")
    );
}

#[test]
fn expired_contacts_are_gone_and_said_to_be() {
    let mut desk = Desk::new();
    desk.register(&format!("{A}Expires: 60\r\n"));
    desk.location().changes().take(10);
    desk.wait(61);
    assert!(desk.location().get("100", desk.now).is_empty());
    for part in 0..64 {
        desk.location().sweep(part, desk.now);
    }
    assert!(desk.location().is_empty());
    assert!(matches!(
        desk.location().changes().take(10)[..],
        [Change::Ended(_, End::Expired)]
    ));
}

#[test]
fn what_was_stored_comes_back() {
    let mut desk = Desk::new();
    desk.register(A);
    let stored = desk.location().snapshot(desk.now);
    let again = Desk::new();
    again.location().restore(stored.clone(), desk.now);
    assert_eq!(again.location().snapshot(desk.now), stored);
    assert!(again.location().changes().is_empty());
}

#[test]
fn l1_registrations_of_older_login_details_can_be_told_apart() {
    let mut desk = Desk::new();
    desk.register(A);
    assert_eq!(desk.location().end_others("100", Some(1)), 0);
    assert_eq!(desk.location().end_others("100", Some(2)), 1);
    desk.register(B);
    assert_eq!(desk.location().end_others("100", None), 1);
    assert!(desk.location().is_empty());
}
