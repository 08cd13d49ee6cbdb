//! A router that knows what it serves, so that tests can ask every endpoint.

use axum::{Router, handler::Handler, routing};

use super::Portal;

/// One method of one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The path, with `{parameters}`.
    pub path: &'static str,
    /// `GET`, `POST`…
    pub method: &'static str,
}

/// Routes and the list of them.
#[derive(Default)]
pub struct Routes {
    router: Router<Portal>,
    endpoints: Vec<Endpoint>,
}

macro_rules! methods {
    ($($name:ident = $method:literal)+) => {$(
        #[doc = concat!("Answers `", $method, "` on this path.")]
        #[must_use]
        pub fn $name<H, T>(mut self, path: &'static str, handler: H) -> Self
        where
            H: Handler<T, Portal>,
            T: 'static,
        {
            self.endpoints.push(Endpoint { path, method: $method });
            self.router = self.router.route(path, routing::$name(handler));
            self
        }
    )+};
}

impl Routes {
    methods! {
        get = "GET"
        post = "POST"
        put = "PUT"
        patch = "PATCH"
        delete = "DELETE"
    }

    /// These and those.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.endpoints.extend(other.endpoints);
        self.router = self.router.merge(other.router);
        self
    }

    /// Everything that is served.
    pub fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    pub(super) fn into_router(self) -> Router<Portal> {
        self.router
    }
}
