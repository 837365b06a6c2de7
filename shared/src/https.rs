//! HTTP as the SDK's clients speak it here: HTTP/1.1, which is all that DynamoDB and SES offer, over TLS by ring. The SDK's
//! own client brings HTTP/2 and aws-lc along, a fifth of a function (docs/adr/0009-link-options.md).

use aws_smithy_runtime_api::client::http::{
    HttpConnector as Connector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, Error, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;

/// To a service in the same region.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
struct Http1(Client<HttpsConnector<HttpConnector>, SdkBody>);

/// A client with connections of its own. Reads the system's root certificates.
pub(crate) fn https() -> SharedHttpClient {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
    let tls = HttpsConnectorBuilder::new().with_tls_config(tls()).https_or_http().enable_http1().wrap_connector(tcp);
    let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(tls);
    let connector = SharedHttpConnector::new(Http1(client));
    http_client_fn(move |_, _| connector.clone())
}

fn tls() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    #[allow(clippy::expect_used)] // ring has the suites of TLS 1.2 and 1.3
    let versions = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("both versions");
    versions.with_root_certificates(roots).with_no_client_auth()
}

impl Connector for Http1 {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let client = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
            let response = client.request(request).await.map_err(unanswered)?;
            let response = response.map(SdkBody::from_body_1_x);
            HttpResponse::try_from(response).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// No connection, or one that broke: worth another attempt, unless it was the request.
fn unanswered(error: Error) -> ConnectorError {
    let hyper = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<hyper::Error>());
    match hyper.is_some_and(hyper::Error::is_user) {
        true => ConnectorError::user(error.into()),
        false => ConnectorError::io(error.into()),
    }
}
