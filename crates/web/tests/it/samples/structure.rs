//! Sample data for the pages about departments, sites, numbers, administrators, use and the trunk.

use model::{Country, Field, Problem, Problems, Role};
use web::frame::{Frame, Section};
use web::pages::administrator::{self, AdministratorForm};
use web::pages::department::{DepartmentFormPage, DepartmentRow, DepartmentsPage};
use web::pages::site::countries;
use web::pages::site_view::{NumberBadge, NumberRow, Share, SiteLinks, SiteNumbersPage, SitePage};
use web::pages::structure::{
    AdministratorChangePage, EnterpriseChangePage, EnterpriseDraft, QuestionPage,
};
use web::pages::trunk::{TrunkPage, TrunkView};
use web::pages::usage::{ReportPage, ReportRow, SiteUsage, UsagePage};
use web::pages::user_form::languages;
use web::parts::{Badge, Choice, Link, Pager};
use web::problem::Errors;
use web::words::Words;

use super::{Sample, frame, link, sample, stock};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = departments(words);
    samples.extend(sites(words));
    samples.extend(enterprise(words));
    samples.extend(reports(words));
    samples.extend(trunk(words));
    samples
}

fn admin(words: Words, path: &str) -> Frame {
    frame(words, Role::EnterpriseAdmin, Section::Enterprises, path)
}

fn trail() -> Vec<Link> {
    vec![
        link("Muster GmbH", "/enterprise"),
        link("Düsseldorf", "/sites/1"),
    ]
}

fn departments(words: Words) -> Vec<Sample> {
    let row = |path: &str, depth, users| DepartmentRow {
        name: path.rsplit(" › ").next().unwrap_or_default().to_owned(),
        path: path.to_owned(),
        depth,
        users,
        users_href: "/users?site=1&department=1".to_owned(),
        edit_href: "/sites/1/departments/1".to_owned(),
        delete_href: "/sites/1/departments/1/delete".to_owned(),
    };
    let parents = vec![
        Choice::new("1", "Vertrieb"),
        Choice::new("2", "Vertrieb › Innendienst"),
    ];
    let list = |rows| DepartmentsPage {
        frame: admin(words, "/sites/1/departments"),
        trail: trail(),
        site: "Düsseldorf".to_owned(),
        rows,
        name: String::new(),
        parent: String::new(),
        parents: parents.clone(),
        action: "/sites/1/departments".to_owned(),
    };
    let full = list(vec![
        row("Einkauf", 0, 3),
        row("Vertrieb", 0, 2),
        row("Vertrieb › Innendienst", 1, 12),
        row("Vertrieb › Innendienst › Angebote", 2, 4),
    ]);
    let empty = list(vec![]);
    let mut form = DepartmentFormPage {
        frame: admin(words, "/sites/1/departments/1"),
        trail: trail(),
        path: "Vertrieb › Innendienst".to_owned(),
        name: "Innendienst".to_owned(),
        parent: "1".to_owned(),
        parents,
        action: "/sites/1/departments/1".to_owned(),
        cancel_href: "/sites/1/departments".to_owned(),
    };
    form.frame.errors = Errors::told(words, &Problems::one(Field::Parent, Problem::InsideItself));
    let question = QuestionPage {
        frame: admin(words, "/sites/1/departments/1/delete"),
        trail: trail(),
        question: words.department_delete_title("Vertrieb › Innendienst"),
        facts: vec![
            words.department_delete_users_up(12_u32, "Vertrieb"),
            words.department_delete_parts_up(1_u32, "Vertrieb"),
        ],
        submit: words.department_delete_submit("Vertrieb › Innendienst"),
        keep: words.department_delete_keep().into_owned(),
        action: "/sites/1/departments/1/delete".to_owned(),
        cancel_href: "/sites/1/departments".to_owned(),
    };
    vec![
        sample("departments", "departments.html", &full.frame, &full),
        sample(
            "departments-empty",
            "departments.html",
            &empty.frame,
            &empty,
        ),
        sample(
            "department-form",
            "department_form.html",
            &form.frame,
            &form,
        ),
        sample("question", "question.html", &question.frame, &question),
    ]
}

fn share(label: impl Into<String>, count: u64) -> Share {
    Share {
        label: label.into(),
        count,
        whole: 64,
        href: None,
    }
}

