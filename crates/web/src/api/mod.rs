//! The API under `/api/v1`: thin handlers over the use cases that the pages call too.

mod account;
mod activation;
mod activation_report;
mod activation_request;
mod actor;
mod audio;
mod body;
mod call;
mod call_centre;
mod call_centre_watch;
mod call_services;
mod catalogue;
mod cursor;
mod enterprise;
mod error;
mod group_call;
mod group_out;
mod help;
mod hunt_group;
mod id;
mod job;
mod journal;
mod login_details;
mod openapi;
mod phone_book;
mod profile;
mod query;
mod reachability;
mod schedule;
mod sheet;
mod site;
mod structure;
mod team;
mod telephony;
mod trunk;
mod user;
mod user_out;
mod user_patch;
mod version;
mod virtual_user;

pub use cursor::{decode as decode_cursor, encode as encode_cursor};
pub(crate) use error::{method_not_allowed, told};
pub(crate) use job::{cursor as encode_place, place as decode_place};
pub use openapi::document;

use crate::server::Routes;

/// The routes of the API.
pub fn routes() -> Routes {
    Routes::default()
        .get("/api/v1/openapi.json", openapi::get)
        .get("/api/v1/users", user::list)
        .post("/api/v1/sites/{site}/users", user::add)
        .get("/api/v1/users/{id}", user::get)
        .patch("/api/v1/users/{id}", user_patch::modify)
        .delete("/api/v1/users/{id}", user::delete)
        .get("/api/v1/users/{id}/deletion", user::deletion)
        .post("/api/v1/users/{id}/deletion", user::delete_and_tell)
        .get("/api/v1/sites/{site}/pickup-groups", team::list_pickup)
        .post("/api/v1/sites/{site}/pickup-groups", team::add_pickup)
        .get(
            "/api/v1/sites/{site}/pickup-groups/{group}",
            team::get_pickup,
        )
        .put(
            "/api/v1/sites/{site}/pickup-groups/{group}",
            team::modify_pickup,
        )
        .delete(
            "/api/v1/sites/{site}/pickup-groups/{group}",
            team::delete_pickup,
        )
        .get("/api/v1/sites/{site}/park-groups", team::list_park)
        .post("/api/v1/sites/{site}/park-groups", team::add_park)
        .get("/api/v1/sites/{site}/park-groups/{group}", team::get_park)
        .put(
            "/api/v1/sites/{site}/park-groups/{group}",
            team::modify_park,
        )
        .delete(
            "/api/v1/sites/{site}/park-groups/{group}",
            team::delete_park,
        )
        .get("/api/v1/users/{id}/reachability", reachability::get)
        .get("/api/v1/users/{id}/calls", call::of_user)
        .get("/api/v1/users/{id}/call-services", call_services::get)
        .put("/api/v1/users/{id}/call-services", call_services::set)
        .get("/api/v1/users/{id}/profile", profile::get)
        .put("/api/v1/users/{id}/profile", profile::set)
        .get("/api/v1/directory", phone_book::list)
        .get("/api/v1/calls", call::list)
        .post("/api/v1/users/{id}/login-details", login_details::renew)
        .post("/api/v1/login-details", job::renew)
        .get("/api/v1/jobs/{id}", job::get)
        .delete("/api/v1/jobs/{id}", job::cancel)
        .get("/api/v1/jobs/{id}/result.csv", job::csv)
        .get("/api/v1/jobs/{id}/result.xlsx", job::xlsx)
        .get("/api/v1/users/{id}/account", account::get)
        .post("/api/v1/users/{id}/account-reset", account::reset)
        .post(
            "/api/v1/users/{id}/registration-email",
            account::send_registration_email,
        )
        .get("/api/v1/operator/activations", activation::queue)
        .post("/api/v1/operator/users/{id}/activation", activation::decide)
        .delete("/api/v1/operator/users/{id}/activation", activation::cancel)
        .post("/api/v1/activation-reports", activation_report::report)
        .post(
            "/api/v1/users/{id}/activation-request",
            activation_request::ask,
        )
        .get("/api/v1/packages", catalogue::packages)
        .get("/api/v1/services", catalogue::services)
        .get("/api/v1/desk-phone-types", catalogue::desk_phone_types)
        .get("/api/v1/sites", site::list)
        .get("/api/v1/sites/{site}", site::get)
        .put(
            "/api/v1/sites/{site}/main-number",
            telephony::set_main_number,
        )
        .get("/api/v1/sites/{site}/numbers", site::numbers)
        .post("/api/v1/sites/{site}/number-ranges", site::import_range)
        .get("/api/v1/sites/{site}/departments", site::departments)
        .post("/api/v1/sites/{site}/departments", site::add_department)
        .get("/api/v1/enterprises", enterprise::list)
        .post("/api/v1/enterprises", enterprise::add)
        .post("/api/v1/enterprises/{enterprise}/sites", site::add)
        .put("/api/v1/enterprises/{enterprise}/telephony", telephony::set)
        .get(
            "/api/v1/enterprises/{enterprise}/password-rules",
            account::rules,
        )
        .put(
            "/api/v1/enterprises/{enterprise}/password-rules",
            account::set_rules,
        )
        .get(
            "/api/v1/enterprises/{enterprise}/licences",
            enterprise::licences,
        )
        .put(
            "/api/v1/enterprises/{enterprise}/licences/{product}",
            enterprise::set_licence,
        )
        .post(
            "/api/v1/enterprises/{enterprise}/administrators",
            enterprise::add_administrator,
        )
        .get("/api/v1/journal", journal::list)
        .get("/api/v1/help-counts", help::counts)
        .get("/api/v1/journal.csv", sheet::journal)
        .get("/api/v1/users.csv", sheet::users)
        .get("/api/v1/operator/trunk", trunk::get)
        .merge(structure_routes())
        .merge(call_centre_routes())
        .merge(audio_routes())
}

