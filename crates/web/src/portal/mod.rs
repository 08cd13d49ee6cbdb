//! The portal's handlers: each asks a use case and fills the page that stands in [`crate::pages`].

mod account;
mod account_reset;
mod activation;
mod activation_cancel;
mod activation_request;
mod activity;
mod address;
mod administrator;
mod administrator_change;
mod administrator_reset;
mod agent_desk;
mod asset;
mod audio;
mod call;
mod call_centre;
mod call_centre_fields;
mod call_services;
mod department;
mod enterprise;
mod enterprise_change;
mod forgotten;
mod form;
mod group_call;
mod guest;
mod help;
mod help_answers;
mod home;
mod hunt_group;
mod hunt_group_form;
mod job;
mod job_result;
mod language;
mod licence;
mod live;
mod login;
mod login_details;
mod login_second;
mod mail;
mod main_number;
mod number_range;
mod passkey;
mod password;
mod password_rules;
mod phone;
mod phone_book;
mod profile;
mod reachability;
mod reader;
mod refusal;
mod renewal;
mod schedule;
mod second_factor;
mod shown;
mod site;
mod site_view;
mod team;
mod team_form;
mod telephony;
mod trunk;
mod upload;
mod usage;
mod user;
mod user_add;
mod user_check;
mod user_delete;
mod user_edit;
mod user_fields;
mod user_list;
mod user_steps;
mod view;
mod virtual_activation;
mod wall_stream;
mod wallboard;
mod whose;

pub(crate) use refusal::{not_found, panicked, show as show_refusals};

use axum::{extract::DefaultBodyLimit, handler::Handler};

use crate::server::Routes;

/// The routes of the portal.
pub(crate) fn routes() -> Routes {
    people()
        .merge(structure())
        .merge(call_centres())
        .merge(sounds())
        .merge(oneself())
}

/// Call centres: their administration, the agents' desk, wallboard and history.
fn call_centres() -> Routes {
    Routes::default()
        .get("/sites/{site}/call-centres", call_centre::list)
        .get("/sites/{site}/call-centres/new", call_centre::new)
        .post("/sites/{site}/call-centres/new", call_centre::add)
        .get("/sites/{site}/call-centres/{id}", call_centre::form)
        .post("/sites/{site}/call-centres/{id}", call_centre::modify)
        .get("/sites/{site}/call-centres/{id}/delete", call_centre::ask)
        .post(
            "/sites/{site}/call-centres/{id}/delete",
            call_centre::delete,
        )
        .get("/sites/{site}/schedule", schedule::form)
        .post("/sites/{site}/schedule", schedule::set)
        .get("/call-centre", agent_desk::show)
        .get("/call-centre/live", agent_desk::live)
        .get("/call-centres/{id}", wallboard::show)
        .get("/call-centres/{id}/live", wallboard::live)
        .get("/groups/{id}/calls", group_call::show)
        .get("/groups/{id}/calls.csv", group_call::sheet)
        .get("/groups/{id}/calls/members.csv", group_call::members)
        .post("/call-centres/{id}/agents/{user}/state", agent_desk::set)
}

/// Music and announcements; their uploads are larger than other forms.
fn sounds() -> Routes {
    let larger = || DefaultBodyLimit::max(upload::LARGEST_FORM);
    Routes::default()
        .get("/sites/{site}/audio", audio::show_site)
        .get("/sites/{site}/audio/{kind}", audio::listen_site)
        .post(
            "/sites/{site}/audio/{kind}",
            audio::put_site.layer(larger()),
        )
        .post("/sites/{site}/audio/{kind}/remove", audio::remove_site)
        .get("/call-centres/{id}/audio", audio::show_centre)
        .get("/call-centres/{id}/audio/{kind}", audio::listen_centre)
        .post(
            "/call-centres/{id}/audio/{kind}",
            audio::put_centre.layer(larger()),
        )
        .post(
            "/call-centres/{id}/audio/{kind}/remove",
            audio::remove_centre,
        )
}

