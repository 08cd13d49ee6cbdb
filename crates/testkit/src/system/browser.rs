//! Somebody in front of the portal: a browser that keeps cookies and fills in forms, without JavaScript.

use axum::{
    Router,
    body::Body,
    http::{Request, header, request::Builder},
};

use crate::{Answer, HOST, PASSWORD, TestSystem, system::answer::send};

/// A browser.
pub struct Browser {
    router: Router,
    language: &'static str,
    /// Names and values.
    cookies: Vec<(String, String)>,
}

impl TestSystem {
    /// A browser of somebody who is not logged in and prefers English.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router(),
            language: "en",
            cookies: Vec::new(),
        }
    }

    /// A browser of somebody who has logged in with [`PASSWORD`].
    pub async fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        browser.log_in(name, PASSWORD).await.expect(303);
        browser
    }
}

impl Browser {
    /// The same browser in another language.
    #[must_use]
    pub fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let mut cookies = self.cookies.iter();
        cookies
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets a cookie, as if it had been kept from earlier.
    pub fn keep(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(key, _)| key != name);
        if !value.is_empty() {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Opens a page.
    pub async fn open(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path), Body::empty()).await
    }

    /// Opens the page on which a form stands, fills it in and sends it.
    pub async fn fill_in(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.open(page).await.expect(200);
        let form = Form::on(&page, action).with(fields);
        self.submit(&form).await
    }

    /// Sends a form.
    pub async fn submit(&mut self, form: &Form) -> Answer {
        let request = self.form_request(&form.action);
        self.send(request, form.body()).await
    }

    /// Logs in.
    pub async fn log_in(&mut self, name: &str, password: &str) -> Answer {
        let fields = [("username", name), ("password", password)];
        self.fill_in("/login", "/login", &fields).await
    }

    /// A request for a form, with what a browser says about where it comes from.
    pub fn form_request(&self, path: &str) -> Builder {
        self.request("POST", path)
            .header(header::ORIGIN, format!("https://{HOST}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// A request with the browser's cookies and language.
    pub fn request(&self, method: &str, path: &str) -> Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, self.language);
        if self.cookies.is_empty() {
            return request;
        }
        let cookies = self.cookies.iter();
        let pairs: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header(header::COOKIE, pairs.join("; "))
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: Builder, body: impl Into<Body>) -> Answer {
        let answer = send(&self.router, request.body(body.into()).unwrap()).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.keep(name, value);
        }
        answer
    }
}

/// A form of a page, as far as it is filled in already.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The form of this page that is sent there, with its hidden fields.
    #[must_use]
    #[track_caller]
    pub fn on(page: &Answer, action: &str) -> Self {
        let start = format!(" action=\"{action}\"");
        let html = page.text();
        let at = html.find(&start);
        let at = at.unwrap_or_else(|| panic!("no form for {action} in {html}"));
        let html = html[at..].split("</form>").next().unwrap();
        let hidden = html.split("<input type=\"hidden\" name=\"").skip(1);
        let field = |input: &str| {
            let (name, rest) = input.split_once("\" value=\"").unwrap();
            (name.to_owned(), unescape(rest.split('"').next().unwrap()))
        };
        Self {
            action: action.to_owned(),
            fields: hidden.map(field).collect(),
        }
    }

    /// A form that stands on no page of ours.
    #[must_use]
    pub fn to(action: &str) -> Self {
        Self {
            action: action.to_owned(),
            fields: Vec::new(),
        }
    }

    /// The form with these fields filled in.
    #[must_use]
    pub fn with(mut self, fields: &[(&str, &str)]) -> Self {
        for (name, value) in fields {
            self.fields.retain(|(key, _)| key != name);
            self.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }

    /// The form without this field.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(key, _)| key != name);
        self
    }

    /// The value of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        let mut fields = self.fields.iter();
        fields
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// What is sent.
    #[must_use]
    pub fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish()
    }
}

fn unescape(text: &str) -> String {
    text.replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
}
