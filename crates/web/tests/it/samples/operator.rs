//! Sample data for the operator's pages.

use model::{Country, Field, Problem, Problems, Role};
use web::frame::{Frame, Section};
use web::pages::activation::{ActivationRow, ActivationsPage, ProgressView};
use web::pages::activation_cancel::ActivationCancelPage;
use web::pages::administrator::{
    self, AdministratorForm, AdministratorFormPage, RegistrationLinkPage,
};
use web::pages::enterprise::{
    AdministratorRow, EnterpriseFormPage, EnterpriseListPage, EnterprisePage, EnterpriseRow,
    SiteRow,
};
use web::pages::licence::{LicenceField, LicenceFormPage};
use web::pages::number_range::NumberRangeFormPage;
use web::pages::site::{SiteFormPage, countries};
use web::pages::user_form::languages;
use web::parts::{Badge, Choice, Link, Pager};
use web::problem::Errors;
use web::words::Words;

use super::{Sample, data, frame, link, moment, sample, stock};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = queue(words);
    samples.extend(enterprises(words));
    samples.extend(forms(words));
    samples.extend(administrators(words));
    samples
}

fn operator(words: Words, section: Section, path: &str) -> Frame {
    frame(words, Role::Operator, section, path)
}

fn trail(words: Words) -> Vec<Link> {
    vec![
        link(words.enterprise_list_title(), "/operator/enterprises"),
        link("Muster GmbH", "/operator/enterprises/1"),
    ]
}

fn queue(words: Words) -> Vec<Sample> {
    let row = |id: &str, name: &str, number: &str, site: &str, state| ActivationRow {
        id: id.to_owned(),
        name: name.to_owned(),
        number: number.to_owned(),
        enterprise: "Muster GmbH".to_owned(),
        site: site.to_owned(),
        since: moment(words, "20.11.2026, 09:11"),
        state,
        reason: None,
        href: format!("/users/{id}"),
        progress: waiting(words),
        action: format!("/operator/users/{id}/activation"),
        cancel_href: format!("/operator/users/{id}/cancel"),
    };
    let mut failed = row(
        "2",
        "Maximilian Dąbrowski",
        "+44 20 7946 0123",
        "London",
        Badge::Failed,
    );
    failed.reason = Some(
        data(
            words,
            "Die Rufnummer gehört noch dem alten Anbieter.",
            "The number still belongs to the former provider.",
        )
        .to_owned(),
    );
    failed.progress = super::asked(words);
    let page = ActivationsPage {
        frame: operator(words, Section::Activation, "/operator/activations"),
        total: 3,
        rows: vec![
            failed,
            row(
                "3",
                "Ayşe Çelik",
                "0211 1234503",
                "Düsseldorf",
                Badge::Pending,
            ),
            row(
                "6",
                "Anna Weber",
                "0211 1234567",
                "Düsseldorf",
                Badge::Pending,
            ),
        ],
        ..no_one(words)
    };
    let empty = no_one(words);
    let filtered = ActivationsPage {
        total: 3,
        state: "failed".to_owned(),
        is_filtered: true,
        ..no_one(words)
    };
    let cancel = ActivationCancelPage {
        frame: operator(words, Section::Activation, "/operator/users/2/cancel"),
        name: "Maximilian Dąbrowski".to_owned(),
        number: "+44 20 7946 0123".to_owned(),
        has_phone: true,
        licences: vec![
            words.package_premium().into_owned(),
            words.service_voicemail().into_owned(),
        ],
        action: "/operator/users/2/cancel".to_owned(),
        cancel_href: "/operator/activations".to_owned(),
    };
    vec![
        sample("activations", "activations.html", &page.frame, &page),
        sample(
            "activations-empty",
            "activations.html",
            &empty.frame,
            &empty,
        ),
        sample(
            "activations-none",
            "activations.html",
            &filtered.frame,
            &filtered,
        ),
        sample(
            "activation-cancel",
            "activation_cancel.html",
            &cancel.frame,
            &cancel,
        ),
    ]
}

