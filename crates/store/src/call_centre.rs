//! Call centres: how they queue, who is in them, what became of their calls.

use async_trait::async_trait;
use model::{
    EnterpriseId, HuntMember, Membership, SiteId, State, Timestamp, UserId, VirtualUser,
    VirtualUserId,
    call_centre::{AgentState, CallCentre, CallCentreSettings, Departure, Figures, Schedule},
};
use uuid::Uuid;

use crate::{Result, Tenant};

/// An agent's seat, with whom it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentSeat {
    /// Who, and the share of the calls.
    pub member: HuntMember,
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// The user's state; the seat is live when it is active (S7).
    pub user_state: State,
    /// What the agent says to be doing.
    pub state: AgentState,
    /// Since when.
    pub since: Timestamp,
}

/// A supervisor of a call centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisorSeat {
    /// Who.
    pub user: UserId,
    /// Of which enterprise.
    pub enterprise: EnterpriseId,
    /// At which site.
    pub site: SiteId,
    /// First and last name.
    pub name: String,
    /// Extension.
    pub extension: String,
    /// Whether the user has the service that the application for supervisors needs (U8).
    pub has_service: bool,
}

/// A call that has left, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCall {
    /// Identity.
    pub id: Uuid,
    /// Who called, as the phones were shown it.
    pub caller: String,
    /// When it came.
    pub entered_at: Timestamp,
    /// The name of who took it, and when.
    pub answered: Option<(String, Timestamp)>,
    /// When it left.
    pub left_at: Timestamp,
    /// How.
    pub departure: Departure,
    /// How often an agent was rung.
    pub offers: i64,
    /// How often it came back to the queue.
    pub bounces: i64,
}

/// A step of a call's way, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastStep {
    /// When.
    pub at: Timestamp,
    /// `offered`, `bounced` or `answered`.
    pub kind: String,
    /// Whose phone.
    pub user: Option<UserId>,
    /// The agent's name at that time.
    pub name: String,
    /// Why it came back.
    pub why: Option<String>,
}

/// A call that has left, with its way, before it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPastCall {
    /// The call.
    pub call: PastCall,
    /// Who took it.
    pub answered_by: Option<UserId>,
    /// Its way.
    pub steps: Vec<PastStep>,
}

/// What an agent has done in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgentFigures {
    /// How often the phone was rung.
    pub offered: i64,
    /// How many calls the agent took.
    pub answered: i64,
    /// How many offers came back.
    pub bounced: i64,
}

/// Call centres.
#[async_trait]
pub trait CallCentreStore: Send {
    /// Sets how the virtual user queues.
    async fn put(&mut self, id: VirtualUserId, settings: &CallCentreSettings) -> Result<()>;
    /// Sets who its agents are, in this order; who was one keeps the state, new ones are signed out.
    async fn put_agents(
        &mut self,
        id: VirtualUserId,
        agents: &[HuntMember],
        at: Timestamp,
    ) -> Result<()>;
    /// Sets who its supervisors are.
    async fn put_supervisors(&mut self, id: VirtualUserId, supervisors: &[UserId]) -> Result<()>;
    /// The one with this id, with agents and supervisors.
    async fn get(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Option<CallCentre>>;
    /// Its agents in order, with names and states.
    async fn list_agents(&mut self, tenant: Tenant, id: VirtualUserId) -> Result<Vec<AgentSeat>>;
    /// Its supervisors by name.
    async fn list_supervisors(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
    ) -> Result<Vec<SupervisorSeat>>;
    /// The call centres that a user is an agent of, by name; at most 1,000.
    async fn list_of_agent(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<VirtualUser>>;
    /// The call centres that a user supervises, by name; at most 1,000.
    async fn list_of_supervisor(
        &mut self,
        tenant: Tenant,
        user: UserId,
    ) -> Result<Vec<VirtualUser>>;
    /// The call centres that a user is an agent or supervisor of, each once, by name; at most 1,000.
    async fn list_of_member(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Membership>>;
    /// Sets what an agent is doing; `false` when the user is none.
    async fn update_agent(
        &mut self,
        id: VirtualUserId,
        user: UserId,
        state: &AgentState,
        since: Timestamp,
    ) -> Result<bool>;
    /// Writes down a call that has left.
    async fn insert_call(&mut self, id: VirtualUserId, call: &NewPastCall) -> Result<()>;
    /// Calls that came in a period, the newest first, before the one with this time and id.
    async fn list_calls(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        since: Timestamp,
        before: (Timestamp, Uuid),
        limit: i64,
    ) -> Result<Vec<PastCall>>;
    /// The way of a call of the call centre.
    async fn list_steps(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        call: Uuid,
    ) -> Result<Vec<PastStep>>;
    /// The figures of the calls that came since a moment.
    async fn figures(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        since: Timestamp,
        service_level_s: u16,
    ) -> Result<Figures>;
    /// What an agent has done since a moment.
    async fn agent_figures(
        &mut self,
        tenant: Tenant,
        id: VirtualUserId,
        user: UserId,
        since: Timestamp,
    ) -> Result<AgentFigures>;
    /// When a site is open.
    async fn schedule(&mut self, tenant: Tenant, site: SiteId) -> Result<Schedule>;
    /// Sets when a site is open.
    async fn put_schedule(&mut self, site: SiteId, schedule: &Schedule) -> Result<()>;
}
