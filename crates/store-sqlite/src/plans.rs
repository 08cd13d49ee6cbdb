//! How SQLite answers the queries: every list walks an index, so that it stays fast at 100,000 users.

use std::{collections::HashSet, fs, path::Path};

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::scratch::Scratch;

/// Queries that may read everything, by a piece of their text, and why.
const MAY_SCAN: [&str; 16] = [
    // Sort the agents or supervisors of one call centre, 200 at most.
    "where a.virtual_user_id = $1 and v.enterprise_id",
    "where s.virtual_user_id = $1 and v.enterprise_id",
    "weight from call_centre_agent",
    // Sort the call centres of one user.
    "where a.user_id = $1 and v.enterprise_id",
    "where s.user_id = $1 and v.enterprise_id",
    "from call_centre_supervisor s where s.user_id = $1)",
    // One row for each help page and language.
    "from help_count order by task, language",
    // Once an hour; an index would cost each registration more.
    "delete from registration where expires_at",
    // Sorts two pages that two walks along an index have found.
    "order by id desc limit $3) as outgoing",
    // Sorts those who forward to one user.
    "where f.target_user_id = $1",
    // Sorts those who forward to one number.
    "where f.target_number = $2",
    // Sorts the groups of one user.
    "where m.user_id = $1 and v.enterprise_id",
    // Sorts the other members of one user's groups.
    "and o.user_id <> m.user_id",
    // Groups and sorts the members on the way of one group's calls of a period.
    "group by s.user_id, u.site_id",
    // The operator's command line.
    "where name = $1 or domain = $1",
    // Counting all users of the installation looks at each; bounded where many match.
    "select id from found) or $3 is null)  limit 10000",
];

/// Every query of this crate, as it was checked when it was compiled.
fn queries() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files
        .map(|file| {
            serde_json::from_slice::<serde_json::Value>(&file).unwrap()["query"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .filter(|query| {
            ["select", "update", "delete"]
                .iter()
                .any(|verb| query.trim_start().starts_with(verb))
        })
        .collect()
}

async fn plan(connection: &mut SqliteConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(format!("explain query plan {query}")));
    let rows = rows.fetch_all(connection).await.unwrap();
    rows.iter()
        .map(|row| row.get::<String, _>("detail"))
        .collect()
}

/// A step that reads a whole table, or sorts what was read.
fn is_slow(step: &str) -> bool {
    let scans = step.starts_with("SCAN ") && !step.contains("INDEX");
    // What a subquery has found already, and a row without a table.
    let harmless = ["SCAN found", "SCAN CONSTANT ROW"].contains(&step);
    (scans && !harmless) || step.contains("TEMP B-TREE")
}

#[tokio::test]
async fn no_query_reads_a_whole_table_or_sorts() {
    let scratch = Scratch::create().unwrap();
    scratch.open().await.unwrap();
    let mut connection = scratch.connect().await.unwrap();
    let mut slow = Vec::new();
    for query in queries() {
        let steps = plan(&mut connection, &query).await;
        let may_scan = MAY_SCAN.iter().any(|piece| query.contains(piece));
        if !may_scan && steps.iter().any(|step| is_slow(step)) {
            slow.push(format!("{query}\n    {}", steps.join("\n    ")));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n\n"));
}

/// A null that is looked for is everywhere: such a step walks everything that has none, of all enterprises.
#[tokio::test]
async fn no_query_walks_what_is_free_in_the_whole_installation() {
    let scratch = Scratch::create().unwrap();
    scratch.open().await.unwrap();
    let mut connection = scratch.connect().await.unwrap();
    for query in queries()
        .into_iter()
        .filter(|query| query.contains("user_id is null"))
    {
        let steps = plan(&mut connection, &query).await;
        assert!(
            !steps.iter().any(|step| step.contains("(user_id=?")),
            "{query}\n{steps:?}"
        );
    }
}

/// The pages of users and of the journal begin in the index that ends with their place.
#[tokio::test]
async fn pages_begin_at_their_place_in_an_index() {
    let scratch = Scratch::create().unwrap();
    scratch.open().await.unwrap();
    let mut connection = scratch.connect().await.unwrap();
    let paged = |query: &String| {
        query.contains("order by")
            && (query.contains("limit $5") || query.contains("from journal"))
            && !query.contains("from renewal")
    };
    let mut seen = 0;
    for query in queries().into_iter().filter(paged) {
        let steps = plan(&mut connection, &query).await;
        assert!(
            ["<?", ">?", "<(?", ">(?"]
                .iter()
                .any(|place| steps[0].contains(place)),
            "{query}\n{steps:?}"
        );
        seen += 1;
    }
    assert!(seen >= 24, "only {seen} queries were found");
}

#[tokio::test]
async fn r5_the_journal_of_one_thing_is_found_by_the_thing() {
    let scratch = Scratch::create().unwrap();
    scratch.open().await.unwrap();
    let mut connection = scratch.connect().await.unwrap();
    for (piece, index) in [(
        " and entity_id = $6 and enterprise_id = $8 order",
        "journal_of_entity",
    )] {
        let found: Vec<_> = queries()
            .into_iter()
            .filter(|query| query.contains(piece))
            .collect();
        assert_eq!(found.len(), 1, "{piece}");
        for query in found {
            let steps = plan(&mut connection, &query).await;
            assert!(steps[0].contains(index), "{query}\n{steps:?}");
        }
    }
}

/// A list in JSON that stands behind a table in a join is taken apart anew for each row of the table.
#[tokio::test]
async fn no_list_is_taken_apart_more_than_once() {
    let scratch = Scratch::create().unwrap();
    scratch.open().await.unwrap();
    let mut connection = scratch.connect().await.unwrap();
    for query in queries()
        .into_iter()
        .filter(|query| query.contains("json_each"))
    {
        let steps = sqlx::query(AssertSqlSafe(format!("explain query plan {query}")));
        let steps = steps.fetch_all(&mut connection).await.unwrap();
        let loops = steps.iter().filter(|step| {
            let detail: &str = step.get("detail");
            detail.starts_with("SCAN ") || detail.starts_with("SEARCH ")
        });
        let mut begun = HashSet::new();
        for step in loops {
            let (parent, detail): (i64, &str) = (step.get("parent"), step.get("detail"));
            let is_first = begun.insert(parent);
            assert!(
                is_first || !detail.contains("VIRTUAL TABLE"),
                "{query}\n{detail}"
            );
        }
    }
}
