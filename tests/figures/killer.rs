//! A process that dies at a call of the store: that call does not leave, or its answer is not heard, and nothing comes after.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lets some calls through and no more. Cheap to clone; clones count together.
#[derive(Debug, Clone)]
pub struct Killer {
    calls: Arc<AtomicUsize>,
    /// Calls that are answered.
    lives: usize,
    /// Whether the call after them still reaches the store.
    lost_answer: bool,
}

impl Killer {
    /// Dies at the call after so many; `lost_answer`: that one is still carried out.
    pub fn after(lives: usize, lost_answer: bool) -> Self {
        Self { calls: Arc::default(), lives, lost_answer }
    }

    /// Only counts.
    pub fn counting() -> Self {
        Self::after(usize::MAX, false)
    }

    /// Calls so far.
    pub fn count(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    /// Whether it came to that.
    pub fn has_killed(&self) -> bool {
        self.count() > self.lives
    }
}

#[dyn_dispatch_hint]
impl Intercept for Killer {
    fn name(&self) -> &'static str {
        "Killer"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let before = self.calls.fetch_add(1, Ordering::SeqCst);
        let leaves = before < self.lives || (before == self.lives && self.lost_answer);
        if leaves { Ok(()) } else { Err("killed".into()) }
    }

    fn read_before_deserialization(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.has_killed() { Err("killed".into()) } else { Ok(()) }
    }
}
