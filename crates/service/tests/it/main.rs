//! The use cases on a real database; a test's name begins with the number of the contract line it bears.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what goes wrong is told by a panic"
)]

mod access;
mod account;
mod activation;
mod activation_request;
mod activation_webhook;
mod add;
mod agents_by_phone;
mod audio;
mod call_centre;
mod call_centre_own_calls;
mod call_centre_people;
mod call_centre_sent;
mod call_record;
mod call_services;
mod delete;
mod farewell;
mod group_call;
mod hunt_group;
mod hunt_group_leaving;
mod idempotency;
mod journal;
mod list;
mod live;
mod lock_out;
mod login_details;
mod mail;
mod modify;
mod park;
mod passkey;
mod password;
mod password_rules;
mod races;
mod random_walk;
mod reachability;
mod renewal;
mod role_matrix;
mod second_factor;
mod states;
mod structure;
mod team;
mod telephony;
mod view;

use std::fmt::Debug;

use model::{Field, Problem, Product};
use service::{Error, Result};
use testkit::{TestEnterprise, TestSystem};

/// The fields that are wrong, and what is wrong with each.
fn problems<T: Debug>(answer: Result<T>) -> Vec<(Field, Problem)> {
    match answer {
        Err(Error::Invalid(problems)) => problems
            .0
            .into_iter()
            .map(|p| (p.field, p.problem))
            .collect(),
        other => panic!("nothing was found wrong: {other:?}"),
    }
}

/// How many licences of the product are in use.
async fn used(system: &TestSystem, enterprise: &TestEnterprise, product: Product) -> i64 {
    let licences = service::licence::list(&system.env, &system.operator, enterprise.id()).await;
    licences
        .unwrap()
        .into_iter()
        .find(|licence| licence.product == product)
        .unwrap()
        .used
}

/// How many numbers of the enterprise's first site are free.
async fn free_numbers(system: &TestSystem, enterprise: &TestEnterprise) -> i64 {
    service::number::count(&system.env, &system.operator, enterprise.site.id())
        .await
        .unwrap()
        .1
}
