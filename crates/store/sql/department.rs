//! Queries about departments.

use async_trait::async_trait;
use model::{Department, DepartmentId, SiteId};
use store::{DepartmentStore, Result, Tenant, row::DepartmentRow};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed};

/// A query for department rows: the select, then the given tail.
macro_rules! departments {
    ($tail:literal $(, $argument:expr)* $(,)?) => {
        sqlx::query_as!(
            DepartmentRow,
            r#"select d.id as "id: Uuid", d.site_id as "site_id: Uuid", d.parent_id as "parent_id: Uuid", d.name
               from department d "# + $tail
            $(, $argument)*
        )
    };
}

#[async_trait]
impl DepartmentStore for Tx {
    async fn insert(&mut self, department: &Department) -> Result<()> {
        sqlx::query!(
            r#"insert into department (id, site_id, parent_id, name) values ($1, $2, $3, $4)"#,
            department.id.0,
            department.site.0,
            department.parent.map(|d| d.0),
            department.name.as_str(),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }

    async fn get(&mut self, site: SiteId, id: DepartmentId) -> Result<Option<Department>> {
        let row = departments!("where d.id = $1 and d.site_id = $2", id.0, site.0)
            .fetch_optional(self.connection())
            .await
            .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn get_of(&mut self, tenant: Tenant, id: DepartmentId) -> Result<Option<Department>> {
        let row = departments!(
            "join site s on s.id = d.site_id where d.id = $1 and s.enterprise_id = coalesce($2, s.enterprise_id)",
            id.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map(TryInto::try_into).transpose()
    }

    async fn list(&mut self, site: SiteId) -> Result<Vec<Department>> {
        let rows = departments!("where d.site_id = $1 order by d.name limit 1000", site.0)
            .fetch_all(self.connection())
            .await
            .map_err(failed)?;
        all(rows)
    }

    async fn update(&mut self, department: &Department) -> Result<bool> {
        let done = sqlx::query!(
            r#"update department set name = $3, parent_id = $4 where id = $1 and site_id = $2"#,
            department.id.0,
            department.site.0,
            department.name.as_str(),
            department.parent.map(|d| d.0),
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete(&mut self, department: &Department) -> Result<bool> {
        let (id, site) = (department.id.0, department.site.0);
        let parent = department.parent.map(|d| d.0);
        sqlx::query!(
            r#"update department set parent_id = $3 where parent_id = $1 and site_id = $2"#,
            id,
            site,
            parent,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update "user" set department_id = $3, version = version + 1 where department_id = $1 and site_id = $2"#,
            id,
            site,
            parent,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update team set department_id = $3, version = version + 1 where department_id = $1 and site_id = $2"#,
            id,
            site,
            parent,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        sqlx::query!(
            r#"update virtual_user set department_id = $3, version = version + 1 where department_id = $1 and site_id = $2"#,
            id,
            site,
            parent,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        let done = sqlx::query!(
            r#"delete from department where id = $1 and site_id = $2"#,
            id,
            site
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn count_users(&mut self, site: SiteId) -> Result<Vec<(DepartmentId, i64)>> {
        // One look into the index of departments' users for each department.
        let rows = sqlx::query!(
            r#"select d.id as "id: Uuid",
                   (select count(*) from "user" u where u.department_id = d.id) as "users!: i64"
               from department d
               where d.site_id = $1
               order by d.name
               limit 1000"#,
            site.0,
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        Ok(rows
            .into_iter()
            .map(|row| (DepartmentId(row.id), row.users))
            .collect())
    }
}
