//! The `scheduler` function in Lambda.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use oktan_scheduler::{Call, handle};
use oktan_shared::App;

#[tokio::main]
async fn main() -> Result<(), Error> {
    oktan_shared::log::init();
    let app = App::deployed();
    lambda_runtime::run(service_fn(|event: LambdaEvent<Call>| {
        let app = app.clone();
        // So much is nested deep: it has a frame of its own.
        async move { Ok::<_, Error>(Box::pin(handle(&app?, event.payload)).await?) }
    }))
    .await
}
