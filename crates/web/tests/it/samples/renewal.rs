//! Sample data for new login details of many users.

use model::{Field, PhonePassword, Problem, Problems, RenewalState, Role};
use web::frame::{Frame, Section};
use web::pages::job::{JobPage, JobResultGonePage, JobResultPage, JobRow, Progress};
use web::pages::renewal::{RenewalPage, SkippedRow};
use web::parts::Choice;
use web::problem::Errors;
use web::words::Words;

use super::{Sample, frame, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let question = question(words);
    let mut wrong = self::question(words);
    wrong.frame.errors = Errors::told(
        words,
        &Problems::one(Field::Password, Problem::LooksLikeNumber),
    );
    wrong.kind = "chosen".to_owned();
    let nobody = RenewalPage {
        part: 0,
        ..self::question(words)
    };
    let running = job(words, RenewalState::Running);
    let done = job(words, RenewalState::Done);
    let stopped = job(words, RenewalState::Cancelled);
    let result = result(words);
    let mut refused = self::result(words);
    refused.frame.errors = Errors::told(
        words,
        &Problems::one(Field::Password, Problem::WrongPassword),
    );
    let gone = JobResultGonePage {
        frame: page(words, "/jobs/1/result"),
        job_href: "/jobs/1".to_owned(),
    };
    vec![
        sample("renewal", "renewal.html", &question.frame, &question),
        sample("renewal-wrong", "renewal.html", &wrong.frame, &wrong),
        sample("renewal-nobody", "renewal.html", &nobody.frame, &nobody),
        sample("job-running", "job.html", &running.frame, &running),
        sample("job-done", "job.html", &done.frame, &done),
        sample("job-cancelled", "job.html", &stopped.frame, &stopped),
        sample("job-result", "job_result.html", &result.frame, &result),
        sample(
            "job-result-wrong",
            "job_result.html",
            &refused.frame,
            &refused,
        ),
        sample(
            "job-result-gone",
            "job_result_gone.html",
            &gone.frame,
            &gone,
        ),
    ]
}

fn page(words: Words, path: &str) -> Frame {
    frame(words, Role::EnterpriseAdmin, Section::Users, path)
}

fn question(words: Words) -> RenewalPage {
    let skipped = |name: &str, why: String| SkippedRow {
        name: name.to_owned(),
        why,
    };
    RenewalPage {
        frame: page(words, "/users/login-details?all=yes"),
        part: 4_812,
        skipped_count: 52,
        skipped: vec![
            skipped("Anna Weber", words.outcome_not_active().into_owned()),
            skipped("Jonas Brandt", words.outcome_no_desk_phone().into_owned()),
        ],
        more: 50,
        selection: vec![("all", "yes".to_owned())],
        job: "1".to_owned(),
        kinds: vec![
            Choice::new("generated", words.renewal_kind_generated())
                .with_note(words.renewal_kind_generated_note()),
            Choice::new("chosen", words.renewal_kind_chosen())
                .with_note(words.renewal_kind_chosen_note()),
        ],
        kind: "generated".to_owned(),
        min: PhonePassword::MIN,
        max: PhonePassword::MAX,
        signs: ". - _ @ + = * # !".to_owned(),
    }
}

fn job(words: Words, state: RenewalState) -> JobPage {
    let is_running = state == RenewalState::Running;
    let done = if is_running { 35 } else { 118 };
    let row = |name: &str, outcome: String, is_failure| JobRow {
        name: name.to_owned(),
        href: Some("/users/1".to_owned()),
        outcome,
        is_failure,
    };
    JobPage {
        frame: page(words, "/jobs/1"),
        progress: Progress {
            total: 120,
            done,
            failed: 2,
            state,
        },
        live_href: if is_running { "/jobs/1/live" } else { "" }.to_owned(),
        cancel_action: "/jobs/1/cancel".to_owned(),
        result_text: words.job_result_ready().into_owned(),
        result_href: (!is_running).then(|| "/jobs/1/result".to_owned()),
        rows: vec![
            row(
                "Jonas Brandt",
                words.outcome_no_desk_phone().into_owned(),
                true,
            ),
            row("Anna Weber", words.outcome_not_active().into_owned(), true),
            row("Katharina Böhmer", words.outcome_done().into_owned(), false),
        ],
        more_href: Some("/jobs/1?after=1-100".to_owned()),
    }
}

fn result(words: Words) -> JobResultPage {
    JobResultPage {
        frame: page(words, "/jobs/1/result"),
        action: "/jobs/1/result".to_owned(),
        formats: vec![
            Choice::new("xlsx", words.job_result_format_xlsx())
                .with_note(words.job_result_format_xlsx_note()),
            Choice::new("csv", words.job_result_format_csv())
                .with_note(words.job_result_format_csv_note()),
        ],
        format: "xlsx".to_owned(),
        job_href: "/jobs/1".to_owned(),
    }
}
