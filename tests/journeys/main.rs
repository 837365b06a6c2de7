//! Journeys over HTTP: what the contract promises, told as sentences.

mod provisioning;
