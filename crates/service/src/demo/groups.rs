//! The demonstration's groups, one of each kind.

use model::{
    HuntGroupDraft, Site, TeamDraft, TeamKind, TypedMember, User, VirtualUserId,
    call_centre::CallCentreDraft,
};

use crate::{
    Actor, Env, Result,
    activation::Decision,
    call_centre::{self, AddCallCentre},
    hunt_group,
    team::{self, WantedTeam},
    virtual_user,
};

/// How many agents there are.
const AGENTS: usize = 2;

pub(super) async fn add(env: &Env, actor: &Actor, duesseldorf: &Site, london: &Site) -> Result<()> {
    let in_london = hunt_group::candidates(env, actor, london.id, "").await?;
    add_hunt_group(env, actor, (london, "Sales", "+442079460139"), &in_london).await?;
    let people = hunt_group::candidates(env, actor, duesseldorf.id, "").await?;
    let sales = (duesseldorf, "Vertrieb", "+492110001059");
    add_hunt_group(env, actor, sales, &people).await?;
    let own = |user: &&User| user.site == duesseldorf.id;
    let people: Vec<_> = people.iter().filter(own).collect();
    for kind in [TeamKind::Pickup, TeamKind::Park] {
        let wanted = WantedTeam {
            draft: TeamDraft {
                name: "Empfang".to_owned(),
                members: people.iter().map(|user| user.id.to_string()).collect(),
                ..TeamDraft::default()
            },
            moves_members: false,
        };
        team::add(env, actor, (duesseldorf.id, kind), &wanted).await?;
    }
    // Not the first: whoever looks around as a user begins without a desk.
    let agents = people.iter().skip(1).take(AGENTS);
    let agents = agents.map(|user| member(user)).collect();
    add_call_centre(env, actor, duesseldorf, agents).await
}

fn member(user: &User) -> TypedMember {
    TypedMember {
        user: user.id.to_string(),
        weight: String::new(),
    }
}

async fn add_hunt_group(
    env: &Env,
    actor: &Actor,
    (site, name, number): (&Site, &str, &str),
    people: &[User],
) -> Result<()> {
    let draft = HuntGroupDraft {
        name: name.to_owned(),
        number: number.to_owned(),
        members: people.iter().map(member).collect(),
        ..HuntGroupDraft::default()
    };
    let group = hunt_group::add(env, actor, site.id, &draft).await?;
    activate(env, group.virtual_user.id).await
}

async fn add_call_centre(
    env: &Env,
    actor: &Actor,
    site: &Site,
    agents: Vec<TypedMember>,
) -> Result<()> {
    let draft = CallCentreDraft {
        name: "Kundendienst".to_owned(),
        number: "+492110001058".to_owned(),
        agents,
        ..CallCentreDraft::default()
    };
    let request = AddCallCentre {
        site: site.id,
        draft,
    };
    let centre = call_centre::add(env, actor, &request).await?;
    activate(env, centre.virtual_user.id).await
}

async fn activate(env: &Env, id: VirtualUserId) -> Result<()> {
    virtual_user::decide(env, &Actor::system(), id, &Decision::Activate).await?;
    Ok(())
}
