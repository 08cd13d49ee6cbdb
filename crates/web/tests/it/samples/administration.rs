//! Sample data for the pages of readers, users and administrators.

use model::{Field, Licence, Package, Problem, Problems, Product, Role, Service, routing::Why};
use service::reachability::Obstacle;
use web::format;
use web::frame::{Banner, Section, Tone};
use web::pages::activation::ProgressView;
use web::pages::activity::{ActivityFilter, ActivityPage};
use web::pages::call::Calls;
use web::pages::choose_site::{ChooseSitePage, SiteDoor};
use web::pages::error::{ErrorPage, Trouble};
use web::pages::home::{Content, HomePage, OwnTelephone, SiteTile};
use web::pages::login::LoginPage;
use web::pages::login_details::{LoginDetailsGonePage, LoginDetailsPage, NewLoginDetailsPage};
use web::pages::password::PasswordPage;
use web::pages::user::{AccessView, DeskPhoneView, MobileView, ServicesLinks, UserPage};
use web::pages::user_delete::{Membership, UserDeletePage};
use web::pages::user_list::{UserListPage, UserRow};
use web::parts::{Badge, Choice, Order, Pager, SortLink};
use web::problem::Errors;
use web::words::Words;

use super::{Sample, activity, anonymous, data, frame, link, moment, sample, stock, telephony};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = vec![];
    samples.extend(gate(words));
    samples.extend(homes(words));
    samples.extend(lists(words));
    samples.extend(login_details(words));
    samples.extend(users(words));
    samples.extend(Trouble::ALL.map(|trouble| error(words, trouble)));
    samples
}

fn gate(words: Words) -> Vec<Sample> {
    let login = |is_encrypted| LoginPage {
        frame: anonymous(words, "/login"),
        username: String::new(),
        return_path: "/".to_owned(),
        is_encrypted,
    };
    let (plain, unencrypted, mut refused) = (login(true), login(false), login(true));
    refused.username = "anna.weber@muster".to_owned();
    refused.refuse();
    let mut password = PasswordPage {
        frame: anonymous(words, "/register/x"),
        name: "Anna Weber".to_owned(),
        username: "anna.weber@muster".to_owned(),
        rules: model::PasswordRules::default(),
        action: "/register".to_owned(),
    };
    let fresh = sample("password", "password.html", &password.frame, &password);
    password.frame.errors = Errors::told(
        words,
        &Problems::one(Field::Password, Problem::RepeatedCharacter { max: 2 }),
    );
    password.refuse_repetition();
    vec![
        sample("login", "login.html", &plain.frame, &plain),
        sample(
            "login-unencrypted",
            "login.html",
            &unencrypted.frame,
            &unencrypted,
        ),
        sample("login-refused", "login.html", &refused.frame, &refused),
        fresh,
        sample(
            "password-refused",
            "password.html",
            &password.frame,
            &password,
        ),
    ]
}

fn homes(words: Words) -> Vec<Sample> {
    let site = |name: &str, users, pending, failed, used| SiteTile {
        name: name.to_owned(),
        href: "/sites/1".to_owned(),
        users_href: "/users?site=1".to_owned(),
        add_href: "/sites/1/users/new".to_owned(),
        users,
        pending,
        failed,
        numbers: web::parts::Stock::of_numbers(words, used, 100),
        main_number: (pending > 0).then(|| "0211 1234500".to_owned()),
        main_number_href: Some("/sites/1/main-number".to_owned()),
    };
    let contents = [
        (
            "home-operator",
            Role::Operator,
            Content::Operator {
                waiting: 3,
                failed: 1,
                enterprises: 12,
            },
        ),
        (
            "home-administrator",
            Role::EnterpriseAdmin,
            Content::Administrator {
                sites: vec![
                    site("Düsseldorf", 64, 2, 1, 64),
                    site("London", 93, 0, 0, 93),
                ],
                licences: licences()
                    .iter()
                    .map(|l| web::parts::Stock::of_licence(words, l))
                    .collect(),
            },
        ),
        (
            "home-user",
            Role::User,
            Content::User(Box::new(OwnTelephone {
                id: "1".to_owned(),
                number: "0211 1234567".to_owned(),
                extension: "4567".to_owned(),
                desk_phone: "Yealink T54W".to_owned(),
                phone: telephony::phone(words),
                state: Badge::Activated,
                calls: last_calls(words),
                live_href: "/live?user=1".to_owned(),
            })),
        ),
        (
            "home-user-pending",
            Role::User,
            Content::User(Box::new(OwnTelephone {
                id: "1".to_owned(),
                number: "0211 1234567".to_owned(),
                extension: "4567".to_owned(),
                desk_phone: "Yealink T54W".to_owned(),
                phone: telephony::silent(words, true, Obstacle::Refused(Why::Pending)),
                state: Badge::Pending,
                calls: Calls::default(),
                live_href: "/live?user=1".to_owned(),
            })),
        ),
    ];
    contents
        .into_iter()
        .map(|(name, role, content)| {
            let page = HomePage::new(frame(words, role, Section::Home, "/"), content);
            sample(name, "home.html", &page.frame, &page)
        })
        .collect()
}

