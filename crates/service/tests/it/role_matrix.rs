//! Each use case tried by each role (R1, R4): done, forbidden (403), or not found (404).

use std::pin::Pin;

use model::{Limit, Product, UserId};
use service::{
    Actor, Env, Error, Result,
    activation::{self, Decision},
    administrator::{self, AddAdministrator},
    call_record, department,
    enterprise::{self, AddEnterprise, SetTelephony},
    journal, licence, login_details, number, reachability, site,
    user::{self, AddUser, Filter, ListUsers},
};
use testkit::{TestEnterprise, TestSystem};

/// Who tries, in the order of the columns.
const ACTORS: [&str; 8] = [
    "operator",
    "admin",
    "site",
    "user",
    "other-site",
    "colleague",
    "foreign-admin",
    "foreign-user",
];

/// An enterprise, seen from inside and outside; what is tried is done to it, its site Düsseldorf and Anna who works there.
struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
    actors: Vec<Actor>,
    anna: UserId,
}

impl Scene {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let (muster, beispiel) = (
            system.enterprise("Muster GmbH").await,
            system.enterprise("Beispiel AG").await,
        );
        system
            .import_numbers(muster.site.id(), "+49211777000", 300)
            .await;
        let totals: Vec<_> = Product::all().map(|product| (product, 500)).collect();
        licence::set(&system.env, &system.operator, muster.id(), &totals)
            .await
            .unwrap();
        let london = system.site(muster.id(), "London").await;
        let anna = system.active_user(&muster, "Anna Weber").await.id;
        let colleague = system.active_user(&muster, "Ben Klein").await.id;
        let foreigner = system.active_user(&beispiel, "Eva Groß").await.id;
        let actors = vec![
            system.operator.clone(),
            muster.admin.clone(),
            system.site_admin(&muster, &muster.site).await,
            system.as_user(&muster, anna).await,
            system.site_admin(&muster, &london).await,
            system.as_user(&muster, colleague).await,
            beispiel.admin.clone(),
            system.as_user(&beispiel, foreigner).await,
        ];
        Self {
            system,
            muster,
            actors,
            anna,
        }
    }

    fn env(&self) -> &Env {
        &self.system.env
    }

    /// Somebody active whom nobody needs afterwards; Anna herself when it is she who tries.
    async fn active(&self, actor: &Actor) -> UserId {
        if matches!(actor.grant(), model::Grant::User(_, user) if *user == self.anna) {
            return self.anna;
        }
        let user = self.pending(actor).await;
        self.system.activate(user).await.id
    }

    /// Somebody Pending; Anna herself when it is she who tries.
    async fn pending(&self, actor: &Actor) -> UserId {
        if matches!(actor.grant(), model::Grant::User(_, user) if *user == self.anna) {
            return self.anna;
        }
        let draft = self.draft().await;
        self.system
            .add(&self.muster.admin, self.muster.site.id(), draft)
            .await
            .unwrap()
            .user
            .id
    }

    async fn draft(&self) -> model::UserDraft {
        let mut draft = self
            .system
            .draft(self.muster.site.id(), "Jonas Müller")
            .await;
        draft.username = format!("user{}", &draft.number[1..]);
        draft.extension = draft.number[draft.number.len() - 5..].to_owned();
        draft
    }
}

type Attempt<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;
type Deed = (
    &'static str,
    for<'a> fn(&'a Scene, &'a Actor) -> Attempt<'a>,
);

macro_rules! deeds {
    ($($name:literal: |$scene:ident, $actor:ident| $work:expr;)+) => {
        &[$(($name, |$scene, $actor| Box::pin(async move { $work.await.map(|_| ()).map_err(Into::into) }))),+]
    };
}

