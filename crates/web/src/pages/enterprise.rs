//! The operator's pages about enterprises.

use askama::Template;
use model::PasswordRules;

use crate::frame::{Frame, Page};
use crate::parts::{Choice, Link, Pager, Stock};

/// The list of enterprises.
#[derive(Template)]
#[template(path = "enterprise_list.html")]
pub struct EnterpriseListPage {
    /// What all pages share.
    pub frame: Frame,
    /// The enterprises of this page of the list.
    pub rows: Vec<EnterpriseRow>,
    /// The pages before and after.
    pub pager: Pager,
}

/// One enterprise in the list.
pub struct EnterpriseRow {
    /// Its name.
    pub name: String,
    /// Its short name.
    pub domain: String,
    /// Address of its page.
    pub href: String,
    /// How many sites.
    pub sites: u64,
    /// How many users.
    pub users: u64,
    /// How many of them wait for activation.
    pub waiting: u64,
}

/// The form for a new enterprise.
#[derive(Template)]
#[template(path = "enterprise_form.html")]
pub struct EnterpriseFormPage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// What was typed as name.
    pub name: String,
    /// What was typed as short name.
    pub domain: String,
    /// The chosen country.
    pub country: String,
    /// The countries to choose from.
    pub countries: Vec<Choice>,
}

/// One enterprise.
#[derive(Template)]
#[template(path = "enterprise.html")]
pub struct EnterprisePage {
    /// What all pages share.
    pub frame: Frame,
    /// The way back.
    pub trail: Vec<Link>,
    /// Its name.
    pub name: String,
    /// Its short name.
    pub domain: String,
    /// How many users.
    pub users: u64,
    /// Its sites.
    pub sites: Vec<SiteRow>,
    /// Address for changing name, country and extensions.
    pub edit_href: String,
    /// Its country in words.
    pub country: String,
    /// How long extensions are: fewest, most and usual digits.
    pub extensions: (u64, u64, u64),
    /// Address of what is used where.
    pub usage_href: String,
    /// Address of its activity log.
    pub activity_href: String,
    /// How many calls there can be at once.
    pub max_calls: u32,
    /// Whether phones that know only MD5 are refused.
    pub refuses_md5: bool,
    /// Address for changing both; absent for those who may not.
    pub telephony_href: Option<String>,
    /// What it asks of passwords.
    pub password_rules: PasswordRules,
    /// Address for changing that.
    pub password_rules_href: String,
    /// Its licences.
    pub licences: Vec<Stock>,
    /// Its administrators.
    pub administrators: Vec<AdministratorRow>,
    /// Address for adding a site.
    pub add_site_href: String,
    /// Address for changing the licences; absent for those who may not.
    pub licences_href: Option<String>,
    /// Address for adding an administrator.
    pub add_administrator_href: String,
}

/// One site of an enterprise.
pub struct SiteRow {
    /// Its name.
    pub name: String,
    /// Address of its page.
    pub href: String,
    /// Its country in words.
    pub country: String,
    /// How many users.
    pub users: u64,
    /// Its phone numbers.
    pub numbers: Stock,
    /// Address for importing numbers; absent for those who may not.
    pub import_href: Option<String>,
    /// The number that emergency services see, as people there write it.
    pub main_number: Option<String>,
    /// Address for setting it.
    pub main_number_href: String,
}

/// One administrator of an enterprise.
pub struct AdministratorRow {
    /// Where mail goes.
    pub email: String,
    /// The username.
    pub username: String,
    /// The role in words.
    pub role: String,
    /// The sites; none stands for all.
    pub sites: Vec<String>,
    /// Address for changing and removing.
    pub href: String,
}

impl Page for EnterpriseListPage {
    fn title(&self) -> String {
        self.frame.words.enterprise_list_title().into_owned()
    }
}

impl Page for EnterpriseFormPage {
    fn title(&self) -> String {
        self.frame.words.enterprise_form_title().into_owned()
    }
}

impl Page for EnterprisePage {
    fn title(&self) -> String {
        self.name.clone()
    }
}
