//! The portal's handlers: each asks a use case and fills the page that stands in [`crate::pages`].

mod activation;
mod activity;
mod address;
mod administrator;
mod asset;
mod call;
mod call_services;
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
mod phone_book;
mod profile;
mod reachability;
mod reader;
mod refusal;
mod shown;
mod site;
mod telephony;
mod user;
mod user_add;
mod user_delete;
mod user_list;
mod view;

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
        .get("/call-services", call_services::own)
        .post("/call-services", call_services::set_own)
        .get("/profile", profile::own)
        .post("/profile", profile::set_own)
        .get("/directory", phone_book::show)
        .post("/view/end", view::leave)
        .get("/users", user_list::show)
        .get("/users/new", user_add::choose_site)
        .get("/sites/{site}/users/new", user_add::show)
        .post("/sites/{site}/users/new", user_add::add)
        .get("/sites/{site}/main-number", main_number::form)
        .post("/sites/{site}/main-number", main_number::set)
        .get("/users/{id}", user::show)
        .get("/users/{id}/calls", call::of_user)
        .get("/users/{id}/call-services", call_services::of_user)
        .post("/users/{id}/call-services", call_services::set_of_user)
        .get("/users/{id}/profile", profile::of_user)
        .post("/users/{id}/profile", profile::set_of_user)
        .get("/users/{id}/reachability", reachability::show)
        .post("/users/{id}/view", view::take)
        .get("/users/{id}/login-details", login_details::ask)
        .post("/users/{id}/login-details", login_details::renew)
        .get("/users/{id}/delete", user_delete::ask)
        .post("/users/{id}/delete", user_delete::delete)
        .get("/operator/activations", activation::show)
        .post("/operator/users/{id}/activation", activation::decide)
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
