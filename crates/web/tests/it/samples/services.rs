//! Sample data for call services, profiles, the phone book and the way of a call.

use model::{BarringProfile, Field, Problem, Problems, Role, ZoneName};
use service::reachability::{What, When};
use web::frame::{Banner, Section, Tone};
use web::names;
use web::pages::call_services::{CallServicesPage, TypedServices};
use web::pages::phone_book::{ColleagueRow, PhoneBookPage};
use web::pages::profile::ProfilePage;
use web::pages::reachability::{ReachabilityPage, StepKind, StepView};
use web::parts::{Choice, Pager};
use web::problem::Errors;
use web::words::Words;

use super::{Sample, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let (own, of_user) = (own_services(words), users_services(words));
    let (profile, book, way) = (profile(words), book(words), way(words));
    vec![
        sample("call-services", "call_services.html", &own.frame, &own),
        sample(
            "call-services-user",
            "call_services.html",
            &of_user.frame,
            &of_user,
        ),
        sample("profile", "profile.html", &profile.frame, &profile),
        sample("phone-book", "phone_book.html", &book.frame, &book),
        sample("reachability", "reachability.html", &way.frame, &way),
    ]
}

fn own_services(words: Words) -> CallServicesPage {
    let mut frame = frame(words, Role::User, Section::CallServices, "/call-services");
    frame.acting_for = Some("Anna Weber".to_owned());
    frame.banner = Some(Banner {
        tone: Tone::Success,
        text: words.call_services_saved().into_owned(),
    });
    CallServicesPage {
        frame,
        trail: vec![],
        person: None,
        is_waiting: true,
        version: 3,
        typed: TypedServices {
            forward_always: "4568".to_owned(),
            forward_always_from: "2026-11-23T14:05".to_owned(),
            no_answer_rings: "4".to_owned(),
            do_not_disturb: true,
            ..TypedServices::default()
        },
        now: [Some("Jonas Brandt".to_owned()), None, None, None],
        zone: "Europe/Berlin".to_owned(),
        profiles: vec![],
        barring: (
            names::barring(words, BarringProfile::Gold).into_owned(),
            names::barring_classes(words, BarringProfile::Gold).into_owned(),
        ),
        action: "/call-services".to_owned(),
        cancel_href: "/".to_owned(),
    }
}

fn users_services(words: Words) -> CallServicesPage {
    let path = "/users/1/call-services";
    let mut frame = frame(words, Role::SiteAdmin, Section::Users, path);
    let mut problems = Problems::one(Field::ForwardBusy, Problem::UnknownExtension);
    let range = Problem::OutOfRange { min: 2, max: 20 };
    problems.add(Field::NoAnswerRings, range);
    frame.errors = Errors::told(words, &problems);
    let profile = |profile: &BarringProfile| {
        Choice::new(profile.id(), names::barring(words, *profile))
            .with_note(names::barring_classes(words, *profile))
    };
    CallServicesPage {
        frame,
        trail: vec![link("Anna Weber", "/users/1")],
        person: Some("Anna Weber".to_owned()),
        is_waiting: false,
        typed: TypedServices {
            forward_busy: "99".to_owned(),
            no_answer_rings: "21".to_owned(),
            barring: "gold".to_owned(),
            ..TypedServices::default()
        },
        now: [None, None, None, None],
        profiles: BarringProfile::ALL.iter().map(profile).collect(),
        action: path.to_owned(),
        cancel_href: "/users/1".to_owned(),
        ..own_services(words)
    }
}

fn profile(words: Words) -> ProfilePage {
    ProfilePage {
        frame: frame(words, Role::User, Section::Profile, "/profile"),
        trail: vec![],
        person: None,
        version: 1,
        zones: ZoneName::all()
            .map(|zone| Choice::new(zone.as_str(), zone.as_str()))
            .collect(),
        time_zone: "Europe/London".to_owned(),
        boxes: vec![
            Choice::new("is_unlisted", words.profile_unlisted()),
            Choice::new("hides_phone_state", words.profile_hides_state()),
        ],
        checked: vec!["is_unlisted".to_owned()],
        action: "/profile".to_owned(),
        cancel_href: "/".to_owned(),
    }
}

fn book(words: Words) -> PhoneBookPage {
    let row = |name: &str, extension: &str, is_registered| ColleagueRow {
        name: name.to_owned(),
        extension: extension.to_owned(),
        kind: (name == "Vertrieb").then(|| "Hunt group".to_owned()),
        number: format!("0211 123{extension}"),
        is_registered,
    };
    PhoneBookPage {
        frame: frame(words, Role::User, Section::PhoneBook, "/directory"),
        query: "er".to_owned(),
        rows: vec![
            row("Jonas Brandt", "4568", Some(true)),
            row("Miriam Albrecht", "4569", Some(false)),
            row("Vertrieb", "4500", None),
            row("Anna Weber", "4567", None),
        ],
        pager: Pager {
            previous: None,
            next: Some("/directory?cursor=1".to_owned()),
        },
    }
}

fn way(words: Words) -> ReachabilityPage {
    let step = |depth, when, kind, what: What, label: &str| StepView {
        depth,
        kind,
        when: names::when(words, when),
        sentence: names::step(words, &what),
        label: label.to_owned(),
    };
    let rings = |who: &str, seconds| What::Rings {
        who: who.to_owned(),
        seconds,
        is_registered: Some(true),
    };
    let out = What::GoesOut {
        number: Some("0171 2345678".to_owned()),
    };
    let why = model::routing::Why::ForwardLoop;
    ReachabilityPage {
        frame: frame(
            words,
            Role::SiteAdmin,
            Section::Users,
            "/users/1/reachability",
        ),
        trail: vec![link("Anna Weber", "/users/1")],
        name: "Anna Weber".to_owned(),
        number: "0211 1234567".to_owned(),
        is_reachable: true,
        sentence: words.reachable(),
        typed_at: String::new(),
        at: moment(words, "23.11.2026, 14:05"),
        is_later: true,
        zone: "Europe/Berlin".to_owned(),
        steps: vec![
            step(
                0,
                When::AtOnce,
                StepKind::Rings,
                rings("Anna Weber", 24),
                "Anna Weber: 24 s",
            ),
            step(
                1,
                When::Busy,
                StepKind::Rings,
                rings("Hans-Joachim von der Hohenlohe-Waldenburg", 60),
                "Hans-Joachim von der Hohenlohe-Waldenburg: 60 s",
            ),
            step(2, When::NoAnswer, StepKind::GoesOut, out, "0171 2345678"),
            step(
                1,
                When::Unreachable,
                StepKind::Ends,
                What::Ends(why),
                words.reachability_label_end().as_ref(),
            ),
        ],
        action: "/users/1/reachability".to_owned(),
    }
}