/// The queue without anybody in it.
pub(super) fn no_one(words: Words) -> ActivationsPage {
    let choice = |value: &str, label: String| Choice {
        value: value.to_owned(),
        label,
        note: String::new(),
        is_available: true,
    };
    ActivationsPage {
        frame: operator(words, Section::Activation, "/operator/activations"),
        total: 0,
        rows: vec![],
        groups: vec![],
        pager: Pager::default(),
        enterprises: vec![choice("1", "Muster GmbH".to_owned())],
        enterprise: String::new(),
        states: vec![
            choice("pending", words.state_pending().into_owned()),
            choice("failed", words.state_failed().into_owned()),
        ],
        state: String::new(),
        spans: vec![
            choice("1", words.activation_filter_hours(1_u32)),
            choice("72", words.activation_filter_days(3_u32)),
        ],
        span: String::new(),
        is_filtered: false,
        clear_href: "/operator/activations".to_owned(),
        reasons: vec![choice(
            "porting-unconfirmed",
            words.failure_porting_unconfirmed().into_owned(),
        )],
    }
}

/// An order that the carrier has not taken.
pub(super) fn waiting(words: Words) -> ProgressView {
    let at = moment(words, "23.11.2026, 14:05").human;
    ProgressView {
        next: Some(words.activation_next_attempt(at.as_str())),
        reminder: Some(words.activation_reminder(at.as_str())),
        reminded: Some(words.activation_reminded(at)),
        last_error: Some("the carrier: answered with status 503".to_owned()),
        request: None,
    }
}

fn enterprises(words: Words) -> Vec<Sample> {
    let row = |name: &str, domain: &str, sites, users, waiting| EnterpriseRow {
        name: name.to_owned(),
        domain: domain.to_owned(),
        href: "/operator/enterprises/1".to_owned(),
        sites,
        users,
        waiting,
    };
    let list = EnterpriseListPage {
        frame: operator(words, Section::Enterprises, "/operator/enterprises"),
        rows: vec![
            row("Muster GmbH", "muster", 2, 157, 3),
            row("Smith & Sons Ltd", "smith", 1, 12, 0),
        ],
        pager: Pager::default(),
    };
    let none = EnterpriseListPage {
        rows: vec![],
        pager: Pager::default(),
        frame: list.frame.clone(),
    };
    let full = enterprise(words);
    let bare = EnterprisePage {
        sites: vec![],
        administrators: vec![],
        users: 0,
        ..enterprise(words)
    };
    vec![
        sample(
            "enterprise-list",
            "enterprise_list.html",
            &list.frame,
            &list,
        ),
        sample(
            "enterprise-list-empty",
            "enterprise_list.html",
            &none.frame,
            &none,
        ),
        sample("enterprise", "enterprise.html", &full.frame, &full),
        sample("enterprise-bare", "enterprise.html", &bare.frame, &bare),
    ]
}

fn enterprise(words: Words) -> EnterprisePage {
    let site = |name: &str, country, users, used| SiteRow {
        name: name.to_owned(),
        href: "/sites/1".to_owned(),
        country: web::names::country(words, country).into_owned(),
        users,
        numbers: stock("", used, 100),
        import_href: Some("/operator/sites/1/numbers".to_owned()),
        main_number: (used < 90).then(|| "0211 1234500".to_owned()),
        main_number_href: "/sites/1/main-number".to_owned(),
    };
    let administrator = |email: &str, username: &str, role, sites: &[&str]| AdministratorRow {
        email: email.to_owned(),
        username: username.to_owned(),
        role: web::names::role(words, role).into_owned(),
        sites: sites.iter().map(|site| (*site).to_owned()).collect(),
        href: "/enterprises/1/administrators/1".to_owned(),
    };
    EnterprisePage {
        frame: operator(words, Section::Enterprises, "/operator/enterprises/1"),
        trail: vec![link(words.enterprise_list_title(), "/operator/enterprises")],
        name: "Muster GmbH".to_owned(),
        domain: "muster".to_owned(),
        users: 157,
        sites: vec![
            site("Düsseldorf", Country::Germany, 64, 64),
            site("London", Country::UnitedKingdom, 93, 93),
        ],
        edit_href: "/enterprises/1/edit".to_owned(),
        country: words.country_de().into_owned(),
        extensions: (2, 6, 4),
        usage_href: "/enterprises/1/usage".to_owned(),
        activity_href: "/activity?enterprise=1".to_owned(),
        max_calls: 1000,
        refuses_md5: false,
        telephony_href: Some("/operator/enterprises/1/telephony".to_owned()),
        password_rules: model::PasswordRules::default(),
        password_rules_href: "/operator/enterprises/1/password-rules".to_owned(),
        licences: vec![
            stock(words.package_basic(), 31, 50),
            stock(words.package_standard(), 88, 100),
            stock(words.package_premium(), 19, 20),
            stock(words.service_voicemail(), 52, 60),
        ],
        administrators: vec![
            administrator(
                "Katharina Böhmer",
                "katharina.boehmer",
                Role::EnterpriseAdmin,
                &[],
            ),
            administrator(
                "Jonas Brandt",
                "jonas.brandt",
                Role::SiteAdmin,
                &["Düsseldorf", "London"],
            ),
        ],
        add_site_href: "/operator/enterprises/1/sites/new".to_owned(),
        licences_href: Some("/operator/enterprises/1/licences".to_owned()),
        add_administrator_href: "/operator/enterprises/1/administrators/new".to_owned(),
    }
}

