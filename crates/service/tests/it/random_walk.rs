//! Whatever is done in whatever order, the counts stay right and nobody shares what is somebody's.

use std::collections::{BTreeMap, BTreeSet};

use model::{Limit, NumberState, Product, Service, User, UserId};
use proptest::prelude::*;
use service::{
    Error, Result,
    activation::{self, Decision},
    number, user,
};
use testkit::{TestEnterprise, TestSystem};

/// Something that somebody does; users are counted through, so that each number names one.
#[derive(Clone, Debug)]
enum Step {
    Add {
        number: u8,
        username: u8,
        package: usize,
        voicemail: bool,
        supervisor: bool,
    },
    Decide(usize, Decision),
    Cancel(usize),
    Delete(usize),
    RunJobs,
}

fn step() -> impl Strategy<Value = Step> {
    let decision = prop_oneof![
        Just(Decision::Activate),
        Just(Decision::Retry),
        Just(Decision::Fail {
            reason: "no route".into()
        }),
    ];
    prop_oneof![
        4 => (0u8..12, 0u8..10, 0usize..3, any::<bool>(), any::<bool>()).prop_map(
            |(number, username, package, voicemail, supervisor)| Step::Add { number, username, package, voicemail, supervisor }
        ),
        4 => (any::<usize>(), decision).prop_map(|(who, decision)| Step::Decide(who, decision)),
        1 => any::<usize>().prop_map(Step::Cancel),
        2 => any::<usize>().prop_map(Step::Delete),
        1 => Just(Step::RunJobs),
    ]
}

struct Walk {
    system: TestSystem,
    muster: TestEnterprise,
    everybody: Vec<UserId>,
}

impl Walk {
    async fn new() -> Self {
        let system = TestSystem::automatic().await;
        let muster = system.enterprise("Muster GmbH").await;
        for product in Product::all() {
            system.set_licences(muster.id(), product, 3).await;
        }
        Self {
            system,
            muster,
            everybody: Vec::new(),
        }
    }

    fn who(&self, n: usize) -> Option<UserId> {
        self.everybody.get(n % self.everybody.len().max(1)).copied()
    }

    async fn take(&mut self, step: Step) -> Result<()> {
        let (env, admin, operator) = (&self.system.env, &self.muster.admin, &self.system.operator);
        match step {
            Step::Add {
                number,
                username,
                package,
                voicemail,
                supervisor,
            } => {
                self.add(number, username, package, [voicemail, supervisor])
                    .await
            }
            Step::Decide(n, decision) => match self.who(n) {
                Some(user) => activation::decide(env, operator, user, &decision)
                    .await
                    .map(|_| ()),
                None => Ok(()),
            },
            Step::Cancel(n) => match self.who(n) {
                Some(user) => activation::cancel(env, operator, user).await,
                None => Ok(()),
            },
            Step::Delete(n) => match self.who(n) {
                Some(user) => user::delete(env, admin, user, None).await,
                None => Ok(()),
            },
            Step::RunJobs => {
                self.system.run_jobs().await;
                Ok(())
            }
        }
    }

    async fn add(
        &mut self,
        number: u8,
        username: u8,
        package: usize,
        services: [bool; 2],
    ) -> Result<()> {
        let site = self.muster.site.id();
        let mut draft = self.system.draft(site, "Anna Weber").await;
        draft.number = format!("+4921155510{number:02}");
        draft.username = format!("anna{username}");
        draft.package = ["basic", "standard", "premium"][package].into();
        let wanted = [
            (services[0], Service::Voicemail),
            (services[1], Service::Supervisor),
        ];
        draft.services = wanted
            .iter()
            .filter(|(wanted, _)| *wanted)
            .map(|(_, s)| s.id().to_owned())
            .collect();
        let added = self.system.add(&self.muster.admin, site, draft).await?;
        self.everybody.push(added.user.id);
        Ok(())
    }

    async fn check(&self) {
        let (env, admin) = (&self.system.env, &self.muster.admin);
        let asked = user::ListUsers {
            limit: Limit::new(200),
            ..user::ListUsers::default()
        };
        let users = user::list(env, admin, asked).await.unwrap().page.items;
        self.check_licences(&users).await;
        let limit = Limit::new(200);
        let numbers = number::list(env, admin, self.muster.site.id(), false, None, limit)
            .await
            .unwrap()
            .items;
        let assigned: BTreeMap<_, _> = numbers
            .into_iter()
            .filter_map(|number| match number.state {
                NumberState::Assigned(holder) => Some((holder.user().unwrap(), number.number)),
                NumberState::Free | NumberState::Reserved => None,
            })
            .collect();
        let expected: BTreeMap<_, _> = users
            .iter()
            .map(|user| (user.id, user.number.clone()))
            .collect();
        assert_eq!(
            assigned, expected,
            "a number is assigned for each user, and for nobody else"
        );
        let distinct =
            |key: fn(&User) -> String| users.iter().map(key).collect::<BTreeSet<_>>().len();
        assert_eq!(distinct(|user| user.extension.to_string()), users.len());
        assert_eq!(distinct(|user| user.username.folded()), users.len());
    }

    async fn check_licences(&self, users: &[User]) {
        let licences =
            service::licence::list(&self.system.env, &self.muster.admin, self.muster.id()).await;
        for licence in licences.unwrap() {
            let has = |user: &&User| match licence.product {
                Product::Package(package) => user.package == package,
                Product::Service(service) => user.services.contains(&service),
            };
            let holders = i64::try_from(users.iter().filter(has).count()).unwrap();
            assert_eq!(licence.used, holders, "{:?}", licence.product);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 50, ..ProptestConfig::default() })]

    #[test]
    fn u9_d2_counts_stay_right_whatever_is_done(steps in proptest::collection::vec(step(), 1..30)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut walk = Walk::new().await;
            for step in steps {
                let answer = walk.take(step.clone()).await;
                let refused = matches!(
                    answer,
                    Ok(()) | Err(Error::Invalid(_) | Error::NotActive | Error::AlreadyActive | Error::NotFound)
                );
                assert!(refused, "{step:?}: {answer:?}");
                walk.check().await;
            }
        });
    }
}
