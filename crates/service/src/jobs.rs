//! Does the jobs: claims what is due, runs it, and puts off what fails.

use std::time::Duration;

use model::{CallRecordId, Renewal, Timestamp};
use store::{Job, JobKind};
use tokio::task::JoinSet;

use crate::{Env, Result, activation, mail, renewal, user, virtual_user};

/// How many jobs are claimed at once.
const AT_ONCE: i64 = 32;
/// How long a claim holds, in seconds: if the process dies, others take the job after that.
const CLAIM_S: i64 = 60;
/// The longest pause between attempts, in seconds.
const LONGEST_PAUSE_S: i64 = 3600;

/// How often what is over is cleared, in seconds.
const TIDY_EVERY_S: i64 = 3600;
/// How long a request's name is remembered, in seconds.
const REMEMBERED_S: i64 = 24 * 3600;

/// How many letters are under way at once.
const LETTERS_AT_ONCE: usize = 32;

/// Works for as long as the store lives: at once when something is committed, and when the next job is due.
pub async fn work(env: std::sync::Arc<Env>) {
    let mut changed = env.store.changed();
    let mut tidy_at = env.now();
    let mut letters = JoinSet::new();
    loop {
        changed.mark_unchanged();
        if env.now() >= tidy_at {
            tidy_at = env.now().plus_seconds(TIDY_EVERY_S);
            if let Err(error) = tidy(&env).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "tidying up failed"
                );
            }
        }
        let pause = match run_some(&env, &mut letters).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "claiming jobs failed"
                );
                Duration::from_secs(5)
            }
        };
        if let Ok(Err(_)) = tokio::time::timeout(pause, changed.changed()).await {
            return;
        }
    }
}

/// Clears sessions and links that are over, registrations, call records, drafts and results of jobs that are too old, and
/// names of requests that nobody will repeat.
///
/// # Errors
/// When the database fails.
pub async fn tidy(env: &Env) -> Result<()> {
    let mut tx = env.write().await?;
    tx.session().delete_expired(env.now()).await?;
    tx.password_link().delete_expired(env.now()).await?;
    tx.idempotency()
        .delete_older(env.now().plus_seconds(-REMEMBERED_S))
        .await?;
    tx.activation()
        .delete_reports_older(env.now().plus_seconds(-REMEMBERED_S))
        .await?;
    tx.registration().delete_expired(env.now()).await?;
    let oldest = env.now().plus_seconds(-user::draft::KEPT_S);
    tx.user_draft().delete_older(oldest).await?;
    tx.renewal().delete_passwords(env.now()).await?;
    let looked_at = Renewal::KEPT_S - Renewal::FETCHABLE_S;
    tx.renewal()
        .delete_older(env.now().plus_seconds(-looked_at))
        .await?;
    let days = i64::from(env.settings.call_record_days);
    let oldest = env.now().plus_seconds(-days * 24 * 3600);
    tx.call_record().delete_older(first_call(oldest)).await?;
    Ok(tx.commit().await?)
}

/// Before every call that ended at or after `at`: ids begin with the time.
fn first_call(at: Timestamp) -> CallRecordId {
    let milliseconds = u64::try_from(at.0).unwrap_or_default();
    CallRecordId(uuid::Builder::from_unix_timestamp_millis(milliseconds, &[0; 10]).into_uuid())
}

/// Runs everything that is due and answers how long there is nothing to do, at most a minute.
///
/// # Errors
/// When jobs cannot be claimed; a job that fails is put off instead.
pub async fn run_due(env: &std::sync::Arc<Env>) -> Result<Duration> {
    let mut letters = JoinSet::new();
    loop {
        let pause = run_some(env, &mut letters).await?;
        if letters.join_next().await.is_none() {
            return Ok(pause);
        }
    }
}

