//! What is used at which site, and the report of users and services (R5).

use askama::Template;

use super::site_view::Share;
use crate::frame::{Frame, Page};
use crate::parts::{Badge, Choice, Link, Pager, Stock};

/// Packages and services of an enterprise, and where they are used.
#[derive(Template)]
#[template(path = "usage.html")]
pub struct UsagePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Name of the enterprise.
    pub enterprise: String,
    /// What the enterprise holds of each package.
    pub packages: Vec<Stock>,
    /// What it holds of each service.
    pub services: Vec<Stock>,
    /// The sites, each with what is used there.
    pub sites: Vec<SiteUsage>,
    /// Address of the same as a sheet.
    pub sheet_href: String,
    /// Address of the report of users.
    pub report_href: String,
    /// Address for changing the licences; absent for those who may not.
    pub licences_href: Option<String>,
}

/// What is used at one site.
pub struct SiteUsage {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// How many users.
    pub users: u64,
    /// What they use.
    pub usage: Vec<Share>,
}

/// The report of users and services.
#[derive(Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    /// What all pages share.
    pub frame: Frame,
    /// The sites to choose from; empty when there is only one.
    pub sites: Vec<Choice>,
    /// Id of the chosen site, or empty.
    pub site: String,
    /// The users of this page of the report.
    pub rows: Vec<ReportRow>,
    /// How many users in all.
    pub count: u64,
    /// Address of the whole report as a sheet.
    pub sheet_href: String,
    /// Address of what is used at which site; absent for the operator, who has many enterprises.
    pub usage_href: Option<String>,
    /// The pages before and after.
    pub pager: Pager,
}

/// One user of the report.
pub struct ReportRow {
    /// Last name first.
    pub name: String,
    /// The user's page.
    pub href: String,
    /// Name of the site.
    pub site: String,
    /// The department with those above it.
    pub department: Option<String>,
    /// The number.
    pub number: String,
    /// The extension.
    pub extension: String,
    /// The package.
    pub package: String,
    /// The services.
    pub services: Vec<String>,
    /// Whether a phone is logged in; absent without a desk phone.
    pub is_registered: Option<bool>,
    /// The state.
    pub state: Badge,
}

impl Page for UsagePage {
    fn title(&self) -> String {
        self.frame.words.usage_title().into_owned()
    }
}

impl Page for ReportPage {
    fn title(&self) -> String {
        self.frame.words.report_title().into_owned()
    }
}