/// Sites and what belongs to them, reports, and the trunk.
fn structure() -> Routes {
    Routes::default()
        .get("/enterprise", enterprise::own)
        .get("/enterprises/{enterprise}/edit", enterprise_change::form)
        .post("/enterprises/{enterprise}/edit", enterprise_change::modify)
        .get("/enterprises/{enterprise}/usage", usage::show)
        .get("/enterprises/{enterprise}/usage.csv", usage::sheet)
        .get("/report", usage::report)
        .get("/report.csv", usage::report_sheet)
        .get(
            "/enterprises/{enterprise}/administrators/{account}",
            administrator_change::form,
        )
        .post(
            "/enterprises/{enterprise}/administrators/{account}",
            administrator_change::modify,
        )
        .get(
            "/enterprises/{enterprise}/administrators/{account}/remove",
            administrator_change::ask,
        )
        .post(
            "/enterprises/{enterprise}/administrators/{account}/remove",
            administrator_change::remove,
        )
        .get(
            "/enterprises/{enterprise}/administrators/{account}/reset",
            administrator_reset::ask,
        )
        .post(
            "/enterprises/{enterprise}/administrators/{account}/reset",
            administrator_reset::reset,
        )
        .get("/sites/{site}", site_view::show)
        .get("/sites/{site}/edit", site_view::form)
        .post("/sites/{site}/edit", site_view::modify)
        .get("/sites/{site}/numbers", site_view::numbers)
        .post("/sites/{site}/numbers/{number}/reserve", site_view::reserve)
        .post("/sites/{site}/numbers/{number}/release", site_view::release)
        .get(
            "/sites/{site}/numbers/{number}/remove",
            site_view::ask_remove,
        )
        .post("/sites/{site}/numbers/{number}/remove", site_view::remove)
        .get("/sites/{site}/departments", department::show)
        .post("/sites/{site}/departments", department::add)
        .get("/sites/{site}/departments/{department}", department::form)
        .post("/sites/{site}/departments/{department}", department::modify)
        .get(
            "/sites/{site}/departments/{department}/delete",
            department::ask,
        )
        .post(
            "/sites/{site}/departments/{department}/delete",
            department::delete,
        )
        .get("/sites/{site}/hunt-groups", hunt_group::list)
        .get("/sites/{site}/hunt-groups/new", hunt_group_form::add_form)
        .post("/sites/{site}/hunt-groups/new", hunt_group_form::add)
        .get("/sites/{site}/hunt-groups/{id}", hunt_group::show)
        .post("/sites/{site}/hunt-groups/{id}", hunt_group_form::modify)
        .get("/sites/{site}/hunt-groups/{id}/delete", hunt_group::ask)
        .post("/sites/{site}/hunt-groups/{id}/delete", hunt_group::delete)
        .get("/sites/{site}/pickup-groups", team::list)
        .get("/sites/{site}/pickup-groups/new", team_form::add_form)
        .post("/sites/{site}/pickup-groups/new", team_form::add)
        .get("/sites/{site}/pickup-groups/{group}", team::show)
        .post("/sites/{site}/pickup-groups/{group}", team_form::modify)
        .get("/sites/{site}/pickup-groups/{group}/delete", team::ask)
        .post("/sites/{site}/pickup-groups/{group}/delete", team::delete)
        .get("/sites/{site}/park-groups", team::list)
        .get("/sites/{site}/park-groups/new", team_form::add_form)
        .post("/sites/{site}/park-groups/new", team_form::add)
        .get("/sites/{site}/park-groups/{group}", team::show)
        .post("/sites/{site}/park-groups/{group}", team_form::modify)
        .get("/sites/{site}/park-groups/{group}/delete", team::ask)
        .post("/sites/{site}/park-groups/{group}/delete", team::delete)
        .post(
            "/operator/virtual-users/{id}/activation",
            virtual_activation::decide,
        )
        .get(
            "/operator/virtual-users/{id}/cancel",
            virtual_activation::ask,
        )
        .post(
            "/operator/virtual-users/{id}/cancel",
            virtual_activation::cancel,
        )
        .get("/operator/trunk", trunk::show)
}

/// Logging in with more than a password, and the own account.
fn oneself() -> Routes {
    Routes::default()
        .get("/login/code", login_second::show_code)
        .post("/login/code", login_second::code)
        .post("/login/passkey", login_second::passkey)
        .post("/login/passkey/options", login_second::passkey_options)
        .get("/account/totp", second_factor::waiting)
        .post("/account/totp", second_factor::confirm)
        .post("/account/totp/begin", second_factor::begin)
        .get("/account/totp/remove", second_factor::ask_remove)
        .post("/account/totp/remove", second_factor::remove)
        .get("/account/recovery-codes", second_factor::ask_new_codes)
        .post("/account/recovery-codes", second_factor::new_codes)
        .post("/account/passkeys", passkey::add)
        .get("/account/passkeys/new", passkey::form)
        .post("/account/passkeys/new", passkey::start)
        .get("/account/passkeys/{passkey}/remove", passkey::ask_remove)
        .post("/account/passkeys/{passkey}/remove", passkey::remove)
}

