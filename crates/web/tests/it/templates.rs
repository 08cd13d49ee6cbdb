//! Every template with sample data in both languages: it renders, keeps to the content security policy, and its parts fit.
//!
//! With `KLINKE_SAMPLES=folder` the pages are also written there, to be looked at or examined by other tools.

use std::collections::BTreeSet;
use std::path::Path;

use model::Language;
use web::words::Words;

use crate::samples::{Sample, all};

fn each(check: impl Fn(&Sample, &str)) {
    for language in Language::ALL {
        for sample in all(Words::of(language)) {
            check(&sample, language.code());
        }
    }
}

#[test]
fn every_template_has_a_sample() {
    let used: BTreeSet<_> = all(Words::of(Language::English))
        .iter()
        .map(|s| s.template)
        .collect();
    let parts = [
        "badge.html",
        "base.html",
        "call.html",
        "desk_fragment.html",
        "desk_parts.html",
        "form.html",
        "job_parts.html",
        "job_progress.html",
        "letter.html",
        "letter.txt",
        "help_line.html",
        "help_requirements.html",
        "parts.html",
        "people.html",
        "share.html",
        "login_details_question.html",
        "phone.html",
        "wall_fragment.html",
        "wall_parts.html",
        "user_fields.html",
    ];
    let files =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")).expect("listed");
    for file in files {
        let name = file
            .expect("listed")
            .file_name()
            .into_string()
            .expect("UTF-8");
        assert!(
            used.contains(name.as_str()) || parts.contains(&name.as_str()),
            "no sample of {name}"
        );
    }
}

#[test]
fn h1_every_page_says_its_language_and_its_title() {
    each(|sample, code| {
        assert!(
            sample.html.contains(&format!("<html lang=\"{code}\">")),
            "{}",
            sample.name
        );
        assert!(
            sample
                .html
                .contains(&format!("<title>{}", sample.title_start)),
            "{}",
            sample.name
        );
        assert_eq!(sample.html.matches("<h1").count(), 1, "{}", sample.name);
    });
}

#[test]
fn no_page_needs_inline_style_or_script_or_another_host() {
    each(|sample, _| {
        let html = &sample.html;
        for forbidden in [
            "<style",
            " style=",
            "javascript:",
            " onclick=",
            "src=\"http",
            "href=\"http",
            "<iframe",
        ] {
            assert!(!html.contains(forbidden), "{}: {forbidden}", sample.name);
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script type=\"module\" src=\"/static/")
                .count()
        );
    });
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    each(|sample, _| {
        let forms = sample.html.matches("method=\"post\"").count();
        assert_eq!(
            sample.html.matches("name=\"csrf\" value=\"token\"").count(),
            forms,
            "{}",
            sample.name
        );
    });
}

#[test]
fn ids_are_unique_and_what_refers_to_them_exists() {
    each(|sample, code| {
        let ids: Vec<_> = values(&sample.html, " id=\"").collect();
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{} {code}: {ids:?}", sample.name);
        for attribute in [
            " for=\"",
            " aria-labelledby=\"",
            " aria-describedby=\"",
            " href=\"#",
            " list=\"",
            " data-copy=\"",
            " data-dialog=\"",
        ] {
            for id in values(&sample.html, attribute).flat_map(str::split_whitespace) {
                assert!(
                    unique.contains(id),
                    "{} {code}: {attribute}{id}",
                    sample.name
                );
            }
        }
    });
}

#[test]
fn u7_login_details_stand_in_no_attribute() {
    each(|sample, _| {
        if sample.name != "login-details" {
            return;
        }
        for value in values(&sample.html, "=\"") {
            assert!(
                !value.contains("kbq7") && !value.contains("492111234567"),
                "{value}"
            );
        }
        assert_eq!(text_of(&sample.html, "password"), "kbq7wmxt4hzr");
        assert_eq!(text_of(&sample.html, "login"), "492111234567");
    });
}

#[test]
fn samples_can_be_written_to_be_looked_at() {
    #[expect(
        clippy::disallowed_methods,
        reason = "asked for by hand, not configuration"
    )]
    let Ok(folder) = std::env::var("KLINKE_SAMPLES") else {
        return;
    };
    for language in Language::ALL {
        for sample in all(Words::of(language)) {
            let path = Path::new(&folder).join(format!("{}.{}.html", sample.name, language.code()));
            std::fs::write(path, &sample.html).expect("written");
        }
    }
    for asset in web::assets::all() {
        let path = Path::new(&folder).join(&asset.address[1..]);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        std::fs::write(path, asset.bytes).expect("written");
    }
}

fn values<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.match_indices(start)
        .filter_map(move |(at, _)| html[at + start.len()..].split('"').next())
}

/// What a browser copies from the element of this id.
fn text_of(html: &str, id: &str) -> String {
    let start = html.find(&format!(" id=\"{id}\"")).expect("there");
    let inner = &html[start + html[start..].find('>').expect("closed") + 1..];
    let inner = &inner[..inner.find("<button").expect("closed")];
    let mut is_tag = false;
    inner
        .chars()
        .filter(|character| {
            is_tag = *character == '<' || (is_tag && *character != '>');
            !is_tag && *character != '>'
        })
        .collect()
}
