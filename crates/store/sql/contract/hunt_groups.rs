//! Virtual users and hunt groups: numbers and extensions that are shared with users, seats, forwards, borders (G3, D3, R4).

use std::sync::Arc;

use model::{
    CallServices, Cursor, ForwardTarget, GroupKind, Holder, HuntForward, HuntGroup,
    HuntGroupSettings, HuntMember, HuntPolicy, Limit, NumberState, Page, State, UserId,
    VirtualUser, VirtualUserId, VirtualUserKind,
};
use store::{NumberFilter, Tenant, Tx, VirtualUserKept, VirtualUserList, VirtualUserScope};

use super::{
    Company, Person, World,
    isolation::two,
    races::each_at_once,
    world::{NOW, insert_user, new_user},
};

/// A hunt group of the company with its `nth` number; the extension is the end of it.
pub(super) fn hunt_group(world: &World, company: &Company, nth: usize, name: &str) -> VirtualUser {
    let number = company.number(nth);
    let extension = number.digits()[number.digits().len() - 5..].parse();
    VirtualUser {
        id: VirtualUserId(world.id()),
        kind: VirtualUserKind::HuntGroup,
        enterprise: company.id(),
        site: company.site.id,
        department: None,
        name: name.parse().unwrap(),
        number,
        extension: extension.unwrap(),
        state: State::Pending,
        version: 1,
        created_at: NOW,
    }
}

/// Writes it with its number and default settings.
pub(super) async fn keep(tx: &mut dyn Tx, group: &VirtualUser) {
    let kept = tx.virtual_user().insert(group).await.unwrap();
    assert_eq!(kept, VirtualUserKept::Done);
    let holder = Holder::VirtualUser(group.id);
    let assigned = tx.number().assign(group.site, &group.number, holder).await;
    assert!(assigned.unwrap());
    let settings = HuntGroupSettings::default();
    tx.hunt_group().put(group.id, &settings).await.unwrap();
}

async fn kept(world: &World, company: &Company, nth: usize, name: &str) -> VirtualUser {
    let group = hunt_group(world, company, nth, name);
    let mut tx = world.write().await;
    keep(tx.as_mut(), &group).await;
    tx.commit().await.unwrap();
    group
}

fn seat(user: UserId, weight: u8) -> HuntMember {
    HuntMember { user, weight }
}

async fn set_members(world: &World, group: &VirtualUser, members: &[HuntMember]) {
    let mut tx = world.write().await;
    tx.hunt_group()
        .put_members(group.id, members)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn g3_a_hunt_group_reads_back_as_it_was_written() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let (anna, ben) = (
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
    );
    let virtual_user = kept(&world, &muster, 90, "Vertrieb").await;
    let settings = HuntGroupSettings {
        policy: HuntPolicy::Weighted,
        skip_after_rings: None,
        no_answer: Some(HuntForward {
            after_s: 7200,
            target: ForwardTarget::User(anna.id),
        }),
        not_reachable: Some(ForwardTarget::Number("+4930123456".parse().unwrap())),
        is_busy: true,
        busy: Some(ForwardTarget::User(ben.id)),
        shows_name: false,
        allows_call_waiting: true,
    };
    let members = vec![seat(ben.id, 100), seat(anna.id, 0)];
    let mut tx = world.write().await;
    let id = virtual_user.id;
    tx.hunt_group().put(id, &settings).await.unwrap();
    tx.hunt_group().put_members(id, &members).await.unwrap();
    let found = tx.hunt_group().get(muster.tenant(), id).await.unwrap();
    let group = HuntGroup {
        virtual_user,
        settings,
        members,
    };
    assert_eq!(found, Some(group.clone()));
    let turned: Vec<_> = group.members.iter().rev().copied().collect();
    tx.hunt_group().put_members(id, &turned).await.unwrap();
    tx.hunt_group()
        .put(id, &HuntGroupSettings::default())
        .await
        .unwrap();
    let found = tx.hunt_group().get(muster.tenant(), id).await.unwrap();
    let found = found.unwrap();
    assert_eq!(found.members, turned, "another order");
    assert_eq!(found.settings, HuntGroupSettings::default(), "no forwards");
    let seats = tx.hunt_group().list_seats(muster.tenant(), id).await;
    let seats: Vec<_> = seats.unwrap().into_iter().map(|seat| seat.member).collect();
    assert_eq!(seats, turned);
    let count = tx.hunt_group().count_members(muster.tenant(), id).await;
    assert_eq!(count.unwrap(), 2);
}

