//! A small company to look around in: `klinke serve --demo`.

mod groups;

use crate::{
    Actor, Env, Result,
    activation::{self, Decision},
    administrator::{self, AddAdministrator},
    department,
    enterprise::{self, AddEnterprise},
    licence, number, password, setup, site,
    user::{self, AddUser},
};
use model::{
    EnterpriseId, Field, Grant, Language, PhonePassword, Product, Role, Site, SiteId, UserDraft,
    UserId,
};

/// A login that the demonstration has made.
#[derive(Clone, Debug)]
pub struct Login {
    /// Of whom.
    pub role: Role,
    /// What to log in as.
    pub name: String,
    /// Password.
    pub password: String,
}

/// First name, last name, state, package, desk phone.
type Person = (
    &'static str,
    &'static str,
    State,
    &'static str,
    &'static str,
);

#[derive(Clone, Copy)]
enum State {
    Active,
    Pending,
    Failed(&'static str),
}
use State::{Active, Failed, Pending};

const DUESSELDORF: &[Person] = &[
    ("Anna", "Weber", Active, "premium", "yealink-t54w"),
    ("Jonas", "Müller", Active, "standard", "snom-d785"),
    ("Sophie", "Schäfer", Active, "standard", "snom-d785"),
    ("Mehmet", "Yılmaz", Active, "premium", "yealink-t54w"),
    ("Clara", "von der Heide", Active, "standard", "poly-vvx-450"),
    ("Lukas", "Groß", Active, "basic", ""),
    ("Elif", "Kaya", Pending, "standard", "yealink-t46u"),
    ("Paul", "Zimmermann", Active, "standard", "gigaset-n870"),
    ("Marie", "Becker", Active, "basic", "snom-d865"),
    (
        "Finn",
        "Köhler",
        Failed("Die Portierung der Rufnummer ist noch nicht bestätigt."),
        "standard",
        "snom-d785",
    ),
    (
        "Katharina",
        "Hoffmann-Lindner",
        Active,
        "premium",
        "yealink-t54w",
    ),
    ("Ben", "Krüger", Pending, "basic", ""),
];

const LONDON: &[Person] = &[
    ("Olivia", "Bennett", Active, "premium", "cisco-8851"),
    ("George", "Hughes", Active, "standard", "poly-vvx-450"),
    ("Amelia", "O’Connor", Active, "standard", "poly-vvx-450"),
    ("Noah", "Patel", Pending, "standard", "grandstream-grp2615"),
    ("Isla", "Murray", Active, "basic", "other-sip"),
];

/// Makes the demonstration in an empty database and answers a login of each role; `None` when there is something already.
///
/// # Errors
/// When the database fails.
pub async fn seed(env: &Env) -> Result<Option<Vec<Login>>> {
    let operator = Actor::system();
    if !enterprise::list(env, &operator, None, model::Limit::new(1))
        .await?
        .items
        .is_empty()
    {
        return Ok(None);
    }
    let enterprise = AddEnterprise {
        name: "Muster GmbH".into(),
        domain: "muster".into(),
        country: "DE".into(),
    };
    let enterprise = enterprise::add(env, &operator, &enterprise).await?;
    let totals: Vec<_> = Product::all().map(|product| (product, 25)).collect();
    licence::set(env, &operator, enterprise.id, &totals).await?;
    let duesseldorf = site::add(env, &operator, enterprise.id, "Düsseldorf", "DE").await?;
    let london = site::add(env, &operator, enterprise.id, "London", "GB").await?;
    // Numbers that are kept for films and books (Bundesnetzagentur) and for drama (Ofcom).
    number::import_range(
        env,
        &operator,
        duesseldorf.id,
        "+492110001000",
        "+492110001059",
    )
    .await?;
    number::import_range(env, &operator, london.id, "+442079460100", "+442079460139").await?;
    for name in ["Einkauf", "Vertrieb"] {
        department::add(env, &operator, duesseldorf.id, name, None).await?;
    }
    let administrator = Actor::demonstration(Grant::EnterpriseAdmin(enterprise.id));
    let anna = add_people(env, &administrator, &duesseldorf, DUESSELDORF).await?;
    add_people(env, &administrator, &london, LONDON).await?;
    groups::add(env, &administrator, &duesseldorf, &london).await?;
    Ok(Some(
        logins(env, enterprise.id, duesseldorf.id, anna).await?,
    ))
}

/// Adds people in their states and answers the first. The back end is not asked about them: they stay as they are.
async fn add_people(
    env: &Env,
    actor: &Actor,
    site: &Site,
    people: &[Person],
) -> Result<Option<UserId>> {
    let mut first = None;
    for (first_name, last_name, state, package, desk_phone_type) in people {
        let free = number::list(env, actor, site.id, true, None, model::Limit::new(1)).await?;
        let number = free
            .items
            .first()
            .map(|number| number.number.to_string())
            .unwrap_or_default();
        let username = username(first_name, last_name);
        let draft = UserDraft {
            email: format!("{username}@muster.example"),
            username,
            number,
            package: (*package).into(),
            first_name: (*first_name).into(),
            last_name: (*last_name).into(),
            desk_phone_type: (*desk_phone_type).into(),
            ..UserDraft::default()
        };
        let added = user::add(
            env,
            actor,
            &AddUser {
                site: site.id,
                draft,
                idempotency_key: None,
            },
        )
        .await?;
        first.get_or_insert(added.user.id);
        settle(env, added.user.id, *state).await?;
    }
    Ok(first)
}

fn username(first_name: &str, last_name: &str) -> String {
    let plain = |name: &str| model::fold(name).replace(|c: char| !c.is_alphanumeric(), "");
    format!("{}.{}", plain(first_name), plain(last_name))
}

async fn settle(env: &Env, user: UserId, state: State) -> Result<()> {
    let mut tx = env.write().await?;
    for job in tx.job().claim(env.now(), env.now(), 100).await? {
        tx.job().delete(job.id).await?;
    }
    tx.commit().await?;
    let decision = match state {
        Active => Decision::Activate,
        Failed(reason) => Decision::Fail {
            reason: reason.to_owned(),
        },
        Pending => return Ok(()),
    };
    activation::decide(env, &Actor::system(), user, &decision).await?;
    Ok(())
}

async fn logins(
    env: &Env,
    enterprise: EnterpriseId,
    site: SiteId,
    user: Option<UserId>,
) -> Result<Vec<Login>> {
    let mut logins = Vec::new();
    if let Some(token) = setup::operator_link(env).await? {
        logins.push(with_password(env, Role::Operator, setup::OPERATOR, &token).await?);
    }
    let administrators = [
        (Role::EnterpriseAdmin, "verwaltung", vec![]),
        (Role::SiteAdmin, "standort.duesseldorf", vec![site]),
    ];
    for (role, username, sites) in administrators {
        let request = AddAdministrator {
            role: role.name().to_owned(),
            sites,
            username: username.to_owned(),
            email: format!("{username}@muster.example"),
            language: Language::German.code().to_owned(),
        };
        let (_, token) = administrator::add(env, &Actor::system(), enterprise, &request).await?;
        logins.push(with_password(env, role, &format!("{username}@muster"), &token).await?);
    }
    if user.is_some() {
        let token = user_link(env, "anna.weber").await?;
        logins.push(with_password(env, Role::User, "anna.weber@muster", &token).await?);
    }
    Ok(logins)
}

async fn user_link(env: &Env, username: &str) -> Result<String> {
    let mut tx = env.write().await?;
    let account = tx
        .account()
        .get_by_login(Some("muster"), username)
        .await?
        .ok_or(crate::Error::NotFound)?;
    let token =
        password::new_link(env, tx.as_mut(), account.id, store::LinkPurpose::HandedOver).await?;
    tx.commit().await?;
    Ok(token)
}

/// Sets a password that is drawn like a phone's; drawn again where it breaks a rule of the portal.
async fn with_password(env: &Env, role: Role, name: &str, token: &str) -> Result<Login> {
    loop {
        let password = PhonePassword::generate(|| env.bytes::<1>()[0])
            .reveal()
            .to_owned();
        match password::set(env, token, &password).await {
            Ok(()) => {
                return Ok(Login {
                    role,
                    name: name.to_owned(),
                    password,
                });
            }
            Err(crate::Error::Invalid(problems))
                if problems.0.iter().all(|p| p.field == Field::Password) => {}
            Err(error) => return Err(error),
        }
    }
}
