//! The page of one user.

use askama::Template;
use model::Language;

use crate::format::Moment;
use crate::frame::{Frame, Page};
use crate::pages::activation::ProgressView;
use crate::pages::call::Calls;
use crate::pages::phone::PhoneView;
use crate::parts::{ActivityRow, Badge, Link};

/// Everything about one user.
#[derive(Template)]
#[template(path = "user.html")]
pub struct UserPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Id, by which live changes find the state.
    pub id: String,
    /// First and last name.
    pub name: String,
    /// The state.
    pub state: Badge,
    /// Why the activation failed.
    pub reason: Option<String>,
    /// How far the activation has come; nothing for the active.
    pub progress: ProgressView,
    /// Where asking the operator goes; absent unless it failed, the reader may, and nobody has asked for a day (S4).
    pub ask_action: Option<String>,
    /// What was typed to the operator.
    pub message: String,
    /// Whom to ask when it failed.
    pub contact: String,
    /// The username.
    pub username: String,
    /// The email address.
    pub email: String,
    /// Name of the site.
    pub site: String,
    /// Name of the department.
    pub department: Option<String>,
    /// The user's language.
    pub language: Language,
    /// When the user was added.
    pub added: Moment,
    /// The number as people in the site's country write it.
    pub number: String,
    /// The extension.
    pub extension: String,
    /// The package.
    pub package: String,
    /// The services.
    pub services: Vec<String>,
    /// The desk phone, if there is one.
    pub desk_phone: Option<DeskPhoneView>,
    /// The phones that are logged in, and whether they would ring.
    pub state_of_phone: PhoneView,
    /// The mobile, if there is one.
    pub mobile: Option<MobileView>,
    /// The groups that the user is in; with an address for those who may open it.
    pub groups: Vec<GroupLine>,
    /// The last calls; absent for those who may not see them.
    pub calls: Option<Calls>,
    /// Address of all of them.
    pub calls_href: String,
    /// The newest entries of the journal about the user.
    pub activity: Vec<ActivityRow>,
    /// Address of all of them.
    pub activity_href: String,
    /// How it is with the access to the portal; absent for those who may not change it.
    pub access: Option<AccessView>,
    /// Whether the reader adds and deletes users at all; who does not sees no reason why not yet.
    pub may_administer: bool,
    /// Version of the user, for the forms.
    pub version: i64,
    /// Address for changing the configuration; absent until the user is active (S5).
    pub edit_href: Option<String>,
    /// Address for deleting; absent until the user is active (S5).
    pub delete_href: Option<String>,
    /// Addresses of call services and profile, and for taking the user's view; absent for those who may not.
    pub links: Option<ServicesLinks>,
    /// Address of what happens to a call.
    pub reachability_href: String,
    /// Address of the stream of state changes.
    pub live_href: String,
}

/// A group that the user is in.
pub struct GroupLine {
    /// Kind and name.
    pub label: String,
    /// Address of its page; absent for those who may not open it.
    pub href: Option<String>,
}

/// What administrators do about a user's calls and profile.
pub struct ServicesLinks {
    /// Address of the call services.
    pub call_services_href: String,
    /// Address of the profile.
    pub profile_href: String,
    /// Where the form for taking the view goes.
    pub view_action: String,
}

/// A desk phone.
pub struct DeskPhoneView {
    /// Its type.
    pub kind: String,
    /// Its login name, in groups.
    pub login_groups: Vec<String>,
    /// Address for new login details; absent for those who may not.
    pub new_login_href: Option<String>,
}

/// A user's access to the portal.
pub struct AccessView {
    /// Whether a password is set.
    pub is_registered: bool,
    /// Since when the account is locked (A2).
    pub locked: Option<Moment>,
    /// Where the form that sends the registration email goes.
    pub send_action: String,
    /// Address of the question before a reset.
    pub reset_href: String,
}

/// A mobile.
pub struct MobileView {
    /// Its number.
    pub number: String,
    /// Its contract number.
    pub contract: String,
}

impl Page for UserPage {
    fn title(&self) -> String {
        self.name.clone()
    }
}
