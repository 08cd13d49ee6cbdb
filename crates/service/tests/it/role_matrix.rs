//! Each use case tried by each role (R1, R4): done, forbidden (403), or not found (404).

mod groups;

use std::{
    pin::Pin,
    sync::atomic::{AtomicU64, Ordering},
};

use model::{Limit, PasswordRules, Product, Question, TeamKind, Timestamp, UserId};
use service::{
    Actor, Env, Error, Result,
    account::{self, ChangePassword},
    activation::{self, Decision},
    administrator::{self, AddAdministrator},
    administrator_change::{self, ModifyAdministrator},
    administrator_reset, audio, call_centre, call_record, call_services, department,
    enterprise::{self, AddEnterprise, SetTelephony},
    enterprise_change::{self, EnterprisePatch},
    help, hunt_group, journal, licence, login_details, mail, number, number_state, password_rules,
    phone_book, profile, reachability,
    renewal::{self, BeginRenewal, Whom},
    second_factor, site,
    team::{self, ListTeams},
    trunk, usage,
    user::{self, AddUser, Filter, ListUsers},
    view, virtual_user,
};
use testkit::{PASSWORD, SOURCE, TestEnterprise, TestSystem, assert_golden};

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
    "add a department": |s, a| department::add(s.env(), a, s.muster.site.id(), &a.id().to_string(), None);
    "begin to manage departments": |s, a| department::may_manage(s.env(), a, s.muster.site.id());
    "modify a department": |s, a| modify_department(s, a);
    "delete a department": |s, a| delete_department(s, a);
    "count the departments' users": |s, a| department::count_users(s.env(), a, s.muster.site.id());
    "list departments": |s, a| department::list(s.env(), a, s.muster.site.id());
    "begin to edit the enterprise": |s, a| enterprise_change::may_modify(s.env(), a, s.muster.id());
    "modify the enterprise": |s, a| enterprise_change::modify(s.env(), a, s.muster.id(), &EnterprisePatch::default());
    "begin to modify the site": |s, a| site::may_modify(s.env(), a, s.muster.site.id());
    "modify the site": |s, a| site::modify(s.env(), a, s.muster.site.id(), &site::SitePatch::default());
    "begin to edit administrators": |s, a| begin_administrator(s, a);
    "modify an administrator": |s, a| modify_administrator(s, a);
    "remove an administrator": |s, a| remove_administrator(s, a);
    "list who has which number": |s, a| number_state::list(
        s.env(), a, s.muster.site.id(), &number_state::Wanted::default(), (None, Limit::new(1)));
    "begin to change a number": |s, a| begin_number(s, a);
    "reserve a number": |s, a| reserve(s, a);
    "remove a number": |s, a| remove_number(s, a);
    "see what the site uses": |s, a| usage::of_site(s.env(), a, s.muster.site.id());
    "see what the enterprise uses": |s, a| usage::of_enterprise(s.env(), a, s.muster.id());
    "report the site's users": |s, a| usage::report(s.env(), a, ListUsers {
        filter: Filter { site: Some(s.muster.site.id()), ..Filter::default() }, ..ListUsers::default()
    });
    "see the trunk": |s, a| trunk_of(s, a);
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
    "see who can be called": |s, a| reachability::get(s.env(), a, s.anna, None);
    "begin to add a user": |s, a| user::may_add(s.env(), a, s.muster.site.id());
    "add a user": |s, a| add_user(s, a);
    "read one's answers": |s, a| user::draft::get(s.env(), a, s.muster.site.id());
    "answer a question": |s, a| user::draft::answer(
        s.env(), a, s.muster.site.id(), Question::DeskPhone, &model::UserDraft::default());
    "keep an answer": |s, a| user::draft::keep_unchecked(
        s.env(), a, s.muster.site.id(), Question::DeskPhone, &model::UserDraft::default());
    "throw one's answers away": |s, a| user::draft::discard(s.env(), a, s.muster.site.id());
    "look for a free extension": |s, a| free_extension(s, a);
    "look for free numbers": |s, a| number::list_free(s.env(), a, s.muster.site.id(), "", Limit::new(1));
    "see what others changed": |s, a| user::meanwhile(s.env(), a, s.anna, 1);
    "begin to modify a user": |s, a| user::may_modify(s.env(), a, s.anna);
    "modify a user": |s, a| user::modify(s.env(), a, s.anna, model::UserPatch::default(), None);
    "preview a deletion": |s, a| preview(s, a);
    "delete a user": |s, a| delete_user(s, a);
    "begin to renew login details": |s, a| login_details::renewable(s.env(), a, s.anna);
    "renew login details": |s, a| login_details::renew(s.env(), a, s.anna, None);
    "preview a renewal": |s, a| renewal::preview(s.env(), a, &Whom::Users(vec![s.anna]));
    "begin a renewal": |s, a| renewal::begin(s.env(), a, &of_anna(s));
    "see a renewal": |s, a| renewal::get(s.env(), a, begun(s).await);
    "see who was renewed": |s, a| renewal::rows(s.env(), a, begun(s).await, None, Limit::new(1));
    "begin to fetch a renewal": |s, a| renewal::fetchable(s.env(), a, run(s).await);
    "fetch a renewal": |s, a| renewal::fetch(s.env(), a, run(s).await);
    "stop a renewal": |s, a| renewal::cancel(s.env(), a, begun(s).await);
    "decide an activation": |s, a| decide(s, a);
    "cancel an activation": |s, a| cancel(s, a);
    "see the help counts": |s, a| help::counts(s.env(), a);
    "read the help comments": |s, a| help::comments(s.env(), a);
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
    "see call services": |s, a| call_services::get(s.env(), a, s.anna);
    "set call services": |s, a| call_services::set(s.env(), a, s.anna, &model::CallServicesDraft::default(), None);
    "see a profile": |s, a| profile::get(s.env(), a, s.anna);
    "set a profile": |s, a| profile::set(s.env(), a, s.anna, &model::ProfileDraft::default(), None);
    "take a user's view": |s, a| view::take(s.env(), a, "no session", s.anna);
    "read the phone book": |s, a| phone_book::list(s.env(), a, "", None, Limit::default());
    "see the user's access": |s, a| account::access(s.env(), a, s.anna);
    "send the registration email": |s, a| account::send_registration_email(s.env(), a, s.anna);
    "begin to reset an account": |s, a| account::resettable(s.env(), a, s.anna);
    "reset an account": |s, a| reset(s, a);
    "see the own account": |s, a| account::own(s.env(), a, "");
    "end the own other sessions": |s, a| account::end_other_sessions(s.env(), a, "");
    "set the own language": |s, a| account::set_language(s.env(), a, "de");
    "change the own password": |s, a| change_password(s, a);
    "reset an administrator": |s, a| reset_administrator(s, a);
    "see the own second factors": |s, a| second_factor::own(s.env(), a);
    "begin to set up an app": |s, a| second_factor::begin_totp(s.env(), a);
    "see the secret for an app": |s, a| second_factor::waiting_totp(s.env(), a);
    "set up an app": |s, a| second_factor::confirm_totp(s.env(), a, PASSWORD, "000000", SOURCE);
    "remove an app": |s, a| second_factor::remove_totp(s.env(), a, PASSWORD, SOURCE);
    "make new recovery codes": |s, a| second_factor::new_recovery_codes(s.env(), a, PASSWORD, SOURCE);
    "begin to add a passkey": |s, a| second_factor::start_passkey(s.env(), a, "Laptop", PASSWORD, SOURCE);
    "add a passkey": |s, a| second_factor::add_passkey(s.env(), a, "no challenge", "{}");
    "see a passkey": |s, a| second_factor::passkey(s.env(), a, model::PasskeyId(a.id()));
    "remove a passkey": |s, a| second_factor::remove_passkey(s.env(), a, model::PasskeyId(a.id()), PASSWORD, SOURCE);
    "see the password rules": |s, a| password_rules::get(s.env(), a, s.muster.id());
    "set the password rules": |s, a| password_rules::set(s.env(), a, s.muster.id(), &PasswordRules::default().typed());
    "list kept letters": |s, a| mail::list(s.env(), a);
    "read a kept letter": |s, a| read_letter(s, a);
    "list one's calls": |s, a| call_record::list(s.env(), a, call_record::Wanted::default());
    "begin to add a pickup group": |s, a| team::may_add(s.env(), a, s.muster.site.id());
    "add a pickup group": |s, a| team::add(s.env(), a, (s.muster.site.id(), TeamKind::Pickup), &groups::wanted_team());
    "list the pickup groups": |s, a| team::list(s.env(), a, (s.muster.site.id(), TeamKind::Pickup), &ListTeams::default());
    "see a pickup group": |s, a| team::get(s.env(), a, groups::team_of(s).await?);
    "change a pickup group": |s, a| team::modify(s.env(), a, groups::team_of(s).await?, &groups::wanted_team(), None);
    "preview a group's deletion": |s, a| team::deletion_preview(s.env(), a, groups::team_of(s).await?);
    "delete a pickup group": |s, a| team::delete(s.env(), a, groups::team_of(s).await?, None);
    "delete a user and tell": |s, a| delete_and_tell(s, a);
    "see a site's hunt groups": |s, a| hunt_group::list(s.env(), a, s.muster.site.id(), "", (None, Limit::default()));
    "count a site's hunt groups": |s, a| hunt_group::count(s.env(), a, s.muster.site.id());
    "begin to add a hunt group": |s, a| hunt_group::may_add(s.env(), a, s.muster.site.id());
    "add a hunt group": |s, a| groups::add_hunt_group(s, a);
    "look for members": |s, a| hunt_group::candidates(s.env(), a, s.muster.site.id(), "");
    "name members in a form": |s, a| hunt_group::draft_seats(s.env(), a, s.muster.site.id(), &[]);
    "see a hunt group": |s, a| groups::see_hunt_group(s, a);
    "change a hunt group": |s, a| groups::change_hunt_group(s, a);
    "preview a hunt group's deletion": |s, a| groups::preview_hunt_group(s, a);
    "delete a hunt group": |s, a| groups::delete_hunt_group(s, a);
    "see a site's sounds": |s, a| audio::list(s.env(), a, groups::music_of(s).0);
    "listen to a sound": |s, a| groups::listen(s, a);
    "begin to upload a sound": |s, a| audio::begin(s.env(), a, groups::music_of(s).0);
    "upload a sound": |s, a| groups::upload(s, a);
    "remove a sound": |s, a| groups::remove_sound(s, a);
    "see a site's call centres": |s, a| call_centre::list(s.env(), a, s.muster.site.id(), None, None);
    "begin to add a call centre": |s, a| call_centre::may_add(s.env(), a, s.muster.site.id());
    "add a call centre": |s, a| groups::add_call_centre(s, a);
    "look for agents": |s, a| call_centre::people(s.env(), a, s.muster.site.id(), "");
    "see a call centre": |s, a| groups::see_call_centre(s, a);
    "see who is in a call centre": |s, a| groups::see_centre_details(s, a);
    "begin to change a call centre": |s, a| groups::begin_to_change(s, a);
    "see where its calls go": |s, a| groups::see_targets(s, a);
    "change a call centre": |s, a| groups::change_call_centre(s, a);
    "preview a centre's deletion": |s, a| groups::preview_call_centre(s, a);
    "delete a call centre": |s, a| groups::delete_call_centre(s, a);
    "see a wallboard": |s, a| groups::see_wallboard(s, a);
    "see a queue's history": |s, a| groups::see_queue_history(s, a);
    "see the way of a team's call": |s, a| groups::see_way(s, a);
    "see a hunt group's report": |s, a| groups::see_group_report(s, a);
    "set an agent's state": |s, a| groups::set_agent_state(s, a);
    "see one's desk": |s, a| call_centre::desks(s.env(), a, Timestamp(0));
    "see whether one has a desk": |s, a| call_centre::has_desk(s.env(), a);
    "see whom one supervises": |s, a| call_centre::supervised(s.env(), a);
    "decide about a group": |s, a| groups::decide_group(s, a);
    "begin to cancel a group": |s, a| groups::may_cancel_group(s, a);
    "cancel a group": |s, a| groups::cancel_group(s, a);
    "see which groups wait": |s, a| virtual_user::queue(s.env(), a, &activation::Waiting::default());
    "see the user's groups": |s, a| service::groups::of_user(s.env(), a, s.anna);
};