/// Every use case that takes an actor.
const DEEDS: &[Deed] = deeds! {
    "add an enterprise": |s, a| enterprise::add(s.env(), a, &AddEnterprise {
        name: "Neu".into(), domain: format!("neu-{}", a.id().simple()), country: "DE".into(),
    });
    "list enterprises": |s, a| enterprise::list(s.env(), a, None, Limit::default());
    "count enterprises": |s, a| enterprise::count(s.env(), a);
    "see the enterprise": |s, a| enterprise::get(s.env(), a, s.muster.id());
    "begin to set the telephony": |s, a| enterprise::may_set_telephony(s.env(), a, s.muster.id());
    "set the telephony": |s, a| enterprise::set_telephony(s.env(), a, s.muster.id(), &SetTelephony {
        refuses_md5: false, max_calls: "100".into(),
    });
    "see the licences": |s, a| licence::list(s.env(), a, s.muster.id());
    "begin to set licences": |s, a| licence::may_set(s.env(), a, s.muster.id());
    "set licences": |s, a| licence::set(s.env(), a, s.muster.id(), &[(Product::Package(model::Package::Basic), 501)]);
    "begin to add an administrator": |s, a| administrator::may_add(s.env(), a, s.muster.id());
    "add an administrator": |s, a| administrator::add(s.env(), a, s.muster.id(), &AddAdministrator {
        role: "enterprise-admin".into(), sites: vec![], username: format!("admin{}", a.id().simple()),
        email: "a@muster.example".into(), language: "de".into(),
    });
    "list administrators": |s, a| administrator::list(s.env(), a, s.muster.id());
    "begin to add a site": |s, a| site::may_add(s.env(), a, s.muster.id());
    "add a site": |s, a| site::add(s.env(), a, s.muster.id(), &a.id().to_string(), "DE");
    "list the sites": |s, a| site::list(s.env(), a, Some(s.muster.id()));
    "see the site": |s, a| site::get(s.env(), a, s.muster.site.id());
    "begin to set the main number": |s, a| site::may_set_main_number(s.env(), a, s.muster.site.id());
    "set the main number": |s, a| site::set_main_number(s.env(), a, s.muster.site.id(), "");
    "add a department": |s, a| department::add(s.env(), a, s.muster.site.id(), "Vertrieb", None);
    "list departments": |s, a| department::list(s.env(), a, s.muster.site.id());
    "import numbers": |s, a| import(s, a);
    "list numbers": |s, a| number::list(s.env(), a, s.muster.site.id(), true, None, Limit::new(1));
    "count numbers": |s, a| number::count(s.env(), a, s.muster.site.id());
    "list the site's users": |s, a| user::list(s.env(), a, ListUsers {
        filter: Filter { site: Some(s.muster.site.id()), ..Filter::default() }, ..ListUsers::default()
    });
    "list the enterprise's users": |s, a| user::list(s.env(), a, ListUsers {
        filter: Filter { enterprise: Some(s.muster.id()), ..Filter::default() }, ..ListUsers::default()
    });
    "see the user": |s, a| user::get(s.env(), a, s.anna);
    "see the login name": |s, a| user::login_name(s.env(), a, s.anna);
    "see who can be called": |s, a| reachability::get(s.env(), a, s.anna);
    "begin to add a user": |s, a| user::may_add(s.env(), a, s.muster.site.id());
    "add a user": |s, a| add_user(s, a);
    "begin to modify a user": |s, a| user::may_modify(s.env(), a, s.anna);
    "modify a user": |s, a| user::modify(s.env(), a, s.anna, model::UserPatch::default(), None);
    "preview a deletion": |s, a| preview(s, a);
    "delete a user": |s, a| delete_user(s, a);
    "begin to renew login details": |s, a| login_details::renewable(s.env(), a, s.anna);
    "renew login details": |s, a| login_details::renew(s.env(), a, s.anna, None);
    "decide an activation": |s, a| decide(s, a);
    "cancel an activation": |s, a| cancel(s, a);
    "begin to cancel an activation": |s, a| may_cancel(s, a);
    "ask about an activation": |s, a| ask(s, a);
    "see how far an activation is": |s, a| activation::progress(s.env(), a, s.anna);
    "see who waits": |s, a| activation::queue(s.env(), a, &activation::Waiting::default(), None, Limit::default());
    "count who waits": |s, a| activation::count(s.env(), a);
    "read the site's journal": |s, a| journal::list(s.env(), a, journal::Wanted {
        site: Some(s.muster.site.id()), ..journal::Wanted::default()
    });
    "read the user's journal": |s, a| journal::list(s.env(), a, journal::Wanted {
        user: Some(s.anna), ..journal::Wanted::default()
    });
    "list the site's calls": |s, a| call_record::list(s.env(), a, call_record::Wanted {
        site: Some(s.muster.site.id()), ..call_record::Wanted::default()
    });
    "list the user's calls": |s, a| call_record::list(s.env(), a, call_record::Wanted {
        user: Some(s.anna), ..call_record::Wanted::default()
    });
    "list one's calls": |s, a| call_record::list(s.env(), a, call_record::Wanted::default());
};

