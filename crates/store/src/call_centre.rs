//! Call centres: how they queue, and who is in them.

use crate::{Result, Tenant};
use async_trait::async_trait;
use model::{
    EnterpriseId, HuntMember, Membership, SiteId, State, Timestamp, UserId, VirtualUser,
    VirtualUserId,
    call_centre::{AgentState, CallCentre, CallCentreSettings, Schedule},
};

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
    /// When a site is open.
    async fn schedule(&mut self, tenant: Tenant, site: SiteId) -> Result<Schedule>;
    /// Sets when a site is open.
    async fn put_schedule(&mut self, site: SiteId, schedule: &Schedule) -> Result<()>;
}
