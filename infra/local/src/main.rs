//! `oktan-local` runs the whole stack; `oktan-local openapi` prints the contract that the functions serve,
//! `oktan-local routes` which function serves what, `oktan-local entrances` what is the public site's,
//! `oktan-local articles` the articles about the cabinet, a line each as `POST /v1/staff/articles` takes it.

use std::process::ExitCode;
use std::time::Instant;

use oktan_local::{Failure, Options, Stack};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// The engine warns of every condition that fails, which here is everyday business.
const LOG: &str = "warn,dynoxide=error";

#[tokio::main]
async fn main() -> ExitCode {
    let log = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(LOG));
    tracing_subscriber::fmt().with_env_filter(log).with_writer(std::io::stderr).init();
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        [] => serve().await,
        ["openapi"] => oktan_local::document().map(|document| println!("{document}")),
        ["routes"] => oktan_local::routes().map(|routes| print!("{routes}")),
        ["articles"] => {
            oktan_local::articles().iter().for_each(|article| println!("{article}"));
            Ok(())
        }
        ["entrances"] => {
            print!("{}", oktan_local::entrances());
            Ok(())
        }
        _ => Err(Failure::new("oktan-local", "it takes no argument, or `openapi`, `routes`, `entrances`, `articles`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Failure> {
    let began = Instant::now();
    let failed = |cause| Failure::new("listening to signals", cause);
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let options = Options::from_env()?;
    let staff = options.staff.clone();
    let stack = Stack::start(options).await?;

    let base = stack.base_url.as_str();
    println!("ready in {} ms", began.elapsed().as_millis());
    println!("  {base:<32} the site and the cabinet");
    println!("  {:<32} start here: sign-in by a click, mail, pump, clock, a tour", format!("{base}_local"));
    println!("  {:<32} the contract", format!("{base}v1/openapi.json"));
    println!("  {:<32} DynamoDB", stack.dynamodb_endpoint());
    println!("  {:<32} SES", stack.ses_endpoint());
    if let Some(demo) = &stack.demo {
        for person in demo.people() {
            println!("  {:<16} {:<26} {}", person.login, person.password, person.about_en);
        }
    } else if let Some(staff) = staff {
        println!("  {:<16} {:<26} OKTAN: admin", staff.login, "(from STAFF_PASSWORD)");
    }

    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    eprintln!("stopping");
    tokio::select! {
        () = stack.stop() => {}
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}