fn of_anna(scene: &Scene) -> BeginRenewal {
    BeginRenewal {
        id: None,
        whom: Whom::Users(vec![scene.anna]),
        password: None,
    }
}

/// Begun by the administrator of Anna's site.
async fn begun(scene: &Scene) -> model::RenewalId {
    let begun = renewal::begin(scene.env(), &scene.actors[2], &of_anna(scene)).await;
    begun.unwrap().id
}

/// The same, and over.
async fn run(scene: &Scene) -> model::RenewalId {
    let id = begun(scene).await;
    scene.system.run_jobs().await;
    id
}

async fn free_extension(scene: &Scene, actor: &Actor) -> Result<Option<model::Extension>> {
    let draft = user::draft::get(scene.env(), actor, scene.muster.site.id()).await?;
    user::draft::free_extension(scene.env(), actor, &draft).await
}

/// A number that nothing else has.
fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

async fn department_of(scene: &Scene) -> Result<model::DepartmentId> {
    let (site, name) = (scene.muster.site.id(), next().to_string());
    let added = department::add(scene.env(), &scene.muster.admin, site, &name, None).await?;
    Ok(added.id)
}

async fn modify_department(scene: &Scene, actor: &Actor) -> Result<model::Department> {
    let patch = department::DepartmentPatch {
        name: Some(format!("neu {}", next())),
        parent: None,
    };
    let (site, id) = (scene.muster.site.id(), department_of(scene).await?);
    department::modify(scene.env(), actor, site, id, &patch).await
}