#[tokio::test]
async fn g3_a_number_is_held_by_a_user_or_a_group_and_free_with_neither() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let group = kept(&world, &muster, 90, "Vertrieb").await;
    let (site, number) = (muster.site.id, &group.number);
    let mut tx = world.write().await;
    let state = tx.number().get(number).await.unwrap().unwrap().state;
    assert_eq!(state, NumberState::Assigned(Holder::VirtualUser(group.id)));
    assert!(!tx.number().is_available(site, number).await.unwrap());
    assert!(
        !tx.number()
            .assign(site, number, Holder::User(anna.id))
            .await
            .unwrap()
    );
    assert!(!tx.number().set_reserved(site, number, true).await.unwrap());
    assert!(!tx.number().delete(site, number).await.unwrap());
    assert_eq!(tx.number().count(site).await.unwrap(), (100, 98));
    let free = tx
        .number()
        .list_free(site, number.digits(), Limit::new(9))
        .await;
    assert_eq!(free.unwrap(), []);
    let available = tx.number().list(site, true, None, Limit::new(200)).await;
    assert_eq!(available.unwrap().items.len(), 98);
    let filter = NumberFilter {
        state: Some("assigned".to_owned()),
        search: Some("vertrieb".to_owned()),
    };
    let held = tx
        .number()
        .list_held(site, &filter, None, Limit::new(9))
        .await;
    let held = held.unwrap().items;
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].holder.as_deref(), Some("Vertrieb"));
    let deleted = tx.virtual_user().delete(muster.tenant(), group.id, 1).await;
    assert!(deleted.unwrap());
    let is_free = tx.number().is_available(site, number).await.unwrap();
    assert!(is_free, "in the same transaction");
    let holder = tx
        .user()
        .extension_holder(muster.id(), &group.extension)
        .await;
    assert_eq!(holder.unwrap(), None);
}

#[tokio::test]
async fn u4_users_and_groups_share_one_range_of_extensions() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let taken = world.user(anna.id).await.extension;
    let group = kept(&world, &muster, 90, "Vertrieb").await;
    let mut tx = world.write().await;
    let mut second = hunt_group(&world, &muster, 91, "Einkauf");
    second.extension = taken.clone();
    let refused = tx.virtual_user().insert(&second).await.unwrap();
    assert_eq!(refused, VirtualUserKept::ExtensionTaken);
    let found = tx.virtual_user().get(muster.tenant(), second.id).await;
    assert_eq!(found.unwrap(), None, "nothing is left of it");
    let mut ben = new_user(&muster.number(2), "Ben Kurz");
    ben.extension = group.extension.clone();
    let id = UserId(world.id());
    let added = insert_user(tx.as_mut(), muster.id(), muster.site.id, id, &ben).await;
    assert!(!added, "the group has it");
    let holder = tx
        .user()
        .extension_holder(muster.id(), &group.extension)
        .await;
    let holder = holder.unwrap().unwrap();
    assert_eq!(holder.holder, Holder::VirtualUser(group.id));
    assert_eq!(
        (holder.name.as_str(), holder.site),
        ("Vertrieb", muster.site.id)
    );
    let all = tx
        .user()
        .list_extensions(muster.id(), &"00000".parse().unwrap())
        .await;
    assert_eq!(all.unwrap(), [taken.clone(), group.extension.clone()]);
    let long = tx.user().count_extensions_outside(muster.id(), 2, 4).await;
    assert_eq!(long.unwrap(), 2);
    let moved = VirtualUser {
        extension: taken,
        ..group
    };
    let refused = tx
        .virtual_user()
        .update(muster.tenant(), &moved)
        .await
        .unwrap();
    assert_eq!(refused, VirtualUserKept::ExtensionTaken);
}