/// The same without waiting for letters: a mail server that does not answer puts off nothing else.
async fn run_some(env: &std::sync::Arc<Env>, letters: &mut JoinSet<()>) -> Result<Duration> {
    loop {
        while letters.try_join_next().is_some() {}
        let due = env.read().await?.job().next_due().await?;
        let now = env.now();
        match due {
            Some(due) if due <= now => {}
            Some(due) => {
                let wait = u64::try_from(due.0 - now.0).unwrap_or_default();
                return Ok(Duration::from_millis(wait.min(60_000)));
            }
            None => return Ok(Duration::from_secs(60)),
        }
        let mut jobs = JoinSet::new();
        start(env, &mut jobs, letters).await?;
        jobs.join_all().await;
    }
}

/// Claims what is due, as far as it is done at once, and runs it.
///
/// # Errors
/// When jobs cannot be claimed; a job that fails is put off instead.
pub async fn run_once(env: &std::sync::Arc<Env>) -> Result<()> {
    let (mut jobs, mut letters) = (JoinSet::new(), JoinSet::new());
    start(env, &mut jobs, &mut letters).await?;
    jobs.join_all().await;
    letters.join_all().await;
    Ok(())
}

async fn start(
    env: &std::sync::Arc<Env>,
    jobs: &mut JoinSet<()>,
    letters: &mut JoinSet<()>,
) -> Result<()> {
    for job in claim(env).await? {
        let (env, is_letter) = (env.clone(), is_letter(job.kind));
        let run = async move { run_one(&env, job).await };
        if !is_letter {
            jobs.spawn(run);
            continue;
        }
        if letters.len() >= LETTERS_AT_ONCE {
            letters.join_next().await;
        }
        letters.spawn(run);
    }
    Ok(())
}

fn is_letter(kind: JobKind) -> bool {
    match kind {
        JobKind::Activation(_)
        | JobKind::VirtualUserActivation(_)
        | JobKind::ActivationReminder(_)
        | JobKind::Renewal(_) => false,
        JobKind::RegistrationMail(_) | JobKind::ForgottenMail(_) | JobKind::NoticeMail(_) => true,
    }
}

async fn claim(env: &Env) -> Result<Vec<Job>> {
    let mut tx = env.write().await?;
    let now = env.now();
    let jobs = tx
        .job()
        .claim(now, now.plus_seconds(CLAIM_S), AT_ONCE)
        .await?;
    tx.commit().await?;
    Ok(jobs)
}

async fn run_one(env: &Env, job: Job) {
    let done = match job.kind {
        JobKind::Activation(user) => activation::run(env, &job, user).await,
        JobKind::VirtualUserActivation(id) => virtual_user::run(env, &job, id).await,
        JobKind::Renewal(renewal) => renewal::run(env, &job, renewal).await,
        JobKind::RegistrationMail(account) => mail::send_registration(env, &job, account).await,
        JobKind::NoticeMail(notice) => mail::send_notice(env, &job, notice).await,
        JobKind::ForgottenMail(forgotten) => mail::answer_forgotten(env, &job, forgotten).await,
        JobKind::ActivationReminder(user) => activation::remind(env, &job, user).await,
    };
    if let Err(error) = done {
        tracing::warn!(job = %job.id, kind = job.kind.name(), error = &error as &dyn std::error::Error, "job failed");
        if let Err(error) = put_off(env, &job, &error.to_string()).await {
            tracing::error!(job = %job.id, error = &error as &dyn std::error::Error, "job waits for its claim to end");
        }
    }
}

/// The pause doubles with each attempt, beginning with 5 seconds.
async fn put_off(env: &Env, job: &Job, error: &str) -> Result<()> {
    let doublings = u32::try_from(job.attempts.clamp(0, 10)).unwrap_or_default();
    let pause = (5 << doublings).min(LONGEST_PAUSE_S);
    let mut tx = env.write().await?;
    tx.job()
        .update_retry(job.id, env.now().plus_seconds(pause), error)
        .await?;
    Ok(tx.commit().await?)
}