async fn delete_department(scene: &Scene, actor: &Actor) -> Result<()> {
    let (site, id) = (scene.muster.site.id(), department_of(scene).await?);
    department::delete(scene.env(), actor, site, id).await
}

async fn administrator_of(scene: &Scene) -> Result<model::AccountId> {
    let request = AddAdministrator {
        role: "enterprise-admin".into(),
        sites: vec![],
        username: format!("ziel{}", next()),
        email: "a@muster.example".into(),
        language: "de".into(),
    };
    let of = scene.muster.id();
    Ok(
        administrator::add(scene.env(), &scene.system.operator, of, &request)
            .await?
            .0,
    )
}

async fn reset_administrator(scene: &Scene, actor: &Actor) -> Result<()> {
    let id = administrator_of(scene).await?;
    administrator_reset::reset(scene.env(), actor, scene.muster.id(), id).await
}

async fn begin_administrator(scene: &Scene, actor: &Actor) -> Result<service::Account> {
    let id = administrator_of(scene).await?;
    administrator_change::may_modify(scene.env(), actor, scene.muster.id(), id).await
}

async fn modify_administrator(scene: &Scene, actor: &Actor) -> Result<service::Account> {
    let id = administrator_of(scene).await?;
    let request = ModifyAdministrator {
        role: "enterprise-admin".into(),
        sites: vec![],
        email: "b@muster.example".into(),
        language: "en".into(),
    };
    administrator_change::modify(scene.env(), actor, scene.muster.id(), id, &request).await
}

