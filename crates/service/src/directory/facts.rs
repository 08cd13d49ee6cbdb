//! What the directory reads about everybody a call may be forwarded to.

use model::{
    ForwardTarget, HuntGroup, Timestamp, User, VirtualUser,
    routing::{Dialled, Facts, Found, Person, Whose},
};
use store::{Tenant, Tx};

use super::{
    hunting::{Chance, hunting},
    look_up::called_from_outside,
};
use crate::Result;

/// Everybody whom call services may bring into a call for who was found.
pub(crate) async fn facts(
    tx: &mut dyn Tx,
    found: &Found,
    at: Timestamp,
    chance: Option<Chance<'_>>,
) -> Result<Facts> {
    let mut facts = Facts::default();
    match found {
        Found::User(user) => facts.put(person(tx, User::clone(user)).await?, at),
        Found::HuntGroup(group) => {
            facts.put_group(hunting(tx, HuntGroup::clone(group), chance).await?);
        }
        Found::CallCentre(centre) => facts.put_centre(VirtualUser::clone(centre)),
        Found::Unassigned | Found::Nobody => return Ok(facts),
    }
    while let Some(target) = facts.next_unknown() {
        match target {
            ForwardTarget::User(id) => {
                // Deleted in this very moment, the forward leads nowhere.
                if let Some(user) = tx.user().get(Tenant::Installation, id).await? {
                    facts.put(person(tx, user).await?, at);
                }
            }
            ForwardTarget::Number(number) => {
                let dialled = Dialled::Number(number.clone());
                let whose = match called_from_outside(tx, &dialled).await? {
                    Found::User(user) => {
                        let id = user.id;
                        facts.put(person(tx, *user).await?, at);
                        Whose::User(id)
                    }
                    Found::HuntGroup(group) => {
                        let id = group.virtual_user.id;
                        facts.put_group(hunting(tx, *group, chance).await?);
                        Whose::HuntGroup(id)
                    }
                    Found::CallCentre(centre) => {
                        let id = centre.id;
                        facts.put_centre(*centre);
                        Whose::CallCentre(id)
                    }
                    Found::Unassigned => Whose::Unassigned,
                    Found::Nobody => Whose::Outside,
                };
                facts.put_number(number, whose);
            }
        }
    }
    Ok(facts)
}

async fn person(tx: &mut dyn Tx, user: User) -> Result<Person> {
    let tenant = Tenant::Enterprise(user.enterprise);
    let services = tx.call_services().get(tenant, user.id).await?;
    let place = tx.site().get(tenant, user.site).await?;
    // Without a site the user is gone in this very moment.
    let country = place.map_or(model::Country::Germany, |place| place.site.country);
    Ok(Person {
        user,
        services,
        country,
    })
}
