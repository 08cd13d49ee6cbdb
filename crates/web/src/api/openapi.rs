//! The description of the API, made from its code (OpenAPI 3.1).

use axum::{Json, response::IntoResponse};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{
    account, activation, activation_report, activation_request, audio, call, call_centre,
    call_centre_watch, call_services, catalogue, enterprise, group_call, help, hunt_group, job,
    journal, login_details, phone_book, profile, reachability, schedule, sheet, site, structure,
    team, telephony, trunk, user, user_patch, virtual_user,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Klinke",
        description = "Administration of the people who use a telephone system. Every request carries \
            `Authorization: Bearer klk_…`; refusals are RFC 9457 problem details.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    paths(
        user::list, user::add, user::get, user_patch::modify, user::delete, user::deletion, login_details::renew,
        job::renew, job::get, job::cancel, job::csv, job::xlsx,
        activation::queue, activation::decide, activation::cancel,
        activation_report::report, activation_request::ask,
        catalogue::packages, catalogue::services, catalogue::desk_phone_types,
        site::list, site::get, site::add, site::numbers, site::import_range, site::departments, site::add_department,
        enterprise::list, enterprise::add, enterprise::licences, enterprise::set_licence,
        enterprise::add_administrator, journal::list,
        call::list, call::of_user, reachability::get, telephony::set, telephony::set_main_number,
    structure::enterprise, structure::modify_enterprise, structure::enterprise_usage, structure::administrators, structure::modify_administrator, structure::remove_administrator, structure::modify_site, structure::site_usage, structure::set_number, structure::remove_number, structure::modify_department, structure::delete_department, user::delete_and_tell, team::list_pickup, team::add_pickup, team::get_pickup, team::modify_pickup, team::delete_pickup, team::list_park, team::add_park, team::get_park, team::modify_park, team::delete_park, sheet::journal, sheet::users, sheet::usage, trunk::get, call_services::get, call_services::set, profile::get, profile::set, phone_book::list, account::get, account::send_registration_email, account::reset, account::rules, account::set_rules,
        help::counts,
        hunt_group::list, hunt_group::add, hunt_group::get, hunt_group::modify, hunt_group::delete, hunt_group::deletion,
        virtual_user::decide, virtual_user::cancel,
        call_centre::list, call_centre::add, call_centre::get, call_centre::modify, call_centre::delete,
        call_centre::deletion, call_centre::set_state, call_centre_watch::wall, group_call::calls,
        group_call::way, group_call::report, schedule::get, schedule::set,
        audio::of_site, audio::get_of_site, audio::put_of_site, audio::remove_of_site,
        audio::of_centre, audio::get_of_centre, audio::put_of_centre, audio::remove_of_centre,
    ),
    security(("token" = [])),
    modifiers(&TokenScheme),
)]
struct Document;

struct TokenScheme;

impl Modify for TokenScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The description.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

pub(super) async fn get() -> impl IntoResponse {
    Json(document())
}