async fn remove_administrator(scene: &Scene, actor: &Actor) -> Result<()> {
    let id = administrator_of(scene).await?;
    administrator_change::remove(scene.env(), actor, scene.muster.id(), id).await
}

async fn number_of(scene: &Scene) -> Result<String> {
    let n = next();
    let (site, number) = (scene.muster.site.id(), format!("+492119{n:06}"));
    number::import_range(scene.env(), &scene.system.operator, site, &number, &number).await?;
    Ok(number)
}

async fn begin_number(scene: &Scene, actor: &Actor) -> Result<()> {
    let (site, number) = (scene.muster.site.id(), number_of(scene).await?);
    let found = number_state::may_change(scene.env(), actor, site, &number).await;
    found.map(|_| ())
}

async fn reserve(scene: &Scene, actor: &Actor) -> Result<model::Number> {
    let (site, number) = (scene.muster.site.id(), number_of(scene).await?);
    number_state::set_reserved(scene.env(), actor, site, &number, true).await
}

async fn remove_number(scene: &Scene, actor: &Actor) -> Result<()> {
    let (site, number) = (scene.muster.site.id(), number_of(scene).await?);
    number_state::remove(scene.env(), actor, site, &number).await
}

/// Not a question to the database.
async fn trunk_of(scene: &Scene, actor: &Actor) -> Result<()> {
    std::future::ready(trunk::get(scene.env(), actor).map(|_| ())).await
}

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

async fn reset(scene: &Scene, actor: &Actor) -> Result<()> {
    account::reset(scene.env(), actor, scene.pending(actor).await).await
}

async fn change_password(scene: &Scene, actor: &Actor) -> Result<()> {
    let request = ChangePassword {
        old: PASSWORD.into(),
        new: "Klinke-anders-9".into(),
    };
    account::change_password(scene.env(), actor, "", &request, SOURCE).await
}

async fn read_letter(scene: &Scene, actor: &Actor) -> Result<mail::ReadLetter> {
    scene.system.run_jobs().await;
    let id = scene.system.mailbox.all()[0].letter.id;
    mail::get(scene.env(), actor, id).await
}

async fn preview(scene: &Scene, actor: &Actor) -> Result<user::Deletion> {
    user::deletion_preview(scene.env(), actor, scene.active(actor).await).await
}

