//! The first connection, made before anybody waits for it.

use super::Table;
use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{Config, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint;

impl Table {
    /// Makes the client and opens its first connection. What is asked over it is `GET /`, unsigned: no call, so it needs no
    /// right, and what is answered does not matter.
    pub async fn warm(&self) {
        let once = Config::builder().retry_config(RetryConfig::disabled());
        let call = self
            .client
            .get_item()
            .table_name(&*self.cabinet)
            .customize()
            .config_override(once)
            .interceptor(OnlyConnect);
        let _ = call.send().await;
    }
}

/// Takes everything that makes a request a call out of it.
#[derive(Debug)]
struct OnlyConnect;

#[dyn_dispatch_hint]
impl Intercept for OnlyConnect {
    fn name(&self) -> &'static str {
        "OnlyConnect"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let names: Vec<String> = request.headers().iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            request.headers_mut().remove(name);
        }
        request.take_body();
        Ok(request.set_method("GET")?)
    }
}