async fn import(scene: &Scene, actor: &Actor) -> Result<usize> {
    let number = format!("+4921188{:05}", actor.id().as_u128() % 100_000);
    number::import_range(scene.env(), actor, scene.muster.site.id(), &number, &number).await
}

async fn add_user(scene: &Scene, actor: &Actor) -> Result<user::Added> {
    let request = AddUser {
        site: scene.muster.site.id(),
        draft: scene.draft().await,
        idempotency_key: None,
    };
    user::add(scene.env(), actor, &request).await
}

async fn preview(scene: &Scene, actor: &Actor) -> Result<user::Deletion> {
    user::deletion_preview(scene.env(), actor, scene.active(actor).await).await
}

async fn delete_user(scene: &Scene, actor: &Actor) -> Result<()> {
    user::delete(scene.env(), actor, scene.active(actor).await, None).await
}

async fn decide(scene: &Scene, actor: &Actor) -> Result<model::User> {
    activation::decide(
        scene.env(),
        actor,
        scene.pending(actor).await,
        &Decision::Activate,
    )
    .await
}

async fn cancel(scene: &Scene, actor: &Actor) -> Result<()> {
    activation::cancel(scene.env(), actor, scene.pending(actor).await).await
}

async fn may_cancel(scene: &Scene, actor: &Actor) -> Result<model::User> {
    activation::may_cancel(scene.env(), actor, scene.pending(actor).await).await
}

async fn ask(scene: &Scene, actor: &Actor) -> Result<activation::Asked> {
    let user = scene.pending(actor).await;
    if user != scene.anna {
        scene.system.fail(user, "no route").await;
    }
    activation::request(scene.env(), actor, user, "").await
}

#[tokio::test]
async fn r1_r4_who_may_do_what_and_who_may_not_even_know() {
    let scene = Scene::new().await;
    let mut matrix = format!(
        "{:30}{}\n",
        "",
        ACTORS
            .map(|actor| format!("{actor:15}"))
            .concat()
            .trim_end()
    );
    for (name, deed) in DEEDS {
        let mut row = format!("{name:30}");
        for actor in &scene.actors {
            let answer = match deed(&scene, actor).await {
                Ok(()) => "yes",
                Err(Error::Forbidden) => "403",
                Err(Error::NotFound) => "404",
                Err(other) => panic!("{name} by {:?}: {other:?}", actor.grant()),
            };
            row += &format!("{answer:15}");
        }
        matrix += row.trim_end();
        matrix.push('\n');
    }
    assert_eq!(matrix, include_str!("role_matrix.txt"), "\n{matrix}");
}

/// Whoever adds a use case tries it above.
#[test]
fn r4_every_use_case_that_takes_an_actor_is_tried() {
    let sources = [
        include_str!("../../src/activation/decide.rs"),
        include_str!("../../src/activation/queue.rs"),
        include_str!("../../src/activation/request.rs"),
        include_str!("../../src/administrator.rs"),
        include_str!("../../src/call_record.rs"),
        include_str!("../../src/department.rs"),
        include_str!("../../src/enterprise.rs"),
        include_str!("../../src/journal.rs"),
        include_str!("../../src/licence.rs"),
        include_str!("../../src/login_details.rs"),
        include_str!("../../src/number.rs"),
        include_str!("../../src/reachability.rs"),
        include_str!("../../src/site.rs"),
        include_str!("../../src/user/add.rs"),
        include_str!("../../src/user/delete.rs"),
        include_str!("../../src/user/get.rs"),
        include_str!("../../src/user/list.rs"),
        include_str!("../../src/user/modify.rs"),
    ];
    let signatures = sources
        .into_iter()
        .flat_map(|source| source.split("pub async fn ").skip(1));
    let with_actor =
        signatures.filter(|text| text.split(')').next().unwrap().contains("actor: &Actor"));
    // Users and the journal are listed in two ways, calls in three.
    assert_eq!(with_actor.count() + 4, DEEDS.len());
}