fn last_calls(words: Words) -> Calls {
    let mut calls = telephony::calls(words, false);
    calls.rows.truncate(5);
    calls
}

pub(super) fn licences() -> Vec<Licence> {
    let licence = |product, used, total| Licence {
        product,
        used,
        total,
    };
    vec![
        licence(Product::Package(Package::Basic), 31, 50),
        licence(Product::Package(Package::Standard), 88, 100),
        licence(Product::Package(Package::Premium), 19, 20),
        licence(Product::Package(Package::Mobile), 10, 10),
        licence(Product::Service(Service::Voicemail), 52, 60),
        licence(Product::Service(Service::CallRecording), 3, 10),
        licence(Product::Service(Service::SoftClient), 20, 25),
        licence(Product::Service(Service::CallCentreAgent), 8, 12),
        licence(Product::Service(Service::Supervisor), 2, 2),
    ]
}

fn lists(words: Words) -> Vec<Sample> {
    let list = list(words);
    let none = UserListPage {
        rows: vec![],
        found: 0,
        is_filtered: true,
        query: "Zacharias".to_owned(),
        ..self::list(words)
    };
    let empty = UserListPage {
        rows: vec![],
        found: 0,
        total: 0,
        stocks: vec![],
        ..self::list(words)
    };
    let door = |name: &str, free_numbers| SiteDoor {
        name: name.to_owned(),
        href: "/sites/1/users/new".to_owned(),
        free_numbers,
    };
    let choose = ChooseSitePage {
        frame: frame(words, Role::EnterpriseAdmin, Section::Users, "/users/new"),
        sites: vec![
            door("Düsseldorf", 36),
            door("London", 7),
            door("Bad Neuenahr-Ahrweiler", 0),
        ],
    };
    let log = ActivityPage {
        frame: frame(words, Role::SiteAdmin, Section::Activity, "/activity"),
        person: None,
        filter: ActivityFilter {
            sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
            actor: "katharina".to_owned(),
            actions: vec![Choice::new("user-added", words.journal_user_added())],
            from: "2026-11-01".to_owned(),
            is_set: true,
            clear_href: "/activity".to_owned(),
            ..ActivityFilter::default()
        },
        sheet_href: "/activity.csv".to_owned(),
        rows: activity(words),
        pager: Pager {
            previous: None,
            next: Some("/activity?cursor=1".to_owned()),
        },
    };
    let quiet = ActivityPage {
        person: Some("Anna Weber".to_owned()),
        filter: ActivityFilter::default(),
        sheet_href: "/activity.csv".to_owned(),
        rows: vec![],
        pager: Pager::default(),
        frame: log.frame.clone(),
    };
    vec![
        sample("user-list", "user_list.html", &list.frame, &list),
        sample("user-list-none", "user_list.html", &none.frame, &none),
        sample("user-list-empty", "user_list.html", &empty.frame, &empty),
        sample("choose-site", "choose_site.html", &choose.frame, &choose),
        sample("activity", "activity.html", &log.frame, &log),
        sample("activity-empty", "activity.html", &quiet.frame, &quiet),
    ]
}

