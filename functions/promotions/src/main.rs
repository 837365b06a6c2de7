//! The `promotions` function in Lambda.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    oktan_shared::http::serve(oktan_promotions::routes()).await
}
