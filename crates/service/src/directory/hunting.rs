//! What the directory reads about a hunt group and its members (G3).

use model::{
    Country, HuntGroup,
    routing::{Hunting, Person, Presence, Seat},
};
use store::{Tenant, Tx};

use super::taken::Taken;
use crate::Result;

/// What is not in the database: who has taken calls of this run, and a random number.
#[derive(Clone, Copy)]
pub(crate) struct Chance<'a> {
    pub(super) taken: &'a Taken,
    pub(super) draw: u64,
}

/// The group with its members as they are now. Without `chance`, as if it had had no call yet.
pub(super) async fn hunting(
    tx: &mut dyn Tx,
    group: HuntGroup,
    chance: Option<Chance<'_>>,
) -> Result<Hunting> {
    let tenant = Tenant::Enterprise(group.virtual_user.enterprise);
    let place = tx.site().get(tenant, group.virtual_user.site).await?;
    // Without a site the group is gone in this very moment.
    let country = place.map_or(Country::Germany, |place| place.site.country);
    let taken = match chance {
        Some(chance) => chance.taken.of(tx, group.virtual_user.id).await?,
        None => std::collections::HashMap::new(),
    };
    let mut seats = Vec::with_capacity(group.members.len());
    for member in &group.members {
        // Deleted in this very moment, the seat is empty.
        if let Some(user) = tx.user().get(tenant, member.user).await? {
            let services = tx.call_services().get(tenant, user.id).await?;
            seats.push(Seat {
                last_call: taken.get(&user.id).copied(),
                person: Person {
                    user,
                    services,
                    country,
                },
                weight: member.weight,
                // The engine finds out when it offers the call.
                presence: Presence::Unknown,
            });
        }
    }
    Ok(Hunting {
        group,
        country,
        seats,
        draw: chance.map_or(0, |chance| chance.draw),
    })
}