#[tokio::test]
async fn u4_an_extension_that_changes_is_free_again() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let group = kept(&world, &muster, 90, "Vertrieb").await;
    let before = group.extension.clone();
    let moved = VirtualUser {
        extension: "4711".parse().unwrap(),
        ..group
    };
    let mut tx = world.write().await;
    let done = tx
        .virtual_user()
        .update(muster.tenant(), &moved)
        .await
        .unwrap();
    assert_eq!(done, VirtualUserKept::Done);
    for (extension, is_held) in [(&before, false), (&moved.extension, true)] {
        let holder = tx.user().extension_holder(muster.id(), extension).await;
        assert_eq!(holder.unwrap().is_some(), is_held, "{extension}");
    }
    let again = tx
        .virtual_user()
        .update(muster.tenant(), &moved)
        .await
        .unwrap();
    assert_eq!(again, VirtualUserKept::Meanwhile, "an old version");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn u4_of_a_user_and_a_group_that_want_an_extension_at_once_one_gets_it() {
    let world = Arc::new(World::new().await);
    let muster = Arc::new(world.company("muster").await);
    let company = muster.clone();
    let got = each_at_once(&world, 10, move |world, n| {
        let muster = company.clone();
        async move {
            let mut tx = world.write().await;
            let wanted = "4711".parse().unwrap();
            let got = if n % 2 == 0 {
                let mut new = new_user(&muster.number(n), "Anna Weber");
                new.extension = wanted;
                let id = UserId(world.id());
                insert_user(tx.as_mut(), muster.id(), muster.site.id, id, &new).await
            } else {
                let mut group = hunt_group(&world, &muster, n, &format!("Gruppe {n}"));
                group.extension = wanted;
                tx.virtual_user().insert(&group).await.unwrap() == VirtualUserKept::Done
            };
            tx.commit().await.unwrap();
            got
        }
    });
    let got = got.await.into_iter().filter(|got| *got).count();
    assert_eq!(got, 1);
}

#[tokio::test]
async fn g3_a_name_is_there_once_at_a_site() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let group = kept(&world, &muster, 90, "Vertrieb").await;
    kept(&world, &beispiel, 90, "Vertrieb").await;
    let other = kept(&world, &muster, 91, "Einkauf").await;
    let mut tx = world.write().await;
    let same = hunt_group(&world, &muster, 92, "VERTRIEB");
    let refused = tx.virtual_user().insert(&same).await.unwrap();
    assert_eq!(refused, VirtualUserKept::NameTaken);
    for (site, found) in [
        (muster.site.id, Some(group.id)),
        (other.site, Some(group.id)),
    ] {
        let holder = tx.virtual_user().holder_of_name(site, &same.name).await;
        assert_eq!(holder.unwrap(), found);
    }
    let purchase = "Einkauf".parse().unwrap();
    let elsewhere = tx
        .virtual_user()
        .holder_of_name(beispiel.site.id, &purchase);
    assert_eq!(elsewhere.await.unwrap(), None);
    let renamed = VirtualUser {
        name: same.name,
        ..other
    };
    let refused = tx
        .virtual_user()
        .update(muster.tenant(), &renamed)
        .await
        .unwrap();
    assert_eq!(refused, VirtualUserKept::NameTaken);
}

async fn pages(tx: &mut dyn Tx, list: &VirtualUserList) -> Vec<String> {
    let mut names = Vec::new();
    let mut list = list.clone();
    loop {
        let page: Page<VirtualUser> = tx.virtual_user().list(&list).await.unwrap();
        names.extend(page.items.iter().map(|group| group.name.to_string()));
        match page.next {
            Some(next) => list.cursor = Some(next),
            None => return names,
        }
    }
}

