//! What the users of a site use: how many in each state, with each package and service (R5).

use crate::{Package, Product, Service, SiteId};

/// Users of one site who have state, package and services in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserGroup {
    /// The site.
    pub site: SiteId,
    /// Name of the state ([`crate::State::name`]).
    pub state: String,
    /// The package.
    pub package: Package,
    /// The services.
    pub services: Vec<Service>,
    /// How many users.
    pub users: i64,
}

/// What the users of a site, or of several, use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenceUse(Vec<UserGroup>);

impl LicenceUse {
    /// Of these users.
    #[must_use]
    pub fn new(groups: Vec<UserGroup>) -> Self {
        Self(groups)
    }

    /// The part of one site.
    #[must_use]
    pub fn of_site(&self, site: SiteId) -> Self {
        let own = self.0.iter().filter(|group| group.site == site);
        Self(own.cloned().collect())
    }

    /// How many users there are.
    #[must_use]
    pub fn users(&self) -> i64 {
        self.0.iter().map(|group| group.users).sum()
    }

    /// How many are in the state of this name.
    #[must_use]
    pub fn in_state(&self, name: &str) -> i64 {
        let these = self.0.iter().filter(|group| group.state == name);
        these.map(|group| group.users).sum()
    }

    /// How many have this package or service.
    #[must_use]
    pub fn of(&self, product: Product) -> i64 {
        let has = |group: &&UserGroup| match product {
            Product::Package(package) => group.package == package,
            Product::Service(service) => group.services.contains(&service),
        };
        self.0.iter().filter(has).map(|group| group.users).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn r5_use_is_counted_by_site_state_package_and_service() {
        let site = |n| SiteId(Uuid::from_u128(n));
        let group = |n, state: &str, services: &[Service], users| UserGroup {
            site: site(n),
            state: state.to_owned(),
            package: Package::Standard,
            services: services.to_vec(),
            users,
        };
        let all = LicenceUse::new(vec![
            group(1, "activated", &[Service::Voicemail], 3),
            group(1, "pending", &[], 2),
            group(2, "activated", &[Service::Voicemail], 5),
        ]);
        assert_eq!((all.users(), all.in_state("activated")), (10, 8));
        let first = all.of_site(site(1));
        assert_eq!(first.of(Product::Package(Package::Standard)), 5);
        assert_eq!(first.of(Product::Service(Service::Voicemail)), 3);
        assert_eq!(first.of(Product::Package(Package::Basic)), 0);
    }
}
