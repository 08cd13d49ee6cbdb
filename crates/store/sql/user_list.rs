//! Pages of users: every scope, order and direction is a query of its own, so that each walks an index.

use model::{Cursor, Direction, Page, User, UserId, UserSort};
use store::{Result, UserFilter, UserList, UserScope, row::UserRow};
use uuid::Uuid;

use crate::{
    Connected, Tx, failed,
    user_rows::{user_orders, user_page, user_pages, users},
};

/// What every one of the queries is given.
struct Asked {
    state: Option<String>,
    search: Option<String>,
    department: Option<Uuid>,
    sort: UserSort,
    /// The order of reading; against the list's order when going backwards.
    direction: Direction,
    key: String,
    id: Uuid,
    limit: i64,
}

impl Asked {
    fn new(list: &UserList) -> Self {
        let backwards = list.cursor.as_ref().is_some_and(|c| c.backwards);
        let direction = if backwards {
            list.direction.reversed()
        } else {
            list.direction
        };
        let start = match direction {
            Direction::Ascending => Cursor {
                key: String::new(),
                id: Uuid::nil(),
                backwards,
            },
            Direction::Descending => Cursor {
                key: char::MAX.to_string(),
                id: Uuid::max(),
                backwards,
            },
        };
        let Cursor { key, id, .. } = list.cursor.clone().unwrap_or(start);
        let UserFilter {
            state,
            search,
            department,
        } = list.filter.clone();
        let search = search.as_deref().map(pattern);
        Self {
            state,
            search,
            department: department.map(|d| d.0),
            sort: list.sort,
            direction,
            key,
            id,
            limit: list.limit.and_one(),
        }
    }
}

/// A `like` pattern for text that occurs somewhere.
pub(crate) fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

pub(crate) async fn list(tx: &mut Tx, list: &UserList) -> Result<Page<User>> {
    let asked = Asked::new(list);
    let rows = rows(tx, &asked, list.scope).await.map_err(failed)?;
    let place = |row: &UserRow| {
        let key = match list.sort {
            UserSort::Name => &row.sort_name,
            UserSort::Number => &row.number,
            UserSort::Extension => &row.extension,
        };
        (key.clone(), row.id)
    };
    let Page {
        items,
        next,
        previous,
    } = Page::from_read(rows, list.cursor.as_ref(), list.limit, place);
    Ok(Page {
        items: crate::all(items)?,
        next,
        previous,
    })
}

async fn rows(tx: &mut Tx, asked: &Asked, scope: UserScope) -> sqlx::Result<Vec<UserRow>> {
    match scope {
        UserScope::Installation => user_orders!(tx, asked, ""),
        UserScope::Enterprise(enterprise) => {
            user_orders!(tx, asked, "and u.enterprise_id = $7 and n.enterprise_id = $7 ", enterprise.0)
        }
        UserScope::Site(site) => user_orders!(tx, asked, "and u.site_id = $7 and n.site_id = $7 ", site.0),
        UserScope::SitesOf(enterprise, account) => user_orders!(
            tx,
            asked,
            "and u.enterprise_id = $7 and n.enterprise_id = $7
             and exists (select 1 from account_site x where x.account_id = $8 and x.site_id = u.site_id) ",
            enterprise.0,
            account.0
        ),
    }
}

/// The number of rows in one scope, counted up to 10,000.
macro_rules! user_count {
    ($tx:ident, $asked:ident, $scope:literal $(, $scoped_by:expr)*) => {
        sqlx::query_scalar!(
            r#"select count(*) as "count!: i64" from (
                   select 1 as one from "user" u
                   where (cast($1 as text) is null or u.state = $1)
                   and (cast($2 as text) is null or u.search_text like $2 escape '!')
                   and (u.department_id in (with recursive found (id) as (
                        select id from department where id = $3
                        union all select d.id from department d join found on d.parent_id = found.id)
                        select id from found) or $3 is null) "#
            + $scope
            + " limit 10000) as found",
            $asked.0,
            $asked.1,
            $asked.2
            $(, $scoped_by)*
        )
        .fetch_one($tx.connection())
        .await
    };
}

pub(crate) async fn count(tx: &mut Tx, scope: UserScope, filter: &UserFilter) -> Result<i64> {
    let asked = (
        filter.state.as_deref(),
        filter.search.as_deref().map(pattern),
        filter.department.map(|d| d.0),
    );
    let found = match scope {
        UserScope::Installation => user_count!(tx, asked, ""),
        UserScope::Enterprise(enterprise) => {
            user_count!(tx, asked, "and u.enterprise_id = $4", enterprise.0)
        }
        UserScope::Site(site) => user_count!(tx, asked, "and u.site_id = $4", site.0),
        UserScope::SitesOf(enterprise, account) => user_count!(
            tx,
            asked,
            "and u.enterprise_id = $4
             and exists (select 1 from account_site x where x.account_id = $5 and x.site_id = u.site_id)",
            enterprise.0,
            account.0
        ),
    };
    found.map_err(failed)
}

/// The ids in one scope, along its index by name.
macro_rules! user_ids {
    ($tx:ident, $state:ident, $search:ident, $limit:ident, $scope:literal $(, $scoped_by:expr)*) => {
        sqlx::query_scalar!(
            r#"select u.id as "id: Uuid" from "user" u
               where (cast($1 as text) is null or u.state = $1)
               and (cast($2 as text) is null or u.search_text like $2 escape '!') "#
            + $scope
            + " order by u.sort_name, u.id limit $3",
            $state,
            $search,
            $limit
            $(, $scoped_by)*
        )
        .fetch_all($tx.connection())
        .await
    };
}

pub(crate) async fn list_ids(
    tx: &mut Tx,
    scope: UserScope,
    filter: &UserFilter,
    limit: i64,
) -> Result<Vec<UserId>> {
    let state = filter.state.as_deref();
    let search = filter.search.as_deref().map(pattern);
    let found = match scope {
        UserScope::Installation => user_ids!(tx, state, search, limit, ""),
        UserScope::Enterprise(enterprise) => {
            user_ids!(tx, state, search, limit, "and u.enterprise_id = $4", enterprise.0)
        }
        UserScope::Site(site) => {
            user_ids!(tx, state, search, limit, "and u.site_id = $4", site.0)
        }
        UserScope::SitesOf(enterprise, account) => user_ids!(
            tx,
            state,
            search,
            limit,
            "and u.enterprise_id = $4
             and exists (select 1 from account_site x where x.account_id = $5 and x.site_id = u.site_id)",
            enterprise.0,
            account.0
        ),
    };
    Ok(found.map_err(failed)?.into_iter().map(UserId).collect())
}