#[tokio::test]
async fn r4_lists_of_groups_hold_those_of_the_scope_by_name() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    for (nth, name) in [(90, "Werkstatt"), (91, "Änderung"), (92, "Vertrieb")] {
        kept(&world, &muster, nth, name).await;
    }
    kept(&world, &beispiel, 90, "Beispiel").await;
    let mut tx = world.read().await;
    let list = |scope| VirtualUserList {
        scope,
        kind: Some(VirtualUserKind::HuntGroup),
        search: None,
        cursor: None,
        limit: Limit::new(2),
    };
    let site = VirtualUserScope::Site(muster.site.id);
    for scope in [site, VirtualUserScope::Enterprise(muster.id())] {
        let names = pages(tx.as_mut(), &list(scope)).await;
        assert_eq!(names, ["Änderung", "Vertrieb", "Werkstatt"], "{scope:?}");
        let back = VirtualUserList {
            cursor: Some(Cursor {
                key: "werkstatt".to_owned(),
                id: uuid::Uuid::nil(),
                backwards: true,
            }),
            ..list(scope)
        };
        let page = tx.virtual_user().list(&back).await.unwrap().items;
        let names: Vec<_> = page.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["Änderung", "Vertrieb"], "{scope:?}");
    }
    let number = muster.number(92);
    for search in ["ertri", number.digits()] {
        let found = VirtualUserList {
            search: Some(search.to_owned()),
            ..list(site)
        };
        assert_eq!(pages(tx.as_mut(), &found).await, ["Vertrieb"], "{search}");
    }
    let centres = VirtualUserList {
        kind: Some(VirtualUserKind::CallCentre),
        ..list(site)
    };
    assert_eq!(pages(tx.as_mut(), &centres).await, Vec::<String>::new());
}

#[tokio::test]
async fn r4_groups_are_found_and_changed_by_their_own_only() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let group = kept(&world, &muster, 90, "Vertrieb").await;
    set_members(&world, &group, &[seat(anna.id, 0)]).await;
    let eva = world.person(&muster, 2).await;
    set_members(&world, &group, &[seat(anna.id, 0), seat(eva.id, 0)]).await;
    let settings = HuntGroupSettings {
        busy: Some(ForwardTarget::User(ben.id)),
        ..HuntGroupSettings::default()
    };
    let mut tx = world.write().await;
    tx.hunt_group().put(group.id, &settings).await.unwrap();
    tx.commit().await.unwrap();
    let id = group.id;
    for (tenant, found) in [
        (beispiel.tenant(), false),
        (muster.tenant(), true),
        (Tenant::Installation, true),
    ] {
        let mut tx = world.write().await;
        let one = usize::from(found);
        let got = tx.virtual_user().get(tenant, id).await.unwrap();
        assert_eq!(got.is_some(), found, "get {tenant:?}");
        let got = tx.hunt_group().get(tenant, id).await.unwrap();
        assert_eq!(got.is_some(), found, "hunt group {tenant:?}");
        let seats = tx.hunt_group().list_seats(tenant, id).await.unwrap();
        assert_eq!(seats.len(), 2 * one, "seats {tenant:?}");
        let count = tx.hunt_group().count_members(tenant, id).await.unwrap();
        assert_eq!(count, if found { 2 } else { 0 }, "count {tenant:?}");
        let groups = tx.hunt_group().list_of_member(tenant, anna.id).await;
        assert_eq!(groups.unwrap().len(), one, "of member {tenant:?}");
        let fellows = tx.hunt_group().list_fellows(tenant, anna.id).await;
        assert_eq!(fellows.unwrap().len(), one, "fellows {tenant:?}");
        let forwards = tx.hunt_group().list_forwards_to(tenant, ben.id).await;
        assert_eq!(forwards.unwrap().len(), one, "forwards {tenant:?}");
        let state = State::Activated { at: NOW };
        let set = tx.virtual_user().update_state(tenant, id, &state, 1).await;
        assert_eq!(set.unwrap(), found, "state {tenant:?}");
        let version = 1 + i64::from(found);
        let changed = VirtualUser {
            version,
            ..group.clone()
        };
        let done = tx.virtual_user().update(tenant, &changed).await.unwrap();
        assert_eq!(done == VirtualUserKept::Done, found, "update {tenant:?}");
        let version = version + i64::from(found);
        let gone = tx.virtual_user().delete(tenant, id, version).await;
        assert_eq!(gone.unwrap(), found, "delete {tenant:?}");
    }
}

