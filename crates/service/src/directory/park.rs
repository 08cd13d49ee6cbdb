//! Parking and retrieving (G2): the places of the caller's own park group, and what becomes of a call that stays there.

use std::time::Duration;

use model::{Country, Extension, ParkRecall, ParkSettings, TeamId, UserId};
use sip::{
    attend::{Language, Playlist, Sound, Standard, Then},
    directory::{self, Party, Phone, Route},
    park::{Park, Place, Recall, RecallTo, Retrieve},
};
use store::{TeamMember, Tenant, Tx};

use super::{accounts::Account, refusal};
use crate::{Result, audio};

/// Phones that know no other name for it ring with the third of Bellcore's patterns.
const RING: &str = "<http://127.0.0.1/Bellcore-dr3>;info=park-recall";
/// How long the parker's phone rings when nobody comes after it.
const RING_FOR: Duration = Duration::from_secs(30);
/// So often a call returns to the parker alone before it is released.
const TIMES: usize = 3;
/// Three figures and what is said before them take so long.
const SAID_IN: Duration = Duration::from_secs(6);

/// The caller's park group, as a phone needs it.
struct Group {
    id: TeamId,
    settings: ParkSettings,
    /// In the order in which a free place is looked for.
    members: Vec<TeamMember>,
}

async fn group(tx: &mut dyn Tx, caller: &Account) -> Result<Option<Group>> {
    let Some(found) = tx.park_group().of_member(caller.user).await? else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(caller.enterprise);
    let members = tx.team().list_members(tenant, found.id).await?;
    let settings = found.settings;
    Ok(Some(Group {
        id: found.id,
        settings,
        members,
    }))
}

/// Where a call can be parked: at the named member, else at any.
pub(super) async fn park(
    tx: &mut dyn Tx,
    caller: &Account,
    at: Option<&Extension>,
) -> Result<Route> {
    let Some(group) = group(tx, caller).await? else {
        return Ok(refusal(403, "in no park group"));
    };
    let language = language(caller.country);
    let places = group
        .members
        .iter()
        .filter(|member| at.is_none_or(|at| at.as_str() == member.extension))
        .map(|member| place(member, &group.settings, language));
    let places: Vec<Place> = places.collect();
    if places.is_empty() {
        return Ok(refusal(404, "nobody of the park group has this extension"));
    }
    let alternate = alternate(tx, caller, &group.settings).await?;
    let tenant = Tenant::Enterprise(caller.enterprise);
    let display = Duration::from_secs(group.settings.display_s.into());
    Ok(Route::Park(Box::new(Park {
        group: directory::Group(group.id.0.as_u128()),
        places,
        music: Playlist {
            first: Vec::new(),
            then: Then::Music {
                file: audio::music(tx, tenant, caller.site).await?,
            },
        },
        recalls: recalls(caller, &group.settings, alternate),
        shown_for: if group.settings.announces {
            display.max(SAID_IN)
        } else {
            display
        },
    })))
}

/// The call parked at the named member, else at the caller.
pub(super) async fn retrieve(
    tx: &mut dyn Tx,
    caller: &Account,
    at: Option<&Extension>,
) -> Result<Route> {
    let Some(group) = group(tx, caller).await? else {
        return Ok(refusal(403, "in no park group"));
    };
    let is_meant = |member: &&TeamMember| match at {
        Some(at) => at.as_str() == member.extension,
        None => member.user == caller.user,
    };
    Ok(match group.members.iter().find(is_meant) {
        Some(member) => Route::Retrieve(Retrieve {
            member: number(member.user),
        }),
        None => refusal(404, "nobody of the park group has this extension"),
    })
}

fn number(user: UserId) -> u128 {
    user.0.as_u128()
}

fn language(country: Country) -> Language {
    match country {
        Country::Germany => Language::German,
        Country::UnitedKingdom => Language::English,
    }
}

fn place(member: &TeamMember, settings: &ParkSettings, language: Language) -> Place {
    let spoken = [
        Sound::Standard(Standard::ParkedOn, language),
        Sound::Digits(member.extension.clone(), language),
    ];
    Place {
        member: number(member.user),
        shown: Party {
            number: member.extension.clone(),
            name: member.name.clone(),
        },
        announcement: Playlist {
            first: if settings.announces {
                spoken.into()
            } else {
                vec![Sound::Standard(Standard::Beep, language)]
            },
            then: Then::Silence,
        },
    }
}

/// The extension of the group that takes what nobody retrieves; `None` when it has none, or is deleted.
async fn alternate(
    tx: &mut dyn Tx,
    caller: &Account,
    settings: &ParkSettings,
) -> Result<Option<String>> {
    let Some(id) = settings.alternate else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(caller.enterprise);
    let found = tx.virtual_user().get(tenant, id).await?;
    Ok(found.map(|found| found.extension.to_string()))
}

fn recalls(caller: &Account, settings: &ParkSettings, alternate: Option<String>) -> Vec<Recall> {
    let after = Duration::from_secs(settings.recall_after_s.into());
    let to_alternate = |number: String, after: Duration| Recall {
        after,
        to: RecallTo::Dial(number),
        ring: Some(RING.to_owned()),
    };
    let to_parker = |ring_for: Duration| Recall {
        after,
        to: RecallTo::Phones {
            phones: vec![Phone {
                login: caller.login.login.clone(),
                generation: caller.login.generation,
            }],
            ring_for,
        },
        ring: Some(RING.to_owned()),
    };
    // A call that nobody takes there comes to the parker in the end.
    match (settings.recall_to, alternate) {
        (ParkRecall::Parker, _) | (_, None) => vec![to_parker(RING_FOR); TIMES],
        (ParkRecall::ParkerThenAlternate, Some(number)) => {
            let wait = Duration::from_secs(settings.alternate_after_s.into());
            vec![
                to_parker(wait),
                to_alternate(number, Duration::ZERO),
                to_parker(RING_FOR),
            ]
        }
        (ParkRecall::Alternate, Some(number)) => {
            vec![to_alternate(number, after), to_parker(RING_FOR)]
        }
    }
}
