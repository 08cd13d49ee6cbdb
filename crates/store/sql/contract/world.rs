//! Enterprises and people, written through the store.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use model::{
    AccountId, CallOutcome, CallParty, CallRecord, CallRecordId, Department, DepartmentId,
    Enterprise, EnterpriseId, Entity, Grant, Holder, JobId, JournalAction, Language,
    NewJournalEntry, NewUser, NumberRange, PhoneNumber, Product, Site, SiteId, State, Timestamp,
    User, UserDraft, UserId,
};
use store::{
    JobKind, NewAccount, PhoneLogin, Registration, SessionRecord, Store, Tenant, TokenHash, Tx,
    UserRecord,
};
use uuid::Uuid;

use crate::scratch::Scratch;

/// When everything in these tests happens.
pub(crate) const NOW: Timestamp = Timestamp(1_768_467_600_000);

/// An empty database.
pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    // Behind `store`, so that the store goes before its database.
    pub(crate) scratch: Scratch,
    next: AtomicU64,
}

/// An enterprise with a site, a department, 100 numbers, 50 licences of each product and an administrator.
pub(crate) struct Company {
    pub(crate) enterprise: Enterprise,
    pub(crate) site: Site,
    pub(crate) department: DepartmentId,
    pub(crate) admin: AccountId,
    pub(crate) range: NumberRange,
}

/// A user with account, number, phone login and job.
pub(crate) struct Person {
    pub(crate) id: UserId,
    pub(crate) account: AccountId,
    pub(crate) job: JobId,
}

impl World {
    pub(crate) async fn new() -> Self {
        let scratch = Scratch::for_contract().await;
        let store: Arc<dyn Store> = Arc::new(scratch.open().await.unwrap());
        Self {
            store,
            scratch,
            next: AtomicU64::new(1),
        }
    }

    pub(crate) async fn read(&self) -> Box<dyn Tx> {
        self.store.read().await.unwrap()
    }

    pub(crate) async fn write(&self) -> Box<dyn Tx> {
        self.store.write().await.unwrap()
    }

    /// An id larger than all before.
    pub(crate) fn id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.next.fetch_add(1, Ordering::Relaxed)) << 64 | 0x7000)
    }

    pub(crate) async fn company(&self, domain: &str) -> Company {
        let enterprise = Enterprise {
            id: EnterpriseId(self.id()),
            name: domain.to_uppercase().parse().unwrap(),
            domain: domain.parse().unwrap(),
            country: model::Country::Germany,
            extension_rule: model::ExtensionRule::default(),
            telephony: model::Telephony::default(),
            created_at: NOW,
        };
        let mut tx = self.write().await;
        assert!(tx.enterprise().insert(&enterprise).await.unwrap());
        for product in Product::all() {
            assert!(
                tx.licence()
                    .set_total(enterprise.id, product, 50)
                    .await
                    .unwrap()
            );
        }
        tx.commit().await.unwrap();
        let (site, range) = self.site(&enterprise, "Düsseldorf").await;
        let department = DepartmentId(self.id());
        let mut tx = self.write().await;
        let vertrieb = Department {
            id: department,
            site: site.id,
            parent: None,
            name: "Vertrieb".parse().unwrap(),
        };
        tx.department().insert(&vertrieb).await.unwrap();
        tx.commit().await.unwrap();
        let admin = self
            .account(&Grant::EnterpriseAdmin(enterprise.id), "admin")
            .await;
        Company {
            enterprise,
            site,
            department,
            admin,
            range,
        }
    }

    /// A site with 100 numbers that nobody else has.
    pub(crate) async fn site(&self, enterprise: &Enterprise, name: &str) -> (Site, NumberRange) {
        let id = SiteId(self.id());
        let site = Site {
            id,
            enterprise: enterprise.id,
            name: name.parse().unwrap(),
            country: enterprise.country,
            main_number: None,
            created_at: NOW,
        };
        let first = 49_211_500_000_u128 + (id.0.as_u128() >> 64) * 100;
        let number = |n: u128| format!("+{n}").parse::<PhoneNumber>().unwrap();
        let range = NumberRange::new(&number(first), &number(first + 99)).unwrap();
        let mut tx = self.write().await;
        assert!(tx.site().insert(&site).await.unwrap());
        assert_eq!(
            tx.number()
                .insert_range(enterprise.id, id, &range)
                .await
                .unwrap(),
            100
        );
        tx.commit().await.unwrap();
        (site, range)
    }

    pub(crate) async fn account(&self, grant: &Grant, username: &str) -> AccountId {
        let id = AccountId(self.id());
        let mut tx = self.write().await;
        assert!(
            tx.account()
                .insert(&new_account(id, grant, username))
                .await
                .unwrap()
        );
        tx.commit().await.unwrap();
        id
    }

    /// The company's person with its `nth` number and extension.
    pub(crate) async fn person(&self, company: &Company, nth: usize) -> Person {
        let number = company.number(nth);
        self.person_at(company, &company.site, &number, "Anna Weber")
            .await
    }

    pub(crate) async fn person_at(
        &self,
        company: &Company,
        site: &Site,
        number: &PhoneNumber,
        name: &str,
    ) -> Person {
        let new = new_user(number, name);
        let (id, account) = (UserId(self.id()), AccountId(self.id()));
        let mut tx = self.write().await;
        assert!(insert_user(tx.as_mut(), company.enterprise.id, site.id, id, &new).await);
        let grant = Grant::User(company.enterprise.id, id);
        assert!(
            tx.account()
                .insert(&new_account(account, &grant, new.username.as_str()))
                .await
                .unwrap()
        );
        assert!(
            tx.number()
                .assign(site.id, number, Holder::User(id))
                .await
                .unwrap()
        );
        let login = phone_login(number.digits());
        tx.phone_login()
            .put(Tenant::Installation, id, &login)
            .await
            .unwrap();
        let job = JobId(self.id());
        tx.job()
            .insert(job, JobKind::Activation(id), NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Person { id, account, job }
    }

    pub(crate) async fn user(&self, id: UserId) -> User {
        self.read()
            .await
            .user()
            .get(Tenant::Installation, id)
            .await
            .unwrap()
            .unwrap()
    }
}

