//! What the call engine keeps to, set in the portal.

use model::Language;
use testkit::{Browser, Form};

use crate::world::{World, says, speak};

impl World {
    async fn operators_browser(&self) -> Browser {
        let name = self.system.let_operator_log_in().await;
        self.system.browser_of(&name).await
    }
}

#[tokio::test]
async fn the_operator_sets_calls_at_once_and_md5() {
    let world = World::new().await;
    let mut browser = world.operators_browser().await;
    let words = speak(&mut browser, Language::German).await;
    let home = format!("/operator/enterprises/{}", world.muster.id());
    let address = format!("{home}/telephony");
    let page = browser.open(&home).await.expect(200);
    assert!(says(&page, "500") && says(&page, &words.telephony_md5_accepted()));
    assert!(page.text().contains(&format!("href=\"{address}\"")));

    let wrong = [("max_calls", "viele"), ("refuses_md5", "true")];
    let answer = browser.fill_in(&address, &address, &wrong).await;
    let answer = answer.expect(422);
    assert!(answer.text().contains("id=\"max_calls-error\""));
    assert!(answer.text().contains("value=\"viele\""), "it stays");
    let right = [("max_calls", "2000"), ("refuses_md5", "true")];
    let answer = browser.fill_in(&address, &address, &right).await;
    assert_eq!(answer.expect(303).header("location"), home);
    let page = browser.open(&home).await.expect(200);
    assert!(says(&page, "2.000") && says(&page, &words.telephony_md5_refused()));
    let journal = browser.open("/activity").await.expect(200);
    let field = words.field_refuses_md5();
    let told = words.activity_change_from_to(field, words.answer_no(), words.answer_yes());
    assert!(says(&journal, &told), "{}", journal.text());
    let form = browser.open(&address).await.expect(200);
    assert!(
        form.text()
            .contains("value=\"true\" id=\"refuses_md5\" checked")
    );
    // A box that is not checked is not sent.
    let answer = browser
        .fill_in(&address, &address, &[("max_calls", "20")])
        .await;
    answer.expect(303);
    let page = browser.open(&home).await.expect(200);
    assert!(says(&page, &words.telephony_md5_accepted()));

    let mut admin = world.katharina().await;
    let page = admin.open(&home).await.expect(200);
    assert!(
        !page.text().contains(&address),
        "who may not is not led there"
    );
    admin.open(&address).await.expect(403);
}

#[tokio::test]
async fn r4_operator_and_administrator_set_the_main_number_beside_whose_field_errors_stand() {
    let world = World::new().await;
    let address = format!("/sites/{}/main-number", world.site());
    let mut operator = world.operators_browser().await;
    let mut admin = world.katharina().await;
    let home = admin.open("/").await.expect(200);
    assert!(home.text().contains(&format!("href=\"{address}\"")));
    let page = admin.open(&address).await.expect(200);
    assert!(page.text().contains("<option value=\"0211 5551019\">"));

    for (number, message) in [("+49 30 123456", "site"), ("main", "not a phone number")] {
        let answer = admin
            .fill_in(&address, &address, &[("main_number", number)])
            .await;
        let answer = answer.expect(422);
        let error = answer.text().split("id=\"main_number-error\"").nth(1);
        let error = error.and_then(|rest| rest.split("</p>").next());
        assert!(
            error.expect("beside the field").contains(message),
            "{number}"
        );
        assert!(answer.text().contains(&format!("value=\"{number}\"")));
    }
    let number = [("main_number", "0211 5551001")];
    let answer = admin.fill_in(&address, &address, &number).await;
    assert_eq!(answer.expect(303).header("location"), "/");
    assert!(says(&admin.open("/").await, "0211 5551001"));

    let enterprise = format!("/operator/enterprises/{}", world.muster.id());
    assert!(says(&operator.open(&enterprise).await, "0211 5551001"));
    let form = operator.open(&address).await.expect(200);
    let form = Form::on(&form, &address).with(&[("main_number", "")]);
    let answer = operator.submit(&form).await.expect(303);
    assert_eq!(answer.header("location"), enterprise);
    assert!(!says(&operator.open(&enterprise).await, "0211 5551001"));

    let of_site = [world.site()];
    let name = world
        .system
        .add_administrator(&world.muster, "site", &of_site)
        .await;
    let mut browser = world.system.browser_of(&name).await;
    assert!(!browser.open("/").await.text().contains(&address));
    browser.open(&address).await.expect(403);
}
