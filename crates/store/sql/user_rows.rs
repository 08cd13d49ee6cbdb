//! The one `select` of users, and the lists that are made from it.

/// A query for user rows: the select, then the given tail.
macro_rules! users {
    ([$($tail:literal)+] $($argument:expr),* $(,)?) => {
        sqlx::query_as!(
            store::row::UserRow,
            r#"select u.id as "id: Uuid", u.enterprise_id as "enterprise_id: Uuid", u.site_id as "site_id: Uuid",
                   u.department_id as "department_id: Uuid", u.first_name, u.last_name, u.email, u.extension,
                   u.package, u.services, u.desk_phone_type, u.mobile_number, u.contract_number, u.state,
                   u.state_reason, u.activated_at, u.version, u.created_at, u.sort_name,
                   a.username, a.language, n.e164 as number
               from "user" u
               join account a on a.user_id = u.id
               join number n on n.user_id = u.id "#
            $(+ $tail)+,
            $($argument),*
        )
    };
}

/// A page of user rows in one scope and order. `(key, id)` is a place in an index of that scope, so that the page is read
/// from the index where it stands, whichever page it is.
macro_rules! user_page {
    ($tx:ident, $page:ident, $scope:literal, $place:literal, $after:literal, $order:literal $(, $scoped_by:expr)*) => {
        users!(
            [
                "where (cast($1 as text) is null or u.state = $1) "
                "and (cast($2 as text) is null or u.search_text like $2 escape '!') "
                "and " $place $after "($3, $4) "
                "and (u.department_id in (with recursive found (id) as (
                     select id from department where id = $6
                     union all select d.id from department d join found on d.parent_id = found.id)
                     select id from found) or $6 is null) "
                $scope
                "order by " $order
                " limit $5"
            ]
            $page.state, $page.search, $page.key, $page.id, $page.limit, $page.department $(, $scoped_by)*
        )
        .fetch_all($tx.connection())
        .await
    };
}

/// [`user_page`] in both directions.
macro_rules! user_pages {
    ($tx:ident, $page:ident, $scope:literal, $place:literal, $ascending:literal, $descending:literal $(, $by:expr)*) => {
        match $page.direction {
            Direction::Ascending => user_page!($tx, $page, $scope, $place, " > ", $ascending $(, $by)*),
            Direction::Descending => user_page!($tx, $page, $scope, $place, " < ", $descending $(, $by)*),
        }
    };
}

/// [`user_pages`] in every order.
macro_rules! user_orders {
    ($tx:ident, $page:ident, $scope:literal $(, $by:expr)*) => {
        match $page.sort {
            UserSort::Name => user_pages!(
                $tx, $page, $scope, "(u.sort_name, u.id)",
                "u.sort_name, u.id", "u.sort_name desc, u.id desc" $(, $by)*
            ),
            // A number is there once: ordering by the id as well would only sort again what the index gives in order.
            UserSort::Number => user_pages!(
                $tx, $page, $scope, "(n.e164, u.id)",
                "n.e164", "n.e164 desc" $(, $by)*
            ),
            UserSort::Extension => user_pages!(
                $tx, $page, $scope, "(u.extension, u.id)",
                "u.extension, u.id", "u.extension desc, u.id desc" $(, $by)*
            ),
        }
    };
}

pub(crate) use {user_orders, user_page, user_pages, users};
