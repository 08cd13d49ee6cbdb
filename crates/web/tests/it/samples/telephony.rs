//! Sample data for calls, phones and what the call engine keeps to.

use model::{CallOutcome, Field, Problem, Problems, Role};
use service::reachability::Obstacle;
use web::frame::{Frame, Section};
use web::names;
use web::pages::call::{CallRow, Calls, CallsPage, Direction, PartyView};
use web::pages::phone::{DeviceView, PhoneView};
use web::pages::telephony::{MainNumberFormPage, TelephonyFormPage};
use web::parts::{Choice, Pager};
use web::problem::Errors;
use web::words::Words;

use super::{Sample, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = lists(words);
    samples.extend(forms(words));
    samples
}

fn lists(words: Words) -> Vec<Sample> {
    let of_enterprise = CallsPage {
        sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
        has_all_sites: true,
        calls: calls(words, true),
        pager: Pager {
            previous: Some("/calls".to_owned()),
            next: Some("/calls?before=1".to_owned()),
        },
        ..page(frame(
            words,
            Role::EnterpriseAdmin,
            Section::Calls,
            "/calls",
        ))
    };
    let of_user = CallsPage {
        trail: vec![
            link(words.user_list_title_site("Düsseldorf"), "/users?site=1"),
            link("Anna Weber", "/users/1"),
        ],
        person: Some("Anna Weber".to_owned()),
        calls: calls(words, false),
        ..page(frame(
            words,
            Role::SiteAdmin,
            Section::Users,
            "/users/1/calls",
        ))
    };
    let none = page(frame(words, Role::User, Section::Calls, "/calls"));
    vec![
        sample("calls", "calls.html", &of_enterprise.frame, &of_enterprise),
        sample("calls-user", "calls.html", &of_user.frame, &of_user),
        sample("calls-empty", "calls.html", &none.frame, &none),
    ]
}

fn page(frame: Frame) -> CallsPage {
    CallsPage {
        frame,
        trail: vec![],
        person: None,
        kept_days: 180,
        sites: vec![],
        site: String::new(),
        has_all_sites: false,
        calls: Calls::default(),
        pager: Pager::default(),
    }
}

/// Calls of Anna Weber.
pub(super) fn calls(words: Words, is_of_several: bool) -> Calls {
    let party = |name: &str, number: &str, id: &str| PartyView {
        name: name.to_owned(),
        number: number.to_owned(),
        href: (!id.is_empty()).then(|| format!("/users/{id}")),
    };
    let row = |direction, other, at: &str, duration: Option<&str>, outcome| CallRow {
        direction,
        own: party("Anna Weber", "4567", "1"),
        other,
        at: moment(words, at),
        duration: duration.map(str::to_owned),
        outcome: names::call_outcome(words, outcome),
    };
    use CallOutcome::{Answered, Busy, Cancelled, NoAnswer, Refused, Unreachable};
    use Direction::{Incoming, Missed, Outgoing};
    let (jonas, miriam) = (
        party("Jonas Brandt", "4502", "2"),
        party("Maximilian Dąbrowski-Hohenlohe", "4501", "3"),
    );
    let customer = party("", "+44 20 7946 0123", "");
    let wrong = party("", "0211 99887766", "");
    Calls {
        is_of_several,
        rows: vec![
            row(
                Outgoing,
                jonas.clone(),
                "23.11.2026, 14:05",
                Some("3:42"),
                Answered,
            ),
            row(
                Missed,
                customer.clone(),
                "23.11.2026, 13:48",
                None,
                NoAnswer,
            ),
            row(
                Incoming,
                miriam.clone(),
                "23.11.2026, 11:30",
                Some("1:02:05"),
                Answered,
            ),
            row(Outgoing, miriam, "23.11.2026, 11:29", None, Busy),
            row(Missed, jonas, "20.11.2026, 09:12", None, Cancelled),
            row(Outgoing, customer, "20.11.2026, 09:11", None, Unreachable),
            row(Outgoing, wrong, "20.11.2026, 09:10", None, Refused),
        ],
    }
}

/// A desk phone and a soft client, both logged in.
pub(super) fn phone(words: Words) -> PhoneView {
    let device = |name: &str, address: &str, transport| DeviceView {
        name: name.to_owned(),
        address: address.to_owned(),
        transport,
        since: moment(words, "20.11.2026, 09:14"),
    };
    PhoneView {
        has_phone: true,
        devices: vec![
            device("Yealink SIP-T54W 96.86.0.100", "198.51.100.23:5060", "TCP"),
            device("", "[2001:db8::8:800:200c:417a]:49152", "UDP"),
        ],
        is_reachable: true,
        sentence: names::reachability(words, None),
    }
}

/// No phone is logged in, and this stands in the way.
pub(super) fn silent(words: Words, has_phone: bool, obstacle: Obstacle) -> PhoneView {
    PhoneView {
        has_phone,
        devices: vec![],
        is_reachable: false,
        sentence: names::reachability(words, Some(obstacle)),
    }
}

fn forms(words: Words) -> Vec<Sample> {
    let operator = |path: &str| frame(words, Role::Operator, Section::Enterprises, path);
    let trail = vec![
        link(words.enterprise_list_title(), "/operator/enterprises"),
        link("Muster GmbH", "/operator/enterprises/1"),
    ];
    let telephony = TelephonyFormPage {
        frame: operator("/operator/enterprises/1/telephony"),
        trail: trail.clone(),
        enterprise: "Muster GmbH".to_owned(),
        max_calls: "20".to_owned(),
        boxes: vec![Choice::new("true", words.telephony_form_md5_refuse())],
        checked: vec![],
        action: "/operator/enterprises/1/telephony".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    let mut main_number = MainNumberFormPage {
        frame: operator("/sites/1/main-number"),
        trail,
        site: "Düsseldorf".to_owned(),
        main_number: "0211 999".to_owned(),
        numbers: vec![
            Choice::new("0211 1234500", ""),
            Choice::new("0211 1234501", ""),
        ],
        action: "/sites/1/main-number".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    main_number.frame.errors =
        Errors::told(words, &Problems::one(Field::MainNumber, Problem::NotOfSite));
    vec![
        sample(
            "telephony-form",
            "telephony_form.html",
            &telephony.frame,
            &telephony,
        ),
        sample(
            "main-number-form",
            "main_number_form.html",
            &main_number.frame,
            &main_number,
        ),
    ]
}
