//! What the catalogues of call centres are called: states, deeds, exits, ways of leaving.

use model::{
    call_centre::{AgentDeed, AgentState, NoAnswer, Weekday},
    group_call::{Cause, Deed, Departure},
};
use service::group_call::PastStep;

use crate::{names::Name, words::Words};

/// What an agent is doing, with the reason.
pub fn agent_state(words: Words, state: &AgentState) -> String {
    let name = match state {
        AgentState::SignedIn => words.agent_state_sign_in(),
        AgentState::Available => words.agent_state_available(),
        AgentState::Unavailable { code: Some(code) } => {
            return words.agent_state_unavailable_because(code.as_str());
        }
        AgentState::Unavailable { code: None } => words.agent_state_unavailable(),
        AgentState::WrapUp { .. } => words.agent_state_wrap_up(),
        AgentState::SignedOut => words.agent_state_sign_out(),
    };
    name.into_owned()
}

/// What a button says that sets this state, by its name in the API.
pub fn agent_button(words: Words, id: &str) -> Name {
    match id {
        "sign-in" => words.agent_set_sign_in(),
        "available" => words.agent_set_available(),
        "unavailable" => words.agent_set_unavailable(),
        "wrap-up" => words.agent_set_wrap_up(),
        _ => words.agent_set_sign_out(),
    }
}

/// What an agent's phone is doing.
pub fn agent_deed(words: Words, deed: AgentDeed) -> Name {
    match deed {
        AgentDeed::Idle => words.agent_deed_idle(),
        AgentDeed::Rung => words.agent_deed_rung(),
        AgentDeed::Talking => words.agent_deed_talking(),
        AgentDeed::OnOtherCall => words.agent_deed_other(),
    }
}

/// What happens when the queue is full, by its name in the API.
pub fn overflow(words: Words, id: &str) -> Name {
    match id {
        "transfer" => words.overflow_transfer(),
        "ring-on" => words.overflow_ring_on(),
        _ => words.overflow_busy(),
    }
}

/// What happens while nobody is signed in, by its name in the API.
pub fn stranded(words: Words, id: &str) -> Name {
    match id {
        "busy" => words.stranded_busy(),
        "transfer" => words.stranded_transfer(),
        "night-service" => words.stranded_night_service(),
        "announcement" => words.stranded_announcement(),
        _ => words.stranded_wait(),
    }
}

/// What happens out of hours, by its name in the API.
pub fn out_of_hours(words: Words, id: &str) -> Name {
    match id {
        "busy" => words.out_of_hours_busy(),
        "transfer" => words.out_of_hours_transfer(),
        _ => words.out_of_hours_announcement(),
    }
}

/// Whether reasons are asked for, by its name in the API.
pub fn code_use(words: Words, id: &str) -> Name {
    match id {
        "forced" => words.code_use_forced(),
        "default" => words.code_use_default(),
        _ => words.code_use_optional(),
    }
}

fn cause(words: Words, cause: Cause) -> Name {
    match cause {
        Cause::Full => words.queue_cause_full(),
        Cause::WaitedTooLong => words.queue_cause_waited_too_long(),
        Cause::Stranded => words.queue_cause_stranded(),
        Cause::OutOfHours => words.queue_cause_out_of_hours(),
        Cause::Holiday => words.queue_cause_holiday(),
        Cause::Deleted => words.queue_cause_deleted(),
        Cause::AllBusy => words.queue_cause_all_busy(),
        Cause::NoAnswer => words.queue_cause_no_answer(),
        Cause::Unreachable => words.queue_cause_unreachable(),
        Cause::GroupBusy => words.queue_cause_group_busy(),
    }
}

/// How a call has left.
pub fn departure(words: Words, departure: Departure) -> String {
    match departure {
        Departure::Talked => words.departure_talked().into_owned(),
        Departure::Abandoned => words.departure_abandoned().into_owned(),
        Departure::Busy(why) => words.departure_busy(cause(words, why)),
        Departure::Transferred(why) => words.departure_transferred(cause(words, why)),
        Departure::RangOn(why) => words.departure_rang_on(cause(words, why)),
        Departure::Announced(why) => words.departure_announced(cause(words, why)),
        Departure::Refused(why) => words.departure_refused(cause(words, why)),
    }
}

/// A step of a call's way, at whoever has this name.
pub fn step(words: Words, step: &PastStep, name: &str) -> String {
    match step.deed {
        Deed::Offered => words.step_offered(name),
        Deed::Answered => words.step_answered(name),
        Deed::Parked => words.step_parked(name),
        Deed::Bounced => words.step_bounced(name, bounce(words, step.why)),
    }
}

fn bounce(words: Words, why: Option<NoAnswer>) -> Name {
    match why.unwrap_or(NoAnswer::NoAnswer) {
        NoAnswer::NoAnswer => words.bounce_no_answer(),
        NoAnswer::Busy => words.bounce_busy(),
        NoAnswer::Unreachable => words.bounce_unreachable(),
        NoAnswer::Failed => words.bounce_failed(),
        NoAnswer::Gone => words.bounce_gone(),
    }
}

/// A day of the week.
pub fn weekday(words: Words, day: Weekday) -> Name {
    match day {
        Weekday::Monday => words.weekday_monday(),
        Weekday::Tuesday => words.weekday_tuesday(),
        Weekday::Wednesday => words.weekday_wednesday(),
        Weekday::Thursday => words.weekday_thursday(),
        Weekday::Friday => words.weekday_friday(),
        Weekday::Saturday => words.weekday_saturday(),
        Weekday::Sunday => words.weekday_sunday(),
    }
}
