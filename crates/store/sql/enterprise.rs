//! Queries about enterprises.

use async_trait::async_trait;
use model::{Cursor, Enterprise, EnterpriseId, Limit, Page, Telephony};
use store::{EnterpriseStore, Result, Tenant, row::EnterpriseRow};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

#[async_trait]
impl EnterpriseStore for Tx {
    async fn insert(&mut self, enterprise: &Enterprise) -> Result<bool> {
        let rule = enterprise.extension_rule;
        let done = sqlx::query!(
            r#"insert into enterprise
                   (id, name, domain, country, extension_min, extension_max, extension_default,
                    refuses_md5, max_calls, created_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               on conflict (domain) do nothing"#,
            enterprise.id.0,
            enterprise.name.as_str(),
            enterprise.domain.as_str(),
            enterprise.country.code(),
            digits(rule.min),
            digits(rule.max),
            digits(rule.default),
            enterprise.telephony.refuses_md5,
            i64::from(enterprise.telephony.max_calls),
            enterprise.created_at.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn get(&mut self, tenant: Tenant, id: EnterpriseId) -> Result<Option<Enterprise>> {
        let row = sqlx::query_as!(
            EnterpriseRow,
            r#"select id as "id: Uuid", name, domain, country,
                   extension_min, extension_max, extension_default,
                   refuses_md5 as "refuses_md5: bool", max_calls, created_at
               from enterprise
               where id = $1 and id = coalesce($2, id)"#,
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn get_by_name(&mut self, name: &str) -> Result<Option<Enterprise>> {
        let row = sqlx::query_as!(
            EnterpriseRow,
            r#"select id as "id: Uuid", name, domain, country,
                   extension_min, extension_max, extension_default,
                   refuses_md5 as "refuses_md5: bool", max_calls, created_at
               from enterprise
               where name = $1 or domain = $1
               order by id
               limit 1"#,
            name,
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn update(&mut self, enterprise: &Enterprise) -> Result<()> {
        let rule = enterprise.extension_rule;
        sqlx::query!(
            r#"update enterprise set name = $2, country = $3, extension_min = $4, extension_max = $5, extension_default = $6
               where id = $1"#,
            enterprise.id.0,
            enterprise.name.as_str(),
            enterprise.country.code(),
            digits(rule.min),
            digits(rule.max),
            digits(rule.default),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn hold(&mut self, id: EnterpriseId) -> Result<()> {
        sqlx::query!(r#"update enterprise set name = name where id = $1"#, id.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn update_telephony(&mut self, id: EnterpriseId, telephony: Telephony) -> Result<()> {
        sqlx::query!(
            r#"update enterprise set refuses_md5 = $2, max_calls = $3 where id = $1"#,
            id.0,
            telephony.refuses_md5,
            i64::from(telephony.max_calls),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn count(&mut self) -> Result<i64> {
        sqlx::query_scalar!(r#"select count(*) as "count!: i64" from enterprise"#)
            .fetch_one(self.connection())
            .await
            .map_err(failed)
    }

    async fn list(&mut self, cursor: Option<&Cursor>, limit: Limit) -> Result<Page<Enterprise>> {
        // Walks the primary key: ids are in the order of creation.
        let rows = sqlx::query_as!(
            EnterpriseRow,
            r#"select id as "id: Uuid", name, domain, country,
                   extension_min, extension_max, extension_default,
                   refuses_md5 as "refuses_md5: bool", max_calls, created_at
               from enterprise
               where id > $1
               order by id
               limit $2"#,
            cursor.map_or(Uuid::nil(), |c| c.id),
            limit.and_one(),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        let items: Vec<Enterprise> = all(rows)?;
        Ok(Page::from_read(items, cursor, limit, |e| {
            (String::new(), e.id.0)
        }))
    }
}

fn digits(count: usize) -> i64 {
    i64::try_from(count).expect("at most six digits")
}
