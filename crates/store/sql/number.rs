//! Queries about telephone numbers and licences.

use async_trait::async_trait;
use model::{
    Cursor, EnterpriseId, HeldNumber, Holder, Licence, Limit, Number, NumberRange, Page,
    PhoneNumber, Product, SiteId, UserGroup,
};
use store::{
    Error, LicenceStore, NumberFilter, NumberStore, Result,
    row::{HeldNumberRow, LicenceRow, NumberRow, UserGroupRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, user_list::pattern};

/// Numbers of a site with who has them, from a place in the index of the site's numbers.
macro_rules! held {
    ($place:literal, $order:literal, $site:expr, $key:expr, $state:expr, $search:expr, $limit:expr) => {
        sqlx::query_as!(
            HeldNumberRow,
            r#"select n.e164, n.site_id as "site_id: Uuid", n.user_id as "user_id: Uuid",
                   n.virtual_user_id as "virtual_user_id: Uuid", n.reserved as "reserved: bool",
                   u.first_name as "first_name?", u.last_name as "last_name?", v.name as "group_name?"
               from number n
               left join "user" u on u.id = n.user_id
               left join virtual_user v on v.id = n.virtual_user_id
               where n.site_id = $1 and "#
                + $place
                + r#" and (cast($3 as text) is null
                       or $3 = case when n.user_id is not null or n.virtual_user_id is not null then 'assigned' when n.reserved then 'reserved' else 'free' end)
                   and (cast($4 as text) is null or n.e164 like $4 escape '!' or u.search_text like $4 escape '!'
                       or v.search_text like $4 escape '!')
               order by n.e164 "#
                + $order
                + " limit $5",
            $site,
            $key,
            $state,
            $search,
            $limit
        )
    };
}

