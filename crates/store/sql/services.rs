//! Queries about call services, profiles and the phone book.

use async_trait::async_trait;
use model::{
    CallServices, Cursor, EnterpriseId, ForwardKind, ForwardTarget, Limit, Page, Profile, UserId,
};
use store::{
    CallServicesStore, Forwarding, PhoneBookEntry, ProfileStore, Result, Tenant, VirtualUserList,
    VirtualUserScope,
    row::{CallServicesRow, ForwardingRow, PhoneBookRow, ProfileRow, VirtualUserRow},
};
use uuid::Uuid;

use crate::{Connected, Tx, all, failed, user_list::pattern};

#[async_trait]
impl CallServicesStore for Tx {
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<CallServices> {
        // One question for each call that is routed: the user's row with up to four forwards.
        let rows = sqlx::query_as!(
            CallServicesRow,
            r#"select s.do_not_disturb as "do_not_disturb?: bool", s.do_not_disturb_until as "do_not_disturb_until?: i64",
                   s.withholds_number as "withholds_number?: bool", s.barring as "barring?: String",
                   s.version as "version?: i64", f.kind as "kind?: String", f.target_user_id as "target_user_id?: Uuid",
                   f.target_number as "target_number?: String", f.from_at as "from_at?: i64",
                   f.until_at as "until_at?: i64", f.rings as "rings?: i64"
               from "user" u
               left join call_services s on s.user_id = u.id
               left join call_forward f on f.user_id = u.id
               where u.id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        CallServicesRow::together(rows)
    }

    async fn update(
        &mut self,
        tenant: Tenant,
        user: UserId,
        services: &CallServices,
    ) -> Result<bool> {
        let dnd = services.do_not_disturb;
        let done = sqlx::query!(
            r#"insert into call_services (user_id, do_not_disturb, do_not_disturb_until, withholds_number, barring, version)
               select id, $3, $4, $5, $6, cast($7 as bigint) + 1 from "user"
               where id = $1 and enterprise_id = coalesce($2, enterprise_id)
               on conflict (user_id) do update
               set do_not_disturb = excluded.do_not_disturb, do_not_disturb_until = excluded.do_not_disturb_until,
                   withholds_number = excluded.withholds_number, barring = excluded.barring, version = excluded.version
               where call_services.version = excluded.version - 1"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
            dnd.is_some(),
            dnd.and_then(|dnd| dnd.until).map(|until| until.0),
            services.withholds_number,
            services.barring.id(),
            services.version,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        if done.rows_affected() != 1 {
            return Ok(false);
        }
        self.put_forwards(user, services).await?;
        Ok(true)
    }

    async fn list_forwards_to(&mut self, tenant: Tenant, user: UserId) -> Result<Vec<Forwarding>> {
        let rows = sqlx::query_as!(
            ForwardingRow,
            r#"select u.id as "id: Uuid", u.enterprise_id as "enterprise_id: Uuid", u.site_id as "site_id: Uuid",
                   u.first_name, u.last_name, f.kind
               from call_forward f join "user" u on u.id = f.user_id
               where f.target_user_id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)
               order by u.sort_name, u.id, f.kind
               limit 1000"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_all(self.connection())
        .await
        .map_err(failed)?;
        all(rows)
    }

    async fn touch_forwards_to(&mut self, user: UserId) -> Result<()> {
        sqlx::query!(
            r#"update call_services set version = version + 1
               where user_id in (select user_id from call_forward where target_user_id = $1)"#,
            user.0,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(())
    }
}

impl Tx {
    /// The forwards of a user whose tenant was checked.
    async fn put_forwards(&mut self, user: UserId, services: &CallServices) -> Result<()> {
        sqlx::query!(r#"delete from call_forward where user_id = $1"#, user.0)
            .execute(self.connection())
            .await
            .map_err(failed)?;
        let period = services.always.as_ref().map(|always| always.period);
        let rings = services.no_answer.as_ref().map(|forward| forward.rings);
        for (kind, target) in services.targets() {
            let (target_user, number) = match target {
                ForwardTarget::User(id) => (Some(id.0), None),
                ForwardTarget::Number(number) => (None, Some(number.as_str())),
            };
            let period = period.filter(|_| kind == ForwardKind::Always);
            let rings = rings.filter(|_| kind == ForwardKind::NoAnswer);
            sqlx::query!(
                r#"insert into call_forward (user_id, kind, target_user_id, target_number, from_at, until_at, rings)
                   values ($1, $2, $3, $4, $5, $6, $7)"#,
                user.0,
                kind.id(),
                target_user,
                number,
                period.and_then(|period| period.from).map(|at| at.0),
                period.and_then(|period| period.until).map(|at| at.0),
                rings.map(|rings| i64::from(rings.count())),
            )
            .execute(self.connection())
            .await
            .map_err(failed)?;
        }
        Ok(())
    }
}

/// A query for lines of the phone book in reading direction.
macro_rules! phone_book {
    ($tx:ident, $after:literal, $order:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            PhoneBookRow,
            r#"select u.id as "id: Uuid", u.first_name, u.last_name, u.sort_name, u.extension, u.desk_phone_type,
                   n.e164 as number, p.hides_phone_state as "hides_phone_state?: bool"
               from "user" u
               join number n on n.user_id = u.id
               left join profile p on p.user_id = u.id
               where u.enterprise_id = $1 and coalesce(p.is_unlisted, false) = false
               and (cast($2 as text) is null or u.search_text like $2 escape '!')
               and (u.sort_name, u.id) "# + $after + r#" ($3, $4)
               order by "# + $order + r#" limit $5"#,
            $($argument),*
        )
        .fetch_all($tx.connection())
        .await
    };
}

/// A line of the phone book before it is read.
enum Line {
    User(PhoneBookRow),
    Group(VirtualUserRow),
}

impl Line {
    fn place(&self) -> (String, Uuid) {
        match self {
            Self::User(row) => (row.sort_name.clone(), row.id),
            Self::Group(row) => (row.sort_name.clone(), row.id),
        }
    }

    fn entry(self) -> Result<PhoneBookEntry> {
        match self {
            Self::User(row) => row.try_into(),
            Self::Group(row) => row.try_into(),
        }
    }
}

/// Two reads in reading direction as one, no longer than each may be.
fn merged(
    users: Vec<PhoneBookRow>,
    groups: Vec<VirtualUserRow>,
    backwards: bool,
    limit: Limit,
) -> Vec<Line> {
    let users = users.into_iter().map(Line::User);
    let groups = groups.into_iter().map(Line::Group);
    let mut lines: Vec<_> = users.chain(groups).collect();
    lines.sort_by_key(Line::place);
    if backwards {
        lines.reverse();
    }
    lines.truncate(limit.get() + 1);
    lines
}

#[async_trait]
impl ProfileStore for Tx {
    async fn get(&mut self, tenant: Tenant, user: UserId) -> Result<Profile> {
        let row = sqlx::query_as!(
            ProfileRow,
            r#"select p.time_zone, p.is_unlisted as "is_unlisted: bool",
                   p.hides_phone_state as "hides_phone_state: bool", p.version
               from profile p join "user" u on u.id = p.user_id
               where p.user_id = $1 and u.enterprise_id = coalesce($2, u.enterprise_id)"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
        )
        .fetch_optional(self.connection())
        .await
        .map_err(failed)?;
        row.map_or(Ok(Profile::default()), TryInto::try_into)
    }

    async fn update(&mut self, tenant: Tenant, user: UserId, profile: &Profile) -> Result<bool> {
        let done = sqlx::query!(
            r#"insert into profile (user_id, time_zone, is_unlisted, hides_phone_state, version)
               select id, $3, $4, $5, cast($6 as bigint) + 1 from "user"
               where id = $1 and enterprise_id = coalesce($2, enterprise_id)
               on conflict (user_id) do update
               set time_zone = excluded.time_zone, is_unlisted = excluded.is_unlisted,
                   hides_phone_state = excluded.hides_phone_state, version = excluded.version
               where profile.version = excluded.version - 1"#,
            user.0,
            tenant.enterprise().map(|e| e.0),
            profile.time_zone.map(model::ZoneName::as_str),
            profile.is_unlisted,
            profile.hides_phone_state,
            profile.version,
        )
        .execute(self.connection())
        .await
        .map_err(failed)?;
        Ok(done.rows_affected() == 1)
    }

    async fn list_phone_book(
        &mut self,
        enterprise: EnterpriseId,
        typed: Option<&str>,
        cursor: Option<&Cursor>,
        limit: Limit,
    ) -> Result<Page<PhoneBookEntry>> {
        let search = typed.map(pattern);
        let backwards = cursor.is_some_and(|cursor| cursor.backwards);
        let key = cursor.map_or("", |cursor| cursor.key.as_str());
        let id = cursor.map_or(Uuid::nil(), |cursor| cursor.id);
        let rows = if backwards {
            phone_book!(
                self,
                "<",
                "u.sort_name desc, u.id desc",
                enterprise.0,
                search,
                key,
                id,
                limit.and_one()
            )
        } else {
            phone_book!(
                self,
                ">",
                "u.sort_name, u.id",
                enterprise.0,
                search,
                key,
                id,
                limit.and_one()
            )
        };
        let users = rows.map_err(failed)?;
        let list = VirtualUserList {
            scope: VirtualUserScope::Enterprise(enterprise),
            kind: None,
            search: typed.map(ToOwned::to_owned),
            cursor: cursor.cloned(),
            limit,
        };
        let groups = self.virtual_user_rows(&list).await?;
        let rows = merged(users, groups, backwards, limit);
        let page = Page::from_read(rows, cursor, limit, Line::place);
        let items = page.items.into_iter().map(Line::entry);
        Ok(Page {
            items: items.collect::<Result<_>>()?,
            next: page.next,
            previous: page.previous,
        })
    }
}