#[tokio::test]
async fn d3_a_deleted_user_leaves_every_seat_and_forward_and_the_groups_know_it() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let people: [Person; 3] = [
        world.person(&muster, 0).await,
        world.person(&muster, 1).await,
        world.person(&muster, 2).await,
    ];
    let [anna, ben, eva] = people.each_ref().map(|person| person.id);
    let sales = kept(&world, &muster, 90, "Vertrieb").await;
    let service = kept(&world, &muster, 91, "Service").await;
    let other = kept(&world, &muster, 92, "Lager").await;
    set_members(&world, &sales, &[seat(anna, 0), seat(ben, 0), seat(eva, 0)]).await;
    set_members(&world, &service, &[seat(ben, 0), seat(anna, 0)]).await;
    set_members(&world, &other, &[seat(eva, 0)]).await;
    let settings = HuntGroupSettings {
        no_answer: Some(HuntForward {
            after_s: 20,
            target: ForwardTarget::User(anna),
        }),
        ..HuntGroupSettings::default()
    };
    let mut tx = world.write().await;
    tx.hunt_group().put(other.id, &settings).await.unwrap();
    let tenant = muster.tenant();
    let groups = tx.hunt_group().list_of_member(tenant, anna).await.unwrap();
    let names: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["Service", "Vertrieb"]);
    assert!(
        groups
            .iter()
            .all(|group| group.kind == GroupKind::HuntGroup)
    );
    let fellows = tx.hunt_group().list_fellows(tenant, anna).await.unwrap();
    let mut fellows: Vec<_> = fellows.into_iter().map(|fellow| fellow.user).collect();
    fellows.sort();
    let mut expected = vec![ben, eva];
    expected.sort();
    assert_eq!(fellows, expected, "each once");
    tx.hunt_group().touch_of_user(anna).await.unwrap();
    assert!(tx.user().delete(tenant, anna, 1).await.unwrap());
    for (group, members) in [
        (&sales, vec![ben, eva]),
        (&service, vec![ben]),
        (&other, vec![eva]),
    ] {
        let found = tx
            .hunt_group()
            .get(tenant, group.id)
            .await
            .unwrap()
            .unwrap();
        let left: Vec<_> = found.members.iter().map(|member| member.user).collect();
        assert_eq!(left, members, "{}", group.name);
        assert_eq!(found.settings.no_answer, None, "{}", group.name);
        assert_eq!(found.virtual_user.version, 2, "{}", group.name);
    }
}

#[tokio::test]
async fn c3_forwards_to_a_group_follow_its_number_and_end_with_it() {
    let (world, [(muster, anna), (beispiel, ben)]) = two().await;
    let sales = kept(&world, &muster, 90, "Vertrieb").await;
    let service = kept(&world, &muster, 91, "Service").await;
    let target = |number: &model::PhoneNumber| ForwardTarget::Number(number.clone());
    let services = CallServices {
        busy: Some(target(&sales.number)),
        ..CallServices::default()
    };
    let settings = HuntGroupSettings {
        not_reachable: Some(target(&sales.number)),
        ..HuntGroupSettings::default()
    };
    let mut tx = world.write().await;
    for (tenant, id) in [(muster.tenant(), anna.id), (beispiel.tenant(), ben.id)] {
        let done = tx.call_services().update(tenant, id, &services).await;
        assert!(done.unwrap());
    }
    tx.hunt_group().put(service.id, &settings).await.unwrap();
    let forwards = tx
        .virtual_user()
        .list_forwards_to(muster.id(), &sales.number);
    let forwards = forwards.await.unwrap();
    let names: Vec<_> = forwards
        .iter()
        .map(|forward| forward.name.as_str())
        .collect();
    assert_eq!(names, ["Anna Weber", "Service"]);
    let new = muster.number(95);
    tx.virtual_user()
        .update_forwards_to(muster.id(), &sales.number, &new)
        .await
        .unwrap();
    let of_anna = tx
        .call_services()
        .get(muster.tenant(), anna.id)
        .await
        .unwrap();
    assert_eq!((of_anna.busy, of_anna.version), (Some(target(&new)), 2));
    let of_ben = tx
        .call_services()
        .get(beispiel.tenant(), ben.id)
        .await
        .unwrap();
    assert_eq!(
        of_ben.busy,
        Some(target(&sales.number)),
        "another enterprise's"
    );
    let found = tx
        .hunt_group()
        .get(muster.tenant(), service.id)
        .await
        .unwrap();
    let found = found.unwrap();
    assert_eq!(found.settings.not_reachable, Some(target(&new)));
    assert_eq!(found.virtual_user.version, 2);
    tx.virtual_user()
        .delete_forwards_to(muster.id(), &new)
        .await
        .unwrap();
    let of_anna = tx
        .call_services()
        .get(muster.tenant(), anna.id)
        .await
        .unwrap();
    assert_eq!((of_anna.busy, of_anna.version), (None, 3));
    let found = tx
        .hunt_group()
        .get(muster.tenant(), service.id)
        .await
        .unwrap();
    assert_eq!(found.unwrap().settings.not_reachable, None);
    let foreign = tx
        .virtual_user()
        .list_forwards_to(beispiel.id(), &sales.number);
    assert_eq!(foreign.await.unwrap().len(), 1, "the border holds");
    tx.virtual_user()
        .delete_forwards_to(muster.id(), &sales.number)
        .await
        .unwrap();
    let of_ben = tx
        .call_services()
        .get(beispiel.tenant(), ben.id)
        .await
        .unwrap();
    assert!(of_ben.busy.is_some(), "the border holds");
}

