//! What is made when it is first needed.

use std::sync::{Arc, LazyLock};

/// A value that is made when it is first used; clones share it.
pub(crate) type Lazy<T> = Arc<LazyLock<T, Box<dyn FnOnce() -> T + Send>>>;

/// A value that `make` will make. Clients of the SDK are such: with the first of them the process reads the system's root
/// certificates, which would be the longest part of a start.
pub(crate) fn lazily<T>(make: impl FnOnce() -> T + Send + 'static) -> Lazy<T> {
    Arc::new(LazyLock::new(Box::new(make)))
}
