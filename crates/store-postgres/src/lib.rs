//! The queries of `store/sql`, compiled and checked against PostgreSQL.

#[path = "../../store/sql/access.rs"]
mod access;
#[path = "../../store/sql/activation.rs"]
mod activation;
#[path = "../../store/sql/audio.rs"]
mod audio;
#[path = "../../store/sql/call.rs"]
mod call;
#[path = "../../store/sql/call_centre.rs"]
mod call_centre;
#[cfg(test)]
#[path = "../../store/sql/contract/mod.rs"]
mod contract;
#[path = "../../store/sql/department.rs"]
mod department;
mod dialect;
#[path = "../../store/sql/enterprise.rs"]
mod enterprise;
#[path = "../../store/sql/group_call.rs"]
mod group_call;
#[path = "../../store/sql/help.rs"]
mod help;
#[path = "../../store/sql/hunt_group.rs"]
mod hunt_group;
#[path = "../../store/sql/job.rs"]
mod job;
#[path = "../../store/sql/journal.rs"]
mod journal;
#[path = "../../store/sql/notice.rs"]
mod notice;
#[path = "../../store/sql/number.rs"]
mod number;
#[cfg(test)]
mod open_transactions;
#[path = "../../store/sql/passkey.rs"]
mod passkey;
#[path = "../../store/sql/password.rs"]
mod password;
#[path = "../../store/sql/renewal.rs"]
mod renewal;
#[cfg(any(test, feature = "scratch"))]
pub mod scratch;
#[path = "../../store/sql/second_factor.rs"]
mod second_factor;
#[path = "../../store/sql/services.rs"]
mod services;
#[path = "../../store/sql/session.rs"]
mod session;
#[path = "../../store/sql/site.rs"]
mod site;
mod store_impl;
#[path = "../../store/sql/tables.rs"]
mod tables;
#[path = "../../store/sql/team.rs"]
mod team;
mod tx;
#[path = "../../store/sql/user.rs"]
mod user;
#[path = "../../store/sql/user_draft.rs"]
mod user_draft;
#[path = "../../store/sql/user_list.rs"]
mod user_list;
#[path = "../../store/sql/user_rows.rs"]
mod user_rows;
#[path = "../../store/sql/virtual_user.rs"]
mod virtual_user;

pub use store_impl::PostgresStore;
pub(crate) use tables::all;
pub(crate) use tx::{Connected, Tx, failed};