#[tokio::test]
async fn s4_virtual_users_that_are_not_active_wait_in_the_order_of_their_age() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    let sales = kept(&world, &muster, 90, "Vertrieb").await;
    let service = kept(&world, &muster, 91, "Service").await;
    let foreign = kept(&world, &beispiel, 90, "Vertrieb").await;
    let mut tx = world.write().await;
    let failed = State::Failed {
        reason: model::FailureReason::NumberNotAssigned,
    };
    let (tenant, active) = (Tenant::Installation, State::Activated { at: NOW });
    assert!(
        tx.virtual_user()
            .update_state(tenant, service.id, &failed, 1)
            .await
            .unwrap()
    );
    let ids = |waiting: Vec<store::VirtualUserNotActive>| {
        let ids = waiting.iter().map(|one| one.virtual_user.id);
        ids.collect::<Vec<_>>()
    };
    let all = tx.virtual_user().list_not_active(None, None).await.unwrap();
    assert_eq!(all[0].site_name, "Düsseldorf");
    assert_eq!(ids(all), [sales.id, service.id, foreign.id]);
    let of = tx
        .virtual_user()
        .list_not_active(Some(muster.id()), Some("failed"))
        .await;
    assert_eq!(ids(of.unwrap()), [service.id]);
    assert_eq!(tx.virtual_user().count_not_active().await.unwrap(), (2, 1));
    assert!(
        tx.virtual_user()
            .update_state(tenant, sales.id, &active, 1)
            .await
            .unwrap()
    );
    assert_eq!(tx.virtual_user().count_not_active().await.unwrap(), (1, 1));
}

#[tokio::test]
async fn the_phone_book_holds_users_and_groups_in_one_order() {
    let (world, [(muster, _), (beispiel, _)]) = two().await;
    kept(&world, &beispiel, 90, "Beispiel").await;
    let numbers = [1, 2].map(|nth| muster.number(nth));
    for (number, name) in numbers.iter().zip(["Max Abel", "Eva Zorn"]) {
        world.person_at(&muster, &muster.site, number, name).await;
    }
    for (nth, name) in [(90, "Vertrieb"), (91, "Zentrale"), (92, "Annahme")] {
        kept(&world, &muster, nth, name).await;
    }
    let all = [
        "Max Abel",
        "Annahme",
        "Vertrieb",
        "Anna Weber",
        "Zentrale",
        "Eva Zorn",
    ];
    let mut tx = world.read().await;
    let names = |page: &Page<store::PhoneBookEntry>| {
        let names = page.items.iter().map(|entry| entry.name.clone());
        names.collect::<Vec<_>>()
    };
    let (mut found, mut cursor) = (Vec::new(), None);
    let mut last;
    loop {
        let page = tx
            .profile()
            .list_phone_book(muster.id(), None, cursor.as_ref(), Limit::new(2));
        let page = page.await.unwrap();
        found.extend(names(&page));
        last = page.clone();
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(found, all);
    let back =
        tx.profile()
            .list_phone_book(muster.id(), None, last.previous.as_ref(), Limit::new(3));
    assert_eq!(names(&back.await.unwrap()), all[1..4]);
    let search = tx
        .profile()
        .list_phone_book(muster.id(), Some("zen"), None, Limit::new(9));
    let search = search.await.unwrap();
    assert_eq!(names(&search), ["Zentrale"]);
    assert_eq!(search.items[0].kind, Some(VirtualUserKind::HuntGroup));
}