impl Company {
    pub(crate) fn id(&self) -> EnterpriseId {
        self.enterprise.id
    }

    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::Enterprise(self.enterprise.id)
    }

    pub(crate) fn number(&self, nth: usize) -> PhoneNumber {
        self.range.numbers().nth(nth).unwrap()
    }
}

/// What an administrator types: the extension is the end of the number.
pub(crate) fn new_user(number: &PhoneNumber, name: &str) -> NewUser {
    let (first_name, last_name) = name.split_once(' ').unwrap();
    let draft = UserDraft {
        number: number.to_string(),
        extension: number.digits()[number.digits().len() - 5..].to_owned(),
        package: "standard".to_owned(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        username: format!("user{}", number.digits()),
        email: "anna@muster.example".to_owned(),
        desk_phone_type: "snom-d785".to_owned(),
        ..UserDraft::default()
    };
    draft
        .check(model::Country::Germany, model::ExtensionRule::default())
        .unwrap()
}

pub(crate) async fn insert_user(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    site: SiteId,
    id: UserId,
    user: &NewUser,
) -> bool {
    let record = UserRecord {
        id,
        enterprise,
        site,
        user,
        state: &State::Pending,
        created_at: NOW,
    };
    tx.user().insert(&record).await.unwrap()
}

pub(crate) fn new_account<'a>(
    id: AccountId,
    grant: &'a Grant,
    username: &'a str,
) -> NewAccount<'a> {
    NewAccount {
        id,
        grant,
        username,
        username_folded: username,
        email: "post@muster.example",
        language: Language::German,
        created_at: NOW,
    }
}

pub(crate) fn session(
    token: TokenHash,
    account: AccountId,
    expires_at: Timestamp,
) -> SessionRecord {
    SessionRecord {
        token,
        account,
        source: "192.0.2.7".to_owned(),
        browser: "Mozilla/5.0".to_owned(),
        created_at: NOW,
        expires_at,
    }
}

pub(crate) fn phone_login(login: &str) -> PhoneLogin {
    PhoneLogin {
        login: login.to_owned(),
        sealed: vec![1, 2, 3],
        issued_at: NOW,
    }
}

/// An entry about something of the enterprise.
pub(crate) fn entry(enterprise: EnterpriseId, site: SiteId, entity: Uuid) -> NewJournalEntry {
    NewJournalEntry {
        at: NOW,
        actor: None,
        actor_name: "Klinke".to_owned(),
        on_behalf_of: None,
        enterprise: Some(enterprise),
        site: Some(site),
        action: JournalAction::UserAdded,
        entity: Entity {
            id: entity,
            name: "Anna Weber".to_owned(),
        },
        changes: Vec::new(),
    }
}

/// A phone of the person with this login.
pub(crate) fn registration(login: &str, contact: &str) -> Registration {
    Registration {
        login: login.to_owned(),
        contact: contact.to_owned(),
        instance: Some("<urn:uuid:1>".to_owned()),
        path: r#"["<sip:edge.example;lr>"]"#.to_owned(),
        transport: "UDP".to_owned(),
        local_address: "192.0.2.1:5060".to_owned(),
        peer_address: "198.51.100.7:5061".to_owned(),
        expires_at: NOW.plus_seconds(3600).0,
        call_id: "c1".to_owned(),
        cseq: 7,
        user_agent: "Snom".to_owned(),
        since: NOW.0,
        generation: NOW.0,
    }
}

/// A minute's talk.
pub(crate) fn call(id: Uuid, caller: CallParty, called: CallParty) -> CallRecord {
    CallRecord {
        id: CallRecordId(id),
        caller,
        called,
        started_at: NOW,
        answered_at: Some(NOW),
        ended_at: NOW.plus_seconds(60),
        outcome: CallOutcome::Answered,
        answered_by: None,
        caller_is_withheld: false,
    }
}

impl Company {
    /// A person of the company's site as the side of a call.
    pub(crate) fn party(&self, person: &Person, name: &str) -> CallParty {
        CallParty {
            user: Some(person.id),
            site: Some(self.site.id),
            enterprise: Some(self.id()),
            name: name.to_owned(),
            number: "4567".to_owned(),
        }
    }
}
