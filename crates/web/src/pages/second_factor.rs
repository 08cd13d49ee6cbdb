//! Codes of an app, recovery codes and passkeys of the own account, and the login with a code.

use askama::Template;
use qrcode::{Color, EcLevel, QrCode, types::QrError};

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::parts::Link;

/// What stands of it on the page of the own account.
pub struct SecondFactorCard {
    /// Since when a code is asked for.
    pub totp_since: Option<Moment>,
    /// How many recovery codes are left.
    pub recovery_codes: i64,
    /// Passkeys.
    pub passkeys: Vec<PasskeyRow>,
    /// Whether passkeys can be added.
    pub passkeys_are_offered: bool,
}

/// One passkey.
pub struct PasskeyRow {
    /// What its holder calls it.
    pub name: String,
    /// When it was added.
    pub added: Moment,
    /// When it was last used.
    pub used: Option<Moment>,
    /// Where it is removed.
    pub remove_href: String,
}

/// The second step of logging in.
#[derive(Template)]
#[template(path = "login_code.html")]
pub struct LoginCodePage {
    /// What all pages share.
    pub frame: Frame,
    /// Where to go afterwards.
    pub return_path: String,
}

/// The secret for an app, as a picture and as text, and the form for its first code.
#[derive(Template)]
#[template(path = "totp.html")]
pub struct TotpPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The secret in groups.
    pub secret_groups: Vec<String>,
    /// The same as a picture.
    pub picture: Picture,
    /// The name to log in with, for the browser's store of passwords.
    pub username: String,
}

/// A QR code; drawn in the page itself, so that its secret has no address.
pub struct Picture {
    /// How many modules it is wide and high, with the quiet zone.
    pub size: usize,
    /// The dark modules, as an SVG path.
    pub path: String,
}

impl Picture {
    /// Modules that stay light around the code (ISO/IEC 18004).
    const QUIET: usize = 4;

    /// The picture of a text.
    ///
    /// # Errors
    /// When the text is too long for a QR code.
    pub fn of(text: &str) -> Result<Self, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        let width = code.width();
        let modules = code.to_colors().into_iter().enumerate();
        let dark = modules.filter(|(_, color)| *color == Color::Dark);
        let drawn = dark.map(|(at, _)| {
            let (x, y) = (at % width + Self::QUIET, at / width + Self::QUIET);
            format!("M{x} {y}h1v1h-1z")
        });
        Ok(Self {
            size: width + 2 * Self::QUIET,
            path: drawn.collect(),
        })
    }
}

/// New recovery codes, this once.
#[derive(Template)]
#[template(path = "recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// What all pages share.
    pub frame: Frame,
    /// Each in groups.
    pub codes: Vec<Vec<String>>,
    /// Whether an app was set up just now.
    pub is_new: bool,
}

/// A question that the own password answers.
#[derive(Template)]
#[template(path = "own_password.html")]
pub struct OwnPasswordPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// The question.
    pub question: String,
    /// What happens.
    pub facts: Vec<String>,
    /// What the button says.
    pub submit: String,
    /// Whether something is taken away.
    pub is_removal: bool,
    /// Where the form goes.
    pub action: String,
    /// The name to log in with, for the browser's store of passwords.
    pub username: String,
}

/// Name and own password, before a passkey is made.
#[derive(Template)]
#[template(path = "passkey_form.html")]
pub struct PasskeyFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// What was typed as the passkey's name.
    pub name: String,
    /// The name to log in with, for the browser's store of passwords.
    pub username: String,
}

/// The step in which the browser makes the passkey.
#[derive(Template)]
#[template(path = "passkey_make.html")]
pub struct PasskeyMakePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// What the browser is asked, in JSON.
    pub options: String,
    /// The origin at which passkeys work.
    pub origin: String,
}

impl Page for LoginCodePage {
    fn title(&self) -> String {
        self.frame.words.login_code_title().into_owned()
    }
}

impl Page for TotpPage {
    fn title(&self) -> String {
        self.frame.words.totp_title().into_owned()
    }
}

impl Page for RecoveryCodesPage {
    fn title(&self) -> String {
        self.frame.words.recovery_codes_title().into_owned()
    }
}

impl Page for OwnPasswordPage {
    fn title(&self) -> String {
        self.question.clone()
    }
}

impl Page for PasskeyFormPage {
    fn title(&self) -> String {
        self.frame.words.passkey_add_title().into_owned()
    }
}

impl Page for PasskeyMakePage {
    fn title(&self) -> String {
        self.frame.words.passkey_make_title().into_owned()
    }
}