fn used(words: Words) -> Vec<Share> {
    vec![
        share(words.package_basic(), 20),
        share(words.package_standard(), 40),
        share(words.service_voicemail(), 33),
    ]
}

fn sites(words: Words) -> Vec<Sample> {
    let site = SitePage {
        frame: admin(words, "/sites/1"),
        trail: vec![link("Muster GmbH", "/enterprise")],
        name: "Düsseldorf".to_owned(),
        country: words.country_de().into_owned(),
        users: 64,
        states: vec![
            share(words.state_activated(), 60),
            share(words.state_pending(), 3),
            share(words.state_failed(), 1),
        ],
        numbers: stock("", 64, 100),
        main_number: Some("0211 1234500".to_owned()),
        usage: used(words),
        departments: 4,
        hunt_groups: 2,
        links: SiteLinks {
            users: "/users?site=1".to_owned(),
            add_user: Some("/sites/1/users/new".to_owned()),
            numbers: "/sites/1/numbers".to_owned(),
            import: Some("/operator/sites/1/number-ranges/new".to_owned()),
            main_number: Some("/sites/1/main-number".to_owned()),
            departments: "/sites/1/departments".to_owned(),
            hunt_groups: "/sites/1/hunt-groups".to_owned(),
            pickup_groups: "/sites/1/pickup-groups".to_owned(),
            park_groups: "/sites/1/park-groups".to_owned(),
            call_centres: "/sites/1/call-centres".to_owned(),
            audio: "/sites/1/audio".to_owned(),
            edit: Some("/sites/1/edit".to_owned()),
            activity: "/activity?site=1".to_owned(),
        },
    };
    let number = |number: &str, state, holder: Option<&str>| NumberRow {
        number: number.to_owned(),
        state,
        holder: holder.map(|name| link(name, "/users/1")),
        is_main: number.ends_with("00"),
        href: "/sites/1/numbers/492111234500".to_owned(),
    };
    let numbers = SiteNumbersPage {
        frame: frame(
            words,
            Role::Operator,
            Section::Enterprises,
            "/sites/1/numbers",
        ),
        trail: trail(),
        site: "Düsseldorf".to_owned(),
        stock: stock(words.stock_numbers(), 64, 100),
        import_href: Some("/operator/sites/1/number-ranges/new".to_owned()),
        query: String::new(),
        states: vec![Choice::new("free", words.number_free())],
        state: String::new(),
        is_filtered: false,
        path: "/sites/1/numbers".to_owned(),
        rows: vec![
            number("0211 1234500", NumberBadge::Free, None),
            number("0211 1234501", NumberBadge::Assigned, Some("Anna Weber")),
            number("0211 1234502", NumberBadge::Reserved, None),
            number("0211 1234503", NumberBadge::Free, None),
        ],
        may_change: true,
        pager: Pager {
            previous: None,
            next: Some("/sites/1/numbers?cursor=1".to_owned()),
        },
    };
    vec![
        sample("site", "site.html", &site.frame, &site),
        sample(
            "site-numbers",
            "site_numbers.html",
            &numbers.frame,
            &numbers,
        ),
    ]
}

fn enterprise(words: Words) -> Vec<Sample> {
    let mut change = EnterpriseChangePage {
        frame: admin(words, "/enterprises/1/edit"),
        trail: vec![link("Muster GmbH", "/enterprise")],
        draft: EnterpriseDraft {
            name: "Muster GmbH".to_owned(),
            country: Country::Germany.code().to_owned(),
            extension_min: "5".to_owned(),
            extension_max: "6".to_owned(),
            extension_default: "5".to_owned(),
        },
        countries: countries(words),
        action: "/enterprises/1/edit".to_owned(),
        cancel_href: "/enterprise".to_owned(),
    };
    let in_use = Problem::ExtensionsInUse { count: 157 };
    change.frame.errors = Errors::told(words, &Problems::one(Field::ExtensionMin, in_use));
    let administrator = AdministratorChangePage {
        frame: admin(words, "/enterprises/1/administrators/1"),
        trail: vec![link("Muster GmbH", "/enterprise")],
        username: "jonas.brandt".to_owned(),
        draft: AdministratorForm {
            role: Role::SiteAdmin.name().to_owned(),
            sites: vec!["1".to_owned()],
            username: "jonas.brandt".to_owned(),
            email: "jonas.brandt@muster.example".to_owned(),
            language: "de".to_owned(),
        },
        roles: administrator::roles(words),
        sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
        languages: languages(),
        action: "/enterprises/1/administrators/1".to_owned(),
        reset_href: Some("/enterprises/1/administrators/1/reset".to_owned()),
        remove_href: Some("/enterprises/1/administrators/1/remove".to_owned()),
        cancel_href: "/enterprise".to_owned(),
    };
    vec![
        sample(
            "enterprise-change",
            "enterprise_change.html",
            &change.frame,
            &change,
        ),
        sample(
            "administrator-change",
            "administrator_change.html",
            &administrator.frame,
            &administrator,
        ),
    ]
}

