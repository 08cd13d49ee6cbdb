//! Enterprises, sites and numbers to work in.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{client::Client, server::Server};

/// A site, and the numbers that are free there.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    id: String,
    first_number: u64,
}

/// A server with enterprises of one site each.
pub(crate) struct World {
    address: std::net::SocketAddr,
    operator: String,
    /// The token that adds users in the first enterprise.
    pub(crate) administrator: String,
    pub(crate) sites: Vec<Site>,
}

impl World {
    /// Makes `enterprises`, each with room for `users`.
    pub(crate) async fn make(server: &Server, enterprises: usize, users: u64) -> Result<Self> {
        let operator = server.token(&["--role", "operator"]).await?;
        let mut client = Client::connect(server.address, &operator).await?;
        let mut sites = Vec::with_capacity(enterprises);
        for n in 0..enterprises {
            sites.push(enterprise(&mut client, n, users).await?);
        }
        let administrator = server
            .token(&["--role", "enterprise-admin", "--enterprise", "Enterprise 0"])
            .await?;
        Ok(Self {
            address: server.address,
            operator,
            administrator,
            sites,
        })
    }

    /// A connection of the operator.
    pub(crate) async fn client(&self) -> Result<Client> {
        Client::connect(self.address, &self.operator).await
    }

    /// A connection of the first enterprise's administrator.
    pub(crate) async fn administrator(&self) -> Result<Client> {
        Client::connect(self.address, &self.administrator).await
    }
}

async fn enterprise(client: &mut Client, n: usize, users: u64) -> Result<Site> {
    let body =
        json!({"name": format!("Enterprise {n}"), "domain": format!("e{n}"), "country": "DE"});
    let enterprise = id(&client.post("/api/v1/enterprises", &body).await?)?;
    let path = format!("/api/v1/enterprises/{enterprise}");
    for product in ["standard", "voicemail"] {
        client
            .put(
                &format!("{path}/licences/{product}"),
                &json!({"total": users}),
            )
            .await?;
    }
    let site = client
        .post(
            &format!("{path}/sites"),
            &json!({"name": "Düsseldorf", "country": "DE"}),
        )
        .await?;
    let site = Site {
        id: id(&site)?,
        first_number: 49_211_000_000_000 + n as u64 * 1_000_000,
    };
    for first in (0..users).step_by(10_000) {
        let last = (first + 9_999).min(users - 1);
        let number = |n: u64| format!("+{}", site.first_number + n);
        let range = json!({"first_number": number(first), "last_number": number(last)});
        client
            .post(&format!("/api/v1/sites/{}/number-ranges", site.id), &range)
            .await?;
    }
    Ok(site)
}

fn id(value: &Value) -> Result<String> {
    Ok(value["id"].as_str().context("there is an id")?.to_owned())
}

impl Site {
    /// Where users are added.
    pub(crate) fn users_path(&self) -> String {
        format!("/api/v1/sites/{}/users", self.id)
    }

    /// Where hunt groups are added.
    pub(crate) fn hunt_groups_path(&self) -> String {
        format!("/api/v1/sites/{}/hunt-groups", self.id)
    }

    /// Where call centres are added.
    pub(crate) fn call_centres_path(&self) -> String {
        format!("/api/v1/sites/{}/call-centres", self.id)
    }

    /// The `n`th number of the site.
    pub(crate) fn number(&self, n: u64) -> String {
        format!("+{}", self.first_number + n)
    }

    /// The request that adds a hunt group with the `n`th number of the site, whose members all ring at once.
    pub(crate) fn hunt_group(&self, n: u64, members: &[&str]) -> Value {
        let members = members.iter().map(|user| json!({"user": user}));
        json!({
            "number": self.number(n),
            "extension": format!("{n:06}"),
            "name": format!("Sales {n}"),
            "policy": "simultaneous",
            "members": members.collect::<Vec<_>>(),
        })
    }

    /// The request that adds the `n`th user of the site.
    pub(crate) fn user(&self, n: u64) -> Value {
        json!({
            "number": self.number(n),
            "extension": format!("{n:06}"),
            "package": "standard",
            "services": ["voicemail"],
            "first_name": "Anna",
            "last_name": format!("Weber {n}"),
            "username": format!("anna.weber.{n}"),
            "email": format!("anna{n}@muster.example"),
            "desk_phone_type": "snom-d785",
        })
    }
}