#[async_trait]
impl NumberStore for Tx {
    async fn insert_range(
        &mut self,
        enterprise: EnterpriseId,
        site: SiteId,
        range: &NumberRange,
    ) -> Result<u64> {
        let (first, last) = range.bounds();
        let done = sqlx::query!(
            r#"with recursive digits (value) as (
                   select cast($3 as bigint)
                   union all
                   select value + 1 from digits where value < cast($4 as bigint)
               )
               insert into number (e164, enterprise_id, site_id, reserved)
               select '+' || cast(value as text), $1, $2, false from digits where true
               on conflict (e164) do nothing"#,
            enterprise.0,
            site.0,
            first,
            last,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected())
    }

    async fn assign(&mut self, site: SiteId, number: &PhoneNumber, holder: Holder) -> Result<bool> {
        let done = sqlx::query!(
            r#"update number set user_id = $1, virtual_user_id = $4
               where e164 = $2 and site_id = $3 and user_id is null and virtual_user_id is null and not reserved"#,
            holder.user().map(|id| id.0),
            number.as_str(),
            site.0,
            holder.virtual_user().map(|id| id.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn release(&mut self, site: SiteId, holder: Holder) -> Result<()> {
        let done = match holder {
            Holder::User(id) => {
                sqlx::query!(
                    r#"update number set user_id = null where user_id = $1 and site_id = $2"#,
                    id.0,
                    site.0,
                )
                .execute(self.connection())
                .await
            }
            Holder::VirtualUser(id) => {
                sqlx::query!(
                    r#"update number set virtual_user_id = null where virtual_user_id = $1 and site_id = $2"#,
                    id.0,
                    site.0,
                )
                .execute(self.connection())
                .await
            }
        };
        done.map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, number: &PhoneNumber) -> Result<Option<Number>> {
        let row = sqlx::query_as!(
            NumberRow,
            r#"select e164, site_id as "site_id: Uuid", user_id as "user_id: Uuid",
                   virtual_user_id as "virtual_user_id: Uuid", reserved as "reserved: bool"
               from number where e164 = $1"#,
            number.as_str(),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn is_available(&mut self, site: SiteId, number: &PhoneNumber) -> Result<bool> {
        let found = sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from number
               where e164 = $1 and site_id = $2 and user_id is null and virtual_user_id is null and not reserved"#,
            number.as_str(),
            site.0,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok(found == 1)
    }

    async fn set_reserved(
        &mut self,
        site: SiteId,
        number: &PhoneNumber,
        reserved: bool,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"update number set reserved = $1 where e164 = $2 and site_id = $3 and user_id is null and virtual_user_id is null"#,
            reserved,
            number.as_str(),
            site.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list(
        &mut self,
        site: SiteId,
        available_only: bool,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<Number>> {
        let after = cursor.map_or("", |c| c.key.as_str());
        // The free ones have an index of their own, so that they are found at once among any number of assigned ones.
        let rows = if available_only {
            sqlx::query_as!(
                NumberRow,
                r#"select e164, site_id as "site_id: Uuid", user_id as "user_id: Uuid",
                   virtual_user_id as "virtual_user_id: Uuid", reserved as "reserved: bool"
                   from number
                   where site_id = $1 and e164 > $2 and user_id is null and virtual_user_id is null and not reserved
                   order by e164
                   limit $3"#,
                site.0,
                after,
                limit.and_one(),
            )
            .fetch_all(self.connection())
            .await
        } else {
            sqlx::query_as!(
                NumberRow,
                r#"select e164, site_id as "site_id: Uuid", user_id as "user_id: Uuid",
                   virtual_user_id as "virtual_user_id: Uuid", reserved as "reserved: bool"
                   from number
                   where site_id = $1 and e164 > $2
                   order by e164
                   limit $3"#,
                site.0,
                after,
                limit.and_one(),
            )
            .fetch_all(self.connection())
            .await
        };
        let items: Vec<Number> = all(rows.map_err(failed)?)?;
        Ok(Page::from_read(items, cursor, limit, |n| {
            (n.number.to_string(), Uuid::nil())
        }))
    }

    async fn list_free(
        &mut self,
        site: SiteId,
        digits: &str,
        limit: Limit,
    ) -> Result<Vec<PhoneNumber>> {
        let pattern = format!("%{digits}%");
        let rows = sqlx::query_scalar!(
            r#"select e164 from number
               where site_id = $1 and user_id is null and virtual_user_id is null and not reserved and e164 like $2
               order by e164
               limit $3"#,
            site.0,
            pattern,
            limit.and_one() - 1,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let number = |e164: String| e164.parse().map_err(|_| Error::Corrupt { what: "number" });
        rows.into_iter().map(number).collect()
    }

    async fn list_held(
        &mut self,
        site: SiteId,
        filter: &NumberFilter,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<HeldNumber>> {
        let state = filter.state.as_deref();
        let search = filter.search.as_deref().map(pattern);
        let limit_and_one = limit.and_one();
        let rows = match cursor {
            Some(Cursor {
                key,
                backwards: true,
                ..
            }) => {
                held!(
                    "n.e164 < $2",
                    "desc",
                    site.0,
                    key,
                    state,
                    search,
                    limit_and_one
                )
                .fetch_all(self.connection())
                .await
            }
            Some(Cursor {
                key,
                backwards: false,
                ..
            }) => {
                held!("n.e164 > $2", "", site.0, key, state, search, limit_and_one)
                    .fetch_all(self.connection())
                    .await
            }
            None => {
                held!("n.e164 > $2", "", site.0, "", state, search, limit_and_one)
                    .fetch_all(self.connection())
                    .await
            }
        };
        let items: Vec<HeldNumber> = all(rows.map_err(failed)?)?;
        Ok(Page::from_read(items, cursor, limit, |held| {
            (held.number.number.to_string(), Uuid::nil())
        }))
    }

    async fn delete(&mut self, site: SiteId, number: &PhoneNumber) -> Result<bool> {
        let done = sqlx::query!(
            r#"delete from number where e164 = $1 and site_id = $2 and user_id is null and virtual_user_id is null and not reserved"#,
            number.as_str(),
            site.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn count(&mut self, site: SiteId) -> Result<(i64, i64)> {
        let row = sqlx::query!(
            r#"select
                   (select count(*) from number where site_id = $1) as "total!: i64",
                   (select count(*) from number where site_id = $1 and user_id is null and virtual_user_id is null and not reserved)
                       as "available!: i64""#,
            site.0,
        )
        .fetch_one(self.connection())
        .await
        .map_err(failed)?;
        Ok((row.total, row.available))
    }
}

#[async_trait]
impl LicenceStore for Tx {
    async fn set_total(
        &mut self,
        enterprise: EnterpriseId,
        product: Product,
        total: i64,
    ) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into licence (enterprise_id, product, total, used)
               values ($1, $2, $3, 0)
               on conflict (enterprise_id, product) do update set total = excluded.total
               where licence.used <= excluded.total"#,
            enterprise.0,
            product.id(),
            total,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn take(&mut self, enterprise: EnterpriseId, product: Product) -> Result<bool> {
        let done = sqlx::query!(
            r#"update licence set used = used + 1 where enterprise_id = $1 and product = $2 and used < total"#,
            enterprise.0,
            product.id(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn give_back(&mut self, enterprise: EnterpriseId, product: Product) -> Result<()> {
        sqlx::query!(
            r#"update licence set used = used - 1 where enterprise_id = $1 and product = $2"#,
            enterprise.0,
            product.id(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn list(&mut self, enterprise: EnterpriseId) -> Result<Vec<Licence>> {
        let rows = sqlx::query_as!(
            LicenceRow,
            r#"select product, total, used from licence where enterprise_id = $1 order by product"#,
            enterprise.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn list_use(
        &mut self,
        enterprise: EnterpriseId,
        site: Option<SiteId>,
    ) -> Result<Vec<UserGroup>> {
        // Walks the index that holds just this, in its order.
        let rows = match site {
            None => {
                sqlx::query_as!(
                    UserGroupRow,
                    r#"select site_id as "site_id: Uuid", state, package, services, count(*) as "users!: i64"
                       from "user"
                       where enterprise_id = $1
                       group by site_id, state, package, services"#,
                    enterprise.0,
                )
                .fetch_all(self.connection())
                .await
            }
            Some(site) => {
                sqlx::query_as!(
                    UserGroupRow,
                    r#"select site_id as "site_id: Uuid", state, package, services, count(*) as "users!: i64"
                       from "user"
                       where enterprise_id = $1 and site_id = $2
                       group by site_id, state, package, services"#,
                    enterprise.0,
                    site.0,
                )
                .fetch_all(self.connection())
                .await
            }
        };
        all(rows.map_err(failed)?)
    }
}
