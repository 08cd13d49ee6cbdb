//! A carrier that is ordered at: it keeps what it got and answers what it is told to.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use serde_json::Value;
use service::activation::{BackEnd, Carrier, Post, Posted, Posting, WebhookSecret};

use crate::{Answer, Api, TestSystem};

/// What the carrier and Klinke share in tests.
pub const WEBHOOK_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The carrier of a test.
pub struct TestCarrier {
    answer: Mutex<Result<Posted, String>>,
    got: Mutex<Vec<Posting>>,
}

impl Default for TestCarrier {
    fn default() -> Self {
        let taken = Posted {
            status: 202,
            body: Vec::new(),
        };
        Self {
            answer: Mutex::new(Ok(taken)),
            got: Mutex::default(),
        }
    }
}

impl TestCarrier {
    /// From now on it answers with this status and body.
    pub fn answers(&self, status: u16, body: &str) {
        let body = body.as_bytes().to_vec();
        *self.answer.lock().unwrap() = Ok(Posted { status, body });
    }

    /// From now on it cannot be reached.
    pub fn is_down(&self) {
        *self.answer.lock().unwrap() = Err("connection refused".to_owned());
    }

    /// Everything that it got.
    pub fn got(&self) -> Vec<Posting> {
        self.got.lock().unwrap().clone()
    }

    /// The order that it got last.
    pub fn order(&self) -> String {
        let got = self.got();
        let body: Value = serde_json::from_str(&got.last().unwrap().body).unwrap();
        body["order"].as_str().unwrap().to_owned()
    }
}

#[async_trait]
impl Post for TestCarrier {
    async fn post(&self, posting: Posting) -> Result<Posted, String> {
        self.got.lock().unwrap().push(posting);
        self.answer.lock().unwrap().clone()
    }
}

impl TestSystem {
    /// A system that orders at a carrier.
    pub async fn webhook() -> (Self, Arc<TestCarrier>) {
        let carrier = Arc::new(TestCarrier::default());
        let secret = WebhookSecret::from_text(WEBHOOK_SECRET).unwrap();
        let of_tests = Carrier::new(secret, carrier.clone());
        let system = Self::with(BackEnd::Webhook, Some(of_tests)).await;
        (system, carrier)
    }

    /// Sends a report, signed as the carrier does now.
    pub async fn report_activation(&self, api: &Api, message: &str, body: &Value) -> Answer {
        let at = self.env.now().0 / 1000;
        let secret = WebhookSecret::from_text(WEBHOOK_SECRET).unwrap();
        let signature = secret.sign(message, at, body.to_string().as_bytes());
        let request = api
            .request("POST", "/api/v1/activation-reports")
            .header("webhook-id", message)
            .header("webhook-timestamp", at)
            .header("webhook-signature", signature);
        api.send_json(request, body).await
    }
}