fn list(words: Words) -> UserListPage {
    let mut frame = frame(words, Role::EnterpriseAdmin, Section::Users, "/users");
    frame.banner = Some(Banner {
        tone: Tone::Success,
        text: words.login_details_added("Anna Weber"),
    });
    let sort = |key: &str, order| SortLink {
        href: format!("/users?sort={key}"),
        order,
    };
    UserListPage {
        frame,
        can_select: true,
        site_name: Some("Düsseldorf".to_owned()),
        add_href: Some("/sites/1/users/new".to_owned()),
        stocks: vec![
            web::parts::Stock::of_numbers(words, 97, 100),
            stock(words.package_premium(), 19, 20),
            stock(words.package_mobile(), 10, 10),
        ],
        query: String::new(),
        sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
        site: "1".to_owned(),
        departments: vec![Choice::new("1", "Vertrieb › Innendienst")],
        department: String::new(),
        states: vec![
            Choice::new("pending", words.state_pending()),
            Choice::new("activated", words.state_activated()),
            Choice::new("failed", words.state_failed()),
        ],
        state: String::new(),
        is_filtered: false,
        clear_href: "/users?site=1".to_owned(),
        found: 4812,
        total: 4812,
        by_name: sort("name", Some(Order::Ascending)),
        by_number: sort("number", None),
        by_extension: sort("extension", None),
        rows: rows(words),
        pager: Pager {
            previous: Some("/users?cursor=0".to_owned()),
            next: Some("/users?cursor=2".to_owned()),
        },
        live_href: "/live?site=1".to_owned(),
    }
}

fn rows(words: Words) -> Vec<UserRow> {
    let row = |id: &str, name: &str, number: &str, extension: &str, phone: &str, state| UserRow {
        id: id.to_owned(),
        href: format!("/users/{id}"),
        name: name.to_owned(),
        site: None,
        number: number.to_owned(),
        extension: extension.to_owned(),
        package: words.package_standard().into_owned(),
        desk_phone: phone.to_owned(),
        state,
    };
    let none = words.phone_none();
    vec![
        row(
            "1",
            "Albrecht, Miriam",
            "0211 1234501",
            "4501",
            "Yealink T54W",
            Badge::Activated,
        ),
        row(
            "2",
            "Brandt, Jonas",
            "0211 1234502",
            "4502",
            "Snom D785",
            Badge::Activated,
        ),
        row(
            "3",
            "Çelik, Ayşe",
            "0211 1234503",
            "4503",
            &none,
            Badge::Pending,
        ),
        row(
            "4",
            "Dąbrowski-Hohenlohe-Schillingsf, Maximilian",
            "+44 20 7946 0123",
            "701",
            "Gigaset N870",
            Badge::Failed,
        ),
        row(
            "5",
            "Ehlers, Thorsten",
            "0211 1234505",
            "4505",
            "Grandstream GRP2615",
            Badge::Activated,
        ),
        row(
            "6",
            "Weber, Anna",
            "0211 1234567",
            "4567",
            "Yealink T54W",
            Badge::Pending,
        ),
    ]
}

pub(super) fn problems() -> Problems {
    let mut problems = Problems::default();
    problems.add(Field::FirstName, Problem::TooLong { max: 23 });
    problems.add(
        Field::Username,
        Problem::ForbiddenCharacter { character: ' ' },
    );
    problems.add(Field::Email, Problem::InvalidEmail);
    problems.add(
        Field::Package,
        Problem::NoLicenceLeft {
            product: Product::Package(Package::Mobile),
        },
    );
    let taken = Problem::ExtensionTaken {
        by: Some("Jonas Brandt".to_owned()),
        suggestion: "4568".parse().ok(),
    };
    problems.add(Field::Extension, taken);
    problems.add(Field::ContractNumber, Problem::ContractNumberMissing);
    problems
}

