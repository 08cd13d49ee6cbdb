//! Enterprises with sites, numbers and licences.

use model::{Enterprise, EnterpriseId, Product, Site, SiteId, fold};
use service::{
    Actor,
    enterprise::{self, AddEnterprise},
    licence, number, site,
};

use crate::TestSystem;

/// How many numbers a site begins with.
const NUMBERS: u32 = 20;
/// How many licences of each product an enterprise begins with.
const LICENCES: i64 = 25;

/// An enterprise with a site, an administrator, 25 licences of each product.
pub struct TestEnterprise {
    /// The enterprise.
    pub enterprise: Enterprise,
    /// Its first site, Düsseldorf.
    pub site: TestSite,
    /// Its administrator, by an API token.
    pub admin: Actor,
}

impl TestEnterprise {
    /// Identity.
    #[must_use]
    pub fn id(&self) -> EnterpriseId {
        self.enterprise.id
    }

    /// What stands behind the `@` of a login.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.enterprise.domain.as_str()
    }
}

/// A site with 20 numbers.
pub struct TestSite {
    /// The site.
    pub site: Site,
    /// Its first number.
    pub first_number: String,
}

impl TestSite {
    /// Identity.
    #[must_use]
    pub fn id(&self) -> SiteId {
        self.site.id
    }

    /// Name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.site.name.as_str()
    }
}

impl TestSystem {
    /// Adds an enterprise with one site; its domain is the name, folded: `muster-gmbh`.
    pub async fn enterprise(&self, name: &str) -> TestEnterprise {
        let request = AddEnterprise {
            name: name.to_owned(),
            domain: fold(name).replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
            country: "DE".to_owned(),
        };
        let enterprise = enterprise::add(&self.env, &self.operator, &request)
            .await
            .unwrap();
        let totals: Vec<_> = Product::all().map(|product| (product, LICENCES)).collect();
        let set = licence::set(&self.env, &self.operator, enterprise.id, &totals).await;
        set.unwrap();
        let site = self.site(enterprise.id, "Düsseldorf").await;
        let token = super::access::by_token(
            &self.env,
            model::Role::EnterpriseAdmin,
            Some(enterprise.domain.as_str()),
            None,
        );
        TestEnterprise {
            admin: token.await,
            enterprise,
            site,
        }
    }

    /// Sets how many licences of a product the enterprise holds.
    pub async fn set_licences(&self, enterprise: EnterpriseId, product: Product, total: i64) {
        licence::set(&self.env, &self.operator, enterprise, &[(product, total)])
            .await
            .unwrap();
    }

    /// Adds a site in Germany with numbers whose last four digits no other site has.
    pub async fn site(&self, enterprise: EnterpriseId, name: &str) -> TestSite {
        let sites = site::list(&self.env, &self.operator, None)
            .await
            .unwrap()
            .len();
        let first_number = 492_115_551_000_u64 + 100 * sites as u64;
        let site = site::add(&self.env, &self.operator, enterprise, name, "DE")
            .await
            .unwrap();
        let first_number = format!("+{first_number}");
        self.import_numbers(site.id, &first_number, NUMBERS).await;
        TestSite { site, first_number }
    }

    /// Brings this many numbers into a site.
    pub async fn import_numbers(&self, site: SiteId, first: &str, count: u32) {
        let last = first[1..].parse::<u64>().unwrap() + u64::from(count) - 1;
        number::import_range(&self.env, &self.operator, site, first, &format!("+{last}"))
            .await
            .unwrap();
    }
}
