//! What every function is given.

use crate::auth::{Keys, Passwords};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::domain::Catalogue;
use crate::mail::Ses;
use crate::table::Table;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use std::sync::Arc;

/// The parts that handlers work with. Cheap to clone and to build: nothing is connected until it is used.
#[derive(Clone)]
pub struct App {
    /// The settings.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Clock,
    /// The data.
    pub table: Table,
    /// Signing, sealing and hashing with the house's keys.
    pub keys: Arc<Keys>,
    /// Password hashing.
    pub passwords: Passwords,
    /// Where mail goes out.
    pub ses: Ses,
}

impl App {
    /// The parts of a deployed function. Its connection to the store is opened beside whatever comes next.
    ///
    /// # Errors
    /// The first setting that is missing or malformed.
    pub fn deployed() -> Result<Self, ConfigError> {
        let app = Self::new(Config::from_env()?, Clock::system());
        let table = app.table.clone();
        tokio::spawn(async move { table.warm().await });
        Ok(app)
    }

    /// Puts the parts together; no I/O.
    pub fn new(config: Config, clock: Clock) -> Self {
        let keys = Arc::new(Keys::new(&config));
        Self {
            table: Table::new(&config, keys.clone()),
            ses: Ses::new(&config),
            passwords: Passwords,
            config: Arc::new(config),
            clock,
            keys,
        }
    }

    /// The products, as they were at most a minute ago; see [`Table::catalogue`].
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.table.catalogue()
    }

    /// The same parts, whose calls of DynamoDB and SES `observer` sees before they leave.
    #[must_use]
    pub fn observed(&self, observer: impl Intercept + Clone + 'static) -> Self {
        Self { table: self.table.observed(observer.clone()), ses: self.ses.observed(observer), ..self.clone() }
    }
}