fn login_details(words: Words) -> Vec<Sample> {
    let once = LoginDetailsPage {
        frame: frame(words, Role::SiteAdmin, Section::Users, "/users/1"),
        is_new_user: true,
        person: "Anna Weber".to_owned(),
        login_groups: format::groups("492111234567", 3),
        password_groups: format::groups("kbq7wmxt4hzr", 4),
        server: "sip.telefon.muster.example:5061".to_owned(),
        transport: "TLS".to_owned(),
        number: "0211 1234567".to_owned(),
        extension: "4567".to_owned(),
        desk_phone: "Yealink T54W".to_owned(),
        next_href: "/users/1".to_owned(),
    };
    let gone = LoginDetailsGonePage {
        frame: once.frame.clone(),
        person: "Anna Weber".to_owned(),
        new_href: "/users/1/login-details".to_owned(),
        user_href: "/users/1".to_owned(),
    };
    let question = NewLoginDetailsPage {
        version: 3,
        frame: once.frame.clone(),
        person: "Anna Weber".to_owned(),
        action: "/users/1/login-details".to_owned(),
        cancel_href: "/users/1".to_owned(),
    };
    vec![
        sample("login-details", "login_details.html", &once.frame, &once),
        sample(
            "login-details-gone",
            "login_details_gone.html",
            &gone.frame,
            &gone,
        ),
        sample(
            "login-details-new",
            "login_details_new.html",
            &question.frame,
            &question,
        ),
    ]
}

fn users(words: Words) -> Vec<Sample> {
    let active = user(words, Badge::Activated);
    let pending = UserPage {
        edit_href: None,
        delete_href: None,
        state_of_phone: telephony::silent(words, true, Obstacle::Refused(Why::Pending)),
        calls: Some(Calls::default()),
        progress: super::operator::waiting(words),
        ..user(words, Badge::Pending)
    };
    let failed = UserPage {
        edit_href: None,
        delete_href: None,
        desk_phone: None,
        state_of_phone: telephony::silent(words, false, Obstacle::Refused(Why::Failed)),
        calls: None,
        mobile: None,
        services: vec![],
        reason: Some(words.failure_number_not_assigned().into_owned()),
        ask_action: Some("/users/1/activation-request".to_owned()),
        ..user(words, Badge::Failed)
    };
    let mut too_long = UserPage {
        message: "?".repeat(501),
        ask_action: failed.ask_action.clone(),
        ..user(words, Badge::Failed)
    };
    let problem = Problems::one(Field::Message, Problem::TooLong { max: 500 });
    too_long.frame.errors = Errors::told(words, &problem);
    let asked = UserPage {
        delete_href: None,
        progress: super::asked(words),
        reason: Some(words.failure_carrier("HTTP 422")),
        ..user(words, Badge::Failed)
    };
    let delete = UserDeletePage {
        frame: active.frame.clone(),
        name: "Anna Weber".to_owned(),
        version: 3,
        number: "0211 1234567".to_owned(),
        desk_phone: Some("Yealink T54W".to_owned()),
        licences: vec![
            words.package_standard().into_owned(),
            words.service_voicemail().into_owned(),
        ],
        groups: groups(words),
        mentions: vec![
            data(
                words,
                "Anrufumleitung von Jonas Brandt",
                "Call forwarding of Jonas Brandt",
            )
            .to_owned(),
        ],
        people: ["Jonas Brandt", "Miriam Albrecht", "Ayşe Çelik"]
            .map(|name| Choice::new(name, name))
            .to_vec(),
        told: vec!["Jonas Brandt".to_owned()],
        message: String::new(),
        action: "/users/1/delete".to_owned(),
        cancel_href: "/users/1".to_owned(),
    };
    let alone = UserDeletePage {
        desk_phone: None,
        groups: vec![],
        mentions: vec![],
        people: vec![],
        frame: delete.frame.clone(),
        ..delete_like(&delete)
    };
    vec![
        sample("user", "user.html", &active.frame, &active),
        sample("user-pending", "user.html", &pending.frame, &pending),
        sample("user-failed", "user.html", &failed.frame, &failed),
        sample(
            "user-failed-errors",
            "user.html",
            &too_long.frame,
            &too_long,
        ),
        sample("user-failed-asked", "user.html", &asked.frame, &asked),
        sample("user-delete", "user_delete.html", &delete.frame, &delete),
        sample(
            "user-delete-alone",
            "user_delete.html",
            &alone.frame,
            &alone,
        ),
    ]
}