async fn delete_and_tell(scene: &Scene, actor: &Actor) -> Result<()> {
    let (user, nobody) = (scene.active(actor).await, user::Farewell::default());
    user::delete_and_tell(scene.env(), actor, user, &nobody, None).await
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
    assert_golden("crates/service/tests/it/role_matrix.txt", &matrix);
}

/// Whoever adds a use case tries it above.
#[test]
fn r4_every_use_case_that_takes_an_actor_is_tried() {
    let sources = [
        include_str!("../../src/account/change_password.rs"),
        include_str!("../../src/account/own.rs"),
        include_str!("../../src/account/registration_email.rs"),
        include_str!("../../src/account/reset.rs"),
        include_str!("../../src/activation/decide.rs"),
        include_str!("../../src/activation/queue.rs"),
        include_str!("../../src/activation/request.rs"),
        include_str!("../../src/administrator.rs"),
        include_str!("../../src/administrator_change.rs"),
        include_str!("../../src/administrator_reset.rs"),
        include_str!("../../src/audio/list.rs"),
        include_str!("../../src/audio/put.rs"),
        include_str!("../../src/audio/remove.rs"),
        include_str!("../../src/call_centre/add.rs"),
        include_str!("../../src/call_centre/agent.rs"),
        include_str!("../../src/call_centre/set_state.rs"),
        include_str!("../../src/call_centre/delete.rs"),
        include_str!("../../src/call_centre/list.rs"),
        include_str!("../../src/call_centre/modify.rs"),
        include_str!("../../src/call_centre/people.rs"),
        include_str!("../../src/call_centre/seat.rs"),
        include_str!("../../src/call_centre/wall.rs"),
        include_str!("../../src/call_record.rs"),
        include_str!("../../src/call_services.rs"),
        include_str!("../../src/department.rs"),
        include_str!("../../src/enterprise.rs"),
        include_str!("../../src/enterprise_change.rs"),
        include_str!("../../src/group_call/history.rs"),
        include_str!("../../src/group_call/report.rs"),
        include_str!("../../src/groups.rs"),
        include_str!("../../src/help/mod.rs"),
        include_str!("../../src/hunt_group/add.rs"),
        include_str!("../../src/hunt_group/delete.rs"),
        include_str!("../../src/hunt_group/get.rs"),
        include_str!("../../src/hunt_group/list.rs"),
        include_str!("../../src/hunt_group/modify.rs"),
        include_str!("../../src/journal.rs"),
        include_str!("../../src/licence.rs"),
        include_str!("../../src/login_details.rs"),
        include_str!("../../src/mail/kept.rs"),
        include_str!("../../src/number.rs"),
        include_str!("../../src/number_state.rs"),
        include_str!("../../src/phone_book.rs"),
        include_str!("../../src/profile.rs"),
        include_str!("../../src/password_rules.rs"),
        include_str!("../../src/reachability.rs"),
        include_str!("../../src/renewal/begin.rs"),
        include_str!("../../src/renewal/cancel.rs"),
        include_str!("../../src/renewal/fetch.rs"),
        include_str!("../../src/renewal/get.rs"),
        include_str!("../../src/second_factor/own.rs"),
        include_str!("../../src/second_factor/passkey.rs"),
        include_str!("../../src/second_factor/recovery.rs"),
        include_str!("../../src/second_factor/totp.rs"),
        include_str!("../../src/site.rs"),
        include_str!("../../src/team/add.rs"),
        include_str!("../../src/team/delete.rs"),
        include_str!("../../src/team/get.rs"),
        include_str!("../../src/team/list.rs"),
        include_str!("../../src/team/modify.rs"),
        include_str!("../../src/usage.rs"),
        include_str!("../../src/user/add.rs"),
        include_str!("../../src/user/delete.rs"),
        include_str!("../../src/user/draft.rs"),
        include_str!("../../src/user/farewell.rs"),
        include_str!("../../src/user/get.rs"),
        include_str!("../../src/user/list.rs"),
        include_str!("../../src/user/meanwhile.rs"),
        include_str!("../../src/user/modify.rs"),
        include_str!("../../src/view.rs"),
        include_str!("../../src/virtual_user/activation.rs"),
    ];
    let signatures = sources
        .into_iter()
        .flat_map(|source| source.split("pub async fn ").skip(1));
    let with_actor =
        signatures.filter(|text| text.split(')').next().unwrap().contains("actor: &Actor"));
    // Users and the journal are listed in two ways, calls in three; the trunk is asked without the database.
    assert_eq!(with_actor.count() + 5, DEEDS.len());
}
