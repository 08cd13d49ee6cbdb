//! What is tried with groups: hunt groups, pickup groups, call centres.

use std::sync::atomic::{AtomicU64, Ordering};

use model::{
    AudioFile, AudioKind, AudioOwner, TeamDraft, TeamKind, Timestamp, TypedMember, VirtualUserId,
    call_centre::{CallCentre, CallCentreDraft, ExitCase},
};
use service::{
    Actor, Result,
    activation::Decision,
    audio,
    call_centre::{self, AddCallCentre, AgentSeat, CallCentreDetails, Wall},
    group_call::{self, GroupReport, History, PastWay, Period},
    hunt_group,
    team::{self, TeamRef, WantedTeam},
    virtual_user,
};

use super::Scene;

pub(super) fn wanted_team() -> WantedTeam {
    WantedTeam {
        draft: TeamDraft {
            name: format!("Gruppe {}", super::next()),
            ..TeamDraft::default()
        },
        moves_members: false,
    }
}

pub(super) async fn team_of(scene: &Scene) -> Result<TeamRef> {
    let (site, kind) = (scene.muster.site.id(), TeamKind::Pickup);
    let admin = &scene.muster.admin;
    let team = team::add(scene.env(), admin, (site, kind), &wanted_team()).await?;
    let id = team.id;
    Ok(TeamRef { site, kind, id })
}

pub(super) fn hunt_group_draft() -> model::HuntGroupDraft {
    let nth = NEXT_GROUP.fetch_add(1, Ordering::Relaxed);
    model::HuntGroupDraft {
        name: format!("Gruppe {nth}"),
        number: format!("+49211777{}", 1000 + nth),
        extension: (700_000 + nth).to_string(),
        ..model::HuntGroupDraft::default()
    }
}

/// Counts the groups that are made.
static NEXT_GROUP: AtomicU64 = AtomicU64::new(0);

/// A Pending group that nobody needs afterwards.
pub(super) async fn pending_group(scene: &Scene) -> model::VirtualUserId {
    let draft = hunt_group_draft();
    let site = scene.muster.site.id();
    scene.system.import_numbers(site, &draft.number, 1).await;
    let added = hunt_group::add(scene.env(), &scene.muster.admin, site, &draft).await;
    added.unwrap().virtual_user.id
}

/// An active one.
pub(super) async fn active_group(scene: &Scene) -> model::VirtualUserId {
    let id = pending_group(scene).await;
    let (operator, decision) = (&scene.system.operator, Decision::Activate);
    let decided = virtual_user::decide(scene.env(), operator, id, &decision);
    decided.await.unwrap().id
}

pub(super) async fn add_hunt_group(scene: &Scene, actor: &Actor) -> Result<model::HuntGroup> {
    let draft = hunt_group_draft();
    let site = scene.muster.site.id();
    scene.system.import_numbers(site, &draft.number, 1).await;
    hunt_group::add(scene.env(), actor, site, &draft).await
}

pub(super) async fn see_hunt_group(
    scene: &Scene,
    actor: &Actor,
) -> Result<hunt_group::HuntGroupView> {
    let (site, id) = (scene.muster.site.id(), active_group(scene).await);
    hunt_group::get(scene.env(), actor, site, id).await
}

pub(super) async fn change_hunt_group(scene: &Scene, actor: &Actor) -> Result<model::HuntGroup> {
    let (site, id) = (scene.muster.site.id(), active_group(scene).await);
    let view = hunt_group::get(scene.env(), &scene.muster.admin, site, id).await;
    let mut draft = view.unwrap().draft();
    draft.settings.is_busy = true;
    hunt_group::modify(scene.env(), actor, (site, id), &draft, None).await
}

pub(super) async fn preview_hunt_group(
    scene: &Scene,
    actor: &Actor,
) -> Result<hunt_group::Deletion> {
    let (site, id) = (scene.muster.site.id(), active_group(scene).await);
    hunt_group::deletion_preview(scene.env(), actor, site, id).await
}

pub(super) async fn delete_hunt_group(scene: &Scene, actor: &Actor) -> Result<()> {
    let (site, id) = (scene.muster.site.id(), active_group(scene).await);
    hunt_group::delete(scene.env(), actor, (site, id), None).await
}

pub(super) async fn decide_group(scene: &Scene, actor: &Actor) -> Result<model::VirtualUser> {
    let id = pending_group(scene).await;
    virtual_user::decide(scene.env(), actor, id, &Decision::Activate).await
}

pub(super) async fn may_cancel_group(scene: &Scene, actor: &Actor) -> Result<model::VirtualUser> {
    virtual_user::may_cancel(scene.env(), actor, pending_group(scene).await).await
}

pub(super) async fn cancel_group(scene: &Scene, actor: &Actor) -> Result<()> {
    virtual_user::cancel(scene.env(), actor, pending_group(scene).await).await
}

