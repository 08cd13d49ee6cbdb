//! Sample data for accounts: the own one, forgotten passwords, resets, rules for passwords, kept letters.

use model::{Field, PasswordRules, Problem, Problems, Role};
use web::frame::Section;
use web::pages::account::{
    AccountPage, AccountResetPage, ChangePasswordPage, ForgottenPage, Lost, PasswordGonePage,
    SessionRow,
};
use web::pages::mail::{MailListPage, MailPage, MailRow};
use web::pages::password_rules::PasswordRulesPage;
use web::pages::user_form::languages;
use web::problem::Errors;
use web::words::Words;

use super::{Sample, anonymous, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = own(words);
    samples.extend(forgotten(words));
    samples.extend(administration(words));
    samples.extend(mail(words));
    samples
}

fn own(words: Words) -> Vec<Sample> {
    let session = |browser: &str, is_this| SessionRow {
        since: moment(words, "23.11.2026, 08:05"),
        source: "192.0.2.7".to_owned(),
        browser: browser.to_owned(),
        is_this,
    };
    let account = AccountPage {
        frame: frame(words, Role::User, Section::Home, "/account"),
        login_name: "anna.weber@muster".to_owned(),
        email: "anna.weber@muster.example".to_owned(),
        password_set: Some(moment(words, "01.11.2026, 14:05")),
        password_until: Some(moment(words, "30.01.2027, 14:05")),
        languages: languages(),
        language: "de".to_owned(),
        sessions: vec![
            session(&words.account_session_on("Firefox", "Linux"), true),
            session(&words.account_session_unknown(), false),
        ],
        second_factor: None,
    };
    let mut password = ChangePasswordPage {
        frame: frame(words, Role::User, Section::Home, "/account/password"),
        trail: vec![link(words.account_title(), "/account")],
        username: "anna.weber@muster".to_owned(),
        rules: PasswordRules::default(),
        is_expired: false,
    };
    let fresh = sample(
        "account-password",
        "change_password.html",
        &password.frame,
        &password,
    );
    (password.trail, password.is_expired) = (vec![], true);
    let mut problems = Problems::one(Field::OldPassword, Problem::WrongPassword);
    problems.add(Field::Password, Problem::TooShort { min: 8 });
    problems.add(Field::Password, Problem::TooFewClasses { min: 2 });
    password.frame.errors = Errors::told(words, &problems);
    password.refuse_repetition();
    vec![
        sample("account", "account.html", &account.frame, &account),
        fresh,
        sample(
            "account-password-expired",
            "change_password.html",
            &password.frame,
            &password,
        ),
    ]
}

fn forgotten(words: Words) -> Vec<Sample> {
    let page = |lost, is_sent| ForgottenPage {
        frame: anonymous(words, "/login/forgotten-password"),
        lost,
        typed: String::new(),
        is_sent,
    };
    let gone = PasswordGonePage {
        frame: anonymous(words, "/password/x"),
    };
    let names = [
        ("forgotten-password", Lost::Password, false),
        ("forgotten-username", Lost::Username, false),
        ("forgotten-password-sent", Lost::Password, true),
        ("forgotten-username-sent", Lost::Username, true),
    ];
    let pages = names.map(|(name, lost, is_sent)| {
        let page = page(lost, is_sent);
        sample(name, "forgotten.html", &page.frame, &page)
    });
    let mut samples = Vec::from(pages);
    samples.push(sample(
        "password-gone",
        "password_gone.html",
        &gone.frame,
        &gone,
    ));
    samples
}

fn administration(words: Words) -> Vec<Sample> {
    let reset = AccountResetPage {
        frame: frame(
            words,
            Role::SiteAdmin,
            Section::Users,
            "/users/1/account-reset",
        ),
        name: "Anna Weber".to_owned(),
        action: "/users/1/account-reset".to_owned(),
        cancel_href: "/users/1".to_owned(),
    };
    let path = "/operator/enterprises/1/password-rules";
    let mut rules = PasswordRulesPage {
        frame: frame(words, Role::Operator, Section::Enterprises, path),
        trail: vec![link("Muster GmbH", "/operator/enterprises/1")],
        enterprise: "Muster GmbH".to_owned(),
        typed: PasswordRules::default().typed(),
        action: path.to_owned(),
        cancel_href: "/operator/enterprises/1".to_owned(),
    };
    let problem = Problem::OutOfRange { min: 8, max: 64 };
    rules.frame.errors = Errors::told(words, &Problems::one(Field::MinLength, problem));
    vec![
        sample("account-reset", "account_reset.html", &reset.frame, &reset),
        sample(
            "password-rules",
            "password_rules_form.html",
            &rules.frame,
            &rules,
        ),
    ]
}

fn mail(words: Words) -> Vec<Sample> {
    let list = |rows| MailListPage {
        frame: frame(words, Role::Operator, Section::Mail, "/operator/mail"),
        rows,
    };
    let row = MailRow {
        at: moment(words, "23.11.2026, 14:05"),
        to: "anna.weber@muster.example".to_owned(),
        subject: words.mail_registration_subject().into_owned(),
        href: "/operator/mail/1".to_owned(),
    };
    let (kept, none, sent) = (list(Some(vec![row])), list(Some(vec![])), list(None));
    let letter = MailPage {
        frame: frame(words, Role::Operator, Section::Mail, "/operator/mail/1"),
        trail: vec![link(words.mail_list_title(), "/operator/mail")],
        at: moment(words, "23.11.2026, 14:05"),
        to: "anna.weber@muster.example".to_owned(),
        subject: words.mail_registration_subject().into_owned(),
        text: words.mail_registration_lead().into_owned(),
    };
    vec![
        sample("mail-list", "mail_list.html", &kept.frame, &kept),
        sample("mail-list-empty", "mail_list.html", &none.frame, &none),
        sample("mail-list-sent", "mail_list.html", &sent.frame, &sent),
        sample("mail", "mail.html", &letter.frame, &letter),
    ]
}
