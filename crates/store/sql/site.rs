//! Queries about sites.

use async_trait::async_trait;
use model::{PhoneNumber, Site, SiteId};
use store::{
    Place, Result, SiteStore, Tenant,
    row::{PlaceRow, SiteRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, tables::unless_taken};

/// A query for site rows: the select, then the given tail.
macro_rules! sites {
    ($tail:literal $(, $argument:expr)*) => {
        sqlx::query_as!(
            SiteRow,
            r#"select id as "id: Uuid", enterprise_id as "enterprise_id: Uuid", name, country, main_number, created_at
               from site "# + $tail
            $(, $argument)*
        )
    };
}

#[async_trait]
impl SiteStore for Tx {
    async fn insert(&mut self, site: &Site) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into site (id, enterprise_id, name, country, main_number, created_at)
               values ($1, $2, $3, $4, $5, $6)
               on conflict (enterprise_id, name) do nothing"#,
            site.id.0,
            site.enterprise.0,
            site.name.as_str(),
            site.country.code(),
            site.main_number.as_ref().map(PhoneNumber::as_str),
            site.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn get(&mut self, tenant: Tenant, id: SiteId) -> Result<Option<Place>> {
        let row = sqlx::query_as!(
            PlaceRow,
            r#"select s.id as "id: Uuid", s.enterprise_id as "enterprise_id: Uuid", s.name, s.country,
                   s.main_number, s.created_at,
                   e.name as enterprise_name, e.domain, e.country as enterprise_country,
                   e.extension_min, e.extension_max, e.extension_default,
                   e.refuses_md5 as "refuses_md5: bool", e.max_calls, e.created_at as enterprise_created_at
               from site s
               join enterprise e on e.id = s.enterprise_id
               where s.id = $1 and s.enterprise_id = coalesce($2, s.enterprise_id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn update(&mut self, tenant: Tenant, site: &Site) -> Result<bool> {
        let done = sqlx::query!(
            r#"update site set name = $3, country = $4
               where id = $1 and enterprise_id = coalesce($2, enterprise_id)"#,
            site.id.0,
            tenant.enterprise().map(|e| e.0),
            site.name.as_str(),
            site.country.code(),
        )
        .execute(self.connection())
        .await;
        Ok(unless_taken(done)?.is_some_and(|done| done.rows_affected() == 1))
    }

    async fn update_main_number(
        &mut self,
        site: SiteId,
        number: Option<&PhoneNumber>,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"update site set main_number = $2
               where id = $1 and (cast($2 as text) is null or exists (select 1 from number where e164 = $2 and site_id = $1))"#,
            site.0,
            number.map(PhoneNumber::as_str),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list(&mut self, tenant: Tenant) -> Result<Vec<Site>> {
        let rows = match tenant {
            Tenant::Installation => {
                sites!("order by enterprise_id, name limit 1000")
                    .fetch_all(self.connection())
                    .await
            }
            Tenant::Enterprise(enterprise) => {
                sites!(
                    "where enterprise_id = $1 order by name limit 1000",
                    enterprise.0
                )
                .fetch_all(self.connection())
                .await
            }
        };
        all(rows.map_err(failed)?)
    }
}