/// What is below an enterprise and a site.
fn structure_routes() -> Routes {
    Routes::default()
        .get("/api/v1/enterprises/{enterprise}", structure::enterprise)
        .patch(
            "/api/v1/enterprises/{enterprise}",
            structure::modify_enterprise,
        )
        .get(
            "/api/v1/enterprises/{enterprise}/usage",
            structure::enterprise_usage,
        )
        .get("/api/v1/enterprises/{enterprise}/usage.csv", sheet::usage)
        .get(
            "/api/v1/enterprises/{enterprise}/administrators",
            structure::administrators,
        )
        .put(
            "/api/v1/enterprises/{enterprise}/administrators/{account}",
            structure::modify_administrator,
        )
        .delete(
            "/api/v1/enterprises/{enterprise}/administrators/{account}",
            structure::remove_administrator,
        )
        .get("/api/v1/sites/{site}/hunt-groups", hunt_group::list)
        .post("/api/v1/sites/{site}/hunt-groups", hunt_group::add)
        .get("/api/v1/sites/{site}/hunt-groups/{id}", hunt_group::get)
        .put("/api/v1/sites/{site}/hunt-groups/{id}", hunt_group::modify)
        .delete("/api/v1/sites/{site}/hunt-groups/{id}", hunt_group::delete)
        .get(
            "/api/v1/sites/{site}/hunt-groups/{id}/deletion",
            hunt_group::deletion,
        )
        .post(
            "/api/v1/operator/virtual-users/{id}/activation",
            virtual_user::decide,
        )
        .delete(
            "/api/v1/operator/virtual-users/{id}/activation",
            virtual_user::cancel,
        )
        .patch("/api/v1/sites/{site}", structure::modify_site)
        .get("/api/v1/sites/{site}/usage", structure::site_usage)
        .put(
            "/api/v1/sites/{site}/numbers/{number}",
            structure::set_number,
        )
        .delete(
            "/api/v1/sites/{site}/numbers/{number}",
            structure::remove_number,
        )
        .patch(
            "/api/v1/sites/{site}/departments/{department}",
            structure::modify_department,
        )
        .delete(
            "/api/v1/sites/{site}/departments/{department}",
            structure::delete_department,
        )
}

/// Call centres.
fn call_centre_routes() -> Routes {
    Routes::default()
        .get("/api/v1/sites/{site}/call-centres", call_centre::list)
        .post("/api/v1/sites/{site}/call-centres", call_centre::add)
        .get("/api/v1/sites/{site}/call-centres/{id}", call_centre::get)
        .put(
            "/api/v1/sites/{site}/call-centres/{id}",
            call_centre::modify,
        )
        .delete(
            "/api/v1/sites/{site}/call-centres/{id}",
            call_centre::delete,
        )
        .get(
            "/api/v1/sites/{site}/call-centres/{id}/deletion",
            call_centre::deletion,
        )
        .get("/api/v1/sites/{site}/schedule", schedule::get)
        .put("/api/v1/sites/{site}/schedule", schedule::set)
        .get(
            "/api/v1/call-centres/{id}/wallboard",
            call_centre_watch::wall,
        )
        .get("/api/v1/groups/{id}/calls", group_call::calls)
        .get("/api/v1/groups/{id}/report", group_call::report)
        .get("/api/v1/groups/{id}/calls/{call}", group_call::way)
        .put(
            "/api/v1/call-centres/{id}/agents/{user}/state",
            call_centre::set_state,
        )
}

/// Uploaded music and announcements.
fn audio_routes() -> Routes {
    Routes::default()
        .get("/api/v1/sites/{site}/audio", audio::of_site)
        .get("/api/v1/sites/{site}/audio/{kind}", audio::get_of_site)
        .put("/api/v1/sites/{site}/audio/{kind}", audio::put_of_site)
        .delete("/api/v1/sites/{site}/audio/{kind}", audio::remove_of_site)
        .get("/api/v1/call-centres/{id}/audio", audio::of_centre)
        .get(
            "/api/v1/call-centres/{id}/audio/{kind}",
            audio::get_of_centre,
        )
        .put(
            "/api/v1/call-centres/{id}/audio/{kind}",
            audio::put_of_centre,
        )
        .delete(
            "/api/v1/call-centres/{id}/audio/{kind}",
            audio::remove_of_centre,
        )
}