fn delete_like(page: &UserDeletePage) -> UserDeletePage {
    UserDeletePage {
        frame: page.frame.clone(),
        name: page.name.clone(),
        version: page.version,
        number: page.number.clone(),
        desk_phone: None,
        licences: page.licences.clone(),
        groups: vec![],
        mentions: vec![],
        people: vec![],
        told: vec![],
        message: String::new(),
        action: page.action.clone(),
        cancel_href: page.cancel_href.clone(),
    }
}

fn groups(words: Words) -> Vec<String> {
    let kinds = [
        (Membership::HuntGroup, "Vertrieb"),
        (Membership::Agent, "Service"),
        (Membership::Supervisor, "Service"),
        (Membership::PickupGroup, "Empfang"),
        (Membership::ParkGroup, "Erdgeschoss"),
    ];
    kinds
        .iter()
        .map(|(kind, name)| kind.told(words, name))
        .collect()
}

fn user(words: Words, state: Badge) -> UserPage {
    UserPage {
        access: Some(AccessView {
            is_registered: true,
            locked: Some(moment(words, "23.11.2026, 14:05")),
            send_action: "/users/1/registration-email".to_owned(),
            reset_href: "/users/1/account-reset".to_owned(),
        }),
        may_administer: true,
        version: 3,
        frame: frame(words, Role::SiteAdmin, Section::Users, "/users/1"),
        trail: vec![link(
            words.user_list_title_site("Düsseldorf"),
            "/users?site=1",
        )],
        id: "1".to_owned(),
        name: "Anna Weber".to_owned(),
        state,
        reason: None,
        progress: ProgressView::default(),
        ask_action: None,
        message: String::new(),
        contact: data(
            words,
            "Telefonbetrieb, 0800 1234567",
            "Telephone operations, 0800 1234567",
        )
        .to_owned(),
        username: "anna.weber@muster".to_owned(),
        email: "anna.weber@muster.example".to_owned(),
        site: "Düsseldorf".to_owned(),
        department: Some("Vertrieb – Außendienst".to_owned()),
        language: model::Language::German,
        added: moment(words, "20.11.2026, 09:11"),
        number: "0211 1234567".to_owned(),
        extension: "4567".to_owned(),
        package: words.package_standard().into_owned(),
        services: vec![
            words.service_voicemail().into_owned(),
            words.service_soft_client().into_owned(),
        ],
        desk_phone: Some(DeskPhoneView {
            kind: "Yealink T54W".to_owned(),
            login_groups: format::groups("492111234567", 3),
            new_login_href: Some("/users/1/login-details".to_owned()),
        }),
        state_of_phone: telephony::phone(words),
        mobile: Some(MobileView {
            number: "0171 2345678".to_owned(),
            contract: "4711-0815".to_owned(),
        }),
        calls: Some(last_calls(words)),
        calls_href: "/users/1/calls".to_owned(),
        activity: activity(words),
        activity_href: "/activity?user=1".to_owned(),
        edit_href: Some("/users/1/edit".to_owned()),
        delete_href: Some("/users/1/delete".to_owned()),
        links: Some(ServicesLinks {
            call_services_href: "/users/1/call-services".to_owned(),
            profile_href: "/users/1/profile".to_owned(),
            view_action: "/users/1/view".to_owned(),
        }),
        reachability_href: "/users/1/reachability".to_owned(),
        live_href: "/live?user=1".to_owned(),
    }
}

fn error(words: Words, trouble: Trouble) -> Sample {
    let mut page = ErrorPage::new(
        frame(words, Role::SiteAdmin, Section::Users, "/users/1"),
        trouble,
    );
    let name = match trouble {
        Trouble::Forbidden => "error-403",
        Trouble::NotFound => "error-404",
        Trouble::Conflict => "error-409",
        Trouble::Gone => "error-410",
        Trouble::PreconditionFailed => "error-412",
        Trouble::ContentTooLarge => "error-413",
        Trouble::UnprocessableContent => "error-422",
        Trouble::TooManyRequests => "error-429",
        Trouble::Internal => "error-500",
    };
    if trouble == Trouble::Internal {
        page.reference = Some("k7f3-9q2m".to_owned());
    }
    if trouble == Trouble::Conflict {
        page.detail = Some(words.user_locked("Anna Weber"));
        page.back_href = Some("/users/1".to_owned());
    }
    sample(name, "error.html", &page.frame.clone(), &page)
}
