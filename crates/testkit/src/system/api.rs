//! A program that uses the API.

use axum::{
    Router,
    body::Body,
    http::{Request, header, request::Builder},
};
use model::Role;
use serde_json::Value;
use service::api_token;

use crate::{Answer, TestEnterprise, TestSite, TestSystem, system::answer::send};

/// A client of the API with a token, or without.
pub struct Api {
    router: Router,
    token: Option<String>,
}

impl TestSystem {
    /// A client without a token.
    #[must_use]
    pub fn api_of_nobody(&self) -> Api {
        Api {
            router: self.router(),
            token: None,
        }
    }

    /// A client of the operator.
    pub async fn api_of_operator(&self) -> Api {
        self.api(Role::Operator, None, None).await
    }

    /// A client of an administrator of the enterprise.
    pub async fn api_of_enterprise(&self, enterprise: &TestEnterprise) -> Api {
        self.api(Role::EnterpriseAdmin, Some(enterprise.domain()), None)
            .await
    }

    /// A client of an administrator of one site.
    pub async fn api_of_site(&self, enterprise: &TestEnterprise, site: &TestSite) -> Api {
        self.api(
            Role::SiteAdmin,
            Some(enterprise.domain()),
            Some(site.name()),
        )
        .await
    }

    async fn api(&self, role: Role, enterprise: Option<&str>, site: Option<&str>) -> Api {
        let token = api_token::add(&self.env, role, enterprise, site)
            .await
            .unwrap();
        Api {
            router: self.router(),
            token: Some(token),
        }
    }
}

impl Api {
    /// Gets what stands there.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path), Body::empty()).await
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send_json(self.request("POST", path), body).await
    }

    /// Puts JSON there.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send_json(self.request("PUT", path), body).await
    }

    /// Deletes what stands there.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path), Body::empty()).await
    }

    /// A request that can be given further headers.
    pub fn request(&self, method: &str, path: &str) -> Builder {
        let request = Request::builder().method(method).uri(path);
        match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    /// Sends a request with a body of JSON.
    pub async fn send_json(&self, request: Builder, body: &Value) -> Answer {
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request, body.to_string()).await
    }

    /// Sends a request with any body.
    pub async fn send(&self, request: Builder, body: impl Into<Body>) -> Answer {
        send(&self.router, request.body(body.into()).unwrap()).await
    }
}