/// Users, their telephones, and what the operator began with.
fn people() -> Routes {
    Routes::default()
        .get("/", home::show)
        .get("/static/{*file}", asset::get)
        .get("/login", login::show)
        .post("/login", login::log_in)
        .post("/logout", login::log_out)
        .post("/language", language::choose)
        .get("/login/forgotten-password", forgotten::password_form)
        .post("/login/forgotten-password", forgotten::password)
        .get("/login/forgotten-username", forgotten::username_form)
        .post("/login/forgotten-username", forgotten::username)
        .get("/account", account::show)
        .post("/account/language", account::set_language)
        .post("/account/sessions/end", account::end_others)
        .get("/account/password", account::password_form)
        .post("/account/password", account::change_password)
        .post("/country", help::choose_country)
        .get("/help", help::list)
        .get("/help/{task}", help::show)
        .post("/help/{task}", help::answer)
        .get("/operator/help", help_answers::show)
        .get("/password/{token}", password::show)
        .post("/password/{token}", password::set)
        .get("/live", live::stream)
        .get("/activity", activity::show)
        .get("/activity.csv", activity::sheet)
        .get("/calls", call::show)
        .get("/call-services", call_services::show)
        .post("/call-services", call_services::set)
        .get("/profile", profile::show)
        .post("/profile", profile::set)
        .get("/directory", phone_book::show)
        .post("/view/end", view::leave)
        .get("/users", user_list::show)
        .get("/users/new", user_add::choose_site)
        .get("/users/login-details", renewal::look_again)
        .post("/users/login-details", renewal::ask)
        .post("/jobs", renewal::begin)
        .get("/jobs/{id}", job::show)
        .get("/jobs/{id}/live", job::stream)
        .post("/jobs/{id}/cancel", job::cancel)
        .get("/jobs/{id}/result", job_result::ask)
        .post("/jobs/{id}/result", job_result::fetch)
        .get("/sites/{site}/users/new", user_add::show)
        .post("/sites/{site}/users/new", user_add::add)
        .get("/sites/{site}/users/new/check", user_check::show)
        .post("/sites/{site}/users/new/discard", user_steps::discard)
        .get("/sites/{site}/users/new/{question}", user_steps::show)
        .post("/sites/{site}/users/new/{question}", user_steps::answer)
        .get("/sites/{site}/main-number", main_number::form)
        .post("/sites/{site}/main-number", main_number::set)
        .get("/users/{id}", user::show)
        .get("/users/{id}/edit", user_edit::show)
        .post("/users/{id}/edit", user_edit::save)
        .get("/users/{id}/calls", call::of_user)
        .get("/users/{id}/call-services", call_services::show)
        .post("/users/{id}/call-services", call_services::set)
        .get("/users/{id}/profile", profile::show)
        .post("/users/{id}/profile", profile::set)
        .get("/users/{id}/reachability", reachability::show)
        .post("/users/{id}/view", view::take)
        .get("/users/{id}/login-details", login_details::ask)
        .post("/users/{id}/login-details", login_details::renew)
        .post(
            "/users/{id}/registration-email",
            account_reset::send_registration_email,
        )
        .get("/users/{id}/account-reset", account_reset::ask)
        .post("/users/{id}/account-reset", account_reset::reset)
        .post("/users/{id}/activation-request", activation_request::ask)
        .get("/users/{id}/delete", user_delete::ask)
        .post("/users/{id}/delete", user_delete::delete)
        .get("/operator/activations", activation::show)
        .post("/operator/users/{id}/activation", activation::decide)
        .get("/operator/mail", mail::list)
        .get("/operator/mail/{id}", mail::show)
        .get(
            "/operator/enterprises/{enterprise}/password-rules",
            password_rules::form,
        )
        .post(
            "/operator/enterprises/{enterprise}/password-rules",
            password_rules::set,
        )
        .get("/operator/users/{id}/cancel", activation_cancel::ask)
        .post("/operator/users/{id}/cancel", activation_cancel::cancel)
        .get("/operator/enterprises", enterprise::list)
        .post("/operator/enterprises", enterprise::add)
        .get("/operator/enterprises/new", enterprise::form)
        .get("/operator/enterprises/{enterprise}", enterprise::show)
        .get(
            "/operator/enterprises/{enterprise}/telephony",
            telephony::form,
        )
        .post(
            "/operator/enterprises/{enterprise}/telephony",
            telephony::set,
        )
        .get("/operator/enterprises/{enterprise}/sites/new", site::form)
        .post("/operator/enterprises/{enterprise}/sites/new", site::add)
        .get("/operator/enterprises/{enterprise}/licences", licence::form)
        .post("/operator/enterprises/{enterprise}/licences", licence::set)
        .get(
            "/operator/enterprises/{enterprise}/administrators/new",
            administrator::form,
        )
        .post(
            "/operator/enterprises/{enterprise}/administrators/new",
            administrator::add,
        )
        .get(
            "/operator/sites/{site}/number-ranges/new",
            number_range::form,
        )
        .post(
            "/operator/sites/{site}/number-ranges/new",
            number_range::import,
        )
}
