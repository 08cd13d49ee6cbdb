//! Sample data for codes, recovery codes and passkeys.

use model::{Field, Problem, Problems, Role};
use web::frame::{Frame, Section};
use web::pages::account::AccountPage;
use web::pages::second_factor::{
    LoginCodePage, OwnPasswordPage, PasskeyFormPage, PasskeyMakePage, PasskeyRow, Picture,
    RecoveryCodesPage, SecondFactorCard, TotpPage,
};
use web::pages::structure::AdministratorResetPage;
use web::pages::user_form::languages;
use web::parts::Link;
use web::problem::Errors;
use web::words::Words;

use super::{Sample, anonymous, data, frame, link, moment, sample};

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = account(words);
    samples.extend(totp(words));
    samples.extend(passkeys(words));
    samples
}

fn admin(words: Words, path: &str) -> Frame {
    frame(words, Role::EnterpriseAdmin, Section::Home, path)
}

fn trail(words: Words) -> Vec<Link> {
    vec![link(words.account_title(), "/account")]
}

fn groups(text: &str) -> Vec<String> {
    let characters: Vec<_> = text.chars().collect();
    let groups = characters.chunks(4);
    groups.map(|group| group.iter().collect()).collect()
}

fn account(words: Words) -> Vec<Sample> {
    let passkey = |name: &str, used| PasskeyRow {
        name: name.to_owned(),
        added: moment(words, "20.11.2026, 09:12"),
        used,
        remove_href: "/account/passkeys/1/remove".to_owned(),
    };
    let page = |second_factor| AccountPage {
        frame: admin(words, "/account"),
        login_name: "katharina.boehmer@muster".to_owned(),
        email: "katharina.boehmer@muster.example".to_owned(),
        password_set: Some(moment(words, "01.11.2026, 14:05")),
        password_until: None,
        languages: languages(),
        language: "de".to_owned(),
        sessions: Vec::new(),
        second_factor: Some(second_factor),
    };
    let none = page(SecondFactorCard {
        totp_since: None,
        recovery_codes: 0,
        passkeys: Vec::new(),
        passkeys_are_offered: false,
    });
    let both = page(SecondFactorCard {
        totp_since: Some(moment(words, "20.11.2026, 09:02")),
        recovery_codes: 7,
        passkeys: vec![
            passkey(
                data(words, "Laptop im Büro", "Laptop in the office"),
                Some(moment(words, "23.11.2026, 08:05")),
            ),
            passkey("YubiKey", None),
        ],
        passkeys_are_offered: true,
    });
    let reset = AdministratorResetPage {
        frame: frame(
            words,
            Role::EnterpriseAdmin,
            Section::Enterprises,
            "/enterprises/1/administrators/1/reset",
        ),
        trail: vec![link("Muster GmbH", "/enterprise")],
        name: "jonas.brandt".to_owned(),
        action: "/enterprises/1/administrators/1/reset".to_owned(),
        cancel_href: "/enterprises/1/administrators/1".to_owned(),
    };
    vec![
        sample("account-administrator", "account.html", &none.frame, &none),
        sample("account-second-factor", "account.html", &both.frame, &both),
        sample(
            "administrator-reset",
            "administrator_reset.html",
            &reset.frame,
            &reset,
        ),
    ]
}

fn totp(words: Words) -> Vec<Sample> {
    let address = format!("otpauth://totp/Klinke:katharina?secret={SECRET}&issuer=Klinke");
    let mut totp = TotpPage {
        frame: admin(words, "/account/totp"),
        trail: trail(words),
        secret_groups: groups(SECRET),
        picture: Picture::of(&address).expect("short"),
        username: "katharina.boehmer".to_owned(),
    };
    let fresh = sample("totp", "totp.html", &totp.frame, &totp);
    let wrong = Problems::one(Field::OneTimeCode, Problem::WrongCode);
    totp.frame.errors = Errors::told(words, &wrong);
    let mut code = LoginCodePage {
        frame: anonymous(words, "/login/code"),
        return_path: "/".to_owned(),
    };
    let asked = sample("login-code", "login_code.html", &code.frame, &code);
    code.frame.errors = Errors::told(words, &wrong);
    let codes = RecoveryCodesPage {
        frame: admin(words, "/account/totp"),
        codes: (0..10).map(|_| groups("abcdefghijklmn23")).collect(),
        is_new: true,
    };
    let removal = OwnPasswordPage {
        frame: admin(words, "/account/totp/remove"),
        trail: trail(words),
        question: words.totp_remove_title().into_owned(),
        facts: vec![words.totp_remove_codes().into_owned()],
        submit: words.totp_remove_submit().into_owned(),
        is_removal: true,
        action: "/account/totp/remove".to_owned(),
        username: "katharina.boehmer".to_owned(),
    };
    vec![
        fresh,
        sample("totp-wrong", "totp.html", &totp.frame, &totp),
        asked,
        sample("login-code-wrong", "login_code.html", &code.frame, &code),
        sample(
            "recovery-codes",
            "recovery_codes.html",
            &codes.frame,
            &codes,
        ),
        sample("totp-remove", "own_password.html", &removal.frame, &removal),
    ]
}

fn passkeys(words: Words) -> Vec<Sample> {
    let form = PasskeyFormPage {
        frame: admin(words, "/account/passkeys/new"),
        trail: trail(words),
        name: String::new(),
        username: "katharina.boehmer".to_owned(),
    };
    let make = PasskeyMakePage {
        frame: admin(words, "/account/passkeys/new"),
        trail: trail(words),
        options: "{}".to_owned(),
        origin: "https://klinke.example".to_owned(),
    };
    vec![
        sample("passkey-form", "passkey_form.html", &form.frame, &form),
        sample("passkey-make", "passkey_make.html", &make.frame, &make),
    ]
}
