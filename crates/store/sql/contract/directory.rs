//! What the call engine looks up without saying an enterprise: a login name, and a number that is called.

use model::{Holder, NumberState};

use super::{World, world::phone_login};

#[tokio::test]
async fn who_logs_in_is_found_by_the_login_name() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let login = phone_login(muster.number(0).digits());
    let mut tx = world.read().await;
    let found = tx.phone_login().get_by_login(&login.login).await.unwrap();
    assert_eq!(found, Some((anna.id, login)));
    let nobody = muster.number(1);
    let found = tx.phone_login().get_by_login(nobody.digits()).await;
    assert_eq!(found.unwrap(), None);
}

#[tokio::test]
async fn a_number_says_who_has_it_whoever_asks() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let anna = world.person(&muster, 0).await;
    let mut tx = world.read().await;
    let assigned = tx.number().get(&muster.number(0)).await.unwrap().unwrap();
    assert_eq!(assigned.state, NumberState::Assigned(Holder::User(anna.id)));
    let free = tx.number().get(&muster.number(1)).await.unwrap().unwrap();
    assert_eq!(free.state, NumberState::Free);
    let elsewhere = "+442079460018".parse().unwrap();
    assert_eq!(tx.number().get(&elsewhere).await.unwrap(), None);
}
