//! The `recovery` function in Lambda.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    oktan_shared::http::serve(oktan_recovery::routes()).await
}