fn reports(words: Words) -> Vec<Sample> {
    let usage = UsagePage {
        frame: admin(words, "/enterprises/1/usage"),
        trail: vec![link("Muster GmbH", "/enterprise")],
        enterprise: "Muster GmbH".to_owned(),
        packages: vec![
            stock(words.package_basic(), 31, 50),
            stock(words.package_standard(), 97, 100),
        ],
        services: vec![stock(words.service_voicemail(), 52, 60)],
        sites: vec![
            SiteUsage {
                name: "Düsseldorf".to_owned(),
                href: "/sites/1".to_owned(),
                users: 64,
                usage: used(words),
            },
            SiteUsage {
                name: "London".to_owned(),
                href: "/sites/2".to_owned(),
                users: 0,
                usage: vec![],
            },
        ],
        sheet_href: "/enterprises/1/usage.csv".to_owned(),
        report_href: "/report".to_owned(),
        licences_href: None,
    };
    let row = |name: &str, department: Option<&str>, is_registered, state| ReportRow {
        name: name.to_owned(),
        href: "/users/1".to_owned(),
        site: "Düsseldorf".to_owned(),
        department: department.map(str::to_owned),
        number: "0211 1234567".to_owned(),
        extension: "4567".to_owned(),
        package: words.package_standard().into_owned(),
        services: vec![words.service_voicemail().into_owned()],
        is_registered,
        state,
    };
    let report = ReportPage {
        frame: frame(words, Role::EnterpriseAdmin, Section::Reports, "/report"),
        sites: vec![Choice::new("1", "Düsseldorf"), Choice::new("2", "London")],
        site: String::new(),
        rows: vec![
            row(
                "Weber, Anna",
                Some("Vertrieb › Innendienst"),
                Some(true),
                Badge::Activated,
            ),
            row("Dąbrowski, Maximilian", None, Some(false), Badge::Pending),
            row("Olivia, Bennett", None, None, Badge::Failed),
        ],
        count: 157,
        sheet_href: "/report.csv".to_owned(),
        usage_href: Some("/enterprises/1/usage".to_owned()),
        pager: Pager::default(),
    };
    vec![
        sample("usage", "usage.html", &usage.frame, &usage),
        sample("report", "report.html", &report.frame, &report),
    ]
}

fn trunk(words: Words) -> Vec<Sample> {
    let page = |trunk| TrunkPage {
        frame: frame(words, Role::Operator, Section::Trunk, "/operator/trunk"),
        trunk,
    };
    let facts = [
        (words.trunk_address(), "sip.carrier.example:5061"),
        (words.trunk_transport(), "TLS"),
        (words.trunk_domain(), "carrier.example"),
        (words.trunk_username(), "muster"),
    ];
    let view = |is_usable, sentence: String, last_error, calls| TrunkView {
        is_usable,
        sentence,
        last_error,
        calls,
        facts: facts
            .iter()
            .map(|(name, value)| (name.to_string(), (*value).to_owned()))
            .collect(),
    };
    let good = page(Some(view(
        true,
        words.trunk_registered().into_owned(),
        None,
        4,
    )));
    let error = Some(words.trunk_error(403_u16));
    let bad = page(Some(view(
        false,
        words.trunk_unregistered().into_owned(),
        error,
        0,
    )));
    let none = page(None);
    vec![
        sample("trunk", "trunk.html", &good.frame, &good),
        sample("trunk-refused", "trunk.html", &bad.frame, &bad),
        sample("trunk-none", "trunk.html", &none.frame, &none),
    ]
}