fn forms(words: Words) -> Vec<Sample> {
    let frame = |path: &str| operator(words, Section::Enterprises, path);
    let mut enterprise = EnterpriseFormPage {
        frame: frame("/operator/enterprises/new"),
        trail: vec![link(words.enterprise_list_title(), "/operator/enterprises")],
        name: "Muster GmbH".to_owned(),
        domain: "Müster".to_owned(),
        country: "DE".to_owned(),
        countries: countries(words),
    };
    enterprise.frame.errors =
        Errors::told(words, &Problems::one(Field::Domain, Problem::InvalidDomain));
    let site = SiteFormPage {
        frame: frame("/operator/enterprises/1/sites/new"),
        trail: trail(words),
        enterprise: "Muster GmbH".to_owned(),
        existing: None,
        name: String::new(),
        country: "GB".to_owned(),
        countries: countries(words),
        action: "/operator/enterprises/1/sites".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    let range = NumberRangeFormPage {
        frame: frame("/operator/sites/1/numbers"),
        trail: trail(words),
        enterprise: "Muster GmbH".to_owned(),
        site: "Düsseldorf".to_owned(),
        country: Country::Germany,
        first_number: "+49 211 1234500".to_owned(),
        last_number: String::new(),
        action: "/operator/sites/1/numbers".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    let licences = licences(words);
    vec![
        sample(
            "enterprise-form",
            "enterprise_form.html",
            &enterprise.frame,
            &enterprise,
        ),
        sample("site-form", "site_form.html", &site.frame, &site),
        sample(
            "number-range-form",
            "number_range_form.html",
            &range.frame,
            &range,
        ),
        sample(
            "licence-form",
            "licence_form.html",
            &licences.frame,
            &licences,
        ),
    ]
}

fn licences(words: Words) -> LicenceFormPage {
    let field = |id: &str, label: std::borrow::Cow<'static, str>, used, total: &str| LicenceField {
        id: id.to_owned(),
        label: label.into_owned(),
        used,
        total: total.to_owned(),
    };
    LicenceFormPage {
        frame: operator(
            words,
            Section::Enterprises,
            "/operator/enterprises/1/licences",
        ),
        trail: trail(words),
        enterprise: "Muster GmbH".to_owned(),
        packages: vec![
            field("basic", words.package_basic(), 31, "50"),
            field("standard", words.package_standard(), 88, "100"),
            field("premium", words.package_premium(), 19, "20"),
            field("mobile", words.package_mobile(), 10, "10"),
        ],
        services: vec![
            field("voicemail", words.service_voicemail(), 52, "60"),
            field("call-recording", words.service_call_recording(), 3, "10"),
            field("supervisor", words.service_supervisor(), 2, "2"),
        ],
        action: "/operator/enterprises/1/licences".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    }
}

fn administrators(words: Words) -> Vec<Sample> {
    let form = AdministratorFormPage {
        frame: operator(
            words,
            Section::Enterprises,
            "/operator/enterprises/1/administrators/new",
        ),
        trail: trail(words),
        enterprise: "Muster GmbH".to_owned(),
        draft: AdministratorForm {
            role: "site-admin".to_owned(),
            sites: vec!["1".to_owned()],
            ..AdministratorForm::default()
        },
        roles: administrator::roles(words),
        sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
        languages: languages(),
        action: "/operator/enterprises/1/administrators".to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    let link = RegistrationLinkPage {
        frame: form.frame.clone(),
        name: "Jonas Brandt".to_owned(),
        username: "jonas.brandt@muster".to_owned(),
        until: moment(words, "30.11.2026, 14:05").human,
        link: "https://telefon.muster.example/register/4h2kq9vw7tz3mxr8bn6pd5yj".to_owned(),
        next_href: "/operator/enterprises/1".to_owned(),
    };
    vec![
        sample(
            "administrator-form",
            "administrator_form.html",
            &form.frame,
            &form,
        ),
        sample(
            "registration-link",
            "registration_link.html",
            &link.frame,
            &link,
        ),
    ]
}
