//! What can go wrong around the functions: starting, files, the emulators. Nothing here faces the wire of
//! the product; it is printed to the person who runs the stack.

use std::fmt;

/// Something the local stack could not do, and why.
#[derive(Debug)]
pub struct Failure {
    what: String,
    cause: String,
}

impl Failure {
    /// `what` was being done when `cause` came.
    pub fn new(what: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self { what: what.into(), cause: cause.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.what, self.cause)
    }
}

impl std::error::Error for Failure {}
