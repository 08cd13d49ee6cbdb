//! The fields of a call centre's form: choices, people, and what was sent.

use model::{
    HuntPolicy, SiteId, TypedMember,
    call_centre::{CallCentreDraft, CodeUse, OutOfHours, OverflowTo, Stranded, TypedCentre},
};
use service::{
    Error,
    call_centre::{self, CallCentreDetails},
};

use super::{form::Form, reader::Reader};
use crate::{
    names,
    pages::call_centre::{MemberRow, TypedCallCentre},
    parts::Choice,
    queue_names,
    server::Portal,
    words::Words,
};

pub(super) fn policies(words: Words) -> Vec<Choice> {
    let choice = |policy: &HuntPolicy| Choice::new(policy.id(), names::hunt_policy(words, *policy));
    HuntPolicy::ALL.iter().map(choice).collect()
}

fn choices(ids: &[&str], label: impl Fn(&str) -> names::Name) -> Vec<Choice> {
    let choice = |id: &&str| Choice::new(*id, label(id));
    ids.iter().map(choice).collect()
}

pub(super) fn overflows(words: Words) -> Vec<Choice> {
    choices(OverflowTo::IDS, |id| queue_names::overflow(words, id))
}

pub(super) fn strandeds(words: Words) -> Vec<Choice> {
    choices(Stranded::IDS, |id| queue_names::stranded(words, id))
}

pub(super) fn out_of_hours(words: Words) -> Vec<Choice> {
    choices(OutOfHours::IDS, |id| queue_names::out_of_hours(words, id))
}

pub(super) fn code_uses(words: Words) -> Vec<Choice> {
    choices(&CodeUse::IDS, |id| queue_names::code_use(words, id))
}

/// Agents and supervisors as the form shows them.
pub(super) fn members(details: &CallCentreDetails) -> (Vec<MemberRow>, Vec<MemberRow>) {
    let agents = details
        .agents
        .iter()
        .enumerate()
        .map(|(at, agent)| MemberRow {
            id: agent.member.user.to_string(),
            name: agent.name.clone(),
            extension: agent.extension.clone(),
            place: at + 1,
            weight: agent.member.weight.to_string(),
            waits: !agent.user_state.is_active(),
            lacks_service: false,
        });
    let supervisors = details.supervisors.iter().enumerate();
    let supervisors = supervisors.map(|(at, supervisor)| MemberRow {
        id: supervisor.user.to_string(),
        name: supervisor.name.clone(),
        extension: supervisor.extension.clone(),
        place: at + 1,
        weight: String::new(),
        waits: false,
        lacks_service: !supervisor.has_service,
    });
    (agents.collect(), supervisors.collect())
}

/// What was typed beside the settings.
pub(super) fn typed(sent: &Form) -> TypedCallCentre {
    TypedCallCentre {
        name: sent.get("name"),
        number: sent.get("number"),
        extension: sent.get("extension"),
        department: sent.get("department"),
        add_agents: added(sent, "agents"),
        add_supervisors: sent.get("supervisors"),
    }
}

/// The text field shares its name with the ids before it; it is the last.
fn added(sent: &Form, name: &str) -> String {
    sent.all(name).pop().unwrap_or_default()
}

/// The settings as they were sent; a box that is not ticked is not sent.
pub(super) fn settings(sent: &Form) -> TypedCentre {
    TypedCentre {
        policy: sent.get("policy"),
        queue_length: sent.get("queue_length"),
        bounce_after_rings: sent.get("bounce_after_rings"),
        unavailable_after_bounces: sent.get("unavailable_after_bounces"),
        wrap_up_s: sent.get("wrap_up_s"),
        guard_s: sent.get("guard_s"),
        overflow_after_s: sent.get("overflow_after_s"),
        overflow: sent.get("overflow"),
        overflow_target: sent.get("overflow_target"),
        stranded: sent.get("stranded"),
        stranded_target: sent.get("stranded_target"),
        out_of_hours: sent.get("out_of_hours"),
        out_of_hours_target: sent.get("out_of_hours_target"),
        code_use: sent.get("code_use"),
        codes: sent.get("codes"),
        default_code: sent.get("default_code"),
        service_level_s: sent.get("service_level_s"),
        personal_calls_are_busy: sent.given("personal_calls_are_busy").is_some(),
        tells_position: sent.given("tells_position").is_some(),
        comfort_every_s: sent.get("comfort_every_s"),
        follows_hours: sent.given("follows_hours").is_some(),
    }
}

/// The whole draft: who was there and stays, in the order of the places, and who is added.
pub(super) async fn draft(
    portal: &Portal,
    reader: &Reader,
    site: SiteId,
    sent: &Form,
) -> Result<CallCentreDraft, Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let typed = typed(sent);
    let new_agents = call_centre::people(env, actor, site, &typed.add_agents).await?;
    let new_supervisors = call_centre::people(env, actor, site, &typed.add_supervisors).await?;
    let mut agents = staying(sent);
    agents.extend(new_agents.into_iter().map(|user| TypedMember {
        user,
        weight: String::new(),
    }));
    let leaving = sent.all("remove-supervisor");
    let now = sent.all("supervisors-now").into_iter();
    let mut supervisors: Vec<_> = now.filter(|id| !leaving.contains(id)).collect();
    supervisors.extend(new_supervisors);
    Ok(CallCentreDraft {
        name: typed.name,
        number: typed.number,
        extension: typed.extension,
        department: typed.department,
        settings: settings(sent),
        agents,
        supervisors,
    })
}

fn staying(sent: &Form) -> Vec<TypedMember> {
    let mut ids = sent.all("agents");
    // The last one is the text field.
    ids.pop();
    let leaving = sent.all("remove-agent");
    ids.retain(|id| !leaving.contains(id));
    let place = |id: &String| {
        let typed = sent.get(&format!("place-{id}"));
        typed.trim().parse::<u32>().unwrap_or(u32::MAX)
    };
    ids.sort_by_key(place);
    let member = |id: String| TypedMember {
        weight: sent.get(&format!("weight-{id}")),
        user: id,
    };
    ids.into_iter().map(member).collect()
}
