//! The portal's handlers: each asks a use case and fills the page that stands in [`crate::pages`].

mod activation;
mod activation_cancel;
mod activation_request;
mod activity;
mod address;
mod administrator;
mod asset;
mod call;
mod enterprise;
mod form;
mod home;
mod language;
mod licence;
mod live;
mod login;
mod login_details;
mod main_number;
mod number_range;
mod password;
mod phone;
mod reader;
mod refusal;
mod shown;
mod site;
mod telephony;
mod user;
mod user_add;
mod user_check;
mod user_delete;
mod user_edit;
mod user_fields;
mod user_list;
mod user_steps;

pub(crate) use refusal::{not_found, panicked, show as show_refusals};

use crate::server::Routes;

/// The routes of the portal.
pub(crate) fn routes() -> Routes {
    Routes::default()
        .get("/", home::show)
        .get("/static/{*file}", asset::get)
        .get("/login", login::show)
        .post("/login", login::log_in)
        .post("/logout", login::log_out)
        .post("/language", language::choose)
        .get("/password/{token}", password::show)
        .post("/password/{token}", password::set)
        .get("/live", live::stream)
        .get("/activity", activity::show)
        .get("/calls", call::show)
        .get("/users", user_list::show)
        .get("/users/new", user_add::choose_site)
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
        .get("/users/{id}/login-details", login_details::ask)
        .post("/users/{id}/login-details", login_details::renew)
        .post("/users/{id}/activation-request", activation_request::ask)
        .get("/users/{id}/delete", user_delete::ask)
        .post("/users/{id}/delete", user_delete::delete)
        .get("/operator/activations", activation::show)
        .post("/operator/users/{id}/activation", activation::decide)
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