pub(super) fn add_request(scene: &Scene, name: String) -> AddCallCentre {
    let draft = hunt_group_draft();
    AddCallCentre {
        site: scene.muster.site.id(),
        draft: CallCentreDraft {
            name,
            number: draft.number,
            extension: draft.extension,
            agents: vec![TypedMember {
                user: scene.anna.to_string(),
                weight: String::new(),
            }],
            ..CallCentreDraft::default()
        },
    }
}

/// An active call centre; Anna is its agent, and nobody its supervisor.
pub(super) async fn centre(scene: &Scene) -> VirtualUserId {
    let added = add_call_centre(scene, &scene.muster.admin).await;
    let id = added.unwrap().virtual_user.id;
    let (operator, decision) = (&scene.system.operator, Decision::Activate);
    let decided = virtual_user::decide(scene.env(), operator, id, &decision);
    decided.await.unwrap().id
}

pub(super) async fn add_call_centre(scene: &Scene, actor: &Actor) -> Result<CallCentre> {
    let request = add_request(scene, format!("Zentrale {}", super::next()));
    let site = scene.muster.site.id();
    scene
        .system
        .import_numbers(site, &request.draft.number, 1)
        .await;
    call_centre::add(scene.env(), actor, &request).await
}

pub(super) async fn see_call_centre(scene: &Scene, actor: &Actor) -> Result<CallCentre> {
    call_centre::get(scene.env(), actor, centre(scene).await).await
}

pub(super) async fn see_centre_details(scene: &Scene, actor: &Actor) -> Result<CallCentreDetails> {
    call_centre::details(scene.env(), actor, centre(scene).await).await
}

pub(super) async fn begin_to_change(
    scene: &Scene,
    actor: &Actor,
) -> Result<(CallCentre, CallCentreDraft)> {
    call_centre::edit(scene.env(), actor, centre(scene).await).await
}

pub(super) async fn see_targets(scene: &Scene, actor: &Actor) -> Result<Vec<(ExitCase, String)>> {
    call_centre::targets(scene.env(), actor, centre(scene).await).await
}

pub(super) async fn change_call_centre(scene: &Scene, actor: &Actor) -> Result<CallCentre> {
    let id = centre(scene).await;
    let edited = call_centre::edit(scene.env(), &scene.muster.admin, id).await;
    let (_, draft) = edited.unwrap();
    call_centre::modify(scene.env(), actor, id, &draft, None).await
}

pub(super) async fn preview_call_centre(
    scene: &Scene,
    actor: &Actor,
) -> Result<(virtual_user::Deletion, Vec<AgentSeat>)> {
    call_centre::deletion_preview(scene.env(), actor, centre(scene).await).await
}

pub(super) async fn delete_call_centre(scene: &Scene, actor: &Actor) -> Result<()> {
    call_centre::delete(scene.env(), actor, centre(scene).await, None).await
}

pub(super) async fn see_wallboard(scene: &Scene, actor: &Actor) -> Result<Wall> {
    let id = centre(scene).await;
    call_centre::wall(scene.env(), actor, id, Timestamp(0)).await
}

pub(super) async fn see_queue_history(scene: &Scene, actor: &Actor) -> Result<History> {
    let id = centre(scene).await;
    group_call::history(scene.env(), actor, id.0, ever(), (None, None)).await
}

pub(super) async fn see_way(scene: &Scene, actor: &Actor) -> Result<PastWay> {
    let id = team_of(scene).await?.id;
    group_call::way(scene.env(), actor, id.0, scene.anna.0).await
}

pub(super) async fn see_group_report(scene: &Scene, actor: &Actor) -> Result<GroupReport> {
    let id = active_group(scene).await;
    group_call::report(scene.env(), actor, id.0, ever()).await
}

fn ever() -> Period {
    Period::since(Timestamp(0))
}

pub(super) async fn set_agent_state(scene: &Scene, actor: &Actor) -> Result<AgentSeat> {
    let seat = (centre(scene).await, scene.anna);
    call_centre::set_state(scene.env(), actor, seat, "sign-in", "").await
}

pub(super) fn music_of(scene: &Scene) -> (AudioOwner, AudioKind) {
    (AudioOwner::Site(scene.muster.site.id()), AudioKind::Music)
}

pub(super) async fn upload(scene: &Scene, actor: &Actor) -> Result<AudioFile> {
    let music = music_of(scene);
    let begun = audio::begin(scene.env(), &scene.muster.admin, music.0);
    let mut upload = begun.await.unwrap();
    upload.push(&testkit::tone_wav(440.0, 20)).unwrap();
    audio::put(scene.env(), actor, music, "Musik.wav", upload).await
}

pub(super) async fn listen(scene: &Scene, actor: &Actor) -> Result<(AudioFile, Vec<u8>)> {
    upload(scene, &scene.muster.admin).await.unwrap();
    let (owner, kind) = music_of(scene);
    audio::sound(scene.env(), actor, owner, kind).await
}

pub(super) async fn remove_sound(scene: &Scene, actor: &Actor) -> Result<()> {
    upload(scene, &scene.muster.admin).await.unwrap();
    let (owner, kind) = music_of(scene);
    audio::remove(scene.env(), actor, owner, kind).await
}
