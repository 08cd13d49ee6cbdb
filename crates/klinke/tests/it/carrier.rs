//! The way to the outside: what the carrier's gateway hears and what it reaches.

use hyper::Method;
use serde_json::json;
use sip::message::{Method as SipMethod, Name};
use testkit::Softphone as Gateway;
use tokio::net::UdpSocket;

use crate::house::House;

/// A company with a carrier at an address that no phone has, and the carrier's gateway.
async fn with_carrier() -> (House, Gateway) {
    let socket = UdpSocket::bind("127.0.0.9:0").await.unwrap();
    let address = socket.local_addr().unwrap();
    let house = House::configured(&format!("[trunk]\naddress = \"{address}\"\n")).await;
    let server = house.klinke.sip;
    let gateway = Gateway::over(socket, server, "+492119876", "")
        .await
        .unwrap();
    (house, gateway)
}

#[tokio::test]
async fn s2_s3_a_pending_user_is_not_reached_from_outside_and_rings_from_activation_on() {
    let (mut house, mut gateway) = with_carrier().await;
    let bob = house.person(2, "Bob").await;
    let mut at_bob = house.phone(&bob).await;
    for number in ["+492118000002", "492118000002", "02118000002"] {
        let refused = gateway
            .call(number, &format!("pending{number}"))
            .await
            .unwrap();
        assert_eq!(refused.err(), Some(480), "{number}");
    }
    // Nobody's number, a colleague's extension, the carrier's own.
    for number in ["+492118000009", "9002", "+441632960000"] {
        let refused = gateway
            .call(number, &format!("nobody{number}"))
            .await
            .unwrap();
        assert_eq!(refused.err(), Some(404), "{number}");
    }
    house.activate(&bob).await;
    let calling = tokio::spawn(async move {
        let talk = gateway.call("+492118000002", "active").await.unwrap();
        (gateway, talk)
    });
    let incoming = at_bob.event("CALL_INCOMING").await;
    let caller = incoming["peeruri"].as_str().unwrap();
    assert!(caller.starts_with("sip:+492119876@"), "{caller}");
    at_bob.command("accept", "").await;
    let (mut gateway, talk) = calling.await.unwrap();
    let talk = talk.expect("Bob answers");
    at_bob.event("CALL_ESTABLISHED").await;
    assert_eq!(gateway.hang_up(&talk).await.unwrap(), 200);
    at_bob.event("CALL_CLOSED").await;
}

#[tokio::test]
async fn s2_a_pending_user_calls_out_and_emergency_calls_carry_the_sites_number() {
    let (mut house, gateway) = with_carrier().await;
    let anna = house.person(1, "Anna").await;
    let mut at_anna = house.phone(&anna).await;
    let main_number = "+492118000008";
    let path = format!("/api/v1/sites/{}/main-number", house.site);
    let body = json!({"number": main_number});
    house.admin.ok(Method::PUT, &path, &body).await;
    for (dialled, target, shown) in [
        ("0301234567", "+49301234567", anna.number.as_str()),
        ("112", "112", main_number),
    ] {
        house.dial(&mut at_anna, dialled).await;
        let invite = gateway.hear().await.unwrap();
        assert_eq!(invite.method(), Some(SipMethod::Invite));
        let uri = String::from_utf8_lossy(invite.uri()).into_owned();
        assert!(uri.starts_with(&format!("sip:{target}@")), "{uri}");
        let asserted = invite.header(Name::AssertedIdentity).unwrap();
        let asserted = String::from_utf8_lossy(asserted).into_owned();
        assert!(asserted.contains(&format!("sip:{shown}@")), "{asserted}");
        gateway.answer(&invite, 180).await.unwrap();
        gateway.answer(&invite, 200).await.unwrap();
        at_anna.event("CALL_ESTABLISHED").await;
        at_anna.command("hangup", "").await;
        loop {
            let message = gateway.hear().await.unwrap();
            if message.method() == Some(SipMethod::Bye) {
                gateway.answer(&message, 200).await.unwrap();
                break;
            }
        }
        at_anna.event("CALL_CLOSED").await;
    }
}
