//! Enterprises, sites, departments, and what belongs to them: numbers and licences.

use async_trait::async_trait;
use model::{
    Cursor, Department, DepartmentId, Enterprise, EnterpriseId, HeldNumber, Holder, Licence, Limit,
    Number, NumberRange, Page, PhoneNumber, Product, Site, SiteId, Telephony, UserGroup,
};

use crate::{Result, Tenant};

/// Enterprises.
#[async_trait]
pub trait EnterpriseStore: Send {
    /// Adds one; `false` when the domain is taken.
    async fn insert(&mut self, enterprise: &Enterprise) -> Result<bool>;
    /// The one with this id.
    async fn get(&mut self, tenant: Tenant, id: EnterpriseId) -> Result<Option<Enterprise>>;
    /// The one with this name; of several, the oldest. For the operator's command line.
    async fn get_by_name(&mut self, name: &str) -> Result<Option<Enterprise>>;
    /// Sets name, country and lengths of extensions.
    async fn update(&mut self, enterprise: &Enterprise) -> Result<()>;
    /// Holds the enterprise until the transaction ends: whoever else holds it waits.
    async fn hold(&mut self, id: EnterpriseId) -> Result<()>;
    /// Sets what the call engine keeps to.
    async fn update_telephony(&mut self, id: EnterpriseId, telephony: Telephony) -> Result<()>;
    /// How many there are.
    async fn count(&mut self) -> Result<i64>;
    /// All, by age.
    async fn list(&mut self, cursor: Option<&Cursor>, limit: Limit) -> Result<Page<Enterprise>>;
}

/// A site together with the enterprise whose rules hold there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The site.
    pub site: Site,
    /// Its enterprise.
    pub enterprise: Enterprise,
}

/// Sites.
#[async_trait]
pub trait SiteStore: Send {
    /// Adds one; `false` when the enterprise has one of that name.
    async fn insert(&mut self, site: &Site) -> Result<bool>;
    /// The one with this id, and its enterprise.
    async fn get(&mut self, tenant: Tenant, id: SiteId) -> Result<Option<Place>>;
    /// Sets name and country; `false` when the enterprise has another one of that name.
    async fn update(&mut self, tenant: Tenant, site: &Site) -> Result<bool>;
    /// Sets the main number to one of the site's own numbers, or none; `false` when it is not the site's.
    async fn update_main_number(
        &mut self,
        site: SiteId,
        number: Option<&PhoneNumber>,
    ) -> Result<bool>;
    /// All of a tenant, by name; at most 1,000.
    async fn list(&mut self, tenant: Tenant) -> Result<Vec<Site>>;
}

/// Departments.
#[async_trait]
pub trait DepartmentStore: Send {
    /// Adds one.
    async fn insert(&mut self, department: &Department) -> Result<()>;
    /// The one with this id at this site.
    async fn get(&mut self, site: SiteId, id: DepartmentId) -> Result<Option<Department>>;
    /// The one with this id, at any site of the tenant.
    async fn get_of(&mut self, tenant: Tenant, id: DepartmentId) -> Result<Option<Department>>;
    /// All of a site, by name; at most 1,000.
    async fn list(&mut self, site: SiteId) -> Result<Vec<Department>>;
    /// Sets name and parent; `false` when the site has no such department.
    async fn update(&mut self, department: &Department) -> Result<bool>;
    /// Deletes it; users and departments in it become the parent's. `false` when the site has no such department.
    async fn delete(&mut self, department: &Department) -> Result<bool>;
    /// How many users are in each department of a site itself.
    async fn count_users(&mut self, site: SiteId) -> Result<Vec<(DepartmentId, i64)>>;
}

/// Which numbers of a site are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFilter {
    /// Name of the state ([`model::NumberState::name`]).
    pub state: Option<String>,
    /// Folded text that occurs in the number, or in what its holder is found by.
    pub search: Option<String>,
}

/// The inventory of telephone numbers.
#[async_trait]
pub trait NumberStore: Send {
    /// Brings a range into a site and answers how many were new; those that exist anywhere are left as they are.
    async fn insert_range(
        &mut self,
        enterprise: EnterpriseId,
        site: SiteId,
        range: &NumberRange,
    ) -> Result<u64>;
    /// Gives a free number of the site to a user or virtual user; `false` when it is not free or not the site's. Of two who
    /// try at the same moment, one succeeds.
    async fn assign(&mut self, site: SiteId, number: &PhoneNumber, holder: Holder) -> Result<bool>;
    /// Takes the holder's number away; it is free in the same moment.
    async fn release(&mut self, site: SiteId, holder: Holder) -> Result<()>;
    /// The number, whosever it is: whoever calls it says no enterprise.
    async fn get(&mut self, number: &PhoneNumber) -> Result<Option<Number>>;
    /// Whether the number is one of the site's free ones.
    async fn is_available(&mut self, site: SiteId, number: &PhoneNumber) -> Result<bool>;
    /// Keeps a free number back, or releases it; `false` when it is not the site's or somebody has it.
    async fn set_reserved(
        &mut self,
        site: SiteId,
        number: &PhoneNumber,
        reserved: bool,
    ) -> Result<bool>;
    /// Numbers of a site in ascending order, all or only the free ones.
    async fn list(
        &mut self,
        site: SiteId,
        available_only: bool,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Number>>;
    /// Free numbers of a site with these digits in them, in ascending order.
    async fn list_free(
        &mut self,
        site: SiteId,
        digits: &str,
        limit: Limit,
    ) -> Result<Vec<PhoneNumber>>;
    /// Numbers of a site in ascending order, each with who has it.
    async fn list_held(
        &mut self,
        site: SiteId,
        filter: &NumberFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<HeldNumber>>;
    /// Removes a free number of the site; `false` when it is not free or not the site's.
    async fn delete(&mut self, site: SiteId, number: &PhoneNumber) -> Result<bool>;
    /// How many numbers of a site there are, and how many are free.
    async fn count(&mut self, site: SiteId) -> Result<(i64, i64)>;
}

/// Licences of an enterprise.
#[async_trait]
pub trait LicenceStore: Send {
    /// Sets how many the enterprise holds; `false` when more are in use.
    async fn set_total(
        &mut self,
        enterprise: EnterpriseId,
        product: Product,
        total: i64,
    ) -> Result<bool>;
    /// Takes one; `false` when none is left.
    async fn take(&mut self, enterprise: EnterpriseId, product: Product) -> Result<bool>;
    /// Gives one back.
    async fn give_back(&mut self, enterprise: EnterpriseId, product: Product) -> Result<()>;
    /// All that the enterprise holds.
    async fn list(&mut self, enterprise: EnterpriseId) -> Result<Vec<Licence>>;
    /// What the users of an enterprise use, or those of one of its sites.
    async fn list_use(
        &mut self,
        enterprise: EnterpriseId,
        site: Option<SiteId>,
    ) -> Result<Vec<UserGroup>>;
}
