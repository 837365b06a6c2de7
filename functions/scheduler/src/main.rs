//! The `scheduler` function in Lambda.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use oktan_shared::{App, Clock, Config};

#[tokio::main]
async fn main() -> Result<(), Error> {
    lambda_runtime::tracing::init_default_subscriber();
    let app = Config::from_env().map(|config| App::new(config, Clock::system()));
    lambda_runtime::run(service_fn(|_: LambdaEvent<serde_json::Value>| {
        let app = app.clone();
        async move { Ok::<_, Error>(oktan_scheduler::tick(&app?).await?) }
    }))
    .await
}
